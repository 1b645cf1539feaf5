"""Pictures as SVG, each drawn once in a kernel: ahead, where there is time."""

from functools import lru_cache

from massage_workbook.course.schema import Landmark, Technique, Zone
from massage_workbook.figures.back import whole_back
from massage_workbook.figures.hands import hand_picture
from massage_workbook.figures.strokes import stroke_map

once = lru_cache(maxsize=512)


@once
def strokes_svg(technique: Technique, zones: tuple[Zone, ...]) -> str:
    """The map of a technique's strokes on a back with these zones."""
    return stroke_map(technique, zones).svg()


@once
def hand_svg(technique: Technique) -> str:
    """How a technique holds the hand."""
    return hand_picture(technique).svg()


@once
def whole_back_svg(zones: tuple[Zone, ...], landmarks: tuple[Landmark, ...]) -> str:
    """The whole back with its zones and landmarks."""
    return whole_back(zones, landmarks).svg()
