"""Invented questions, and answers to them, for the tests of what a learner knows."""

from datetime import UTC, datetime

from massage_workbook.answers.answer import Answer
from massage_workbook.questions.number import NumberQuestion
from massage_workbook.questions.single import SingleQuestion

MONDAY = datetime(2026, 11, 23, 21, 47, tzinfo=UTC)
CHOICES = [
    {"id": "a", "text": "a", "right": True},
    {"id": "b", "text": "b", "feedback": "no"},
    {"id": "c", "text": "c", "feedback": "no"},
]


def question(name, about=("x",), kind="single", critical=False):
    common = {
        "id": name, "kind": kind, "prompt": "?", "why": "so", "about": about,
        "critical": critical, "sources": ["DK"],
    }  # fmt: skip
    if kind == "single":
        return SingleQuestion(**common, choices=CHOICES)
    return NumberQuestion(**common, unit="cm", accepts=(1, 2), too_low="more", too_high="less")


def answer(name, at=MONDAY, score=1.0, sure=True, **how):
    seconds, response = how.get("seconds", 12.0), how.get("response", ["a"])
    return Answer(at, "topic", name, response, score, sure, seconds)
