"""A review: the best use of a few minutes.

It chooses the concepts where a second gains the most, and asks about the critical ones first. The
constants were tuned with the simulated learners of `tests/simulation`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.memory import Memory, by_concept
from massage_workbook.questions import Question

CHOICES = 3, 5, 10, 15
"""Minutes a day that a learner may choose."""
USUAL = 5
ANSWERING = {
    "single": 12, "many": 18, "case": 16, "zones": 20, "match": 34, "order": 30, "number": 12,
    "stroke": 22, "tempo": 16, "values": 12, "recall": 10,
}  # fmt: skip
"""Seconds that an answer of each kind takes at a usual pace."""
READING = 6
"""Seconds of reading what is said of an answer, at a usual pace."""
SLOWEST = 4
"""An answer tells at most so many times the usual seconds: more than that is an interruption."""
UNTOLD = 10
"""As many answers at a usual pace are assumed beside the learner's own."""
WANTED = {True: 0.95, False: 0.9}
"""Retention below which a concept is due, by whether it is critical."""
CAUTION = 1.5
"""A question is only begun if so many times its expected seconds are left."""
RETURNS_AFTER = 3
"""Other questions until a critical one comes back that was answered wrongly."""
WEIGHT = 8
"""How many times the gain of a critical concept counts."""
HORIZON = timedelta(days=3)
"""How far ahead a gain is looked at."""
NEW = 0.5
"""Gain of a concept that was never asked about: it may be known, and may be forgotten again."""


@dataclass(frozen=True)
class Candidate:
    """A question that a review may ask, its expected seconds, and its gain, 0-1."""

    question: Question
    critical: bool
    seconds: float
    gain: float

    @property
    def gain_per_second(self) -> float:
        """By which candidates are compared."""
        return (WEIGHT if self.critical else 1) * self.gain / self.seconds


def pace(answers: Iterable[Answer], questions: Iterable[Question]) -> float:
    """How many times the usual seconds a learner takes, from the learner's own answers."""
    usual = {question.id: ANSWERING[question.kind] for question in questions}
    told = [
        min(each.seconds / usual[each.question], SLOWEST)
        for each in answers
        if each.question in usual
    ]
    return (UNTOLD + sum(told)) / (UNTOLD + len(told))


def reading_seconds(pace: float) -> float:
    """Seconds of reading what is said of an answer."""
    return pace * READING


def expected_seconds(question: Question, pace: float) -> float:
    """Seconds that a question takes until the next one."""
    return pace * ANSWERING[question.kind] + reading_seconds(pace)


def fits(question: Question, pace: float, seconds: float) -> bool:
    """Whether so many seconds are enough to begin a question."""
    return CAUTION * expected_seconds(question, pace) <= seconds


def returning(question: Question, waiting: Sequence[Question]) -> list[Question]:
    """The questions of a sitting that are still waiting, with one among them that comes back."""
    return [*waiting[:RETURNS_AFTER], question, *waiting[RETURNS_AFTER:]]


def due(memory: Memory, day: date, *, critical: bool) -> bool:
    """Whether a concept is due: by day, and on the day of its last answer only if it was wrong."""
    if day <= memory.last:
        return not memory.right
    return memory.retention(day) < WANTED[critical]


def next_day(
    questions: Iterable[Question], memories: Mapping[str, Memory], day: date
) -> date | None:
    """The first day after one on which a known concept is due; None if none is within a year."""
    known = [
        (memories[name], any(question.critical for question in about))
        for name, about in by_concept(questions).items()
        if name in memories
    ]
    days = (day + timedelta(days=number) for number in range(1, 366))
    return next((each for each in days if any(due(m, each, critical=c) for m, c in known)), None)


def gain(memory: Memory | None, day: date) -> float:
    """How much more is known at the horizon if a concept is asked about on a day, 0-1."""
    if memory is None:
        return NEW
    later = day + HORIZON
    return memory.retention_if_asked(day, later) - memory.retention(later)


def next_question(questions: Sequence[Question], memory: Memory | None) -> Question:
    """Another question than last time, of another kind if there is one, and then the quickest."""
    asked = memory.asked if memory else ()
    kinds = {question.id: question.kind for question in questions}
    last = asked[-1] if asked else None

    def order(question: Question) -> tuple[bool, bool, int, int]:
        place = asked.index(question.id) if question.id in asked else -1
        same_kind = question.kind == kinds.get(last or "")
        return question.id == last, same_kind, ANSWERING[question.kind], place

    return min(questions, key=order)


def review(
    questions: Iterable[Question],
    memories: Mapping[str, Memory],
    day: date,
    pace: float,
    minutes: float,
) -> list[Question]:
    """The questions of a review of at most so many expected minutes, in the order of asking.

    More minutes ask all that fewer would.
    """
    candidates = _candidates(questions, memories, day, pace)
    chosen = _fitting(candidates, 60 * minutes)
    return [each.question for each in sorted(chosen, key=lambda each: not each.critical)]


def _candidates(
    questions: Iterable[Question], memories: Mapping[str, Memory], day: date, pace: float
) -> list[Candidate]:
    """A question about each concept that is new or due, those with the largest gain first."""
    found = []
    for name, about in by_concept(questions).items():
        memory = memories.get(name)
        critical = any(question.critical for question in about)
        if memory is None or due(memory, day, critical=critical):
            question = next_question(about, memory)
            seconds = expected_seconds(question, pace)
            found.append(Candidate(question, critical, seconds, gain(memory, day)))
    return sorted(found, key=lambda each: -each.gain_per_second)


def _fitting(candidates: Sequence[Candidate], seconds: float) -> list[Candidate]:
    """Those from the first on that fit."""
    spent = accumulate(each.seconds for each in candidates)
    return [each for each, until in zip(candidates, spent, strict=True) if until <= seconds]
