"""A round of questions: the current question, the feedback, and the result."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from massage_workbook.answers.mastery import Pass, Standings
from massage_workbook.answers.round import Round, of_course, waiting
from massage_workbook.answers.scheduling import next_due
from massage_workbook.course import Course
from massage_workbook.questions.kind import Grade
from massage_workbook.views.question import explanation, question_view


def question(round_: Round, title: str, course: Course) -> dict[str, Any]:
    """The current question, and the progress of the round."""
    first = round_.queue[0]
    return {
        "show": "question",
        "topic": title,
        "number": round_.questions.index(first) + 1,
        "of": len(round_.questions),
        "answered": sum(each.id in round_.scores for each in round_.questions),
        **question_view(first, round_.times.get(first.id, 0), course),
    }


def feedback(round_: Round, given: Grade, response: object, course: Course) -> dict[str, Any]:
    """The feedback on the response to the current question."""
    first = round_.queue[0]
    return {
        "show": "feedback",
        "response": response,
        "right": given.right,
        "verdict": given.verdict,
        "says": given.says,
        "remarks": {remark.choice: asdict(remark) for remark in given.remarks},
        "answer": given.answer,
        **explanation(first, course),
        "last": not round_.without_first().queue,
    }


def result(round_: Round, title: str) -> dict[str, Any]:
    """The result of the round, and the questions to repeat."""
    right = [each for each in round_.questions if round_.scores.get(each.id) == 1]
    return {
        "show": "result",
        "topic": title,
        "of": len(round_.questions),
        "right": len(right),
        "again": [each.prompt for each in round_.questions if each not in right],
    }


def next_review(course: Course, standings: Standings, now: datetime) -> str:
    """The next review, in words."""
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
    """The conditions for passing, and whether they are met."""
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
