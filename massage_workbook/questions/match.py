"""Items to be matched with options."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from massage_workbook.course import Course
from massage_workbook.course.model import Id, Model, Text, require_unique_ids
from massage_workbook.questions.kind import (
    Evaluation,
    Grade,
    Kind,
    Remark,
    letters,
    require_known,
    shuffled,
)


class Option(Model):
    """An option that items can be matched with."""

    id: Id
    text: Text


class Pair(Model):
    """An item and its option; `feedback` gives the reason."""

    id: Id
    text: Text
    option: Id
    feedback: Text


class MatchQuestion(Kind):
    """Items to be matched with options; an option may be used several times or never."""

    kind: Literal["match"]
    response_type = TypeAdapter(Annotated[dict[str, str], Field(max_length=50)])
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=6)]
    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=6)]

    def evaluate(self, response: dict[str, str] | None, course: Course) -> Evaluation:
        """Each pair counts alike; an unanswered one is wrong."""
        answer = {pair.id: pair.option for pair in self.pairs}
        if response is None:
            return Evaluation(0, answer=answer)
        require_known("pair", list(response), list(answer))
        require_known("option", list(response.values()), [option.id for option in self.options])
        remarks = tuple(
            Remark(
                pair.id, pair.id in response, response.get(pair.id) == pair.option, pair.feedback
            )
            for pair in self.pairs
        )
        score = sum(remark.right for remark in remarks) / len(remarks)
        return Evaluation(score, remarks, answer=answer)

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The options, and the items in random order."""
        pairs = shuffled(self.pairs, self, seed)
        return {
            "options": [option.model_dump() for option in self.options],
            "pairs": [{"id": pair.id, "text": pair.text} for pair in pairs],
        }

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """The options with letters, the items with numbers."""
        names = letters(each["id"] for each in controls["options"])
        pairs = {pair.id: pair for pair in self.pairs}
        found = [pairs[each["id"]] for each in controls["pairs"]]
        right = [f"{i} {names[pair.option]}" for i, pair in enumerate(found, start=1)]
        return {
            "hint": "Which goes with which?",
            "lettered": [each["text"] for each in controls["options"]],
            "pairs": [pair.text for pair in found],
            "right": ", ".join(right),
            "remarks": [(each, pair.feedback) for each, pair in zip(right, found, strict=True)],
        }

    def option_texts(self) -> list[str]:
        """Each item with all options."""
        options = " / ".join(option.text for option in self.options)
        return [f"{pair.text}: {options}?" for pair in self.pairs]

    def solution_texts(self) -> list[str]:
        """Each item with its option."""
        texts = {option.id: option.text for option in self.options}
        return [f"{pair.text}: {texts[pair.option]}" for pair in self.pairs]

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        require_unique_ids("options", self.options)
        require_unique_ids("pairs", self.pairs)
        for pair in self.pairs:
            if pair.option not in {option.id for option in self.options}:
                raise ValueError(f'"{pair.id}" goes with "{pair.option}", which is no option')
        return self
