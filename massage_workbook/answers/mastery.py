"""What a learner knows by now: of a topic, of a rule, and whether a lesson counts as passed."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from massage_workbook.answers.memory import Memory, by_concept, retained
from massage_workbook.answers.standing import Standings
from massage_workbook.questions import Question
from massage_workbook.questions.grading import could_harm

ENOUGH = 0.8
"""Share of the questions that are not critical which have to be right."""

Memories = Mapping[str, Memory]


@dataclass(frozen=True)
class Pass:
    """What passing asks for: every critical question, and so many of the others.

    `critical_right` and `others_right` count those whose last answer was right.
    """

    critical: int
    others: int
    critical_right: int
    others_right: int

    @property
    def wanted(self) -> int:
        """How many of the others have to be right."""
        return ceil(ENOUGH * self.others)

    @property
    def reached(self) -> bool:
        """Whether it counts as passed."""
        return self.critical_right == self.critical and self.others_right >= self.wanted


@dataclass(frozen=True)
class Mastery:
    """How much is known of some concepts: `of` so many, `asked` so many, `right` so many.

    `retained` is the share, 0-1, that can be expected to be known on a day: a concept that was
    never asked about, or answered wrongly the last time, counts as not known.
    """

    of: int
    asked: int
    right: int
    retained: float


def passing(questions: Iterable[Question], right: Container[str]) -> Pass:
    """How far a learner is who has these ids `right` at the last answer."""
    counts = {True: [0, 0], False: [0, 0]}
    for question in questions:
        counts[question.critical][0] += 1
        counts[question.critical][1] += question.id in right
    (critical, critical_right), (others, others_right) = counts[True], counts[False]
    return Pass(critical, others, critical_right, others_right)


def right_ones(standings: Standings) -> set[str]:
    """The ids of the questions whose last answer was right."""
    return {name for name, standing in standings.items() if standing.right}


def mastery(questions: Sequence[Question], memories: Memories, day: date) -> Mastery:
    """How much is known on a day of the concepts that these questions are about.

    Raises:
        ValueError: there are none.
    """
    if not questions:
        raise ValueError("there are no questions whose mastery could be told")
    concepts = by_concept(questions)
    known = [memories[name] for name in concepts if name in memories]
    right = sum(each.right for each in known)
    return Mastery(len(concepts), len(known), right, retained(known, day) / len(concepts))


def by_subject(questions: Iterable[Question]) -> dict[str, list[Question]]:
    """The questions by each id that they are about."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        for subject in question.about:
            found.setdefault(subject, []).append(question)
    return found


def sure_and_wrong(questions: Iterable[Question], standings: Standings) -> list[Question]:
    """The critical ones to which the last answer was wrong although the learner was sure."""
    return [
        question
        for question in questions
        if (standing := standings.get(question.id))
        and standing.sure
        and could_harm(question, standing.score)
    ]
