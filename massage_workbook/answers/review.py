"""Reviews: which questions make the best use of a few minutes.

A review selects the concepts with the largest gain a second, and asks the critical ones first. The
constants were tuned with the simulated learners of `tests/simulation`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.memory import Memory, by_concept
from massage_workbook.questions import Question

MINUTES_CHOICES = 3, 5, 10, 15
"""Minutes a day that learners can choose from."""
DEFAULT_MINUTES = 5
ANSWER_SECONDS = {
    "single": 12, "many": 18, "case": 16, "zones": 20, "match": 34, "order": 30, "number": 12,
    "stroke": 22, "tempo": 16, "values": 12, "recall": 10,
}  # fmt: skip
"""Usual seconds of an answer, by kind of question."""
_READING_SECONDS = 6
"""Usual seconds of reading the feedback."""
MAX_SLOWNESS = 4
"""Maximum factor to the usual seconds: a longer time is an interruption."""
_PRIOR_ANSWERS = 10
"""Number of answers at the usual pace that are added to the learner's own (a prior)."""
_DUE_BELOW = {True: 0.98, False: 0.9}
"""Retention below which a concept is due, by whether it is critical."""
SLOW_ANSWER, SLOW_READING = 4, 2
"""Factors to the learner's usual seconds that hardly any answer and any reading exceeds."""
RETURNS_AFTER = 3
"""Number of other questions before a critical one is repeated after a wrong answer."""
_CRITICAL_WEIGHT = 13
"""Factor to the gain of critical concepts."""
_HORIZON = timedelta(days=3)
"""When the gain of a question is measured."""
_NEW_GAIN = 0.7
"""Usual gain of a new concept."""
_PRIOR_CONCEPTS = 10
"""Number of concepts with the usual gain that are added to the learner's own (a prior)."""


@dataclass(frozen=True)
class _Candidate:
    """A question that a review may ask, its expected seconds, and its gain, 0-1."""

    question: Question
    critical: bool
    seconds: float
    gain: float

    @property
    def gain_per_second(self) -> float:
        """The criterion by which candidates are compared."""
        return (_CRITICAL_WEIGHT if self.critical else 1) * self.gain / self.seconds


def pace(answers: Iterable[Answer], questions: Iterable[Question]) -> float:
    """The learner's factor to the usual seconds, from the answers so far."""
    usual = {question.id: ANSWER_SECONDS[question.kind] for question in questions}
    factors = [
        min(each.seconds / usual[each.question], MAX_SLOWNESS)
        for each in answers
        if each.question in usual
    ]
    return (_PRIOR_ANSWERS + sum(factors)) / (_PRIOR_ANSWERS + len(factors))


def reading_seconds(pace: float) -> float:
    """Seconds of reading the feedback."""
    return pace * _READING_SECONDS


def expected_seconds(question: Question, pace: float) -> float:
    """Expected seconds of a question, including its feedback."""
    return pace * ANSWER_SECONDS[question.kind] + reading_seconds(pace)


def fits(question: Question, pace: float, seconds: float) -> bool:
    """Whether `seconds` are enough for a question even if the learner is slow at it."""
    longest = SLOW_ANSWER * ANSWER_SECONDS[question.kind] + SLOW_READING * _READING_SECONDS
    return pace * longest <= seconds


def requeued(question: Question, waiting: Sequence[Question]) -> list[Question]:
    """The waiting questions, with one inserted that is repeated."""
    return [*waiting[:RETURNS_AFTER], question, *waiting[RETURNS_AFTER:]]


def due(memory: Memory, day: date, *, critical: bool) -> bool:
    """Whether a concept is due; on the day of its last answer only if that was wrong."""
    if day <= memory.last:
        return not memory.right
    return memory.retention(day) < _DUE_BELOW[critical]


def next_due_day(
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


def new_gain(memories: Iterable[Memory]) -> float:
    """The gain of a new concept: the share known on a second day of those unknown on the first."""
    known = [
        memory.later_right
        for memory in memories
        if not memory.first_right and memory.later_right is not None
    ]
    return (_PRIOR_CONCEPTS * _NEW_GAIN + sum(known)) / (_PRIOR_CONCEPTS + len(known))


def _gain(memory: Memory | None, day: date, of_new: float) -> float:
    """How much likelier a concept is known at the horizon if it is asked on a day, 0-1."""
    if memory is None:
        return of_new
    later = day + _HORIZON
    return memory.retention_if_asked(day, later) - memory.retention(later)


def next_question(questions: Sequence[Question], memory: Memory | None) -> Question:
    """The next question about a concept: the one not asked for longest, critical ones first."""
    asked = memory.asked if memory else ()

    def order(question: Question) -> tuple[int, bool, int]:
        place = asked.index(question.id) if question.id in asked else -1
        return place, not question.critical, ANSWER_SECONDS[question.kind]

    return min(questions, key=order)


def review_questions(
    questions: Iterable[Question],
    memories: Mapping[str, Memory],
    day: date,
    pace: float,
    minutes: float,
) -> list[Question]:
    """The questions of a review of at most `minutes`, in the order of asking.

    Critical ones come first, and of each group long ones, so that little time is left over. A
    longer review includes all questions of a shorter one.
    """
    chosen = _fitting(_candidates(questions, memories, day, pace), 60 * minutes)
    in_order = sorted(chosen, key=lambda each: (not each.critical, -each.seconds))
    return [each.question for each in in_order if fits(each.question, pace, 60 * minutes)]


def _candidates(
    questions: Iterable[Question], memories: Mapping[str, Memory], day: date, pace: float
) -> list[_Candidate]:
    """A question about each concept that is new or due, largest gain a second first."""
    found, of_new = [], new_gain(memories.values())
    for name, about in by_concept(questions).items():
        memory = memories.get(name)
        critical = any(question.critical for question in about)
        if memory is None or due(memory, day, critical=critical):
            question = next_question(about, memory)
            seconds = expected_seconds(question, pace)
            found.append(_Candidate(question, critical, seconds, _gain(memory, day, of_new)))
    return sorted(found, key=lambda each: -each.gain_per_second)


def _fitting(candidates: Sequence[_Candidate], seconds: float) -> list[_Candidate]:
    """The first ones that fit into the time."""
    spent = accumulate(each.seconds for each in candidates)
    return [each for each, until in zip(candidates, spent, strict=True) if until <= seconds]
