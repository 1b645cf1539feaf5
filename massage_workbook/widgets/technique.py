"""The card of a technique: description, instructions, feelings and mistakes."""

from collections.abc import Callable
from datetime import datetime

import traitlets
from pydantic import TypeAdapter

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.course.schema import Technique
from massage_workbook.safety.today import TodaysScreening
from massage_workbook.views.movement import key_frames
from massage_workbook.views.screening import left_out_of
from massage_workbook.views.technique import card
from massage_workbook.widgets.back_map import BackMap
from massage_workbook.widgets.hosting import Box
from massage_workbook.widgets.pictures import hand_svg, stance_svg
from massage_workbook.widgets.widget import Interactive, Refresh


class Words(Interactive):
    """The text (`card`) and the pictures of a technique's card.

    `today` is what today's screening leaves out of the technique, in words.
    """

    messages = TypeAdapter(Refresh)
    card = traitlets.Dict().tag(sync=True)
    hand = traitlets.Unicode().tag(sync=True)
    movement = traitlets.Dict().tag(sync=True)
    stance = traitlets.Unicode().tag(sync=True)
    folded = traitlets.Bool().tag(sync=True)
    short = traitlets.Bool().tag(sync=True)
    today = traitlets.List().tag(sync=True)

    def __init__(
        self,
        course: Course,
        technique: Technique,
        today: TodaysScreening,
        clock: Callable[[], datetime],
        **shown: bool,
    ) -> None:
        self._course, self._technique, self._today, self._clock = course, technique, today, clock
        super().__init__(
            card=card(technique, course),
            hand=hand_svg(technique),
            movement=key_frames(technique),
            stance=stance_svg(find_item("stance", technique.stance, course.stances)),
            today=self._left_out(),
            **shown,
        )
        today.subscribe(self._refresh)

    def _left_out(self) -> list[str]:
        decision = self._today.decision(self._clock())
        return left_out_of(self._technique, decision, self._course)

    def _refresh(self) -> None:
        self.today = self._left_out()

    def _carry_out(self, message: Refresh) -> None:  # noqa: ARG002
        self._refresh()


class TechniqueCard(Box):
    """The text and the hand of a technique beside its map.

    A `folded` card shows name, summary and hand until it is opened, a `short` one the map and one
    sentence.
    """

    def __init__(
        self,
        course: Course,
        name: str,
        today: TodaysScreening,
        clock: Callable[[], datetime],
        **shown: bool,
    ) -> None:
        technique = find_item("technique", name, course.techniques)
        words = Words(course, technique, today, clock, **shown)
        super().__init__([BackMap.of(technique, course.zones), words])
        self.add_class("mw").add_class("mw-card")
