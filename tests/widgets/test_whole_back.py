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

from ..figures.legible import assert_no_overlap
from ..shipped import COURSE, ZONES

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
    name = widget.search["name"]
    return next(each for each in (*COURSE.zones, *COURSE.landmarks) if each.name == name)


def test_each_zone_and_landmark_has_a_row_with_its_facts_and_its_parts_of_the_picture(picture):
    for zone in COURSE.zones:
        (row,) = [row for row in GROUPS[zone.kind] if row["id"] == zone.id]
        facts = {"Rule": zone.rule, "Why": zone.why, "How to find it": zone.find}
        assert dict(row["facts"]) == facts
        assert row["kind"] in {"Keep off", "Lightly", "May be worked"}
        assert row["attribution"]["sources"]
        assert {f"zone-{zone.id}", f"disc-{zone.id}"} <= {*picture}
        assert picture[f"number-{zone.id}"] == row["mark"]
    for landmark in COURSE.landmarks:
        (row,) = [row for row in GROUPS["landmarks"] if row["id"] == landmark.id]
        told = dict(row["facts"])
        assert told["How to find it"] == landmark.find
        assert ("Height" in told) == bool(landmark.level)
        assert f"landmark-{landmark.id}" in picture
        assert picture[f"letter-{landmark.id}"] == row["mark"]


def test_numbers_and_letters_are_unique_and_do_not_overlap(picture):
    marks = [row["mark"] for rows in GROUPS.values() for row in rows]
    assert len({*marks}) == len(marks)
    assert_no_overlap(back.whole_back(COURSE.zones, COURSE.landmarks))
    for kind in back.ZONE_FILLS:
        assert any(name and name.startswith(f"kind-{kind}-") for name in picture)


def test_a_mark_in_a_zone_is_right_on_either_side():
    for zone in COURSE.zones:
        u, v = middle(zone)
        assert judge_mark((u, v), zone, COURSE.zones)[0]
        assert judge_mark((-u, v), zone, COURSE.zones)[0] or not zone.mirrored


def test_a_mark_two_fingers_beside_a_landmark_is_right_and_a_hand_beside_is_not():
    for landmark in COURSE.landmarks:
        near, far = (landmark.u, landmark.v + 0.06), (landmark.u, landmark.v + 0.2)
        assert judge_mark(near, landmark, COURSE.zones)[0]
        assert not judge_mark(far, landmark, COURSE.zones)[0]
        left = judge_mark((-landmark.u, landmark.v), landmark, COURSE.zones)[0]
        assert left or not landmark.mirrored


@pytest.mark.parametrize(
    ("place", "item", "right", "says"),
    [
        ((0.1, 0.62), "long-muscles", True, "over the kidneys, and the stricter rule holds"),
        ((0, 0.5), "long-muscles", False, "Your mark is on: spine."),
        ((0.55, -0.5), "spine", False, "nothing"),
        ((0.06, 0.10), "blade-tip", False, "about 12 cm down and 5 cm to the right from there."),
    ],
)
def test_a_mark_elsewhere_gets_feedback(place, item, right, says):
    is_right, told = judge_mark(place, {**ZONES, **LANDMARKS}[item], COURSE.zones)
    assert is_right == right
    assert any(says in each for each in told)


def test_only_the_first_mark_counts_and_shows_the_right_place(search):
    place = asked_for(search)
    assert search.search["result"] is None
    assert place.id not in json.dumps(search.search)
    assert place.find not in json.dumps(search.search)
    search.receive({"do": "mark", "place": [place.u, place.v]})
    told = search.search["result"]
    assert (told["verdict"], told["shown"]) == ("Right.", place.id)
    search.receive({"do": "next"})
    assert search.search["number"] == 2
    for _ in range(2):
        search.receive({"do": "mark", "place": [0.6, -0.6]})
        told = search.search["result"]
        assert (told["verdict"], told["shown"]) == ("Not there.", asked_for(search).id)
        search.receive({"do": "mark", "place": None})


@pytest.mark.parametrize("odd", [[1], [1, 2, 3], ["0", "1"], [nan, 0], [99, 0], {}, "0 0"])
def test_an_invalid_place_is_ignored(search, odd):
    search.receive({"do": "mark", "place": odd})
    assert search.search["result"] is None


def test_a_round_asks_for_everything_once_landmarks_first_and_then_another_begins(search):
    assert search_order(COURSE, 1) == search_order(COURSE, 1) != search_order(COURSE, 2)
    seen = []
    for _ in range(search.search["of"]):
        seen.append(asked_for(search).id)
        search.receive({"do": "mark", "place": None})
        assert search.search["result"]["verdict"] == "Here it is."
        search.receive({"do": "next"})
    assert sorted(seen) == sorted([*ZONES, *LANDMARKS])
    assert {*seen[: len(LANDMARKS)]} == {*LANDMARKS}
    assert search.search["number"] == 1
    for message in ({"do": "search", "on": False}, {"do": "next"}, {"do": "mark", "place": [0, 0]}):
        search.receive(message)
        assert search.search == {}
