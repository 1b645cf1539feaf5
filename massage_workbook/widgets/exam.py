"""The final check: forty questions of all lessons, the result, and a certificate."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.examination import (
    counted_answers,
    current_sitting,
    exam_paper,
    new_sitting,
    outcome,
)
from massage_workbook.answers.round import Round
from massage_workbook.course import Course
from massage_workbook.store import Progress, StoreError
from massage_workbook.views import exam as view
from massage_workbook.views import quiz
from massage_workbook.widgets.body import OnBody
from massage_workbook.widgets.pictures import of_question
from massage_workbook.widgets.quiz import Check, Next, is_open, next_review, record_answer
from massage_workbook.widgets.widget import Interactive, Message

HERE = Path(__file__).parent


class Begin(Message):
    """Begin this sitting, or resume it at the first unanswered question."""

    do: Literal["begin"]


class Another(Message):
    """Start another sitting."""

    do: Literal["another"]


class FinalCheck(OnBody, Interactive):
    """A sitting of the final check, which can be resumed for a day.

    `page` is what is on the screen: the beginning, a question, its feedback, or the end.
    """

    stylesheets = (HERE / "quiz.css", HERE / "exam.css")
    messages = TypeAdapter(Annotated[Begin | Another | Check | Next, Field(discriminator="do")])
    page = traitlets.Dict().tag(sync=True)

    def __init__(self, course: Course, progress: Progress, clock: Callable[[], datetime]) -> None:
        self._course, self._progress, self._clock = course, progress, clock
        self._topic = exam_paper(course, current_sitting(progress.answers(), clock()))
        self._standings = progress.standings()
        self._stored: list[Answer] = []
        self._unstored: list[Answer] = []
        super().__init__(page=self._next_page(begun=False))

    # --- pages -------------------------------------------------------------------------------

    def _next_page(self, *, begun: bool = True) -> dict[str, Any]:
        given = self._given()
        scores = {name: answer.score for name, answer in given.items()}
        asked = [(self._topic, question) for question in self._topic.questions]
        self._round = Round.of(asked, self._standings, scores)
        state = outcome(self._topic, given)
        notice = {"notice": self._progress.notice}
        if state.is_over:
            review = next_review(self._course, self._progress, self._clock())
            last = max(answer.at for answer in given.values())
            return view.end(state, self._round, last) | review | {"due": False} | notice
        if not begun:
            return view.beginning(state) | notice
        shown = of_question(self._round.queue[0], self._course)
        page = quiz.question(self._round, self._topic.title, self._course)
        return page | shown | {"passing": None} | notice

    def _given(self) -> dict[str, Answer]:
        """The answers that count: the stored ones, and those that could not be stored."""
        with suppress(StoreError):  # then the answers read before are used
            self._stored = self._progress.answers(self._topic.id)
        return counted_answers(self._topic, [*self._stored, *self._unstored])

    # --- what the learner does ---------------------------------------------------------------

    def _carry_out(self, message: Message) -> None:
        match message:
            case Begin() if self.page["show"] == "beginning":
                self.page = self._next_page()
            case Another() if self.page["show"] in {"beginning", "end"}:
                self._new_sitting()
            case Check(question=name) if is_open(self.page, name):
                self._check(message)
            case Next() if self.page["show"] == "feedback":
                self.page = self._next_page()

    def _new_sitting(self) -> None:
        try:
            answers, self._standings = self._progress.answers(), self._progress.standings()
        except StoreError as error:
            self.page = self.page | {"notice": str(error)}
            return
        self._topic = exam_paper(
            self._course, new_sitting(answers, self._clock().astimezone().date())
        )
        self._stored, self._unstored = [], []
        self.page = self._next_page()

    def _check(self, message: Check) -> None:
        given, answer, store_error = record_answer(
            self._round, message, self._course, self._progress, self._clock()
        )
        self._unstored.append(answer)
        # Nothing is repeated here; the review repeats answers that were sure and wrong.
        self._round = self._round.with_answer(given.score, message.seconds, repeats=False)
        self.page = self.page | quiz.feedback(
            self._round, given, message.response, store_error, self._course
        )
