"""The whole back: every zone and landmark, to look up by pointing, and to find by oneself."""

import random
from collections.abc import Sequence
from math import dist
from pathlib import Path
from typing import Annotated, Any, Literal

import traitlets
from annotated_types import Len
from pydantic import Field, TypeAdapter

from massage_workbook import anatomy
from massage_workbook.course import Course
from massage_workbook.course.model import CM_PER_UNIT, Point
from massage_workbook.course.schema import Landmark, Zone
from massage_workbook.figures import back
from massage_workbook.widgets.pictures import whole_back_svg
from massage_workbook.widgets.sources import who
from massage_workbook.widgets.widget import Interactive, Message

HERE = Path(__file__).parent
REACH_CM = 4
"""How far from a landmark a mark may be: on a picture, about two fingers."""
LARGEST = 2
"""The most of u or v that a mark on the picture can have."""
HINT = "Point at a place on the picture, tap it, or choose it from the list."
HIDDEN = "What is hidden here still holds on the back."
HOW_TO_MARK = (
    "Click or tap the place on the back. With keys: arrows move the cross, with Shift farther;"
    " Enter marks."
)


class Search(Message):
    """Begin a search, or go back to the map."""

    do: Literal["search"]
    on: bool


class Mark(Message):
    """Where the learner takes the place to be, (u, v), or None to be shown it."""

    do: Literal["mark"]
    place: Annotated[list[Annotated[float, Field(ge=-LARGEST, le=LARGEST)]], Len(2, 2)] | None


class Next(Message):
    """The next place to find."""

    do: Literal["next"]


class WholeBack(Interactive):
    """All zones and landmarks beside the picture, and a search that names one to be marked.

    `groups` are the zones of each kind and the landmarks. `search` is the search as it stands,
    empty while nothing is searched; it does not hold where the thing is before it was marked.
    """

    script = HERE / "whole_back.js"
    stylesheets = (HERE / "whole_back.css",)
    messages = TypeAdapter(Annotated[Search | Mark | Next, Field(discriminator="do")])
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
            frame=back.in_svg(),
            groups=groups(course),
            words={"hidden": HIDDEN, "hint": HINT, "how": HOW_TO_MARK},
        )

    def _carry_out(self, message: Search | Mark | Next) -> None:
        match message:
            case Search(on=True) if not self.search:
                self._ask()
            case Search(on=False):
                self.search, self._queue = {}, []
            case Mark(place=None) if self._is_open():
                self._tell(right=False, says=[], mark=None)
            case Mark(place=[u, v]) if self._is_open():
                right, says = judged((u, v), self._queue[0], self._course.zones)
                self._tell(right=right, says=says, mark=(u, v))
            case Next() if self.search and not self._is_open():
                self._queue.pop(0)
                self._ask()

    def _is_open(self) -> bool:
        """Whether something is asked for that has not been marked yet."""
        return bool(self.search) and self.search["told"] is None

    def _ask(self) -> None:
        if not self._queue:
            self._round += 1
            self._queue = in_turn(self._course, self._round)
        of = len(self._course.landmarks) + len(self._course.zones)
        number = of - len(self._queue) + 1
        self.search = {"ask": self._queue[0].name, "number": number, "of": of, "told": None}

    def _tell(self, *, right: bool, says: Sequence[str], mark: Point | None) -> None:
        place = self._queue[0]
        verdict = "Right." if right else "Here it is." if mark is None else "Not there."
        find = f"How to find it: {_small(place.find)}"
        told = {"verdict": verdict, "says": [*says, find], "shown": place.id, "mark": mark}
        self.search = self.search | {"told": told}


def groups(course: Course) -> list[dict[str, Any]]:
    """The zones by kind, the strictest first, and the landmarks, as plain values."""
    by_kind = back.of_each_kind(course.zones)
    numbers = {zone.id: str(number) for number, zone in back.numbered(by_kind).items()}
    titles = {kind: words[0].upper() + words[1:] for kind, words in back.KIND_WORDS.items()}
    return [
        {
            "id": kind,
            "title": titles[kind],
            "items": [_zone(zone, numbers[zone.id], titles[kind], course) for zone in members],
        }
        for kind, members in by_kind.items()
    ] + [
        {
            "id": "landmarks",
            "title": "Landmarks",
            "items": [
                _landmark(each, letter, course)
                for letter, each in back.lettered(course.landmarks).items()
            ],
        }
    ]


def _zone(zone: Zone, number: str, kind: str, course: Course) -> dict[str, Any]:
    return {
        "id": zone.id,
        "mark": number,
        "name": zone.name,
        "kind": kind,
        "facts": [["Rule", zone.rule], ["Why", zone.why], ["How to find it", zone.find]],
        "who": who(zone, course),
    }


def _landmark(landmark: Landmark, letter: str, course: Course) -> dict[str, Any]:
    level = [["Height", f"{landmark.level}: about there, on most people"]] if landmark.level else []
    return {
        "id": landmark.id,
        "mark": letter,
        "name": landmark.name,
        "kind": "Landmark",
        "facts": [["How to find it", landmark.find], *level],
        "who": who(landmark, course),
    }


# --- the search ------------------------------------------------------------------------------


def in_turn(course: Course, seed: int) -> list[Landmark | Zone]:
    """What is searched for, in an order that `seed` decides: landmarks first, zones by them."""
    order = random.Random(seed)  # noqa: S311
    return [
        each for some in (course.landmarks, course.zones) for each in order.sample(some, len(some))
    ]


def judged(mark: Point, place: Zone | Landmark, zones: Sequence[Zone]) -> tuple[bool, list[str]]:
    """Whether a mark is in a zone or near enough to a landmark, on either side, and what to say."""
    if isinstance(place, Landmark):
        return _beside(mark, place)
    there = anatomy.zones_at(mark, zones)
    if place in there:
        return True, [_also(zone) for zone in there if _is_stricter(zone, place)]
    if not there:
        return False, ["Where you marked there is nothing that this course works on."]
    return False, [f"Where you marked it is: {', '.join(_small(zone.name) for zone in there)}."]


def _beside(mark: Point, landmark: Landmark) -> tuple[bool, list[str]]:
    sides = [(landmark.u, landmark.v), *([(-landmark.u, landmark.v)] if landmark.mirrored else [])]
    u, v = min(sides, key=lambda side: dist(side, mark))
    off = CM_PER_UNIT * dist((u, v), mark)
    if off <= REACH_CM:
        return True, []
    return False, [f"It is about {' and '.join(_way(mark, (u, v)))} from there."]


def _way(here: Point, there: Point) -> list[str]:
    """How far it is up or down and to the side, in whole centimetres."""
    (a, b), (u, v) = here, there
    down, right = round(CM_PER_UNIT * (v - b)), round(CM_PER_UNIT * (u - a))
    said = {f"{abs(down)} cm {'down' if down > 0 else 'up'}": down}
    said |= {f"{abs(right)} cm to the {'right' if right > 0 else 'left'}": right}
    return [words for words, far in said.items() if far]


def _is_stricter(zone: Zone, place: Zone) -> bool:
    kinds = list(back.KINDS)
    return kinds.index(zone.kind) < kinds.index(place.kind)


def _also(zone: Zone) -> str:
    return f"Here it is also {_small(zone.name)}, and the stricter rule holds: {_small(zone.rule)}"


def _small(words: str) -> str:
    return words[0].lower() + words[1:]
