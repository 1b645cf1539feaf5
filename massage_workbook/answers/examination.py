"""The final check over the whole course: its questions, the conditions for passing, its state.

The name of a sitting, such as `final-check-2026-11-24-1`, is the seed of its questions and the
topic of its answers; its state follows from these answers alone.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, count, islice
from math import ceil

from massage_workbook.answers.answer import Answer
from massage_workbook.course import Course
from massage_workbook.questions import KINDS, Question, Topic
from massage_workbook.questions.case import DECISIONS

QUESTIONS_PER_TOPIC = {
    "situations": 7,
    "stop-signs": 5,
    "zones": 3,
    "reasons": 2,
    "rules": 4,
    "preparation": 2,
    "stroking": 2,
    "squeezing-and-rubbing": 3,
    "kneading": 3,
    "vibration": 2,
    "seated": 1,
    "tender-spots": 1,
    "not-taught": 2,
    "disagreements": 1,
    "planning": 1,
    "made-hands": 1,
}
"""Questions of each topic in a paper: forty in all, half of them on safety."""
_MIN_CRITICAL = 6
"""Minimum number of critical questions in a paper."""
_MAX_KIND_SHARE = 0.4
"""Maximum share of one kind in a paper."""
_MIN_STOPPING = 5
"""Minimum number of situations in a paper that require stopping."""
_MAX_DRAWS = 500
"""Maximum number of draws; about one in 25 is balanced. A smaller course uses the first."""
_PASS_SHARE = 0.8
"""Share of right answers that is needed to pass."""
_MASSAGING = ("go", "adapt", "keep off")
"""Decisions to massage."""
_RESUMABLE_FOR = timedelta(days=1)
"""How long after its last answer a sitting can be resumed."""
_NAME = re.compile(r"final-check-\d{4}-\d\d-\d\d-\d+")


@dataclass(frozen=True)
class Outcome:
    """The state of a sitting: the number of questions in `total`, `answered`, and `right`.

    `unsafe` are the situations in which the learner was sure, and wrongly decided to massage, or
    not to call for help.
    """

    total: int
    answered: int
    right: int
    unsafe: tuple[Question, ...]

    @property
    def required(self) -> int:
        """The number of right answers that is needed to pass."""
        return ceil(_PASS_SHARE * self.total)

    @property
    def is_over(self) -> bool:
        """Whether all questions are answered."""
        return self.answered == self.total

    @property
    def passed(self) -> bool:
        """Whether all questions are answered, enough of them right, and none unsafe."""
        return self.is_over and self.right >= self.required and not self.unsafe


# --- the questions ---------------------------------------------------------------------------


def exam_paper(course: Course, name: str) -> Topic:
    """The questions of a sitting, always the same for a name.

    Raises:
        LookupError: the course has none of the topics in a paper.
    """
    draws = _draws(course, name)
    first = next(draws)
    if not first:
        raise LookupError("There are no questions for a final check")
    papers = chain([first], islice(draws, _MAX_DRAWS))
    questions = next((each for each in papers if _is_balanced(each, course)), first)
    return Topic(id=name, title="Final check", questions=tuple(questions))


def _draws(course: Course, seed: str) -> Iterator[list[Question]]:
    """Papers without end, each with its questions of every topic."""
    rng = random.Random(seed)  # noqa: S311
    topics = {
        topic.id: topic.questions for topic in course.topics if topic.id in QUESTIONS_PER_TOPIC
    }
    while True:
        drawn = [
            question
            for name, questions in topics.items()
            for question in rng.sample(questions, min(QUESTIONS_PER_TOPIC[name], len(questions)))
        ]
        rng.shuffle(drawn)
        yield drawn


def _is_balanced(questions: Sequence[Question], course: Course) -> bool:
    """Whether critical questions, situations, kinds and families are all represented."""
    kinds = Counter(question.kind for question in questions)
    return (
        sum(question.critical for question in questions) >= _MIN_CRITICAL
        and kinds.keys() == KINDS.keys()
        and max(kinds.values()) <= _MAX_KIND_SHARE * len(questions)
        and families_asked(questions, course) == {each.family for each in course.techniques}
        and sum(map(requires_stopping, questions)) >= _MIN_STOPPING
    )


def families_asked(questions: Iterable[Question], course: Course) -> set[str]:
    """The families of techniques that questions are about."""
    known = {each.id: each.family for each in (*course.blocks, *course.techniques)}
    return {known[name] for question in questions for name in question.about if name in known}


def requires_stopping(question: Question) -> bool:
    """Whether a question is a situation in which to stop or to call for help."""
    return question.kind == "case" and question.right in {"stop", "emergency"}


# --- state of a sitting ----------------------------------------------------------------------


def current_sitting(answers: Iterable[Answer], now: datetime) -> str:
    """The sitting of the last answer within 24 hours of `now`, or a new one."""
    answers = list(answers)
    names = [
        each.topic
        for each in answers
        if _NAME.fullmatch(each.topic) and abs(now - each.at) < _RESUMABLE_FOR
    ]
    return names[-1] if names else new_sitting(answers, now.astimezone().date())


def new_sitting(answers: Iterable[Answer], today: date) -> str:
    """The first sitting of a day without answers."""
    used = {each.topic for each in answers}
    names = (f"final-check-{today.isoformat()}-{number}" for number in count(1))
    return next(name for name in names if name not in used)


def counted_answers(asked: Topic, answers: Iterable[Answer]) -> dict[str, Answer]:
    """The first answer to each question of a sitting.

    Later ones come from another window, or were given after the feedback.
    """
    questions = {question.id for question in asked.questions}
    first: dict[str, Answer] = {}
    for each in answers:
        if each.topic == asked.id and each.question in questions:
            first.setdefault(each.question, each)
    return first


def outcome(asked: Topic, given: Mapping[str, Answer]) -> Outcome:
    """The state of a sitting after the answers that count."""
    return Outcome(
        total=len(asked.questions),
        answered=len(given),
        right=sum(each.score == 1 for each in given.values()),
        unsafe=tuple(
            question
            for question in asked.questions
            if (answer := given.get(question.id)) and answer.sure and _is_unsafe(question, answer)
        ),
    )


def _is_unsafe(question: Question, answer: Answer) -> bool:
    """Whether an answer wrongly decides to massage, or not to call for help."""
    match answer.response:
        case [decision] if requires_stopping(question) and decision in DECISIONS:
            helps = decision == "emergency"
            return decision in _MASSAGING or (question.right == "emergency" and not helps)
    return False
