"""What a pass is and how long it takes: stop by stop, at the pace of hands.

A pass is all strokes of a technique once, and back to where the first one began. Where a technique
works on the spot, its hands make so many movements at each stop, in the rhythm of its tempo, and
go on by so many cm; where it glides, they travel along the stroke at a speed. Both stand in the
technique's file (`OnePass`, `Tempo`). What a picture draws along a stroke says nothing of time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from math import dist
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
    `leaving` seconds of it on going on. `start` and `seconds` are at the middle of the tempo.
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
    """How many times as long a pass takes at the lower end of the tempo as at its middle."""
    tempo = technique.tempo
    return min(_middle(each) / each[0] for each in (tempo.per_minute, tempo.cm_per_second))


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
    for _, members in groupby(strokes, key=_whole):
        pieces = list(members)
        ways = {hand: _ways(technique, run) for hand, run in _by_hand(pieces).items()}
        begins = {hand: way[0][0] for hand, way in ways.items()}
        if gap := _between(technique, pieces[0], at, begins, clock):
            made.append(gap)
            clock += gap.seconds
        for leg in _stroke_legs(technique, pieces[0], ways, clock):
            made.append(leg)
            clock += leg.seconds
        first = begins | first
        at |= {hand: way[-1][-1] for hand, way in ways.items()}
    if strokes and (gap := _between(technique, strokes[0], at, first, clock)):
        made.append(gap)
    return tuple(made)


def _whole(stroke: Stroke) -> str:
    return stroke.of if isinstance(stroke, Piece) else stroke.id


def _by_hand(pieces: Iterable[Stroke]) -> dict[Hand, list[Stroke]]:
    """The pieces of a stroke that each hand makes, one after the other."""
    hands: dict[Hand, list[Stroke]] = {}
    for piece in pieces:
        for hand in _hands(piece):
            hands.setdefault(hand, []).append(piece)
    return hands


def _hands(stroke: Stroke) -> tuple[Hand, ...]:
    """The hands that a stroke takes at once; one that is made on each side in turn, the right."""
    if stroke.side == "both":
        return ("right", "left")
    return ("right",) if stroke.side == "each" else (stroke.side,)


def _ways(technique: Technique, pieces: Iterable[Stroke]) -> list[list[Point]]:
    """What a hand does in a stroke: rows of places that it glides along, or stops of one place."""
    made: list[list[Point]] = []
    for piece in pieces:
        mirrored = piece.side == "left"
        if halts := _stops_of(technique, piece):
            rows = [[place] for place in stops(piece.points, halts.step_cm)]
        else:
            rows = list(
                next(iter(anatomy.ways(piece.model_copy(update={"side": "right"})).values()))
            )
            rows = rows if piece.mark != "line" else [anatomy.along(piece.points)]
        made += [list(anatomy.mirrored(row)) for row in rows] if mirrored else rows
    return made


def _stops_of(technique: Technique, stroke: Stroke) -> Stops | None:
    return None if stroke.light_return else stroke.stops or technique.one_pass.stops


def _stroke_legs(
    technique: Technique, stroke: Stroke, ways: Mapping[Hand, list[list[Point]]], start: float
) -> Iterator[Leg]:
    """The legs of a stroke; both hands go from one to the next together."""
    halts = _stops_of(technique, stroke)
    count = max(map(len, ways.values()))
    for i in range(count):
        places = {hand: tuple(rows[min(i, len(rows) - 1)]) for hand, rows in ways.items()}
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
