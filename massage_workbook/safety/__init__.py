"""Whether somebody may be massaged today, and what is left out."""
