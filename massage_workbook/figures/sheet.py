"""A session on printed pages: timeline, changes of today, limits, stop signs, and pictures."""

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
from massage_workbook.figures.labels import write
from massage_workbook.figures.sessions import KEY, draw_timeline, session_limits
from massage_workbook.figures.strokes import stroke_map
from massage_workbook.session import Plan, Step, mmss
from massage_workbook.session.timetable import SIDE_LABELS, passes_label, title_with_position

MIN_FONT_SIZE = 9
"""Smallest font size, in points: readable at arm's length."""
_DPI = 300
"""Resolution of the small pictures, in dots per inch."""
_ALWAYS = ("Nothing presses the spine.", "It never hurts.", "Ask, and watch.")
_WIDTH, _HEIGHT = 11.69, 8.27
"""Inches of a page: A4, landscape."""
_MARGIN = 0.4
TIMELINE_INCHES = 5.2
"""Width of the column with the timeline."""
_TOP = 0.95
"""Height of the title."""
_LINE_INCHES, _LETTER_INCHES = 0.155, 0.078
"""Height of a line and mean width of a letter, in the smallest font."""
_MAX_LINES_BESIDE = 12
"""Maximum number of lines about today's changes beside the timeline."""
_TECHNIQUES_PER_PAGE = 12
"""Maximum number of techniques with pictures on a page."""
_SHOWN_TRANSITIONS = ("blot", "turn-over")
"""Transitions that are printed with a technique; the others are obvious."""


@with_style
def wall_pages(
    plan: Plan, steps: Sequence[Step], course: Course, title: str, left_out: Sequence[str] = ()
) -> tuple[Drawing, ...]:
    """A session on pages of A4, landscape, to print and hang on the wall.

    The first page has times, limits and stop signs, the next ones strokes and hands. The pictures
    show the strokes that are allowed today, on the side that is worked first. `left_out` are
    sentences about what is not touched, or only lightly, today, and why.
    """
    title = f"{title_with_position(title, plan)} · {mmss(plan.total)} minutes"
    today = _wrapped(left_out, _WIDTH - _MARGIN - TIMELINE_INCHES)
    beside = today if today.count("\n") < _MAX_LINES_BESIDE else "See the next page."
    pages = [_first_page(plan, steps, course, title, beside if left_out else "")]
    if beside != today:
        pages.append(_page(title, f"Left out or changed today. {' '.join(left_out)}"))
        _list(pages[-1], "Left out or changed today", left_out, (_MARGIN, _HEIGHT - _TOP), _WIDTH)
    steps_of: dict[str, list[Step]] = {}
    for step in steps:
        steps_of.setdefault(step.technique, []).append(step)
    for first in range(0, len(steps_of), _TECHNIQUES_PER_PAGE):
        some = dict([*steps_of.items()][first : first + _TECHNIQUES_PER_PAGE])
        names = [find_item("technique", name, course.techniques).names.english for name in some]
        pages.append(_page(title, f"Strokes and hands: {', '.join(names)}."))
        _pictures(pages[-1], some, course)
    return tuple(pages)


def printed(pages: Sequence[Drawing], kind: Literal["png", "pdf"]) -> bytes:
    """The pages as one file: a PDF of several pages, or a PNG with one below the other."""
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
    place = _MARGIN / _WIDTH, 1 - 0.42 / _HEIGHT
    write(drawing, place, title, size=20, weight="bold", va="center")
    return drawing


def _first_page(
    plan: Plan, steps: Sequence[Step], course: Course, title: str, today: str
) -> Drawing:
    """The timeline, today's changes, limits and stop signs."""
    blocks = {block.id: block for block in course.blocks}
    drawing = _page(title, "")
    alt = _timeline(drawing, plan, steps, blocks, course)
    width = (_WIDTH - TIMELINE_INCHES) / 2
    y = _HEIGHT - _TOP
    if today:
        y = _list(
            drawing, "Left out or changed today", today, (TIMELINE_INCHES, y), 2 * width, "keep-off"
        )
    signs = [sign for sign in course.stop_signs if sign.when == "during"]
    emergencies = [sign.sign for sign in signs if sign.emergency]
    stops = [sign.sign for sign in signs if not sign.emergency]
    below = _list(
        drawing, "Always", [*session_limits(steps, blocks), *_ALWAYS], (TIMELINE_INCHES, y), width
    )
    corner = (TIMELINE_INCHES, below)
    _list(drawing, "Call your local emergency number", emergencies, corner, width, "keep-off")
    _list(drawing, "Stop at once", stops, (TIMELINE_INCHES + width, y), width, "keep-off")
    drawing.alt += f"{alt} {today}".rstrip()
    return drawing


def _wrapped(lines: Sequence[str], width: float) -> str:
    """Lines as a bulleted list, wrapped to a width in inches."""
    letters = round((width - _MARGIN) / _LETTER_INCHES)
    return "\n".join(fill(f"· {line}", width=letters, subsequent_indent="  ") for line in lines)


def _list(  # noqa: PLR0913, PLR0917 - the text, its position and its style
    drawing: Drawing,
    head: str,
    lines: Sequence[str] | str,
    corner: tuple[float, float],
    width: float,
    tone: str = "ink",
) -> float:
    """Write a heading and lines below a point, in inches; return the y at which they end."""
    x, y = corner
    body = lines if isinstance(lines, str) else _wrapped(lines, width)
    write(drawing, (x / _WIDTH, y / _HEIGHT), head, tone, size=11, weight="bold", va="top")
    place = x / _WIDTH, (y - 0.22) / _HEIGHT
    write(drawing, place, body, size=MIN_FONT_SIZE, va="top", linespacing=1.1)
    return y - 0.22 - _LINE_INCHES * (body.count("\n") + 1) - 0.12


