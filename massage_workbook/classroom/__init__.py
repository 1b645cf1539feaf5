"""Classes: submissions of scores under a pseudonym, and the report for the teacher."""
