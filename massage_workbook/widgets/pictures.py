"""Pictures as SVG: those of the wheel, and others drawn once for all kernels of this edition."""

import shutil
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache, partial, wraps
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from massage_workbook import paths
from massage_workbook.answers.curve import Curve
from massage_workbook.answers.mastery import Mastery
from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.course.schema import Landmark, Stance, Structure, Technique, Zone
from massage_workbook.figures import palette
from massage_workbook.files import fingerprint, make_folder, source_timestamps, write_atomically
from massage_workbook.questions import Question
from massage_workbook.session.hand_paths import HandPath
from massage_workbook.views.tour import pass_tours
from massage_workbook.widgets.hosting import IN_PAGE

if TYPE_CHECKING:
    from massage_workbook.figures.drawing import Drawing

EDITION = "" if IN_PAGE else repr((version("matplotlib"), sorted(source_timestamps().items())))
"""What draws here, taken before any of the course is read: what changes later is another's."""

Name = Callable[[str, Callable[[], str]], str]
"""What stands for a picture, from its fingerprint and how to get its SVG."""
_naming: list[Name] = []


@contextmanager
def named(name: Name) -> Iterator[None]:
    """Give the widgets what `name` makes of pictures, in the place of their SVG."""
    _naming.append(name)
    try:
        yield
    finally:
        _naming.remove(name)


_SHIPPED = paths.PACKAGE / "pictures"
"""What a wheel was built with; a checkout has none."""


def once(draw: Callable[..., str]) -> Callable[..., str]:
    """Draw a picture once: this kernel remembers it, later ones find it in the learner's folder.

    A picture of the wheel is not drawn at all. Where pictures are `named`, it is its name.
    """

    @lru_cache(maxsize=512)
    def svg(*shown: Hashable) -> str:
        name = f"{fingerprint(repr((draw.__name__, shown, palette.css())))}.svg"
        if svg := _whole(_SHIPPED / name) or _whole(_shelf(paths.home()) / name):
            return svg
        svg = draw(*shown)
        with suppress(OSError):
            # Not durable: it can be drawn again.
            write_atomically(_shelf(paths.home()) / name, svg, durable=False)
        return svg

    @wraps(draw)
    def picture(*shown: Hashable) -> str:
        if not _naming:
            return svg(*shown)
        return _naming[-1](fingerprint(repr((draw.__name__, shown))), partial(svg, *shown))

    picture.cache_clear = svg.cache_clear
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


def in_page(drawing: "Drawing") -> str:
    """The picture for a widget that brings the body with it (`body.OnBody`)."""
    return drawing.svg("shared" if drawing.has_body else "drawn")


@once
def body_svg() -> str:
    """The body that all maps have in common."""
    from massage_workbook.figures.back import plain_back

    return plain_back().svg()


# What draws is imported where it draws: a page with Python in it has none of it.


@once
def strokes_svg(technique: Technique, zones: tuple[Zone, ...]) -> str:
    """The map of a technique's strokes on a back with these zones."""
    from massage_workbook.figures.strokes import stroke_map

    return in_page(stroke_map(technique, zones))


@once
def hand_svg(technique: Technique) -> str:
    """How a technique holds the hand."""
    from massage_workbook.figures.hands import hand_picture

    return hand_picture(technique).svg()


@once
def stance_svg(stance: Stance) -> str:
    """Where the giver is, from above."""
    from massage_workbook.figures.stances import stance_plan

    return stance_plan(stance).svg()


@once
def whole_back_svg(zones: tuple[Zone, ...], landmarks: tuple[Landmark, ...]) -> str:
    """The whole back with its zones and landmarks."""
    from massage_workbook.figures.back import whole_back

    return in_page(whole_back(zones, landmarks))


@once
def layers_svg(structures: tuple[Structure, ...]) -> str:
    """The muscles and bones under the skin, for any map of the back."""
    from massage_workbook.figures.atlas import layers

    return layers(structures).svg()


@once
def ways_svg(paths: tuple[tuple[str, HandPath], ...], zones: tuple[Zone, ...]) -> str:
    """The paths of the hands as bands, by `<technique>-<side>`."""
    from massage_workbook.figures.reach import bands

    return in_page(bands(dict(paths), zones))


@once
def zones_to_mark_svg(zones: tuple[Zone, ...]) -> str:
    """Zones as outlines to be marked."""
    from massage_workbook.figures.back import zones_to_mark

    return in_page(zones_to_mark(zones))


@once
def bare_back_svg() -> str:
    """The back without anything on it."""
    from massage_workbook.figures.back import plain_back

    return in_page(plain_back())


@once
def asked_svg(technique: Technique, of: str, zones: tuple[Zone, ...]) -> str:
    """The hands or the strokes of a technique, without the name that may be asked for."""
    from massage_workbook.figures.questions import technique_picture

    return in_page(technique_picture(technique, of, zones))


def of_question(question: Question, course: Course) -> dict[str, Any]:
    """What a page shows beside a question (`picture`) and lets mark or draw on (`svg`).

    The hands on a map of strokes make `tours`.
    """
    shown: dict[str, Any] = {}
    if technique_picture := question.picture:
        technique = find_item("technique", technique_picture.technique, course.techniques)
        shown["picture"] = asked_svg(technique, technique_picture.of, course.zones)
        if technique_picture.of == "strokes":
            shown["tours"] = pass_tours(technique, course.zones)
    if question.plate == "zones":
        shown["svg"] = zones_to_mark_svg(question.to_mark(course))
    elif question.plate == "back":
        shown["svg"] = bare_back_svg()
    return shown


# --- the learner's own numbers, which a page with Python in it has as tables alone ---------------


def memory_curve_svg(curve: Curve) -> str | None:
    """How what is known grows and fades."""
    return None if IN_PAGE else _trend().memory_curve(curve).svg()


def mastery_svg(mastery: Mapping[str, Mastery]) -> str | None:
    """How much of each topic or rule is known."""
    return None if IN_PAGE else _trend().mastery_bars(mastery).svg()


def practised_svg(minutes: Mapping[str, float]) -> str | None:
    """How long each technique was practised."""
    return None if IN_PAGE else _trend().practised_bars(minutes).svg()


def _trend() -> ModuleType:
    from massage_workbook.figures import trend

    return trend


def draw_all(course: Course) -> None:
    """Draw every picture that a card, a map or the practice shows of the course as it is."""
    for technique in course.techniques:
        strokes_svg(technique, course.zones)
        hand_svg(technique)
    for stance in course.stances:
        stance_svg(stance)
    whole_back_svg(course.zones, course.landmarks)
    layers_svg(course.structures)
