"""A session on pages for the wall: what to do when, what is left out, stop signs, and pictures."""

import io
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from textwrap import fill
from typing import Literal, NamedTuple, Self

from matplotlib.backends.backend_pdf import PdfPages
from PIL import Image

from massage_workbook.course.model import find_item
from massage_workbook.course.schema import Block, Course, Technique
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.hands import hand_picture
from massage_workbook.figures.palette import colour
from massage_workbook.figures.sessions import KEY, draw_timeline, limits
from massage_workbook.figures.strokes import stroke_map
from massage_workbook.session import Plan, Step, mmss
from massage_workbook.session.timetable import SIDE_LABELS, passes_label, title_with_position

SMALLEST = 9
"""Points of the smallest words, which are read from an arm's length."""
_SHARPNESS = 300
"""Dots per inch of the small pictures."""
_ALWAYS = ("Nothing presses the spine.", "It never hurts.", "Ask, and watch.")
_WIDTH, _HEIGHT = 11.69, 8.27
"""Inches of a page: A4, lying."""
_MARGIN = 0.4
TIMELINE = 5.2
"""Inches that the column with the timeline takes."""
_TOP = 0.95
"""Inches for the title above."""
_LINE, _LETTER = 0.155, 0.078
"""Inches of a line, and on average of a letter, of the smallest words."""
_TODAY = 12
"""Lines of what is left out today that have room beside the timeline."""
_ON_A_PAGE = 12
"""Techniques whose pictures have room on a page."""
_NAMED = ("blot", "turn-over")
"""Transitions that a technique names: the others go without saying."""


@with_style
def wall_pages(
    plan: Plan,
    steps: Sequence[Step],
    course: Course,
    title: str,
    left_out: Sequence[str] = (),
) -> tuple[Drawing, ...]:
    """A session on pages of A4, lying, to print and hang on the wall.

    On the first are times, limits and stop signs, then come the ways and hands. The pictures show
    the strokes that are allowed today, on the side that is worked first. `left_out` are sentences
    that say what is not touched, or only lightly, today, and why.
    """
    title = f"{title_with_position(title, plan)} · {mmss(plan.total)} minutes"
    today = _wrapped(left_out, _WIDTH - _MARGIN - TIMELINE)
    beside = today if today.count("\n") < _TODAY else "See the next page."
    pages = [_first_page(plan, steps, course, title, beside if left_out else "")]
    if beside != today:
        pages.append(_page(title, f"Left out or changed today. {' '.join(left_out)}"))
        _list(pages[-1], "Left out or changed today", left_out, (_MARGIN, _HEIGHT - _TOP), _WIDTH)
    done: dict[str, list[Step]] = {}
    for step in steps:
        done.setdefault(step.technique, []).append(step)
    for first in range(0, len(done), _ON_A_PAGE):
        some = dict([*done.items()][first : first + _ON_A_PAGE])
        names = [find_item("technique", name, course.techniques).names.english for name in some]
        pages.append(_page(title, f"Ways and hands: {', '.join(names)}."))
        _pictures(pages[-1], some, course)
    return tuple(pages)


def printed(pages: Sequence[Drawing], kind: Literal["png", "pdf"]) -> bytes:
    """The pages as one file: of several pages, or with one picture below the other."""
    file = io.BytesIO()
    if kind == "pdf":
        with PdfPages(file, metadata={"CreationDate": None}) as paper:
            for page in pages:
                paper.savefig(page)
        return file.getvalue()
    images = [Image.open(io.BytesIO(page.printed("png"))) for page in pages]
    whole = Image.new("RGB", (images[0].width, sum(each.height for each in images)))
    for i, each in enumerate(images):
        whole.paste(each, (0, sum(before.height for before in images[:i])))
    whole.save(file, format="png", compress_level=2)
    return file.getvalue()


def _page(title: str, alt: str) -> Drawing:
    drawing = Drawing(f"{title}. {alt}", _WIDTH, _HEIGHT)
    text = drawing.text(_MARGIN / _WIDTH, 1 - 0.42 / _HEIGHT, title)
    text.set(size=20, weight="bold", color=colour("ink"), va="center")
    return drawing


def _first_page(
    plan: Plan, steps: Sequence[Step], course: Course, title: str, today: str
) -> Drawing:
    """When to do what, what is left out today, limits and stop signs."""
    blocks = {block.id: block for block in course.blocks}
    drawing = _page(title, "")
    said = _timeline(drawing, plan, steps, blocks, course)
    wide = (_WIDTH - TIMELINE) / 2
    y = _HEIGHT - _TOP
    if today:
        y = _list(drawing, "Left out or changed today", today, (TIMELINE, y), 2 * wide, "keep-off")
    now = [sign for sign in course.stop_signs if sign.when == "during"]
    calls = [sign.sign for sign in now if sign.emergency]
    stops = [sign.sign for sign in now if not sign.emergency]
    below = _list(drawing, "Always", [*limits(steps, blocks), *_ALWAYS], (TIMELINE, y), wide)
    _list(drawing, "Call your local emergency number", calls, (TIMELINE, below), wide, "keep-off")
    _list(drawing, "Stop at once", stops, (TIMELINE + wide, y), wide, "keep-off")
    drawing.alt += f"{said} {today}".rstrip()
    return drawing


