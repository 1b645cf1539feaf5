"""A lesson's self-check: the few of its questions on which it is passed."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence

from massage_workbook.answers.memory import concept
from massage_workbook.questions import Question, Topic

MOST = 12
"""So few questions are all asked."""
USUALLY = 10
"""Questions of a self-check."""
MOST_CRITICAL = 8
FEWEST_OTHERS = 4
"""Questions that are not critical; a check with many critical ones is longer for them."""


def of_topics(topics: Sequence[Topic]) -> list[Question]:
    """The self-check on some topics; a teacher's own ones ask all of their questions."""
    if all(topic.origin for topic in topics):
        return [question for topic in topics for question in topic.questions]
    seed = " ".join(topic.id for topic in topics)
    return self_check([topic.questions for topic in topics], seed)


def self_check(topics: Sequence[Sequence[Question]], seed: str) -> list[Question]:
    """8 to 12 of the questions of some topics, critical ones first, or all where there are fewer.

    They are spread over concepts, topics and kinds, and follow from the questions and `seed` alone.
    """
    every = [question for questions in topics for question in questions]
    if len(every) <= MOST:
        return sorted(every, key=lambda each: not each.critical)
    topic_of = {each.id: number for number, questions in enumerate(topics) for each in questions}
    drawn = random.Random(seed).sample(every, len(every))  # noqa: S311
    critical = [question for question in drawn if question.critical]
    others = [question for question in drawn if not question.critical]
    chosen = _spread([], critical, MOST_CRITICAL, topic_of)
    return _spread(chosen, others, max(USUALLY, len(chosen) + FEWEST_OTHERS), topic_of)


def _spread(
    chosen: Sequence[Question], more: Sequence[Question], most: int, topic_of: Mapping[str, int]
) -> list[Question]:
    """The chosen ones with others, one at a time of the least asked concept, topic and kind."""
    found, left = list(chosen), list(more)
    while left and len(found) < most:
        concepts = Counter(map(concept, found))
        topics = Counter(topic_of[each.id] for each in found)
        kinds = Counter(each.kind for each in found)
        scarce = min(
            left,
            key=lambda each: (
                concepts[concept(each)],
                topics[topic_of[each.id]],
                kinds[each.kind],
            ),
        )
        found.append(scarce)
        left.remove(scarce)
    return found
