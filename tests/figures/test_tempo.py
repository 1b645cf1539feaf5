from matplotlib.patches import Rectangle

from massage_workbook.figures.tempo import TEMPO_BANDS

from ..shipped import COURSE
from .legible import assert_legible, drawn

TIMED = COURSE.techniques


def drawing():
    return drawn("tempo")


def bars():
    (axes,) = drawing().axes
    found = [p for p in axes.patches if isinstance(p, Rectangle) and p.get_gid()]
    return {p.get_gid().removeprefix("tempo-"): p for p in found}


def test_every_technique_stands_from_its_slowest_to_its_fastest():
    found = bars()
    assert set(found) == {technique.id for technique in TIMED}
    for technique in TIMED:
        bar = found[technique.id]
        assert (bar.get_x(), bar.get_x() + bar.get_width()) == technique.tempo.per_minute


def test_slow_ones_come_first_within_a_family():
    rows = {name: bar.get_y() for name, bar in bars().items()}
    for one in TIMED:
        for other in TIMED:
            if one.family == other.family and rows[one.id] < rows[other.id]:
                assert sum(one.tempo.per_minute) <= sum(other.tempo.per_minute)


def test_the_bands_follow_one_another_and_hold_every_technique():
    assert [high for _, high, *_ in TEMPO_BANDS[:-1]] == [low for low, *_ in TEMPO_BANDS[1:]]
    for technique in TIMED:
        assert technique.tempo.per_minute[1] <= TEMPO_BANDS[-1][1]


def test_words_are_legible():
    assert_legible(drawing())


def test_families_are_named_above_their_techniques():
    words = [text.get_text() for text in drawing().axes[0].texts]
    heading = ""
    for word in words:
        if word in {technique.family.capitalize() for technique in TIMED} and heading != word:
            heading = word
        for technique in TIMED:
            if technique.names.english == word:
                assert heading == technique.family.capitalize()


def test_it_says_what_is_counted_and_how_fast_a_gliding_hand_goes():
    words = [text.get_text() for text in drawing().axes[0].texts]
    assert "Movements or glides a minute" in words
    gliding = [technique for technique in TIMED if technique.glides]
    assert {technique.family for technique in gliding} == {"stroking", "squeezing"}
    for low, high in (technique.tempo.cm_per_second for technique in gliding):
        assert f"{low:g}-{high:g} cm a second" in words
    assert sum("cm a second" in word for word in words) == len(gliding)


def test_it_says_in_words_what_it_shows():
    for technique in TIMED:
        assert technique.names.english in drawing().alt
