"""Legs and duration of a pass: stops in the rhythm of the tempo, glides at its speed."""

from itertools import groupby, pairwise
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.body import anatomy
from massage_workbook.course.model import CM_PER_UNIT
from massage_workbook.course.schema import OnePass, Stops, Stroke, Tempo
from massage_workbook.session import passes

from ..shipped import COURSE, TECHNIQUES, each_technique
from .passes_page import PAGE, page

techniques = st.sampled_from(COURSE.techniques)
with_stops = st.sampled_from([each for each in COURSE.techniques if each.one_pass.stops])
gliding = st.sampled_from([each for each in COURSE.techniques if not each.one_pass.stops])
STROKES = [stroke for technique in COURSE.techniques for stroke in technique.strokes]
STANDING = "circles", "semicircles", "zigzag", "saw", "taps", "press", "lifts", "line", "spiral"


def of(technique, **changes):
    """The technique with strokes that are changed all alike."""
    strokes = tuple(each.model_copy(update=changes) for each in technique.strokes)
    return technique.model_copy(update={"strokes": strokes})


def cm(way):
    return CM_PER_UNIT * sum(dist(a, b) for a, b in pairwise(way))


SOURCES = {"sources": ("DK",)}
UP = Stroke(
    id="up", mark="circles", side="each", points=((0.1, 0.8), (0.1, 0.6), (0.1, 0.4)), force=3
)
"""Twenty cm, straight."""
TEMPO = Tempo(per_minute=(50, 70), cm_per_second=(8, 12), **SOURCES)


def example(*strokes, stops=None, alternating=False, motion="lift"):
    one = OnePass(stops=stops, alternating=alternating, between="on the skin", **SOURCES)
    changes = {"strokes": strokes, "tempo": TEMPO, "one_pass": one, "motion": motion}
    return TECHNIQUES["finger-pad-kneading"].model_copy(update=changes)


@pytest.mark.parametrize(("move_on", "seconds"), [(0, [2] * 5), (1, [3, 3, 3, 3, 2])])
def test_stops_last_their_movements_and_the_beats_to_move_on(move_on, seconds):
    technique = example(UP, stops=Stops(movements=2, step_cm=5, move_on=move_on))
    *stops, back = passes.legs(technique)
    assert [leg.kind for leg in (*stops, back)] == ["stop"] * 5 + ["between"]
    assert [leg.seconds for leg in (*stops, back)] == pytest.approx([*seconds, 2])
    assert passes.seconds(technique) == pytest.approx(sum(seconds) + 2)
    if move_on:
        assert [leg.staying for leg in stops] == pytest.approx([2] * 5)
    else:
        assert [leg.leaving for leg in stops] == pytest.approx([0.5, 0.5, 0.5, 0.5, 0])


def test_glides_take_their_length_at_their_own_speeds():
    up = UP.model_copy(update={"mark": "line"})
    way_back = {"id": "back", "points": UP.points[::-1], "light_return": True}
    back = up.model_copy(update=way_back | {"cm_per_second": (15, 25)})
    technique = example(up, back, motion="slide")
    legs = passes.legs(technique)
    assert [(leg.kind, pytest.approx(leg.seconds)) for leg in legs] == [("glide", 2), ("glide", 1)]
    assert passes.glide_count(technique) == 2


@each_technique
def test_legs_are_a_closed_path_of_all_strokes_in_order(technique):
    legs = passes.legs(technique)
    made = [leg.stroke for leg in legs if leg.kind != "between"]
    assert [stroke for stroke, _ in groupby(made)] == list(technique.strokes)
    assert passes.seconds(technique) == pytest.approx(legs[-1].start + legs[-1].seconds)
    end = 0
    for leg, after in zip(legs, [*legs[1:], legs[0]], strict=True):
        assert leg.start == pytest.approx(end)
        assert leg.seconds > 0
        end = leg.start + leg.seconds
        if leg.kind == "glide":
            low, high = leg.stroke.cm_per_second or technique.tempo.cm_per_second
            length = max(map(cm, leg.places.values()))
            assert length / leg.seconds == pytest.approx((low + high) / 2)
        if not (leg.kind == after.kind == "stop" and leg.stroke is after.stroke):
            for hand in leg.places.keys() & after.places.keys():
                gap = dist(leg.places[hand][-1], after.places[hand][0]) * CM_PER_UNIT
                assert gap <= passes.TOUCHING_CM + 1e-9
    assert passes.legs(technique, []) == ()


@given(st.sampled_from(STROKES), st.floats(1, 10))
def test_stops_are_about_a_step_apart_including_both_ends(stroke, step):
    made = passes.stop_points(stroke.points, step)
    for here, there in pairwise(made):
        assert dist(here, there) * CM_PER_UNIT <= 1.6 * step
    ends = made[0], made[-1]
    if len(made) > 1:
        assert ends == (stroke.points[0], pytest.approx(stroke.points[-1]))
    (only,) = passes.stop_points([(0.1, 0.5), (0.1, 0.6)], step_cm=5)
    assert only == pytest.approx((0.1, 0.55), abs=0.01), "in the middle of a short path"


@given(with_stops, st.sampled_from(STANDING), st.floats(0.5, 6))
def test_drawn_marks_do_not_change_the_duration(technique, mark, radius):
    strokes = tuple(
        each if each.light_return else each.model_copy(update={"mark": mark, "radius_cm": radius})
        for each in technique.strokes
    )
    assert passes.seconds(technique, strokes) == passes.seconds(technique)


@given(gliding, st.integers(2, 5))
def test_twice_the_speed_takes_half_the_time(technique, times):
    fast = technique.tempo.model_copy(
        update={"cm_per_second": tuple(times * each for each in technique.tempo.cm_per_second)}
    )
    strokes = [each.model_copy(update={"cm_per_second": None}) for each in technique.strokes]
    slow_takes = passes.seconds(technique, strokes)
    hurried = technique.model_copy(update={"tempo": fast})
    assert passes.seconds(hurried, strokes) == pytest.approx(slow_takes / times)


def test_a_pass_on_the_left_mirrors_the_one_on_the_right():
    for technique in COURSE.techniques:
        right, left = (passes.legs(of(technique, side=side)) for side in ("right", "left"))
        assert len(right) == len(left)
        for one, other in zip(right, left, strict=True):
            assert (one.kind, one.start, one.seconds) == (other.kind, other.start, other.seconds)
            assert other.places["left"] == anatomy.mirrored(one.places["right"])


@given(with_stops)
def test_hands_that_take_turns_stay_twice_as_long_at_a_stop(technique):
    technique = of(technique, side="both")
    together, in_turn = (
        technique.model_copy(
            update={"one_pass": technique.one_pass.model_copy(update={"alternating": alternating})}
        )
        for alternating in (False, True)
    )
    for one, other in zip(passes.legs(together), passes.legs(in_turn), strict=True):
        twice = 2 if one.kind == "stop" else 1
        stops = one.stroke.stops or technique.one_pass.stops
        on = one.leaving if stops.move_on else 0
        assert other.seconds - on == pytest.approx(twice * (one.seconds - on))
        assert other.leaving == one.leaving


def test_the_passes_document_agrees_with_the_techniques():
    assert PAGE.read_text(encoding="utf-8") == page(COURSE), (
        "docs/passes.md is not what the techniques say: run python tests/session/passes_page.py"
    )
