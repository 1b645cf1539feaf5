"""What simulated learners retain with a few minutes a day, by what decides what they are asked.

Run: python tests/simulation/run.py. It prints a table for each model of memory and draws the
curves. The constants of the review were tuned with other learners: those of `--tuning`.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import mean, stdev

from learners import ActR, Dash, Learner
from matplotlib.figure import Figure
from policies import POLICIES

from massage_workbook.answers import review
from massage_workbook.answers.answer import Answer
from massage_workbook.answers.memory import by_concept
from massage_workbook.widgets import widget

BEGAN = datetime(2026, 1, 1, 20, tzinfo=UTC)
FROM_DAY = 20
COURSE = [question for topic in widget.course().topics for question in topic.questions]
CONCEPTS = by_concept(COURSE)
CRITICAL = {name for name, about in CONCEPTS.items() if any(each.critical for each in about)}
OTHERS = CONCEPTS.keys() - CRITICAL
ROWS = [*((name, 1) for name in POLICIES), ("review", 2 / 3)]
"""A policy and the share of the minutes that it gets."""


@dataclass
class Life:
    """Of each day what is retained of critical concepts and of others; of evenings the minutes."""

    critical: list[float]
    others: list[float]
    minutes: list[float]


def live(policy, given, model, seed, minutes):
    """The days of one learner, with one policy."""
    learner = Learner(seed, model, CONCEPTS, given.shared)
    asks, answers, life = POLICIES[policy](COURSE, CRITICAL, learner), [], Life([], [], [])
    for day in range(given.days):
        now = BEGAN + timedelta(days=day)
        life.critical.append(mean(learner.retained(name, moment(now)) for name in CRITICAL))
        life.others.append(mean(learner.retained(name, moment(now)) for name in OTHERS))
        if learner.has_time(day):
            life.minutes.append(evening(asks, learner, answers, now, minutes) / 60)
    return life


def evening(asks, learner, answers, now, minutes):
    """One evening's questions, as many as fit; the seconds that they took."""
    spent, pace = 0, review.pace(answers, COURSE)
    for question in asks.evening(now.date(), now, pace, minutes):
        if spent + review.expected_seconds(question, pace) > 60 * minutes:
            break
        at = now + timedelta(seconds=spent)
        right, sure, seconds, reading = learner.answer(question, moment(at))
        spent += seconds + reading
        answers.append(Answer(at, "", question.id, None, float(right), sure, seconds))
        asks.hear(question, answers[-1], reading)
    return spent


def moment(now):
    return now.timestamp() / 86400


def main(given):
    seeds = range(1000, 1000 + given.learners) if given.tuning else range(given.learners)
    figure = Figure((11, 7), layout="constrained")
    panels = figure.subplots(2, 2, sharex=True, sharey=True)
    with ProcessPoolExecutor(2) as pool:
        for model, (left, right) in zip((ActR, Dash), panels, strict=True):
            print_row(f"\n{model.__name__}, {given.learners} learners", *HEAD)
            for policy, share in ROWS:
                minutes = share * given.minutes
                one = partial(live, policy, given, model, minutes=minutes)
                lives = list(pool.map(one, seeds))
                name = policy if share == 1 else f"{policy}, {share:.0%} of the minutes"
                print_row(name, *figures(lives, minutes))
                left.plot(by_day(lives, "critical"), label=name)
                right.plot(by_day(lives, "others"), label=name)
            left.set_title(f"{model.__name__}: critical concepts", loc="left")
            right.set_title(f"{model.__name__}: the others", loc="left")
    panels[0][0].legend(fontsize="small")
    figure.supxlabel("days")
    figure.savefig(given.plot)
    print(f"\nThe curves are in {given.plot}.")


HEAD = "critical", "others", "all", "minutes", "longest", "over"


def figures(lives, minutes):
    """Means and spread over learners from a day on; minutes of an evening, how many were over."""
    used = [each for life in lives for each in life.minutes]
    critical = [mean(life.critical[FROM_DAY:]) for life in lives]
    others = [mean(life.others[FROM_DAY:]) for life in lives]
    weight = len(CRITICAL) / len(CONCEPTS)
    every = [weight * a + (1 - weight) * b for a, b in zip(critical, others, strict=True)]
    for group in (critical, others, every):
        yield f"{mean(group):.3f} ±{stdev(group):.2f}"
    yield f"{mean(used):.2f}"
    yield f"{max(used):.2f}"
    yield f"{mean(each > minutes for each in used):.1%}"


def by_day(lives, group):
    return [mean(shares) for shares in zip(*(getattr(life, group) for life in lives), strict=True)]


def print_row(name, *cells):
    print(f"{name:32}" + "".join(f"{cell:>13}" for cell in cells), flush=True)


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=20)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=review.DEFAULT_MINUTES)
    parser.add_argument("--shared", type=float, default=0.5, help="of a trace, by siblings")
    parser.add_argument("--tuning", action="store_true", help="the learners of the tuning")
    parser.add_argument("--plot", type=Path, default=Path("simulation.svg"))
    return parser.parse_args()


if __name__ == "__main__":
    main(options())
