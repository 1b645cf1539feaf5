"""The body: geometry of the back, and what may be done at a place."""
