"""Sends a submission to the service of a class, as the learner of a server on a JupyterHub."""

import urllib.error
import urllib.request

from massage_workbook.classroom.submission import Submission
from massage_workbook.errors import UserError, describe_error

ADDRESS, TOKEN = "MASSAGE_WORKBOOK_CLASS", "JUPYTERHUB_API_TOKEN"
"""Environment variables: the service's own address, and the token of the learner's server."""
_TIMEOUT = 20  # seconds


class SendingError(UserError):
    """A submission was not accepted; the message says why."""


def send(submission: Submission, address: str, token: str) -> None:
    """Send a submission, which replaces the learner's earlier one.

    Raises:
        SendingError: the service cannot be reached, or refuses it.
    """
    request = urllib.request.Request(  # noqa: S310 - the address is the administrator's
        address,
        data=submission.to_text().encode(),
        headers={"Authorization": f"token {token}", "Content-Type": "text/csv"},
    )
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT):  # noqa: S310
            pass
    except urllib.error.HTTPError as error:
        detail = error.read(500).decode(errors="replace").strip()
        raise SendingError(f"Your class did not accept it: {detail or error.reason}") from error
    except OSError as error:
        why = getattr(error, "reason", error)  # urllib wraps the system's error
        cause = why if isinstance(why, Exception) else error
        raise SendingError(describe_error("Your class cannot be reached", cause)) from error
