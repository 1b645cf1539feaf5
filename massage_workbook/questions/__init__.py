"""Questions: what they ask, how they are graded, which are made from the data."""
