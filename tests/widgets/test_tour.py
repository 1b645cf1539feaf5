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

from ..shipped import COURSE
from ..views.tours import away

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
THINNED = 1.5
"""Pixels that paths may differ by: places near a line are left out, and a hand is moved out of
a zone by steps of two millimetres."""
MIDDLE = -svg_transform()["left"] * svg_transform()["scale"]


def test_a_tour_has_the_legs_of_a_pass_with_their_times():
    for technique in COURSE.techniques:
        made, legs = pass_tours(technique, COURSE.zones)[0], passes.legs(technique)
        assert made["seconds"] == pytest.approx(passes.seconds(technique), abs=0.006)
        assert [(leg["kind"], leg["stroke"], leg["force"]) for leg in made["legs"]] == [
            (leg.kind, leg.stroke.id, leg.stroke.force) for leg in legs
        ]
        for shown, leg in zip(made["legs"], legs, strict=True):
            assert shown["at"] == pytest.approx(leg.start, abs=0.006)
            assert shown["seconds"] == pytest.approx(leg.seconds, abs=0.006)
            assert shown["leaving"] == pytest.approx(leg.leaving, abs=0.006)


@given(st.sampled_from(COURSE.techniques), st.floats(0.5, 2))
def test_a_slower_pace_stretches_all_times(technique, pace):
    usual, slow = pass_tour(technique, COURSE.zones), pass_tour(technique, COURSE.zones, pace=pace)
    for name in ("seconds", "beat"):
        assert slow[name] == pytest.approx(pace * usual[name], abs=0.02)
    for one, other in zip(usual["legs"], slow["legs"], strict=True):
        for name in ("at", "seconds", "leaving"):
            assert other[name] == pytest.approx(pace * one[name], abs=0.02)
        assert other["places"] == one["places"]


def test_movements_fill_the_time_at_a_stop():
    for technique in COURSE.techniques:
        made = pass_tours(technique, COURSE.zones)[0]
        own = {stroke.id: stroke.stops for stroke in technique.strokes}
        for shown, leg in zip(made["legs"], passes.legs(technique), strict=True):
            if leg.kind == "stop":
                stops = own[shown["stroke"]] or technique.one_pass.stops
                hands = len(leg.places) if technique.one_pass.alternating else 1
                work = shown["seconds"] - (shown["leaving"] if stops.move_on else 0)
                assert hands * leg.movements * made["beat"] == pytest.approx(work, abs=0.1)


def test_what_is_worked_in_turn_goes_over_the_right_half_and_then_in_a_mirror_over_the_left():
    for technique in COURSE.techniques:
        if all(stroke.side == "each" for stroke in technique.strokes):
            right, left = pass_tours(technique, COURSE.zones)
            for one, other in zip(right["legs"], left["legs"], strict=True):
                for hand, places in one["places"].items():
                    there = hand.replace("right", "left")
                    mirrored = [[2 * MIDDLE - x, y] for x, y in places]
                    assert all(away(each, mirrored) <= THINNED for each in other["places"][there])
                    assert other["turns"][there] == -one["turns"][hand]
                    for axis, mirror in zip(
                        one["axes"].get(hand, []), other["axes"].get(there, []), strict=True
                    ):
                        assert mirror == pytest.approx([-axis[0], axis[1]])


def test_both_hands_mirror_each_other_where_they_work_at_once():
    for technique in COURSE.techniques:
        if all(stroke.side == "both" for stroke in technique.strokes):
            (made,) = pass_tours(technique, COURSE.zones)
            for leg in made["legs"]:
                right, left = leg["places"]["right"], leg["places"]["left"]
                mirrored = [[2 * MIDDLE - x, y] for x, y in right]
                for one, other in ((left, mirrored), (mirrored, left)):
                    assert all(away(each, other) <= THINNED for each in one)


def test_what_is_left_of_strokes_keeps_to_its_own_side():
    shut = Restrictions(areas=frozenset({Area("between-blades", "left")}))
    for session in COURSE.sessions:
        for step in make_steps(Plan.of(session, COURSE), COURSE, shut):
            made = pass_tour(TECHNIQUES[step.technique], COURSE.zones, step.strokes, step.side)
            for leg in made["legs"]:
                for hand, places in leg["places"].items():
                    beyond = {"right": -1, "left": 1, "middle": 0}[hand.split()[0]]
                    assert all(beyond * (x - MIDDLE) <= 0 for x, _ in places)


def test_a_movement_follows_the_stroke_and_keeps_its_size():
    for technique in COURSE.techniques:
        for leg in pass_tours(technique, COURSE.zones)[0]["legs"]:
            size = SMALLER if leg["look"] else 1
            for axes in leg["axes"].values():
                assert [hypot(*axis) for axis in axes] == pytest.approx([size, size], abs=0.01)
                assert np.dot(*axes) == pytest.approx(0, abs=0.01)
    up = pass_tour(TECHNIQUES["semicircle-rubbing"], COURSE.zones)["legs"][0]
    assert up["axes"]["right"][0] == pytest.approx([0, -1], abs=0.05)
    out = pass_tour(TECHNIQUES["palm-circle-kneading"], COURSE.zones)["legs"][0]
    assert out["axes"]["right"][0] == pytest.approx([1, 0], abs=0.15)


def test_a_map_holds_its_tours_as_plain_values_and_not_too_many():
    for technique in COURSE.techniques:
        made = BackMap.of(technique, COURSE.zones).tours
        assert json.loads(json.dumps(made)) == made
        assert len(json.dumps(made)) < 15_000


def test_hands_that_take_turns_make_the_movements_of_both():
    made = pass_tour(TECHNIQUES["alternating-thumb-kneading"], COURSE.zones, side="both")
    assert [each["second"] for each in made["hands"]] == [False, True]
    stops = [leg for leg in made["legs"] if leg["kind"] == "stop"]
    assert {round((leg["seconds"] - leg["leaving"]) / made["beat"]) for leg in stops} == {2}


def test_hands_lift_off_between_strokes_that_are_cut():
    technique = TECHNIQUES["longitudinal-kneading"]
    shut = Restrictions(areas=frozenset({Area("waist", "right")}))
    left = allowed_strokes(technique, "right", shut, COURSE.zones)
    assert not pass_tour(technique, COURSE.zones)["through_air"]
    assert pass_tour(technique, COURSE.zones, left.strokes)["through_air"]
