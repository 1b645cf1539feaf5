"""What decides which question is asked next. All of them see what a workbook sees but the oracle.

A policy gives the questions of an evening one by one, and hears each answer.
"""

from datetime import UTC
from itertools import cycle

from fsrs import Card, Rating, Scheduler

from massage_workbook.answers import review
from massage_workbook.answers.memory import concept, updated_memory
from massage_workbook.answers.round import Round


class Policy:
    """`course` are the questions in their order, `critical` the critical concepts."""

    def __init__(self, course, critical, learner):
        self.course, self.critical, self.learner = course, critical, learner

    def hear(self, question, answer, reading):
        """Take note of an answer, and of the seconds of reading the feedback."""


class Once(Policy):
    """What jupyterquiz offers: the questions in their order, once."""

    def __init__(self, *given):
        super().__init__(*given)
        self._left = iter(self.course)

    def evening(self, _day, _now, _pace, _minutes):
        yield from self._left


class Repeated(Once):
    """The questions in their order, again and again."""

    def __init__(self, *given):
        super().__init__(*given)
        self._left = cycle(self.course)


class Drawn(Policy):
    """Any question, by chance."""

    def evening(self, _day, _now, _pace, _minutes):
        while True:
            yield self.learner.chance.choice(self.course)


class EachQuestion(Policy):
    """The review as it was: a card a question, all that is due, critical ones first, then new."""

    scheduler = Scheduler(enable_fuzzing=False)

    def __init__(self, *given):
        super().__init__(*given)
        self.cards = {}

    def evening(self, _day, now, _pace, _minutes):
        due = [each for each in self.course if (c := self.cards.get(each.id)) and c.due <= now]
        yield from sorted(due, key=lambda each: self._order(each, now))
        yield from [each for each in self.course if each.id not in self.cards]

    def _order(self, question, now):
        known = self.scheduler.get_card_retrievability(self.cards[question.id], now)
        return concept(question) not in self.critical, known

    def hear(self, question, answer, _reading):
        card = self.cards.get(question.id) or Card(card_id=0, due=answer.at)
        right = Rating.Good if answer.sure else Rating.Hard
        rating = right if answer.score == 1 else Rating.Again
        self.cards[question.id], _ = self.scheduler.review_card(card, rating, answer.at)


class Review(Policy):
    """The review of the product."""

    def __init__(self, *given):
        super().__init__(*given)
        self.memories, self.round = {}, None

    def evening(self, day, _now, pace, minutes):
        asked = tuple(review.review_questions(self.course, self.memories, day, pace, minutes))
        self.round = Round(
            questions=asked, topics={}, queue=asked, scores={}, answer_counts={},
            seconds=60 * minutes, pace=pace,
        )  # fmt: skip
        while self.round.queue:
            yield self.round.queue[0]

    def hear(self, question, answer, reading):
        name = concept(question)
        self.memories[name] = updated_memory(answer, self.memories.get(name), UTC)
        self.round = self.round.with_answer(answer.score, answer.seconds).advanced(reading)


class Oracle(Policy):
    """Sees the memory, and always asks what gains the most a second; an upper bound, greedily.

    A critical concept counts `WEIGHT` times, and gains are looked at `AHEAD` days later: the best
    of those that were tried for the critical ones.
    """

    WEIGHT, AHEAD = 10, 3

    def evening(self, _day, now, _pace, _minutes):
        best = {name: self._best(name, now) for name in self.learner.concepts}
        while True:
            name = max(best, key=lambda name: best[name][0])
            yield best[name][1]
            best[name] = self._best(name, now)

    def _best(self, name, now):
        """The largest gain a second of the questions about a concept, and that question."""
        return max(
            ((self._gain(each, name, now), each) for each in self.learner.concepts[name]),
            key=lambda pair: pair[0],
        )

    def _gain(self, question, name, now):
        learner, moment = self.learner, _days(now)
        known = learner.recall(question.id, moment)
        after_all = known * self._sum(learner.after_trial(question.id, moment, True), moment)
        after_all += (1 - known) * self._sum(
            learner.after_trial(question.id, moment, False), moment
        )
        before = self._sum({each.id: None for each in learner.concepts[name]}, moment)
        weight = self.WEIGHT if name in self.critical else 1
        gain = weight * (after_all - before) / len(learner.concepts[name])
        return gain / review.expected_seconds(question, 1)

    def _sum(self, memories, moment):
        return sum(
            self.learner.recall(name, moment + self.AHEAD, memory)
            for name, memory in memories.items()
        )


def _days(now):
    return now.timestamp() / 86400


POLICIES = {
    "once, in fixed order": Once,
    "fixed order, repeated": Repeated,
    "random": Drawn,
    "review as it was": EachQuestion,
    "review": Review,
    "oracle": Oracle,
}
