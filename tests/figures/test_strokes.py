import re
from functools import cache
from itertools import pairwise
from math import atan2, degrees
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from massage_workbook.body import anatomy
from massage_workbook.figures import back
from massage_workbook.figures.strokes import PATH_MARKS, chains

from ..shipped import COURSE
from . import legible as pictures
from .legible import assert_no_overlap
from .paths import ends

SVG = "{http://www.w3.org/2000/svg}"


def pictured(technique):
    return pictures.drawn(f"strokes-{technique.id}")


@cache
def written(technique):
    return pictured(technique).svg()


@cache
def drawn(technique):
    return ET.fromstring(written(technique))


def ids(element):
    return {each.get("id") for each in element.iter() if each.get("id")}


def patches(technique):
    (axes,) = pictured(technique).axes
    return axes.patches


def test_every_stroke_is_drawn_on_its_sides_under_its_own_id():
    for technique in COURSE.techniques:
        expected = {
            f"stroke-{stroke.id}-{side}"
            for stroke in technique.strokes
            for side in anatomy.hand_paths(stroke)
        }
        assert expected <= ids(drawn(technique))


def test_every_zone_it_names_can_be_found():
    for technique in COURSE.techniques:
        assert {f"zone-{name}" for name in (*technique.keep_off, *technique.zones)} <= ids(
            drawn(technique)
        )


def test_heads_point_where_the_strokes_lead():
    """A head at the end of each row of strokes, within 5 degrees of the course's own path."""
    for technique in COURSE.techniques:
        heads = [
            triangle.vertices
            for patch in patches(technique)
            if patch.get_gid() == "heads"
            for triangle in patch.get_path()._iter_connected_components()
        ]
        for row in chains(technique.strokes):
            stroke = row[-1]
            if stroke.mark in {"zigzag", "spiral"}:  # their last turn is their own
                continue
            wanted = _heading(anatomy.along(stroke.points)[-2:])
            found = [_heading([(h[1] + h[2]) / 2, h[0]]) for h in heads]
            assert min(abs((f - wanted + 180) % 360 - 180) for f in found) < 5, stroke.id


def _heading(places):
    (u, v), (a, b) = places[0], places[-1]
    return degrees(atan2(b - v, a - u))


def test_a_firmer_stroke_is_a_wider_line():
    for technique in COURSE.techniques:
        widths = {p.get_gid(): p.get_linewidth() for p in patches(technique) if p.get_gid()}
        for mark in {stroke.mark for stroke in technique.strokes}:
            same = [s for s in technique.strokes if s.mark == mark and not s.light_return]
            by_force = sorted(same, key=lambda stroke: stroke.force)
            for softer, firmer in pairwise(by_force):
                one, other = (
                    widths[f"stroke-{s.id}-{next(iter(anatomy.hand_paths(s)))}"]
                    for s in (softer, firmer)
                )
                assert (one < other) == (softer.force < firmer.force)


def test_a_light_return_is_dashed_and_nothing_else():
    for technique in COURSE.techniques:
        named = [each for each in patches(technique) if each.get_gid()]
        dashed = {each.get_gid() for each in named if each.get_linestyle() != "solid"}
        returns = {
            f"stroke-{s.id}-{side}"
            for s in technique.strokes
            if s.light_return and s.mark in PATH_MARKS
            for side in anatomy.hand_paths(s)
        }
        assert dashed == returns


def test_rows_of_strokes_are_numbered_where_there_are_several():
    for technique in COURSE.techniques:
        (axes,) = pictured(technique).axes
        rows = chains(technique.strokes)
        shown = [text.get_text() for text in axes.texts]
        expected = [str(i) for i, row in enumerate(rows, 1) for _ in anatomy.hand_paths(row[0])]
        assert shown == (expected if len(rows) > 1 else [])


def test_rows_keep_every_stroke_in_its_order():
    for technique in COURSE.techniques:
        assert [s for row in chains(technique.strokes) for s in row] == list(technique.strokes)


def test_numbers_do_not_overlap():
    for technique in COURSE.techniques:
        assert_no_overlap(pictured(technique))


def test_a_picture_says_in_words_what_it_shows():
    for technique in COURSE.techniques:
        element = drawn(technique)
        said = element.get("aria-label").lower()
        assert element.get("role") == "img"
        assert technique.names.english.lower() in said
        assert technique.direction.lower() in said
        for zone in COURSE.zones:
            if zone.id in technique.keep_off:
                assert zone.name.lower() in said


def test_a_picture_is_small():
    for technique in COURSE.techniques:
        assert len(written(technique).encode()) <= 60_000


def test_a_picture_asks_for_nothing_outside_itself():
    text = written(COURSE.techniques[0])
    assert not re.findall(r"(?:href|src)=\"(?!#)", text)
    assert "url(http" not in text


def test_both_sides_mirror_each_other():
    technique = next(t for t in COURSE.techniques if t.id == "planar-stroking")
    found = {p.get_gid(): p.get_path().vertices for p in patches(technique) if p.get_gid()}
    for stroke in technique.strokes:
        right, left = (found[f"stroke-{stroke.id}-{side}"] for side in ("right", "left"))
        np.testing.assert_array_equal(left, right * [-1, 1])


def test_a_stroke_starts_and_ends_where_the_course_says():
    technique = next(t for t in COURSE.techniques if t.id == "superficial-stroking")
    group = next(e for e in drawn(technique).iter() if e.get("id") == "stroke-up-right")
    places = ends(group.find(f"{SVG}path").get("d"))
    points = technique.strokes[0].points
    (left, _), (top, _) = back.FRAME
    scale = back.INCHES_PER_UNIT * 72
    for (u, v), (x, y) in ((points[0], places[0]), (points[-1], places[-1])):
        assert x == pytest.approx((u - left) * scale, abs=0.5)
        assert y == pytest.approx((v - top) * scale, abs=0.5)


@pytest.mark.parametrize("family", sorted({t.family for t in COURSE.techniques}))
def test_a_sheet_shows_a_whole_family_by_name(family):
    members = [t for t in COURSE.techniques if t.family == family]
    sheet = pictures.drawn(f"sheet-{family}")
    shown = [text.get_text().replace("\n", " ") for text in sheet.texts]
    assert shown == [technique.names.english for technique in members]
    for technique in members:
        assert technique.direction in sheet.alt
