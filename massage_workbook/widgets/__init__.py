"""Interactive widgets: traits in Python, a script and a style sheet beside each module."""
