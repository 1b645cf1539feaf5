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
    """The colour of that name in the light theme, as `#rrggbb`.

    Raises:
        CourseError: the table has no such name, or cannot be used.
    """
    if name not in _table():
        missing = Problem("palette.csv", 1, name, "is missing; give this colour")
        raise CourseError(paths.data(), [missing])
    return _table()[name][0]


def themed(svg: str, *, alone: bool = True) -> str:
    """The same SVG with each colour of the table replaced by its CSS variable, for themes.

    If it may be shown `alone`, the light colour is the fallback where no page sets variables.
    """
    for name, (light, _) in _table().items():
        svg = svg.replace(f":{light}", f":var(--mw-{name}{f',{light}' if alone else ''})")
    return svg


def _variables(theme: int, used: str | None = None) -> str:
    """The table as CSS variables of the light theme (0) or the dark one (1).

    If `used` is given, only those that occur in it.
    """
    return "".join(
        f"--mw-{name}:{pair[theme]};"
        for name, pair in _table().items()
        if used is None or f"--mw-{name}," in used
    )


def css(*, always_dark: str = "") -> str:
    """The table as CSS variables of everything inside `.mw`, for light and for dark themes.

    Elements that match the selector `always_dark` have the dark colours in every theme.
    """
    in_dark = ", ".join(filter(None, [_DARK_IN_JUPYTER, f"{_DARK_IN_VS_CODE} .mw", always_dark]))
    return f".mw {{{_variables(0)}}}\n{in_dark} {{{_variables(1)}}}\n{_PAGE_IN_VS_CODE}"


def css_of_pages() -> str:
    """The table as CSS variables of a page, in the colour scheme of the system; print is light."""
    return f":root {{{_variables(0)}}}\n{_IN_DARK} {{:root {{{_variables(1)}}}}}\n"


def css_of_image(svg: str) -> str:
    """CSS for an SVG file: the colours of the dark scheme; the light ones are in the file."""
    return f"{_IN_DARK}{{:root{{{_variables(1, svg)}}}}}"


_IN_DARK = "@media screen and (prefers-color-scheme: dark)"
_DARK_IN_JUPYTER = 'body[data-jp-theme-light="false"] .mw'
_DARK_IN_VS_CODE = "body:is(.vscode-dark, .vscode-high-contrast):not(.vscode-high-contrast-light)"

# VS Code sets Jupyter's variables for light pages only, and a white background of every widget.
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
