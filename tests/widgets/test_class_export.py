"""What a teacher would get is seen first, and leaves by a click alone."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from massage_workbook.classroom import sending
from massage_workbook.widgets.class_export import ClassExport

from ..classroom.classes import SINGLES, answer, submission
from .conftest import LOCKED, failing

GIVEN = submission(1, [answer(SINGLES[0], right=False)])


@contextmanager
def service(status, said=b""):
    """A service that answers so; yields its address and the requests that came."""
    came = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            came.append((self.headers["Authorization"], body.decode()))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/submit", came
        server.shutdown()


def widget(given=lambda: GIVEN, **environment):
    return ClassExport(given, environment)


def test_the_page_shows_all_that_the_file_contains():
    made = widget()
    text = made.receive({"do": "download"})["file"].decode()
    (row,) = made.page["rows"]
    assert text == GIVEN.to_text()
    assert made.page["pseudonym"] == GIVEN.pseudonym
    assert all(cell.removesuffix(".0") in text for cell in row)
    assert not made.page["sends"], "there is no class"


def test_a_click_sends_the_rows_shown_with_the_token_of_the_server():
    later = iter([GIVEN, submission(1, [])])
    with service(200) as (address, came):
        made = widget(lambda: next(later), **{sending.ADDRESS: address, sending.TOKEN: "t"})
        assert made.page["sends"]
        assert came == []
        assert made.receive({"do": "send"}) == {"done": "1 rows were sent to your class."}
    assert came == [("token t", GIVEN.to_text())]


@pytest.mark.parametrize("status", [400, 403, 500])
def test_a_refusal_is_reported(status):
    with service(status, b"Not today.") as (address, _):
        reply = widget(**{sending.ADDRESS: address}).receive({"do": "send"})
    assert reply == {"error": "Your class did not accept it: Not today."}


def test_a_service_that_is_away_is_reported():
    with service(200) as (address, _):
        pass
    reply = widget(**{sending.ADDRESS: address}).receive({"do": "send"})
    assert reply["error"].startswith("Your class cannot be reached: ")
    assert "urlopen" not in reply["error"]


def test_answers_that_cannot_be_read_are_reported_on_the_page():
    page = widget(failing(LOCKED)).page
    assert (page["rows"], page["notice"]) == ([], LOCKED)
