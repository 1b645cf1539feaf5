"""A pass as the page shows it: its legs, in places of the picture."""

import json
from math import hypot

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.body.frame import svg_transform
from massage_workbook.safety.screening import Area, Restrictions
from massage_workbook.session import Plan, make_steps, passes
from massage_workbook.session.restricting import allowed_strokes
from massage_workbook.views.tour import SMALLER, pass_tour, pass_tours
from massage_workbook.widgets.back_map import BackMap

from ..shipped import COURSE, LONGEST, TECHNIQUES, each_technique
from ..views.tours import away

THINNED = 1.5
"""Pixels that paths may differ by: places near a line are left out, and a hand is moved out of
a zone by steps of two millimetres."""
MIDDLE = -svg_transform()["left"] * svg_transform()["scale"]


@each_technique
def test_a_tour_has_the_legs_of_a_pass_with_their_times(technique):
    made, legs = pass_tours(technique, COURSE.zones)[0], passes.legs(technique)
    assert made["seconds"] == pytest.approx(passes.seconds(technique), abs=0.006)
    for shown, leg in zip(made["legs"], legs, strict=True):
        assert (shown["kind"], shown["stroke"]) == (leg.kind, leg.stroke.id)
        assert shown["force"] == leg.stroke.force
        times = [shown[name] for name in ("at", "seconds", "leaving")]
        assert times == pytest.approx([leg.start, leg.seconds, leg.leaving], abs=0.006)
        if leg.kind == "stop":
            stops = leg.stroke.stops or technique.one_pass.stops
            work = leg.seconds - (leg.leaving if stops.move_on else 0)
            hands = len(leg.places) if technique.one_pass.alternating else 1
            assert hands * leg.movements * made["beat"] == pytest.approx(work, abs=0.1)
        for axes in shown["axes"].values():
            size = SMALLER if shown["look"] else 1
            assert [hypot(*axis) for axis in axes] == pytest.approx([size, size], abs=0.01)
            assert np.dot(*axes) == pytest.approx(0, abs=0.01)
    tours = BackMap.of(technique, COURSE.zones).tours
    assert json.loads(json.dumps(tours)) == tours
    assert len(json.dumps(tours)) < 15_000


@given(st.sampled_from(COURSE.techniques), st.floats(0.5, 2))
def test_a_slower_pace_stretches_all_times(technique, pace):
    usual, slow = pass_tour(technique, COURSE.zones), pass_tour(technique, COURSE.zones, pace=pace)
    for name in ("seconds", "beat"):
        assert slow[name] == pytest.approx(pace * usual[name], abs=0.02)
    for one, other in zip(usual["legs"], slow["legs"], strict=True):
        for name in ("at", "seconds", "leaving"):
            assert other[name] == pytest.approx(pace * one[name], abs=0.02)
        assert other["places"] == one["places"]


def mirror(places):
    return [[2 * MIDDLE - x, y] for x, y in places]


@each_technique
def test_the_left_half_is_worked_in_a_mirror(technique):
    tours = pass_tours(technique, COURSE.zones)
    sides = {stroke.side for stroke in technique.strokes}
    if sides == {"each"}:
        right, left = tours
        for one, other in zip(right["legs"], left["legs"], strict=True):
            for hand, places in one["places"].items():
                there, mirrored = hand.replace("right", "left"), mirror(places)
                assert all(away(each, mirrored) <= THINNED for each in other["places"][there])
                assert other["turns"][there] == -one["turns"][hand]
                axes = one["axes"].get(hand, []), other["axes"].get(there, [])
                for axis, turned in zip(*axes, strict=True):
                    assert turned == pytest.approx([-axis[0], axis[1]])
    if sides == {"both"}:
        for leg in tours[0]["legs"]:
            left, mirrored = leg["places"]["left"], mirror(leg["places"]["right"])
            for one, other in ((left, mirrored), (mirrored, left)):
                assert all(away(each, other) <= THINNED for each in one)


def test_cut_strokes_stay_on_their_side():
    shut = Restrictions(areas=frozenset({Area("between-blades", "left")}))
    for session in LONGEST.values():
        for step in make_steps(Plan.of(session, COURSE), COURSE, shut):
            made = pass_tour(TECHNIQUES[step.technique], COURSE.zones, step.strokes, step.side)
            for leg in made["legs"]:
                for hand, places in leg["places"].items():
                    beyond = {"right": -1, "left": 1, "middle": 0}[hand.split()[0]]
                    assert all(beyond * (x - MIDDLE) <= 0 for x, _ in places)


@pytest.mark.parametrize(
    ("technique", "heading"), [("semicircle-rubbing", [0, -1]), ("palm-circle-kneading", [1, 0])]
)
def test_a_movement_follows_the_stroke(technique, heading):
    leg = pass_tour(TECHNIQUES[technique], COURSE.zones)["legs"][0]
    assert leg["axes"]["right"][0] == pytest.approx(heading, abs=0.15)


def test_hands_lift_off_between_strokes_that_are_cut():
    technique = TECHNIQUES["longitudinal-kneading"]
    shut = Restrictions(areas=frozenset({Area("waist", "right")}))
    left = allowed_strokes(technique, "right", shut, COURSE.zones)
    assert not pass_tour(technique, COURSE.zones)["through_air"]
    assert pass_tour(technique, COURSE.zones, left.strokes)["through_air"]
