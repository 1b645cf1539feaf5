"""The images of the pages: one SVG file each, with colours for light and dark.

A map is laid over an image of the body, which all maps of all pages share.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from massage_workbook.course.schema import Structure
from massage_workbook.figures import palette
from massage_workbook.figures.atlas import NUMBERED, numbered, numbered_body
from massage_workbook.figures.back import plain_back
from massage_workbook.figures.drawing import Drawing
from massage_workbook.figures.gallery import Gallery, find_picture

FOLDER = "pictures"
_PIXELS_PER_INCH = 96


@dataclass(frozen=True)
class PageImage:
    """The attributes of an `<img>` element; its size is in CSS pixels.

    It is laid over the image `body`, if there is one.
    """

    source: str
    alt: str
    width: int
    height: int
    body: str | None = None


class PageImages:
    """Draws each image once; `files` has the SVG texts by file name."""

    def __init__(self, gallery: Gallery) -> None:
        self.files: dict[str, str] = {}
        self._gallery = gallery
        self._made: dict[str, PageImage] = {}

    def of(self, name: str, draw: Callable[[], Drawing] | None = None) -> PageImage:
        """The image of that name: what `draw` returns, else the gallery's.

        Raises:
            LookupError: the gallery has no figure of that name.
        """
        if name not in self._made:
            drawing = draw() if draw else find_picture(self._gallery, name)()
            body = self.body().source if drawing.has_body else None
            self._made[name] = self._add(name, drawing, body)
        return self._made[name]

    def body(self) -> PageImage:
        """The body with its skin."""
        if "body" not in self._made:
            self._made["body"] = self._add("body", plain_back())
        return self._made["body"]

    def layers(self, structures: Iterable[Structure]) -> dict[str, tuple[PageImage, list[str]]]:
        """The body with each layer below its skin, and the names of its numbered structures."""
        return {
            layer: (
                self.of(f"body-{layer}", partial(numbered_body, layer, structures)),
                [each.name for each in numbered(layer, structures)],
            )
            for layer in NUMBERED
        }

    def _add(self, name: str, drawing: Drawing, body: str | None = None) -> PageImage:
        file = f"{FOLDER}/{name}.svg"
        self.files[file] = _alone(drawing.svg("below" if body else "drawn"))
        width, height = (round(_PIXELS_PER_INCH * side) for side in drawing.get_size_inches())
        return PageImage(file, drawing.alt, width, height, body)


def _alone(svg: str) -> str:
    """The SVG with embedded colours, since the page's style sheet does not apply to image files."""
    end_of_tag = svg.index(">") + 1
    return f"{svg[:end_of_tag]}<style>{palette.css_of_image(svg)}</style>{svg[end_of_tag:]}"
