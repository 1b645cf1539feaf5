"""Whether hands can carry sessions out, and what a screening leaves of them.

Run: python tests/benchmarks/hand.py [screenings]. Simulated hands (`tests/hand.py`) follow each
ready-made session and 1,000 plans made by chance, with and without restrictions. A pace is that of
a step beside the middle of its tempo. Then the ready-made sessions are cut down by screenings made
by chance, 3,000 of them unless told otherwise. One that is worth it has two techniques and five
minutes at least; the best one has most techniques, and of these it is the longest. It takes some
minutes.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

from table import print_row

sys.path.insert(0, str(Path(__file__).parents[2]))

from massage_workbook.safety.screening import Restrictions
from massage_workbook.session import make_steps, restrict_plan
from tests.hand import follow
from tests.session.generated import (
    SESSIONS,
    plan,
    random_plan,
    random_restrictions,
    random_screening,
)
from tests.shipped import COURSE

PLANS = 1000
WIDE = 34
LONG = 8 * 60
"""Seconds of one technique in a session that are much."""
ENOUGH = 5 * 60
"""Seconds of a session that is worth its while, with two techniques at least."""


def main(screenings):
    plans = [random_plan(Random(i)) for i in range(PLANS)]
    shut = [random_restrictions(Random(i)) for i in range(PLANS)]
    heads = "steps", "passes", "wrong", "few", "slowest", "fastest", "rest s"
    print_row(f"{'hands':{WIDE}}", *heads)
    for name in SESSIONS:
        hands(name, [plan(name)])
    hands(f"{PLANS:,} plans by chance", plans)
    hands(f"{PLANS:,} with restrictions", plans, shut)
    left_by_screenings(screenings)


def hands(name, plans, restrictions=None):
    """A row for what hands met in some plans; too few passes are counted apart."""
    reports = []
    for i, each in enumerate(plans):
        shut = restrictions[i] if restrictions else Restrictions()
        made = make_steps(each, COURSE, shut)
        total = restrict_plan(each, COURSE, shut).total if made else None
        reports.append(follow(made, COURSE, total))
    kinds = Counter(found.kind for report in reports for found in report.violations)
    few = kinds.pop("few passes", 0)
    paces = [pace for report in reports for pace in report.paces]
    print_row(
        f"{name:{WIDE}}",
        len(paces),
        sum(report.passes for report in reports),
        sum(kinds.values()),
        few,
        f"{min(paces):.2f}",
        f"{max(paces):.2f}",
        max(rest for report in reports for rest in report.rests),
    )
    if kinds:
        print("    " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


def left_by_screenings(count):
    """How often a screening leaves nothing, one technique, or much of one, by session."""
    seen = defaultdict(list)
    for i in range(count):
        shut = random_screening(Random(i)).restrictions
        found = {name: left(make_steps(plan(name), COURSE, shut)) for name in SESSIONS}
        for name, one in found.items():
            seen[name].append(one)
        seen["the best of them"].append(max(found.values()))
    heads = "empty", "single", "> 8 min", "worth", "minutes"
    print()
    print_row(f"{f'% of {count:,} screenings':{WIDE}}", *heads)
    for name, rows in seen.items():
        shares = (
            sum(techniques == 0 for techniques, _, _ in rows),
            sum(techniques == 1 for techniques, _, _ in rows),
            sum(longest > LONG for _, _, longest in rows),
            sum(techniques > 1 and total >= ENOUGH for techniques, total, _ in rows),
        )
        minutes = sum(total for _, total, _ in rows) / 60 / count
        print_row(f"{name:{WIDE}}", *(f"{100 * n / count:.1f}" for n in shares), f"{minutes:.1f}")


def left(made):
    """Techniques, seconds, and seconds of the technique that has most."""
    by_technique = Counter()
    for step in made:
        by_technique[step.technique] += step.seconds - step.lead - step.rest
    return len(by_technique), sum(s.seconds for s in made), max(by_technique.values(), default=0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
