"""Questions one at a time. The browser shows and reports; what is right is known here alone."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import traitlets

from massage_workbook.course import Course
from massage_workbook.course.schema import Question, unknown
from massage_workbook.grading import Grade, grade, shuffled
from massage_workbook.store import Answer, Progress, StoreError
from massage_workbook.widgets.technique import who
from massage_workbook.widgets.widget import Widget

HERE = Path(__file__).parent
LONGEST = 3600.0
"""Seconds that one answer is counted with at most: whoever takes longer has left the page."""


class Quiz(Widget):
    """A topic's questions, from the first one that its learner has not answered yet.

    `page` is what is on the screen: a question, a question with its feedback, or the result.
    It holds nothing of the answer before the learner has answered.
    """

    _esm = HERE / "quiz.js"
    stylesheet = HERE / "quiz.css"
    page = traitlets.Dict().tag(sync=True)

    def __init__(
        self, course: Course, topic: str, progress: Progress, clock: Callable[[], datetime]
    ) -> None:
        topics = {each.id: each for each in course.topics}
        if topic not in topics:
            raise LookupError(unknown("topic", topic, topics))
        self._course, self._topic = course, topics[topic]
        self._progress, self._clock = progress, clock
        given = progress.answers(topic)
        self._scores = {answer.question: answer.score for answer in given}
        self._times = {q.id: sum(a.question == q.id for a in given) for q in self._topic.questions}
        self._queue = [q for q in self._topic.questions if q.id not in self._scores]
        super().__init__(page=self._next_page())
        self.on_msg(lambda _, message, __: self._hear(message))

    # --- pages -------------------------------------------------------------------------------

    def _next_page(self) -> dict[str, Any]:
        return self._asking(self._queue[0]) if self._queue else self._result()

    def _asking(self, question: Question) -> dict[str, Any]:
        questions = self._topic.questions
        order = shuffled(question, seed=self._times[question.id])
        return {
            "show": "question",
            "topic": self._topic.title,
            "id": question.id,
            "number": questions.index(question) + 1,
            "of": len(questions),
            "answered": sum(q.id in self._scores for q in questions),
            "kind": question.kind,
            "prompt": question.prompt,
            "choices": [{"id": choice.id, "text": choice.text} for choice in order],
            "notice": self._progress.notice,
        }

    def _answered(
        self, question: Question, given: Grade, response: list[str], saved: str
    ) -> dict[str, Any]:
        remarks = {remark.choice: asdict(remark) for remark in given.remarks}
        return self.page | {
            "show": "feedback",
            "response": response,
            "right": given.right,
            "score": given.score,
            "remarks": remarks,
            "why": question.why,
            "who": who(question, self._course),
            "saved": saved,
            "last": len(self._queue) == 1,
        }

    def _result(self) -> dict[str, Any]:
        questions = self._topic.questions
        return {
            "show": "result",
            "topic": self._topic.title,
            "of": len(questions),
            "right": sum(self._scores.get(q.id) == 1 for q in questions),
            "again": [q.prompt for q in questions if self._scores.get(q.id) != 1],
            "notice": self._progress.notice,
        }

    # --- what the learner does ---------------------------------------------------------------

    def _hear(self, message: dict[str, Any]) -> None:
        match message:
            case {"do": "check", "question": name, "choices": [*choices]} if self._is_open(name):
                self._check(choices, sure=message["sure"], seconds=message["seconds"])
            case {"do": "next"} if self.page["show"] == "feedback":
                self._queue.pop(0)
                self.page = self._next_page()
            case {"do": "again", "all": all_of_them} if self.page["show"] == "result":
                questions = self._topic.questions
                self._queue = [q for q in questions if all_of_them or self._scores[q.id] != 1]
                self.page = self._next_page()

    def _is_open(self, name: str) -> bool:
        """Whether that question is on the screen unanswered: a second click answers nothing."""
        return self.page["show"] == "question" and self.page["id"] == name

    def _check(self, response: list[str], *, sure: bool, seconds: float) -> None:
        question = self._queue[0]
        given = grade(question, response)
        answer = Answer(
            at=self._clock(),
            topic=self._topic.id,
            question=question.id,
            response=tuple(response),
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
        self._times[question.id] += 1
        self.page = self._answered(question, given, response, saved)
