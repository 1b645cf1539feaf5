"""The pictures of the pages: an SVG file each, in the colours that the reader's screen asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from massage_workbook.figures import palette
from massage_workbook.figures.gallery import Gallery, figure

FOLDER = "pictures"
PIXELS_PER_POINT = 96 / 72


@dataclass(frozen=True)
class Picture:
    """What a page says of a picture; its size is in CSS pixels."""

    source: str
    alt: str
    width: int
    height: int


class Pictures:
    """Each picture drawn once, by the name of its file."""

    def __init__(self, gallery: Gallery) -> None:
        self.files: dict[str, str] = {}
        self._gallery = gallery
        self._made: dict[str, Picture] = {}

    def of(self, name: str, draw: Callable[[], str] | None = None) -> Picture:
        """The picture of that name: what `draw` gives as SVG, else that of the gallery."""
        if name not in self._made:
            svg = draw() if draw else figure(self._gallery, name)().svg()
            file = f"{FOLDER}/{name}.svg"
            self.files[file] = _alone(svg)
            self._made[name] = _described(file, svg)
        return self._made[name]


def _alone(svg: str) -> str:
    """The SVG with its colours inside: a style sheet does not reach into a picture's file."""
    end_of_tag = svg.index(">") + 1
    return f"{svg[:end_of_tag]}<style>{palette.css_of_pages()}</style>{svg[end_of_tag:]}"


def _described(file: str, svg: str) -> Picture:
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    width, height = (
        round(float(root.attrib[side].removesuffix("pt")) * PIXELS_PER_POINT)
        for side in ("width", "height")
    )
    return Picture(file, root.attrib["aria-label"], width, height)
