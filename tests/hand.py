"""A simulated pair of hands that carries a session out, stop by stop, and says where it cannot.

It is a second opinion on the times of a plan: it shares no code with
`massage_workbook.session.passes`. From a card it reads the points of the strokes, what one pass is,
the tempo, the longest time on one spot and the passes; from a schedule the fields of its steps. It
keeps the beat that a step gives, glides at an even speed in the time that is left, and never goes
faster than the card allows: where that is not enough it is late, and the stops that it has not
reached are reported.
"""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate, groupby, pairwise, zip_longest
from math import dist

from massage_workbook.body import anatomy
from massage_workbook.course.model import CM_PER_UNIT

SLACK = 1.01
"""A hand is this many times as fast as its card says, at most."""
ROUNDING = 0.5
"""Seconds that a hand may be late at the end of a step."""
TOUCHING = 1
"""Cm between two strokes that count as one after the other without a gap."""
QUARTER = 0.25
"""Of a step: where more than that is left over at the end of a stroke, there is one more stop."""
GLIDES_SLACK = 1.1
"""Glides a minute on a card are rounded, and its strokes are of different lengths."""


@dataclass(frozen=True)
class Violation:
    """Something that the hands cannot do, or may not: in which step, of which kind, in words."""

    step: int
    kind: str
    says: str

    def __str__(self):
        return f"step {self.step}: {self.kind}: {self.says}"


@dataclass
class Report:
    """What the hands met on their way.

    `paces` are those of the steps beside the middle of the tempo: 1 is the middle, 2 twice as fast.
    """

    violations: list[Violation] = field(default_factory=list)
    paces: list[float] = field(default_factory=list)
    rests: list[int] = field(default_factory=list)
    passes: int = 0

    @property
    def kinds(self):
        return {each.kind for each in self.violations}


@dataclass(frozen=True)
class Move:
    """A stop with so many `beats` of work and `leaving` beats to go on, or a glide of so many `cm`.

    `hop` is how far the next stop is. `speed` is the card's, from and to, in cm a second.
    """

    where: str
    speed: tuple[float, float]
    beats: int = 0
    leaving: int = 0
    hop: float = 0
    cm: float = 0

    def seconds(self, beat, pace):
        """How long it takes at seconds a beat, and a pace beside the middle of the speed."""
        return (self.beats + self.leaving) * beat + self.cm / (pace * middle(self.speed))


def follow(steps, course, total=None):
    """Carry out the steps of a session that lasts `total` seconds; the report says how it went."""
    report = Report()
    techniques = {each.id: each for each in course.techniques}
    blocks = {each.id: each for each in course.blocks}
    for i, step in enumerate(steps):
        technique = techniques[step.technique]
        most = min(technique.per_spot.seconds, blocks[step.block].per_spot_seconds)
        found = [*_passes(step, technique), *_carried_out(step, technique, most, report)]
        report.violations += [Violation(i, kind, f"{step.technique}: {s}") for kind, s in found]
        report.rests.append(step.rest)
        report.passes += step.passes
    report.violations += _tiled(steps, course, total)
    return report


@dataclass(frozen=True)
class Track:
    """What a hand does in a stroke, and where it begins and ends."""

    moves: tuple[Move, ...]
    start: tuple[float, float]
    end: tuple[float, float]


@lru_cache(maxsize=4096)
def tracks(technique, side, strokes):
    """What each hand does, stroke by stroke, in all pieces that are left of each."""
    found = []
    for _, run in groupby(strokes, key=lambda stroke: getattr(stroke, "whole", stroke.id)):
        pieces = list(run)
        hands = dict.fromkeys(hand for piece in pieces for hand in _hands(piece, side))
        own = {hand: [each for each in pieces if hand in _hands(each, side)] for hand in hands}
        found.append({hand: _track(technique, hand, of) for hand, of in own.items()})
    return found


def one_pass(technique, side, strokes, beat, pace):
    """The moves of a pass, each with the second in which it is done.

    A movement takes `beat` seconds, a glide the middle of the card's speed times `pace`. Each hand
    has a clock of its own; both begin each stroke together, and the next pass.
    """
    speed = technique.tempo.cm_per_second
    moves, clock, at, first = [], {}, {}, {}

    def arrive(places):
        now = max(clock.values(), default=0)
        for hand in places.keys() & at.keys():
            if (cm := CM_PER_UNIT * dist(at[hand], places[hand])) > TOUCHING:
                way = Move("between strokes", speed, cm=cm)
                moves.append((way, clock[hand] + way.seconds(beat, pace)))
                now = max(now, moves[-1][1])
        return now

    for stroke in tracks(technique, side, strokes):
        begun = arrive({hand: track.start for hand, track in stroke.items()})
        for hand, done in _together(technique, stroke, beat, pace):
            moves += [(move, begun + seconds) for move, seconds in done]
            clock[hand], at[hand] = moves[-1][1], stroke[hand].end
        first = {hand: track.start for hand, track in stroke.items()} | first
    return [*moves, (Move("the beginning again", speed), arrive(first))]


