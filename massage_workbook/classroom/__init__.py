"""What a class shares with its teacher: scores of questions under a pseudonym, and a report."""
