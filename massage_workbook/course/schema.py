"""What the course is made of: one frozen model a noun, each checked by being built.

Units: `minutes`, `seconds`, `per_minute` (movements a minute), `cm`, `force` on the course's
scale 0-10 (0 no contact, 3-5 ordinary work, 7 and more never). Places on the back are (u, v):
v runs from 0 at C7 to 1 at the S2 line, u is the distance from the midline in the same unit,
to the right of the picture. One unit is about 50 cm on an adult.
"""

import difflib
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

CM_PER_UNIT = 50
"""Length of one (u, v) unit on an adult back, in cm: C7 to the S2 line is about 48-52 cm."""


def _in_order(pair: tuple[float, float]) -> tuple[float, float]:
    if pair[0] > pair[1]:
        raise ValueError(f"the lower end {pair[0]:g} comes after the upper end {pair[1]:g}")
    return pair


def _no_twice(kind: str, items: Iterable["Stroke | Choice"]) -> None:
    ids = [item.id for item in items]
    if len(set(ids)) < len(ids):
        raise ValueError(f"two {kind} have the same id")


def unknown(kind: str, wrong: str, known: Iterable[str]) -> str:
    """What to say of an id that does not exist: the nearest one that does."""
    names = sorted(known)
    near = difflib.get_close_matches(wrong, names, n=1)
    some = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")  # noqa: PLR2004
    return f'No {kind} "{wrong}". ' + (
        f'Did you mean "{near[0]}"?' if near else f"There is: {some}"
    )


def _exists(kind: str) -> Callable[[str, ValidationInfo], str]:
    """Check an id against those that the reader found, where it handed them in as context."""

    def check(value: str, info: ValidationInfo) -> str:
        known = (info.context or {}).get(kind)
        if known is not None and value not in known:
            raise ValueError(unknown(kind, value, known))
        return value

    return check


def _is_written(value: str, info: ValidationInfo) -> str:
    if not _in_article(value):
        return _exists("reference")(value, info)
    letter, cited = value[0], cited_lines(value)
    if not cited:
        raise ValueError(f"{value} runs backwards; name the lower line first")
    _exists("article")(letter, info)
    lines = (info.context or {}).get("lines", {}).get(letter, cited)
    if gone := [line for line in cited if line not in lines]:
        raise ValueError(f"article {letter} has no line {gone[0]}")
    return value


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Whole = Annotated[int, Strict(), Field(ge=0)]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Positive = Annotated[float, Strict(), Field(gt=0, allow_inf_nan=False)]
Force = Annotated[float, Strict(), Field(ge=0, le=10)]
ForceRange = Annotated[tuple[Force, Force], AfterValidator(_in_order)]
Range = Annotated[tuple[Positive, Positive], AfterValidator(_in_order)]
U = Annotated[float, Strict(), Field(ge=-0.6, le=0.6)]
V = Annotated[float, Strict(), Field(ge=-0.45, le=1.45)]
Point = tuple[U, V]
ZoneId = Annotated[Id, AfterValidator(_exists("zone"))]
BlockId = Annotated[Id, AfterValidator(_exists("block"))]
FamilyId = Annotated[Id, AfterValidator(_exists("family"))]
TechniqueId = Annotated[Id, AfterValidator(_exists("technique"))]
TopicId = Annotated[Id, AfterValidator(_exists("topic"))]
AboutId = Annotated[Id, AfterValidator(_exists("item"))]
Citation = Annotated[
    str,
    StringConstraints(pattern=r"^([A-E]\d{1,4}(-\d{1,4})?|R\d+[a-d]?|DK)$"),
    AfterValidator(_is_written),
]
"""An article's line or lines (`B75`, `B59-62`), an outside reference (`R33`), or `DK`:
ordinary professional knowledge for which no source was looked up."""

Basis = Literal["stated", "reconstructed", "added"]
Severity = Literal["safety", "craft"]


class Motion(StrEnum):
    """What a hand does to the tissue under it; a zone sets a force ceiling for each."""

    SLIDE = "slide"  # glides over the skin: stroking
    PUSH = "push"  # slides with weight, pressing tissue ahead: squeezing
    SHIFT = "shift"  # moves the skin with the hand: rubbing
    LIFT = "lift"  # grasps, lifts and rolls muscle: kneading
    PRESS = "press"  # presses into the muscle on one spot: thumbs, knuckles, holds
    STRIKE = "strike"  # light rhythmic blows: percussion
    SHAKE = "shake"  # a fine tremor, the hand staying on: shaking


