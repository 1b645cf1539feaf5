"""What a teacher would get of the learner's answers, to see first, then to send or to keep."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import traitlets
from pydantic import TypeAdapter

from massage_workbook.classroom import sending
from massage_workbook.classroom.submission import COLUMNS, Submission
from massage_workbook.store import StoreError
from massage_workbook.widgets.widget import Interactive, Message, Refresh

FILE_NAME = "class-export.csv"


class Give(Message):
    """The rows that the page shows are to be sent, or written to a file."""

    do: Literal["send", "download"]


class ClassExport(Interactive):
    """The rows of a submission. It leaves the learner's home by a click on one of its buttons."""

    messages = TypeAdapter(Give | Refresh)
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
            self._shown, notice = self._read(), None
        except StoreError as error:
            self._shown, notice = Submission(pseudonym="", rows=()), str(error)
        rows = [[str(cell) for cell in row.model_dump().values()] for row in self._shown.rows]
        return {
            "columns": COLUMNS[1:],
            "rows": rows,
            "pseudonym": self._shown.pseudonym,
            "sends": bool(self._address),
            "notice": notice,
        }

    def _carry_out(self, message: Give | Refresh) -> dict[str, Any] | None:
        match message.do:
            case "refresh":
                self.page = self._page()
            case "download":
                return {"name": FILE_NAME, "file": self._shown.to_text().encode()}
            case "send":
                sending.send(self._shown, str(self._address), self._token)
                return {"done": f"{len(self._shown.rows)} rows were sent to your class."}
        return None
