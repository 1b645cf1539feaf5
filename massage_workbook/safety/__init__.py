"""The safety screening: whether a person may be massaged today, and with which restrictions."""
