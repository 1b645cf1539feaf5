"""What a learner knows by now: of a topic, of a rule, and whether a lesson counts as passed."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.scheduling import Standing, after
from massage_workbook.questions import Question
from massage_workbook.questions.grading import misleads

ENOUGH = 0.8
"""Share of the questions that are not critical which have to be right."""

Standings = Mapping[str, Standing]


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
    """How much of some questions is known: `of` so many, `answered` so many, `right` so many.

    `remembered` is the share, 0-1, that can be expected to be known at a moment: a question that
    was never answered, or wrongly the last time, counts as not known.
    """

    of: int
    answered: int
    right: int
    remembered: float


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


def mastery(questions: Sequence[Question], standings: Standings, now: datetime) -> Mastery:
    """How much of these questions is known at a moment.

    Raises:
        ValueError: there are none.
    """
    if not questions:
        raise ValueError("there are no questions whose mastery could be told")
    known = [standings[each.id] for each in questions if each.id in standings]
    right = [each for each in known if each.right]
    remembered = sum(each.remembered(now) for each in right) / len(questions)
    return Mastery(len(questions), len(known), len(right), remembered)


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
        and misleads(question, standing.score)
    ]


def known_on(
    days: Sequence[datetime], answers: Iterable[Answer], questions: Container[str]
) -> list[float]:
    """How many questions can be expected to be known on each day, the days in order.

    A day that is still to come counts what is left by then if nothing more is answered.
    """
    waiting = sorted((a for a in answers if a.question in questions), key=lambda a: a.at)
    waiting.reverse()
    standings: dict[str, Standing] = {}
    expected = []
    for day in days:
        while waiting and waiting[-1].at <= day:
            answer = waiting.pop()
            standings[answer.question] = after(answer, standings.get(answer.question))
        expected.append(sum(each.remembered(day) for each in standings.values() if each.right))
    return expected
