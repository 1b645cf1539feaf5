"""Simulated learners: a memory that is not the scheduler's, guesses, confidence, time, missed days.

Two models of memory, with the parameters that the open benchmark of spaced repetition publishes:
ACT-R with decay that depends on spacing (Pavlik and Anderson 2005), and DASH (Lindsey, Shroyer,
Pashler and Mozer 2014) with windows of 1, 7 and 30 days and ever. Moments are numbers of days.
"""

import math
import random

A, C, S, TAU = 0.176787, 0.216967, 0.254894, -0.704206
UNITS_PER_DAY = 86400 * 0.025
BRIEFEST = 1e-4
"""Days that a trace is old at least."""
WINDOWS = 1.5, 7.5, 30.5, math.inf  # half a day more: evenings are not to the minute
TRIALS = 0.2024, 0.1255, -0.1485, 0.0933
SUCCESSES = 0.5967, 0.6039, 0.572, 0.4801
BIAS = 0.787

KNOWN_BEFORE = 1 / 3, 0.9
"""Share of the concepts that a person knows before the course, and how surely."""
GUESSED = {"single": 0.25, "case": 0.3, "stroke": 0.1, "tempo": 0.2}
HARDLY_GUESSED = 0.04
"""How often an answer is right without knowing, by kind of question."""
SURE = {True: 0.85, False: 0.2}
"""How often somebody is sure, by whether it is known."""
SECONDS = {
    "single": 12, "many": 18, "case": 16, "zones": 20, "match": 34, "order": 30, "number": 12,
    "stroke": 22, "tempo": 16,
}  # fmt: skip
"""Median seconds of an answer."""
READING = {True: 4, False: 10}
"""Seconds of reading what is said of an answer, by whether it was right."""


class ActR:
    """The traces of one question: when, how fast each decays, and how much of it counts here."""

    def __init__(self, traces=()):
        self.traces = traces

    def logit(self, now):
        """The log odds of recall."""
        return (self._activation(now) - TAU) / S

    def _activation(self, now):
        ages = (max(now - at, BRIEFEST) * UNITS_PER_DAY for at, _, _ in self.traces)
        return math.log(
            sum(
                share * age**-decay
                for age, (_, decay, share) in zip(ages, self.traces, strict=True)
            )
        )

    def with_trial(self, now, _right, share):
        """The memory after one more trial."""
        decay = C * math.exp(self._activation(now)) + A if self.traces else A
        return ActR((*self.traces, (now, decay, share)))


class Dash:
    """The trials of one question: when, whether right, and how much of it counts here."""

    def __init__(self, traces=()):
        self.traces = traces

    def logit(self, now):
        """The log odds of recall."""
        total = BIAS
        for window, of_trials, of_successes in zip(WINDOWS, TRIALS, SUCCESSES, strict=True):
            inside = [each for each in self.traces if now - each[0] <= window]
            total += of_trials * math.log1p(sum(share for _, _, share in inside))
            total += of_successes * math.log1p(sum(share for _, right, share in inside if right))
        return total

    def with_trial(self, now, right, share):
        """The memory after one more trial."""
        return Dash((*self.traces, (now, right, share)))


class Learner:
    """A person, who is the same for the same `seed`, and whose memory is a `model`.

    `concepts` are the questions about each concept. `shared` is how much of a question's trace
    counts for its siblings about the same concept.
    """

    def __init__(self, seed, model, concepts, shared):
        nature = random.Random(f"nature {seed}")
        self.chance = random.Random(f"answers {seed}")
        self._evenings = random.Random(f"evenings {seed}")
        self.concepts, self.shared = concepts, shared
        self.concept_of = {each.id: name for name, about in concepts.items() for each in about}
        self.memories = dict.fromkeys(self.concept_of, model())
        self.ability = nature.gauss(0, 0.4)
        self.pace = math.exp(nature.gauss(0, 0.3))
        self.paces = {kind: self.pace * math.exp(nature.gauss(0, 0.2)) for kind in SECONDS}
        self.misses = nature.uniform(0.05, 0.3)
        begins = nature.randrange(10, 45)
        self.away = range(begins, begins + nature.choice((0, 0, 7, 14)))
        of_concept = {name: random.Random(f"{seed} {name}") for name in concepts}
        self.knows = {name for name, each in of_concept.items() if each.random() < KNOWN_BEFORE[0]}
        self.ease = {name: each.gauss(0, 0.6) for name, each in of_concept.items()}

    def has_time(self, day):
        """Whether the learner opens the workbook on a day; to be asked once a day."""
        return self._evenings.random() > self.misses and day not in self.away

    def recall(self, question, now, memory=None):
        """How likely a question's answer is known, with its memory or one to be tried."""
        concept, memory = self.concept_of[question], memory or self.memories[question]
        known = KNOWN_BEFORE[1] if concept in self.knows else 0
        if not memory.traces:
            return known
        logit = memory.logit(now) + self.ability + self.ease[concept]
        return 1 - (1 - known) / (1 + math.exp(logit))

    def retained(self, concept, now):
        """How likely a question about a concept can be answered."""
        about = self.concepts[concept]
        return sum(self.recall(question.id, now) for question in about) / len(about)

    def after_trial(self, question, now, right):
        """The memory of each question about its concept once a question was asked."""
        found = {}
        for each in self.concepts[self.concept_of[question]]:
            share = 1 if each.id == question else self.shared
            memory = self.memories[each.id]
            found[each.id] = memory.with_trial(now, right, share) if share else memory
        return found

    def answer(self, question, now):
        """Answer a question: whether right, whether sure, seconds to the answer and of reading."""
        knows = self.chance.random() < self.recall(question.id, now)
        right = knows or self.chance.random() < GUESSED.get(question.kind, HARDLY_GUESSED)
        sure = self.chance.random() < SURE[knows]
        seconds = SECONDS[question.kind] * self.paces[question.kind]
        seconds *= math.exp(self.chance.gauss(0, 0.35))
        self.memories |= self.after_trial(question.id, now, right)
        return right, sure, seconds, READING[right] * self.pace
