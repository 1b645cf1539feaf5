"""A slider for each block and one for the total; the timeline follows them."""

from pathlib import Path
from typing import Any

import traitlets

from massage_workbook.course import Course
from massage_workbook.course.model import unknown
from massage_workbook.figures.timings import Timings
from massage_workbook.planning import LONGEST, Plan, PlanError, clock
from massage_workbook.widgets.widget import Widget

HERE = Path(__file__).parent


class Planner(Widget):
    """The learner's plan, begun from a ready-made session.

    The picture goes to the page once as `svg`; after that only `state` travels: the rows of
    sliders and the places of what moved. `state["wish"]` is the number of the wish it answers, so
    that the page sends the next one only then, and the last one wins.
    """

    _esm = HERE / "planner.js"
    stylesheet = HERE / "planner.css"
    svg = traitlets.Unicode().tag(sync=True)
    sessions = traitlets.List().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, course: Course, session: str) -> None:
        self._blocks = {block.id: block for block in course.blocks}
        self._ready_made = {each.id: each for each in course.sessions}
        super().__init__(
            sessions=[
                {"id": each.id, "name": each.name, "basis": each.basis, "note": each.note}
                for each in course.sessions
            ]
        )
        self._start_from(session)
        self.state = self._state(wish=0)
        self.on_msg(lambda _, message, __: self._hear(message))

    @property
    def plan(self) -> Plan:
        """The plan as it stands."""
        return self._plan

    def _start_from(self, session: str) -> None:
        if session not in self._ready_made:
            raise LookupError(unknown("session", session, self._ready_made))
        self._session = session
        self._plan = Plan.of(self._ready_made[session], self._blocks)
        self._timings = Timings(self._plan, self._plan, self._blocks)
        self.svg = self._timings.svg()

    def _hear(self, message: dict[str, Any]) -> None:
        refused = None
        try:
            match message:
                case {"set": "total", "seconds": int(seconds)}:
                    self._plan = self._plan.with_total(seconds)
                case {"set": str(block), "seconds": int(seconds)}:
                    self._plan = self._plan.with_block(block, seconds)
                case {"start_from": str(session)}:
                    self._start_from(session)
        except PlanError as error:
            refused = str(error)
        self._timings.show(self._plan)
        self.state = self._state(message.get("wish", 0), refused)

    def _state(self, wish: int, refused: str | None = None) -> dict[str, Any]:
        plan = self._plan
        return {
            "wish": wish,
            "session": self._session,
            "refused": refused,
            "total": {
                "seconds": plan.total,
                "least": plan.least,
                "most": plan.most,
                "longest": LONGEST,
                "text": clock(plan.total),
            },
            "rows": [
                {
                    "block": part.block,
                    "name": self._blocks[part.block].name,
                    "family": self._blocks[part.block].family,
                    "optional": self._blocks[part.block].optional,
                    "seconds": part.seconds,
                    "least": part.least,
                    "most": part.most,
                    "text": clock(part.seconds),
                    "share": round(100 * part.seconds / plan.total),
                }
                for part in plan.parts
            ],
            "places": self._timings.places(),
            "alt": self._timings.alt,
        }
