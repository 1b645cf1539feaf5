"""A session on one page for the wall: what to do when, hands and directions, limits, stop signs."""

import io
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from textwrap import fill
from typing import NamedTuple, Self

from PIL import Image

from massage_workbook.course.model import find_item
from massage_workbook.course.schema import Block, Course, StopSign, Technique
from massage_workbook.figures.drawing import Drawing, in_our_look
from massage_workbook.figures.hands import hand_picture
from massage_workbook.figures.palette import colour
from massage_workbook.figures.sessions import KEY, draw_timeline, limits
from massage_workbook.figures.strokes import stroke_map
from massage_workbook.session import Plan, Step, mmss
from massage_workbook.session.timetable import SIDE_LABELS, passes_label, title_with_position

_SHARPNESS = 300
"""Dots per inch of the small pictures."""
_ALWAYS = ("Nothing presses the spine.", "It never hurts.", "Ask, and watch.")
_WIDTH, _HEIGHT = 11.69, 8.27
"""Inches of the page: A4, lying."""
_MARGIN = 0.4
TIMELINE = 4.45
"""Inches of the column with the timeline."""
_TOP, _BOTTOM = 0.95, 2.05
"""Inches for the title above and for limits and stop signs below."""
_NAME, _HOW = 0.125, 0.115
"""Inches of a line of a technique's name, and of one that says how it is done."""
_SIZE = 8
"""Font size beside the timeline."""
_TODAY = (8, 7, 6, 5, 4)
"""Font sizes for the line of today's exclusions; the largest that fits is used."""
_NAMED = ("blot", "turn-over")
"""Transitions that are named; the others are obvious."""


@in_our_look
def wall_sheet(
    plan: Plan,
    steps: Sequence[Step],
    course: Course,
    title: str,
    left_out: Sequence[str] = (),
) -> Drawing:
    """A session on one A4 page, landscape, to print and hang on the wall.

    The pictures show the strokes allowed today, on the side worked first. `left_out` are sentences
    about what is not touched, or only lightly, today.
    """
    blocks = {block.id: block for block in course.blocks}
    techniques = {each.id: each for each in course.techniques}
    drawing = Drawing("", _WIDTH, _HEIGHT)
    said = _timeline(drawing, plan, steps, blocks, techniques)
    _title(drawing, f"{title_with_position(title, plan)} · {mmss(plan.total)} minutes")
    today = f" Today: {' '.join(left_out)}" if left_out else ""
    _today(drawing, today.strip())
    _pictures(drawing, steps, techniques, course)
    _foot(drawing, limits(steps, blocks), course.stop_signs)
    drawing.alt = f"{title_with_position(title, plan)}, on one page.{today} {said}"
    return drawing


def _title(drawing: Drawing, words: str) -> None:
    text = drawing.text(_MARGIN / _WIDTH, 1 - 0.42 / _HEIGHT, words)
    text.set(size=20, weight="bold", color=colour("ink"), va="center")


def _today(drawing: Drawing, words: str) -> None:
    """Today's exclusions below the title, in the largest font that fits."""
    wide, high = _WIDTH - 2 * _MARGIN, 0.22
    for size in _TODAY:
        letter, line = 0.0085 * size, 0.0155 * size  # inches, of the font that is used
        body = fill(words, width=round(wide / letter))
        if (body.count("\n") + 1) * line <= high:
            break
    text = drawing.text(_MARGIN / _WIDTH, 1 - 0.58 / _HEIGHT, body)
    text.set(size=size, va="top", color=colour("keep-off"), linespacing=1)


def _timeline(
    drawing: Drawing,
    plan: Plan,
    steps: Sequence[Step],
    blocks: Mapping[str, Block],
    techniques: Mapping[str, Technique],
) -> str:
    left = (_MARGIN + 1.02) / _WIDTH
    box = (left, _MARGIN / _HEIGHT, 0.4 / _WIDTH, 1 - (_MARGIN + _TOP) / _HEIGHT)
    key = drawing.text(_MARGIN / _WIDTH, 0.5 * _MARGIN / _HEIGHT, KEY)
    key.set(size=6, va="center", color=colour("quiet"))
    return draw_timeline(drawing.add_axes(box), plan, steps, blocks, techniques, size=_SIZE)


