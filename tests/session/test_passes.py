"""Legs and duration of a pass: stops in the rhythm of the tempo, glides at its speed."""

from itertools import groupby, pairwise
from math import dist

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from massage_workbook.body import anatomy
from massage_workbook.course.model import CM_PER_UNIT
from massage_workbook.course.schema import OnePass, Stops, Stroke, Tempo
from massage_workbook.session import passes

from ..shipped import COURSE
from .passes_page import PAGE, page

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
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


def work(technique, stroke):
    """Seconds of a stroke without the way to the next one."""
    legs = passes.legs(technique, [stroke])
    return sum(leg.seconds for leg in legs if leg.kind != "between")


# --- an example to follow by hand ------------------------------------------------------------

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


def test_two_movements_a_second_each_at_five_stops_and_the_way_back_are_twelve_seconds():
    technique = example(UP, stops=Stops(movements=2, step_cm=5))
    legs = passes.legs(technique)
    assert [leg.kind for leg in legs] == ["stop"] * 5 + ["between"]
    assert [leg.seconds for leg in legs] == pytest.approx([2, 2, 2, 2, 2, 2])
    assert [leg.leaving for leg in legs] == pytest.approx([0.5, 0.5, 0.5, 0.5, 0, 0])
    assert passes.seconds(technique) == pytest.approx(12)


def test_beats_to_move_on_are_added_at_every_stop_but_the_last():
    technique = example(UP, stops=Stops(movements=2, step_cm=5, move_on=1))
    legs = passes.legs(technique)
    assert [leg.seconds for leg in legs[:5]] == pytest.approx([3, 3, 3, 3, 2])
    assert [leg.staying for leg in legs[:5]] == pytest.approx([2] * 5)


def test_a_glide_up_and_a_light_return_take_their_length_at_their_own_speeds():
    up = UP.model_copy(update={"mark": "line"})
    way_back = {"id": "back", "points": UP.points[::-1], "light_return": True}
    back = up.model_copy(update=way_back | {"cm_per_second": (15, 25)})
    technique = example(up, back, motion="slide")
    legs = passes.legs(technique)
    assert [leg.kind for leg in legs] == ["glide", "glide"]
    assert [leg.seconds for leg in legs] == pytest.approx([2, 1])
    assert passes.glide_count(technique) == 2


def test_a_path_no_longer_than_a_step_has_one_stop_in_its_middle():
    (place,) = passes.stop_points([(0.1, 0.5), (0.1, 0.6)], step_cm=5)
    assert place == pytest.approx((0.1, 0.55), abs=0.01)


# --- whatever the technique ------------------------------------------------------------------


@given(techniques, st.data())
def test_a_stroke_that_is_cut_short_takes_no_longer_than_the_whole(technique, data):
    stroke = data.draw(st.sampled_from(technique.strokes))
    places = anatomy.along(stroke.points)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(places))] * 2)))
    assume(2 <= end - start <= 0.9 * len(places))
    short = stroke.model_copy(update={"points": tuple(places[start:end])})
    assert work(technique, short) <= work(technique, stroke) + 1e-9


@given(techniques, st.data())
def test_a_pass_with_fewer_of_its_strokes_has_no_more_to_do(technique, data):
    kept = data.draw(st.lists(st.sampled_from(technique.strokes), unique=True))
    done = [leg for leg in passes.legs(technique, kept) if leg.kind != "between"]
    whole = [leg for leg in passes.legs(technique) if leg.kind != "between"]
    assert len(done) <= len(whole)
    assert sum(leg.seconds for leg in done) <= sum(leg.seconds for leg in whole) + 1e-9


def test_without_a_stroke_there_is_nothing_to_do():
    assert passes.legs(TECHNIQUES["sawing"], []) == ()
    assert passes.seconds(TECHNIQUES["sawing"], []) == 0


def test_legs_follow_one_another_without_a_gap_and_make_up_the_whole_pass():
    for technique in COURSE.techniques:
        legs = passes.legs(technique)
        assert legs[0].start == 0
        for before, after in pairwise(legs):
            assert after.start == pytest.approx(before.start + before.seconds)
        assert legs[-1].start + legs[-1].seconds == pytest.approx(passes.seconds(technique))
        assert all(leg.seconds > 0 for leg in legs)


def test_hands_go_on_from_where_they_are_and_back_to_where_they_began():
    for technique in COURSE.techniques:
        legs = passes.legs(technique)
        for before, after in zip(legs, [*legs[1:], legs[0]], strict=True):
            if before.kind == after.kind == "stop" and before.stroke is after.stroke:
                continue
            for hand in before.places.keys() & after.places.keys():
                gap = dist(before.places[hand][-1], after.places[hand][0]) * CM_PER_UNIT
                assert gap <= passes.TOUCHING_CM + 1e-9


def test_hands_make_all_strokes_in_their_order():
    for technique in COURSE.techniques:
        made = [leg.stroke for leg in passes.legs(technique) if leg.kind != "between"]
        assert [stroke for stroke, _ in groupby(made)] == list(technique.strokes)


@given(st.sampled_from(STROKES), st.floats(1, 10))
def test_stops_are_at_most_one_and_a_half_steps_apart(stroke, step):
    made = passes.stop_points(stroke.points, step)
    for here, there in pairwise(made):
        assert dist(here, there) * CM_PER_UNIT <= 1.6 * step
    if len(made) > 1:
        assert made[0] == stroke.points[0]
        assert made[-1] == pytest.approx(stroke.points[-1])


def test_a_glide_goes_at_the_middle_of_its_speed():
    for technique in COURSE.techniques:
        for leg in passes.legs(technique):
            if leg.kind == "glide":
                low, high = leg.stroke.cm_per_second or technique.tempo.cm_per_second
                length = max(map(cm, leg.places.values()))
                assert length / leg.seconds == pytest.approx((low + high) / 2)


@given(with_stops, st.sampled_from(STANDING), st.floats(0.5, 6))
def test_drawn_marks_do_not_change_the_duration_of_stops(technique, mark, radius):
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


# --- the page ------------------------------------------------------------------------------------


def test_the_passes_document_agrees_with_the_techniques():
    assert PAGE.read_text(encoding="utf-8") == page(COURSE), (
        "docs/passes.md is not what the techniques say: run python tests/session/passes_page.py"
    )
