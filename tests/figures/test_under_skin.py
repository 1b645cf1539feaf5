from itertools import pairwise
from math import dist
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from massage_workbook.body.under_skin import (
    BONES,
    DEEP,
    FLOATING,
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
from massage_workbook.figures.under_skin import structure_shapes

from ..shipped import COURSE
from .legible import drawn

PLATE = drawn("back-under-skin")
LANDMARKS = {each.id: (each.u, each.v) for each in COURSE.landmarks}
SHAPES = structure_shapes()
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


def test_twelve_ribs_go_outward_and_down_from_their_vertebrae_without_crossing():
    drawn = [line for name in ("bone-ribs", "bone-floating-ribs") for line in SHAPES[name][0].bars]
    assert drawn == [rib(number) for number in range(1, 13)]
    assert len(RIB_MARGINS) == 12
    for number, line in enumerate(drawn, start=1):
        us, vs = zip(*line[1:], strict=True)
        assert line[0][0] < 0.03, "it begins at the vertebra"
        assert us[0] == TRANSVERSE["T"]
        assert SPINES[f"T{number}"] - 0.04 < vs[0] < SPINES[f"T{number}"]
        assert vs == tuple(sorted(vs))
        assert us[:-1] == tuple(sorted(us[:-1]))
    for upper, lower in pairwise(drawn):
        for u, v in upper[2:]:
            assert v < np.interp(u, *zip(*lower, strict=True), right=np.inf), f"at {u:.2f}"


def test_the_chest_is_widest_at_its_lower_third_and_lies_in_the_trunk():
    widths = [u for u, _ in RIB_MARGINS[: FLOATING - 1]]
    assert widths.index(max(widths)) in {6, 7, 8}
    (body,) = (patch for patch in PLATE.axes[0].patches if patch.get_gid() == "back")
    assert body.get_path().contains_points(RIB_MARGINS).all()


@pytest.mark.parametrize(("number", "least", "most"), [(12, 8, 12), (11, 12, 18)])
def test_floating_ribs_end_freely_at_their_usual_length(number, least, most):
    line = rib(number)
    assert least <= CM_PER_UNIT * dist(line[0], line[-1]) <= most
    assert line[-1][0] < RIB_MARGINS[FLOATING - 2][0]
    assert line[-1][1] < LANDMARKS["hip-crest-top"][1] - 0.08


def test_the_blade_lies_over_ribs_two_to_seven():
    top, tip = (LANDMARKS[name] for name in ("blade-top-corner", "blade-tip"))
    heights = [np.interp(tip[0], *zip(*rib(n), strict=True)) for n in range(2, 9)]
    assert abs(np.interp(top[0], *zip(*rib(2), strict=True)) - top[1]) < 0.04
    assert heights[4] < tip[1] < heights[6], "between ribs 6 and 8"


@pytest.mark.parametrize(
    ("structure", "landmark"),
    [
        ("bone-shoulder-blade", "blade-top-corner"), ("bone-shoulder-blade", "blade-ridge"),
        ("bone-shoulder-blade", "blade-tip"), ("bone-shoulder-blade", "shoulder-tip"),
        ("bone-hip", "hip-crest-top"), ("bone-hip", "dimple"), ("bone-sacrum", "dimple"),
        ("bone-sacrum", "coccyx"), ("muscle-trapezius", "shoulder-tip"),
        ("muscle-trapezius", "blade-ridge"), ("muscle-trapezius", "last-rib"),
        ("muscle-levator-scapulae", "blade-top-corner"), ("muscle-rhomboids", "blade-ridge"),
        ("muscle-rhomboids", "blade-tip"), ("muscle-rhomboids", "c7"),
        ("muscle-latissimus", "armpit-fold"), ("muscle-latissimus", "hip-crest-top"),
        ("muscle-external-oblique", "hip-crest-top"),
        ("muscle-quadratus-lumborum", "hip-crest-top"), ("muscle-supraspinatus", "shoulder-tip"),
        ("muscle-infraspinatus", "blade-ridge"), ("muscle-teres", "blade-tip"),
        ("muscle-deltoid", "shoulder-tip"), ("muscle-gluteus-maximus", "dimple"),
        ("fascia-lumbar", "dimple"), ("fascia-lumbar", "hip-crest-top"),
    ],
)  # fmt: skip
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
def test_a_muscle_begins_at_its_vertebrae(muscle, top, bottom):
    heights = [v for u, v in edge(muscle) if abs(u) < 0.01]
    for end, vertebra in ((min, top), (max, bottom)):
        assert not vertebra or end(heights) == pytest.approx(SPINES[vertebra], abs=0.02)


def test_muscles_of_the_spine_reach_from_the_skull_to_the_sacrum():
    assert min(v for _, v in edge("muscle-trapezius")) < LANDMARKS["hairline"][1]
    assert gap_cm("muscle-quadratus-lumborum", rib(12)[2]) < WIDEST
    us, vs = edge("muscle-erector-spinae").T
    assert 0.008 < us.min() < us.max() < 0.16
    assert vs.min() < SPINES["T1"]
    assert vs.max() > LANDMARKS["dimple"][1]


def groups(drawing):
    return {each.get_gid(): each for each in drawing.findobj(Group)}


def test_bones_are_symmetric():
    shown = groups(back.landmark_map(COURSE.landmarks))
    for gid, right in shown.items():
        if gid.startswith("structure-") and gid.endswith("-right"):
            left = shown[gid.replace("right", "left")]
            for one, other in zip(right.members, left.members, strict=True):
                mirrored = one.get_path().vertices * [-1, 1]
                assert mirrored.tolist() == other.get_path().vertices.tolist()
    for points in (points for shape in SHAPES["bone-spine"] for points in shape.outlines):
        places = {(round(u, 9), round(v, 9)) for u, v in symmetric(points).vertices}
        assert places == {(round(-u, 9) + 0.0, v) for u, v in places}


def test_every_structure_is_drawn_named_and_described():
    assert {each.id for each in COURSE.structures} == set(SHAPES)
    assert {*DEEP, *SUPERFICIAL, *BONES} == set(SHAPES)
    drawn = {gid.removeprefix("structure-").rpartition("-")[0] for gid in groups(PLATE)}
    assert set(SHAPES) <= drawn
    shown = {" ".join(text.get_text().split()) for text in PLATE.axes[0].texts}
    assert shown == {each.name for each in COURSE.structures}
    svg = PLATE.svg()
    for each in COURSE.structures:
        assert f"{each.name}: {each.feels}" in PLATE.alt
        assert f'aria-label="{each.name}. {each.feels}"' in svg


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


def test_the_layers_of_a_page_have_one_half_of_the_bones_and_no_skin():
    root = ET.fromstring(atlas.layers(COURSE.structures).svg())
    found = {each.get("id") for each in root.iter() if each.get("id")}
    assert {"bones-right", "bones-middle", "muscles"} <= found
    assert not {"back", "skin", "bones-left"} & found
