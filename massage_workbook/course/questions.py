"""The kinds of question: nine of the course, and two that only a teacher's own topics have.

Each wrong answer of the course says which misunderstanding it is.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    AliasChoices,
    Field,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

from massage_workbook.course.model import (
    AboutId,
    Id,
    Model,
    Number,
    Positive,
    Sourced,
    TechniqueId,
    Text,
    ZeroOrMore,
    ZoneId,
    exists,
    in_order,
    no_twice,
)

Decision = Literal["go", "adapt", "keep off", "ask a doctor", "stop", "emergency"]
"""What to do with a situation, from the most daring to the most careful."""
DECISIONS: tuple[Decision, ...] = get_args(Decision)
IN_WORDS: dict[Decision, str] = {
    "go": "Go ahead as planned",
    "adapt": "Massage, with something changed",
    "keep off": "Massage, and leave a place out",
    "ask a doctor": "No massage until a doctor has agreed",
    "stop": "No massage today; stop if you have begun",
    "emergency": "Call the local emergency number",
}


Code = Annotated[str, StringConstraints(min_length=1)]
"""Lines of a program; their spaces and line breaks are kept."""


class Picture(Model):
    """What a question shows beside its prompt: the hands of a technique, or its strokes."""

    technique: TechniqueId
    of: Literal["hands", "strokes"]


class Asked(Sourced):
    """What every question has. `about` are ids of what it asks about: techniques, rules, zones.

    `critical` marks the few about which a misconception could do serious harm; files of older
    editions call it `safety`. `code` is shown below the prompt. `tex` says that texts hold
    formulas, which are shown as TeX writes them.
    """

    id: Id
    prompt: Text
    code: Code | None = None
    tex: bool = False
    why: Text
    about: Annotated[tuple[AboutId, ...], Field(min_length=1)]
    critical: Annotated[bool, Field(validation_alias=AliasChoices("critical", "safety"))] = False
    picture: Picture | None = None


# --- to choose -------------------------------------------------------------------------------


class Chosen(Model):
    """Something that is right or wrong to choose; a wrong one says which misunderstanding it is."""

    right: bool = False
    feedback: Text | None = None

    @model_validator(mode="after")
    def _teaches(self) -> Self:
        if not self.right and self.feedback is None:
            raise ValueError("a wrong choice needs feedback that names the misunderstanding")
        return self


class Choice(Chosen):
    """One of the answers of a question: a text, a piece of code, or both."""

    id: Id
    text: Annotated[str, StringConstraints(strip_whitespace=True)]
    code: Code | None = None

    @property
    def said(self) -> str:
        """All of it as one text."""
        return "\n".join(filter(None, (self.text, self.code)))

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.said:
            raise ValueError("a choice is empty; give it a text")
        return self


class ZoneChoice(Chosen):
    """A zone that may be marked on the back."""

    id: ZoneId


class SingleQuestion(Asked):
    """One of the choices is right; `keeps_order` where a choice refers to others by their place."""

    kind: Literal["single"]
    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]
    keeps_order: bool = False

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        right = sum(choice.right for choice in self.choices)
        if right != 1:
            raise ValueError(f"a single question has one right choice, not {right}")
        no_twice("choices", self.choices)
        return self


class ManyQuestion(Asked):
    """One or more of the choices are right; `keeps_order` as in a single question."""

    kind: Literal["many"]
    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]
    keeps_order: bool = False

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        _some_right(self.choices)
        return self


class ZonesQuestion(Asked):
    """Zones to mark on the back; those that are not among the choices cannot be marked."""

    kind: Literal["zones"]
    choices: Annotated[tuple[ZoneChoice, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        _some_right(self.choices)
        return self


def _some_right(choices: Sequence[Choice | ZoneChoice]) -> None:
    if not any(choice.right for choice in choices):
        raise ValueError("at least one choice is right")
    no_twice("choices", choices)


class CaseQuestion(Asked):
    """A short situation, and what to do about it.

    `too_daring` answers every decision that is less careful than the `right` one, `too_careful`
    every one that is more so; `feedback` has a word of its own for single decisions.
    """

    kind: Literal["case"]
    right: Decision
    too_daring: Text | None = None
    too_careful: Text | None = None
    feedback: dict[Decision, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _teaches(self) -> Self:
        place = DECISIONS.index(self.right)
        if self.too_daring is None and place > 0:
            raise ValueError("say in too_daring what is wrong with caring less")
        if self.too_careful is None and place < len(DECISIONS) - 1:
            raise ValueError("say in too_careful why less care is enough")
        if self.right in self.feedback:
            raise ValueError(f'"{self.right}" is right here; its reason stands in why')
        return self


# --- to put together -------------------------------------------------------------------------


class Step(Model):
    """One of the steps to be put in order; `feedback` says why it belongs where it does."""

    id: Id
    text: Text
    feedback: Text


class OrderQuestion(Asked):
    """Steps to be put in order; they stand in the right one."""

    kind: Literal["order"]
    steps: Annotated[tuple[Step, ...], Field(min_length=3, max_length=8)]

    @model_validator(mode="after")
    def _names_steps_once(self) -> Self:
        no_twice("steps", self.steps)
        return self


class Option(Model):
    """What can be matched."""

    id: Id
    text: Text


class Pair(Model):
    """Something that goes with one of the options; `feedback` says why with that one."""

    id: Id
    text: Text
    option: Id
    feedback: Text


class MatchQuestion(Asked):
    """Things, each of which goes with one of the options; an option may serve twice or never."""

    kind: Literal["match"]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=6)]
    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=6)]

    @model_validator(mode="after")
    def _matches(self) -> Self:
        no_twice("options", self.options)
        no_twice("pairs", self.pairs)
        for pair in self.pairs:
            if pair.option not in {option.id for option in self.options}:
                raise ValueError(f'"{pair.id}" goes with "{pair.option}", which is no option')
        return self


# --- to measure ------------------------------------------------------------------------------


class Miss(Model):
    """What to say to a number between two others, both of them in."""

    between: Annotated[tuple[ZeroOrMore, ZeroOrMore], AfterValidator(in_order)]
    feedback: Text


class NumberQuestion(Asked):
    """A number from 0 up, in a unit; `accepts` is the range that is right, both ends in.

    A wrong number gets the feedback of the first miss that holds it, else `too_low` or `too_high`.
    """

    kind: Literal["number"]
    unit: Text
    accepts: Annotated[tuple[ZeroOrMore, ZeroOrMore], AfterValidator(in_order)]
    too_low: Text
    too_high: Text
    misses: tuple[Miss, ...] = ()
    step: Positive = 1

    @property
    def range(self) -> str:
        """What is right, such as `8 to 10`."""
        low, high = self.accepts
        return f"{low:g}" if low == high else f"{low:g} to {high:g}"

    @model_validator(mode="after")
    def _misses_are_wrong(self) -> Self:
        low, high = self.accepts
        for miss in self.misses:
            if miss.between[0] <= high and miss.between[1] >= low:
                raise ValueError(f"{miss.between} is a miss, and holds what is accepted")
        return self


class StrokeQuestion(Asked):
    """The way of a hand to draw: strokes of a technique that go on from one another."""

    kind: Literal["stroke"]
    technique: TechniqueId
    strokes: Annotated[tuple[Id, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _exist(self, info: ValidationInfo) -> Self:
        for stroke in self.strokes:
            exists("stroke")(f"{self.technique}/{stroke}", info)
        return self


class TempoQuestion(Asked):
    """The rhythm of a technique to tap."""

    kind: Literal["tempo"]
    technique: TechniqueId


# --- of a teacher's own topics ---------------------------------------------------------------


class Verdict(Model):
    """Numbers between two others that are right or wrong, and what is said of them.

    The upper end is not among them where `open_end` says so.
    """

    between: Annotated[tuple[Number, Number], AfterValidator(in_order)]
    open_end: bool = False
    right: bool = False
    feedback: Text | None = None

    def holds(self, number: float) -> bool:
        """Whether the verdict is about this number."""
        low, high = self.between
        return low <= number and (number < high if self.open_end else number <= high)

    def overlaps(self, other: "Verdict") -> bool:
        """Whether some number may be held by both."""
        return self.between[0] <= other.between[1] and other.between[0] <= self.between[1]

    def covers(self, other: "Verdict") -> bool:
        """Whether it holds every number that the other one holds."""
        (low, high), (first, last) = self.between, other.between
        return low <= first and (self.holds(last) or (last == high and other.open_end))

    @property
    def range(self) -> str:
        """The numbers in words, such as `3 to less than 5`."""
        low, high = (f"{end:.12g}" for end in self.between)
        if low == high:
            return low
        return f"{low} to less than {high}" if self.open_end else f"{low} to {high}"


class ValuesQuestion(Asked):
    """A number of any sign, judged by the first of the verdicts that holds it, else wrong.

    Where `digits` are given, the number is first rounded to that many significant digits.
    """

    kind: Literal["values"]
    unit: str = ""
    verdicts: Annotated[tuple[Verdict, ...], Field(min_length=1)]
    otherwise: Text
    digits: Annotated[int, Field(ge=1, le=17)] | None = None

    def verdict(self, number: float) -> Verdict | None:
        """What holds a number; None where nothing does."""
        rounded = number if self.digits is None else to_digits(number, self.digits)
        return next((each for each in self.verdicts if each.holds(rounded)), None)

    @property
    def right(self) -> str:
        """What is right in words, such as `2, or 8`."""
        right = self._reached()
        before = self.verdicts[: self.verdicts.index(right[-1])]
        holes = [
            each.range
            for each in before
            if not each.right and any(each.overlaps(other) for other in right)
        ]
        spans = ", or ".join(dict.fromkeys(each.range for each in right))
        but = f" (but not {', or '.join(holes)})" if holes else ""
        return f"{spans}{but}{f' (rounded to {self.digits} digits)' if self.digits else ''}"

    def _reached(self) -> list[Verdict]:
        """The right verdicts that no wrong one before them hides."""
        return [
            each
            for i, each in enumerate(self.verdicts)
            if each.right
            and not any(other.covers(each) for other in self.verdicts[:i] if not other.right)
        ]

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        if not self._reached():
            raise ValueError("no number is right")
        return self


def to_digits(number: float, digits: int) -> float:
    """A number rounded to significant digits, halves away from 0, as JavaScript's toPrecision."""
    return float(Context(prec=digits, rounding=ROUND_HALF_UP).plus(Decimal(number)))


class RecallQuestion(Asked):
    """A flash card: the prompt is its front, `why` its back.

    Whoever has turned it says whether they knew it.
    """

    kind: Literal["recall"]


KNEW, NOT = "knew", "not"
"""What is said of a flash card that was turned."""

Question = Annotated[
    SingleQuestion
    | ManyQuestion
    | NumberQuestion
    | OrderQuestion
    | MatchQuestion
    | ZonesQuestion
    | StrokeQuestion
    | TempoQuestion
    | CaseQuestion
    | ValuesQuestion
    | RecallQuestion,
    Field(discriminator="kind"),
]
MODELS: dict[str, Any] = {
    get_args(model.model_fields["kind"].annotation)[0]: model
    for model in get_args(get_args(Question)[0])
}
"""The model of each kind of question."""
KINDS = {kind: model for kind, model in MODELS.items() if kind not in {"values", "recall"}}
"""The model of each kind that the course asks; the others come from teachers' files alone."""


class Topic(Model):
    """Questions that belong together, in the order in which a lesson asks them.

    `origin` is the file that a teacher's own topic was read from.
    """

    id: Id
    title: Text
    origin: Text | None = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
