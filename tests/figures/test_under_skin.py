from itertools import pairwise
from math import dist
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from massage_workbook.body.under_skin import (
    BONES,
    DEEP,
    FLOATING,
    MUSCLES,
    RIB_MARGINS,
    SPINES,
    SUPERFICIAL,
    TRANSVERSE,
    rib,
)
from massage_workbook.course.model import CM_PER_UNIT
from massage_workbook.figures import atlas, back
from massage_workbook.figures.curves import closed, symmetric
from massage_workbook.figures.groups import Group

from ..shipped import COURSE
from .legible import assert_legible, drawn

PLATE = drawn("back-under-skin")
LANDMARKS = {each.id: (each.u, each.v) for each in COURSE.landmarks}
SHAPES = {**BONES, **MUSCLES}
WIDEST = 1.5  # cm


def outlines(name):
    return [
        symmetric(points) if shape.whole else closed(points)
        for shape in SHAPES[name]
        for points in shape.outlines
    ]


def edge(name):
    """Places on the edge of a structure, and of what is left and right of the midline."""
    lines = [outline.interpolated(8).vertices for outline in outlines(name)]
    return np.concatenate([line for line in lines if len(line)])


def gap_cm(name, place):
    """How far it is from the edge of a structure to a place."""
    return CM_PER_UNIT * np.min(np.hypot(*(edge(name) - place).T))


# --- ribs ------------------------------------------------------------------------------------


def test_twelve_ribs_come_from_the_twelve_vertebrae_of_the_chest():
    assert len(RIB_MARGINS) == 12
    drawn = [line for name in ("bone-ribs", "bone-floating-ribs") for line in BONES[name][0].bars]
    assert drawn == [rib(number) for number in range(1, 13)]
    for number, line in enumerate(drawn, start=1):
        u, v = line[1]
        assert u == TRANSVERSE["T"]
        assert SPINES[f"T{number}"] - 0.04 < v < SPINES[f"T{number}"]
        assert line[0][0] < 0.03, "it begins at the vertebra"


def test_ribs_go_outward_and_down_and_none_crosses_the_next():
    for number in range(1, 13):
        us, vs = zip(*rib(number)[1:], strict=True)
        assert vs == tuple(sorted(vs))
        assert us[:-1] == tuple(sorted(us[:-1]))
    for upper, lower in pairwise(range(1, 13)):
        for u, v in rib(upper)[2:]:
            at = np.interp(u, *zip(*rib(lower), strict=True), right=np.inf)
            assert v < at, f"rib {upper} at {u:.2f}"


def test_the_chest_is_widest_at_its_lower_third_and_lies_in_the_trunk():
    widths = [u for u, _ in RIB_MARGINS[: FLOATING - 1]]
    assert widths.index(max(widths)) in {6, 7, 8}
    (body,) = (patch for patch in PLATE.axes[0].patches if patch.get_gid() == "back")
    assert body.get_path().contains_points(RIB_MARGINS).all()


@pytest.mark.parametrize(("number", "least", "most"), [(12, 8, 12), (11, 12, 18)])
def test_floating_ribs_end_freely_and_have_the_length_of_textbooks(number, least, most):
    line = rib(number)
    assert least <= CM_PER_UNIT * dist(line[0], line[-1]) <= most
    assert line[-1][0] < RIB_MARGINS[FLOATING - 2][0]
    assert line[-1][1] < LANDMARKS["hip-crest-top"][1] - 0.08


def test_the_blade_lies_over_ribs_two_to_seven():
    top, tip = (LANDMARKS[name] for name in ("blade-top-corner", "blade-tip"))
    heights = [np.interp(tip[0], *zip(*rib(n), strict=True)) for n in range(2, 9)]
    assert abs(np.interp(top[0], *zip(*rib(2), strict=True)) - top[1]) < 0.04
    assert heights[4] < tip[1] < heights[6], "between ribs 6 and 8"


# --- attachments -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("structure", "landmark"),
    [
        ("bone-shoulder-blade", "blade-top-corner"),
        ("bone-shoulder-blade", "blade-ridge"),
        ("bone-shoulder-blade", "blade-tip"),
        ("bone-shoulder-blade", "shoulder-tip"),
        ("bone-hip", "hip-crest-top"),
        ("bone-hip", "dimple"),
        ("bone-sacrum", "dimple"),
        ("bone-sacrum", "coccyx"),
        ("muscle-trapezius", "shoulder-tip"),
        ("muscle-trapezius", "blade-ridge"),
        ("muscle-trapezius", "last-rib"),
        ("muscle-levator-scapulae", "blade-top-corner"),
        ("muscle-rhomboids", "blade-ridge"),
        ("muscle-rhomboids", "blade-tip"),
        ("muscle-rhomboids", "c7"),
        ("muscle-latissimus", "armpit-fold"),
        ("muscle-latissimus", "hip-crest-top"),
        ("muscle-external-oblique", "hip-crest-top"),
        ("muscle-quadratus-lumborum", "hip-crest-top"),
        ("muscle-supraspinatus", "shoulder-tip"),
        ("muscle-infraspinatus", "blade-ridge"),
        ("muscle-teres", "blade-tip"),
        ("muscle-deltoid", "shoulder-tip"),
        ("muscle-gluteus-maximus", "dimple"),
        ("fascia-lumbar", "dimple"),
        ("fascia-lumbar", "hip-crest-top"),
    ],
)
def test_a_structure_reaches_its_landmark(structure, landmark):
    assert gap_cm(structure, LANDMARKS[landmark]) < WIDEST


