import re
from xml.etree import ElementTree as ET

import pytest

from massage_workbook import anatomy
from massage_workbook.course import read
from massage_workbook.figures import back

COURSE = read()
SVG = "{http://www.w3.org/2000/svg}"


def drawn(technique):
    return ET.fromstring(back.stroke_map(technique, COURSE.zones).svg())


def ids(element):
    return {each.get("id") for each in element.iter() if each.get("id")}


each_technique = pytest.mark.parametrize("technique", COURSE.techniques, ids=lambda t: t.id)


@each_technique
def test_every_stroke_is_drawn_on_its_sides_under_its_own_id(technique):
    expected = {
        f"stroke-{stroke.id}-{side}"
        for stroke in technique.strokes
        for side in anatomy.ways(stroke)
    }
    assert expected <= ids(drawn(technique))


@each_technique
def test_the_keep_off_zones_are_marked(technique):
    kept = {z.id for z in COURSE.zones if z.kind == "keep-off" and z.id in technique.keep_off}
    assert {f"zone-{name}" for name in kept} <= ids(drawn(technique))


@each_technique
def test_a_picture_says_in_words_what_it_shows(technique):
    element = drawn(technique)
    assert element.get("role") == "img"
    assert technique.names.english in element.get("aria-label")
    assert technique.direction in element.get("aria-label")


def test_the_same_technique_gives_the_same_bytes():
    technique = COURSE.techniques[0]
    one, other = (back.stroke_map(technique, COURSE.zones).svg() for _ in range(2))
    assert one == other


def test_a_picture_asks_for_nothing_outside_itself():
    text = back.stroke_map(COURSE.techniques[0], COURSE.zones).svg()
    assert not re.findall(r"(?:href|src)=\"(?!#)", text)
    assert "url(http" not in text


def test_the_body_is_symmetric():
    path = back._symmetric([*back.SHOULDER_AND_ARM, *back.TRUNK[1:]])
    places = {(round(u, 9), round(v, 9)) for u, v in path.vertices}
    assert places == {(round(-u, 9) + 0.0, v) for u, v in places}


def test_a_stroke_starts_and_ends_where_the_course_says():
    technique = next(t for t in COURSE.techniques if t.id == "superficial-stroking")
    group = next(e for e in drawn(technique).iter() if e.get("id") == "stroke-up-right")
    numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", group.find(f"{SVG}path").get("d"))]
    points = technique.strokes[0].points
    (left, right), (top, _) = back.FRAME
    scale = back.INCHES_PER_UNIT * 72
    for (u, v), (x, y) in ((points[0], numbers[:2]), (points[-1], numbers[-2:])):
        assert x == pytest.approx((u - left) * scale, abs=0.5)
        assert y == pytest.approx((v - top) * scale, abs=0.5)
    assert right > 0
