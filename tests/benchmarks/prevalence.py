"""How many adults may be massaged on an ordinary day: this screening beside a careful textbook.

Run: python tests/benchmarks/prevalence.py [people]. `prevalence.csv` has a condition a line: how
many of 100 have it at each age (of those who have `of`, where it names another), the replies that
they give, what textbooks and practices' lists say of it, and the source. Of people drawn by chance
it counts the outcomes; illnesses that last come together, as in life. An ordinary day is one on
which nothing is `new today`: no infection, new pain, injury or sign of an emergency. What both of
you decide (alcohol, no wish, a tired giver) is not counted.
"""

import csv
import random
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import NormalDist

from table import print_row

from massage_workbook.reader import read
from massage_workbook.safety.screening import MASSAGE_OUTCOMES, Answers, Area, conclude, unanswered
from massage_workbook.session import Plan, make_steps

AGES = "18-34", "35-49", "50-70"
TOGETHER = 0.45
"""How much one condition says about another, from 0 to 1."""
AWAY = 0.6
"""Share of places that may lie elsewhere and do."""
MARKED = "shoulder-roll", "side-of-back", "waist", "small-of-back"
TEXTBOOK = ["go", "adapt", "ask", "stop"]
LEAST_MINUTES, LEAST_TECHNIQUES = 10, 3
COURSE = read()
ALL = COURSE.contraindications
LINES = [each.id for each in ALL if each.section]
TABLE = Path(__file__).with_suffix(".csv")
CONDITIONS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
BELL = NormalDist()


def main(people):
    for title, every_day in (("on any day", True), ("on an ordinary day", False)):
        print_row(f"\n{title + ', % of ' + str(people):34}", *AGES)
        seen = {
            age: [outcome(*person) for person in drawn(age, people, every_day=every_day)]
            for age in AGES
        }
        for name in ("go", "adapt", "adapt, little left", "ask a doctor", "stop", "emergency"):
            row(name, {age: sum(f == name for f, _, _, _ in seen[age]) for age in AGES}, people)
        row(
            "a usable massage",
            {a: sum(f in MASSAGE_OUTCOMES for f, _, _, _ in seen[a]) for a in AGES},
            people,
        )
        word = {a: sum(f == "ask a doctor" and w for f, _, w, _ in seen[a]) for a in AGES}
        row("more, once a doctor allows it", word, people)
        textbook = {a: sum(said in MASSAGE_OUTCOMES for _, said, _, _ in seen[a]) for a in AGES}
        row("by a careful textbook", textbook, people)
    print_row("\nwhat keeps most people from it")
    reasons = {age: Counter(name for _, _, _, why in seen[age] for name in why) for age in AGES}
    for name, _ in sum(reasons.values(), Counter()).most_common(12):
        row(name[:33], {age: reasons[age][name] for age in AGES}, people)


def row(name, counts, people):
    print_row(f"{name:33}", *(f"{100 * counts[age] / people:.1f}" for age in AGES))


def drawn(age, people, *, every_day):
    """People of an age: replies, a textbook's gravest word, a place, whether it lies elsewhere."""
    chance = random.Random(f"prevalence {age}")
    for _ in range(people):
        health = chance.gauss(0, 1)
        has, replies, said = set(), {}, "go"
        for each in CONDITIONS:
            share = float(each[age]) / 100
            if (each["of"] and each["of"] not in has) or not share:
                continue
            if each["new today"] and not every_day:
                continue
            if not each["of"]:
                share = given(share, health)
            if chance.random() < share:
                has.add(each["condition"])
                replies |= dict(one.split("=") for one in each["replies"].split("; "))
                said = max(said, each["textbook"], key=TEXTBOOK.index)
        side = chance.choice(["left", "right"])
        place = frozenset({Area(chance.choice(MARKED), side)})
        yield replies, said, place, chance.random() < AWAY


def given(share, health):
    """The share among people of this general health; over all of them it is as it was."""
    tail = BELL.inv_cdf(share) + TOGETHER * health
    return BELL.cdf(tail / (1 - TOGETHER**2) ** 0.5)


def outcome(replies, said, place, away):
    """What replies lead to, what a textbook says, what a doctor could open, what is against it."""
    found = weighed(frozenset(replies.items()), None, away)
    if found is None:
        found = weighed(frozenset(replies.items()), place, away)
    name, opened, against = found
    return name, said, opened, against


@cache
def weighed(said, place, away):
    """The outcome, whether a doctor could open it, and the gravest reasons.

    None where a place has to be marked and none is given.
    """
    replies = dict.fromkeys(LINES, "no") | dict(said)
    while waiting := unanswered(replies, ALL):
        replies |= {each.id: "no" for each in waiting}
    answers = Answers(replies, place or frozenset(), elsewhere=away and not place)
    decision = conclude(answers, ALL)
    if decision.restrictions.own_area and not place:
        return None
    gravest = [e.contraindication for e in decision.reasons if e.leads_to == decision.outcome]
    if decision.outcome in MASSAGE_OUTCOMES:
        name = decision.outcome if usable(decision.restrictions) else "adapt, little left"
        return name, False, ()
    agreed = {each.id: "ordinary" for each in gravest}
    allowed = conclude(replace(answers, permissions=agreed), ALL)
    opened = allowed.outcome in MASSAGE_OUTCOMES and usable(allowed.restrictions)
    return decision.outcome, opened, tuple(each.name for each in gravest)


@cache
def usable(restrictions):
    """Whether a ready-made session keeps ten minutes and three techniques."""
    for session in COURSE.sessions:
        made = make_steps(Plan.of(session, COURSE), COURSE, restrictions)
        minutes = sum(step.seconds for step in made) / 60
        if minutes >= LEAST_MINUTES and len({s.technique for s in made}) >= LEAST_TECHNIQUES:
            return True
    return False


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