def _pictures(
    drawing: Drawing, steps: Sequence[Step], techniques: Mapping[str, Technique], course: Course
) -> None:
    """Stroke map and hand of each technique, in the order of the session."""
    done: dict[str, list[Step]] = {}
    for step in steps:
        done.setdefault(step.technique, []).append(step)
    tall = _HEIGHT - _TOP - _BOTTOM
    rows = 1 if len(done) <= 6 else 2  # noqa: PLR2004 - more are too small in one row
    columns = ceil(len(done) / rows) or 1
    wide, high = (_WIDTH - _MARGIN - TIMELINE) / columns, tall / rows
    words = [
        _Words.of(techniques[name], its_steps, course, wide) for name, its_steps in done.items()
    ]
    below = max((each.high for each in words), default=0)
    for i, (each, its_steps) in enumerate(zip(words, done.values(), strict=True)):
        left, low = TIMELINE + wide * (i % columns), _BOTTOM + tall - high * (i // columns + 1)
        technique = techniques[its_steps[0].technique]
        today = technique.model_copy(update={"strokes": its_steps[0].strokes})
        box = (left, low + below, wide, high - below)
        _picture(drawing, stroke_map(today, course.zones), hand_picture(technique), box)
        _write(drawing, each, (left + wide / 2, low + below), wide)


class _Words(NamedTuple):
    """Text below the pictures of a technique, wrapped."""

    name: str
    how: str

    @classmethod
    def of(cls, technique: Technique, steps: Sequence[Step], course: Course, wide: float) -> Self:
        """The text wrapped to a width in inches."""
        name = fill(technique.names.english, width=round(wide * 13), break_long_words=False)
        unbroken = (each.replace(" ", "\N{NO-BREAK SPACE}") for each in _how(steps, course))
        width = max(18, round(wide * 17))
        how = fill(", ".join(unbroken), width=width, break_long_words=False, break_on_hyphens=False)
        return cls(name, how)

    @property
    def high(self) -> float:
        """Inches of all lines."""
        return self.down + _HOW * (self.how.count("\n") + 1) + 0.03

    @property
    def down(self) -> float:
        """Inches above the lines of `how`."""
        return 0.05 + _NAME * (self.name.count("\n") + 1)


def _how(steps: Sequence[Step], course: Course) -> Iterator[str]:
    """Passes, force, tempo, place of the giver and transitions of a technique."""
    first = steps[0]
    sides = {step.side for step in steps}
    yield f"{passes_label(steps)} {'each side' if len(sides) > 1 else SIDE_LABELS[first.side]}"
    yield f"force {'-'.join(f'{end:g}' for end in dict.fromkeys(first.force))}"
    yield f"{first.per_minute:.0f} a minute"
    if places := dict.fromkeys(step.place for step in steps if step.place and step.side != "both"):
        yield f"stand: {'/'.join(places)}"
    before = {name: step for step in reversed(steps) for name in step.transitions}
    for name in _NAMED:
        if name in before:
            when = "first" if before[name] is first else f"before the {before[name].side}"
            yield f"{find_item('transition', name, course.transitions).short} {when}"


def _picture(
    drawing: Drawing, way: Drawing, hand: Drawing, box: tuple[float, float, float, float]
) -> None:
    """A technique in a box of the page, in inches: stroke map above, hand below."""
    left, low, wide, high = box
    tall = 0.56 * wide
    _image(drawing, way, (left, low + tall, wide, high - tall))
    _image(drawing, hand, (left + 0.04, low, wide - 0.08, tall))


def _write(drawing: Drawing, words: _Words, top: tuple[float, float], wide: float) -> None:
    """The text of a technique below a point of the page, in inches."""
    x, y = top
    for said, down, size, weight, tone in (
        (words.name, 0.02, min(8, 8.5 * wide), "bold", "ink"),
        (words.how, words.down, min(7, 6.3 * wide), "normal", "quiet"),
    ):
        text = drawing.text(x / _WIDTH, (y - down) / _HEIGHT, said)
        text.set(
            size=size, weight=weight, color=colour(tone), ha="center", va="top", linespacing=1.08
        )


def _image(drawing: Drawing, picture: Drawing, box: tuple[float, float, float, float]) -> None:
    """Another picture, scaled down, in the middle of a box in inches."""
    left, low, wide, high = box
    width, height = picture.get_size_inches()
    scale = min(wide / width, high / height)
    file = io.BytesIO(picture.printed("png", round(_SHARPNESS * scale)))
    place = (
        (left + (wide - width * scale) / 2) / _WIDTH,
        (low + (high - height * scale) / 2) / _HEIGHT,
        width * scale / _WIDTH,
        height * scale / _HEIGHT,
    )
    axes = drawing.add_axes(place)
    axes.set_axis_off()
    axes.imshow(Image.open(file), aspect="auto", interpolation="none")


def _foot(drawing: Drawing, limit: Sequence[str], signs: Sequence[StopSign]) -> None:
    """Limits on the left, then the signs of an emergency, then those that end the massage."""
    now = [sign for sign in signs if sign.when == "during"]
    calls = [sign.sign for sign in now if sign.emergency]
    stops = [sign.sign for sign in now if not sign.emergency]
    half = ceil(len(stops) / 2)
    left = TIMELINE
    for head, lines, tone, room in (
        ("Always", [*limit, *_ALWAYS], "ink", 1.3),
        ("Call your local emergency number", calls, "keep-off", 2.5),
        ("Stop at once", stops[:half], "keep-off", 1.65),
        ("", stops[half:], "keep-off", 1.65),
    ):
        text = drawing.text(left / _WIDTH, (_BOTTOM - 0.1) / _HEIGHT, head)
        text.set(size=8.5, weight="bold", va="top", color=colour(tone))
        body = "\n".join(fill(f"· {line}", width=round((room - 0.1) * 21)) for line in lines)
        text = drawing.text(left / _WIDTH, (_BOTTOM - 0.3) / _HEIGHT, body)
        text.set(size=6, va="top", color=colour("ink"), linespacing=1.1)
        left += room
