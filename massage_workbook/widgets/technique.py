"""A technique's card: what it is, how it goes on the back, what to feel, what to avoid."""

from pathlib import Path

import traitlets
from ipywidgets import Box

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.views.movement import key_frames
from massage_workbook.views.technique import card
from massage_workbook.widgets.back_map import BackMap
from massage_workbook.widgets.pictures import hand_svg, stance_svg
from massage_workbook.widgets.widget import Widget

HERE = Path(__file__).parent


class Words(Widget):
    """The words of a technique's card, which `card` holds, and its pictures."""

    script = HERE / "technique.js"
    stylesheets = (HERE / "technique.css",)
    card = traitlets.Dict().tag(sync=True)
    hand = traitlets.Unicode().tag(sync=True)
    movement = traitlets.Dict().tag(sync=True)
    stance = traitlets.Unicode().tag(sync=True)
    folded = traitlets.Bool().tag(sync=True)
    short = traitlets.Bool().tag(sync=True)


class TechniqueCard(Box):
    """The words of a technique and its hand beside its map.

    Of one that is `folded` the page shows the name, the summary and the hand until it is opened;
    of a `short` one the map and what to do, in one sentence.
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
