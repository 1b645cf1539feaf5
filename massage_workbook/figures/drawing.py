"""A matplotlib figure that shows itself as SVG and describes itself in words."""

import io
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from massage_workbook.body.frame import POINTS_PER_INCH
from massage_workbook.figures import palette
from massage_workbook.figures.svg import Body, parsed, written

STYLE = mpl.rc_params_from_file(
    Path(__file__).with_name("workbook.mplstyle"), use_default_template=False
)
with_style = mpl.rc_context(STYLE)
"""Decorates what draws: matplotlib reads the look while it makes texts, ticks and lines."""


class Drawing(Figure):
    """A picture of `width` by `height` inches; `alt` says what a seeing person gets from it.

    The same content gives the same bytes. Artists with a gid carry it as `id` in the SVG; `labels`
    are what some of them are in words, by id. `has_body` says that it shows one body in the frame
    of all (`body.frame`), which a page can share.
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
        """The picture as an `<svg>` element with its description, its colours open to themes."""
        picture = parsed(self._file(), body)
        for each in picture.iter():
            if each.get("id") in self.labels:
                each.set("aria-label", self.labels[each.get("id", "")])
        picture.attrib |= {"role": "img", "aria-label": self.alt}
        return palette.themed(written(picture), alone=body != "shared")

    def _file(self) -> str:
        file = io.StringIO()
        self.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
        return file.getvalue()

    @with_style
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
