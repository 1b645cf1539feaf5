"""The ways of the hands, and how long a session stays on each centimetre of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook.safety.screening import Area, Restrictions
from massage_workbook.session import Plan, steps
from massage_workbook.session.ways import seconds_per_cm, ways

from ..shipped import COURSE

WAYS = ways(COURSE.techniques, COURSE.zones, Restrictions())


def test_every_technique_has_its_ways_on_both_sides_but_those_across_the_middle():
    for technique in COURSE.techniques:
        across = all(stroke.side == "middle" for stroke in technique.strokes)
        assert f"{technique.id}-right" in WAYS
        assert (f"{technique.id}-left" in WAYS) == (not across)


def test_what_is_left_out_has_no_way():
    shut = Restrictions(
        techniques=frozenset({"sawing"}), areas=frozenset({Area("between-blades", "left")})
    )
    left = ways(COURSE.techniques, COURSE.zones, shut)
    assert "sawing-right" not in left
    assert "blade-border-rubbing-right" in left
    assert "blade-border-rubbing-left" not in left


@settings(max_examples=15)
@given(st.sampled_from(COURSE.sessions))
def test_the_ways_hold_all_the_time_of_the_passes_on_both_sides(session):
    made = steps(Plan.of(session, COURSE), COURSE)
    found = seconds_per_cm(made, WAYS)
    assert found.keys() == WAYS.keys()
    for technique in COURSE.techniques:
        of_it = {f"{technique.id}-right", f"{technique.id}-left"} & WAYS.keys()
        worked = sum(step.at_work for step in made if step.technique == technique.id)
        assert sum(found[name] * WAYS[name].cm for name in of_it) == pytest.approx(worked)


def test_without_steps_no_time_is_on_any_way():
    assert set(seconds_per_cm([], WAYS).values()) == {0}
