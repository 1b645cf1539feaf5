"""What the course is made of: one frozen model a noun, each checked by being built.

Units: `minutes`, `seconds`, `per_minute` (movements a minute), `cm`, `force` on the course's
scale 0-10 (0 no contact, 3-5 ordinary work, 7 and more never). Places on the back are (u, v):
v runs from 0 at C7 to 1 at the S2 line, u is the distance from the midline in the same unit,
to the right of the picture. One unit is about 50 cm on an adult.
"""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, Strict, StringConstraints, model_validator

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
    ZoneId,
    exists,
    in_order,
    lines_of,
    no_twice,
)


class Motion(StrEnum):
    """What a hand does to the tissue under it; a zone sets a force ceiling for each."""

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

    `lines` are its first and last line, `content` those that say something, as whole numbers or
    runs such as `15-22`.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[A-E]$")]
    title: Text
    about: Text
    lines: Annotated[tuple[Whole, Whole], AfterValidator(in_order)]
    content: tuple[Annotated[str, StringConstraints(pattern=r"^\d{1,4}(-\d{1,4})?$")], ...] = ()

    @model_validator(mode="after")
    def _content_is_written(self) -> Self:
        first, last = self.lines
        for run in self.content:
            lines = lines_of(run)
            if not lines or lines[0] < first or lines[-1] > last:
                raise ValueError(f"{run} is no run of lines within {first}-{last}")
        return self

    @property
    def content_lines(self) -> frozenset[int]:
        """Numbers of the lines that say something a learner could use."""
        return frozenset(line for run in self.content for line in lines_of(run))


class Reference(Model):
    """An outside source. `read` says how far it was really read."""

    id: Annotated[str, StringConstraints(pattern=r"^(R\d+[a-d]?|DK|OWN)$")]
    grade: Literal["study", "authority", "textbook", "professional", "web", "practice"]
    title: Text
    supports: Text
    read: Literal["itself", "mirror", "not looked up"] = "itself"


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

    def __hash__(self) -> int:
        """Zones can be kept by, though a field of theirs is a mapping."""
        return hash(self.id)


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
    minutes: Annotated[tuple[Number, Number], AfterValidator(in_order)]
    per_minute: Range | None
    force: ForceRange
    per_spot_seconds: Positive | None
    lubricant: Text
    techniques: Annotated[tuple[TechniqueId, ...], Field(min_length=1)]
    """What fills it unless the learner chooses otherwise, in the order of doing."""


# --- techniques ------------------------------------------------------------------------------


Lying = Literal["prone", "seated", "side-lying"]
"""How the person who is massaged lies or sits."""


GLIDES = ("line", "spiral", "zigzag")
"""Marks that are themselves the way of a gliding hand; the others only illustrate."""


class Stance(Sourced):
    """Where the giver is and which way they face, by what the person lies on.

    It `works` the half of the back that is near to the giver, the far one, or both at once.
    """

    id: Id
    name: Text
    position: Lying
    works: Literal["near", "far", "both"]
    table: Text
    bed: Text
    mat: Text
    other_side: Text


class Transition(Sourced):
    """What comes between two passes of different kinds, and how long it takes.

    `short` names it in two or three words of a table.
    """

    id: Id
    name: Text
    short: Text
    seconds: Whole
    say: Text


class Stops(Model):
    """Work on the spot: `movements` at each stop, then the hand goes on by `step_cm`.

    `move_on` is how many movements' time going on takes; at 0 the last movement of a stop carries
    the hand on.
    """

    movements: Annotated[int, Strict(), Field(ge=1, le=20)]
    step_cm: Annotated[float, Field(gt=0, le=20)]
    move_on: Annotated[int, Strict(), Field(ge=0, le=4)] = 0


class OnePass(Sourced):
    """What one pass is: all of the strokes once, and back to where the first one began.

    A technique with `stops` works on the spot, and glides only where a stroke is a light return;
    one without glides along all of its strokes. Where the hands are `alternating`, each stop of a
    stroke on both sides takes the movements of one hand and then of the other. Between two
    strokes that do not touch, the hand goes `on the skin` or `through the air`, at the speed of
    the technique's tempo.
    """

    stops: Stops | None = None
    alternating: bool = False
    between: Literal["on the skin", "through the air"]


