"""What a pass is and how long it takes: stop by stop, at the pace of hands.

A pass is all strokes of a technique once, and back to where the first one began. Where a technique
works on the spot, its hands make so many movements at each stop, in the rhythm of its tempo, and
go on by so many cm; where it glides, they travel along the stroke at a speed. Both stand in the
technique's file (`OnePass`, `Tempo`). What a picture draws along a stroke says nothing of time.
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
"""Movements a minute from and to, and the words for it (B24, B25)."""
TOUCHING_CM = 1
"""Cm; strokes that end and begin no farther apart go on from one another."""

_EPSILON = 1e-6
"""Seconds that count as none."""

Hand = Literal["right", "left", "middle"]
"""The half of the back that a hand is on, or across both."""


class StrokePiece(Stroke):
    """What is left of a stroke, on one side; `of` is the whole one's id."""

    of: Id


@dataclass(frozen=True)
class Leg:
    """What the hands do between two moments of a pass.

    In a `glide` and on the way `between` two strokes each hand follows its row of `places`. At a
    `stop` each stays at the one place that it has, makes `movements`, and spends the last
    `leaving` seconds of it on going on. A hand without places rests. `start` and `seconds` are at
    the middle of the tempo.
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
        """Seconds on the spot."""
        return self.seconds - self.leaving if self.kind == "stop" else 0


@lru_cache(maxsize=4096)
def _seconds(technique: Technique, strokes: tuple[Stroke, ...]) -> float:
    return sum(leg.seconds for leg in _legs(technique, strokes))


def seconds(technique: Technique, strokes: Sequence[Stroke] | None = None) -> float:
    """Seconds of a pass on one side, or of both hands at once, at the middle of the tempo.

    `strokes` are those that are allowed today, instead of all.
    """
    return _seconds(technique, technique.strokes if strokes is None else tuple(strokes))


def slowest_factor(technique: Technique) -> float:
    """How many times as long a pass may take as at the middle of the tempo.

    It keeps to the lower ends of the tempo, and to the longest stay on one spot.
    """
    tempo = technique.tempo
    own = (stroke.cm_per_second for stroke in technique.strokes if stroke.cm_per_second)
    speeds = (tempo.per_minute, tempo.cm_per_second, *own)
    stay = max((leg.staying for leg in legs(technique)), default=0)
    longest = technique.per_spot.seconds / stay if stay else inf
    return min(longest, *(_middle(each) / each[0] for each in speeds))


def legs(technique: Technique, strokes: Sequence[Stroke] | None = None) -> tuple[Leg, ...]:
    """A pass from its beginning to the beginning of the next one."""
    return _legs(technique, technique.strokes if strokes is None else tuple(strokes))


def stop_points(points: Sequence[Point], step_cm: float) -> list[Point]:
    """The stops along a path, about `step_cm` apart with one at both ends.

    A path no longer than a step has one, in its middle; no gap is over a quarter wider than a step.
    """
    way = anatomy.along(points, step_cm=0.25)
    length = anatomy.length_cm(points)
    if length <= step_cm:
        return [way[len(way) // 2]]
    gaps = ceil(length / step_cm - 0.25)
    return [way[round(i * (len(way) - 1) / gaps)] for i in range(gaps + 1)]


def glide_count(technique: Technique) -> int:
    """How many glides a pass of a gliding technique has; a light return counts as one."""
    rows = groupby(_numbered(technique.strokes), key=lambda each: (each[0], each[1].light_return))
    return sum(1 for _ in rows)


def _numbered(strokes: Iterable[Stroke]) -> Iterator[tuple[int, Stroke]]:
    """Each stroke with the number of the row of strokes that go on from one another."""
    row, end = 0, None
    for stroke in strokes:
        if end is None or _apart(end, stroke.points[0]) > TOUCHING_CM:
            row += 1
        end = stroke.points[-1]
        yield row, stroke


# --- leg by leg ------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _legs(technique: Technique, strokes: tuple[Stroke, ...]) -> tuple[Leg, ...]:
    made: list[Leg] = []
    clock = 0.0
    first: dict[Hand, Point] = {}
    at: dict[Hand, tuple[Point, float]] = {}  # where a hand is since when
    for _, pieces in groupby(strokes, key=_whole):
        tracks = _tracks(technique, pieces)
        stroke = next(iter(tracks.values()))[0].stroke
        begins = {hand: track[0].places[0] for hand, track in tracks.items()}
        if gap := _between(technique, stroke, at, begins, clock):
            made.append(gap)
            clock += gap.seconds
        together = _stops_together if stops_of(technique, stroke) else _glides_together
        for leg in together(technique, tracks, clock):
            made.append(leg)
            clock += leg.seconds
            at |= {hand: (places[-1], clock) for hand, places in leg.places.items()}
        first = begins | first
    if strokes and (gap := _between(technique, strokes[0], at, first, clock)):
        made.append(gap)
    return tuple(made)


def _whole(stroke: Stroke) -> str:
    return stroke.of if isinstance(stroke, StrokePiece) else stroke.id


@dataclass(frozen=True)
class _Move:
    """What a hand does next in a stroke: a glide, a stop, or the way over a gap between pieces."""

    kind: Literal["glide", "stop", "between"]
    stroke: Stroke
    places: tuple[Point, ...]


def _tracks(technique: Technique, pieces: Iterable[Stroke]) -> dict[Hand, list[_Move]]:
    """All that each hand does in a stroke, or in the pieces that are left of it."""
    tracks: dict[Hand, list[_Move]] = {}
    for piece in pieces:
        kind: Literal["glide", "stop"] = "stop" if stops_of(technique, piece) else "glide"
        for hand in _hands(piece):
            track = tracks.setdefault(hand, [])
            ways = _ways(technique, piece, hand)
            if track and _apart(end := track[-1].places[-1], ways[0][0]) > TOUCHING_CM:
                track.append(_Move("between", piece, (end, ways[0][0])))
            track += [_Move(kind, piece, tuple(way)) for way in ways]
    return tracks


def _hands(stroke: Stroke) -> tuple[Hand, ...]:
    """The hands that a stroke takes at once; one that is made on each side in turn, the right."""
    if stroke.side == "both":
        return ("right", "left")
    return ("right",) if stroke.side == "each" else (stroke.side,)


def _ways(technique: Technique, piece: Stroke, hand: Hand) -> list[list[Point]]:
    """What a hand does in a stroke: rows of places that it glides along, or stops of one place."""
    if halts := stops_of(technique, piece):
        rows = [[place] for place in stop_points(piece.points, halts.step_cm)]
    elif piece.mark == "line":
        rows = [anatomy.along(piece.points)]
    else:
        rows = next(iter(anatomy.hand_paths(piece.model_copy(update={"side": "right"})).values()))
    return [list(anatomy.mirrored(row)) for row in rows] if hand == "left" else rows


def stops_of(technique: Technique, stroke: Stroke) -> Stops | None:
    """The stops that a stroke makes; none where the hand glides or returns."""
    return None if stroke.light_return else stroke.stops or technique.one_pass.stops


def _stops_together(
    technique: Technique, tracks: Mapping[Hand, list[_Move]], start: float
) -> Iterator[Leg]:
    """Both hands go from stop to stop together; one that crosses a gap, or is done, rests."""
    for i in range(max(map(len, tracks.values()))):
        rows = {hand: track[i] for hand, track in tracks.items() if i < len(track)}
        over = max(
            (_length(row.places) for row in rows.values() if row.kind == "between"), default=0
        )
        seconds = over / _middle(technique.tempo.cm_per_second)
        at = {hand: row for hand, row in rows.items() if row.kind == "stop"}
        stroke = next(iter((at or rows).values())).stroke
        places = {hand: row.places for hand, row in (at or rows).items()}
        if at:
            following = [track[i + 1].kind for hand, track in tracks.items() if track[i + 1 :]]
            halts = stops_of(technique, stroke)
            leg = _stop(technique, stroke, halts, places, start, last="stop" not in following)
            late = max(0, seconds - leg.seconds)
            leg = replace(leg, seconds=leg.seconds + late, leaving=leg.leaving + late)
        else:
            leg = Leg("between", stroke, start, seconds, places)
        start += leg.seconds
        yield leg


def _glides_together(
    technique: Technique, tracks: Mapping[Hand, list[_Move]], start: float
) -> Iterator[Leg]:
    """Both hands glide side by side; one that crosses a gap, or is done, has left the skin."""
    timed = {hand: list(_timed(technique, track)) for hand, track in tracks.items()}
    moments = sorted({0.0} | {end for rows in timed.values() for _, _, end in rows})
    for a, b in pairwise(moments):
        now = {
            hand: (row, _part(row.places, (a - begin) / (end - begin), (b - begin) / (end - begin)))
            for hand, rows in timed.items()
            for row, begin, end in rows
            if begin <= a and b <= end
        }
        on = {hand: found for hand, found in now.items() if found[0].kind == "glide"}
        stroke = next(iter((on or now).values()))[0].stroke
        places = {hand: part for hand, (_, part) in (on or now).items()}
        yield Leg("glide" if on else "between", stroke, start + a, b - a, places)


def _timed(technique: Technique, track: Iterable[_Move]) -> Iterator[tuple[_Move, float, float]]:
    """Each row with when it begins and ends, counted from the beginning of the stroke."""
    clock = 0.0
    for row in track:
        own = row.stroke.cm_per_second if row.kind == "glide" else None
        speed = _middle(own or technique.tempo.cm_per_second)
        end = round(clock + _length(row.places) / speed, 6)
        yield row, clock, end
        clock = end


def _part(places: tuple[Point, ...], begin: float, end: float) -> tuple[Point, ...]:
    """The part of a way between two shares of it."""
    last = len(places) - 1
    return places[floor(begin * last) : ceil(end * last) + 1] if last > 1 else places


def _stop(  # noqa: PLR0913 - a stop, where and when
    technique: Technique,
    stroke: Stroke,
    halts: Stops,
    places: Mapping[Hand, tuple[Point, ...]],
    start: float,
    *,
    last: bool,
) -> Leg:
    beat = 60 / _middle(technique.tempo.per_minute)
    turns = len(places) if technique.one_pass.alternating else 1
    work = halts.movements * turns * beat
    if last:
        return Leg("stop", stroke, start, work, places, halts.movements)
    travel = halts.step_cm / _middle(technique.tempo.cm_per_second)
    if halts.move_on:
        on = halts.move_on * beat
        return Leg("stop", stroke, start, work + on, places, halts.movements, on)
    return Leg("stop", stroke, start, work, places, halts.movements, min(travel, beat / 2))


def _between(
    technique: Technique,
    stroke: Stroke,
    at: Mapping[Hand, tuple[Point, float]],
    to: Mapping[Hand, Point],
    clock: float,
) -> Leg | None:
    """The way from where the hands are to where they go on; None where they are there already.

    A hand that was done before the other is on its way before, too.
    """
    speed = _middle(technique.tempo.cm_per_second)
    ways = {hand: (at[hand][0], place) for hand, place in to.items() if hand in at}
    ways = {hand: way for hand, way in ways.items() if _length(way) > TOUCHING_CM}
    there = {hand: at[hand][1] + _length(way) / speed for hand, way in ways.items()}
    late = {hand: way for hand, way in ways.items() if there[hand] > clock + _EPSILON}
    return Leg("between", stroke, clock, max(there.values()) - clock, late) if late else None


def _length(way: Sequence[Point]) -> float:
    return sum(_apart(a, b) for a, b in pairwise(way))


def _apart(a: Point, b: Point) -> float:
    return dist(a, b) * CM_PER_UNIT


def _middle(ends: tuple[float, float]) -> float:
    return sum(ends) / 2
