"""A kernel that opens its answers, records one, and says what is due, with few answers and many.

Run: python tests/benchmarks/store.py [answers ...]. What grows with the answers is also given in
microseconds of CPU time for each, beside the second size: no size may stand out.
"""

import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from table import print_row

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.knowledge import Knowledge, to_review
from massage_workbook.reader import read
from massage_workbook.store import Progress
from massage_workbook.store.progress import Cache

SIZES = [100, 5000, 49_000, 51_000, 1_000_000]
ROUNDS = 11
NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
GROWING = "first of a day", "opening", "first standings"


class Took(NamedTuple):
    """Milliseconds by the clock, and of this process alone."""

    wall: float
    cpu: float


COURSE = read()
QUESTIONS = [question.id for topic in COURSE.topics for question in topic.questions]


def main(sizes):
    seen = {size: measured(size) for size in sizes}
    print_row(f"{'milliseconds':26}", *(f"{size:11,}" for size in sizes))
    for name in seen[sizes[0]]:
        print_row(f"{name:26}", *(f"{took[name].wall:11.4g}" for took in seen.values()))
    for name in GROWING:
        each = [1000 * took[name].cpu / size for size, took in seen.items()]
        print_row(f"{name}, CPU us each".ljust(26), *(f"{one:11.3g}" for one in each))
        base = each[min(1, len(each) - 1)]
        print_row("    ratio".ljust(26), *(f"{one / base:11.2f}" for one in each))


def measured(size):
    """What each step of a kernel took with so many answers."""
    with tempfile.TemporaryDirectory() as folder:
        path, later = Path(folder) / "home" / "progress.sqlite", NOW + timedelta(days=500)
        Progress(path, NOW).record_all(answers(size))
        found = {"first of a day": timed(lambda: Progress(path, later))}
        found["opening"] = median(lambda: Progress(path, later))
        cache = Cache()
        progress = Progress(path, later, cache)
        found["another widget"] = median(lambda: Progress(path, later, cache))
        found["first standings"] = timed(progress.standings)
        answer = next(answers(1, later))
        found["recording"] = median(lambda: progress.record(answer))
        found["recording, then a review"] = median(lambda: reviewed(progress.record(answer), later))
        return found


def reviewed(progress, now):
    known = Knowledge.of(COURSE, progress.answers(), progress.standings(), now)
    return to_review(COURSE, known, 5)


def answers(count, begun=NOW - timedelta(days=400)):
    chance = random.Random(1)
    for i in range(count):
        at = begun + timedelta(seconds=30 * i)
        score = chance.choice((0.0, 1.0, 1.0))
        yield Answer(at, "stroking", chance.choice(QUESTIONS), ["stays"], score, True, 4.0)


def median(do):
    return Took(*map(statistics.median, zip(*(timed(do) for _ in range(ROUNDS)), strict=True)))


def timed(do):
    wall, cpu = time.perf_counter(), time.process_time()
    do()
    return Took(1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu))


if __name__ == "__main__":
    main(list(map(int, sys.argv[1:])) or SIZES)
