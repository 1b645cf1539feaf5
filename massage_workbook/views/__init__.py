"""The content of pages as plain values, without drawings, for any kind of page."""
