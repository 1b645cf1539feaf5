"""Parts of JupyterLab that run lessons, and the command that starts it with them."""
