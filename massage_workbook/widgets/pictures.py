"""Pictures as SVG: those of the wheel, and others drawn once for all kernels of this edition."""

import shutil
from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

import matplotlib as mpl

from massage_workbook import paths
from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.course.schema import Landmark, Stance, Structure, Technique, Zone
from massage_workbook.figures import palette
from massage_workbook.figures.atlas import layers
from massage_workbook.figures.back import bare, whole_back
from massage_workbook.figures.drawing import Drawing
from massage_workbook.figures.hands import hand_picture
from massage_workbook.figures.questions import pictures
from massage_workbook.figures.stances import stance_plan
from massage_workbook.figures.strokes import stroke_map
from massage_workbook.files import fingerprint, make_folder, source_timestamps, write_atomically
from massage_workbook.questions import Question
from massage_workbook.views.tour import pass_tours

EDITION = repr((mpl.__version__, sorted(source_timestamps().items())))
"""What draws here, taken before any of the course is read: what changes later is another's."""


_SHIPPED = paths.PACKAGE / "pictures"
"""What a wheel was built with; a checkout has none."""


def once(draw: Callable[..., str]) -> Callable[..., str]:
    """Draw a picture once: this kernel remembers it, later ones find it in the learner's folder.

    A picture of the wheel is not drawn at all.
    """

    @lru_cache(maxsize=512)
    @wraps(draw)
    def picture(*shown: Hashable) -> str:
        name = f"{fingerprint(repr((draw.__name__, shown, palette.css())))}.svg"
        if svg := _whole(_SHIPPED / name) or _whole(_shelf(paths.home()) / name):
            return svg
        svg = draw(*shown)
        with suppress(OSError):
            # Not durable: it can be drawn again.
            write_atomically(_shelf(paths.home()) / name, svg, durable=False)
        return svg

    return picture


def _whole(path: Path) -> str:
    """A kept picture; empty if there is none, or a computer that lost its power left a part."""
    with suppress(OSError, UnicodeError):
        svg = path.read_text(encoding="utf-8")
        if svg.rstrip().endswith("</svg>"):
            return svg
    return ""


@lru_cache(maxsize=1)
def _shelf(home: Path) -> Path:
    """Make the folder of this edition's pictures; throw away those of all others."""
    shelf = home / "pictures" / fingerprint(EDITION)
    with suppress(OSError):
        make_folder(shelf)
        for other in shelf.parent.iterdir():
            if other != shelf:
                shutil.rmtree(other, ignore_errors=True)
    return shelf


def in_page(drawing: Drawing) -> str:
    """The picture for a widget that brings the body with it (`body.OnBody`)."""
    return drawing.svg("shared" if drawing.has_body else "drawn")


@once
def body_svg() -> str:
    """The body that all maps have in common."""
    return bare().svg()


def of_question(question: Question, course: Course) -> dict[str, Any]:
    """What a page shows beside a question (`picture`), and lets mark or draw on (`svg`).

    The hands on a map of strokes make `tours`.
    """
    shown: dict[str, Any] = {
        name: in_page(drawing) for name, drawing in pictures(question, course).items()
    }
    if question.picture and question.picture.of == "strokes":
        technique = find_item("technique", question.picture.technique, course.techniques)
        shown["tours"] = pass_tours(technique, course.zones)
    return shown


@once
def strokes_svg(technique: Technique, zones: tuple[Zone, ...]) -> str:
    """The map of a technique's strokes on a back with these zones."""
    return in_page(stroke_map(technique, zones))


@once
def hand_svg(technique: Technique) -> str:
    """How a technique holds the hand."""
    return hand_picture(technique).svg()


@once
def stance_svg(stance: Stance) -> str:
    """Where the giver is, from above."""
    return stance_plan(stance).svg()


@once
def whole_back_svg(zones: tuple[Zone, ...], landmarks: tuple[Landmark, ...]) -> str:
    """The whole back with its zones and landmarks."""
    return in_page(whole_back(zones, landmarks))


@once
def layers_svg(structures: tuple[Structure, ...]) -> str:
    """The muscles and bones under the skin, for any map of the back."""
    return layers(structures).svg()


def draw_all(course: Course) -> None:
    """Draw every picture that a card, a map or the practice shows of the course as it is."""
    for technique in course.techniques:
        strokes_svg(technique, course.zones)
        hand_svg(technique)
    for stance in course.stances:
        stance_svg(stance)
    whole_back_svg(course.zones, course.landmarks)
    layers_svg(course.structures)
