"""Geometry of the back, its zones and landmarks."""
