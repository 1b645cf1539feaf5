"""Questions one at a time. The browser shows and reports; only Python knows the right answers."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.knowledge import Knowledge
from massage_workbook.answers.mastery import passing_state
from massage_workbook.answers.review import MINUTES_CHOICES
from massage_workbook.answers.round import Round
from massage_workbook.answers.self_check import self_check
from massage_workbook.course import Course
from massage_workbook.course.model import join_words
from massage_workbook.errors import UserError
from massage_workbook.questions import Topic
from massage_workbook.questions.grading import grade
from massage_workbook.questions.kind import Grade
from massage_workbook.store import Progress, StoreError, minutes
from massage_workbook.views import quiz as view
from massage_workbook.widgets.body import OnBody
from massage_workbook.widgets.pictures import of_question
from massage_workbook.widgets.widget import Interactive, Message, Refresh

_MAX_SECONDS = 3600.0
"""Maximum seconds counted for an answer: whoever takes longer has left the page."""


class Check(Message):
    """A response to the current question, and whether the learner is sure."""

    do: Literal["check"]
    question: str
    response: Any
    sure: bool
    seconds: Annotated[float, Field(ge=0)]


class Turn(Message):
    """Turn the current card over."""

    do: Literal["turn"]
    question: str


class Next(Message):
    """The next question, or the result."""

    do: Literal["next"]


class Repeat(Message):
    """From the result: all questions again, or those that are not right yet."""

    do: Literal["repeat"]
    all: bool


class More(Message):
    """From the result of a topic: more of its questions."""

    do: Literal["more"]


class Review(Message):
    """From the result: a review of the chosen minutes."""

    do: Literal["review"]


class Minutes(Message):
    """From the result: the minutes a day that reviews may take."""

    do: Literal["minutes"]
    minutes: Literal[3, 5, 10, 15]


class Quiz(OnBody, Interactive):
    """The self-check on topics, or a review of all questions.

    `page` is what is on the screen: a question, a question with its feedback, or the result.
    It reveals nothing of the answer before the learner has answered. A critical question that was
    answered wrongly is repeated until it is right. If `short`, a press on a choice answers, and the
    next question is added below.
    """

    messages = TypeAdapter(
        Annotated[
            Check | Turn | Next | Repeat | More | Review | Minutes | Refresh,
            Field(discriminator="do"),
        ]
    )
    page = traitlets.Dict().tag(sync=True)
    short = traitlets.Bool().tag(sync=True)

    def __init__(
        self,
        course: Course,
        topics: Sequence[Topic],
        progress: Progress,
        clock: Callable[[], datetime],
        *,
        short: bool = False,
    ) -> None:
        self._course, self._progress, self._clock = course, progress, clock
        super().__init__(page=self._first_page(topics), short=short)

    @classmethod
    def of_topics(
        cls,
        course: Course,
        names: Sequence[str],
        progress: Progress,
        clock: Callable[[], datetime],
        *,
        short: bool = False,
    ) -> "Quiz":
        """The self-check on topics, or some questions, from the first one without an answer.

        Only questions with one right choice can be `short`.

        Raises:
            LookupError: there is no such topic.
        """
        return cls(course, view.topics_named(course, names), progress, clock, short=short)

    @classmethod
    def of_review(cls, course: Course, progress: Progress, clock: Callable[[], datetime]) -> "Quiz":
        """Today's review, critical concepts first, within the minutes that the learner chose."""
        return cls(course, (), progress, clock)

    def ask(self, topics: Sequence[Topic]) -> None:
        """Show the self-check on other topics, or, without any, the review."""
        self.page = self._first_page(topics)

    def _first_page(self, topics: Sequence[Topic]) -> dict[str, Any]:
        self._topics = topics
        self._round = self._self_check() if topics else self._review(further=False)
        return self._next_page()

    def _self_check(self) -> Round:
        standings = self._progress.standings()
        every = {each.id: topic for topic in self._topics for each in topic.questions}
        scores = {name: standings[name].score for name in every if name in standings}
        asked = [(every[each.id], each) for each in self_check(self._topics)]
        return Round.of(asked, standings, scores)

    def _review(self, *, further: bool) -> Round:
        """A review of what is left today of the chosen minutes, or a `further` one of all."""
        chosen = minutes.chosen(self._progress)
        known = knowledge(self._course, self._progress, self._clock())
        left = Round.of_review(self._course, known, known.minutes_left(chosen))
        if left.queue or not further:
            return left
        return Round.of_review(self._course, known, chosen)

    # --- pages -------------------------------------------------------------------------------

    def _next_page(self) -> dict[str, Any]:
        return self._asking() if self._round.queue else self._result()

    def _asking(self) -> dict[str, Any]:
        page = view.question(self._round, self._title, self._course)
        return {
            **page,
            **of_question(self._round.queue[0], self._course),
            "passing": None if page["answered"] else self._passing(),
            "notice": self._progress.notice,
        }

    def _result(self) -> dict[str, Any]:
        return {
            **view.result(
                self._round,
                self._title,
                next_review(self._course, self._progress, self._clock()),
                more=bool(self._round.unanswered(self._topics)),
            ),
            "passing": self._passing() if self._topics else None,
            "notice": self._progress.notice,
        }

    def _passing(self) -> str:
        """The duration of a review, or the conditions for passing a topic and their state."""
        if not self._topics:
            return f"It takes {view.about(self._round.seconds / 60)}."
        right = {name for name, score in self._round.scores.items() if score == 1}
        return view.passing_in_words(passing_state(self_check(self._topics), right))

    @property
    def _title(self) -> str:
        return join_words([topic.title for topic in self._topics]) if self._topics else "Review"

    # --- what the learner does ---------------------------------------------------------------

    def _carry_out(self, message: Message) -> None:
        match message:
            case Check(question=name) if is_open(self.page, name):
                self._check(message)
            case Turn(question=name) if is_open(self.page, name):
                if self._round.queue[0].kind == "recall":
                    self.page = self.page | {"back": self._round.queue[0].why}
            case Next() if self.page["show"] == "feedback":
                reading = (self._clock() - self._checked).total_seconds()
                self._round = self._round.advanced(max(0.0, reading))
                self.page = self._next_page()
            case Repeat(all=all_of_them) if self.page["show"] == "result":
                self._round = self._round.repeated(all_of_them=all_of_them)
                self.page = self._next_page()
            case Refresh() if self.page["show"] == "result":
                self.page = self._result()
            case More() if self.page["show"] == "result" and self.page["more"]:
                self._round = self._round.with_more(self._topics)
                self.page = self._next_page()
            case Review() if self.page["show"] == "result" and self.page["due"]:
                self._begin_review()
            case Minutes(minutes=chosen) if self.page["show"] == "result":
                self._choose(chosen)

    def _begin_review(self) -> None:
        try:
            self._round = self._review(further=True)
        except StoreError as error:
            self.page = self.page | {"notice": str(error)}
        else:
            self.page = self._next_page()

    def _choose(self, chosen: int) -> None:
        try:
            minutes.choose(self._progress, chosen, self._clock())
        except StoreError as error:
            self.page = self.page | {"notice": str(error)}
        else:
            self.page = self._result()

    def _check(self, message: Check) -> None:
        given, _, store_error = record_answer(
            self._round, message, self._course, self._progress, self._clock()
        )
        self._checked = self._clock()
        self._round = self._round.with_answer(given.score, message.seconds)
        self.page = self.page | view.feedback(
            self._round, given, message.response, store_error, self._course
        )


