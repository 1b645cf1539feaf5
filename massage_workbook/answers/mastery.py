"""Mastery of topics and rules, and whether a lesson is passed."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from massage_workbook.answers.memory import Memory, by_concept, expected_known
from massage_workbook.answers.standing import Standings
from massage_workbook.questions import Question
from massage_workbook.questions.grading import could_harm

_PASS_SHARE = 0.8
"""Share of right answers to non-critical questions that is needed to pass."""

Memories = Mapping[str, Memory]


@dataclass(frozen=True)
class PassingState:
    """The numbers of critical and other questions, and of right last answers to them.

    All critical ones, and a share of the others, have to be right.
    """

    critical: int
    others: int
    critical_right: int
    others_right: int

    @property
    def required(self) -> int:
        """The number of other questions that have to be right."""
        return ceil(_PASS_SHARE * self.others)

    @property
    def passed(self) -> bool:
        """Whether enough is right."""
        return self.critical_right == self.critical and self.others_right >= self.required


@dataclass(frozen=True)
class Mastery:
    """The numbers of concepts in `total`, `asked`, and `right` at the last answer.

    `retained` is the expected share of known concepts, 0-1: concepts that were never asked, or
    answered wrongly the last time, count as unknown.
    """

    total: int
    asked: int
    right: int
    retained: float


def passing_state(questions: Iterable[Question], right: Container[str]) -> PassingState:
    """The state of passing, with the ids of questions whose last answer was `right`."""
    counts = {True: [0, 0], False: [0, 0]}
    for question in questions:
        counts[question.critical][0] += 1
        counts[question.critical][1] += question.id in right
    (critical, critical_right), (others, others_right) = counts[True], counts[False]
    return PassingState(critical, others, critical_right, others_right)


def right_ids(standings: Standings) -> set[str]:
    """Ids of questions whose last answer was right."""
    return {name for name, standing in standings.items() if standing.right}


def mastery_of(questions: Sequence[Question], memories: Memories, day: date) -> Mastery:
    """The mastery of the concepts of questions on a day.

    Raises:
        ValueError: there are no questions.
    """
    if not questions:
        raise ValueError("there are no questions")
    concepts = by_concept(questions)
    known = [memories[name] for name in concepts if name in memories]
    right = sum(each.right for each in known)
    return Mastery(len(concepts), len(known), right, expected_known(known, day) / len(concepts))


def by_subject(questions: Iterable[Question]) -> dict[str, list[Question]]:
    """The questions about each subject, by its id."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        for subject in question.about:
            found.setdefault(subject, []).append(question)
    return found


def sure_and_wrong(questions: Iterable[Question], standings: Standings) -> list[Question]:
    """The questions whose last answer could do harm, although the learner was sure."""
    return [
        question
        for question in questions
        if (standing := standings.get(question.id))
        and standing.sure
        and could_harm(question, standing.score)
    ]
