"""What a pass is and how long it takes: stop by stop, at the pace of hands.

A pass is all strokes of a technique once, and back to where the first one began. Where a technique
works on the spot, its hands make so many movements at each stop, in the rhythm of its tempo, and
go on by so many cm; where it glides, they travel along the stroke at a speed. Both stand in the
technique's file (`OnePass`, `Tempo`). What a picture draws along a stroke says nothing of time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise, zip_longest
from math import dist, inf
from typing import Literal

from massage_workbook import anatomy
from massage_workbook.course.model import CM_PER_UNIT, Id, Point
from massage_workbook.course.schema import Stops, Stroke, Technique

TOUCHING = 1
"""Cm; strokes that end and begin no farther apart go on from one another."""

Hand = Literal["right", "left", "middle"]
"""The half of the back that a hand is on, or across both."""


class Piece(Stroke):
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


def slowest(technique: Technique) -> float:
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


def stops(points: Sequence[Point], step_cm: float) -> list[Point]:
    """The stops along a path, about `step_cm` apart with one at both ends.

    A path no longer than a step has one, in its middle.
    """
    way = anatomy.along(points, step_cm=0.25)
    gaps = (
        0 if (length := anatomy.length_cm(points)) <= step_cm else max(1, round(length / step_cm))
    )
    if gaps == 0:
        return [way[len(way) // 2]]
    return [way[round(i * (len(way) - 1) / gaps)] for i in range(gaps + 1)]


def glides(technique: Technique) -> int:
    """How many glides a pass of a gliding technique has; a light return counts as one."""
    rows = groupby(_numbered(technique.strokes), key=lambda each: (each[0], each[1].light_return))
    return sum(1 for _ in rows)


def _numbered(strokes: Iterable[Stroke]) -> Iterator[tuple[int, Stroke]]:
    """Each stroke with the number of the row of strokes that go on from one another."""
    row, end = 0, None
    for stroke in strokes:
        if end is None or _apart(end, stroke.points[0]) > TOUCHING:
            row += 1
        end = stroke.points[-1]
        yield row, stroke


# --- leg by leg ------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _legs(technique: Technique, strokes: tuple[Stroke, ...]) -> tuple[Leg, ...]:
    made: list[Leg] = []
    clock = 0.0
    first: dict[Hand, Point] = {}
    at: dict[Hand, Point] = {}
    for pieces in _at_once(strokes):
        ways = {hand: _ways(technique, piece, hand) for hand, piece in pieces.items()}
        stroke = next(iter(pieces.values()))
        begins = {hand: way[0][0] for hand, way in ways.items()}
        if gap := _between(technique, stroke, at, begins, clock):
            made.append(gap)
            clock += gap.seconds
        for leg in _stroke_legs(technique, stroke, ways, clock):
            made.append(leg)
            clock += leg.seconds
        first = begins | first
        at |= {hand: way[-1][-1] for hand, way in ways.items()}
    if strokes and (gap := _between(technique, strokes[0], at, first, clock)):
        made.append(gap)
    return tuple(made)


def _whole(stroke: Stroke) -> str:
    return stroke.of if isinstance(stroke, Piece) else stroke.id


def _at_once(strokes: Iterable[Stroke]) -> Iterator[dict[Hand, Stroke]]:
    """What the hands do at once, by hand.

    Where a stroke is cut, the first pieces of both sides are done together, then the second ones.
    """
    for _, pieces in groupby(strokes, key=_whole):
        hands: dict[Hand, list[Stroke]] = {}
        for piece in pieces:
            for hand in _hands(piece):
                hands.setdefault(hand, []).append(piece)
        for row in zip_longest(*hands.values()):
            yield {hand: piece for hand, piece in zip(hands, row, strict=True) if piece}


def _hands(stroke: Stroke) -> tuple[Hand, ...]:
    """The hands that a stroke takes at once; one that is made on each side in turn, the right."""
    if stroke.side == "both":
        return ("right", "left")
    return ("right",) if stroke.side == "each" else (stroke.side,)


def _ways(technique: Technique, piece: Stroke, hand: Hand) -> list[list[Point]]:
    """What a hand does in a stroke: rows of places that it glides along, or stops of one place."""
    if halts := _stops_of(technique, piece):
        rows = [[place] for place in stops(piece.points, halts.step_cm)]
    elif piece.mark == "line":
        rows = [anatomy.along(piece.points)]
    else:
        rows = next(iter(anatomy.ways(piece.model_copy(update={"side": "right"})).values()))
    return [list(anatomy.mirrored(row)) for row in rows] if hand == "left" else rows


def _stops_of(technique: Technique, stroke: Stroke) -> Stops | None:
    return None if stroke.light_return else stroke.stops or technique.one_pass.stops


def _stroke_legs(
    technique: Technique, stroke: Stroke, ways: Mapping[Hand, list[list[Point]]], start: float
) -> Iterator[Leg]:
    """The legs of a stroke; both hands go from one to the next together.

    A hand that has fewer stops than the other rests after its last one.
    """
    halts = _stops_of(technique, stroke)
    count = max(map(len, ways.values()))
    for i in range(count):
        places = {hand: tuple(rows[i]) for hand, rows in ways.items() if i < len(rows)}
        if halts:
            leg = _stop(technique, stroke, halts, places, start, last=i == count - 1)
        else:
            length = max(map(_length, places.values()))
            speed = _middle(stroke.cm_per_second or technique.tempo.cm_per_second)
            leg = Leg("glide", stroke, start, length / speed, places)
        start += leg.seconds
        yield leg


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
    at: Mapping[Hand, Point],
    to: Mapping[Hand, Point],
    start: float,
) -> Leg | None:
    """The way from where the hands are to where they go on; None where that is the same place."""
    ways = {hand: (at[hand], place) for hand, place in to.items() if hand in at}
    length = max(map(_length, ways.values()), default=0)
    if length <= TOUCHING:
        return None
    speed = _middle(technique.tempo.cm_per_second)
    return Leg("between", stroke, start, length / speed, ways)


def _length(way: Sequence[Point]) -> float:
    return sum(_apart(a, b) for a, b in pairwise(way))


def _apart(a: Point, b: Point) -> float:
    return dist(a, b) * CM_PER_UNIT


def _middle(ends: tuple[float, float]) -> float:
    return sum(ends) / 2
