"""What a learner touches: traits here, a script and a style sheet beside each."""