def lasts(moves):
    """Seconds of a pass."""
    return max(done for _, done in moves)


def _together(technique, stroke, beat, pace):
    """The moves of each hand in a stroke, with the second since its beginning when each is done.

    Hands glide side by side. At stops they wait for one another, and alternating ones work one
    after the other.
    """
    rows = list(zip_longest(*(track.moves for track in stroke.values())))
    if any(move and move.beats for row in rows for move in row):
        if technique.one_pass.alternating:
            rows = [_in_turn(row) for row in rows]
        took = [max(move.seconds(beat, pace) for move in row if move) for row in rows]
        done = [[*accumulate(took)]] * len(stroke)
    else:
        done = [accumulate(m.seconds(beat, pace) for m in each.moves) for each in stroke.values()]
    for i, hand in enumerate(stroke):
        own = [row[i] for row in rows if row[i]]
        yield hand, list(zip(own, done[i], strict=False))


def _in_turn(row):
    """Moves at the same time, each of which takes the time of all."""
    turns = sum(move.beats > 0 for move in row if move)
    return [move and replace(move, beats=move.beats * turns) for move in row]


def _hands(stroke, side):
    if stroke.side == "both":
        return ("right", "left")
    return (side,) if stroke.side == "each" else (stroke.side,)


def _track(technique, hand, pieces):
    start, end = _end(technique, pieces[0], 0), _end(technique, pieces[-1], -1)
    if hand == "left":
        start, end = anatomy.mirrored([start, end])
    return Track(tuple(_moves(technique, pieces)), start, end)


