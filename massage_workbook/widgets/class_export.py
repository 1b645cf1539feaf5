"""The learner's answers for a teacher: a preview, then sending or a file."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import traitlets
from pydantic import TypeAdapter

from massage_workbook.classroom import sending
from massage_workbook.classroom.submission import COLUMNS, Submission
from massage_workbook.store import StoreError
from massage_workbook.widgets.widget import Interactive, Message, Refresh

FILE_NAME = "class-export.csv"


class ExportRows(Message):
    """Send the rows that the page shows, or return them as a file."""

    do: Literal["send", "download"]


class ClassExport(Interactive):
    """The rows of a submission, which is exported only by a click on one of the buttons."""

    messages = TypeAdapter(ExportRows | Refresh)
    page = traitlets.Dict().tag(sync=True)

    def __init__(
        self, submission: Callable[[], Submission], environment: Mapping[str, str]
    ) -> None:
        self._read = submission
        self._address = environment.get(sending.ADDRESS)
        self._token = environment.get(sending.TOKEN, "")
        super().__init__(page=self._page())

    def _page(self) -> dict[str, Any]:
        try:
            self._submission, notice = self._read(), None
        except StoreError as error:
            self._submission, notice = Submission(pseudonym="", rows=()), str(error)
        rows = [[str(cell) for cell in row.model_dump().values()] for row in self._submission.rows]
        return {
            "columns": COLUMNS[1:],
            "rows": rows,
            "pseudonym": self._submission.pseudonym,
            "sends": bool(self._address),
            "notice": notice,
        }

    def _carry_out(self, message: ExportRows | Refresh) -> dict[str, Any] | None:
        match message.do:
            case "refresh":
                self.page = self._page()
            case "download":
                return {"name": FILE_NAME, "file": self._submission.to_text().encode()}
            case "send":
                sending.send(self._submission, str(self._address), self._token)
                return {"done": f"{len(self._submission.rows)} rows were sent to your class."}
        return None