@pytest.mark.parametrize(
    ("muscle", "top", "bottom"),
    [
        ("muscle-latissimus", "T7", None),
        ("muscle-trapezius", None, "T12"),
        ("muscle-rhomboids", "C7", "T5"),
    ],
)
def test_a_muscle_begins_at_the_right_vertebrae(muscle, top, bottom):
    heights = [v for u, v in edge(muscle) if abs(u) < 0.01]
    if top:
        assert min(heights) == pytest.approx(SPINES[top], abs=0.02)
    if bottom:
        assert max(heights) == pytest.approx(SPINES[bottom], abs=0.02)


def test_the_trapezius_begins_at_the_skull():
    assert min(v for _, v in edge("muscle-trapezius")) < LANDMARKS["hairline"][1]


def test_quadratus_lumborum_hangs_from_the_last_rib():
    assert gap_cm("muscle-quadratus-lumborum", rib(12)[2]) < WIDEST


def test_the_long_muscles_lie_beside_the_spine_from_neck_to_sacrum():
    us, vs = edge("muscle-erector-spinae").T
    assert us.min() > 0.008
    assert us.max() < 0.16
    assert vs.min() < SPINES["T1"]
    assert vs.max() > LANDMARKS["dimple"][1]


# --- drawing ---------------------------------------------------------------------------------


def groups(drawing):
    return {each.get_gid(): each for each in drawing.findobj(Group)}


def test_bones_are_the_same_on_both_sides():
    drawing = back.landmark_map(COURSE.landmarks, "bones")
    for gid, right in groups(drawing).items():
        if not (gid.startswith("structure-") and gid.endswith("-right")):
            continue
        left = groups(drawing)[gid.replace("right", "left")]
        for one, other in zip(right.members, left.members, strict=True):
            assert (
                one.get_path().vertices * [-1, 1]
            ).tolist() == other.get_path().vertices.tolist()


def test_what_lies_in_the_midline_is_symmetric():
    for shape in BONES["bone-spine"]:
        for points in shape.outlines:
            places = {(round(u, 9), round(v, 9)) for u, v in symmetric(points).vertices}
            assert places == {(round(-u, 9) + 0.0, v) for u, v in places}


def test_every_structure_is_named_and_every_shape_drawn():
    assert {each.id for each in COURSE.structures} == set(SHAPES)
    assert set(DEEP) | set(SUPERFICIAL) == set(MUSCLES)
    drawn = {gid.removeprefix("structure-").rpartition("-")[0] for gid in groups(PLATE)}
    assert set(SHAPES) <= drawn
    shown = {" ".join(text.get_text().split()) for text in PLATE.axes[0].texts}
    assert shown == {each.name for each in COURSE.structures}


@pytest.mark.parametrize("each", COURSE.structures, ids=lambda each: each.id)
def test_the_line_from_a_name_ends_on_its_structure(each):
    layer = {"superficial": "left", "deep": "right", "bone": "right"}[each.layer]
    assert f"structure-{each.id}-{layer}" in groups(PLATE) or each.layer == "bone"
    bars = [line for shape in SHAPES[each.id] for line in shape.bars]
    on_bar = any(
        np.min(np.hypot(*(closed(line).interpolated(20).vertices - each.place).T)) < 0.02
        for line in bars
    )
    assert on_bar or any(outline.contains_point(each.place) for outline in outlines(each.id))


def test_the_plate_says_what_each_structure_is_to_the_hand():
    for each in COURSE.structures:
        assert f"{each.name}: {each.feels}" in PLATE.alt
        assert f'aria-label="{each.name}. {each.feels}"' in PLATE.svg()


def test_names_of_the_plate_are_legible():
    assert_legible(PLATE)


def test_the_layers_of_a_page_have_what_no_mirror_gives():
    root = ET.fromstring(atlas.layers(COURSE.structures).svg())
    found = {each.get("id") for each in root.iter() if each.get("id")}
    assert {"bones-right", "bones-middle", "muscles"} <= found
    assert not {"back", "skin", "bones-left"} & found
