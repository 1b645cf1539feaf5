from functools import partial
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from massage_workbook.body import anatomy
from massage_workbook.body.under_skin import HEAD
from massage_workbook.figures import back
from massage_workbook.figures.curves import symmetric

from ..shipped import COURSE
from .legible import assert_legible, drawn

PLATES = {name: partial(drawn, f"back-{name}") for name in ("zones", "landmarks")}
each_plate = pytest.mark.parametrize("plate", PLATES.values(), ids=PLATES)


def ids(drawing):
    return {e.get("id") for e in ET.fromstring(drawing.svg()).iter() if e.get("id")}


def by_gid(drawing, gid):
    return [patch for axes in drawing.axes for patch in axes.patches if patch.get_gid() == gid]


def test_the_body_is_symmetric():
    path = symmetric([*back.SHOULDER_AND_ARM, *back.TRUNK[1:]])
    places = {(round(u, 9), round(v, 9)) for u, v in path.vertices}
    assert places == {(round(-u, 9) + 0.0, v) for u, v in places}


def test_the_landmarks_lie_on_the_body():
    drawing = PLATES["landmarks"]()
    (edge,) = by_gid(drawing, "back")
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
def test_what_is_drawn_stands_where_the_landmarks_say(landmark, drawn):
    place = next((each.u, each.v) for each in COURSE.landmarks if each.id == landmark)
    nearest = np.hypot(*(np.array(anatomy.along(drawn)) - place).T).min()
    assert nearest < 0.04, f"{nearest * 50:.1f} cm away"


def test_a_zone_is_drawn_as_the_course_gives_it_on_both_sides():
    for zone in COURSE.zones:
        (patch,) = by_gid(PLATES["zones"](), f"zone-{zone.id}")
        halves = [part.vertices[:-1] for part in patch.get_path()._iter_connected_components()]
        assert [half.tolist() for half in halves] == [
            [list(point) for point in outline] for outline in anatomy.outlines(zone)
        ]
        if zone.mirrored:
            right, left = halves
            assert (left == right * [-1, 1]).all()


@each_plate
def test_every_zone_and_landmark_has_its_id(plate):
    found = ids(plate())
    wanted = {f"zone-{zone.id}" for zone in COURSE.zones} | {
        *(f"landmark-{each.id}" for each in COURSE.landmarks),
    }
    assert len(found & wanted) in {len(COURSE.zones), len(wanted) - len(COURSE.zones)}


@pytest.mark.parametrize("layer", back.LAYERS)
def test_a_body_is_drawn_with_one_layer(layer):
    found = ids(back.landmark_map(COURSE.landmarks, layer))
    assert ("skin" in found) == (layer == "skin")
    assert ("muscles" in found) == (layer == "muscles")
    assert ("bones-left" in found) == (layer == "bones")


def test_kinds_of_zones_are_told_apart_without_colour():
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


@each_plate
def test_numbers_and_names_are_legible(plate):
    assert_legible(plate())


@each_plate
def test_a_plate_says_in_words_what_it_shows(plate):
    alt = plate().alt
    names = {zone.name for zone in COURSE.zones}, {each.name for each in COURSE.landmarks}
    assert any(all(name in alt for name in group) for group in names)


def test_a_badge_stands_in_the_zone_it_names():
    drawing = PLATES["zones"]()
    edge = by_gid(drawing, "back")[0]
    in_order = [z for kind in back.ZONE_FILLS for z in COURSE.zones if z.kind == kind]
    numbers = {t.get_text(): t.get_position() for t in drawing.axes[1].texts}
    for number, zone in enumerate(in_order, start=1):
        place = numbers[str(number)]
        assert anatomy.inside(place, zone.outline), zone.id
        assert isinstance(edge, PathPatch)
        assert edge.get_path().contains_point(place), zone.id
