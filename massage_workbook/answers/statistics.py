"""Item statistics of questions: facility, discrimination, and wrong options that attract.

Only the first answer of each learner to a question counts: later ones were given after feedback.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import StatisticsError, correlation, mean, median

from massage_workbook.answers.answer import Answer
from massage_workbook.course import Course
from massage_workbook.questions import Question
from massage_workbook.questions.grading import grade

_FirstAnswers = Mapping[str, Answer]
"""A learner's first answer to each question, by its id."""


@dataclass(frozen=True)
class ItemStatistics:
    """The statistics of a question.

    `answers` is the number of first answers, `facility` their mean score, 0-1, `seconds` their
    median time. `discrimination` is the correlation of score and mean score in all other questions
    over learners, -1 to 1; None if undefined. `attracting` are the ids of wrong options with their
    frequency, the most frequent first.
    """

    question: Question
    answers: int
    facility: float
    discrimination: float | None
    seconds: float
    attracting: tuple[tuple[str, int], ...]


def item_statistics(histories: Iterable[Sequence[Answer]], course: Course) -> list[ItemStatistics]:
    """The statistics of each answered question, the hardest first; a history for each learner.

    Answers to questions that are no longer in the course are ignored.
    """
    questions = {question.id: question for topic in course.topics for question in topic.questions}
    learners = [_first_answers(history, questions) for history in histories]
    asked = dict.fromkeys(chain.from_iterable(learners))
    found = [_statistics(questions[name], learners, course) for name in asked]
    return sorted(found, key=lambda each: (each.facility, each.question.id))


def _first_answers(history: Iterable[Answer], known: Mapping[str, Question]) -> _FirstAnswers:
    in_order = sorted(history, key=lambda answer: answer.at, reverse=True)
    return {answer.question: answer for answer in in_order if answer.question in known}


def _statistics(
    question: Question, learners: Sequence[_FirstAnswers], course: Course
) -> ItemStatistics:
    answers = [firsts[question.id] for firsts in learners if question.id in firsts]
    wrong = Counter(chain.from_iterable(_wrong(question, each, course) for each in answers))
    return ItemStatistics(
        question=question,
        answers=len(answers),
        facility=mean(answer.score for answer in answers),
        discrimination=_discrimination(question.id, learners),
        seconds=median(answer.seconds for answer in answers),
        attracting=tuple(wrong.most_common()),
    )


def _discrimination(name: str, learners: Iterable[_FirstAnswers]) -> float | None:
    pairs = [
        (firsts[name].score, mean(other.score for key, other in firsts.items() if key != name))
        for firsts in learners
        if name in firsts and len(firsts) > 1
    ]
    try:
        return correlation(*zip(*pairs, strict=True))
    except (StatisticsError, TypeError):  # too few learners, or no two that differ
        return None


def _wrong(question: Question, answer: Answer, course: Course) -> list[str]:
    """The wrong options of an answer; none if it does not fit the present question."""
    try:
        remarks = grade(question, answer.response, course).remarks
    except ValueError:
        return []
    return [remark.choice for remark in remarks if remark.chosen and not remark.right]
