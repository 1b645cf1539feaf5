"""The map of the back: its zones and landmarks, and feedback on marks made on it."""

import random
from collections.abc import Sequence
from math import dist
from typing import Any

from massage_workbook.body import anatomy
from massage_workbook.body.zones import KIND_LABELS, group_by_kind, letter_landmarks, number_zones
from massage_workbook.course import Course
from massage_workbook.course.model import CM_PER_UNIT, Point, capitalised, uncapitalised
from massage_workbook.course.schema import Landmark, Zone
from massage_workbook.views.sources import attribution

_MAX_DISTANCE_CM = 4
"""Maximum distance of a mark from a landmark: about two fingers on the picture."""


def zone_groups(course: Course) -> list[dict[str, Any]]:
    """The zones by kind, the strictest first, and the landmarks."""
    by_kind = group_by_kind(course.zones)
    numbers = {zone.id: str(number) for number, zone in number_zones(by_kind).items()}
    titles = {kind: capitalised(words) for kind, words in KIND_LABELS.items()}
    return [
        {
            "id": kind,
            "title": titles[kind],
            "items": [_zone(zone, numbers[zone.id], titles[kind], course) for zone in members],
        }
        for kind, members in by_kind.items()
    ] + [
        {
            "id": "landmarks",
            "title": "Landmarks",
            "items": [
                _landmark(each, letter, course)
                for letter, each in letter_landmarks(course.landmarks).items()
            ],
        }
    ]


def _zone(zone: Zone, number: str, kind: str, course: Course) -> dict[str, Any]:
    return {
        "id": zone.id,
        "mark": number,
        "name": zone.name,
        "kind": kind,
        "facts": [["Rule", zone.rule], ["Why", zone.why], ["How to find it", zone.find]],
        "attribution": attribution(zone, course),
    }


def _landmark(landmark: Landmark, letter: str, course: Course) -> dict[str, Any]:
    level = [["Height", f"{landmark.level}: about there, on most people"]] if landmark.level else []
    return {
        "id": landmark.id,
        "mark": letter,
        "name": landmark.name,
        "kind": "Landmark",
        "facts": [["How to find it", landmark.find], *level],
        "attribution": attribution(landmark, course),
    }


# --- the search ------------------------------------------------------------------------------


def search_order(course: Course, seed: int) -> list[Landmark | Zone]:
    """Landmarks and then zones, each shuffled by `seed`: zones are found by landmarks."""
    order = random.Random(seed)  # noqa: S311
    return [
        each
        for items in (course.landmarks, course.zones)
        for each in order.sample(items, len(items))
    ]


def judge_mark(
    mark: Point, place: Zone | Landmark, zones: Sequence[Zone]
) -> tuple[bool, list[str]]:
    """Whether a mark hits a zone, or a landmark within reach, on either side; and the feedback."""
    if isinstance(place, Landmark):
        return _judge_landmark(mark, place)
    entered = anatomy.zones_at(mark, zones)
    if place in entered:
        return True, [_stricter_rule(zone) for zone in entered if _is_stricter(zone, place)]
    if not entered:
        return False, ["Your mark is where nothing is worked."]
    return False, [f"Your mark is on: {', '.join(uncapitalised(zone.name) for zone in entered)}."]


def _judge_landmark(mark: Point, landmark: Landmark) -> tuple[bool, list[str]]:
    sides = [(landmark.u, landmark.v), *([(-landmark.u, landmark.v)] if landmark.mirrored else [])]
    u, v = min(sides, key=lambda side: dist(side, mark))
    off = CM_PER_UNIT * dist((u, v), mark)
    if off <= _MAX_DISTANCE_CM:
        return True, []
    return False, [f"It is about {' and '.join(_distance_in_words(mark, (u, v)))} from there."]


def _distance_in_words(here: Point, there: Point) -> list[str]:
    """The vertical and horizontal distance in words, in whole centimetres."""
    (a, b), (u, v) = here, there
    down, right = round(CM_PER_UNIT * (v - b)), round(CM_PER_UNIT * (u - a))
    distances = {f"{abs(down)} cm {'down' if down > 0 else 'up'}": down}
    distances |= {f"{abs(right)} cm to the {'right' if right > 0 else 'left'}": right}
    return [words for words, far in distances.items() if far]


def _is_stricter(zone: Zone, place: Zone) -> bool:
    kinds = list(KIND_LABELS)
    return kinds.index(zone.kind) < kinds.index(place.kind)


def _stricter_rule(zone: Zone) -> str:
    name, rule = uncapitalised(zone.name), uncapitalised(zone.rule)
    return f"Here it is also {name}, and the stricter rule holds: {rule}"
