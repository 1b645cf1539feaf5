"""A response to a question in, its grade out.

A response is what the browser reports, as JSON has it; the module of each kind says what that is.
None, or nothing in it, is an honest "I don't know".
"""

from typing import Any

from pydantic import ValidationError

from massage_workbook.course import Course
from massage_workbook.questions import Question
from massage_workbook.questions.kind import Grade


def grade(question: Question, response: Any, course: Course) -> Grade:  # noqa: ANN401
    """Grade a response.

    Raises:
        ValueError: it is none that the question can have; it says what is wrong with it.
    """
    given = _read(question, response)
    score, remarks, says, answer = question.graded(given, course)
    return Grade(score == 1, score, question.verdict(given, score), remarks, says, answer)


def misleads(question: Question, score: float) -> bool:
    """Whether an answer of that score is one with which hands could do harm."""
    return question.critical and score < question.enough


def _read(question: Question, response: Any) -> Any:  # noqa: ANN401
    """The response as its kind has it; None where there is none."""
    if response is None or response in ([], {}, ()):
        return None
    try:
        return question.response.validate_python(response)
    except ValidationError as error:
        said = error.errors()[0]["msg"]
        raise ValueError(f'"{question.id}" cannot be answered so: {said}') from None