class Stroke(Model):
    """One path of a hand on the back, drawn for the right half of the picture.

    `side`: `both` hands at once, mirrored; `each` side in turn, mirrored; `right` or `left` on that
    one alone, mirrored for the left; `middle` once, as given.
    A `light_return` carries no force worth the name and is drawn dashed.
    """

    id: Id
    mark: Literal[
        "line", "spiral", "circles", "semicircles", "zigzag", "saw", "taps", "press", "lifts"
    ]
    side: Literal["both", "each", "right", "left", "middle"]
    points: Annotated[tuple[Point, ...], Field(min_length=2)]
    force: Force
    radius_cm: Annotated[float, Field(gt=0, le=6)] = 1.7
    """Of the circles, half circles and loops; half the width of a zigzag at most."""
    light_return: bool = False
    stops: Stops | None = None
    """Instead of the technique's own."""
    cm_per_second: Range | None = None
    """Of a glide that is faster or slower than the technique's tempo."""

    @model_validator(mode="after")
    def _stops_or_glides(self) -> Self:
        if self.stops and (self.light_return or self.cm_per_second):
            raise ValueError("a stroke with stops does not glide: leave out light_return and speed")
        return self


INSTRUCTION = 14
"""Words of an instruction at most: one is read at a glance from two metres."""


def _at_a_glance(text: str) -> str:
    if (words := len(text.split())) > INSTRUCTION:
        raise ValueError(f"{words} words are too many; {INSTRUCTION} are read at a glance")
    return text


Instruction = Annotated[Text, AfterValidator(_at_a_glance)]


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
    """How fast: movements or glides a minute, and the speed of the hand where it glides."""

    per_minute: Range
    cm_per_second: Range


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
    def _goes_up(self) -> Self:
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
    say: Instruction
    hands: Hands
    motion: Motion
    strokes: Annotated[tuple[Stroke, ...], Field(min_length=1)]
    direction: Text
    stance: StanceId
    positions: Annotated[tuple[Lying, ...], Field(min_length=1)] = ("prone",)
    one_pass: OnePass
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
        no_twice("strokes", self.strokes)
        return self

    @model_validator(mode="after")
    def _stops_where_it_works_on_the_spot(self) -> Self:
        glides = self.motion in {Motion.SLIDE, Motion.PUSH}
        if glides and (self.one_pass.stops or any(stroke.stops for stroke in self.strokes)):
            raise ValueError(f"a {self.motion} glides: leave out its stops")
        if not glides and self.one_pass.stops is None:
            raise ValueError(f"a {self.motion} works on the spot: give one_pass its stops")
        if glides and (marked := [s.id for s in self.strokes if s.mark not in GLIDES]):
            raise ValueError(f'stroke "{marked[0]}" glides: its mark is one of {", ".join(GLIDES)}')
        return self


class Rule(Sourced):
    """Something to keep to, and its reason."""

    id: Id
    group: Literal["before anything else", "order and flow", "where", "how strongly", "craft"]
    title: Text
    rule: Text
    why: Text
    severity: Severity


class Session(Sourced):
    """A ready-made set of minutes and techniques per block; one that is left out has none."""

    id: Id
    name: Text
    position: Lying = "prone"
    minutes: dict[BlockId, Annotated[float, Strict(), Field(ge=0, le=40)]]
    techniques: dict[BlockId, tuple[TechniqueId, ...]]
    """What is done in each block that has minutes, in the order of doing."""

    @model_validator(mode="after")
    def _fills_its_blocks(self) -> Self:
        filled = {block for block, minutes in self.minutes.items() if minutes}
        if odd := filled ^ {*self.techniques}:
            raise ValueError(f'"{min(odd)}" has minutes or techniques alone: give both, or neither')
        return self

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


SectionId = Annotated[Id, AfterValidator(exists("section"))]
ReasonId = Annotated[Id, AfterValidator(exists("contraindication"))]


class Section(Model):
    """A short checklist on the first page of the screening."""

    id: Id
    title: Text
    hint: Text


class TakesAway(Model):
    """What an answer takes away from plan and practice.

    The named zones, blocks, techniques, lubricants and positions go, and no force is above
    `force_ceiling`.
    """

    zones: tuple[ZoneId, ...] = ()
    blocks: tuple[BlockId, ...] = ()
    techniques: tuple[TechniqueId, ...] = ()
    lubricants: tuple[Literal["any oil", "nut oil", "essential oil"], ...] = ()
    positions: tuple[Lying, ...] = ()
    own_area: bool = False
    """The affected place, wherever it is, is left out."""
    elsewhere: bool = False
    """That place may lie away from the back."""
    force_ceiling: Force | None = None

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        if self.elsewhere and not self.own_area:
            raise ValueError("elsewhere says where an own_area may lie: give own_area as well")
        return self


