import json
from itertools import combinations
from math import nan
from xml.etree import ElementTree as ET

import pytest

from massage_workbook.body import anatomy
from massage_workbook.figures import back
from massage_workbook.views.back import judge_mark, search_order, zone_groups
from massage_workbook.widgets.pictures import whole_back_svg
from massage_workbook.widgets.whole_back import WholeBack

from ..shipped import COURSE

ZONES = {zone.id: zone for zone in COURSE.zones}
LANDMARKS = {each.id: each for each in COURSE.landmarks}
GROUPS = {group["id"]: group["items"] for group in zone_groups(COURSE)}


@pytest.fixture(scope="module")
def picture():
    """What each named part of the picture says."""
    svg = ET.fromstring(whole_back_svg(COURSE.zones, COURSE.landmarks))
    return {part.get("id"): "".join(part.itertext()).strip() for part in svg.iter()}


def middle(zone):
    """A place well inside a zone: the middle of one of its triangles."""
    for a, b, c in combinations(zone.outline, 3):
        place = tuple(sum(axis) / 3 for axis in zip(a, b, c, strict=True))
        if anatomy.inside(place, zone.outline):
            return place
    raise AssertionError(zone.id)


@pytest.fixture
def search():
    widget = WholeBack(COURSE)
    widget.receive({"do": "search", "on": True})
    return widget


def asked_for(widget):
    name = widget.search["ask"]
    return next(each for each in (*COURSE.zones, *COURSE.landmarks) if each.name == name)


# --- the map -------------------------------------------------------------------------------------


def test_a_zone_says_its_kind_rule_why_and_how_to_find_it(picture):
    for zone in COURSE.zones:
        (row,) = [row for row in GROUPS[zone.kind] if row["id"] == zone.id]
        assert dict(row["facts"]) == {
            "Rule": zone.rule,
            "Why": zone.why,
            "How to find it": zone.find,
        }
        assert row["kind"] in {"Keep off", "Lightly", "May be worked"}
        assert row["who"]["sources"]
        assert {f"zone-{zone.id}", f"disc-{zone.id}", f"number-{zone.id}"} <= {*picture}


def test_a_landmark_says_how_to_find_it_and_how_high_it_is(picture):
    for landmark in COURSE.landmarks:
        (row,) = [row for row in GROUPS["landmarks"] if row["id"] == landmark.id]
        result = dict(row["facts"])
        assert result["How to find it"] == landmark.find
        assert ("Height" in result) == bool(landmark.level)
        assert {f"landmark-{landmark.id}", f"letter-{landmark.id}"} <= {*picture}


def test_what_fills_each_kind_can_be_switched_off_by_itself(picture):
    for kind in back.ZONE_FILLS:
        assert any(name and name.startswith(f"kind-{kind}-") for name in picture)


def test_numbers_and_letters_on_the_picture_are_those_of_the_list(picture):
    marks = [row["mark"] for rows in GROUPS.values() for row in rows]
    assert len({*marks}) == len(marks)
    for kind, rows in GROUPS.items():
        part = "letter" if kind == "landmarks" else "number"
        for row in rows:
            assert picture[f"{part}-{row['id']}"] == row["mark"]


def test_numbers_and_letters_do_not_overlap():
    drawing = back.whole_back(COURSE.zones, COURSE.landmarks)
    drawing.draw_without_rendering()
    boxes = [text.get_window_extent() for axes in drawing.axes for text in axes.texts]
    for i, one in enumerate(boxes):
        assert not any(one.overlaps(other) for other in boxes[i + 1 :])


# --- the search ----------------------------------------------------------------------------------


def test_a_mark_in_a_zone_is_right_on_either_side():
    for zone in COURSE.zones:
        u, v = middle(zone)
        assert judge_mark((u, v), zone, COURSE.zones)[0]
        assert judge_mark((-u, v), zone, COURSE.zones)[0] or not zone.mirrored


def test_a_mark_in_a_stricter_zone_says_that_its_rule_holds():
    right, says = judge_mark((0.1, 0.62), ZONES["long-muscles"], COURSE.zones)
    assert right
    assert any("over the kidneys, and the stricter rule holds" in each for each in says)


def test_a_mark_in_another_zone_names_that_zone():
    right, says = judge_mark((0, 0.5), ZONES["long-muscles"], COURSE.zones)
    assert not right
    assert says == ["Your mark is on: spine."]


def test_a_mark_beside_the_body_says_that_nothing_is_worked_there():
    right, says = judge_mark((0.55, -0.5), ZONES["spine"], COURSE.zones)
    assert not right
    assert "nothing" in says[0]


def test_a_mark_two_fingers_beside_a_landmark_is_right_and_a_hand_beside_is_not():
    for landmark in COURSE.landmarks:
        near, far = (landmark.u, landmark.v + 0.06), (landmark.u, landmark.v + 0.2)
        assert judge_mark(near, landmark, COURSE.zones)[0]
        assert not judge_mark(far, landmark, COURSE.zones)[0]
        assert (
            judge_mark((-landmark.u, landmark.v), landmark, COURSE.zones)[0]
            or not landmark.mirrored
        )


def test_a_mark_far_from_a_landmark_is_told_the_way_there():
    tip = LANDMARKS["blade-tip"]
    right, says = judge_mark((0.06, 0.10), tip, COURSE.zones)
    assert not right
    assert says == ["It is about 12 cm down and 5 cm to the right from there."]


def test_the_search_does_not_hold_where_the_thing_is_before_it_was_marked(search):
    state = json.dumps(search.search)
    assert search.search["result"] is None
    assert asked_for(search).id not in state
    assert asked_for(search).find not in state


def test_a_mark_is_told_right_or_where_it_really_is(search):
    place = asked_for(search)
    search.receive({"do": "mark", "place": [place.u, place.v]})
    result = search.search["result"]
    assert (result["verdict"], result["shown"]) == ("Right.", place.id)
    search.receive({"do": "next"})
    assert search.search["number"] == 2
    search.receive({"do": "mark", "place": [0.6, -0.6]})
    assert search.search["result"]["verdict"] == "Not there."
    assert search.search["result"]["shown"] == asked_for(search).id


def test_a_second_mark_changes_nothing(search):
    search.receive({"do": "mark", "place": None})
    before = search.search
    assert before["result"]["verdict"] == "Here it is."
    search.receive({"do": "mark", "place": [0, 0]})
    assert search.search == before


@pytest.mark.parametrize("odd", [[1], [1, 2, 3], ["0", "1"], [nan, 0], [99, 0], {}, "0 0"])
def test_a_mark_that_is_no_place_is_not_heard(search, odd):
    search.receive({"do": "mark", "place": odd})
    assert search.search["result"] is None


def test_a_round_asks_for_everything_once_landmarks_first_and_then_another_begins(search):
    seen = []
    for _ in range(search.search["of"]):
        seen.append(asked_for(search).id)
        search.receive({"do": "mark", "place": None})
        search.receive({"do": "next"})
    assert sorted(seen) == sorted([*ZONES, *LANDMARKS])
    assert {*seen[: len(LANDMARKS)]} == {*LANDMARKS}
    assert search.search["number"] == 1


def test_rounds_differ_and_the_same_round_does_not():
    first, second = search_order(COURSE, 1), search_order(COURSE, 2)
    assert first == search_order(COURSE, 1)
    assert first != second


def test_the_search_ends_when_it_is_switched_off(search):
    search.receive({"do": "search", "on": False})
    assert search.search == {}
    search.receive({"do": "next"})
    search.receive({"do": "mark", "place": [0, 0]})
    assert search.search == {}
