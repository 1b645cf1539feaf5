import pytest

from massage_workbook.widgets.back_map import tour
from massage_workbook.widgets.technique import TechniqueCard, card, pace, who

from ..shipped import COURSE

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
each_technique = pytest.mark.parametrize("technique", COURSE.techniques, ids=lambda t: t.id)


@each_technique
def test_every_technique_has_a_card_whose_every_figure_says_who_says_so(technique):
    made = card(technique, COURSE)
    assert made["title"] == technique.names.english
    assert all(fact["value"] and fact["who"]["sources"] for fact in made["facts"])
    assert made["steps"] == list(technique.steps)


@each_technique
def test_the_hands_go_over_every_stroke_at_a_pace_that_the_technique_allows(technique):
    steps = tour(technique)
    assert {way.split("-", 1)[1].rsplit("-", 1)[0] for step in steps for way in step["ways"]} == {
        stroke.id for stroke in technique.strokes
    }
    assert all(0 < step["seconds"] < 120 for step in steps)


def test_both_hands_go_together_where_a_stroke_says_both():
    assert tour(TECHNIQUES["superficial-stroking"])[0]["ways"] == [
        "stroke-up-right",
        "stroke-up-left",
    ]


def test_one_side_is_finished_before_the_other_where_a_stroke_says_each():
    technique = TECHNIQUES["deep-stroking"]
    sides = [step["ways"][0].rsplit("-", 1)[1] for step in tour(technique)]
    assert sides == ["right"] * len(technique.strokes) + ["left"] * len(technique.strokes)


def test_hands_rest_where_a_row_of_strokes_ends_and_not_within_it():
    rests = [step["rest"] for step in tour(TECHNIQUES["deep-stroking"])]
    assert [i for i, rest in enumerate(rests, start=1) if rest] == [len(rests) // 2, len(rests)]


@pytest.mark.parametrize(
    ("technique", "said"),
    [
        ("superficial-stroking", "4-12 a minute, slow pace; the hand travels 3-10 cm a second"),
        ("palm-circle-kneading", "20-40 a minute, slow to everyday pace"),
        ("radial-edge-rubbing", "30-60 a minute, everyday pace"),
        ("sawing", "60-80 a minute, fast pace"),
    ],
)
def test_a_pace_is_called_by_the_bands_that_it_lies_in(technique, said):
    assert pace(TECHNIQUES[technique]) == said


def test_a_source_is_named_in_words():
    said = who(TECHNIQUES["superficial-stroking"], COURSE)["sources"]
    assert any(line.startswith("B59: Four blocks") and "line 59" in line for line in said)


def test_a_technique_that_does_not_exist_is_named_with_the_nearest():
    with pytest.raises(LookupError, match=r'Did you mean "deep-stroking"?'):
        TechniqueCard(COURSE, "deep-strokng")


def test_a_card_asks_no_clock_and_no_database(monkeypatch):
    monkeypatch.setattr("massage_workbook.widgets.widget.progress", None)
    assert TechniqueCard(COURSE, "deep-stroking").children
