"""Zones and landmarks in order, with what maps call them."""

from collections.abc import Iterable, Mapping, Sequence
from string import ascii_lowercase

from massage_workbook.course.schema import Landmark, Zone

KIND_WORDS = {"keep-off": "keep off", "light": "lightly", "work": "may be worked"}
"""What may be done in a zone, by its kind, the strictest first."""
ON_STROKE_MAP = {"keep-off": "keep off", "light": "lighter here", "work": "may be worked"}
"""What a zone is to a technique, in words."""
"""The same beside the strokes of a technique."""


def of_each_kind(zones: Iterable[Zone]) -> dict[str, list[Zone]]:
    """Zones by their kind, the strictest first."""
    zones = tuple(zones)
    return {kind: [zone for zone in zones if zone.kind == kind] for kind in KIND_WORDS}


def numbered(by_kind: Mapping[str, Sequence[Zone]]) -> dict[int, Zone]:
    """Zones by their number on a map."""
    return dict(enumerate((zone for members in by_kind.values() for zone in members), start=1))


def lettered(landmarks: Iterable[Landmark]) -> dict[str, Landmark]:
    """Landmarks from above by their letter on a map."""
    return dict(zip(ascii_lowercase, sorted(landmarks, key=lambda each: each.v), strict=False))


def from_above(zones: Iterable[Zone]) -> list[Zone]:
    """Zones in the order in which their upper edges come, from the head down."""
    return sorted(zones, key=lambda zone: min(v for _, v in zone.outline))
