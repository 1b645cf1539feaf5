"""The data model of the course: one frozen, validated model for each kind of item.

Units: `minutes`, `seconds`, `per_minute` (movements a minute), `cm`, `force` on the course's
scale 0-10 (0 no contact, 3-5 ordinary work, 7 and more never). Places on the back are (u, v):
v runs from 0 at C7 to 1 at the S2 line, u is the distance from the midline in the same unit,
to the right of the picture. One unit is about 50 cm on an adult.
"""

from enum import StrEnum
from itertools import pairwise
from math import isclose
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AliasChoices, Field, Strict, StringConstraints, model_validator

from massage_workbook.course.model import (
    AboutId,
    BlockId,
    Citation,
    FamilyId,
    Force,
    ForceRange,
    Id,
    Model,
    Number,
    Point,
    Positive,
    Range,
    Severity,
    Sourced,
    StanceId,
    TechniqueId,
    Text,
    TopicId,
    U,
    V,
    Whole,
    ZeroOrMore,
    ZoneId,
    ascending,
    existing_id,
    line_range,
    require_unique_ids,
)


class Motion(StrEnum):
    """The action of a hand on the tissue; a zone sets a force ceiling for each motion."""

    SLIDE = "slide"  # glides over the skin: stroking
    PUSH = "push"  # slides with weight, pressing tissue ahead: squeezing
    SHIFT = "shift"  # moves the skin with the hand: rubbing
    LIFT = "lift"  # grasps, lifts and rolls muscle: kneading
    ROLL = "roll"  # rolls muscle in circles under a palm or pads that press: kneading
    PRESS = "press"  # presses into the muscle on one spot: thumbs, knuckles, holds
    STRIKE = "strike"  # light rhythmic blows: percussion
    SHAKE = "shake"  # a fine tremor, the hand staying on: shaking


# --- sources ---------------------------------------------------------------------------------


