"""A technique's movement as it is illustrated: its scene at any moment."""

from massage_workbook.body import side_view, top_view
from massage_workbook.body.hand_shapes import Shape
from massage_workbook.body.scene import Scene
from massage_workbook.course.schema import Motion, Technique


def scene(technique: Technique, at: float) -> Scene:
    """Hands and tissue at a share of the movement, from 0 to 1, which is 0 of the next one."""
    if top_view.is_seen_from_above(technique):
        return top_view.top_view(technique, at)
    if _is_round(technique):
        return side_view.round_view(technique, at)
    return side_view.side_view(technique, at)


def trace(technique: Technique) -> Shape:
    """The path of the hand over the skin, seen from above; empty if the picture has no room."""
    if top_view.is_seen_from_above(technique):
        return top_view.trace(technique)
    return () if _is_round(technique) else side_view.trace(technique)


def _is_round(technique: Technique) -> bool:
    """Whether hands glide round the sides of the body."""
    return technique.motion is Motion.SLIDE and technique.hands.pose == "clamp"
