"""Pictures of stances, movements, lymph nodes and tempos show what the course says."""

from itertools import pairwise

import pytest
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

from massage_workbook.body import movement
from massage_workbook.figures.nodes import SEEN_LABELS
from massage_workbook.figures.stances import alt_text
from massage_workbook.figures.tempo import TEMPO_BANDS

from ..shipped import COURSE, each_technique
from .legible import drawn


@pytest.mark.parametrize("stance", COURSE.stances, ids=lambda each: each.id)
def test_a_stance_is_shown_and_described_at_three_places(stance):
    drawing = drawn(f"stance-{stance.id}")
    assert len(drawing.axes) == len(stance.postures)
    verbs = {"stands": "stand", "kneels": "kneel"}
    texts = stance.table, stance.bed, stance.mat
    for shown, posture, text in zip(drawing.texts, stance.postures, texts, strict=True):
        assert posture in shown.get_text()
        assert verbs.get(posture, "knee") in text.lower()
    said = alt_text(stance)
    facing = "towards the head" if stance.faces == "head" else "across"
    assert all(each in said for each in (stance.level, facing, "weight comes from the legs"))


@each_technique
def test_a_movement_is_a_row_of_its_phases_with_captions(technique):
    said = [phase.say for phase in technique.movement.phases if phase.say]
    drawing = drawn(f"movement-{technique.id}")
    assert len(drawing.axes) == len(said)
    shown = {text.get_text() for text in drawing.texts}
    assert {f"{number}  {words}" for number, words in enumerate(said, start=1)} <= shown
    assert all(words in drawing.alt for words in said)
    assert movement._MARKS_ALT[technique.motion] in drawing.alt
    for text in drawing.texts[::2]:
        assert text.get_fontsize() * 360 / (72 * drawing.get_figwidth()) >= 10, "on a phone"


def test_no_two_movements_look_the_same():
    strips = {drawn(f"movement-{each.id}").svg() for each in COURSE.techniques}
    assert len(strips) == len(COURSE.techniques)


@pytest.mark.parametrize("group", COURSE.lymph_nodes, ids=lambda each: each.id)
def test_lymph_nodes_are_at_their_place_and_filled_if_seen_from_behind(group):
    drawing = drawn("lymph-nodes")
    (axes,) = drawing.axes
    (mark,) = (patch for patch in axes.patches if patch.get_gid() == f"nodes-{group.id}")
    assert mark.center == (group.u, group.v)
    places = [getattr(patch, "center", None) for patch in axes.patches]
    assert ((-group.u, group.v) in places) == group.mirrored
    filled = mark.get_facecolor() != to_rgba("none")
    assert filled == (group.seen == "from behind") == (mark.get_linestyle() == "solid")
    shown = [" ".join(text.get_text().split()) for text in axes.texts]
    assert shown[shown.index(group.name) + 1] == SEEN_LABELS[group.seen]
    assert f"{group.name}, {SEEN_LABELS[group.seen]}: {group.where}" in drawing.alt


def test_tempos_are_bars_from_slowest_to_fastest_by_family():
    (axes,) = drawn("tempo").axes
    bars = {p.get_gid(): p for p in axes.patches if isinstance(p, Rectangle) and p.get_gid()}
    assert bars.keys() == {f"tempo-{each.id}" for each in COURSE.techniques}
    for one in COURSE.techniques:
        bar = bars[f"tempo-{one.id}"]
        assert (bar.get_x(), bar.get_x() + bar.get_width()) == one.tempo.per_minute
        for other in COURSE.techniques:
            above = bar.get_y() < bars[f"tempo-{other.id}"].get_y()
            if one.family == other.family and above:
                assert sum(one.tempo.per_minute) <= sum(other.tempo.per_minute)
    assert all(before[1] == after[0] for before, after in pairwise(TEMPO_BANDS))
    assert max(t.tempo.per_minute[1] for t in COURSE.techniques) <= TEMPO_BANDS[-1][1]


def test_tempos_stand_under_their_family_with_the_speed_of_gliding_hands():
    words = [text.get_text() for text in drawn("tempo").axes[0].texts]
    families = {technique.family.capitalize() for technique in COURSE.techniques}
    of_name = {each.names.english: each.family.capitalize() for each in COURSE.techniques}
    heading = ""
    for word in words:
        heading = word if word in families else heading
        assert of_name.get(word, heading) == heading
    assert "Movements or glides a minute" in words
    gliding = [each.tempo.cm_per_second for each in COURSE.techniques if each.glides]
    assert {f"{low:g}-{high:g} cm a second" for low, high in gliding} <= {*words}
    assert sum("cm a second" in word for word in words) == len(gliding)
    assert all(name in drawn("tempo").alt for name in of_name)
