"""A service of a JupyterHub: learners submit, teachers read the report of their class.

The hub runs it as `python -m massage_workbook.classroom.service FOLDER`, with the folder of the
submissions. A submission is stored under a keyed digest (HMAC) of its learner's name: neither the
folder nor the report identifies anybody, and nobody can replace the submission of another. No home
folder is read.
"""

import asyncio
import hashlib
import hmac
import os
import secrets
import signal
import sys
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jupyterhub.services.auth import HubAuthenticated, HubOAuthCallbackHandler, HubOAuthenticated
from tornado import web

from massage_workbook.classroom import page
from massage_workbook.classroom.report import read_folder, report
from massage_workbook.classroom.submission import LARGEST, Submission, SubmissionError, from_text
from massage_workbook.files import OWNER_ONLY, make_folder, write_atomically
from massage_workbook.questions import generated
from massage_workbook.reader import read

TEACH = "custom:massage-workbook:teach"
"""The scope that allows reading the report."""
_KEY = "key"
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Massage class</title>
<style>body{{font:16px/1.5 system-ui;margin:2rem;color-scheme:light dark}}</style>
<h1>Your class</h1><pre>{}</pre></html>"""


class _Submit(HubAuthenticated, web.RequestHandler):
    """Takes a submission with the token of a learner's server."""

    def initialize(self, folder: Path) -> None:
        self._folder = folder

    @web.authenticated
    def post(self) -> None:
        """Store the CSV of the body, which replaces the learner's earlier one."""
        user: dict[str, Any] = self.current_user
        try:
            given = from_text(self.request.body.decode(), "the submission")
        except UnicodeDecodeError:
            raise web.HTTPError(400, "A submission is text in UTF-8.") from None
        except SubmissionError as error:
            raise web.HTTPError(400, error.message) from None
        digest = hmac.new(_key(self._folder), user["name"].encode(), hashlib.sha256).hexdigest()
        stored = Submission(pseudonym=digest[:32], rows=given.rows)
        write_atomically(
            self._folder / f"{stored.pseudonym}.csv", stored.to_text(), mode=OWNER_ONLY
        )

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ANN401
        """Answer with one line of text, which the learner's page shows."""
        error = kwargs.get("exc_info", (None, None))[1]
        message = error.log_message if isinstance(error, web.HTTPError) else None
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(message or f"The service answered {status_code}.")

    def check_xsrf_cookie(self) -> None:
        """Nothing to check: browsers do not send a token unasked, as they do a cookie."""


class _Report(HubOAuthenticated, web.RequestHandler):
    """Shows the report to those who may teach."""

    hub_scopes = frozenset({TEACH})

    def initialize(self, folder: Path) -> None:
        self._folder = folder

    @web.authenticated
    def get(self) -> None:
        """The report as a page."""
        found = report(read_folder(self._folder), generated.complete(read()))
        text = "\n".join(page.lines(found))
        self.finish(_PAGE.format(escape(text)))


def _key(folder: Path) -> bytes:
    """The key of the digests, created once."""
    write_atomically(folder / _KEY, secrets.token_hex(32), mode=OWNER_ONLY, overwrite=False)
    return (folder / _KEY).read_bytes()


async def serve(folder: Path, prefix: str, address: str) -> None:
    """Serve until the hub stops it; `prefix` is the service's path, `address` its own URL."""
    make_folder(folder)
    where = {"folder": folder}
    handlers = [
        (prefix, _Report, where),
        (f"{prefix}submit", _Submit, where),
        (f"{prefix}oauth_callback", HubOAuthCallbackHandler),
    ]
    application = web.Application(handlers, cookie_secret=secrets.token_bytes(32))
    parts = urlsplit(address)
    application.listen(parts.port or 0, parts.hostname or "", max_body_size=LARGEST)
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await ended.wait()


if __name__ == "__main__":
    place = os.environ["JUPYTERHUB_SERVICE_PREFIX"], os.environ["JUPYTERHUB_SERVICE_URL"]
    asyncio.run(serve(Path(sys.argv[1]), *place))
