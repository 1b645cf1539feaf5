from functools import partial
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib.path import Path

from massage_workbook.body import anatomy
from massage_workbook.body.under_skin import HEAD
from massage_workbook.figures import back
from massage_workbook.figures.curves import symmetric

from ..shipped import COURSE
from .legible import drawn

PLATES = {name: partial(drawn, f"back-{name}") for name in ("zones", "landmarks")}


def ids(drawing):
    return {e.get("id") for e in ET.fromstring(drawing.svg()).iter() if e.get("id")}


def by_gid(drawing, gid):
    return [patch for axes in drawing.axes for patch in axes.patches if patch.get_gid() == gid]


@pytest.mark.parametrize(
    ("name", "items"), [("zones", COURSE.zones), ("landmarks", COURSE.landmarks)]
)
def test_a_plate_contains_and_names_its_items(name, items):
    drawing = PLATES[name]()
    assert {f"{name[:-1]}-{each.id}" for each in items} <= ids(drawing)
    assert all(each.name in drawing.alt for each in items)


def test_the_body_is_symmetric_and_contains_the_landmarks():
    path = symmetric([*back.SHOULDER_AND_ARM, *back.TRUNK[1:]])
    places = {(round(u, 9), round(v, 9)) for u, v in path.vertices}
    assert places == {(round(-u, 9) + 0.0, v) for u, v in places}
    (edge,) = by_gid(PLATES["landmarks"](), "back")
    head = symmetric(HEAD)
    for each in COURSE.landmarks:
        place = (each.u, each.v)
        assert edge.get_path().contains_point(place) or head.contains_point(place), each.id


@pytest.mark.parametrize(
    ("landmark", "drawn"),
    [
        ("blade-tip", back.BLADE),
        ("blade-ridge", back.CUES[0]),
        ("blade-top-corner", back.BLADE),
        ("armpit-fold", back.TRUNK),
        ("shoulder-tip", back.SHOULDER_AND_ARM),
    ],
)
def test_shapes_reach_their_landmarks(landmark, drawn):
    place = next((each.u, each.v) for each in COURSE.landmarks if each.id == landmark)
    nearest = np.hypot(*(np.array(anatomy.along(drawn)) - place).T).min()
    assert nearest < 0.04, f"{nearest * 50:.1f} cm away"


def test_a_zone_has_its_outline_on_both_sides_and_its_number_inside():
    drawing = PLATES["zones"]()
    (edge,) = by_gid(drawing, "back")
    numbers = {t.get_text(): t.get_position() for t in drawing.axes[1].texts}
    in_order = [z for kind in back.ZONE_FILLS for z in COURSE.zones if z.kind == kind]
    for number, zone in enumerate(in_order, start=1):
        (patch,) = by_gid(drawing, f"zone-{zone.id}")
        halves = [part.vertices[:-1] for part in patch.get_path()._iter_connected_components()]
        outlines = [[list(point) for point in outline] for outline in anatomy.outlines(zone)]
        assert [half.tolist() for half in halves] == outlines
        if zone.mirrored:
            assert (halves[1] == halves[0] * [-1, 1]).all()
        assert anatomy.inside(numbers[str(number)], zone.outline), zone.id
        assert edge.get_path().contains_point(numbers[str(number)]), zone.id


@pytest.mark.parametrize("layer", ["skin", "muscles", "bones"])
def test_a_body_is_drawn_with_one_layer(layer):
    drawing = back.Drawing("", *back.size_inches(back.FRAME))
    back.draw_body(back.uv_axes(drawing), layer)
    found = ids(drawing)
    assert ("skin" in found) == (layer == "skin")
    assert ("muscles" in found) == (layer == "muscles")
    assert ("bones-left" in found) == (layer == "bones")


def test_kinds_of_zones_differ_without_colour():
    hatches = [pattern for pattern, _ in back.ZONE_FILLS.values()]
    assert len(set(hatches)) == len(hatches)
    words = {text.get_text() for axes in PLATES["zones"]().axes for text in axes.texts}
    assert {word.capitalize() for word in back.KIND_LABELS.values()} <= words


def test_overlapping_zones_are_hatched_once():
    drawing = back.Drawing("", *back.size_inches(back.FRAME))
    axes = back.uv_axes(drawing)
    edge = back.draw_body(axes)
    before = len(axes.patches)
    back.hatch_zones(axes, COURSE.zones, "keep-off", edge)
    hatched = [p for p in axes.patches[before:] if p.get_hatch()]
    assert len(hatched) == 1
    areas = [_turn(part) for part in hatched[0].get_path()._iter_connected_components()]
    assert len({area > 0 for area in areas}) == 1


def _turn(path: Path):
    (u, v), (a, b) = path.vertices[:-1].T, path.vertices[1:].T
    return float((u * b - a * v).sum())
