"""The legs of one pass of a technique, and their duration.

A pass is all strokes of a technique once, and the return to the first one. A technique that works
on the spot makes a number of movements at each stop, in its tempo, and moves on by some cm; one
that glides follows the stroke at a speed. Both come from the technique's file (`OnePass`,
`Tempo`). The marks drawn along a stroke do not affect its duration.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from math import ceil, dist, floor, inf
from typing import Literal

from massage_workbook.body import anatomy
from massage_workbook.course.model import CM_PER_UNIT, Id, Point
from massage_workbook.course.schema import Stops, Stroke, Technique

TEMPO_BANDS = (
    (0, 30, "slow", "up to 30"),
    (30, 60, "everyday", "30-60"),
    (60, 180, "fast", "above 60"),
)
"""Tempo bands: movements a minute from and to, the name, and the label (B24, B25)."""
TOUCHING_CM = 1
"""Cm; strokes whose end and start are no farther apart are continuous."""

_EPSILON = 1e-6
"""Seconds below which durations are equal."""

Hand = Literal["right", "left", "middle"]
"""The half of the back that a hand works on, or `middle` for both."""


class StrokePiece(Stroke):
    """A piece of a stroke cut short, on one side; `whole` is the id of the whole stroke."""

    whole: Id


@dataclass(frozen=True)
class Leg:
    """A part of a pass with one kind of motion.

    In a `glide`, and `between` two strokes, each hand follows its `places`, points in (u, v). At a
    `stop` each hand makes `movements` at its single place, and moves on during the last `leaving`
    seconds. A hand without places rests. `start` and `seconds` are at the middle of the tempo.
    """

    kind: Literal["glide", "stop", "between"]
    stroke: Stroke
    start: float
    seconds: float
    places: Mapping[Hand, tuple[Point, ...]]
    movements: int = 0
    leaving: float = 0

    @property
    def staying(self) -> float:
        """Seconds at the stop, without moving on."""
        return self.seconds - self.leaving if self.kind == "stop" else 0


@lru_cache(maxsize=4096)
def _seconds(technique: Technique, strokes: tuple[Stroke, ...]) -> float:
    return sum(leg.seconds for leg in _legs(technique, strokes))


def seconds(technique: Technique, strokes: Sequence[Stroke] | None = None) -> float:
    """Seconds of a pass on one side, or of both hands at once, at the middle of the tempo.

    `strokes` are the allowed strokes, by default all.
    """
    return _seconds(technique, technique.strokes if strokes is None else tuple(strokes))


def slowest_factor(technique: Technique) -> float:
    """The factor from the usual to the longest duration of a pass.

    It respects the lower ends of the tempo and the longest stay on one spot.
    """
    tempo = technique.tempo
    own = (stroke.cm_per_second for stroke in technique.strokes if stroke.cm_per_second)
    speeds = (tempo.per_minute, tempo.cm_per_second, *own)
    stay = max((leg.staying for leg in legs(technique)), default=0)
    longest = technique.per_spot.seconds / stay if stay else inf
    return min(longest, *(_middle(each) / each[0] for each in speeds))


def legs(technique: Technique, strokes: Sequence[Stroke] | None = None) -> tuple[Leg, ...]:
    """The legs of a pass, from its start to the start of the next pass."""
    return _legs(technique, technique.strokes if strokes is None else tuple(strokes))


def stop_points(points: Sequence[Point], step_cm: float) -> list[Point]:
    """The stops along a path, about `step_cm` apart, including both ends.

    A path no longer than a step has one stop, in its middle; gaps are at most 1.25 steps wide.
    """
    path = anatomy.along(points, step_cm=0.25)
    length = anatomy.length_cm(points)
    if length <= step_cm:
        return [path[len(path) // 2]]
    gaps = ceil(length / step_cm - 0.25)
    return [path[round(i * (len(path) - 1) / gaps)] for i in range(gaps + 1)]


def glide_count(technique: Technique) -> int:
    """The number of glides in a pass of a gliding technique; a light return counts as one."""
    runs = groupby(_numbered(technique.strokes), key=lambda each: (each[0], each[1].light_return))
    return sum(1 for _ in runs)


def _numbered(strokes: Iterable[Stroke]) -> Iterator[tuple[int, Stroke]]:
    """Each stroke with the number of its run of continuous strokes."""
    run, end = 0, None
    for stroke in strokes:
        if end is None or _distance_cm(end, stroke.points[0]) > TOUCHING_CM:
            run += 1
        end = stroke.points[-1]
        yield run, stroke


# --- leg by leg ------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _legs(technique: Technique, strokes: tuple[Stroke, ...]) -> tuple[Leg, ...]:
    result: list[Leg] = []
    elapsed = 0.0
    first: dict[Hand, Point] = {}
    at: dict[Hand, tuple[Point, float]] = {}  # the place of each hand, and when it got there
    for _, pieces in groupby(strokes, key=_whole_id):
        tracks = _tracks(technique, pieces)
        stroke = next(iter(tracks.values()))[0].stroke
        begins = {hand: track[0].places[0] for hand, track in tracks.items()}
        if gap := _between(technique, stroke, at, begins, elapsed):
            result.append(gap)
            elapsed += gap.seconds
        make_legs = _stops_together if stops_of(technique, stroke) else _glides_together
        for leg in make_legs(technique, tracks, elapsed):
            result.append(leg)
            elapsed += leg.seconds
            at |= {hand: (places[-1], elapsed) for hand, places in leg.places.items()}
        first = begins | first
    if strokes and (gap := _between(technique, strokes[0], at, first, elapsed)):
        result.append(gap)
    return tuple(result)


def _whole_id(stroke: Stroke) -> Id:
    return stroke.whole if isinstance(stroke, StrokePiece) else stroke.id


@dataclass(frozen=True)
class _Move:
    """One move of a hand: a glide, a stop, or the transfer between two pieces."""

    kind: Literal["glide", "stop", "between"]
    stroke: Stroke
    places: tuple[Point, ...]


def _tracks(technique: Technique, pieces: Iterable[Stroke]) -> dict[Hand, list[_Move]]:
    """The moves of each hand in a stroke or its pieces."""
    tracks: dict[Hand, list[_Move]] = {}
    for piece in pieces:
        kind: Literal["glide", "stop"] = "stop" if stops_of(technique, piece) else "glide"
        for hand in _hands(piece):
            track = tracks.setdefault(hand, [])
            paths = _paths(technique, piece, hand)
            if track and _distance_cm(end := track[-1].places[-1], paths[0][0]) > TOUCHING_CM:
                track.append(_Move("between", piece, (end, paths[0][0])))
            track += [_Move(kind, piece, tuple(path)) for path in paths]
    return tracks


def _hands(stroke: Stroke) -> tuple[Hand, ...]:
    """The hands of a stroke; `right` for a stroke that is made on each side in turn."""
    if stroke.side == "both":
        return ("right", "left")
    return ("right",) if stroke.side == "each" else (stroke.side,)


def _paths(technique: Technique, piece: Stroke, hand: Hand) -> list[list[Point]]:
    """The paths of a hand in a stroke; at stops, paths of a single point."""
    if stops := stops_of(technique, piece):
        paths = [[place] for place in stop_points(piece.points, stops.step_cm)]
    elif piece.mark == "line":
        paths = [anatomy.along(piece.points)]
    else:
        paths = next(iter(anatomy.hand_paths(piece.model_copy(update={"side": "right"})).values()))
    return [list(anatomy.mirrored(path)) for path in paths] if hand == "left" else paths


def stops_of(technique: Technique, stroke: Stroke) -> Stops | None:
    """The stops of a stroke; None if the hand glides or returns."""
    return None if stroke.light_return else stroke.stops or technique.one_pass.stops


def _stops_together(
    technique: Technique, tracks: Mapping[Hand, list[_Move]], start: float
) -> Iterator[Leg]:
    """Legs of hands that go from stop to stop together; a hand between pieces, or done, rests."""
    for i in range(max(map(len, tracks.values()))):
        moves = {hand: track[i] for hand, track in tracks.items() if i < len(track)}
        stopping = {hand: move for hand, move in moves.items() if move.kind == "stop"}
        shown = stopping or moves
        stroke = next(iter(shown.values())).stroke
        places = {hand: move.places for hand, move in shown.items()}
        transfers = (_length(move.places) for move in moves.values() if move.kind == "between")
        transfer = max(transfers, default=0) / _middle(technique.tempo.cm_per_second)
        if stopping:
            next_kinds = {track[i + 1].kind for track in tracks.values() if track[i + 1 :]}
            leg = _stop(technique, stroke, places, start, is_last="stop" not in next_kinds)
            waiting = max(0, transfer - leg.seconds)  # for a hand between two pieces
            leg = replace(leg, seconds=leg.seconds + waiting, leaving=leg.leaving + waiting)
        else:
            leg = Leg("between", stroke, start, transfer, places)
        start += leg.seconds
        yield leg


def _glides_together(
    technique: Technique, tracks: Mapping[Hand, list[_Move]], start: float
) -> Iterator[Leg]:
    """Legs of hands that glide together; a hand between pieces, or done, is off the skin."""
    timed = {hand: list(_timed(technique, track)) for hand, track in tracks.items()}
    moments = sorted({0.0} | {end for moves in timed.values() for _, _, end in moves})
    for a, b in pairwise(moments):
        sections = {
            hand: (
                move,
                _section(move.places, (a - begin) / (end - begin), (b - begin) / (end - begin)),
            )
            for hand, moves in timed.items()
            for move, begin, end in moves
            if begin <= a and b <= end
        }
        gliding = {hand: each for hand, each in sections.items() if each[0].kind == "glide"}
        shown = gliding or sections
        stroke = next(iter(shown.values()))[0].stroke
        places = {hand: section for hand, (_, section) in shown.items()}
        yield Leg("glide" if gliding else "between", stroke, start + a, b - a, places)


def _timed(technique: Technique, track: Iterable[_Move]) -> Iterator[tuple[_Move, float, float]]:
    """Each move with its start and end, in seconds from the start of the stroke."""
    elapsed = 0.0
    for move in track:
        own = move.stroke.cm_per_second if move.kind == "glide" else None
        speed = _middle(own or technique.tempo.cm_per_second)
        end = round(elapsed + _length(move.places) / speed, 6)
        yield move, elapsed, end
        elapsed = end


def _section(places: tuple[Point, ...], begin: float, end: float) -> tuple[Point, ...]:
    """The part of a path between two fractions of it."""
    last = len(places) - 1
    return places[floor(begin * last) : ceil(end * last) + 1] if last > 1 else places


def _stop(
    technique: Technique,
    stroke: Stroke,
    places: Mapping[Hand, tuple[Point, ...]],
    start: float,
    *,
    is_last: bool,
) -> Leg:
    """A stop; without time of its own to move on, the last movement carries the hand on."""
    stops = stops_of(technique, stroke)
    beat = 60 / _middle(technique.tempo.per_minute)
    turns = len(places) if technique.one_pass.alternating else 1
    seconds = stops.movements * turns * beat
    leaving = 0.0
    if not is_last and stops.move_on:
        leaving = stops.move_on * beat
        seconds += leaving
    elif not is_last:
        leaving = min(stops.step_cm / _middle(technique.tempo.cm_per_second), beat / 2)
    return Leg("stop", stroke, start, seconds, places, stops.movements, leaving)


def _between(
    technique: Technique,
    stroke: Stroke,
    at: Mapping[Hand, tuple[Point, float]],
    to: Mapping[Hand, Point],
    elapsed: float,
) -> Leg | None:
    """The leg from where the hands are to where they continue; None if they are there already.

    A hand that finished before the other also starts moving before it.
    """
    speed = _middle(technique.tempo.cm_per_second)
    paths = {hand: (at[hand][0], place) for hand, place in to.items() if hand in at}
    paths = {hand: path for hand, path in paths.items() if _length(path) > TOUCHING_CM}
    arrival = {hand: at[hand][1] + _length(path) / speed for hand, path in paths.items()}
    remaining = {hand: path for hand, path in paths.items() if arrival[hand] > elapsed + _EPSILON}
    if not remaining:
        return None
    return Leg("between", stroke, elapsed, max(arrival.values()) - elapsed, remaining)


def _length(path: Sequence[Point]) -> float:
    """Length of a polyline, in cm."""
    return sum(_distance_cm(a, b) for a, b in pairwise(path))


def _distance_cm(a: Point, b: Point) -> float:
    return dist(a, b) * CM_PER_UNIT


def _middle(ends: tuple[float, float]) -> float:
    return sum(ends) / 2
