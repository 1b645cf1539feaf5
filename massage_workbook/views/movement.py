"""The animation of a movement from the side: key frames of its picture, as whole numbers."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil
from typing import Any

from massage_workbook.body import movement
from massage_workbook.body.hand_shapes import Shape
from massage_workbook.body.illustration import scene, trace
from massage_workbook.body.scene import Band, Part
from massage_workbook.course.model import Point
from massage_workbook.course.schema import Technique

PER_CM = 10
"""Units of the picture per centimetre."""
_PER_RADIAN = 1000
_FRAMES = 16
"""Approximate number of key frames of a continuous movement."""


@lru_cache(maxsize=64)
def key_frames(technique: Technique) -> dict[str, Any]:
    """The key frames of one movement, which repeats.

    `times` are shares of its `seconds`, 0-1. Values that may change are tracks, referred to by
    number: the first frame is absolute, the others are differences from it; a constant has one
    frame. Points are x, y, x, y ... in millimetres, y down. A part is interpolated between its
    `shape` and `into`, by `mix` in hundredths; mirrored if it has a `flip`; and then placed: right,
    down, and a turn to the left in thousandths of a radian.
    """
    times = key_times(technique)
    scenes = [scene(technique, time) for time in times]
    first, tracks, lasts = scenes[0], _Tracks(), movement.seconds(technique)
    left, right, bottom, top = (round(PER_CM * each) for each in first.frame)
    return {
        "seconds": round(lasts, 3),
        "alt": movement.alt_text(technique),
        "box": [left, -top, right - left, top - bottom],
        "above": first.from_above,
        "moments": [
            {
                "from": round(each.start * lasts, 3),
                "at": round(each.at % 1, 4),
                "say": each.phase.say,
                "takes": movement.phase_seconds(technique, each.phase),
            }
            for each in movement.moments(technique)
        ],
        "times": [round(time, 4) for time in times],
        "bands": [
            _band([each.bands[i] for each in scenes], tracks) for i in range(len(first.bands))
        ],
        "parts": [
            _part([each.parts[i] for each in scenes], tracks) for i in range(len(first.parts))
        ],
        "trace": _numbers(trace(technique)),
        "dot": tracks.number(_numbers([each.dot]) for each in scenes),
        "tracks": tracks.all,
    }


class _Tracks:
    """The distinct tracks of an animation."""

    def __init__(self) -> None:
        self.all: list[list[list[int]]] = []

    def number(self, frames: Iterable[list[int]]) -> int:
        """The number of a track, added if it is new."""
        track = _differences(frames)
        if track not in self.all:
            self.all.append(track)
        return self.all.index(track)


def _differences(frames: Iterable[list[int]]) -> list[list[int]]:
    """The first frame and the differences of the others from it; only the first of a constant."""
    first, *others = frames
    if all(each == first for each in others):
        return [first]
    return [first, *([a - b for a, b in zip(each, first, strict=True)] for each in others)]


def _band(bands: Sequence[Band], tracks: _Tracks) -> dict[str, Any]:
    edges = [tracks.number(_numbers(each.edges[i]) for each in bands) for i in range(2)]
    return {"kind": bands[0].kind, "ticked": bands[0].ticked, "edges": edges}


def _part(parts: Sequence[Part], tracks: _Tracks) -> dict[str, Any]:
    first = parts[0]
    ring = (first.into or first.shape)[0] == (first.into or first.shape)[-1]
    end = -1 if ring else None  # a closed outline repeats its first point
    made = {
        "kind": first.kind,
        "shape": tracks.number(_numbers(part.shape[:end]) for part in parts),
        "place": tracks.number(
            [round(PER_CM * right), round(-PER_CM * up), round(_PER_RADIAN * turn)]
            for right, up, turn in (part.place for part in parts)
        ),
        "strength": tracks.number([round(100 * part.strength)] for part in parts),
    } | ({"flip": True} if first.flip else {})
    if first.into in {None, first.shape}:
        return made
    mix = tracks.number([round(100 * part.mix)] for part in parts)
    return made | {"into": tracks.number([_numbers(first.into[:end])]), "mix": mix}


def key_times(technique: Technique) -> list[float]:
    """The times of the key frames, between which the picture changes linearly, with 0 and 1."""
    phases = technique.movement.phases
    ends = list(accumulate((phase.share for phase in phases), initial=0.0))
    shaken = [
        (a, b) for a, b, phase in zip(ends, ends[1:], phases, strict=False) if phase.do == "shake"
    ]
    shifts = [0, 0.5] if technique.hands.work == "in turn" else [0]
    whole = sorted({round((end + shift) % 1, 6) for end in ends for shift in shifts} | {0.0, 1.0})
    times = {time for a, b in pairwise(whole) for time in _between(a, b, ceil(_FRAMES * (b - a)))}
    for a, b in shaken:
        count = round(4 * technique.movement.counts * (b - a))
        times = {t for t in times if not a < t < b} | {*_between(a, b, count)}
    return sorted(times | {1.0})


def _between(start: float, end: float, count: int) -> Iterator[float]:
    yield from (start + (end - start) * i / count for i in range(count))


def _numbers(shape: Shape | list[Point]) -> list[int]:
    return [round(each) for x, y in shape for each in (PER_CM * x, -PER_CM * y)]
