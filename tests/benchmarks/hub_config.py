"""The hub of the benchmark: the example of docs/class.md, with homes and ports of the benchmark."""

import json
import os
from pathlib import Path

from jupyterhub.spawner import SimpleLocalProcessSpawner

ROOT = Path(__file__).parents[2]
load_subconfig(str(ROOT / "docs" / "jupyterhub_config.py"))  # noqa: F821 - JupyterHub's
c = get_config()  # noqa: F821 - JupyterHub's
world = json.loads(os.environ["HUB_WORLD"])

c.JupyterHub.bind_url = f"http://127.0.0.1:{world['port']}/"
c.JupyterHub.hub_port = world["port"] + 1
c.JupyterHub.db_url = "sqlite://"
c.JupyterHub.cookie_secret_file = f"{world['folder']}/cookie_secret"
c.JupyterHub.cleanup_servers = True
c.JupyterHub.concurrent_spawn_limit = 0
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.ConfigurableHTTPProxy.command = world["proxy"]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{world['port'] + 2}"
c.ConfigurableHTTPProxy.pid_file = f"{world['folder']}/proxy.pid"
c.JupyterHub.spawner_class = SimpleLocalProcessSpawner
c.SimpleLocalProcessSpawner.home_dir_template = f"{world['folder']}/{{username}}"
c.Spawner.args.extend(["--allow-root"])
c.Spawner.start_timeout = c.Spawner.http_timeout = 600
c.JupyterHub.services = [{"name": "benchmark", "api_token": world["token"]}]
scopes = ["admin:users", "admin:servers", "access:servers"]
c.JupyterHub.load_roles = [{"name": "benchmark", "services": ["benchmark"], "scopes": scopes}]