def _timeline(
    drawing: Drawing, plan: Plan, steps: Sequence[Step], blocks: Mapping[str, Block], course: Course
) -> str:
    techniques = {each.id: each for each in course.techniques}
    left = (_MARGIN + 1.15) / _WIDTH
    box = (left, (_MARGIN + 0.1) / _HEIGHT, 0.4 / _WIDTH, 1 - (_MARGIN + 0.1 + _TOP) / _HEIGHT)
    place = _MARGIN / _WIDTH, 0.6 * _MARGIN / _HEIGHT
    write(drawing, place, KEY, "quiet", size=MIN_FONT_SIZE, va="center")
    return draw_timeline(drawing.add_axes(box), plan, steps, blocks, techniques, size=10)


def _pictures(drawing: Drawing, steps_of: Mapping[str, Sequence[Step]], course: Course) -> None:
    """The stroke map and the hand of each technique, in the order of the session."""
    available = _HEIGHT - _TOP - _MARGIN
    rows = 1 if len(steps_of) <= 6 else 2  # noqa: PLR2004 - more are too small in one row
    columns = ceil(len(steps_of) / rows)
    width, height = (_WIDTH - 2 * _MARGIN) / columns, available / rows
    captions = [
        _Caption.of(find_item("technique", name, course.techniques), its_steps, course, width)
        for name, its_steps in steps_of.items()
    ]
    caption_height = max(each.height for each in captions)
    for i, (caption, own) in enumerate(zip(captions, steps_of.values(), strict=True)):
        left = _MARGIN + width * (i % columns)
        low = _MARGIN + available - height * (i // columns + 1)
        technique = find_item("technique", own[0].technique, course.techniques)
        allowed = technique.model_copy(update={"strokes": own[0].strokes})
        box = (left, low + caption_height, width, height - caption_height)
        _picture(drawing, stroke_map(allowed, course.zones), hand_picture(technique), box)
        _write_caption(drawing, caption, (left + width / 2, low + caption_height))


class _Caption(NamedTuple):
    """The text below the pictures of a technique, wrapped."""

    name: str
    how: str

    @classmethod
    def of(cls, technique: Technique, steps: Sequence[Step], course: Course, width: float) -> Self:
        """The caption in a width of so many inches."""
        letters = round(0.95 * width / _LETTER_INCHES)
        name = fill(technique.names.english, width=round(0.9 * letters), break_long_words=False)
        unbroken = (each.replace(" ", "\N{NO-BREAK SPACE}") for each in _how(steps, course))
        how = fill(
            ", ".join(unbroken), width=letters, break_long_words=False, break_on_hyphens=False
        )
        return cls(name, how)

    @property
    def height(self) -> float:
        """Height of all lines, in inches."""
        return self.name_height + _LINE_INCHES * (self.how.count("\n") + 1) + 0.05

    @property
    def name_height(self) -> float:
        """Height of the name above the other lines, in inches."""
        return 0.05 + _LINE_INCHES * (self.name.count("\n") + 1)


def _how(steps: Sequence[Step], course: Course) -> Iterator[str]:
    """Passes, force, tempo, place of the giver and transitions of a technique."""
    first = steps[0]
    sides = {step.side for step in steps}
    yield f"{passes_label(steps)} {'each side' if len(sides) > 1 else SIDE_LABELS[first.side]}"
    yield f"force {'-'.join(f'{end:g}' for end in dict.fromkeys(first.force))}"
    yield f"{first.per_minute:.0f} a minute"
    giver_sides = (step.giver_side for step in steps if step.side != "both")
    if places := dict.fromkeys(filter(None, giver_sides)):
        yield f"stand: {'/'.join(places)}"
    before = {name: step for step in reversed(steps) for name in step.transitions}
    for name in _SHOWN_TRANSITIONS:
        if name in before:
            when = "first" if before[name] is first else f"before the {before[name].side}"
            yield f"{find_item('transition', name, course.transitions).short} {when}"


def _picture(
    drawing: Drawing, strokes: Drawing, hand: Drawing, box: tuple[float, float, float, float]
) -> None:
    """A technique in a box of the page, in inches: stroke map above, hand below."""
    left, low, width, high = box
    hand_height = min(0.56 * width, 0.4 * high)
    _image(drawing, strokes, (left, low + hand_height, width, high - hand_height))
    _image(drawing, hand, (left + 0.04, low, width - 0.08, hand_height))


def _write_caption(drawing: Drawing, caption: _Caption, top: tuple[float, float]) -> None:
    """Write a caption below a point of the page, in inches."""
    x, y = top
    for line, down, weight, tone in (
        (caption.name, 0.02, "bold", "ink"),
        (caption.how, caption.name_height, "normal", "quiet"),
    ):
        style = {"size": MIN_FONT_SIZE, "weight": weight, "linespacing": 1.08}
        place = x / _WIDTH, (y - down) / _HEIGHT
        write(drawing, place, line, tone, ha="center", va="top", **style)


def _image(drawing: Drawing, picture: Drawing, box: tuple[float, float, float, float]) -> None:
    """Another picture, scaled down, in the middle of a box in inches."""
    left, low, box_width, box_height = box
    width, height = picture.get_size_inches()
    scale = min(box_width / width, box_height / height)
    file = io.BytesIO(picture.printed("png", round(_DPI * scale)))
    place = (
        (left + (box_width - width * scale) / 2) / _WIDTH,
        (low + (box_height - height * scale) / 2) / _HEIGHT,
        width * scale / _WIDTH,
        height * scale / _HEIGHT,
    )
    axes = drawing.add_axes(place)
    axes.set_axis_off()
    axes.imshow(Image.open(file), aspect="auto", interpolation="none")
