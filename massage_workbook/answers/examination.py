"""The final check over the whole course: what it asks, what passing it takes, where it stands.

A sitting is named by the seed of its questions, such as `final-check-2026-11-24-1`, and its
answers are kept under that name: where it stands follows from them alone.
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

SHARES = {
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
"""How many questions of each topic a paper has: forty in all, half of them on staying safe."""
CRITICAL = 6
"""The least number in a paper that are critical: a misconception could do serious harm."""
ONE_KIND = 0.4
"""Share of a paper that may be of one kind at most."""
HALTING = 5
"""The least number of situations in a paper that call for the hands to stop, or for help."""
TRIES = 500
"""Draws of which one is mixed well; about one in 25 is. A poorer course takes the first."""
ENOUGH = 0.8
"""Share of all questions that have to be right."""
HANDS_ON = ("go", "adapt", "keep off")
"""Decisions after which somebody is massaged."""
GOES_ON_FOR = timedelta(days=1)
"""How long after its last answer a sitting is still the one that is gone on with."""
NAME = re.compile(r"final-check-\d{4}-\d\d-\d\d-\d+")


@dataclass(frozen=True)
class Outcome:
    """How a sitting stands: `of` so many questions, `answered` so many, `right` so many.

    `daring` are the situations in which a sure answer went on although the hands should stop, or
    did not call for help although it was needed.
    """

    of: int
    answered: int
    right: int
    daring: tuple[Question, ...]

    @property
    def wanted(self) -> int:
        """How many have to be right."""
        return ceil(ENOUGH * self.of)

    @property
    def is_over(self) -> bool:
        """Whether everything is answered."""
        return self.answered == self.of

    @property
    def passed(self) -> bool:
        """Whether everything is answered, enough of it right, and nothing of it too daring."""
        return self.is_over and self.right >= self.wanted and not self.daring


# --- the questions ---------------------------------------------------------------------------


def paper(course: Course, name: str) -> Topic:
    """The questions of a sitting: always the same for a name, mixed over the whole course.

    Raises:
        LookupError: the course has none of the topics that it is drawn from.
    """
    draws = _draws(course, name)
    first = next(draws)
    if not first:
        raise LookupError("There are no questions for a final check")
    tried = chain([first], islice(draws, TRIES))
    questions = next((each for each in tried if _is_mixed(each, course)), first)
    return Topic(id=name, title="Final check", questions=tuple(questions))


def _draws(course: Course, seed: str) -> Iterator[list[Question]]:
    """Papers without end, each with its share of every topic."""
    chance = random.Random(seed)  # noqa: S311
    topics = {topic.id: topic.questions for topic in course.topics if topic.id in SHARES}
    while True:
        drawn = [
            question
            for name, questions in topics.items()
            for question in chance.sample(questions, min(SHARES[name], len(questions)))
        ]
        chance.shuffle(drawn)
        yield drawn


def _is_mixed(questions: Sequence[Question], course: Course) -> bool:
    """Whether enough is critical and halts, and all kinds and families are there."""
    kinds = Counter(question.kind for question in questions)
    return (
        sum(question.critical for question in questions) >= CRITICAL
        and kinds.keys() == KINDS.keys()
        and max(kinds.values()) <= ONE_KIND * len(questions)
        and families(questions, course) == {each.family for each in course.techniques}
        and sum(map(halts, questions)) >= HALTING
    )


def families(questions: Iterable[Question], course: Course) -> set[str]:
    """The families of the techniques and blocks that some questions are about."""
    known = {each.id: each.family for each in (*course.blocks, *course.techniques)}
    return {known[name] for question in questions for name in question.about if name in known}


def halts(question: Question) -> bool:
    """Whether it is a situation that calls for the hands to stop, or for help."""
    return question.kind == "case" and question.right in {"stop", "emergency"}


# --- where it stands -------------------------------------------------------------------------


def sitting(answers: Iterable[Answer], now: datetime) -> str:
    """The sitting of the last answer given within a day of `now`, or a new one.

    A day is 24 hours: midnight ends nothing that is begun in the evening.
    """
    answers = list(answers)
    names = [
        each.topic
        for each in answers
        if NAME.fullmatch(each.topic) and abs(now - each.at) < GOES_ON_FOR
    ]
    return names[-1] if names else new_sitting(answers, now.astimezone().date())


def new_sitting(answers: Iterable[Answer], today: date) -> str:
    """The first sitting of a day in which nothing was ever answered."""
    used = {each.topic for each in answers}
    names = (f"final-check-{today.isoformat()}-{number}" for number in count(1))
    return next(name for name in names if name not in used)


def counting(asked: Topic, answers: Iterable[Answer]) -> dict[str, Answer]:
    """The answers of a sitting that count, by question: the first one to each.

    A second one comes from another window, or after a look at the feedback.
    """
    questions = {question.id for question in asked.questions}
    first: dict[str, Answer] = {}
    for each in answers:
        if each.topic == asked.id and each.question in questions:
            first.setdefault(each.question, each)
    return first


def outcome(asked: Topic, given: Mapping[str, Answer]) -> Outcome:
    """How a sitting stands after the answers that count."""
    return Outcome(
        of=len(asked.questions),
        answered=len(given),
        right=sum(each.score == 1 for each in given.values()),
        daring=tuple(
            question
            for question in asked.questions
            if (answer := given.get(question.id)) and answer.sure and _dares(question, answer)
        ),
    )


def _dares(question: Question, answer: Answer) -> bool:
    """Whether somebody is massaged, or not helped, who should not be massaged, or be helped."""
    match answer.response:
        case [decision] if halts(question) and decision in DECISIONS:
            helps = decision == "emergency"
            return decision in HANDS_ON or (question.right == "emergency" and not helps)
    return False
