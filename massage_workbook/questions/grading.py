"""Grading of responses.

A response has JSON types, as the browser sends it; each kind declares its `response_type`. None, or
an empty response, means "I don't know".
"""

from typing import Any

from pydantic import ValidationError

from massage_workbook.course import Course
from massage_workbook.questions import Question
from massage_workbook.questions.kind import Grade


def grade(question: Question, response: Any, course: Course) -> Grade:  # noqa: ANN401
    """Grade a response.

    Raises:
        ValueError: it is not a possible response; the message says why.
    """
    parsed = _parse(question, response)
    evaluation = question.evaluate(parsed, course)
    return Grade(question.verdict(parsed, evaluation.score), *evaluation)


def could_harm(question: Question, score: float) -> bool:
    """Whether an answer with this score shows a misconception that could do serious harm."""
    return question.critical and score < question.safe_score


def _parse(question: Question, response: Any) -> Any:  # noqa: ANN401
    """The response in the type of its kind; None if it is empty."""
    if response is None or response in ([], {}, ()):
        return None
    try:
        return question.response_type.validate_python(response)
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
        raise ValueError(f'"{question.id}" cannot be answered so: {reason}') from None
