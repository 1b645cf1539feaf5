"""What a learner's answers say: when a question comes back, what is known, what is passed."""
