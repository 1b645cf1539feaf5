"""A round of questions: the current question, the feedback, and the result."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from massage_workbook.answers.knowledge import Knowledge, next_review_day, questions_of, to_review
from massage_workbook.answers.mastery import PassingState
from massage_workbook.answers.round import Round
from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.questions import Topic
from massage_workbook.questions.kind import Grade
from massage_workbook.views.question import explanation, question_view


def is_of_questions(course: Course, names: Sequence[str]) -> bool:
    """Whether names are ids of questions, not of topics."""
    return not {each.id for each in questions_of(course)}.isdisjoint(names)


def topics_named(course: Course, names: Sequence[str]) -> list[Topic]:
    """Topics by their ids; of ids of questions, their topics with these questions alone.

    Raises:
        LookupError: there is no such topic or question; the message suggests the nearest name.
    """
    if not is_of_questions(course, names):
        return [find_item("topic", name, course.topics) for name in names]
    chosen = {find_item("question", name, questions_of(course)).id for name in names}
    narrowed = (
        topic.model_copy(update={"questions": tuple(q for q in topic.questions if q.id in chosen)})
        for topic in course.topics
    )
    return [topic for topic in narrowed if topic.questions]


def question(round_: Round, title: str, course: Course) -> dict[str, Any]:
    """The current question, and the progress of the round."""
    first = round_.queue[0]
    return {
        "show": "question",
        "topic": title,
        "number": round_.questions.index(first) + 1,
        "of": len(round_.questions),
        "answered": sum(each.id in round_.scores for each in round_.questions),
        **question_view(first, round_.answer_counts.get(first.id, 0), course),
    }


def feedback(
    round_: Round, given: Grade, response: object, store_error: str | None, course: Course
) -> dict[str, Any]:
    """The feedback on the response to the current question, and why it could not be stored."""
    first = round_.queue[0]
    return {
        "show": "feedback",
        "response": response,
        "right": given.right,
        "verdict": given.verdict,
        "feedback": given.feedback,
        "remarks": {remark.choice: asdict(remark) for remark in given.remarks},
        "answer": given.answer,
        **explanation(first, course),
        "last": not round_.advanced().queue,
        "store_error": store_error,
    }


def result(round_: Round, title: str, review: dict[str, Any], *, more: bool) -> dict[str, Any]:
    """The result of the round in one sentence, the next step, and other ways to go on.

    `review` is what `next_review` says and whether it is `due`; `more` whether the topic has
    further questions. The next step has a text, and a `button` with its message if there is one.
    """
    right = [each for each in round_.questions if round_.scores.get(each.id) == 1]
    missed = [each.prompt for each in round_.questions if each not in right]
    those = "the one that was" if len(missed) == 1 else f"the {len(missed)} that were"
    repeat_missed = {"text": f"Ask {those} missed again", "do": "repeat", "all": False}
    repeat_all = {"text": "Ask all of them again", "do": "repeat", "all": True}
    steps = [
        *([repeat_missed] if missed else []),
        *([{"text": "Review", "do": "review"}] if review["due"] else []),
        *([{"text": "More questions", "do": "more"}] if more else []),
    ]
    next_review_text = "" if missed and review["minutes"] else review["next"]  # or an error
    return {
        "show": "result",
        "topic": title,
        "summary": _result_sentence(title, len(right), len(round_.questions)),
        "missed": missed,
        "next_step": {"text": next_review_text, "button": steps[0] if steps else None},
        "other_steps": steps[1:] + ([repeat_all] if round_.questions else []),
        "due": review["due"],
        "more": more,
        "minutes": review["minutes"],
    }


def _result_sentence(title: str, right: int, of: int) -> str:
    if not of:
        return f"{title}: no question is waiting."
    if right == of:
        return f"{title}: {right} of {of} right. Well done."
    return f"{title}: {right} of {of} right. What was missed comes back."


def next_review(course: Course, known: Knowledge, minutes: int) -> tuple[str, bool]:
    """The next review in words, and whether one is ready now."""
    if not known.memories:
        return "Nothing has been answered yet: the questions of the lessons come first.", False
    left = known.minutes_left(minutes)
    if to_review(course, known, left):
        return f"A review of {about(left)} is ready.", True
    if to_review(course, known, minutes):
        return f"That is enough for today. If you like, go on for {about(minutes)}.", True
    day = next_review_day(course, known)
    days = (day - known.day).days if day else 0
    when = {0: "in more than a year", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"Nothing is due today. Next review: {when}.", False


def about(minutes: float) -> str:
    """A duration in words, in whole minutes."""
    whole = max(1, round(minutes))
    return "about 1 minute" if whole == 1 else f"about {whole} minutes"


def passing_in_words(state: PassingState) -> str:
    """The conditions for passing, and whether they are met."""
    critical = f"all {state.critical} critical questions"
    if state.critical == 1:
        critical = "the critical question"
    others = f"{state.required} of the {state.others} {'others' if state.critical else 'questions'}"
    wants = [*([critical] if state.critical else []), *([others] if state.others else [])]
    state_label = "Passed" if state.passed else "To pass"
    return f"{state_label}: {' and '.join(wants)} right, at the last answer to each."
