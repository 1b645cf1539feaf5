"""A round of questions: one that is asked, what is said of an answer, and the result."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from massage_workbook.answers.mastery import Pass, Standings
from massage_workbook.answers.round import Round, of_course, waiting
from massage_workbook.answers.scheduling import next_due
from massage_workbook.course import Course
from massage_workbook.course.model import named
from massage_workbook.questions import Topic
from massage_workbook.questions.kind import Grade
from massage_workbook.views.question import asked, explained


def selected(topic: Topic, names: Sequence[str]) -> Topic:
    """The topic with the questions of these ids alone, or with all of them where none is named.

    Raises:
        LookupError: there is no such question in it.
    """
    chosen = tuple(named("question", name, topic.questions) for name in names)
    return topic.model_copy(update={"questions": chosen or topic.questions})


def question(round_: Round, title: str, course: Course) -> dict[str, Any]:
    """The first open question, and how far the round is."""
    first = round_.queue[0]
    return {
        "show": "question",
        "topic": title,
        "number": round_.questions.index(first) + 1,
        "of": len(round_.questions),
        "answered": sum(each.id in round_.scores for each in round_.questions),
        **asked(first, round_.times.get(first.id, 0), course),
    }


def feedback(round_: Round, given: Grade, response: object, course: Course) -> dict[str, Any]:
    """What is said of the response to the first question, which was answered."""
    first = round_.queue[0]
    return {
        "show": "feedback",
        "response": response,
        "right": given.right,
        "verdict": given.verdict,
        "says": given.says,
        "remarks": {remark.choice: asdict(remark) for remark in given.remarks},
        "answer": given.answer,
        **explained(first, course),
        "last": not round_.without_first().queue,
    }


def result(round_: Round, title: str) -> dict[str, Any]:
    """How many are right, and what is to be asked again."""
    right = [each for each in round_.questions if round_.scores.get(each.id) == 1]
    return {
        "show": "result",
        "topic": title,
        "of": len(round_.questions),
        "right": len(right),
        "again": [each.prompt for each in round_.questions if each not in right],
    }


def next_review(course: Course, standings: Standings, now: datetime) -> str:
    """When the next questions come back, in words."""
    if count := len(waiting(course, standings, now)):
        return f"Due now: {_counted(count)}."
    known = of_course(standings, course)
    if (soonest := next_due(known, now)) is None:
        return "Nothing has been answered yet: the questions of the lessons come first."
    days = (soonest.astimezone().date() - now.astimezone().date()).days
    same = sum(each.card.due <= soonest + timedelta(hours=12) for each in known.values())
    when = {0: "later today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"Nothing is due now. Next: {when}, {_counted(same)}."


def passing_in_words(state: Pass) -> str:
    """What passing asks for, and how far it is."""
    whole = "the" if state.safety == 1 else "all"
    safety = f"{whole} {_counted(state.safety)} about safety" if state.safety else ""
    others = f"{state.wanted} of the {state.others} others" if state.others else ""
    if not state.safety:
        others = f"{state.wanted} of {_counted(state.others)}"
    wants = f"It counts as passed when {' and '.join(filter(None, (safety, others)))} are right"
    if state.reached:
        return f"Passed. {wants}, and they are."
    return f"{wants}, at the last answer to each. Nothing is locked until then."


def _counted(questions: int) -> str:
    return "1 question" if questions == 1 else f"{questions} questions"