class Model(BaseModel):
    """Unknown fields are mistakes, and what was read does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Model):
    """Something that the course says, and who says so.

    `basis` tells whether the articles state it, the course reconstructed it, or added it;
    `note` says how, wherever it is not simply stated.
    """

    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    basis: Basis = "stated"
    note: Text | None = None

    @model_validator(mode="after")
    def _says_how(self) -> Self:
        if self.basis == "reconstructed" and self.note is None:
            raise ValueError("what is reconstructed says how: give a note")
        return self


# --- sources ---------------------------------------------------------------------------------


class Article(Model):
    """One of the five articles.

    `lines` are its first and last line, `content` those that say something, as whole numbers or
    runs such as `15-22`.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[A-E]$")]
    title: Text
    about: Text
    lines: Annotated[tuple[Whole, Whole], AfterValidator(_in_order)]
    content: tuple[Annotated[str, StringConstraints(pattern=r"^\d{1,4}(-\d{1,4})?$")], ...] = ()

    @model_validator(mode="after")
    def _content_is_written(self) -> Self:
        first, last = self.lines
        for run in self.content:
            lines = _run(run)
            if not lines or lines[0] < first or lines[-1] > last:
                raise ValueError(f"{run} is no run of lines within {first}-{last}")
        return self

    @property
    def content_lines(self) -> frozenset[int]:
        """Numbers of the lines that say something a learner could use."""
        return frozenset(line for run in self.content for line in _run(run))


class Reference(Model):
    """An outside source. `read` says how far it was really read."""

    id: Annotated[str, StringConstraints(pattern=r"^(R\d+[a-d]?|DK)$")]
    grade: Literal["study", "authority", "textbook", "professional", "web", "practice"]
    title: Text
    supports: Text
    read: Literal["itself", "mirror", "not looked up"] = "itself"


