"""Pictures as SVG: shipped with the wheel, or drawn once and cached for all kernels."""

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
from massage_workbook.course.schema import (
    Block,
    Landmark,
    NodeGroup,
    Stance,
    Structure,
    Technique,
    Zone,
)
from massage_workbook.figures import palette
from massage_workbook.files import fingerprint, make_folder, source_timestamps, write_atomically
from massage_workbook.questions import Question, generated
from massage_workbook.safety.screening import Restrictions
from massage_workbook.session import Plan, make_steps
from massage_workbook.session.hand_paths import HandPath, paths_by_side
from massage_workbook.views.practice import maps
from massage_workbook.views.screening import outlines_to_mark
from massage_workbook.views.tour import pass_tours
from massage_workbook.widgets.hosting import IN_PAGE, file_beside_page

if TYPE_CHECKING:
    from massage_workbook.figures.drawing import Drawing

EDITION = "" if IN_PAGE else repr((version("matplotlib"), sorted(source_timestamps().items())))
"""Version of the drawing code, taken at import: later changes of the source are another version."""

Name = Callable[[str, Callable[[], str]], str]
"""Returns a reference to a picture, from its fingerprint and a function that returns its SVG."""
_naming: list[Name] = []


@contextmanager
def named(name: Name) -> Iterator[None]:
    """Give widgets the references that `name` returns instead of the SVG of pictures."""
    _naming.append(name)
    try:
        yield
    finally:
        _naming.remove(name)


@contextmanager
def in_full() -> Iterator[None]:
    """Give the SVG of pictures also in a page, where they are files beside it."""
    if not IN_PAGE:
        yield
        return
    refer = _naming[-1]

    def svg(mark: str, draw: Callable[[], str]) -> str:
        return refer(mark, draw) and file_beside_page(f"pictures/{mark}.svg")

    with named(svg):
        yield


SHIPPED = paths.PACKAGE / "pictures"
"""The pictures shipped with a wheel; a checkout has none."""


def once(draw: Callable[..., str]) -> Callable[..., str]:
    """Cache a picture in memory and in the learner's folder.

    A shipped picture is not drawn. Within `named`, the result is a reference to the picture.
    """

    @lru_cache(maxsize=512)
    def svg(*arguments: Hashable) -> str:
        name = f"{fingerprint(repr((draw.__name__, arguments, palette.css())))}.svg"
        if svg := _read_complete(SHIPPED / name) or _read_complete(
            _cache_folder(paths.home()) / name
        ):
            return svg
        svg = draw(*arguments)
        with suppress(OSError):
            # Not durable: it can be drawn again.
            write_atomically(_cache_folder(paths.home()) / name, svg, durable=False)
        return svg

    @wraps(draw)
    def picture(*arguments: Hashable) -> str:
        if not _naming:
            return svg(*arguments)
        return _naming[-1](fingerprint(repr((draw.__name__, arguments))), partial(svg, *arguments))

    picture.cache_clear = svg.cache_clear
    return picture


def _read_complete(path: Path) -> str:
    """A cached picture; empty if there is none, or a power failure left an incomplete file."""
    with suppress(OSError, UnicodeError):
        svg = path.read_text(encoding="utf-8")
        if svg.rstrip().endswith("</svg>"):
            return svg
    return ""


@lru_cache(maxsize=1)
def _cache_folder(home: Path) -> Path:
    """Create the cache folder of this edition; remove those of other editions."""
    folder = home / "pictures" / fingerprint(EDITION)
    with suppress(OSError):
        make_folder(folder)
        for other in folder.parent.iterdir():
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
    return folder


def in_page(drawing: "Drawing") -> str:
    """The SVG for a widget that shares the body with others (`body.OnBody`)."""
    return drawing.svg("shared" if drawing.has_body else "drawn")


@once
def body_svg() -> str:
    """The body that all maps share."""
    from massage_workbook.figures.back import plain_back

    return plain_back().svg()


# Drawing code is imported lazily: a page with Python in it lacks matplotlib.


@once
def strokes_svg(technique: Technique, zones: tuple[Zone, ...]) -> str:
    """The map of a technique's strokes on a back with these zones."""
    from massage_workbook.figures.strokes import stroke_map

    return in_page(stroke_map(technique, zones))


@once
def hand_svg(technique: Technique) -> str:
    """The hand of a technique."""
    from massage_workbook.figures.hands import hand_picture

    return hand_picture(technique).svg()


