"""Questions one at a time. The browser shows and reports; what is right is known here alone."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.mastery import passing
from massage_workbook.answers.round import Round, waiting
from massage_workbook.answers.scheduling import Standing
from massage_workbook.course import Course
from massage_workbook.course.model import named
from massage_workbook.figures.questions import pictures
from massage_workbook.questions import Question, Topic
from massage_workbook.questions.grading import grade
from massage_workbook.questions.kind import Grade
from massage_workbook.store import Progress, StoreError
from massage_workbook.troubles import ToldError
from massage_workbook.views import quiz as view
from massage_workbook.widgets.widget import Interactive, LookAgain, Message

HERE = Path(__file__).parent
LONGEST = 3600.0
"""Seconds that one answer is counted with at most: whoever takes longer has left the page."""


class Check(Message):
    """A response to the question in sight, of its kind, and whether the learner is sure of it."""

    do: Literal["check"]
    question: str
    response: Any
    sure: bool
    seconds: Annotated[float, Field(ge=0)]


class Turn(Message):
    """The other side of the card in sight."""

    do: Literal["turn"]
    question: str


class Next(Message):
    """The next question, or the result."""

    do: Literal["next"]


class Again(Message):
    """From the result: all questions again, or those that are not right yet."""

    do: Literal["again"]
    all: bool


class Due(Message):
    """From the result of a review: what is due by now."""

    do: Literal["due"]


class Quiz(Interactive):
    """Questions of one topic, or of all that are due.

    `page` is what is on the screen: a question, a question with its feedback, or the result.
    It holds nothing of the answer before the learner has answered. What was answered wrongly
    although the learner was sure, and is about safety, comes back until it is right.
    """

    script = HERE / "quiz.js"
    stylesheets = (HERE / "quiz.css",)
    messages = TypeAdapter(
        Annotated[Check | Turn | Next | Again | Due | LookAgain, Field(discriminator="do")]
    )
    page = traitlets.Dict().tag(sync=True)

    def __init__(  # noqa: PLR0913, PLR0917 - what is asked, and what it is asked with
        self,
        course: Course,
        topic: Topic | None,
        questions: Sequence[tuple[Topic, Question]],
        standings: Mapping[str, Standing],
        scores: Mapping[str, float],
        progress: Progress,
        clock: Callable[[], datetime],
    ) -> None:
        self._course, self._topic, self._progress, self._clock = course, topic, progress, clock
        self._round = Round.of(questions, standings, scores)
        super().__init__(page=self._next_page())

    @classmethod
    def of_topic(
        cls,
        course: Course,
        topic: str,
        progress: Progress,
        clock: Callable[[], datetime],
        only: Sequence[str] = (),
    ) -> "Quiz":
        """A topic's questions, from the first one that the learner has not answered yet.

        `only` are the ids of those that are asked, if not all of them are.

        Raises:
            LookupError: there is no such topic, or no such question in it.
        """
        chosen = view.selected(named("topic", topic, course.topics), only)
        standings = progress.standings()
        scores = {q.id: standings[q.id].score for q in chosen.questions if q.id in standings}
        questions = [(chosen, question) for question in chosen.questions]
        return cls(course, chosen, questions, standings, scores, progress, clock)

    @classmethod
    def of_what_is_due(
        cls, course: Course, progress: Progress, clock: Callable[[], datetime]
    ) -> "Quiz":
        """The questions of all topics that are about to be forgotten, safety first."""
        standings = progress.standings()
        questions = waiting(course, standings, clock())
        return cls(course, None, questions, standings, {}, progress, clock)

    # --- pages -------------------------------------------------------------------------------

    def _next_page(self) -> dict[str, Any]:
        return self._asking() if self._round.queue else self._result()

    def _asking(self) -> dict[str, Any]:
        page = view.question(self._round, self._title, self._course)
        return {
            **page,
            **pictures(self._round.queue[0], self._course),
            "passing": None if self._round.scores else self._passing(),
            "notice": self._progress.notice,
        }

    def _result(self) -> dict[str, Any]:
        next_, due = next_review(self._course, self._progress, self._clock())
        return {
            **view.result(self._round, self._title),
            "passing": self._passing(),
            "next": next_,
            "due": due and self._topic is None,
            "notice": self._progress.notice,
        }

    def _passing(self) -> str | None:
        """What passing asks for, and whether it is reached; a review cannot be passed."""
        if self._topic is None:
            return None
        right = {name for name, score in self._round.scores.items() if score == 1}
        return view.passing_in_words(passing(self._round.questions, right))

    @property
    def _title(self) -> str:
        return self._topic.title if self._topic else "Review"

    # --- what the learner does ---------------------------------------------------------------

    def _carry_out(self, message: Message) -> None:
        match message:
            case Check(question=name) if self._is_open(name):
                self._check(message)
            case Turn(question=name) if self._is_open(name):
                if self._round.queue[0].kind == "recall":
                    self.page = self.page | {"back": self._round.queue[0].why}
            case Next() if self.page["show"] == "feedback":
                self._round = self._round.without_first()
                self.page = self._next_page()
            case Again(all=all_of_them) if self.page["show"] == "result":
                self._round = self._round.again(all_of_them=all_of_them)
                self.page = self._next_page()
            case LookAgain() if self.page["show"] == "result":
                self.page = self._result()
            case Due() if self.page["show"] == "result" and self.page["due"]:
                self._ask_what_is_due()

    def _ask_what_is_due(self) -> None:
        try:
            standings = self._progress.standings()
        except StoreError as error:
            self.page = self.page | {"notice": str(error)}
            return
        questions = waiting(self._course, standings, self._clock())
        self._round = Round.of(questions, standings, {})
        self.page = self._next_page()

    def _is_open(self, name: str) -> bool:
        """Whether that question is on the screen unanswered: a second click answers nothing."""
        return self.page["show"] == "question" and self.page["id"] == name

    def _check(self, message: Check) -> None:
        given, _, saved = answered(
            self._round, message, self._course, self._progress, self._clock()
        )
        self._round = self._round.answered(given.score, sure=message.sure)
        shown = view.feedback(self._round, given, message.response, self._course)
        self.page = self.page | shown | {"saved": saved}


def answered(
    round_: Round, message: Check, course: Course, progress: Progress, at: datetime
) -> tuple[Grade, Answer, str]:
    """Grade a response to the first question and record it: `saved`, or why that failed.

    Raises:
        ToldError: it is no response to that question.
    """
    question, response = round_.queue[0], message.response
    try:
        given = grade(question, response, course)
    except ValueError as error:
        raise ToldError(str(error)) from None
    answer = Answer(
        at=at,
        topic=round_.topics[question.id].id,
        question=question.id,
        response=response,
        score=given.score,
        sure=message.sure,
        seconds=min(message.seconds, LONGEST),
    )
    try:
        progress.record(answer)
    except StoreError as error:
        return given, answer, str(error)
    return given, answer, "saved"


def next_review(course: Course, progress: Progress, now: datetime) -> tuple[str, bool]:
    """When the next questions come back, in words, and whether some are due now."""
    try:
        standings = progress.standings()
    except StoreError as error:
        return str(error), False
    return view.next_review(course, standings, now), bool(waiting(course, standings, now))
