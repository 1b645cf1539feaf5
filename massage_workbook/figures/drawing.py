"""A matplotlib figure that shows itself as SVG and describes itself in words."""

import io
import re
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import quoteattr

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from massage_workbook.body.frame import POINTS_PER_INCH
from massage_workbook.figures import palette

STYLE = mpl.rc_params_from_file(
    Path(__file__).with_name("workbook.mplstyle"), use_default_template=False
)
in_our_look = mpl.rc_context(STYLE)
"""Decorates what draws: matplotlib reads the look while it makes texts, ticks and lines."""
PATH = re.compile(r' d="([^"]*)"')
NUMBER = re.compile(r"-?\d+\.\d+")


def _smaller(path: re.Match[str]) -> str:
    """A path to a tenth of a point, 0.04 mm, on one line: paths are most of a picture's bytes."""
    rounded = NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), path[1])
    return f' d="{rounded.replace(chr(10), "").rstrip()}"'


class Drawing(Figure):
    """A picture of `width` by `height` inches; `alt` says what a seeing person gets from it.

    The same content gives the same bytes. Artists with a gid carry it as `id` in the SVG; `labels`
    are what some of them are in words, by id.
    """

    def __init__(self, alt: str, width: float, height: float) -> None:
        with mpl.rc_context(STYLE):
            super().__init__(
                (width, height), dpi=POINTS_PER_INCH, facecolor=palette.colour("paper")
            )
        FigureCanvasSVG(self)
        self.alt = alt
        self.labels: dict[str, str] = {}

    @in_our_look
    def svg(self) -> str:
        """The picture as an `<svg>` element with its description, its colours open to themes."""
        file = io.StringIO()
        self.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
        text = file.getvalue()
        element = PATH.sub(_smaller, text[text.index("<svg") :])
        for gid, words in self.labels.items():
            element = element.replace(f'id="{gid}"', f'id="{gid}" aria-label={quoteattr(words)}')
        described = f'<svg role="img" aria-label={quoteattr(self.alt)} '
        return palette.themed(element.replace("<svg ", described, 1))

    @in_our_look
    def printed(self, kind: Literal["png", "pdf"], sharpness: int = 150) -> bytes:
        """The picture as a file; `sharpness` is that of a PNG, in dots per inch."""
        file = io.BytesIO()
        if kind == "pdf":
            self.savefig(file, format="pdf", metadata={"CreationDate": None})
        else:
            options = {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": 2}}
            self.savefig(file, format="png", dpi=sharpness, **options)
        return file.getvalue()

    def _repr_svg_(self) -> str:
        return self.svg()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:  # noqa: ANN401
        return {"image/svg+xml": self.svg(), "text/plain": self.alt}
