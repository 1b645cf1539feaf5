"""The card of a technique: description, instructions, feelings and mistakes."""

import traitlets

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.views.movement import key_frames
from massage_workbook.views.technique import card
from massage_workbook.widgets.back_map import BackMap
from massage_workbook.widgets.hosting import Box
from massage_workbook.widgets.pictures import hand_svg, stance_svg
from massage_workbook.widgets.widget import Widget


class Words(Widget):
    """The text (`card`) and the pictures of a technique's card."""

    card = traitlets.Dict().tag(sync=True)
    hand = traitlets.Unicode().tag(sync=True)
    movement = traitlets.Dict().tag(sync=True)
    stance = traitlets.Unicode().tag(sync=True)
    folded = traitlets.Bool().tag(sync=True)
    short = traitlets.Bool().tag(sync=True)


class TechniqueCard(Box):
    """The text and the hand of a technique beside its map.

    A `folded` card shows name, summary and hand until it is opened, a `short` one the map and one
    sentence.
    """

    def __init__(
        self, course: Course, name: str, *, folded: bool = False, short: bool = False
    ) -> None:
        technique = find_item("technique", name, course.techniques)
        words = Words(
            card=card(technique, course),
            hand=hand_svg(technique),
            movement=key_frames(technique),
            stance=stance_svg(find_item("stance", technique.stance, course.stances)),
            folded=folded,
            short=short,
        )
        super().__init__([BackMap.of(technique, course.zones), words])
        self.add_class("mw").add_class("mw-card")
