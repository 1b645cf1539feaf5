"""The nine kinds of question. Each wrong answer says which misunderstanding it is."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from massage_workbook.course.model import (
    AboutId,
    Id,
    Model,
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


class Picture(Model):
    """What a question shows beside its prompt: the hands of a technique, or its strokes."""

    technique: TechniqueId
    of: Literal["hands", "strokes"]


class Asked(Sourced):
    """What every question has. `about` are ids of what it asks about: techniques, rules, zones."""

    id: Id
    prompt: Text
    why: Text
    about: Annotated[tuple[AboutId, ...], Field(min_length=1)]
    safety: bool = False
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
    """One of the answers of a question."""

    id: Id
    text: Text


class ZoneChoice(Chosen):
    """A zone that may be marked on the back."""

    id: ZoneId


class SingleQuestion(Asked):
    """One of the choices is right."""

    kind: Literal["single"]
    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        right = sum(choice.right for choice in self.choices)
        if right != 1:
            raise ValueError(f"a single question has one right choice, not {right}")
        no_twice("choices", self.choices)
        return self


class ManyQuestion(Asked):
    """One or more of the choices are right."""

    kind: Literal["many"]
    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]

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


Question = Annotated[
    SingleQuestion
    | ManyQuestion
    | NumberQuestion
    | OrderQuestion
    | MatchQuestion
    | ZonesQuestion
    | StrokeQuestion
    | TempoQuestion
    | CaseQuestion,
    Field(discriminator="kind"),
]
KINDS: dict[str, Any] = {
    get_args(model.model_fields["kind"].annotation)[0]: model
    for model in get_args(get_args(Question)[0])
}
"""The model of each kind of question."""


class Topic(Model):
    """Questions that belong together, in the order in which a lesson asks them."""

    id: Id
    title: Text
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
