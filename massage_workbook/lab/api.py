"""The HTTP endpoint that tells the lesson extension whether a lesson may run on opening."""

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from massage_workbook.lab.trust import may_autorun

MAY_AUTORUN = "massage-workbook/api/may-autorun"


class _AutorunHandler(APIHandler):
    """Whether the code cells of a lesson may run as it opens."""

    @web.authenticated
    def post(self) -> None:
        """Answer `{"cells": [{"source": ..., "outputs": ...}]}` with `{"may_autorun": bool}`.

        Raises:
            HTTPError: 400, the request has another form.
        """
        match self.get_json_body():
            case {"cells": [*cells]} if all(isinstance(cell, dict) for cell in cells):
                self.finish({"may_autorun": may_autorun(cells)})
            case _:
                raise web.HTTPError(400, "Send the lesson's code cells as a list of objects.")


def add_to(application: web.Application) -> None:
    """Add the endpoint to a server."""
    place = url_path_join(application.settings["base_url"], MAY_AUTORUN)
    application.add_handlers(".*$", [(place, _AutorunHandler)])