def is_open(page: dict[str, Any], name: str) -> bool:
    """Whether that question is on the screen unanswered: a second click answers nothing."""
    return page["show"] == "question" and page["id"] == name


def record_answer(
    round_: Round, message: Check, course: Course, progress: Progress, at: datetime
) -> tuple[Grade, Answer, str | None]:
    """Grade a response to the first question and record it; return an error if that failed.

    Raises:
        UserError: it is no response to that question.
    """
    question, response = round_.queue[0], message.response
    try:
        given = grade(question, response, course)
    except ValueError as error:
        raise UserError(str(error)) from None
    answer = Answer(
        at=at,
        topic=round_.topics[question.id].id,
        question=question.id,
        response=response,
        score=given.score,
        sure=message.sure,
        seconds=min(message.seconds, _MAX_SECONDS),
    )
    try:
        progress.record(answer)
    except StoreError as error:
        return given, answer, str(error)
    return given, answer, None


def knowledge(course: Course, progress: Progress, now: datetime) -> Knowledge:
    """The knowledge of the learner now, in the time zone of this computer."""
    return Knowledge.of(course, progress.answers(), progress.standings(), now.astimezone())


def next_review(course: Course, progress: Progress, now: datetime) -> dict[str, Any]:
    """When the `next` review is, whether one is `due` now, and the chosen `minutes` a day."""
    try:
        chosen = minutes.chosen(progress)
        words, is_due = view.next_review(course, knowledge(course, progress, now), chosen)
    except StoreError as error:
        return {"next": str(error), "due": False, "minutes": None}
    return {"next": words, "due": is_due, "minutes": {"chosen": chosen, "choices": MINUTES_CHOICES}}
