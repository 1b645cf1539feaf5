"""The colours of the workbook: one table for pictures and widgets, in light and in dark."""

import csv
from functools import cache

from massage_workbook import paths


@cache
def _table() -> dict[str, tuple[str, str]]:
    with (paths.data() / "palette.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["name"]: (row["light"].lower(), row["dark"].lower()) for row in csv.DictReader(file)
        }


def colour(name: str) -> str:
    """The colour of that name on a light ground, as `#rrggbb`."""
    return _table()[name][0]


def themed(svg: str) -> str:
    """The same SVG with each colour of the table given by its variable, so that themes reach it."""
    for name, (light, _) in _table().items():
        svg = svg.replace(f": {light}", f": var(--mw-{name}, {light})")
    return svg


def css(*, always_dark: str = "") -> str:
    """The table as CSS variables of everything inside `.mw`, for light and for dark themes.

    What the selector `always_dark` names has the colours of dark themes, whatever the theme is.
    """
    light, dark = (
        "".join(f"--mw-{name}:{pair[i]};" for name, pair in _table().items()) for i in (0, 1)
    )
    in_dark = ", ".join(filter(None, [_DARK_IN_JUPYTER, f"{_DARK_IN_VS_CODE} .mw", always_dark]))
    return f".mw {{{light}}}\n{in_dark} {{{dark}}}\n{_PAGE_IN_VS_CODE}"


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