@once
def stance_svg(stance: Stance) -> str:
    """The stance of the giver, from above."""
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
def paths_svg(paths: tuple[tuple[str, HandPath], ...], zones: tuple[Zone, ...]) -> str:
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
def limits_svg(zones: tuple[Zone, ...]) -> str:
    """What is kept off and what is touched only lightly."""
    from massage_workbook.figures.back import limits_map

    return in_page(limits_map(zones))


@once
def under_skin_svg(structures: tuple[Structure, ...]) -> str:
    """The plate of muscles and bones, with their names."""
    from massage_workbook.figures.atlas import under_skin

    return in_page(under_skin(structures))


@once
def lymph_nodes_svg(groups: tuple[NodeGroup, ...]) -> str:
    """The lymph nodes, which are never pressed."""
    from massage_workbook.figures.nodes import lymph_nodes

    return in_page(lymph_nodes(groups))


@once
def minutes_svg(plan: Plan, blocks: tuple[Block, ...]) -> str:
    """The minutes of a plan by block."""
    from massage_workbook.figures.timings import minutes

    return in_page(minutes(plan, {block.id: block for block in blocks}))


@once
def asked_svg(technique: Technique, of: str, zones: tuple[Zone, ...]) -> str:
    """The hands or the strokes of a technique, without its name."""
    from massage_workbook.figures.questions import technique_picture

    return in_page(technique_picture(technique, of, zones))


def of_question(question: Question, course: Course) -> dict[str, Any]:
    """The picture beside a question (`picture`), and the one to mark or draw on (`svg`).

    A map of strokes also has the `tours` of the hands.
    """
    shown: dict[str, Any] = {}
    if wanted := question.picture:
        technique = find_item("technique", wanted.technique, course.techniques)
        shown["picture"] = asked_svg(technique, wanted.of, course.zones)
        if wanted.of == "strokes":
            shown["tours"] = pass_tours(technique, course.zones)
    if question.plate == "zones":
        shown["svg"] = zones_to_mark_svg(question.to_mark(course))
    elif question.plate == "back":
        shown["svg"] = bare_back_svg()
    return shown


# --- the learner's own data, which a page with Python in it shows only as tables ----------------


def memory_curve_svg(curve: Curve) -> str | None:
    """The chart of knowledge over time."""
    return None if IN_PAGE else _trend().memory_curve(curve).svg()


def mastery_svg(mastery: Mapping[str, Mastery]) -> str | None:
    """The chart of mastery by topic or rule."""
    return None if IN_PAGE else _trend().mastery_bars(mastery).svg()


def practised_svg(minutes: Mapping[str, float]) -> str | None:
    """The chart of minutes practised by technique."""
    return None if IN_PAGE else _trend().practised_bars(minutes).svg()


def _trend() -> ModuleType:
    from massage_workbook.figures import trend

    return trend


def by_name(course: Course) -> dict[str, Callable[[], str]]:
    """Pictures of the gallery that are cached: those of cards, and those that lessons name."""
    return {
        "back-limits": partial(limits_svg, course.zones),
        "back-under-skin": partial(under_skin_svg, course.structures),
        "lymph-nodes": partial(lymph_nodes_svg, course.lymph_nodes),
        **{f"hand-{each.id}": partial(hand_svg, each) for each in course.techniques},
        **{
            f"strokes-{each.id}": partial(strokes_svg, each, course.zones)
            for each in course.techniques
        },
        **{f"stance-{each.id}": partial(stance_svg, each) for each in course.stances},
        **{
            f"minutes-{each.id}": partial(minutes_svg, Plan.of(each, course), course.blocks)
            for each in course.sessions
        },
    }


def draw_all(course: Course) -> None:
    """Draw every picture that lessons show while nothing is excluded."""
    for draw in (body_svg, bare_back_svg, *by_name(course).values()):
        draw()
    whole_back_svg(course.zones, course.landmarks)
    layers_svg(course.structures)
    zones_to_mark_svg(outlines_to_mark(course))
    paths = paths_by_side(course.techniques, course.zones, Restrictions())
    paths_svg(tuple(paths.items()), course.zones)
    for session in course.sessions:
        steps = make_steps(Plan.of(session, course), course)
        for shown in maps(steps, course, Restrictions()).values():
            strokes_svg(*shown)
    for topic in generated.complete(course).topics:
        for question in topic.questions:
            of_question(question, course)
