"""Every picture of the course by name, and their export to a folder."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from massage_workbook.course.model import unknown_message
from massage_workbook.course.schema import Course
from massage_workbook.errors import UnknownNameError
from massage_workbook.figures import (
    atlas,
    back,
    hands,
    movement,
    nodes,
    reach,
    sessions,
    strokes,
    tempo,
    timings,
)
from massage_workbook.figures.drawing import Drawing
from massage_workbook.figures.stances import stance_plan
from massage_workbook.files import write_atomically
from massage_workbook.session import Plan, make_steps

Gallery = Mapping[str, Callable[[], Drawing]]


def gallery(course: Course) -> Gallery:
    """A function that draws each picture of the course, by file name."""
    stances = {f"stance-{each.id}": partial(stance_plan, each) for each in course.stances}
    return {**_of_the_back(course), **_of_techniques(course), **stances, **_of_sessions(course)}


def find_picture(drawn: Gallery, name: str) -> Callable[[], Drawing]:
    """The function that draws a picture.

    Raises:
        LookupError: no picture has that name; the message suggests a similar one.
    """
    if name not in drawn:
        raise UnknownNameError(unknown_message("picture", name, drawn))
    return drawn[name]


def _of_the_back(course: Course) -> Gallery:
    families = dict.fromkeys(block.family for block in course.blocks)
    return {
        "back-zones": lambda: back.zone_map(course.zones),
        "back-landmarks": lambda: back.landmark_map(course.landmarks),
        "back-limits": lambda: back.limits_map(course.zones),
        "back-under-skin": lambda: atlas.under_skin(course.structures),
        "lymph-nodes": lambda: nodes.lymph_nodes(course.lymph_nodes),
        "tempo": lambda: tempo.tempo_bands(course.techniques, course.blocks),
    } | {
        f"sheet-{family}": partial(
            strokes.stroke_sheet,
            [technique for technique in course.techniques if technique.family == family],
            course.zones,
        )
        for family in families
    }


def _of_techniques(course: Course) -> Gallery:
    return {
        name: picture
        for each in course.techniques
        for name, picture in (
            (f"strokes-{each.id}", partial(strokes.stroke_map, each, course.zones)),
            (f"hand-{each.id}", partial(hands.hand_picture, each)),
            (f"movement-{each.id}", partial(movement.movement_strip, each)),
        )
    }


def _of_sessions(course: Course) -> Gallery:
    blocks = {block.id: block for block in course.blocks}
    techniques = {technique.id: technique for technique in course.techniques}
    plans = {session.name: Plan.of(session, course) for session in course.sessions}
    made: dict[str, Callable[[], Drawing]] = {
        "sessions-compared": partial(
            sessions.comparison,
            plans,
            blocks,
            [each.name for each in course.sessions if each.basis == "reconstructed"],
        )
    }
    for session in course.sessions:
        plan = plans[session.name]
        doing = make_steps(plan, course)
        made |= {
            f"minutes-{session.id}": partial(timings.minutes, plan, blocks),
            f"steps-{session.id}": partial(sessions.timeline, plan, doing, blocks, techniques),
            f"reach-{session.id}": partial(reach.where_hands_go, doing, techniques, course.zones),
        }
    return made


def write(pictures: Gallery, folder: Path) -> Iterator[Path]:
    """Write each picture as SVG and as PNG; yield each file once it is written.

    Writes are atomic. Raises OSError if the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in pictures.items():
        drawing = draw()
        yield _write_file(folder / f"{name}.svg", drawing.svg().encode())
        yield _write_file(folder / f"{name}.png", drawing.printed("png"))


def _write_file(path: Path, content: bytes) -> Path:
    write_atomically(path, content, durable=False)  # it can be drawn again
    return path
