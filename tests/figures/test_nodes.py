from matplotlib.colors import to_rgba

from massage_workbook.figures.nodes import SEEN_LABELS

from ..shipped import COURSE
from .legible import assert_legible, drawn

DRAWING = drawn("lymph-nodes")
[AXES] = DRAWING.axes
MARKS = {patch.get_gid(): patch for patch in AXES.patches if patch.get_gid()}


def test_a_group_is_marked_at_its_place_on_both_sides():
    for group in COURSE.lymph_nodes:
        assert MARKS[f"nodes-{group.id}"].center == (group.u, group.v)
        places = [getattr(patch, "center", None) for patch in AXES.patches]
        assert ((-group.u, group.v) in places) == group.mirrored


def test_a_group_seen_from_behind_is_filled_and_one_in_front_is_a_dashed_ring():
    for group in COURSE.lymph_nodes:
        mark = MARKS[f"nodes-{group.id}"]
        filled = mark.get_facecolor() != to_rgba("none")
        assert filled == (group.seen == "from behind")
        assert filled == (mark.get_linestyle() == "solid")


def test_a_group_is_named_beside_the_back_and_in_words():
    for group in COURSE.lymph_nodes:
        shown = [" ".join(text.get_text().split()) for text in AXES.texts]
        assert shown[shown.index(group.name) + 1] == SEEN_LABELS[group.seen]
        assert f"{group.name}, {SEEN_LABELS[group.seen]}: {group.where}" in DRAWING.alt


def test_names_are_legible():
    assert_legible(DRAWING)
