"""Order, numbering and labels of zones and landmarks on maps."""

from collections.abc import Iterable, Mapping, Sequence
from string import ascii_lowercase

from massage_workbook.course.schema import Landmark, Zone

KIND_LABELS = {"keep-off": "keep off", "light": "lightly", "work": "may be worked"}
"""Label of each kind of zone, the strictest first."""
STROKE_MAP_LABELS = {"keep-off": "keep off", "light": "lighter here", "work": "may be worked"}
"""Label of each kind of zone on the map of one technique."""


def group_by_kind(zones: Iterable[Zone]) -> dict[str, list[Zone]]:
    """Zones by kind, the strictest kind first."""
    zones = tuple(zones)
    return {kind: [zone for zone in zones if zone.kind == kind] for kind in KIND_LABELS}


def number_zones(by_kind: Mapping[str, Sequence[Zone]]) -> dict[int, Zone]:
    """Zones by number on the map, from 1."""
    return dict(enumerate((zone for members in by_kind.values() for zone in members), start=1))


def letter_landmarks(landmarks: Iterable[Landmark]) -> dict[str, Landmark]:
    """Landmarks by letter on the map, from the top down."""
    return dict(zip(ascii_lowercase, sorted(landmarks, key=lambda each: each.v), strict=False))


def top_down(zones: Iterable[Zone]) -> list[Zone]:
    """Zones ordered by their upper edge, from the head down."""
    return sorted(zones, key=lambda zone: min(v for _, v in zone.outline))