def _run(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def _in_article(citation: str) -> bool:
    return citation[0] in "ABCDE" and citation[1].isdigit()


def cited_lines(citation: str) -> range:
    """Line numbers that a citation names: `B59-62` gives 59 to 62, an outside one none."""
    return _run(citation[1:]) if _in_article(citation) else range(0)


# --- the back --------------------------------------------------------------------------------


class Landmark(Sourced):
    """A point of the back that can be felt; `mirrored` where there is one on each side."""

    id: Id
    name: Text
    level: Text | None
    u: U
    v: V
    mirrored: bool
    find: Text


class Zone(Sourced):
    """A region of the back and what may be done there.

    `outline` is a polygon in (u, v), drawn again on the left where `mirrored`. `ceiling` is the
    most force for each motion; a motion that it leaves out may not enter the zone at all.
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


class NodeGroup(Sourced):
    """A group of lymph nodes, marked on the map so that nothing presses it.

    `seen` from behind it lies where (u, v) says; from the front it is drawn dashed there.
    """

    id: Id
    name: Text
    u: U
    v: V
    mirrored: bool
    seen: Literal["from behind", "from the front"]
    where: Text
    custom: Text


class Names(Model):
    """The same thing in English, in the Swedish school and in Russian (Latin letters)."""

    english: Text
    swedish: Text
    russian: Text


class Block(Sourced):
    """A stage of the session, in the order in which the file lists them."""

    id: Id
    name: Text
    family: Id
    stage: Literal["warm-up", "work", "calm-down"]
    purpose: Text
    optional: bool
    minutes: Annotated[tuple[Number, Number], AfterValidator(_in_order)]
    per_minute: Range | None
    force: ForceRange
    per_spot_seconds: Positive | None
    lubricant: Text
    techniques: Annotated[tuple[TechniqueId, ...], Field(min_length=1)]
    """What fills it unless the learner chooses otherwise, in the order of doing."""


# --- techniques ------------------------------------------------------------------------------


class Stroke(Model):
    """One path of a hand on the back, drawn for the right half of the picture.

    `side`: `both` hands at once, mirrored; `each` side in turn, mirrored; `middle` once, as given.
    A `light_return` carries no force worth the name and is drawn dashed.
    """

    id: Id
    mark: Literal[
        "line", "spiral", "circles", "semicircles", "zigzag", "saw", "taps", "press", "lifts"
    ]
    side: Literal["both", "each", "middle"]
    points: Annotated[tuple[Point, ...], Field(min_length=2)]
    force: Force
    radius_cm: Annotated[float, Field(gt=0, le=6)] = 1.7
    """Of the circles, half circles and loops; half the width of a zigzag at most."""
    light_return: bool = False


class Hands(Model):
    """How the hands are held and what of them touches."""

    count: Literal["one", "two", "two, one on the other"]
    pose: Literal[
        "flat",
        "hand over hand",
        "heel",
        "heel, hand over hand",
        "finger pads",
        "finger pads, hand over hand",
        "finger pads, spread",
        "thumb",
        "half closed",
        "loose fist",
        "cupped",
        "clamp",
        "clamp, hand over hand",
        "edge",
        "thumb side",
    ]
    """Which picture shows it."""
    shape: Text
    contact: Annotated[
        tuple[
            Literal[
                "palm",
                "heel",
                "fingers",
                "finger pads",
                "thumb pad",
                "thumb web",
                "thumb edge",
                "little-finger edge",
                "knuckles",
                "middle phalanges",
                "back of the hand",
                "loose fist",
                "rim of the cupped hand",
            ],
            ...,
        ],
        Field(min_length=1),
    ]
    gap_cm: Range | None = None


class Tempo(Sourced):
    """How fast: movements a minute, the speed of the hand, or both."""

    per_minute: Range | None = None
    cm_per_second: Range | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.per_minute is None and self.cm_per_second is None:
            raise ValueError("give per_minute or cm_per_second")
        return self


class Pressure(Sourced):
    """How firmly, on the scale 0-10."""

    range: ForceRange


class Spot(Sourced):
    """The longest stay on one spot."""

    seconds: Positive


class Passes(Sourced):
    """How often the whole movement is repeated."""

    minimum: Whole
    usual: Whole
    maximum: Whole

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 1 <= self.minimum <= self.usual <= self.maximum:
            raise ValueError("minimum, usual and maximum go up, from 1")
        return self


class Lubricant(Sourced):
    """How much oil."""

    amount: Literal["none", "little", "thin film", "none or thin film"]
    words: Text


class Slip(Model):
    """A common mistake, and what to do instead."""

    slip: Text
    instead: Text


class Technique(Sourced):
    """One way of touching, whole: a learner can do it from this alone."""

    id: Id
    names: Names
    family: FamilyId
    standing: Literal["core", "beyond the back"]
    summary: Text
    hands: Hands
    motion: Motion
    strokes: Annotated[tuple[Stroke, ...], Field(min_length=1)]
    direction: Text
    tempo: Tempo
    pressure: Pressure
    per_spot: Spot
    passes: Passes
    lubricant: Lubricant
    zones: Annotated[tuple[ZoneId, ...], Field(min_length=1)]
    keep_off: Annotated[tuple[ZoneId, ...], Field(min_length=1)]
    steps: Annotated[tuple[Text, ...], Field(min_length=2)]
    receiver_feels: Text
    giver_feels: Text
    stop_if: Text
    mistakes: Annotated[tuple[Slip, ...], Field(min_length=1)]
    why: Text
    exceeds: Text | None = None
    """Why it goes beyond its family's tempo, force or time, where it does."""

    @model_validator(mode="after")
    def _names_strokes_once(self) -> Self:
        _no_twice("strokes", self.strokes)
        return self


class Rule(Sourced):
    """Something to keep to, and its reason."""

    id: Id
    title: Text
    rule: Text
    why: Text
    severity: Severity


class Session(Sourced):
    """A ready-made set of minutes per block; a block that is left out gets none."""

    id: Id
    name: Text
    minutes: dict[BlockId, Annotated[float, Strict(), Field(ge=0, le=40)]]
    techniques: tuple[TechniqueId, ...] = ()
    """What it does instead of its blocks' usual techniques, each in the blocks of its family."""

    @property
    def total(self) -> float:
        """Minutes of hands-on time in all."""
        return sum(self.minutes.values())


# --- around the session ----------------------------------------------------------------------


class NotTaught(Sourced):
    """Something that an article names and the course leaves out: why, and what to do instead."""

    id: Id
    name: Text
    why: Text
    instead: Text
    severity: Severity


class Preparation(Sourced):
    """Something to see to before the hands touch, and its reason."""

    id: Id
    topic: Literal[
        "room",
        "surface",
        "equipment",
        "giver",
        "receiver",
        "position",
        "lubricant",
        "towels",
        "consent",
    ]
    title: Text
    do: Text
    why: Text
    severity: Severity


class TakesAway(Model):
    """What a contraindication takes away from plan and practice.

    `everything` leaves no massage at all; otherwise the named zones, blocks, techniques,
    lubricants and positions go, and no force is above `force_ceiling`.
    """

    everything: bool = False
    zones: tuple[ZoneId, ...] = ()
    blocks: tuple[BlockId, ...] = ()
    techniques: tuple[TechniqueId, ...] = ()
    lubricants: tuple[Literal["any oil", "nut oil", "essential oil"], ...] = ()
    positions: tuple[Literal["prone", "seated"], ...] = ()
    own_area: bool = False
    """The affected place, wherever it is, is left out."""
    force_ceiling: Force | None = None


class Answer(Model):
    """What an answer leads to, and what to do next, in plain words."""

    leads_to: Literal["emergency", "stop", "ask a doctor", "adapt"]
    do: Text


class Contraindication(Sourced):
    """A reason not to massage, or not everywhere, or not without a doctor's word.

    `yes` and `not_sure` are what those answers to the plain `question` lead to; `first` marks
    the questions that are asked of everybody.
    """

    id: Id
    name: Text
    kind: Literal["emergency", "not today", "ask a doctor first", "keep off the area"]
    question: Text
    first: bool = False
    yes: Answer
    not_sure: Answer
    takes_away: TakesAway
    why: Text


class StopSign(Sourced):
    """Something that ends the massage at once, or sends to a doctor after it."""

    id: Id
    sign: Text
    when: Literal["during", "after"]
    emergency: bool
    do: Text
    why: Text


class Position(Model):
    """What one side of a disagreement says, and where."""

    says: Text
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]