def _wrapped(lines: Sequence[str], wide: float) -> str:
    """Lines with a dot each, broken to so many inches."""
    width = round((wide - _MARGIN) / _LETTER)
    return "\n".join(fill(f"· {line}", width=width, subsequent_indent="  ") for line in lines)


def _list(  # noqa: PLR0913, PLR0917 - what is written, and where and how
    drawing: Drawing,
    head: str,
    lines: Sequence[str] | str,
    corner: tuple[float, float],
    wide: float,
    tone: str = "ink",
) -> float:
    """Write a heading and lines below a point of the page, in inches; return where they end."""
    x, y = corner
    body = lines if isinstance(lines, str) else _wrapped(lines, wide)
    text = drawing.text(x / _WIDTH, y / _HEIGHT, head)
    text.set(size=11, weight="bold", va="top", color=colour(tone))
    text = drawing.text(x / _WIDTH, (y - 0.22) / _HEIGHT, body)
    text.set(size=SMALLEST, va="top", color=colour("ink"), linespacing=1.1)
    return y - 0.22 - _LINE * (body.count("\n") + 1) - 0.12


def _timeline(
    drawing: Drawing, plan: Plan, steps: Sequence[Step], blocks: Mapping[str, Block], course: Course
) -> str:
    techniques = {each.id: each for each in course.techniques}
    left = (_MARGIN + 1.15) / _WIDTH
    box = (left, (_MARGIN + 0.1) / _HEIGHT, 0.4 / _WIDTH, 1 - (_MARGIN + 0.1 + _TOP) / _HEIGHT)
    key = drawing.text(_MARGIN / _WIDTH, 0.6 * _MARGIN / _HEIGHT, KEY)
    key.set(size=SMALLEST, va="center", color=colour("quiet"))
    return draw_timeline(drawing.add_axes(box), plan, steps, blocks, techniques, size=10)


def _pictures(drawing: Drawing, done: Mapping[str, Sequence[Step]], course: Course) -> None:
    """The way on the back and the hand of each technique, in the order of doing."""
    tall = _HEIGHT - _TOP - _MARGIN
    rows = 1 if len(done) <= 6 else 2  # noqa: PLR2004 - more are too small in one row
    columns = ceil(len(done) / rows)
    wide, high = (_WIDTH - 2 * _MARGIN) / columns, tall / rows
    words = [
        _Words.of(find_item("technique", name, course.techniques), its_steps, course, wide)
        for name, its_steps in done.items()
    ]
    below = max(each.high for each in words)
    for i, (each, its_steps) in enumerate(zip(words, done.values(), strict=True)):
        left = _MARGIN + wide * (i % columns)
        low = _MARGIN + tall - high * (i // columns + 1)
        technique = find_item("technique", its_steps[0].technique, course.techniques)
        today = technique.model_copy(update={"strokes": its_steps[0].strokes})
        box = (left, low + below, wide, high - below)
        _picture(drawing, stroke_map(today, course.zones), hand_picture(technique), box)
        _write(drawing, each, (left + wide / 2, low + below))


class _Words(NamedTuple):
    """What stands below the pictures of a technique, in lines."""

    name: str
    how: str

    @classmethod
    def of(cls, technique: Technique, steps: Sequence[Step], course: Course, wide: float) -> Self:
        """The words in so many inches."""
        width = round(0.95 * wide / _LETTER)
        name = fill(technique.names.english, width=round(0.9 * width), break_long_words=False)
        unbroken = (each.replace(" ", "\N{NO-BREAK SPACE}") for each in _how(steps, course))
        how = fill(", ".join(unbroken), width=width, break_long_words=False, break_on_hyphens=False)
        return cls(name, how)

    @property
    def high(self) -> float:
        """Inches of all lines."""
        return self.down + _LINE * (self.how.count("\n") + 1) + 0.05

    @property
    def down(self) -> float:
        """Inches above the lines that say how it is done."""
        return 0.05 + _LINE * (self.name.count("\n") + 1)


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
    tall = min(0.56 * wide, 0.4 * high)
    _image(drawing, way, (left, low + tall, wide, high - tall))
    _image(drawing, hand, (left + 0.04, low, wide - 0.08, tall))


def _write(drawing: Drawing, words: _Words, top: tuple[float, float]) -> None:
    """The words of a technique below a point of the page, in inches."""
    x, y = top
    for said, down, weight, tone in (
        (words.name, 0.02, "bold", "ink"),
        (words.how, words.down, "normal", "quiet"),
    ):
        text = drawing.text(x / _WIDTH, (y - down) / _HEIGHT, said)
        text.set(size=SMALLEST, weight=weight, color=colour(tone))
        text.set(ha="center", va="top", linespacing=1.08)


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
