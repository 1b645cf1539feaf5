"""Evaluation of answers: reviews, knowledge, mastery and passing."""
