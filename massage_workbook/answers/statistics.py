"""Item statistics of questions: facility, discrimination, and wrong options that attract.

Only the first answer of each learner to a question counts: later ones were given after feedback.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import fsum
from statistics import StatisticsError, correlation, fmean, median

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.knowledge import questions_of
from massage_workbook.course import Course
from massage_workbook.questions import Question
from massage_workbook.questions.grading import grade


@dataclass(frozen=True)
class First:
    """A learner's first answer to a question: score 0-1, wrong options, seconds if known."""

    score: float
    wrong: tuple[str, ...] = ()
    seconds: float | None = None


Firsts = Mapping[str, First]
"""A learner's first answer to each question, by its id."""


@dataclass(frozen=True)
class ItemStatistics:
    """The statistics of a question.

    `answers` are how many there are, `facility` is their mean score, 0-1, `seconds` their median
    time if it is known. `discrimination` is the correlation of score and mean score in all other
    questions over learners, -1 to 1; None where that cannot be told. `attracting` are the ids of
    wrong options with how often each was chosen, the most frequent first.
    """

    question: Question
    answers: int
    facility: float
    discrimination: float | None
    seconds: float | None
    attracting: tuple[tuple[str, int], ...]


def item_statistics(histories: Iterable[Sequence[Answer]], course: Course) -> list[ItemStatistics]:
    """The statistics of each answered question, the hardest first; a history for each learner.

    Answers to questions that are no longer in the course are ignored.
    """
    return statistics_of([_firsts(history, course) for history in histories], course)


def statistics_of(learners: Sequence[Firsts], course: Course) -> list[ItemStatistics]:
    """The statistics of each question with a first answer, the hardest first."""
    questions = {question.id: question for question in questions_of(course)}
    totals = [fsum(first.score for first in firsts.values()) for firsts in learners]
    found = [
        _statistics(questions[name], learners, totals)
        for name in dict.fromkeys(chain.from_iterable(learners))
    ]
    return sorted(found, key=lambda each: (each.facility, each.question.id))


def wrong_options(question: Question, answer: Answer, course: Course) -> tuple[str, ...]:
    """The wrong options of an answer; none if it does not fit the present question."""
    try:
        remarks = grade(question, answer.response, course).remarks
    except ValueError:
        return ()
    return tuple(remark.choice for remark in remarks if remark.chosen and not remark.right)


def _firsts(history: Iterable[Answer], course: Course) -> dict[str, First]:
    known = {question.id: question for question in questions_of(course)}
    in_order = sorted(history, key=lambda answer: answer.at, reverse=True)
    first = {answer.question: answer for answer in in_order if answer.question in known}
    return {
        name: First(each.score, wrong_options(known[name], each, course), each.seconds)
        for name, each in first.items()
    }


def _statistics(
    question: Question, learners: Sequence[Firsts], totals: Sequence[float]
) -> ItemStatistics:
    answers = [firsts[question.id] for firsts in learners if question.id in firsts]
    seconds = [each.seconds for each in answers if each.seconds is not None]
    wrong = Counter(chain.from_iterable(each.wrong for each in answers))
    return ItemStatistics(
        question=question,
        answers=len(answers),
        facility=fmean(answer.score for answer in answers),
        discrimination=_discrimination(question.id, learners, totals),
        seconds=median(seconds) if seconds else None,
        attracting=tuple(wrong.most_common()),
    )


def _discrimination(name: str, learners: Iterable[Firsts], totals: Iterable[float]) -> float | None:
    pairs = [
        (firsts[name].score, (total - firsts[name].score) / (len(firsts) - 1))
        for firsts, total in zip(learners, totals, strict=True)
        if name in firsts and len(firsts) > 1
    ]
    try:
        return correlation(*zip(*pairs, strict=True))
    except (StatisticsError, TypeError):  # too few learners, or no two that differ
        return None
