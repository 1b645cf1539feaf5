import re
from itertools import pairwise
from math import atan2, degrees
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from massage_workbook.body import anatomy
from massage_workbook.figures import back
from massage_workbook.figures.strokes import PATH_MARKS, chains

from ..shipped import COURSE, each_technique
from . import legible as pictures
from .paths import ends

SVG = "{http://www.w3.org/2000/svg}"


def pictured(technique):
    return pictures.drawn(f"strokes-{technique.id}")


def patches(technique):
    (axes,) = pictured(technique).axes
    return axes.patches


@each_technique
def test_a_map_contains_and_names_its_strokes_and_zones(technique):
    drawing = pictured(technique)
    svg, said = drawing.svg(), drawing.alt.lower()
    strokes = [
        f"stroke-{stroke.id}-{side}"
        for stroke in technique.strokes
        for side in anatomy.hand_paths(stroke)
    ]
    zones = [f"zone-{name}" for name in (*technique.keep_off, *technique.zones)]
    assert all(f'id="{name}"' in svg for name in (*strokes, *zones))
    kept = [zone.name for zone in COURSE.zones if zone.id in technique.keep_off]
    for name in (technique.names.english, technique.direction, *kept):
        assert name.lower() in said
    assert not re.findall(r'(?:href|src)="(?!#)|url\(http', svg), "it loads no other file"
    assert len(drawing.svg("shared").encode()) <= 15_000, "without its body"


@each_technique
def test_arrowheads_point_in_the_direction_of_their_strokes(technique):
    """Within 5 degrees."""
    heads = [
        triangle.vertices
        for patch in patches(technique)
        if patch.get_gid() == "heads"
        for triangle in patch.get_path()._iter_connected_components()
    ]
    found = [_heading([(h[1] + h[2]) / 2, h[0]]) for h in heads]
    for *_, stroke in chains(technique.strokes):
        if stroke.mark not in {"zigzag", "spiral"}:  # whose last turn differs
            wanted = _heading(anatomy.along(stroke.points)[-2:])
            assert min(abs((f - wanted + 180) % 360 - 180) for f in found) < 5, stroke.id


def _heading(places):
    (u, v), (a, b) = places[0], places[-1]
    return degrees(atan2(b - v, a - u))


@each_technique
def test_firmer_strokes_are_wider_and_light_returns_dashed(technique):
    lines = {p.get_gid(): p for p in patches(technique) if p.get_gid()}
    first = {s: f"stroke-{s.id}-{next(iter(anatomy.hand_paths(s)))}" for s in technique.strokes}
    for mark in {stroke.mark for stroke in technique.strokes}:
        same = [s for s in technique.strokes if s.mark == mark and not s.light_return]
        for softer, firmer in pairwise(sorted(same, key=lambda stroke: stroke.force)):
            one, other = (lines[first[each]].get_linewidth() for each in (softer, firmer))
            assert (one < other) == (softer.force < firmer.force)
    returns = {
        f"stroke-{s.id}-{side}"
        for s in technique.strokes
        if s.light_return and s.mark in PATH_MARKS
        for side in anatomy.hand_paths(s)
    }
    assert {gid for gid, line in lines.items() if line.get_linestyle() != "solid"} == returns


@each_technique
def test_several_rows_of_strokes_are_numbered_in_order(technique):
    (axes,) = pictured(technique).axes
    rows = chains(technique.strokes)
    assert [stroke for row in rows for stroke in row] == list(technique.strokes)
    shown = [text.get_text() for text in axes.texts]
    expected = [str(i) for i, row in enumerate(rows, 1) for _ in anatomy.hand_paths(row[0])]
    assert shown == (expected if len(rows) > 1 else [])


def test_a_stroke_starts_and_ends_at_its_points_on_both_sides():
    technique = next(t for t in COURSE.techniques if t.id == "superficial-stroking")
    found = {p.get_gid(): p.get_path().vertices for p in patches(technique) if p.get_gid()}
    np.testing.assert_array_equal(found["stroke-up-left"], found["stroke-up-right"] * [-1, 1])
    root = ET.fromstring(pictured(technique).svg())
    group = next(each for each in root.iter() if each.get("id") == "stroke-up-right")
    places = ends(group.find(f"{SVG}path").get("d"))
    points = technique.strokes[0].points
    (left, _), (top, _) = back.FRAME
    scale = back.INCHES_PER_UNIT * 72
    for (u, v), place in ((points[0], places[0]), (points[-1], places[-1])):
        assert place == pytest.approx(((u - left) * scale, (v - top) * scale), abs=0.5)


@pytest.mark.parametrize("family", sorted({t.family for t in COURSE.techniques}))
def test_a_sheet_shows_all_techniques_of_a_family(family):
    members = [t for t in COURSE.techniques if t.family == family]
    sheet = pictures.drawn(f"sheet-{family}")
    shown = [text.get_text().replace("\n", " ") for text in sheet.texts]
    assert shown == [technique.names.english for technique in members]
    for technique in members:
        assert technique.direction in sheet.alt
