"""Hands and tissue at any moment of a movement: geometry, checked for every technique."""

from itertools import pairwise
from math import cos, dist, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.body import hand_shapes, movement, side_view
from massage_workbook.body.illustration import scene
from massage_workbook.course.schema import Motion

from ..shipped import COURSE, each_technique

TECHNIQUES = st.sampled_from(COURSE.techniques)
SHARES = st.floats(0, 1)
MOMENTS = [i / 48 for i in range(49)]


def of(*motions):
    found = [each for each in COURSE.techniques if each.motion in motions]
    return pytest.mark.parametrize("technique", found, ids=lambda t: t.id)


def from_the_side(technique):
    return technique.hands.pose in side_view.GRIPS and not scene(technique, 0).from_above


def skin(technique, at):
    return scene(technique, at).bands[-1].edges[0]


def muscle(technique, at):
    return scene(technique, at).bands[0].edges[0]


def moved(edge, technique):
    """How far a place of an edge goes along the skin in a movement, at most."""
    slope = side_view.SLOPE if technique.stance == side_view.SLOPED_STANCE else 0
    ways = zip(*(edge(technique, at) for at in MOMENTS), strict=True)
    along = ([x * cos(slope) + y * sin(slope) for x, y in way] for way in ways)
    return max(max(way) - min(way) for way in along)


@given(TECHNIQUES, SHARES)
def test_all_scenes_of_a_technique_hold_the_same_outlines(technique, at):
    one, other = scene(technique, 0), scene(technique, at)
    assert [(p.kind, len(p.outline)) for p in one.parts] == [
        (p.kind, len(p.outline)) for p in other.parts
    ]
    assert [[len(e) for e in b.edges] for b in one.bands] == [
        [len(e) for e in b.edges] for b in other.bands
    ]


@each_technique
def test_a_movement_ends_where_it_begins_and_no_hand_jumps(technique):
    """A hand goes no more than a few centimetres in a forty-eighth of a movement."""
    for one, other in zip(scene(technique, 0).parts, scene(technique, 1 - 1e-7).parts, strict=True):
        assert all(dist(a, b) < 0.05 for a, b in zip(one.outline, other.outline, strict=True))
    for before, after in pairwise(MOMENTS):
        both = zip(scene(technique, before).tips, scene(technique, after).tips, strict=True)
        assert all(dist(a, b) < 2.2 for a, b in both)


@given(TECHNIQUES, SHARES)
def test_a_hand_presses_no_more_than_its_force_and_nothing_in_the_air(technique, at):
    for hand in movement.hands_at(technique, at):
        assert -1e-9 <= hand.press <= 1 + 1e-9
        assert hand.on_skin or hand.press < 1 or technique.motion is Motion.STRIKE


@of(Motion.SLIDE, Motion.PUSH, Motion.SHIFT)
def test_the_skin_moves_with_the_hand_in_rubbing_only(technique):
    if from_the_side(technique) and technique.motion is Motion.SHIFT:
        assert moved(skin, technique) > 1.5
        assert moved(muscle, technique) < 0.3
    elif from_the_side(technique):
        assert moved(skin, technique) == pytest.approx(0, abs=1e-9)


@of(Motion.LIFT, Motion.ROLL)
def test_in_kneading_the_muscle_goes_with_the_hand(technique):
    if from_the_side(technique):
        assert moved(muscle, technique) > 0.8
        if any(phase.do == "lift" for phase in technique.movement.phases):
            highest = max(y for at in MOMENTS for _, y in muscle(technique, at))
            assert highest > side_view.FOLD_CM / 2


@of(Motion.STRIKE)
def test_in_percussion_a_hand_lands_for_a_moment_and_is_in_the_air_most_of_the_time(technique):
    on = [movement.hand_at(technique, at).on_skin for at in MOMENTS[:-1]]
    assert any(on)
    assert sum(on) / len(on) < 0.25


@pytest.mark.parametrize(
    "technique",
    [each for each in COURSE.techniques if each.hands.work == "in turn"],
    ids=lambda t: t.id,
)
def test_two_hands_in_turn_do_the_same_half_a_movement_apart(technique):
    for at in MOMENTS:
        first = movement.hand_at(technique, at)
        second = movement.hand_at(technique, (at + 0.5) % 1, second=True)
        for name, value in vars(first).items():
            assert getattr(second, name) == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(
    "technique",
    [each for each in COURSE.techniques if each.hands.work == "against each other"],
    ids=lambda t: t.id,
)
def test_two_hands_against_each_other_go_opposite_ways(technique):
    rest, ways = scene(technique, 0).tips, []
    for at in MOMENTS:
        tips = scene(technique, at).tips
        left, right = (tip[1] - was[1] for tip, was in zip(tips, rest, strict=True))
        assert left == pytest.approx(-right, abs=1e-6)
        ways.append(left)
    assert min(ways) < -1 < 1 < max(ways)


@each_technique
def test_a_movement_lasts_as_long_as_the_tempo_says(technique):
    low, high = technique.tempo.per_minute
    lasts = movement.seconds(technique)
    if technique.one_pass.stops:
        counts = technique.movement.counts
        assert 60 / high <= lasts / counts <= 60 / low
    else:
        slow, fast = technique.tempo.cm_per_second
        gliding = sum(p.share for p in technique.movement.phases if p.do in {"glide", "push"})
        assert slow <= movement._GLIDE_CM / (gliding * lasts) <= fast


@pytest.mark.parametrize(
    "technique", [t for t in COURSE.techniques if t.hands.gap_cm], ids=lambda t: t.id
)
def test_two_hands_with_a_gap_are_as_far_apart_as_it_says(technique):
    shown = scene(technique, 0)
    hands = [part for part in shown.parts if part.kind == "hand"]
    half = len(hands) // 2
    low, high = technique.hands.gap_cm
    places = sorted(part.place[0] for part in (hands[0], hands[half]))
    half_width = hand_shapes.PALM_HALF_WIDTH
    if technique.hands.pose == "edge":
        half_width = hand_shapes.EDGE_HALF_WIDTH
    gap = places[1] - places[0] - 2 * half_width
    assert low <= gap <= high


def test_phases_of_a_glide_have_no_time():
    for technique in COURSE.techniques:
        told = [movement.phase_seconds(technique, each) for each in technique.movement.phases]
        if technique.one_pass.stops is None:
            assert set(told) == {""}
            assert "seconds" not in movement.alt_text(technique)
        else:
            assert all(each.endswith("\N{NO-BREAK SPACE}s") for each in told)
