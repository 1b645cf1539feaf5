"""The whole back: every zone and landmark, to look up and to find."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import traitlets
from annotated_types import Len
from pydantic import Field, TypeAdapter

from massage_workbook.body.frame import svg_transform
from massage_workbook.course import Course
from massage_workbook.course.model import Point, uncapitalised
from massage_workbook.course.schema import Landmark, Zone
from massage_workbook.views.back import judge_mark, search_order, zone_groups
from massage_workbook.widgets.layered import Layered, Layers
from massage_workbook.widgets.pictures import whole_back_svg
from massage_workbook.widgets.widget import Message

_MAX_UV = 2
"""Maximum of u and v of a mark on the picture."""
HINT = "Point at a place on the picture, tap it, or choose it from the list."
HIDDEN = "The rules of hidden places still apply."
HOW_TO_MARK = (
    "Click or tap the place on the back. With keys: arrows move the cross, with Shift farther;"
    " Enter marks."
)


class Search(Message):
    """Begin a search, or go back to the map."""

    do: Literal["search"]
    on: bool


class Mark(Message):
    """The learner's mark, (u, v), or None to be shown the place."""

    do: Literal["mark"]
    place: Annotated[list[Annotated[float, Field(ge=-_MAX_UV, le=_MAX_UV)]], Len(2, 2)] | None


class Next(Message):
    """The next place to find."""

    do: Literal["next"]


class WholeBack(Layered):
    """All zones and landmarks beside the picture, and a search that names one to be marked.

    `groups` are the zones of each kind and the landmarks. `search` is empty, or has the `name` of
    the place to find; it does not contain the solution before the learner has answered.
    """

    messages = TypeAdapter(Annotated[Layers | Search | Mark | Next, Field(discriminator="do")])
    svg = traitlets.Unicode().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)
    groups = traitlets.List().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    search = traitlets.Dict().tag(sync=True)

    def __init__(self, course: Course) -> None:
        self._course, self._round = course, 0
        self._queue: list[Landmark | Zone] = []
        super().__init__(
            svg=whole_back_svg(course.zones, course.landmarks),
            frame=svg_transform(),
            groups=zone_groups(course),
            words={"hidden": HIDDEN, "hint": HINT, "how": HOW_TO_MARK},
        )

    def _carry_out(self, message: Layers | Search | Mark | Next) -> dict[str, Any] | None:
        match message:
            case Layers():
                return super()._carry_out(message)
            case Search(on=True) if not self.search:
                self._ask()
            case Search(on=False):
                self.search, self._queue = {}, []
            case Mark(place=None) if self._is_open():
                self._show_result(right=False, feedback=[], mark=None)
            case Mark(place=[u, v]) if self._is_open():
                right, feedback = judge_mark((u, v), self._queue[0], self._course.zones)
                self._show_result(right=right, feedback=feedback, mark=(u, v))
            case Next() if self.search and not self._is_open():
                self._queue.pop(0)
                self._ask()
        return None

    def _is_open(self) -> bool:
        """Whether a question of the search is unanswered."""
        return bool(self.search) and self.search["result"] is None

    def _ask(self) -> None:
        if not self._queue:
            self._round += 1
            self._queue = search_order(self._course, self._round)
        of = len(self._course.landmarks) + len(self._course.zones)
        number = of - len(self._queue) + 1
        self.search = {"name": self._queue[0].name, "number": number, "of": of, "result": None}

    def _show_result(self, *, right: bool, feedback: Sequence[str], mark: Point | None) -> None:
        place = self._queue[0]
        verdict = "Right." if right else "Here it is." if mark is None else "Not there."
        find = f"How to find it: {uncapitalised(place.find)}"
        result = {
            "verdict": verdict,
            "feedback": [*feedback, find],
            "shown": place.id,
            "mark": mark,
        }
        self.search = self.search | {"result": result}
