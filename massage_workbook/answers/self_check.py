"""The self-check of a lesson: a selection of its questions."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence

from massage_workbook.answers.memory import concept
from massage_workbook.questions import Question, Topic

_ASK_ALL = 12
"""Maximum number of questions that are all asked, without selection."""
_USUAL_COUNT = 10
"""Usual number of selected questions."""
MAX_CRITICAL = 8
_MIN_OTHERS = 4
"""Minimum number of non-critical questions, for which a check may be longer."""


def self_check(topics: Sequence[Topic]) -> list[Question]:
    """The self-check on topics: a selection, or all questions of a teacher's own ones."""
    if all(topic.origin for topic in topics):
        return [question for topic in topics for question in topic.questions]
    seed = " ".join(topic.id for topic in topics)
    return select_questions([topic.questions for topic in topics], seed)


def select_questions(topics: Sequence[Sequence[Question]], seed: str) -> list[Question]:
    """Select 8 to 12 questions of topics, or all if there are fewer; critical ones first.

    The selection is spread over concepts, topics and kinds, and reproducible by `seed`.
    """
    every = [question for questions in topics for question in questions]
    if len(every) <= _ASK_ALL:
        return sorted(every, key=lambda each: not each.critical)
    topic_of = {each.id: number for number, questions in enumerate(topics) for each in questions}
    drawn = random.Random(seed).sample(every, len(every))  # noqa: S311
    critical = [question for question in drawn if question.critical]
    others = [question for question in drawn if not question.critical]
    chosen = _spread([], critical, MAX_CRITICAL, topic_of)
    return _spread(chosen, others, max(_USUAL_COUNT, len(chosen) + _MIN_OTHERS), topic_of)


def _spread(
    chosen: Sequence[Question], more: Sequence[Question], most: int, topic_of: Mapping[str, int]
) -> list[Question]:
    """Add questions up to `most`, each of the rarest concept, topic and kind so far."""
    found, left = list(chosen), list(more)
    while left and len(found) < most:
        concepts = Counter(map(concept, found))
        topics = Counter(topic_of[each.id] for each in found)
        kinds = Counter(each.kind for each in found)
        scarce = min(
            left,
            key=lambda each: (concepts[concept(each)], topics[topic_of[each.id]], kinds[each.kind]),
        )
        found.append(scarce)
        left.remove(scarce)
    return found
