"""The final check: forty questions of all lessons, then what came out, and a paper that says so."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import traitlets

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.examination import (
    Outcome,
    counting,
    new_sitting,
    outcome,
    paper,
    sitting,
)
from massage_workbook.course import Course
from massage_workbook.course.questions import Question
from massage_workbook.store import Progress, StoreError
from massage_workbook.widgets.quiz import LONGEST, Quiz
from massage_workbook.widgets.widget import NODE, one_module

HERE = Path(__file__).parent
SAYS = (
    "Questions from all lessons, at least a quarter on serious harm. It takes about half an hour.",
    "Each answer is explained at once, as everywhere, and counts for your review like any other.",
    "The first answer to a question is the one that counts here. “Not sure” is always allowed.",
    "You may leave it and go on within a day.",
)
GOES_ON = "where the hands should stop, or {} where help should be called."
WHY = (
    "A share of right answers alone would let somebody pass who goes on massaging through chest"
    " pain; so one such answer is enough not to pass. “Not sure” costs the point, and nothing more:"
    " who does not know, and knows it, leaves it and asks."
)
NOT_PASSED = (
    "Nothing is lost. What was not right comes back in your review, and the next final check has"
    " other questions."
)
IS_NOT = (
    "It is not a qualification.",
    "It is no licence to massage for money.",
    "Nobody examined your hands, and nobody saw who answered.",
    "It is no leave to skip the safety questions: ask them of each person, on that very day.",
)


class FinalCheck(Quiz):
    """A sitting of the final check, which goes on for a day where its last answer was given.

    `page` is what is on the screen: the beginning, a question, its feedback, or the end. `quiz` is
    the script that asks questions everywhere, for a script cannot load the file beside it.
    """

    _esm = HERE / "exam.js"
    stylesheets = (HERE / "quiz.css", HERE / "exam.css")
    quiz = traitlets.Unicode(one_module((NODE, HERE / "quiz.js"))).tag(sync=True)

    def __init__(self, course: Course, progress: Progress, clock: Callable[[], datetime]) -> None:
        self._stored: list[Answer] = []
        self._own: list[Answer] = []
        self._goes_on = False
        asked = paper(course, sitting(progress.answers(), clock()))
        questions = [(asked, question) for question in asked.questions]
        super().__init__(course, asked, questions, progress.standings(), {}, progress, clock)

    def _begin(self, name: str) -> None:
        """Take another sitting."""
        self._topic = paper(self._course, name)
        self._questions = list(self._topic.questions)
        self._topics = {question.id: self._topic for question in self._questions}
        self._stored, self._own, self._goes_on = [], [], True

    # --- pages -------------------------------------------------------------------------------

    def _next_page(self) -> dict[str, Any]:
        given = self._given()
        self._scores = {name: answer.score for name, answer in given.items()}
        self._queue = [each for each in self._questions if each.id not in given]
        state = outcome(self._topic, given)
        if state.is_over:
            return self._end(state, max(answer.at for answer in given.values()))
        return self._asking(self._queue[0]) if self._goes_on else self._beginning(state)

    def _given(self) -> dict[str, Answer]:
        """The answers that count: those on the disk, and those that could not be put there."""
        with suppress(StoreError):  # then what was read before still holds
            self._stored = self._progress.answers(self._topic.id)
        return counting(self._topic, [*self._stored, *self._own])

    def _asking(self, question: Question) -> dict[str, Any]:
        return super()._asking(question) | {"passing": None}

    def _beginning(self, state: Outcome) -> dict[str, Any]:
        return {
            "show": "beginning",
            "title": f"{state.of} questions",
            "says": SAYS,
            "wants": [
                f"{state.wanted} of the {state.of} are right, and",
                f"no sure answer goes on {GOES_ON.format('waits')}",
            ],
            "why": WHY,
            "of": state.of,
            "answered": state.answered,
            "notice": self._progress.notice,
        }

    def _end(self, state: Outcome, at: datetime) -> dict[str, Any]:
        return {
            "show": "end",
            "title": "Passed." if state.passed else "Not passed this time.",
            "conditions": _conditions(state),
            "daring": [{"prompt": each.prompt, "why": each.why} for each in state.daring],
            "again": [q.prompt for q in self._questions if self._scores[q.id] < 1],
            "then": None if state.passed else NOT_PASSED,
            **self._next_review(),
            "certificate": _certificate(state, at) if state.passed else None,
            "notice": self._progress.notice,
        }

    # --- what the learner does ---------------------------------------------------------------

    def _hear(self, message: dict[str, Any]) -> None:
        match message:
            case {"do": "begin"} if self.page["show"] == "beginning":
                self._goes_on = True
                self.page = self._next_page()
            case {"do": "another"} if self.page["show"] in {"beginning", "end"}:
                self._another()
            case {"do": "check" | "next"}:
                super()._hear(message)

    def _another(self) -> None:
        try:
            taken = self._progress.answers()
        except StoreError as error:
            self.page = self.page | {"notice": str(error)}
            return
        self._begin(new_sitting(taken, self._clock().astimezone().date()))
        self.page = self._next_page()

    def _check(self, response: object, *, sure: bool, seconds: float) -> None:
        question = self._queue[0]
        super()._check(response, sure=sure, seconds=seconds)
        self._own.append(
            Answer(
                at=self._clock(),
                topic=self._topic.id,
                question=question.id,
                response=response,
                score=self._scores[question.id],
                sure=sure,
                seconds=min(float(seconds), LONGEST),
            )
        )

    def _comes_back(self, _question: Question) -> bool:
        """Nothing is asked twice here; the review asks it again."""
        return False


def _conditions(state: Outcome) -> list[dict[str, Any]]:
    daring = len(state.daring)
    many = f"{daring} sure answers go on {GOES_ON.format('wait')}"
    one = f"{'One' if daring else 'No'} sure answer goes on {GOES_ON.format('waits')}"
    return [
        {
            "met": state.right >= state.wanted,
            "says": f"{state.right} of {state.of} right; {state.wanted} are needed.",
        },
        {"met": not daring, "says": many if daring > 1 else one},
    ]


def _certificate(state: Outcome, at: datetime) -> dict[str, Any]:
    """What the paper says; the name on it is known to the page alone."""
    day = at.astimezone()
    return {
        "title": "Certificate of completion",
        "says": "has completed and passed the final check of the workbook",
        "workbook": "A back massage at home",
        "facts": [
            f"{state.right} of {state.of} questions right",
            f"{day.day} {day:%B %Y}",
        ],
        "is_not": IS_NOT,
    }
