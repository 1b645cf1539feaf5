"""The strokes of a technique on the back, with hands that move at the real tempo."""

import traitlets

from massage_workbook.course.schema import Technique, Zone
from massage_workbook.views.technique import zones_on_map
from massage_workbook.views.tour import pass_tours
from massage_workbook.widgets.layered import Layered
from massage_workbook.widgets.pictures import strokes_svg


class BackMap(Layered):
    """An animated stroke map.

    `tours` are passes, played in order: one on the right half and one on the left, or one of both
    hands.
    """

    svg = traitlets.Unicode().tag(sync=True)
    tours = traitlets.List().tag(sync=True)
    zones = traitlets.List().tag(sync=True)

    @classmethod
    def of(cls, technique: Technique, zones: tuple[Zone, ...]) -> "BackMap":
        """The map of one technique on a back with these zones."""
        return cls(
            svg=strokes_svg(technique, zones),
            tours=pass_tours(technique, zones),
            zones=zones_on_map(technique, zones),
        )
