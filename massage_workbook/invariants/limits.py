"""Check limits of techniques: force, tempo, and time in one place."""

from massage_workbook.course.schema import Block, Course, Motion, Technique
from massage_workbook.invariants.pace import LOW, stay_seconds, stops_field, work_seconds
from massage_workbook.invariants.reporting import Checks, Span, Violations, format_spans
from massage_workbook.session import passes

_MAX_PERCUSSION = 10
"""Maximum seconds of percussion in one area in a session (B116)."""
_MAX_RETURN_FORCE = 2
"""Maximum force of a light return; set by the course."""


def _stays(technique: Technique, course: Course) -> Violations:
    """No stay in one place exceeds `per_spot`, and no `per_spot` exceeds that of the block."""
    spot = technique.per_spot.seconds
    for stroke in technique.strokes:
        if not (stops := passes.stops_of(technique, stroke)):
            continue
        slow = technique.tempo.per_minute[LOW]
        if (stay := round(stay_seconds(technique, stops, LOW), 6)) > spot:
            message = (
                f"is {stops.movements}, which takes {stay:.3g} s in one place at {slow:g} a minute;"
                f" per_spot allows {spot:g} s"
            )
            yield (*stops_field(technique, stroke), "movements"), message
    limits = [b.per_spot_seconds for b in course.blocks if b.family == technique.family]
    limit = max(filter(None, limits), default=spot)
    if spot > limit:
        yield ("per_spot", "seconds"), f"is {spot:g}; the block allows {limit:g}"


def _percussion(technique: Technique, _: Course) -> Violations:
    """All passes together strike an area for at most ten seconds."""
    if technique.motion is not Motion.STRIKE:
        return
    slow, maximum = technique.tempo.per_minute[LOW], technique.passes.maximum
    for stroke in technique.strokes:
        if not (stops := passes.stops_of(technique, stroke)):
            continue
        count = len(passes.stop_points(stroke.points, stops.step_cm))
        seconds = maximum * count * work_seconds(technique, stops, LOW)
        if round(seconds, 6) > _MAX_PERCUSSION:
            message = (
                f"is {maximum}, which makes {seconds:.3g} s of percussion in the area"
                f' "{stroke.id}" at {slow:g} a minute; at most {_MAX_PERCUSSION} s are allowed'
            )
            yield ("passes", "maximum"), message


def _force(technique: Technique, _: Course) -> Violations:
    """No stroke exceeds the pressure of its technique, and a light return is light."""
    maximum = technique.pressure.range[1]
    for i, stroke in enumerate(technique.strokes):
        field, given = ("strokes", i, "force"), f"is {stroke.force:g}"
        if stroke.force > maximum:
            yield field, f"{given}; the pressure of the technique goes up to {maximum:g}"
        if stroke.light_return and stroke.force > _MAX_RETURN_FORCE:
            yield field, f"{given}; a light return has at most {_MAX_RETURN_FORCE}"


def _block(technique: Technique, course: Course) -> Violations:
    """Force and tempo fit a block of the family, or the technique gives a reason in `exceeds`."""
    blocks = [each for each in course.blocks if each.family == technique.family]
    if technique.exceeds or any(_fits(technique, block) for block in blocks):
        return
    if any(_inside(technique.pressure.range, block.force) for block in blocks):
        field, given = ("tempo", "per_minute"), technique.tempo.per_minute
        allowed = [block.per_minute for block in blocks if block.per_minute]
    else:
        field, given = ("pressure", "range"), technique.pressure.range
        allowed = [block.force for block in blocks]
    found = f"is {format_spans([given])}; {technique.family} has {format_spans(allowed)}"
    yield field, f"{found}: keep to it, or say why in exceeds"


def _fits(technique: Technique, block: Block) -> bool:
    return _inside(technique.pressure.range, block.force) and (
        block.per_minute is None or _inside(technique.tempo.per_minute, block.per_minute)
    )


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


CHECKS: Checks = {"techniques": (_stays, _percussion, _force, _block)}