def _end(technique, stroke, end):
    """Where a stroke begins (0) or ends (-1); the only stop of a short one is in its middle."""
    stops, way = _given(technique, stroke), anatomy.along(stroke.points, step_cm=0.5)
    short = stops and anatomy.length_cm(stroke.points) <= stops.step_cm
    return way[len(way) // 2] if short else way[end]


def _given(technique, stroke):
    """The stops of a stroke; none where it glides."""
    return None if stroke.light_return else stroke.stops or technique.one_pass.stops


def _moves(technique, pieces):
    """What a hand does in a stroke: stops about a step apart with one at both ends, or glides."""
    for before, piece in pairwise([None, *pieces]):
        ends = before and (_end(technique, before, -1), _end(technique, piece, 0))
        if ends and (gap := CM_PER_UNIT * dist(*ends)) > TOUCHING:
            yield Move(f"the gap before {piece.id}", technique.tempo.cm_per_second, cm=gap)
        speed = piece.cm_per_second or technique.tempo.cm_per_second
        if not (stops := _given(technique, piece)):
            yield Move(piece.id, speed, cm=_cm(piece))
            continue
        length = anatomy.length_cm(piece.points)
        whole, over = divmod(length / stops.step_cm, 1)
        gaps = 0 if length <= stops.step_cm else int(whole) + (over > QUARTER)
        for i in range(gaps + 1):
            on = i < gaps
            yield Move(
                f"stop {i + 1} of {piece.id}",
                speed,
                beats=stops.movements,
                leaving=stops.move_on if on else 0,
                hop=length / gaps if on else 0,
            )


def _cm(piece):
    """How far a gliding hand travels: along a spiral or a zigzag as it is drawn."""
    ways = anatomy.hand_paths(piece).values() if piece.mark in {"spiral", "zigzag"} else [[]]
    drawn = sum(dist(a, b) for way in next(iter(ways)) for a, b in pairwise(way))
    return CM_PER_UNIT * drawn or anatomy.length_cm(piece.points)


def middle(ends):
    return sum(ends) / 2


def _passes(step, technique):
    """A whole number of passes that the card allows."""
    given = technique.passes
    if step.passes != int(step.passes) or step.passes < 1:
        yield "passes", f"{step.passes} is no number of passes"
    elif step.passes > given.maximum:
        yield "passes", f"{step.passes} passes, the card allows {given.maximum}"
    elif step.passes < given.minimum:
        yield "few passes", f"{step.passes} passes, the card asks for {given.minimum}"


def _carried_out(step, technique, most, report):
    """Do all passes of a step one after the other, as evenly as can be, and look at the clock."""
    low, high = technique.tempo.per_minute
    if not low / SLACK <= step.per_minute <= high * SLACK:
        yield "tempo", f"{step.per_minute:.1f} a minute, the card gives {low:g}-{high:g}"
    beat = 60 / step.per_minute

    def moves(pace):
        return one_pass(technique, step.side, step.strokes, beat, pace)

    slow, fast = _paces([move for move, _ in moves(1)])
    if lasts(moves(slow)) < step.pass_seconds - ROUNDING:
        yield "slow", f"{step.pass_seconds:.1f} s a pass, {lasts(moves(slow)):.1f} are the most"
    pace = _even(lambda each: lasts(moves(each)), step.pass_seconds, slow, fast)
    report.paces.append(step.per_minute / middle((low, high)) if technique.one_pass.stops else pace)
    for move, _ in moves(pace):
        yield from _kept(move, beat, most)
    yield from _glides(step, technique)
    yield from _clock(step, moves(pace))


def _paces(moves):
    """The least and the most pace that the card allows for all that glides."""
    glides = [move for move in moves if move.cm]
    slow = max((move.speed[0] / middle(move.speed) for move in glides), default=1)
    fast = min((move.speed[1] / middle(move.speed) for move in glides), default=1)
    return slow / SLACK, fast * SLACK


def _even(lasts_at, seconds, slow, fast):
    """The pace between two others at which a pass lasts so long, or the one that comes nearest."""
    for _ in range(12):
        half = (slow + fast) / 2
        slow, fast = (half, fast) if lasts_at(half) > seconds else (slow, half)
    return fast


def _glides(step, technique):
    """How many glides a minute there are: strokes that go on from one another count as one."""
    if technique.one_pass.stops or step.strokes != technique.strokes:
        return
    count = 1
    for before, stroke in pairwise(step.strokes):
        apart = CM_PER_UNIT * dist(before.points[-1], stroke.points[0]) > TOUCHING
        count += apart or before.light_return != stroke.light_return
    low, high = technique.tempo.per_minute
    if not low / GLIDES_SLACK <= (seen := 60 * count / step.pass_seconds) <= high * GLIDES_SLACK:
        yield "tempo", f"{seen:.1f} glides a minute, the card gives {low:g}-{high:g}"


def _kept(move, beat, most):
    """What a stop breaks: the time on one spot, or the speed of going on."""
    if move.beats:
        high = move.speed[1]
        carrying = 0 if move.leaving else move.hop / high
        if (stay := move.beats * beat - carrying) > most * SLACK:
            yield "spot", f"{stay:.1f} s at {move.where}, {most:g} are the most"
        given = (move.leaving or 1) * beat
        if move.hop > given * high * SLACK:
            yield "speed", f"on from {move.where} by {move.hop:.1f} cm in {given:.2f} s"


def _clock(step, moves):
    """What the time of a step does not reach, pass by pass."""
    seconds, end = lasts(moves), step.start + step.seconds - step.rest
    missed = [
        f"{move.where} in pass {number + 1}"
        for number in range(step.passes)
        for move, done in moves
        if step.start + step.lead + number * seconds + done > end + ROUNDING
    ]
    if missed:
        late = step.start + step.lead + step.passes * seconds - end
        yield "late", f"{late:.0f} s late, {len(missed)} moves left, first {missed[0]}"


def _tiled(steps, course, total):
    """Steps follow one another; what comes before each is counted, and so is every walk."""
    seconds = {each.id: each.seconds for each in course.transitions}
    stances = {each.id: each for each in course.stances}
    clock, place = 0, None
    for i, step in enumerate(steps):
        if step.start != clock:
            yield Violation(i, "gap", f"begins at {step.start}, not at {clock}")
        clock = step.start + step.seconds
        needs = sum(seconds[name] for name in step.transitions)
        if step.lead < needs:
            yield Violation(i, "lead", f"{step.lead} s for {', '.join(step.transitions)}")
        to = place_of(stances[step.stance], step.side, place)
        walks = {"change-sides", "turn-over"} & {*step.transitions}
        if place and to != place and not walks:
            yield Violation(i, "walk", f"from the {place} to the {to} in no time")
        place = to
    if steps and total is not None and clock != total:
        yield Violation(len(steps) - 1, "gap", f"ends at {clock}, not at {total}")


def place_of(stance, side, now):
    """Where the giver is: on the side that is worked on, or opposite; anywhere for both at once."""
    if side == "both" or stance.works == "both":
        return now
    return side if stance.works == "near" else {"right": "left", "left": "right"}[side]
