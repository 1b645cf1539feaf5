from itertools import chain

import pytest

from massage_workbook.figures import palette

NAMES = list(palette._table())
INKS = ["ink", "quiet", "motion", "keep-off", "light"]
PAPER = {"light": ("#ffffff", "#fafafa"), "dark": ("#111111", "#212121", "#1c1c1c")}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_no_two_names_share_a_colour_so_that_each_can_be_themed():
    every = list(chain.from_iterable(palette._table().values()))
    assert len(set(every)) == len(every)


@pytest.mark.parametrize("name", ["ink", "quiet"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_the_paper(name, theme):
    colour = palette._table()[name][["light", "dark"].index(theme)]
    assert all(contrast(colour, paper) >= 4.5 for paper in PAPER[theme])


@pytest.mark.parametrize("name", ["motion", "hand", "keep-off", "light"])
@pytest.mark.parametrize("theme", [0, 1])
def test_what_moves_and_what_warns_stands_out_from_the_skin(name, theme):
    mark, skin = (palette._table()[each][theme] for each in (name, "skin"))
    assert contrast(mark, skin) >= 2.7


@pytest.mark.parametrize(
    ("text", "block"),
    [("on-colour", "stroking"), ("on-colour", "kneading"), ("on-colour", "vibration"),
     ("on-bright", "rubbing"), ("on-bright", "squeezing"),
     ("on-colour", "keep-off"), ("on-colour", "light"), ("on-colour", "work"),
     ("on-colour", "motion")],
)  # fmt: skip
@pytest.mark.parametrize("theme", [0, 1])
def test_text_on_a_block_or_a_place_can_be_read(text, block, theme):
    ink, ground = (palette._table()[each][theme] for each in (text, block))
    assert contrast(ink, ground) >= 4.5


def test_every_colour_has_its_variable_in_both_themes():
    for name in NAMES:
        assert palette.css().count(f"--mw-{name}:") == 2


def test_a_themed_picture_keeps_its_light_colour_where_there_is_no_theme():
    ink = palette.colour("ink")
    assert palette.themed(f"fill:{ink}") == f"fill:var(--mw-ink,{ink})"
    assert palette.themed(f"fill:{ink}", alone=False) == "fill:var(--mw-ink)"
