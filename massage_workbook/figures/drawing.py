"""A matplotlib figure that shows itself as SVG and describes itself in words."""

import io
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from massage_workbook.body.frame import POINTS_PER_INCH
from massage_workbook.figures import palette
from massage_workbook.figures.svg import Body, compact, svg_text

STYLE = mpl.rc_params_from_file(
    Path(__file__).with_name("workbook.mplstyle"), use_default_template=False
)
with_style = mpl.rc_context(STYLE)
"""Decorator of drawing functions: matplotlib reads the style when it creates artists."""


class Drawing(Figure):
    """A picture of `width` by `height` inches; `alt` describes it.

    The same content gives the same bytes. Artists with a gid carry it as `id` in the SVG; `labels`
    are their accessible names, by id. `has_body`: it shows a body in the common frame
    (`body.frame`), which the pictures of a page can share.
    """

    def __init__(self, alt: str, width: float, height: float) -> None:
        with mpl.rc_context(STYLE):
            super().__init__(
                (width, height), dpi=POINTS_PER_INCH, facecolor=palette.colour("paper")
            )
        FigureCanvasSVG(self)
        self.alt = alt
        self.labels: dict[str, str] = {}
        self.has_body = False
        self.patch.set_gid("paper")

    @with_style
    def svg(self, body: Body = "drawn") -> str:
        """The picture as an `<svg>` element with its description, its colours as CSS variables."""
        picture = compact(self._file(), body)
        for each in picture.iter():
            if each.get("id") in self.labels:
                each.set("aria-label", self.labels[each.get("id", "")])
        picture.attrib |= {"role": "img", "aria-label": self.alt}
        return palette.themed(svg_text(picture), alone=body != "shared")

    def _file(self) -> str:
        file = io.StringIO()
        self.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
        return file.getvalue()

    @with_style
    def printed(self, kind: Literal["png", "pdf"], dpi: int = 150) -> bytes:
        """The picture as a file; `dpi` is the resolution of a PNG, in dots per inch."""
        file = io.BytesIO()
        if kind == "pdf":
            self.savefig(file, format="pdf", metadata={"CreationDate": None})
        else:
            options = {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": 2}}
            self.savefig(file, format="png", dpi=dpi, **options)
        return file.getvalue()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:  # noqa: ANN401
        return {"image/svg+xml": self.svg(), "text/plain": self.alt}
