"""The colours of the workbook: one table for pictures and widgets, in light and in dark."""

from functools import cache

from massage_workbook import paths, reader
from massage_workbook.reader import CourseError, Problem


@cache
def _table() -> dict[str, tuple[str, str]]:
    return {
        name: (tone.light.lower(), tone.dark.lower()) for name, tone in reader.palette().items()
    }


def colour(name: str) -> str:
    """The colour of that name on a light ground, as `#rrggbb`.

    Raises:
        CourseError: the table has no such name, or cannot be used.
    """
    if name not in _table():
        missing = Problem("palette.csv", 1, name, "is missing; give this colour")
        raise CourseError(paths.data(), [missing])
    return _table()[name][0]


def themed(svg: str, *, alone: bool = True) -> str:
    """The same SVG with each colour of the table given by its variable, so that themes reach it.

    One that may stand `alone` keeps the light colours for where no page gives variables.
    """
    for name, (light, _) in _table().items():
        svg = svg.replace(f":{light}", f":var(--mw-{name}{f',{light}' if alone else ''})")
    return svg


def _variables(theme: int, used: str | None = None) -> str:
    """The table as CSS variables, those of the light theme (0) or of the dark one (1).

    Of those that a text has, if one is given.
    """
    return "".join(
        f"--mw-{name}:{pair[theme]};"
        for name, pair in _table().items()
        if used is None or f"--mw-{name}," in used
    )


def css(*, always_dark: str = "") -> str:
    """The table as CSS variables of everything inside `.mw`, for light and for dark themes.

    What the selector `always_dark` names has the colours of dark themes, whatever the theme is.
    """
    in_dark = ", ".join(filter(None, [_DARK_IN_JUPYTER, f"{_DARK_IN_VS_CODE} .mw", always_dark]))
    return f".mw {{{_variables(0)}}}\n{in_dark} {{{_variables(1)}}}\n{_PAGE_IN_VS_CODE}"


def css_of_pages() -> str:
    """The table as CSS variables of a whole page, as the reader's system asks; print is light."""
    return f":root {{{_variables(0)}}}\n{_IN_DARK} {{:root {{{_variables(1)}}}}}\n"


def css_of_image(svg: str) -> str:
    """The colours of an SVG in dark, as CSS for a file of its own; its light ones it has."""
    return f"{_IN_DARK}{{:root{{{_variables(1, svg)}}}}}"


_IN_DARK = "@media screen and (prefers-color-scheme: dark)"
_DARK_IN_JUPYTER = 'body[data-jp-theme-light="false"] .mw'
_DARK_IN_VS_CODE = "body:is(.vscode-dark, .vscode-high-contrast):not(.vscode-high-contrast-light)"

# VS Code has Jupyter's variables for a light page only, and a white ground below every widget.
_PAGE_IN_VS_CODE = f"""{_DARK_IN_VS_CODE} .mw {{
  --jp-content-font-color1: var(--mw-ink);
  --jp-content-font-color2: var(--mw-quiet);
  --jp-content-link-color: var(--mw-motion);
  --jp-layout-color0: var(--mw-paper);
  --jp-layout-color1: var(--mw-paper);
  --jp-layout-color2: #333;
  --jp-border-color1: #757575;
  --jp-border-color2: #4d4d4d;
  background: var(--mw-paper);
  color-scheme: dark;
}}
{_DARK_IN_VS_CODE} .cell-output-ipywidget-background {{
  background: transparent !important;
}}
"""