class Answer(Model):
    """What a reply leads to, and what to do or to keep in mind, in plain words.

    One that leads to "adapt" may take away something else than its contraindication does.
    """

    leads_to: Literal["emergency", "stop", "ask a doctor", "adapt", "go"]
    do: Text
    takes_away: TakesAway | None = None


class Contraindication(Sourced):
    """A reason not to massage, or not everywhere, or not without a doctor's word.

    The `question` is a line of a `section`, a statement to tick; or a follow-up, put where one of
    those that it is `asked_after` was not answered with "no". `yes`, `no` and `not_sure` are what
    the replies lead to; without `no`, a "no" says nothing. `takes_away` holds for each answer that
    leads to "adapt", and `allowed` stays left out even once a doctor has allowed a massage.
    """

    id: Id
    name: Text
    section: SectionId | None = None
    question: Text
    asked_after: tuple[ReasonId, ...] = ()
    yes: Answer
    no: Answer | None = None
    not_sure: Answer
    takes_away: TakesAway = TakesAway()
    allowed: TakesAway | None = None
    why: Text

    @property
    def answers(self) -> dict[str, Answer]:
        """What each reply leads to that says something."""
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
            raise ValueError("allowed is for a doctor's word, which no answer asks for")
        for reply, answer in self.answers.items():
            if answer.takes_away and answer.leads_to != "adapt":
                raise ValueError(f"takes_away of {reply} needs an answer that leads to adapt")
            if answer.leads_to == "adapt" and (answer.takes_away or self.takes_away) == TakesAway():
                raise ValueError(f"{reply} leads to adapt: say in takes_away what is left out")
        return self


class StopSign(Sourced):
    """Something that ends the massage at once, or sends to a doctor after it."""

    id: Id
    sign: Text
    when: Literal["during", "after"]
    emergency: bool
    do: Text
    why: Text


class Position(Model):
    """What one side of a disagreement says, and where, and whether the course goes along."""

    says: Text
    followed: Literal["wholly", "in part", "not"] = "not"
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


# --- questions ----

Code = Annotated[str, StringConstraints(min_length=1)]
"""Lines of a program; their spaces and line breaks are kept."""


class Picture(Model):
    """What a question shows beside its prompt: the hands of a technique, or its strokes."""

    technique: TechniqueId
    of: Literal["hands", "strokes"]


class Asked(Sourced):
    """What every question has. `about` are ids of what it asks about: techniques, rules, zones.

    `code` is shown below the prompt. `tex` says that texts hold formulas, which are shown as TeX
    writes them.
    """

    id: Id
    prompt: Text
    code: Code | None = None
    tex: bool = False
    why: Text
    about: Annotated[tuple[AboutId, ...], Field(min_length=1)]
    safety: bool = False
    picture: Picture | None = None


class Topic(Model):
    """Questions that belong together, in the order in which a lesson asks them.

    `origin` is the file that a teacher's own topic was read from.
    """

    id: Id
    title: Text
    origin: Text | None = None
    questions: Annotated[tuple[Asked, ...], Field(min_length=1)]


# --- lessons ----


class Retired(Model):
    """Questions that are no longer asked, and why. Their ids are never used again."""

    ids: Annotated[tuple[Id, ...], Field(min_length=1)]
    why: Text


class Lesson(Model):
    """A notebook of the workbook, and the topic whose questions end it."""

    id: Id
    notebook: Text
    title: Text
    promise: Text
    minutes: Whole
    """Of reading, without the questions."""
    topic: TopicId | None = None


# --- the look ----


class Tone(Model):
    """A colour on a light and on a dark ground, and what it means."""

    name: Id
    light: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
    dark: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
    means: Text


class Course(Model):
    """All of it. Built by `reader.read`, which also makes sure that every id mentioned exists."""

    articles: tuple[Article, ...]
    references: tuple[Reference, ...]
    landmarks: tuple[Landmark, ...]
    zones: tuple[Zone, ...]
    lymph_nodes: tuple[NodeGroup, ...]
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
