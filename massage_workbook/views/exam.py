"""The final check: introduction, result and certificate."""

from datetime import datetime
from typing import Any

from massage_workbook.answers.examination import Outcome
from massage_workbook.answers.round import Round

_INTRODUCTION = (
    "Questions from all lessons, half of them on staying safe. It takes about half an hour.",
    "Each answer is explained at once, as everywhere, and counts for your review like any other.",
    "The first answer to a question is the one that counts here. “I don't know” is always allowed.",
    "You may leave it and go on within a day.",
)
_UNSAFE = "where the hands should stop, or {} where help should be called."
_WHY = (
    "A share of right answers alone would let somebody pass who goes on massaging through chest"
    " pain; so one such answer is enough not to pass. “I don't know” costs the point, and nothing"
    " more: in doubt one asks, and does not massage."
)
_NOT_PASSED = (
    "Nothing is lost. What was not right comes back in your review, and the next final check has"
    " other questions."
)
IS_NOT = (
    "It is not a qualification.",
    "It is no licence to massage for money.",
    "Nobody examined your hands, and nobody saw who answered.",
    "It does not replace the safety questions: ask them of each person, on each day.",
)


def beginning(state: Outcome) -> dict[str, Any]:
    """The introduction: the conditions for passing, and the progress of this sitting."""
    return {
        "show": "beginning",
        "title": f"{state.total} questions",
        "introduction": _INTRODUCTION,
        "conditions": [
            f"{state.required} of the {state.total} are right, and",
            f"no answer but a guess goes on {_UNSAFE.format('waits')}",
        ],
        "why": _WHY,
        "of": state.total,
        "answered": state.answered,
    }


def end(state: Outcome, round_: Round, at: datetime) -> dict[str, Any]:
    """The result of a sitting whose last answer was given at `at`."""
    return {
        "show": "end",
        "title": "Passed." if state.passed else "Not passed this time.",
        "conditions": _conditions(state),
        "unsafe": [{"prompt": each.prompt, "why": each.why} for each in state.unsafe],
        "missed": [each.prompt for each in round_.questions if round_.scores[each.id] < 1],
        "advice": None if state.passed else _NOT_PASSED,
        "certificate": _certificate(state, at) if state.passed else None,
    }


def _conditions(state: Outcome) -> list[dict[str, Any]]:
    unsafe = len(state.unsafe)
    several = f"{unsafe} answers go on {_UNSAFE.format('wait')}"
    one = f"{'One' if unsafe else 'No'} answer goes on {_UNSAFE.format('waits')}"
    return [
        {
            "is_met": state.right >= state.required,
            "text": f"{state.right} of {state.total} right; {state.required} are needed.",
        },
        {"is_met": not unsafe, "text": several if unsafe > 1 else one},
    ]


def _certificate(state: Outcome, at: datetime) -> dict[str, Any]:
    """The text of the certificate; only the page knows the name on it."""
    day = at.astimezone()
    return {
        "title": "Certificate of completion",
        "statement": "has completed and passed the final check of the workbook",
        "workbook": "A back massage at home",
        "facts": [f"{state.right} of {state.total} questions right", f"{day.day} {day:%B %Y}"],
        "is_not": IS_NOT,
    }
