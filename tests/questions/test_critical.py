"""The mark of the few questions that must not be wrong."""

from ..shipped import COURSE


def test_files_of_older_editions_call_it_safety():
    question = next(q for topic in COURSE.topics for q in topic.questions if q.critical)
    old = question.model_dump(exclude={"critical"}) | {"safety": True}
    assert type(question).model_validate(old) == question
