"""The images of the pages: one SVG file each, with colours for light and dark."""

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from massage_workbook.figures import palette
from massage_workbook.figures.gallery import Gallery, find_picture

FOLDER = "pictures"
_PIXELS_PER_POINT = 96 / 72


@dataclass(frozen=True)
class PageImage:
    """The attributes of an `<img>` element; its size is in CSS pixels."""

    source: str
    alt: str
    width: int
    height: int


class PageImages:
    """Draws each image once; `files` has the SVG texts by file name."""

    def __init__(self, gallery: Gallery) -> None:
        self.files: dict[str, str] = {}
        self._gallery = gallery
        self._made: dict[str, PageImage] = {}

    def of(self, name: str, draw: Callable[[], str] | None = None) -> PageImage:
        """The image of that name: the SVG that `draw` returns, else the gallery's.

        Raises:
            LookupError: the gallery has no figure of that name.
        """
        if name not in self._made:
            svg = draw() if draw else find_picture(self._gallery, name)().svg()
            file = f"{FOLDER}/{name}.svg"
            self.files[file] = _alone(svg)
            self._made[name] = _described(file, svg)
        return self._made[name]


def _alone(svg: str) -> str:
    """The SVG with embedded colours, since the page's style sheet does not apply to image files."""
    end_of_tag = svg.index(">") + 1
    return f"{svg[:end_of_tag]}<style>{palette.css_of_pages()}</style>{svg[end_of_tag:]}"


def _described(file: str, svg: str) -> PageImage:
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    width, height = (
        round(float(root.attrib[side].removesuffix("pt")) * _PIXELS_PER_POINT)
        for side in ("width", "height")
    )
    return PageImage(file, root.attrib["aria-label"], width, height)
