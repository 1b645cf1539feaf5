"""The back with a technique's strokes, and hands that move along them at the true tempo."""

from pathlib import Path

import traitlets

from massage_workbook import anatomy
from massage_workbook.course.schema import Technique, Zone
from massage_workbook.figures.strokes import KIND_WORDS, chains
from massage_workbook.widgets.pictures import strokes_svg
from massage_workbook.widgets.widget import Widget

HERE = Path(__file__).parent
REST = 0.4
"""Seconds that the hands rest between two rows of strokes."""


class BackMap(Widget):
    """A stroke map that moves.

    `tour` is what the hands do, in order: the ids of the `ways` that they follow at the same
    time, and the `seconds` that it takes.
    """

    _esm = HERE / "back_map.js"
    stylesheets = (HERE / "back_map.css",)
    svg = traitlets.Unicode().tag(sync=True)
    tour = traitlets.List().tag(sync=True)
    zones = traitlets.List().tag(sync=True)

    @classmethod
    def of(cls, technique: Technique, zones: tuple[Zone, ...]) -> "BackMap":
        """The map of one technique on a back with these zones."""
        kinds = anatomy.kinds(technique, zones)
        return cls(
            svg=strokes_svg(technique, zones),
            tour=tour(technique),
            zones=[
                {"id": z.id, "name": z.name, "kind": KIND_WORDS[kinds[z.id]], "rule": z.rule}
                for z in sorted(zones, key=lambda zone: min(v for _, v in zone.outline))
                if z.id in kinds
            ],
        )


def tour(technique: Technique) -> list[dict[str, list[str] | float]]:
    """The strokes of a technique as steps: both hands together, or one side and then the other.

    The hands rest after each row of strokes that go on from one another.
    """
    rows = chains(technique.strokes)
    together = [(row, list(anatomy.ways(row[0]))) for row in rows if row[0].side != "each"]
    in_turn = [(row, [side]) for side in ("right", "left") for row in rows if row[0].side == "each"]
    return [
        {
            "ways": [f"stroke-{stroke.id}-{side}" for side in sides],
            "seconds": round(anatomy.seconds(stroke, technique.tempo), 2),
            "rest": REST if stroke is row[-1] else 0,
        }
        for row, sides in (*together, *in_turn)
        for stroke in row
    ]