class Disagreement(Sourced):
    """A question that the articles answer differently, and what the course follows.

    `sources` are those of the course's own answer.
    """

    id: Id
    question: Text
    positions: Annotated[tuple[Position, ...], Field(min_length=2)]
    follows: Text
    why: Text
    sure: Literal["high", "medium", "low"]
    severity: Severity
    about: tuple[AboutId, ...] = ()


class Claim(Sourced):
    """A health claim of the articles, and the sentence that can honestly be said.

    `sources` are those of the verdict, `claimed_in` the lines that make the claim.
    """

    id: Id
    claim: Text
    claimed_in: Annotated[tuple[Citation, ...], Field(min_length=1)]
    verdict: Literal["false", "contradicted", "unsupported", "exaggerated", "short term only"]
    known: Text
    honest: Text


class Term(Sourced):
    """A word of the field in its three names, and what it means in one line."""

    id: Id
    names: Names
    meaning: Text
    article_says: Text | None = None
    """How a machine-translated article garbles it."""


class NotUsed(Model):
    """Lines of an article that the course does not use, and why."""

    lines: Annotated[tuple[Citation, ...], Field(min_length=1)]
    why: Text


# --- questions -------------------------------------------------------------------------------


class Choice(Model):
    """Something to choose; every wrong one says which misunderstanding it is."""

    id: Id
    text: Text
    right: bool = False
    feedback: Text | None = None

    @model_validator(mode="after")
    def _teaches(self) -> Self:
        if not self.right and self.feedback is None:
            raise ValueError("a wrong choice needs feedback that names the misunderstanding")
        return self


class Question(Sourced):
    """A question with choices: `single` has one right choice, `many` any number of them."""

    id: Id
    kind: Literal["single", "many"]
    prompt: Text
    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]
    why: Text
    about: Annotated[tuple[AboutId, ...], Field(min_length=1)]
    """Ids of the techniques, rules, zones or blocks that it asks about."""
    safety: bool = False

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        right = sum(choice.right for choice in self.choices)
        if self.kind == "single" and right != 1:
            raise ValueError(f"a single question has one right choice, not {right}")
        if not right:
            raise ValueError("at least one choice is right")
        _no_twice("choices", self.choices)
        return self


class Topic(Model):
    """Questions that belong together, in the order in which a lesson asks them."""

    id: Id
    title: Text
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class Lesson(Model):
    """A notebook of the workbook, and the topic whose questions end it."""

    id: Id
    notebook: Text
    title: Text
    promise: Text
    minutes: Whole
    topic: TopicId | None = None


class Course(Model):
    """All of it. Built by `reader.read`, which also makes sure that every id mentioned exists."""

    articles: tuple[Article, ...]
    references: tuple[Reference, ...]
    landmarks: tuple[Landmark, ...]
    zones: tuple[Zone, ...]
    lymph_nodes: tuple[NodeGroup, ...]
    blocks: tuple[Block, ...]
    techniques: tuple[Technique, ...]
    not_taught: tuple[NotTaught, ...]
    rules: tuple[Rule, ...]
    preparation: tuple[Preparation, ...]
    contraindications: tuple[Contraindication, ...]
    stop_signs: tuple[StopSign, ...]
    disagreements: tuple[Disagreement, ...]
    claims: tuple[Claim, ...]
    glossary: tuple[Term, ...]
    not_used: tuple[NotUsed, ...]
    sessions: tuple[Session, ...]
    topics: tuple[Topic, ...]
    lessons: tuple[Lesson, ...]
