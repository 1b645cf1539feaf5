"""Paths of the hands, and the time spent on each centimetre."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook.safety.screening import Area, Restrictions
from massage_workbook.session import Plan, make_steps
from massage_workbook.session.hand_paths import paths_by_side, seconds_per_cm

from ..shipped import COURSE

WAYS = paths_by_side(COURSE.techniques, COURSE.zones, Restrictions())


def test_techniques_have_paths_on_both_sides_except_across_the_middle():
    for technique in COURSE.techniques:
        across = all(stroke.side == "middle" for stroke in technique.strokes)
        assert f"{technique.id}-right" in WAYS
        assert (f"{technique.id}-left" in WAYS) == (not across)


def test_excluded_techniques_have_no_path():
    shut = Restrictions(
        techniques=frozenset({"sawing"}), areas=frozenset({Area("between-blades", "left")})
    )
    left = paths_by_side(COURSE.techniques, COURSE.zones, shut)
    assert "sawing-right" not in left
    assert "blade-border-rubbing-right" in left
    assert "blade-border-rubbing-left" not in left


@settings(max_examples=12)
@given(st.sampled_from(COURSE.sessions))
def test_the_time_on_the_paths_adds_up_to_the_time_of_the_passes(session):
    made = make_steps(Plan.of(session, COURSE), COURSE)
    found = seconds_per_cm(made, WAYS)
    assert found.keys() == WAYS.keys()
    for technique in COURSE.techniques:
        of_it = {f"{technique.id}-right", f"{technique.id}-left"} & WAYS.keys()
        worked = sum(step.at_work for step in made if step.technique == technique.id)
        assert sum(found[name] * WAYS[name].cm for name in of_it) == pytest.approx(worked)
    assert set(seconds_per_cm([], WAYS).values()) == {0}