class Article(Model):
    """One of the five articles.

    `lines` are its first and last line number, `content` the lines with usable content, as numbers
    or runs such as `15-22`.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[A-E]$")]
    title: Text
    about: Text
    lines: Annotated[tuple[Whole, Whole], AfterValidator(ascending)]
    content: tuple[Annotated[str, StringConstraints(pattern=r"^\d{1,4}(-\d{1,4})?$")], ...] = ()

    @model_validator(mode="after")
    def _content_within_lines(self) -> Self:
        first, last = self.lines
        for run in self.content:
            lines = line_range(run)
            if not lines or lines[0] < first or lines[-1] > last:
                raise ValueError(f"{run} is not a range of lines within {first}-{last}")
        return self

    @property
    def content_lines(self) -> frozenset[int]:
        """Numbers of the lines with content that a learner could use."""
        return frozenset(line for run in self.content for line in line_range(run))


class Reference(Model):
    """An outside source; `read` tells whether the original, a mirror or nothing of it was read."""

    id: Annotated[str, StringConstraints(pattern=r"^(R\d+[a-d]?|DK|OWN)$")]
    grade: Literal["study", "authority", "textbook", "professional", "web", "practice"]
    title: Text
    supports: Text
    read: Literal["itself", "mirror", "not looked up"] = "itself"


# --- the back --------------------------------------------------------------------------------


class Landmark(Sourced):
    """A point of the back that can be felt; `mirrored` if there is one on each side."""

    id: Id
    name: Text
    level: Text | None
    u: U
    v: V
    mirrored: bool
    find: Text


class Zone(Sourced):
    """A region of the back and its rules.

    `outline` is a polygon in (u, v), repeated on the left if `mirrored`. `ceiling` is the maximum
    force of each motion; a motion without one may not enter the zone.
    """

    id: Id
    name: Text
    kind: Literal["keep-off", "light", "work"]
    outline: Annotated[tuple[Point, ...], Field(min_length=3)]
    mirrored: bool
    find: Text
    rule: Text
    why: Text
    ceiling: dict[Motion, Force]

    def __hash__(self) -> int:
        """Hashable by id, so that zones can be cache keys."""
        return hash(self.id)


class NodeGroup(Sourced):
    """A group of lymph nodes, which nothing may press; drawn dashed if `seen` from the front."""

    id: Id
    name: Text
    u: U
    v: V
    mirrored: bool
    seen: Literal["from behind", "from the front"]
    where: Text
    custom: Text


class Structure(Sourced):
    """A muscle or a bone under the skin, and how it feels to a hand.

    `place` is the point, on the right half, that the line from its name ends at.
    """

    id: Id
    name: Text
    layer: Literal["superficial", "deep", "bone"]
    place: Point
    feels: Text


_Line = tuple[tuple[Number, Number], ...]


class Fibres(Model):
    """A number of fibres, each across all of these lines in turn."""

    count: Whole
    across: Annotated[tuple[_Line, ...], Field(min_length=2)]


class StructureShape(Model):
    """Smooth lines through points (u, v); a point that is given twice in a row is a corner.

    `outlines` are closed, `bars` are the middle lines of bars of a `width` in (u, v), and `ridges`
    lines on both. The outlines of a shape that is `whole` run from midline to midline, and their
    mirror image completes them.
    """

    outlines: tuple[_Line, ...] = ()
    bars: tuple[_Line, ...] = ()
    width: ZeroOrMore = 0
    fibres: tuple[Fibres, ...] = ()
    ridges: tuple[_Line, ...] = ()
    whole: bool = False


class StructureShapes(Model):
    """All shapes of a structure, the deepest first."""

    id: Id
    shapes: Annotated[tuple[StructureShape, ...], Field(min_length=1)]


class Names(Model):
    """A name in English, in the Swedish school and in Russian (Latin letters)."""

    english: Text
    swedish: Text
    russian: Text


class Block(Sourced):
    """A stage of the session; the order of the file is that of a session."""

    id: Id
    name: Text
    family: Id
    stage: Literal["warm-up", "work", "calm-down"]
    purpose: Text
    optional: bool
    minutes: Annotated[tuple[Number, Number], AfterValidator(ascending)]
    per_minute: Range | None
    force: ForceRange
    per_spot_seconds: Positive | None
    lubricant: Text
    techniques: Annotated[tuple[TechniqueId, ...], Field(min_length=1)]
    """Its default techniques in order."""


# --- techniques ------------------------------------------------------------------------------


BodyPosition = Literal["prone", "seated", "side-lying"]
"""Position of the person who is massaged."""


_GLIDE_MARKS = ("line", "spiral", "zigzag")
"""Marks that follow the path of a gliding hand; the others only illustrate."""


Posture = Literal["stands", "one knee on edge", "one knee down", "kneels"]


class Stance(Sourced):
    """Place, direction and posture of the giver, with texts for each surface.

    `works` is the half of the back that the hands work on: near the giver, far, or both. `level`
    is the giver's place along the body; `postures` are for a table, a bed and a mat.
    """

    id: Id
    name: Text
    position: BodyPosition
    works: Literal["near", "far", "both"]
    level: Literal["shoulders", "chest", "waist", "hips"]
    faces: Literal["head", "across"]
    postures: tuple[Posture, Posture, Posture]
    table: Text
    bed: Text
    mat: Text
    other_side: Text


class Transition(Sourced):
    """An action between two steps, such as changing sides; `short` is its label in tables."""

    id: Id
    name: Text
    short: Text
    seconds: Whole
    say: Text


class Stops(Model):
    """Work on the spot: `movements` at each stop, then the hand moves on by `step_cm`.

    Moving on takes the time of `move_on` movements; if 0, the last movement moves the hand on.
    """

    movements: Annotated[int, Strict(), Field(ge=1, le=20)]
    step_cm: Annotated[float, Field(gt=0, le=20)]
    move_on: Annotated[int, Strict(), Field(ge=0, le=4)] = 0


class OnePass(Sourced):
    """One pass: all strokes once, and the return to the start of the first.

    With `stops` a technique works on the spot, and glides only in light returns; without, it glides
    along all strokes. If the hands are `alternating`, each stop of a stroke on both sides has the
    movements of one hand, then those of the other. Between strokes that are apart, the hand moves
    `on the skin` or `through the air`, at the speed of the technique's tempo.
    """

    stops: Stops | None = None
    alternating: bool = False
    between: Literal["on the skin", "through the air"]


Pose = Literal[
    "flat", "hand over hand", "heel", "heel, hand over hand", "finger pads",
    "finger pads, hand over hand", "finger pads, spread", "thumb", "half closed", "loose fist",
    "cupped", "clamp", "clamp, hand over hand", "edge", "thumb side",
]  # fmt: skip


class Stroke(Model):
    """One path of a hand on the back, drawn for the right half of the picture.

    `side`: `both` sides at once or `each` in turn, mirrored; only `right` or, mirrored, `left`;
    or `middle`, once and as given. A `light_return` has hardly any force and is drawn dashed.
    """

    id: Id
    mark: Literal[
        "line", "spiral", "circles", "semicircles", "zigzag", "saw", "taps", "press", "lifts"
    ]
    side: Literal["both", "each", "right", "left", "middle"]
    points: Annotated[tuple[Point, ...], Field(min_length=2)]
    force: Force
    radius_cm: Annotated[float, Field(gt=0, le=6)] = 1.7
    """Radius of circles and loops; at most half the width of a zigzag."""
    light_return: bool = False
    stops: Stops | None = None
    """Override those of the technique."""
    pose: Pose | Literal["two finger pads"] | None = None
    """Overrides that of the technique."""
    cm_per_second: Range | None = None
    """Overrides the tempo of the technique for this glide."""

    @model_validator(mode="after")
    def _stops_or_glides(self) -> Self:
        if self.stops and (self.light_return or self.cm_per_second):
            raise ValueError("a stroke with stops does not glide: leave out light_return and speed")
        return self


_MAX_INSTRUCTION_WORDS = 14
"""An instruction is read at a glance from two metres."""


def _is_short(text: str) -> str:
    if (words := len(text.split())) > _MAX_INSTRUCTION_WORDS:
        raise ValueError(f"has {words} words; at most {_MAX_INSTRUCTION_WORDS} are allowed")
    return text


_Instruction = Annotated[Text, AfterValidator(_is_short)]


_Contact = Literal[
    "palm", "heel", "fingers", "finger pads", "thumb pad", "thumb web", "thumb edge",
    "little-finger edge", "knuckles", "middle phalanges", "back of the hand", "loose fist",
    "rim of the cupped hand",
]  # fmt: skip
_SIDE_BY_SIDE = ("together", "in turn", "against each other")


class Hands(Model):
    """How the hands work together, their shape, and the parts that touch.

    `fingers` is the direction of those of the working hand, `across` from the giver's side of the
    back to the other. On the right half the `working` hand is the right one (`same side`) or the
    left one (`other side`); on the left half it is mirrored.
    """

    work: Literal[
        "one", "one, the other rests", "together", "in turn", "against each other",
        "one on the other",
    ]  # fmt: skip
    fingers: Literal["to the head", "up and outward", "outward", "to the spine", "across"]
    working: Literal["same side", "other side"] = "same side"
    pose: Pose
    """Selects the drawing of the hand."""
    shape: Text
    contact: Annotated[tuple[_Contact, ...], Field(min_length=1)]
    gap_cm: Range | None = None

    @model_validator(mode="after")
    def _fits_its_count(self) -> Self:
        if ("hand over hand" in self.pose) != (self.work == "one on the other"):
            raise ValueError(f'pose "{self.pose}" does not fit hands that work {self.work}')
        if self.gap_cm and self.work not in _SIDE_BY_SIDE:
            raise ValueError(f"hands that work {self.work} have no gap_cm: leave it out")
        return self


class Phase(Model):
    """A part of one movement.

    `share` is its fraction of the movement's time, `pressure` the fraction of the stroke's force
    that is reached at its end. `say` is its caption, in two words.
    """

    do: Literal[
        "place", "sink in", "glide", "push", "move the skin", "move the skin back", "circle",
        "half circle", "close", "lift", "roll", "bend", "bend back", "hold", "shake", "fall",
        "rebound", "ease", "release", "return", "lift off",
    ]  # fmt: skip
    share: Annotated[float, Strict(), Field(gt=0, le=1)]
    pressure: Annotated[float, Strict(), Field(ge=0, le=1)]
    say: Annotated[str, StringConstraints(pattern=r"^\S+ \S+$")] | None = None


_LANDS = ("place", "fall")
_RISES = ("lift off", "rebound")
_IN_AIR = ("hold", "return")


class Movement(Sourced):
    """One movement of a hand, which is repeated.

    `counts` is the number of movements, as the tempo counts them, in one run through the phases; of
    hands in turn, those of both. The second of two hands in turn is half a run behind the first.
    """

    counts: Annotated[int, Strict(), Field(ge=1, le=12)] = 1
    phases: Annotated[tuple[Phase, ...], Field(min_length=2, max_length=8)]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if not isclose(total := sum(phase.share for phase in self.phases), 1, abs_tol=0.001):
            raise ValueError(f"the shares of the phases add up to {total:g}; make it 1")
        if max(phase.pressure for phase in self.phases) < 1:
            raise ValueError("no phase reaches the force of the stroke: give one a pressure of 1")
        if not 3 <= sum(phase.say is not None for phase in self.phases) <= 4:  # noqa: PLR2004
            raise ValueError("three or four phases are printed: give only these a say")
        return self

    @model_validator(mode="after")
    def _lands_before_it_works(self) -> Self:
        contacts = [phase.do for phase in self.phases if phase.do in {*_LANDS, *_RISES}]
        in_air = bool(contacts) and contacts[-1] in _RISES
        for phase, following in pairwise((*self.phases, self.phases[0])):
            if wrong := _impossible(phase, following, in_air=in_air):
                raise ValueError(wrong)
            in_air = phase.do in _RISES or (in_air and phase.do not in _LANDS)
        return self


def _impossible(phase: Phase, following: Phase, *, in_air: bool) -> str | None:
    """Why a hand that is `in_air`, or on the skin, cannot do this phase; None if it can."""
    if phase.do in _LANDS and not in_air:
        return f'"{phase.do}" needs a hand in the air, after a phase that lifts it'
    if in_air and phase.do not in {*_LANDS, *_IN_AIR}:
        return f'"{phase.do}" needs a hand on the skin: place it first'
    if phase.pressure and (phase.do in _RISES or (in_air and phase.do in _IN_AIR)):
        return f'a hand in the air presses nothing: give "{phase.do}" a pressure of 0'
    if phase.do == "fall" and following.do != "rebound":
        return 'a hand that falls rebounds at once: "rebound" follows "fall"'
    return None


class Tempo(Sourced):
    """Movements or glides a minute, and the speed of a gliding hand."""

    per_minute: Range
    cm_per_second: Range


class Pressure(Sourced):
    """Force on the scale 0-10."""

    range: ForceRange


class SpotLimit(Sourced):
    """The longest stay on one spot."""

    seconds: Positive


class Passes(Sourced):
    """Number of passes."""

    minimum: Whole
    usual: Whole
    maximum: Whole

    @model_validator(mode="after")
    def _goes_up(self) -> Self:
        if not 1 <= self.minimum <= self.usual <= self.maximum:
            raise ValueError("minimum, usual and maximum go up, from 1")
        return self


class Lubricant(Sourced):
    """The amount of oil."""

    amount: Literal["none", "little", "thin film", "none or thin film"]
    words: Text


class Mistake(Model):
    """A common mistake and its correction."""

    slip: Text
    instead: Text


_ON_AND_OFF = ("place", "sink in", "hold", "ease", "release", "return", "lift off")
MOVES = {
    Motion.SLIDE: (("glide",), (*_ON_AND_OFF, "close")),
    Motion.PUSH: (("push",), _ON_AND_OFF),
    Motion.SHIFT: (
        ("move the skin", "circle", "half circle"),
        (*_ON_AND_OFF, "move the skin back"),
    ),
    Motion.LIFT: (("close",), (*_ON_AND_OFF, "lift", "roll", "circle", "bend", "bend back")),
    Motion.ROLL: (("circle",), _ON_AND_OFF),
    Motion.PRESS: (("sink in",), (*_ON_AND_OFF, "circle", "roll")),
    Motion.STRIKE: (("fall",), ("rebound", "hold")),
    Motion.SHAKE: (("shake",), _ON_AND_OFF),
}
"""Required and optional phases of a movement, by motion."""


class Technique(Sourced):
    """A massage technique, complete enough to be done from this description alone."""

    id: Id
    names: Names
    family: FamilyId
    standing: Literal["core", "beyond the back"]
    summary: Text
    say: _Instruction
    hands: Hands
    motion: Motion
    movement: Movement
    strokes: Annotated[tuple[Stroke, ...], Field(min_length=1)]
    direction: Text
    stance: StanceId
    positions: Annotated[tuple[BodyPosition, ...], Field(min_length=1)] = ("prone",)
    one_pass: OnePass
    tempo: Tempo
    pressure: Pressure
    per_spot: SpotLimit
    passes: Passes
    lubricant: Lubricant
    zones: Annotated[tuple[ZoneId, ...], Field(min_length=1)]
    keep_off: Annotated[tuple[ZoneId, ...], Field(min_length=1)]
    steps: Annotated[tuple[Text, ...], Field(min_length=2)]
    receiver_feels: Text
    giver_feels: Text
    stop_if: Text
    mistakes: Annotated[tuple[Mistake, ...], Field(min_length=1)]
    why: Text
    exceeds: Text | None = None
    """The reason why it exceeds the tempo, force or time of its family."""

    @property
    def glides(self) -> bool:
        """Whether the hands move on all the time: then their speed counts, and there is no beat."""
        return self.motion in {Motion.SLIDE, Motion.PUSH}

    @model_validator(mode="after")
    def _names_strokes_once(self) -> Self:
        require_unique_ids("strokes", self.strokes)
        return self

    @model_validator(mode="after")
    def _stops_where_it_works_on_the_spot(self) -> Self:
        if self.glides and (self.one_pass.stops or any(stroke.stops for stroke in self.strokes)):
            raise ValueError(f"a {self.motion} glides: leave out its stops")
        if not self.glides and self.one_pass.stops is None:
            raise ValueError(f"a {self.motion} works on the spot: give one_pass its stops")
        if self.glides and (marked := [s.id for s in self.strokes if s.mark not in _GLIDE_MARKS]):
            raise ValueError(
                f'stroke "{marked[0]}" glides: its mark is one of {", ".join(_GLIDE_MARKS)}'
            )
        return self

    @model_validator(mode="after")
    def _moves_as_its_kind_does(self) -> Self:
        done = {phase.do for phase in self.movement.phases}
        needed, allowed = MOVES[self.motion]
        if not done & set(needed):
            raise ValueError(f"the phases of a {self.motion} have {' or '.join(needed)}")
        if strange := done - {*needed, *allowed}:
            raise ValueError(f'a {self.motion} has no phase "{min(strange)}"')
        return self

    @model_validator(mode="after")
    def _two_hands_take_turns(self) -> Self:
        in_turn = self.hands.work == "in turn"
        if self.one_pass.alternating and not in_turn:
            raise ValueError("one_pass is alternating, but the hands do not work in turn")
        if in_turn and self.movement.counts % 2:
            raise ValueError("hands in turn make a movement each: give the movement counts of 2")
        if {"bend", "bend back"} & {p.do for p in self.movement.phases} and (
            self.hands.work != "against each other"
        ):
            raise ValueError("a muscle is bent between two hands that work against each other")
        return self


class Rule(Sourced):
    """A rule of the course, and its reason."""

    id: Id
    group: Literal["before anything else", "order and flow", "where", "how strongly", "craft"]
    title: Text
    rule: Text
    why: Text
    severity: Severity


class Session(Sourced):
    """A ready-made session: minutes and techniques by block; omitted blocks have none."""

    id: Id
    name: Text
    position: BodyPosition = "prone"
    minutes: dict[BlockId, Annotated[float, Strict(), Field(ge=0, le=40)]]
    techniques: dict[BlockId, tuple[TechniqueId, ...]]
    """The techniques of each block that has minutes, in order."""

    @model_validator(mode="after")
    def _fills_its_blocks(self) -> Self:
        filled = {block for block, minutes in self.minutes.items() if minutes}
        if odd := filled ^ {*self.techniques}:
            raise ValueError(
                f'"{min(odd)}" has only minutes or only techniques: give both or neither'
            )
        return self

    @property
    def total(self) -> float:
        """Total minutes of hands-on time."""
        return sum(self.minutes.values())


# --- around the session ----------------------------------------------------------------------


class NotTaught(Sourced):
    """A practice that an article names and the course leaves out, and the alternative."""

    id: Id
    name: Text
    why: Text
    instead: Text
    severity: Severity


class Preparation(Sourced):
    """A preparation before the massage, and its reason."""

    id: Id
    topic: Literal[
        "room", "surface", "equipment", "giver", "receiver", "position", "lubricant", "towels",
        "consent",
    ]  # fmt: skip
    title: Text
    do: Text
    why: Text
    severity: Severity


class Section(Model):
    """A short checklist on the first page of the screening."""

    id: Id
    title: Text
    hint: Text


class Exclusions(Model):
    """Zones, blocks, techniques, lubricants and positions that a reply excludes.

    No force exceeds `force_ceiling`.
    """

    zones: tuple[ZoneId, ...] = ()
    blocks: tuple[BlockId, ...] = ()
    techniques: tuple[TechniqueId, ...] = ()
    lubricants: tuple[Literal["any oil", "nut oil", "essential oil"], ...] = ()
    positions: tuple[BodyPosition, ...] = ()
    own_area: bool = False
    """Whether the affected place, which the learner marks, is excluded."""
    elsewhere: bool = False
    """Whether that place may be elsewhere than on the back."""
    force_ceiling: Force | None = None

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        if self.elsewhere and not self.own_area:
            raise ValueError("elsewhere says where an own_area may lie: give own_area as well")
        return self


class Consequence(Model):
    """The outcome of a reply, and advice.

    If it leads to "adapt", its `takes_away` replaces that of the contraindication.
    """

    leads_to: Literal["emergency", "stop", "ask a doctor", "adapt", "go"]
    do: Text
    takes_away: Exclusions | None = None


class Contraindication(Sourced):
    """A reason not to massage, or not everywhere, or not without a doctor's permission.

    The `question` is a line of a `section`, a statement to tick; or a follow-up, asked if one of
    the contraindications in `asked_after` was not answered with "no". `yes`, `no` and `not_sure`
    are the consequences of the replies; without `no`, a "no" has none. `takes_away` applies to each
    answer that leads to "adapt"; `allowed` is excluded even with a doctor's permission.
    """

    id: Id
    name: Text
    section: Annotated[Id, AfterValidator(existing_id("section"))] | None = None
    question: Text
    asked_after: tuple[Annotated[Id, AfterValidator(existing_id("contraindication"))], ...] = ()
    yes: Consequence
    no: Consequence | None = None
    not_sure: Consequence
    takes_away: Exclusions = Exclusions()
    allowed: Exclusions | None = None
    why: Text

    @property
    def answers(self) -> dict[str, Consequence]:
        """The consequence of each reply that has one."""
        found = {"yes": self.yes, "no": self.no, "not sure": self.not_sure}
        return {reply: answer for reply, answer in found.items() if answer}

    @model_validator(mode="after")
    def _is_asked(self) -> Self:
        if bool(self.section) == bool(self.asked_after):
            raise ValueError("it is a line of a section, or asked_after others: give one")
        if self.section and self.no:
            raise ValueError("a line that is not ticked says nothing: leave out no")
        return self

    @model_validator(mode="after")
    def _restricts_where_it_says_so(self) -> Self:
        outcomes = {answer.leads_to for answer in self.answers.values()}
        if self.allowed and "ask a doctor" not in outcomes:
            raise ValueError("allowed needs an answer that leads to ask a doctor")
        for reply, answer in self.answers.items():
            if answer.takes_away and answer.leads_to != "adapt":
                raise ValueError(f"takes_away of {reply} needs an answer that leads to adapt")
            excluded = answer.takes_away or self.takes_away
            if answer.leads_to == "adapt" and excluded == Exclusions():
                raise ValueError(f"{reply} leads to adapt: say in takes_away what is left out")
        return self


class StopSign(Sourced):
    """A sign to end the massage at once, or to see a doctor after it."""

    id: Id
    sign: Text
    when: Literal["during", "after"]
    emergency: bool
    do: Text
    why: Text


class Viewpoint(Model):
    """One side of a disagreement, its sources, and how far the course follows it."""

    says: Text
    followed: Literal["wholly", "in part", "not"] = "not"
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]


class Disagreement(Sourced):
    """A question that the articles answer differently, and the course's answer.

    `sources` are those of the course's own answer.
    """

    id: Id
    question: Text
    positions: Annotated[tuple[Viewpoint, ...], Field(min_length=2)]
    follows: Text
    why: Text
    sure: Literal["high", "medium", "low"]
    severity: Severity
    about: tuple[AboutId, ...] = ()


class Claim(Sourced):
    """A health claim of the articles, and an honest sentence to replace it.

    `sources` are those of the verdict, `claimed_in` the lines that make the claim.
    """

    id: Id
    claim: Text
    claimed_in: Annotated[tuple[Citation, ...], Field(min_length=1)]
    verdict: Literal["false", "contradicted", "unsupported", "exaggerated", "short term only"]
    known: Text
    honest: Text


class Term(Sourced):
    """A glossary term: its three names, and its meaning in one line."""

    id: Id
    names: Names
    meaning: Text
    article_says: Text | None = None
    """The garbled term of a machine-translated article."""


class NotUsed(Model):
    """Lines of an article that the course does not use, and why."""

    lines: Annotated[tuple[Citation, ...], Field(min_length=1)]
    why: Text


# --- questions -------------------------------------------------------------------------------

Code = Annotated[str, StringConstraints(min_length=1)]
"""Lines of a program; their spaces and line breaks are kept."""


class QuestionPicture(Model):
    """The drawing beside a question: the hands of a technique, or its strokes."""

    technique: TechniqueId
    of: Literal["hands", "strokes"]


class BaseQuestion(Sourced):
    """Fields of every question; `about` are ids of its subjects: techniques, rules, zones.

    `critical` marks the few whose misconception could do serious harm; older files call it
    `safety`. `code` is shown below the prompt. With `tex`, texts contain formulas, which are shown
    in TeX notation.
    """

    id: Id
    prompt: Text
    code: Code | None = None
    tex: bool = False
    why: Text
    about: Annotated[tuple[AboutId, ...], Field(min_length=1)]
    critical: Annotated[bool, Field(validation_alias=AliasChoices("critical", "safety"))] = False
    picture: QuestionPicture | None = None


class Topic(Model):
    """Questions in the order in which a lesson asks them.

    `origin` is the file of a teacher's own topic.
    """

    id: Id
    title: Text
    origin: Text | None = None
    questions: Annotated[tuple[BaseQuestion, ...], Field(min_length=1)]


# --- lessons ---------------------------------------------------------------------------------


class Retired(Model):
    """Ids of questions that are no longer asked, and the reason; they are never reused."""

    ids: Annotated[tuple[Id, ...], Field(min_length=1)]
    why: Text


class Lesson(Model):
    """A notebook, and the topics of its self-check."""

    id: Id
    notebook: Text
    title: Text
    promise: Text
    minutes: Whole
    """Reading time, without the questions."""
    topics: tuple[TopicId, ...] = ()


# --- colours ---------------------------------------------------------------------------------


class Tone(Model):
    """A colour of the palette, for the light and the dark theme, and its meaning."""

    name: Id
    light: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
    dark: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
    means: Text


class Course(Model):
    """The whole course, built by `reader.read`, which also checks that referenced ids exist."""

    articles: tuple[Article, ...]
    references: tuple[Reference, ...]
    landmarks: tuple[Landmark, ...]
    zones: tuple[Zone, ...]
    lymph_nodes: tuple[NodeGroup, ...]
    structures: tuple[Structure, ...]
    blocks: tuple[Block, ...]
    stances: tuple[Stance, ...]
    transitions: tuple[Transition, ...]
    techniques: tuple[Technique, ...]
    not_taught: tuple[NotTaught, ...]
    rules: tuple[Rule, ...]
    preparation: tuple[Preparation, ...]
    sections: tuple[Section, ...]
    contraindications: tuple[Contraindication, ...]
    stop_signs: tuple[StopSign, ...]
    disagreements: tuple[Disagreement, ...]
    claims: tuple[Claim, ...]
    glossary: tuple[Term, ...]
    not_used: tuple[NotUsed, ...]
    sessions: tuple[Session, ...]
    topics: tuple[Topic, ...]
    retired: tuple[Retired, ...]
    lessons: tuple[Lesson, ...]
