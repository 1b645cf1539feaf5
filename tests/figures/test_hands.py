from typing import get_args

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch

from massage_workbook.body.hand_shapes import VIEWS
from massage_workbook.course.schema import Hands
from massage_workbook.figures.hands import _POSES, _format_gap, _hand_views
from massage_workbook.figures.palette import colour

from ..shipped import COURSE, each_technique
from .legible import drawn


def patches(drawing):
    return [p for axes in drawing.axes for p in axes.get_children() if isinstance(p, PathPatch)]


def test_every_pose_is_used_and_can_be_drawn():
    assert set(get_args(Hands.model_fields["pose"].annotation)) == set(_POSES)
    assert {technique.hands.pose for technique in COURSE.techniques} == set(_POSES)
    assert {name for views in _POSES.values() for name in views} <= set(VIEWS)


@each_technique
def test_the_parts_that_touch_are_filled_and_named(technique):
    drawing = drawn(f"hand-{technique.id}")
    found = {p.get_gid(): p for p in patches(drawing)}
    contacts = {gid for gid in found if gid and gid.startswith("contact-")}
    assert contacts == {f"contact-{part.replace(' ', '-')}" for part in technique.hands.contact}
    for gid in contacts:
        assert to_hex(found[gid].get_facecolor()) == colour("hand").lower()
        assert found[gid].get_clip_path() is not None
    words = [technique.names.english, technique.hands.shape, *technique.hands.contact]
    assert all(each in drawing.alt for each in words)


def test_the_parts_that_touch_are_on_the_hand():
    for technique in COURSE.techniques:
        for view in _hand_views(technique):
            edge = np.concatenate([np.array(each) for each in view.hands])
            low, high = edge.min(axis=0), edge.max(axis=0)
            for part, regions in view.contacts.items():
                middles = [np.mean(region, axis=0) for region in regions]
                assert all((low < each).all() and (each < high).all() for each in middles), part


@pytest.mark.parametrize(
    "technique", [each for each in COURSE.techniques if each.hands.gap_cm], ids=lambda t: t.id
)
def test_two_hands_mirror_each_other_at_their_distance_which_is_labelled(technique):
    hands = _hand_views(technique)[-1].hands
    left, right = hands[: len(hands) // 2], hands[len(hands) // 2 :]
    for one, other in zip(left, right, strict=True):
        np.testing.assert_array_equal(np.array(one), np.array(other) * [-1, 1])
    low, high = technique.hands.gap_cm
    assert low - 0.2 <= -2 * max(x for x, _ in left[0]) <= high + 0.2
    drawing = drawn(f"hand-{technique.id}")
    label = _format_gap(technique.hands.gap_cm)
    assert label in {text.get_text() for axes in drawing.axes for text in axes.texts}
    assert label in drawing.alt
    assert 'id="gap"' in drawing.svg()
