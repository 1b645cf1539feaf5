"""Questions one at a time. The browser shows and reports; what is right is known here alone."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import traitlets

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.mastery import Pass, passing
from massage_workbook.answers.scheduling import Standing, due, next_due
from massage_workbook.course import Course
from massage_workbook.course.model import named
from massage_workbook.course.questions import Question, Topic
from massage_workbook.questions.grading import Grade, grade, misleads
from massage_workbook.store import Progress, StoreError
from massage_workbook.views.disagreements import in_short, touching
from massage_workbook.views.sources import who
from massage_workbook.widgets.asking import asked
from massage_workbook.widgets.widget import Widget

HERE = Path(__file__).parent
LONGEST = 3600.0
"""Seconds that one answer is counted with at most: whoever takes longer has left the page."""


class Quiz(Widget):
    """Questions of one topic, or of all that are due.

    `page` is what is on the screen: a question, a question with its feedback, or the result.
    It holds nothing of the answer before the learner has answered. What was answered wrongly
    although the learner was sure, and is critical, comes back until it is right.
    """

    _esm = HERE / "quiz.js"
    stylesheets = (HERE / "quiz.css",)
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
        self._take(questions, standings, scores)
        super().__init__(page=self._next_page())
        self.on_msg(lambda _, message, __: self._hear(message))

    def _take(
        self,
        questions: Sequence[tuple[Topic, Question]],
        standings: Mapping[str, Standing],
        scores: Mapping[str, float],
    ) -> None:
        """Ask these, but for those that have a score already."""
        self._questions = [question for _, question in questions]
        self._topics = {question.id: topic for topic, question in questions}
        self._times = Counter({name: each.times for name, each in standings.items()})
        self._scores = dict(scores)
        self._sure: dict[str, bool] = {}
        self._queue = [each for each in self._questions if each.id not in self._scores]

    @classmethod
    def of_topic(
        cls, course: Course, topic: str, progress: Progress, clock: Callable[[], datetime]
    ) -> "Quiz":
        """A topic's questions, from the first one that the learner has not answered yet.

        Raises:
            LookupError: there is no such topic.
        """
        chosen = named("topic", topic, course.topics)
        standings = progress.standings()
        scores = {q.id: standings[q.id].score for q in chosen.questions if q.id in standings}
        questions = [(chosen, question) for question in chosen.questions]
        return cls(course, chosen, questions, standings, scores, progress, clock)

    @classmethod
    def of_what_is_due(
        cls, course: Course, progress: Progress, clock: Callable[[], datetime]
    ) -> "Quiz":
        """The questions of all topics that are about to be forgotten, critical ones first."""
        standings = progress.standings()
        questions = _waiting(course, standings, clock())
        return cls(course, None, questions, standings, {}, progress, clock)

    # --- pages -------------------------------------------------------------------------------

    def _next_page(self) -> dict[str, Any]:
        return self._asking(self._queue[0]) if self._queue else self._result()

    def _asking(self, question: Question) -> dict[str, Any]:
        questions = self._questions
        return {
            "show": "question",
            "topic": self._title,
            "number": questions.index(question) + 1,
            "of": len(questions),
            "answered": sum(q.id in self._scores for q in questions),
            "passing": None if self._scores else self._passing(),
            "notice": self._progress.notice,
            **asked(question, self._times[question.id], self._course),
        }

    def _answered(
        self, question: Question, given: Grade, response: object, saved: str
    ) -> dict[str, Any]:
        return self.page | {
            "show": "feedback",
            "response": response,
            "right": given.right,
            "verdict": given.verdict,
            "says": given.says,
            "remarks": {remark.choice: asdict(remark) for remark in given.remarks},
            "answer": given.answer,
            "why": question.why,
            "who": who(question, self._course),
            "differ": in_short(touching(self._course, question.about)),
            "saved": saved,
            "last": len(self._queue) == 1 and not self._comes_back(question),
        }

    def _result(self) -> dict[str, Any]:
        questions = self._questions
        return {
            "show": "result",
            "topic": self._title,
            "of": len(questions),
            "right": sum(self._scores.get(q.id) == 1 for q in questions),
            "again": [q.prompt for q in questions if self._scores.get(q.id) != 1],
            "passing": self._passing(),
            **self._next_review(),
            "notice": self._progress.notice,
        }

    def _passing(self) -> str | None:
        """What passing asks for, and whether it is reached; a review cannot be passed."""
        if self._topic is None:
            return None
        right = {name for name, score in self._scores.items() if score == 1}
        return in_words(passing(self._questions, right))

    @property
    def _title(self) -> str:
        return self._topic.title if self._topic else "Review"

    def _next_review(self) -> dict[str, Any]:
        """When the `next` questions come back, in words; a review asks those that are `due`."""
        now = self._clock()
        try:
            every = self._progress.standings()
        except StoreError as error:
            return {"next": str(error), "due": False}
        if waiting := _waiting(self._course, every, now):
            said = f"Due now: {_counted(len(waiting))}."
            return {"next": said, "due": self._topic is None}
        return {"next": _when_next(_of_course(every, self._course), now), "due": False}

    # --- what the learner does ---------------------------------------------------------------

    def _hear(self, message: dict[str, Any]) -> None:
        match message:
            case {"do": "check", "question": name, "response": given} if self._is_open(name):
                self._check(given, sure=message["sure"], seconds=message["seconds"])
            case {"do": "turn", "question": name} if self._is_open(name):
                if self._queue[0].kind == "recall":
                    self.page = self.page | {"back": self._queue[0].why}
            case {"do": "next"} if self.page["show"] == "feedback":
                answered = self._queue.pop(0)
                if self._comes_back(answered):
                    self._queue.append(answered)
                self.page = self._next_page()
            case {"do": "again", "all": all_of_them} if self.page["show"] == "result":
                open_ = [q for q in self._questions if self._scores[q.id] != 1]
                self._queue = list(self._questions) if all_of_them else open_
                self.page = self._next_page()
            case {"do": "look again"} if self.page["show"] == "result":
                self.page = self._result()
            case {"do": "due"} if self.page["show"] == "result" and self.page["due"]:
                self._ask_what_is_due()

    def _ask_what_is_due(self) -> None:
        try:
            standings = self._progress.standings()
        except StoreError as error:
            self.page = self.page | {"notice": str(error)}
            return
        self._take(_waiting(self._course, standings, self._clock()), standings, {})
        self.page = self._next_page()

    def _comes_back(self, question: Question) -> bool:
        """Whether it is critical and was answered surely and wrongly."""
        return self._sure[question.id] and misleads(question, self._scores[question.id])

    def _is_open(self, name: str) -> bool:
        """Whether that question is on the screen unanswered: a second click answers nothing."""
        return self.page["show"] == "question" and self.page["id"] == name

    def _check(self, response: object, *, sure: bool, seconds: float) -> None:
        question = self._queue[0]
        given = grade(question, response, self._course)
        answer = Answer(
            at=self._clock(),
            topic=self._topics[question.id].id,
            question=question.id,
            response=response,
            score=given.score,
            sure=sure,
            seconds=min(float(seconds), LONGEST),
        )
        try:
            self._progress.record(answer)
            saved = "saved"
        except StoreError as error:
            saved = str(error)
        self._scores[question.id] = given.score
        self._sure[question.id] = sure
        self._times[question.id] += 1
        self.page = self._answered(question, given, response, saved)


def _known(course: Course) -> dict[str, tuple[Topic, Question]]:
    """Every question by its id, with its topic."""
    return {q.id: (topic, q) for topic in course.topics for q in topic.questions}


def _waiting(
    course: Course, standings: Mapping[str, Standing], now: datetime
) -> list[tuple[Topic, Question]]:
    """The questions whose time has come, critical ones first, with their topics."""
    known = _known(course)
    critical = {name for name, (_, question) in known.items() if question.critical}
    return [known[name] for name in due(_of_course(standings, course), now, critical)]


def _of_course(standings: Mapping[str, Standing], course: Course) -> dict[str, Standing]:
    """Those of questions that the course still has."""
    known = _known(course)
    return {name: each for name, each in standings.items() if name in known}


def _when_next(standings: Mapping[str, Standing], now: datetime) -> str:
    """When the next questions come back, where none is due."""
    if (soonest := next_due(standings, now)) is None:
        return "Nothing has been answered yet: the questions of the lessons come first."
    days = (soonest.astimezone().date() - now.astimezone().date()).days
    same = sum(each.card.due <= soonest + timedelta(hours=12) for each in standings.values())
    when = {0: "later today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"Nothing is due now. Next: {when}, {_counted(same)}."


def in_words(state: Pass) -> str:
    """What passing asks for, and how far it is."""
    whole = "the" if state.critical == 1 else "all"
    critical = f"{whole} {_counted(state.critical, 'critical ')}" if state.critical else ""
    others = f"{state.wanted} of the {state.others} others" if state.others else ""
    if not state.critical:
        others = f"{state.wanted} of {_counted(state.others)}"
    wants = f"It counts as passed when {' and '.join(filter(None, (critical, others)))} are right"
    if state.reached:
        return f"Passed. {wants}, and they are."
    return f"{wants}, at the last answer to each. Nothing is locked until then."


def _counted(questions: int) -> str:
    return "1 question" if questions == 1 else f"{questions} questions"
