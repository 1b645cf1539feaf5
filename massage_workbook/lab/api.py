"""The server extension: decides whether a lesson may run on opening, and saves lessons plain."""

from jupyter_server.base.handlers import APIHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado import web

from massage_workbook.lab.contents import drop_outputs
from massage_workbook.lab.trust import may_autorun

MAY_AUTORUN = "massage-workbook/api/may-autorun"


class _AutorunHandler(APIHandler):
    """Whether the code cells of a lesson may run as it opens."""

    @web.authenticated
    def post(self) -> None:
        """Answer `{"cells": [{"source": ..., "outputs": ...}]}` with `{"may_autorun": bool}`.

        Raises:
            HTTPError: 400, the request has another format.
        """
        match self.get_json_body():
            case {"cells": [*cells]} if all(isinstance(cell, dict) for cell in cells):
                self.finish({"may_autorun": may_autorun(cells)})
            case _:
                raise web.HTTPError(400, "Send the lesson's code cells as a list of objects.")


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    place = url_path_join(server.base_url, MAY_AUTORUN)
    server.web_app.add_handlers(".*$", [(place, _AutorunHandler)])
    server.contents_manager.register_pre_save_hook(drop_outputs)
