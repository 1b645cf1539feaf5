import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from massage_workbook.course.schema import _MOVES, Motion, Movement, Technique

from ..shipped import COURSE, each_technique

SAWING, HACKING, SLIDING, THUMBS, DOUGH = (
    next(each for each in COURSE.techniques if each.id == name)
    for name in (
        "sawing",
        "hacking",
        "superficial-stroking",
        "alternating-thumb-kneading",
        "dough-kneading",
    )
)


def changed(technique, *, hands=None, **movement):
    values = technique.model_dump(mode="json", exclude_none=True)
    values["hands"] |= hands or {}
    values["movement"] |= movement
    return Technique.model_validate_json(json.dumps(values))


def phases(technique, **of):
    """The phases of a technique, those that are named with other values, or left out with None."""
    found = []
    for phase in technique.movement.phases:
        other = of.get(phase.do.replace(" ", "_"), {})
        if other is not None:
            found.append(phase.model_dump(exclude_none=True) | other)
    return found


@each_technique
def test_the_phases_of_a_movement_add_up_and_reach_the_force(technique):
    assert set(_MOVES) == set(Motion)
    made = technique.movement.phases
    assert sum(phase.share for phase in made) == pytest.approx(1, abs=1e-3)
    assert max(phase.pressure for phase in made) == 1
    times = technique.movement.counts * sum(p.share for p in made if p.do == "shake")
    assert times == pytest.approx(round(times), abs=0.01), "a hand shakes a whole number of times"


@given(st.lists(st.floats(0.01, 0.99), min_size=4, max_size=4))
def test_phases_that_do_not_add_up_are_rejected(shares):
    made = [{**phase, "share": share} for phase, share in zip(phases(SLIDING), shares, strict=True)]
    if abs(sum(shares) - 1) > 0.001:
        with pytest.raises(ValidationError, match="add up to"):
            Movement(phases=made, sources=["DK"])


@pytest.mark.parametrize(
    ("technique", "change", "said"),
    [
        (THUMBS, {"hands": {"work": "one"}}, "do not work in turn"),
        (SAWING, {"hands": {"work": "one"}}, "no gap_cm"),
        (SLIDING, {"hands": {"work": "one on the other"}}, "does not fit"),
        (DOUGH, {"counts": 1}, "counts of 2"),
        (SLIDING, {"phases": phases(SLIDING, ease={"do": "lift"})}, 'no phase "lift"'),
        (SLIDING, {"phases": phases(SLIDING, glide={"do": "hold"})}, "slide have glide"),
        (SLIDING, {"phases": phases(SLIDING, hold={"do": "place"})}, "needs a hand in the air"),
        (HACKING, {"phases": phases(HACKING, rebound={"do": "hold"})}, "needs a hand in the air"),
        (HACKING, {"phases": phases(HACKING, hold={"pressure": 0.5})}, "presses nothing"),
        (SLIDING, {"phases": phases(SLIDING, glide={"pressure": 0.9})}, "no phase reaches"),
        (SLIDING, {"phases": phases(SLIDING, glide={"say": "one two three"})}, "match pattern"),
        (SAWING, {"phases": phases(SAWING, release={"do": "bend"})}, 'no phase "bend"'),
        (
            HACKING,
            {"phases": [each | {"pressure": 0} if i == 1 else each
                        for i, each in enumerate([phases(HACKING)[k] for k in (0, 2, 1)])]},
            '"rebound" follows "fall"',
        ),
    ],
)  # fmt: skip
def test_impossible_combinations_are_rejected(technique, change, said):
    with pytest.raises(ValidationError, match=said):
        changed(technique, **change)
