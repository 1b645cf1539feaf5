"""Hypothesis strategies for plans and screenings."""

from hypothesis import strategies as st

from massage_workbook.safety.screening import Area, Restrictions, decide
from massage_workbook.session import MAX_SECONDS, Plan, PlanError

from ..shipped import BLOCKS, COURSE, SESSIONS, TECHNIQUES, ZONES

SIDES = ["both", "left", "right"]


def plan(session="standard-20"):
    return Plan.of(SESSIONS[session], COURSE)


def random_plan(chance, changes=6):
    """A ready-made session after some changes that a learner could make."""
    made = plan(chance.choice(sorted(SESSIONS)))
    for _ in range(chance.randint(0, changes)):
        try:
            made = chance.choice(CHANGES)(made, chance)
        except PlanError:
            continue
    return made


def _total(made, chance):
    return made.with_total(chance.randint(made.least, made.most))


def _minutes(made, chance):
    part = chance.choice(made.parts)
    room = MAX_SECONDS - made.total + part.seconds
    return made.with_block(part.block, chance.randint(part.least, min(part.most, room)))


def _added(made, chance):
    part = chance.choice(made.parts)
    fits = [
        each
        for each in COURSE.techniques
        if each.family == part.family and made.position in each.positions
    ]
    if not fits:
        return made
    technique = chance.choice(fits)
    return made.with_technique(
        part.block, technique, chance.randint(1, 5), chance.choice([*SIDES, "both", "both"])
    )


def _left_out(made, chance):
    part = chance.choice([part for part in made.parts if part.choices])
    return made.without_technique(part.block, chance.choice(part.choices).technique)


def _without(made, chance):
    return made.without(chance.choice(made.parts).block)


def _locked(made, chance):
    return made.locked(chance.choice(made.parts).block)


def _moved(made, chance):
    first, *middle, last = (part.block for part in made.parts)
    return made.in_order([first, *chance.sample(middle, len(middle)), last])


CHANGES = (_total, _minutes, _minutes, _added, _added, _left_out, _without, _locked, _moved)


def random_areas(chance, most):
    zones = [chance.choice(sorted(ZONES)) for _ in range(chance.randint(0, most))]
    return frozenset(Area(zone, chance.choice(SIDES)) for zone in zones)


def random_restrictions(chance):
    """Things taken away in any combination, more of them than a screening would."""

    def some(names, most):
        return frozenset(chance.sample(sorted(names), chance.randint(0, most)))

    return Restrictions(
        areas=random_areas(chance, 3),
        blocks=some(BLOCKS.keys() - {"opening", "closing"}, 2),
        techniques=some(TECHNIQUES, 4),
        lubricants=chance.choice([frozenset(), frozenset({"any oil"})]),
        positions=chance.choice([frozenset()] * 3 + [frozenset({"prone"}), frozenset({"seated"})]),
        force_ceiling=chance.choice([10, 10, 10, *range(1, 6)]),
    )


def random_screening(chance):
    """A decision that allows a massage: up to five answers that only take something away."""
    mild = [each for each in COURSE.contraindications if each.yes.leads_to in {*AGREED, "adapt"}]
    likely = [each for each in mild if each.yes.leads_to not in AGREED]
    said = chance.sample(likely, chance.randint(0, 3)) + chance.sample(mild, chance.randint(0, 2))
    agreed = {each.id: chance.choice(["light", "ordinary"]) for each in said}

    def decision(**places):
        replies = {each.id: "yes" for each in said}
        return decide(replies, COURSE.contraindications, permissions=agreed, **places)

    elsewhere = chance.random() < 0.5
    if not decision(elsewhere=elsewhere).restrictions.own_area:
        return decision(elsewhere=elsewhere)
    return decision(areas=random_areas(chance, 3) or {Area("side-of-back", "left")})


AGREED = {"ask a doctor"}
"""What an answer leads to where a doctor may allow a massage."""


def zones_gone(restrictions, *, both_sides=False):
    """The zones of which anything is left out, or of which both sides are."""
    sides = {}
    for area in restrictions.areas:
        both = area.side == "both" or not ZONES[area.zone].mirrored
        sides.setdefault(area.zone, set()).update({"left", "right"} if both else {area.side})
    return {zone for zone, found in sides.items() if len(found) > both_sides}


chances = st.randoms(use_true_random=False)
plans = st.builds(random_plan, chances)
ready_made = st.sampled_from(sorted(SESSIONS)).map(plan)
restricted = st.builds(random_restrictions, chances)
screenings = st.builds(random_screening, chances)
