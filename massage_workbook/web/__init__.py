"""The lessons as static files that any web server can host, whose Python runs in the page."""
