"""Disagreements of the sources: guess which side the course takes, then see it with reasons."""

from typing import Annotated, Any, Literal

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook.course import Course
from massage_workbook.course.schema import Disagreement
from massage_workbook.views.disagreements import (
    OWN_WAY,
    STATES,
    answer_view,
    find_disagreements,
    judge_guess,
    question_view,
    viewpoints,
)
from massage_workbook.widgets.widget import Interactive, Message


class Guess(Message):
    """The learner's guess, or None to be shown the answer."""

    do: Literal["guess"]
    question: str
    position: str | None


class Go(Message):
    """Go to the question at that index."""

    do: Literal["go"]
    to: int


class ShowAll(Message):
    """All questions with their answers, or one at a time."""

    do: Literal["show all"]
    on: bool


class Disagreements(Interactive):
    """The disagreements of a topic, one at a time, or all of them with their answers.

    `page` is what is on the screen. It does not contain the course's answer before the learner has
    guessed or asked for it.
    """

    messages = TypeAdapter(Annotated[Guess | Go | ShowAll, Field(discriminator="do")])
    page = traitlets.Dict().tag(sync=True)

    def __init__(self, course: Course, topic: str | None = None) -> None:
        self._course, self._questions = course, find_disagreements(course, topic)
        self._guesses: dict[str, str | None] = {}
        self._at = 0
        super().__init__(page=self._question_page())

    def _question_page(self) -> dict[str, Any]:
        one = self._questions[self._at]
        guessed = one.id in self._guesses
        return {
            "show": "one",
            "at": self._at,
            "list": [self._list_item(each) for each in self._questions],
            "asked": question_view(one, self._course),
            "answer": answer_view(one, self._guesses[one.id], self._course) if guessed else None,
        }

    def _overview_page(self) -> dict[str, Any]:
        return {
            "show": "all",
            "all": [
                {
                    "asked": question_view(one, self._course),
                    "answer": answer_view(one, None, self._course),
                }
                for one in self._questions
            ],
        }

    def _list_item(self, one: Disagreement) -> dict[str, str]:
        guessed = one.id in self._guesses
        state = STATES[judge_guess(one, self._guesses[one.id])] if guessed else "open"
        return {"question": one.question, "state": state}

    def _carry_out(self, message: Guess | Go | ShowAll) -> None:
        match message:
            case Guess(question=name, position=position) if self._is_open(name):
                if position in {None, OWN_WAY, *viewpoints(self._questions[self._at])}:
                    self._guesses[name] = position
                    self.page = self._question_page()
            case Go(to=to) if self.page["show"] == "one":
                self._at = to % len(self._questions)
                self.page = self._question_page()
            case ShowAll(on=on):
                self.page = self._overview_page() if on else self._question_page()

    def _is_open(self, name: str) -> bool:
        """Whether that question is shown without its answer: a guess cannot be changed."""
        one = self._questions[self._at]
        return self.page["show"] == "one" and one.id == name and name not in self._guesses
