"""The tempo of a technique, to hear and to tap; the page draws each tap at once."""

from typing import Annotated, Literal

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.errors import UserError
from massage_workbook.questions.tempo import MIN_TAPS
from massage_workbook.views.tempo import tap_feedback, trainer_view
from massage_workbook.widgets.widget import Interactive, Message


class Taps(Message):
    """The times of taps, on the page's clock in seconds."""

    do: Literal["taps"]
    taps: Annotated[list[float], Field(min_length=MIN_TAPS, max_length=1000)]


class Tempo(Interactive):
    """A beat to listen to within a technique's band, and a pad to tap it on.

    `trainer` holds the band and the tolerance for taps; its `band` is None for a technique of which
    only the speed of the hand counts. The reply to taps has the `feedback`.

    Raises:
        LookupError: no technique has that name; the message suggests a similar one.
    """

    messages = TypeAdapter(Taps)
    trainer = traitlets.Dict().tag(sync=True)

    def __init__(self, course: Course, name: str) -> None:
        self._technique = find_item("technique", name, course.techniques)
        super().__init__(trainer=trainer_view(self._technique))

    def _carry_out(self, message: Taps) -> dict[str, list[str]]:
        try:
            return {"feedback": tap_feedback(self._technique, message.taps)}
        except ValueError as error:
            raise UserError(f"The page reports {error}.") from None
