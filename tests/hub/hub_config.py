"""The hub of the tests: the example of docs/class.md, with ports, homes and users of the test."""

import json
import os
from pathlib import Path

from jupyterhub.spawner import SimpleLocalProcessSpawner
from traitlets import Dict, Unicode

c = get_config()  # noqa: F821 - JupyterHub's
c.JupyterHub.services = []
load_subconfig(os.environ["EXAMPLE_CONFIG"])  # noqa: F821 - JupyterHub's
world = json.loads(os.environ["HUB_WORLD"])
BASE = "/learn/"
SERVICE = f"http://127.0.0.1:{world['class_port']}"


class HomeSpawner(SimpleLocalProcessSpawner):
    """Starts servers under a user id for each user where it may, and in the user's own home."""

    home_dir_template = Unicode(f"{world['homes']}/{{username}}")
    own = Dict(world["own_environment"], help="More environment of single users")

    def get_env(self):
        """The environment of the user's server."""
        return super().get_env() | self.own.get(self.user.name, {})

    def get_args(self):
        """The arguments of the server; one that is named `drowsy` ends kernels early."""
        return [f"--config={world['drowsy']}"] if self.name == "drowsy" else super().get_args()

    def make_preexec_fn(self, name):
        """Become the user in the process of the server."""
        number, home = world["user_ids"].get(name), self.home_dir

        def become():
            if number is not None:
                os.setgroups([])
                os.setgid(number)
                os.setuid(number)
            os.chdir(home)

        return become


c.JupyterHub.bind_url = f"http://127.0.0.1:{world['port']}{BASE}"
c.JupyterHub.hub_port = world["hub_port"]
c.JupyterHub.spawner_class = HomeSpawner
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.cleanup_servers = True
c.JupyterHub.db_url = "sqlite://"
c.JupyterHub.cookie_secret_file = str(Path(world["folder"]) / "cookie_secret")
c.ConfigurableHTTPProxy.command = world["proxy"]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{world['proxy_port']}"
c.ConfigurableHTTPProxy.pid_file = str(Path(world["folder"]) / "proxy.pid")
[service] = c.JupyterHub.services
service["url"] = SERVICE
service["command"] = [*service["command"][:-1], world["submissions"]]
submit = f"{SERVICE}{BASE}services/massage-class/submit"
c.Spawner.environment.update({"MASSAGE_WORKBOOK_CLASS": submit})
c.Spawner.default_url = "/lab"
c.Spawner.args.extend(["--ServerApp.allow_root=True"])
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
