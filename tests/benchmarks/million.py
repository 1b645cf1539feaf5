"""A store with a million answers: how long it takes to open, to record, to say what is due.

Run: python tests/benchmarks/million.py [answers]. An almost empty store stands beside it.
"""

import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from table import compare

from massage_workbook.answers.scheduling import due
from massage_workbook.course import read
from massage_workbook.store import Answer, Progress

ROUNDS = 50
NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)


def main(count):
    with tempfile.TemporaryDirectory() as folder:
        for name, size in (("100 answers", 100), (f"{count:,} answers", count)):
            path = Path(folder) / str(size) / "progress.sqlite"
            began = time.perf_counter()
            Progress(path, NOW).record_all(answers(size))
            print(f"{name}: written in {time.perf_counter() - began:.1f} s", end="")
            began = time.perf_counter()
            Progress(path, NOW + timedelta(days=1))
            print(f", opened first that day in {time.perf_counter() - began:.2f} s", end="")
            began = time.perf_counter()
            Progress(path, NOW + timedelta(days=1)).standings()
            print(f", first review in {time.perf_counter() - began:.1f} s")
            compare({f"{name}: {what}": took for what, took in measured(path)}, unit="ms")


def answers(count):
    chance = random.Random(1)
    questions = [question.id for topic in read().topics for question in topic.questions]
    for i in range(count):
        at = NOW - timedelta(days=400) + timedelta(seconds=30 * i)
        score = chance.choice((0.0, 1.0, 1.0))
        yield Answer(at, "stroking", chance.choice(questions), ["stays"], score, True, 4.0)


def measured(path):
    later = NOW + timedelta(days=1)
    progress = Progress(path, later)
    questions = list(progress.standings())
    answer = Answer(later, "stroking", questions[0], ["stays"], 1.0, sure=True, seconds=4.0)
    yield "opening", times(lambda: Progress(path, later))
    yield "recording", times(lambda: progress.record(answer))
    yield "review", times(lambda: due(progress.record(answer).standings(), later))


def times(do):
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        do()
        took.append(1000 * (time.perf_counter() - began))
    return took


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
