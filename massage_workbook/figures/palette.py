"""The colours of the workbook: one table for pictures and widgets, in light and in dark."""

from functools import cache

from massage_workbook import course, paths
from massage_workbook.course import CourseError, Problem


@cache
def _table() -> dict[str, tuple[str, str]]:
    return {
        name: (tone.light.lower(), tone.dark.lower()) for name, tone in course.palette().items()
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


def themed(svg: str) -> str:
    """The same SVG with each colour of the table given by its variable, so that themes reach it."""
    for name, (light, _) in _table().items():
        svg = svg.replace(f": {light}", f": var(--mw-{name}, {light})")
    return svg


def _variables(theme: int) -> str:
    """The table as CSS variables, those of the light theme (0) or of the dark one (1)."""
    return "".join(f"--mw-{name}:{pair[theme]};" for name, pair in _table().items())


def css() -> str:
    """The table as CSS variables of everything inside `.mw`, for light and for dark themes."""
    return f""".mw {{{_variables(0)}}}
body[data-jp-theme-light="false"] .mw, body.vscode-dark .mw {{{_variables(1)}}}
"""


def css_of_pages() -> str:
    """The table as CSS variables of a whole page, as the reader's system asks; print is light."""
    return f""":root {{{_variables(0)}}}
@media screen and (prefers-color-scheme: dark) {{:root {{{_variables(1)}}}}}
"""
