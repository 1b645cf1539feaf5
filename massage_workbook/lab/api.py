"""What the lesson extension asks the workbook's server."""

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from massage_workbook.lab.trust import runs_unasked

RUNS_UNASKED = "massage-workbook/api/runs-unasked"


class RunsUnasked(APIHandler):
    """Says of the code cells of a lesson whether they may run without being asked."""

    @web.authenticated
    def post(self) -> None:
        """Take `{"cells": [{"source": ..., "outputs": ...}]}`; give `{"runs_unasked": ...}`.

        Raises:
            HTTPError: 400, the request is not of this form.
        """
        match self.get_json_body():
            case {"cells": [*cells]} if all(isinstance(cell, dict) for cell in cells):
                self.finish({"runs_unasked": runs_unasked(cells)})
            case _:
                raise web.HTTPError(400, "Send the lesson's code cells as a list of objects.")


def add_to(application: web.Application) -> None:
    """Let a server answer."""
    place = url_path_join(application.settings["base_url"], RUNS_UNASKED)
    application.add_handlers(".*$", [(place, RunsUnasked)])
