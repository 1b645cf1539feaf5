from typing import get_args
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch

from massage_workbook.body.hand_shapes import VIEWS
from massage_workbook.course.schema import Hands
from massage_workbook.figures.hands import POSES, format_gap, hand_views
from massage_workbook.figures.palette import colour

from ..shipped import COURSE
from .legible import assert_legible, drawn

WITH_GAP = [technique for technique in COURSE.techniques if technique.hands.gap_cm]


def pictured(technique):
    return drawn(f"hand-{technique.id}")


def patches(drawing):
    return [p for axes in drawing.axes for p in axes.get_children() if isinstance(p, PathPatch)]


def test_every_pose_the_course_may_name_is_used_and_can_be_drawn():
    assert set(get_args(Hands.model_fields["pose"].annotation)) == set(POSES)
    assert {technique.hands.pose for technique in COURSE.techniques} == set(POSES)
    assert {name for views in POSES.values() for name in views} <= set(VIEWS)


def test_what_touches_is_filled_as_the_course_declares_and_nothing_else():
    for technique in COURSE.techniques:
        found = {p.get_gid(): p for p in patches(pictured(technique))}
        contacts = {gid for gid in found if gid and gid.startswith("contact-")}
        assert contacts == {f"contact-{part.replace(' ', '-')}" for part in technique.hands.contact}
        for gid in contacts:
            assert to_hex(found[gid].get_facecolor()) == colour("hand").lower()
            assert found[gid].get_clip_path() is not None


def test_what_touches_lies_on_the_hand():
    """A region's middle is within the hand that it is clipped to."""
    for technique in COURSE.techniques:
        for view in hand_views(technique):
            edge = np.concatenate([np.array(each) for each in view.hands])
            low, high = edge.min(axis=0), edge.max(axis=0)
            for part, regions in view.contacts.items():
                for region in regions:
                    middle = np.mean(region, axis=0)
                    assert (low < middle).all(), part
                    assert (middle < high).all(), part


def test_two_hands_mirror_each_other_and_stand_as_far_apart_as_the_course_says():
    for technique in WITH_GAP:
        hands = hand_views(technique)[-1].hands
        left, right = hands[: len(hands) // 2], hands[len(hands) // 2 :]
        for one, other in zip(left, right, strict=True):
            np.testing.assert_array_equal(np.array(one), np.array(other) * [-1, 1])
        reach = max(x for x, _ in left[0])
        low, high = technique.hands.gap_cm
        assert low - 0.2 <= -2 * reach <= high + 0.2


def test_a_gap_is_dimensioned():
    for technique in WITH_GAP:
        drawing = pictured(technique)
        shown = [text.get_text() for axes in drawing.axes for text in axes.texts]
        assert format_gap(technique.hands.gap_cm) in shown
        assert "gap" in {e.get("id") for e in ET.fromstring(drawing.svg()).iter()}


def test_words_are_legible():
    for technique in COURSE.techniques:
        assert_legible(pictured(technique))


def test_a_hand_is_described_in_words():
    for technique in COURSE.techniques:
        alt = pictured(technique).alt
        assert technique.names.english in alt
        assert technique.hands.shape in alt
        for part in technique.hands.contact:
            assert part in alt
        if technique.hands.gap_cm:
            assert format_gap(technique.hands.gap_cm) in alt


def test_a_picture_is_small():
    for technique in COURSE.techniques:
        assert len(pictured(technique).svg().encode()) <= 60_000
