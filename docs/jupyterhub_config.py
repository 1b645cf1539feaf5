"""A class on one machine: what the massage workbook needs of a JupyterHub.

`jupyterhub -f jupyterhub_config.py` runs it as root, where the workbook and JupyterHub are in one
Python environment and `npm install configurable-http-proxy` was run. docs/class.md explains it.
It adds to what the hub is already configured to do.
"""

import sys

c = get_config()  # noqa: F821 - JupyterHub's

PYTHON = sys.executable
"""The Python of learners' servers; on The Littlest JupyterHub, /opt/tljh/user/bin/python."""

SUBMISSIONS = "/srv/massage-class"
"""Where submissions lie: no learner's home, and readable by the hub alone."""

CLASS_PORT = 8010

c.Spawner.cmd = [PYTHON, "-m", "massage_workbook.lab.singleuser"]
c.Spawner.default_url = "/doc/tree/massage/00 Start here.ipynb"
c.JupyterHub.allow_named_servers = True

# A kernel that nobody used for 20 minutes ends, and an hour later its server.
c.Spawner.args.extend(
    [
        "--MappingKernelManager.cull_idle_timeout=1200",
        "--MappingKernelManager.cull_connected=True",
        "--ServerApp.shutdown_no_activity_timeout=3600",
    ]
)

# --- the class service: learners submit, teachers read --------------------------------------------

CLASS = "massage-class"
TEACH = "custom:massage-workbook:teach"
MAY_ENTER = f"access:services!service={CLASS}"

c.JupyterHub.services.append(
    {
        "name": CLASS,
        "url": f"http://127.0.0.1:{CLASS_PORT}",
        "command": [sys.executable, "-m", "massage_workbook.classroom.service", SUBMISSIONS],
        "oauth_client_allowed_scopes": [TEACH],
        "oauth_no_confirm": True,
    }
)
c.JupyterHub.custom_scopes.update({TEACH: {"description": "Read the report of the massage class"}})
c.JupyterHub.load_groups.update({"teachers": {"users": ["tina"]}})
c.JupyterHub.load_roles.extend(
    [
        {"name": "teacher", "groups": ["teachers"], "scopes": [TEACH]},
        {"name": "user", "scopes": ["self", MAY_ENTER]},
        {"name": "server", "scopes": ["users:activity!user", "access:servers!server", MAY_ENTER]},
    ]
)
c.Spawner.environment.update(
    {"MASSAGE_WORKBOOK_CLASS": f"http://127.0.0.1:{CLASS_PORT}/services/{CLASS}/submit"}
)
