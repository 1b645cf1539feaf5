"""A session on one page for the wall: what to do when, hands and directions, limits, stop signs."""

import io
from collections.abc import Mapping, Sequence
from math import ceil
from textwrap import fill

from PIL import Image

from massage_workbook.course.schema import Block, Course, StopSign, Technique
from massage_workbook.figures.drawing import Drawing, in_our_look
from massage_workbook.figures.hands import hand_picture
from massage_workbook.figures.palette import colour
from massage_workbook.figures.sessions import draw_timeline, limits
from massage_workbook.figures.strokes import stroke_map
from massage_workbook.planning import Plan, Step, clock

SHARPNESS = 300
"""Dots per inch of the small pictures."""
ALWAYS = ("Nothing presses the spine.", "It never hurts.", "Ask, and watch.")
WIDTH, HEIGHT = 11.69, 8.27
"""Inches of the page: A4, lying."""
MARGIN = 0.4
TIMELINE = 4.45
"""Inches that the column with the timeline takes."""
TOP, BOTTOM = 0.85, 2.05
"""Inches for the title above and for limits and stop signs below."""
NAME = 0.52
"""Inches for the words below the pictures of a technique."""


@in_our_look
def wall_sheet(plan: Plan, steps: Sequence[Step], course: Course, title: str) -> Drawing:
    """A session on one page, A4 lying, to print and hang on the wall.

    The pictures show the strokes that are allowed today, on the side that is worked first.
    """
    blocks = {block.id: block for block in course.blocks}
    techniques = {each.id: each for each in course.techniques}
    drawing = Drawing("", WIDTH, HEIGHT)
    said = _timeline(drawing, plan, steps, blocks, techniques)
    _title(drawing, f"{title} · {clock(plan.total)} minutes")
    _pictures(drawing, steps, techniques, course)
    _foot(drawing, limits(steps, blocks), course.stop_signs)
    drawing.alt = f"{title}, on one page. {said}"
    return drawing


def _title(drawing: Drawing, words: str) -> None:
    text = drawing.text(MARGIN / WIDTH, 1 - 0.45 / HEIGHT, words)
    text.set(size=20, weight="bold", color=colour("ink"), va="center")


def _timeline(
    drawing: Drawing,
    plan: Plan,
    steps: Sequence[Step],
    blocks: Mapping[str, Block],
    techniques: Mapping[str, Technique],
) -> str:
    left = (MARGIN + 1.2) / WIDTH
    box = (left, MARGIN / HEIGHT, 0.5 / WIDTH, 1 - (MARGIN + TOP) / HEIGHT)
    return draw_timeline(drawing.add_axes(box), plan, steps, blocks, techniques)


def _pictures(
    drawing: Drawing, steps: Sequence[Step], techniques: Mapping[str, Technique], course: Course
) -> None:
    """The way on the back and the hand of each technique, in the order of doing."""
    firsts: dict[str, Step] = {}
    for step in steps:
        if not step.link:
            firsts.setdefault(step.technique, step)
    tall = HEIGHT - TOP - BOTTOM
    rows = 1 if len(firsts) <= 6 else 2  # noqa: PLR2004 - more are too small in one row
    columns = ceil(len(firsts) / rows) or 1
    wide, high = (WIDTH - MARGIN - TIMELINE) / columns, tall / rows
    for i, step in enumerate(firsts.values()):
        left, low = TIMELINE + wide * (i % columns), BOTTOM + tall - high * (i // columns + 1)
        technique = techniques[step.technique]
        _picture(drawing, step, technique, course, (left, low, wide, high))


def _picture(
    drawing: Drawing,
    step: Step,
    technique: Technique,
    course: Course,
    box: tuple[float, float, float, float],
) -> None:
    """A technique in a box of the page, in inches: its way above, its hand, and its words."""
    left, low, wide, high = box
    hand = 0.56 * wide
    today = technique.model_copy(update={"strokes": step.strokes})
    _image(
        drawing,
        stroke_map(today, course.zones),
        (left, low + NAME + hand, wide, high - NAME - hand),
    )
    _image(drawing, hand_picture(technique), (left + 0.04, low + NAME, wide - 0.08, hand))
    force = "-".join(f"{end:g}" for end in dict.fromkeys(step.force))
    pace = f"\n{step.per_minute:.0f} a minute" if step.per_minute else ""
    name = fill(technique.names.english, width=round(wide * 13), break_long_words=False)
    lines = name.count("\n") + 1
    for words, down, size, weight, tone in (
        (name, 0.02, min(8, 8.5 * wide), "bold", "ink"),
        (f"force {force}{pace}", 0.05 + 0.125 * lines, 7, "normal", "quiet"),
    ):
        text = drawing.text((left + wide / 2) / WIDTH, (low + NAME - down) / HEIGHT, words)
        text.set(size=size, weight=weight, color=colour(tone), ha="center", va="top", linespacing=1)


def _image(drawing: Drawing, picture: Drawing, box: tuple[float, float, float, float]) -> None:
    """Another picture, made smaller with its words, in the middle of a box in inches."""
    left, low, wide, high = box
    width, height = picture.get_size_inches()
    scale = min(wide / width, high / height)
    file = io.BytesIO(picture.printed("png", round(SHARPNESS * scale)))
    place = (
        (left + (wide - width * scale) / 2) / WIDTH,
        (low + (high - height * scale) / 2) / HEIGHT,
        width * scale / WIDTH,
        height * scale / HEIGHT,
    )
    axes = drawing.add_axes(place)
    axes.set_axis_off()
    axes.imshow(Image.open(file), aspect="auto", interpolation="none")


def _foot(drawing: Drawing, limit: Sequence[str], signs: Sequence[StopSign]) -> None:
    """Limits on the left, then the signs that call for help, then those that end it."""
    now = [sign for sign in signs if sign.when == "during"]
    calls = [sign.sign for sign in now if sign.emergency]
    stops = [sign.sign for sign in now if not sign.emergency]
    half = ceil(len(stops) / 2)
    left = TIMELINE
    for head, lines, tone, room in (
        ("Always", [*limit, *ALWAYS], "ink", 1.3),
        ("Call your local emergency number", calls, "keep-off", 2.5),
        ("Stop at once", stops[:half], "keep-off", 1.65),
        ("", stops[half:], "keep-off", 1.65),
    ):
        text = drawing.text(left / WIDTH, (BOTTOM - 0.1) / HEIGHT, head)
        text.set(size=8.5, weight="bold", va="top", color=colour(tone))
        body = "\n".join(fill(f"· {line}", width=round((room - 0.1) * 21)) for line in lines)
        text = drawing.text(left / WIDTH, (BOTTOM - 0.3) / HEIGHT, body)
        text.set(size=6, va="top", color=colour("ink"), linespacing=1.1)
        left += room
