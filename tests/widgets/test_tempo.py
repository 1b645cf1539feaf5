import pytest

from massage_workbook.questions.tempo import STEADY
from massage_workbook.views.tempo import trainer
from massage_workbook.widgets.tempo import Tempo

from ..shipped import COURSE

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
each_technique = pytest.mark.parametrize("technique", COURSE.techniques, ids=lambda t: t.id)


@pytest.mark.parametrize(
    "technique", [each for each in COURSE.techniques if each.one_pass.stops], ids=lambda t: t.id
)
def test_every_technique_with_a_beat_has_its_band_and_words_for_it(technique):
    made = trainer(technique)
    assert made["band"] == list(technique.tempo.per_minute)
    assert technique.names.english[1:] in made["title"]
    assert f"{made['band'][0]:g} to {made['band'][1]:g}" in made["says"]["fits"]
    assert all(says.count("#") == 1 for key, says in made["says"].items() if key != "even")


def test_taps_may_stray_as_far_as_in_the_questions():
    made = trainer(TECHNIQUES["sawing"])
    assert made["steady"] == STEADY
    assert f"{STEADY:.0%}" in made["says"]["unsteady"]


def test_a_technique_without_a_beat_says_that_the_hand_s_speed_counts():
    made = trainer(TECHNIQUES["planar-stroking"])
    assert made["band"] is None
    assert "how fast the hand travels" in made["says"]
    assert "3-10 cm a second" in made["pace"]


def test_a_technique_that_does_not_exist_is_named_with_the_nearest():
    with pytest.raises(LookupError, match=r'Did you mean "sawing"?'):
        Tempo(COURSE, "sawng")
