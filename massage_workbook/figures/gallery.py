"""Every figure of the course by name, and writing them to a folder."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from PIL import Image

from massage_workbook.course.model import named, unknown
from massage_workbook.course.schema import Course
from massage_workbook.figures import back, hands, nodes, reach, sessions, strokes, tempo, timings
from massage_workbook.figures.drawing import Drawing
from massage_workbook.session import Plan, steps
from massage_workbook.troubles import UnknownError

ON_SHEET = 100
"""Dots per inch of a contact sheet, where the pictures are small."""
THUMBNAIL = 2.0
"""Inches that a picture is wide on a contact sheet."""
COLUMNS, ROWS = 6, 4

TITLES = {  # of those that are not called after what they show
    "back-zones": "What is kept off, touched lightly, and worked",
    "back-landmarks": "Landmarks that a finger finds",
    "back-limits": "Hatched: keep off. Dots: only lightly.",
    "back-under-skin": "Muscles and bones under the hands",
    "lymph-nodes": "Lymph nodes, never pressed. Dots: seen from behind. Dashed: in front.",
    "tempo": "How fast each hand goes",
    "sessions-compared": "The ready-made sessions",
}
WITH_WORDS = frozenset(
    {"back-zones", "back-landmarks", "lymph-nodes", "tempo", "sessions-compared"}
)
"""Pictures that carry words, which need room to be read."""

Gallery = Mapping[str, Callable[[], Drawing]]


def gallery(course: Course) -> Gallery:
    """How each figure of the course is drawn, by a name that can be a file's."""
    return {**_of_the_back(course), **_of_techniques(course), **_of_sessions(course)}


def figure(drawn: Gallery, name: str) -> Callable[[], Drawing]:
    """How the figure of a name is drawn.

    Raises:
        LookupError: there is none of that name; it says which is near.
    """
    if name not in drawn:
        raise UnknownError(unknown("picture", name, drawn))
    return drawn[name]


def title(name: str, course: Course) -> str:
    """What a figure of the gallery is called, in a few words to stand below it."""
    match name.split("-", 1):
        case ["hand" | "strokes", of]:
            return named("technique", of, course.techniques).names.english
        case ["minutes" | "steps" | "reach", of]:
            return named("session", of, course.sessions).name
        case ["sheet", family]:
            return f"All of {family}"
    return TITLES[name]


def _of_the_back(course: Course) -> Gallery:
    families = dict.fromkeys(block.family for block in course.blocks)
    return {
        "back-zones": lambda: back.zone_map(course.zones),
        "back-landmarks": lambda: back.landmark_map(course.landmarks),
        "back-limits": lambda: back.limits(course.zones),
        "back-under-skin": back.under_skin,
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
        f"strokes-{each.id}": partial(strokes.stroke_map, each, course.zones)
        for each in course.techniques
    } | {f"hand-{each.id}": partial(hands.hand_picture, each) for each in course.techniques}


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
        doing = steps(plan, course)
        made |= {
            f"minutes-{session.id}": partial(timings.Timings, plan, plan, blocks),
            f"steps-{session.id}": partial(sessions.timeline, plan, doing, blocks, techniques),
            f"reach-{session.id}": partial(reach.where_hands_go, doing, techniques, course.zones),
        }
    return made


def write(pictures: Gallery, folder: Path) -> Iterator[Path]:
    """Write each picture as SVG and as PNG, then contact sheets of all; yield what was written.

    A file is whole or not there. Raises OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, draw in pictures.items():
        drawing = draw()
        yield _put(folder / f"{name}.svg", drawing.svg().encode())
        written.append(_put(folder / f"{name}.png", drawing.printed("png")))
        yield written[-1]
    page = COLUMNS * ROWS
    for number, first in enumerate(range(0, len(written), page), start=1):
        sheet = contact_sheet(written[first : first + page])
        yield _put(folder / f"contact-sheet-{number}.png", sheet.printed("png", ON_SHEET))


def count(pictures: Gallery) -> int:
    """How many files `write` writes."""
    return 2 * len(pictures) + -(-len(pictures) // (COLUMNS * ROWS))


def contact_sheet(files: Sequence[Path]) -> Drawing:
    """Pictures side by side, each under the name of its file."""
    names = [file.stem for file in files]
    sheet = Drawing(f"Contact sheet of {', '.join(names)}.", COLUMNS * THUMBNAIL, ROWS * 3.6)
    for i, file in enumerate(files):
        axes = sheet.add_subplot(ROWS, COLUMNS, i + 1)
        axes.imshow(_thumbnail(file), interpolation="none")
        axes.set_axis_off()
        axes.set_title(file.stem, fontsize=7)
    sheet.subplots_adjust(0.01, 0.01, 0.99, 0.97, wspace=0.05, hspace=0.12)
    return sheet


def _thumbnail(file: Path) -> Image.Image:
    """A small copy; matplotlib would scale the large one for several times as long."""
    picture = Image.open(file).convert("RGB")
    picture.thumbnail((THUMBNAIL * ON_SHEET, 2 * THUMBNAIL * ON_SHEET))
    return picture


def _put(path: Path, content: bytes) -> Path:
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_bytes(content)
        return draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
