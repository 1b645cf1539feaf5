"""A lesson's self-check: the few of its questions on which it is passed."""

import random
from collections import Counter
from collections.abc import Sequence

from massage_workbook.answers.memory import concept
from massage_workbook.questions import Question, Topic

MOST = 12
"""So few questions are all asked."""
USUALLY = 10
"""Questions of a self-check."""
MOST_CRITICAL = 8
FEWEST_OTHERS = 4
"""Questions that are not critical; a check with many critical ones is longer for them."""


def of_topic(topic: Topic) -> list[Question]:
    """The self-check of a topic; a teacher's own one asks all of its questions."""
    return list(topic.questions) if topic.origin else self_check(topic.questions, topic.id)


def self_check(questions: Sequence[Question], seed: str) -> list[Question]:
    """8 to 12 of a lesson's questions, critical ones first, or all where there are fewer.

    They are spread over concepts and kinds, and follow from the questions and `seed` alone.
    """
    if len(questions) <= MOST:
        return sorted(questions, key=lambda each: not each.critical)
    drawn = random.Random(seed).sample(questions, len(questions))  # noqa: S311
    critical = [question for question in drawn if question.critical]
    others = [question for question in drawn if not question.critical]
    chosen = _spread([], critical, MOST_CRITICAL)
    return _spread(chosen, others, max(USUALLY, len(chosen) + FEWEST_OTHERS))


def _spread(chosen: Sequence[Question], more: Sequence[Question], most: int) -> list[Question]:
    """The chosen ones with others, one at a time of the least asked concept and kind."""
    found, left = list(chosen), list(more)
    while left and len(found) < most:
        concepts = Counter(map(concept, found))
        kinds = Counter(question.kind for question in found)
        found.append(min(left, key=lambda each: (concepts[concept(each)], kinds[each.kind])))
        left.remove(found[-1])
    return found
