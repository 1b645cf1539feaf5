from itertools import chain

import pytest

from massage_workbook.figures import palette


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_colours_differ_so_that_each_can_be_themed():
    every = list(chain.from_iterable(palette._table().values()))
    assert len(set(every)) == len(every)
    assert all(palette.css().count(f"--mw-{name}:") == 2 for name in palette._table())


PAPERS = [("#ffffff", "#fafafa"), ("#111111", "#212121", "#1c1c1c")]
ON_COLOUR = ("stroking", "kneading", "vibration", "keep-off", "light", "work", "motion")
PAIRS = [
    *((mark, "skin", 2.7) for mark in ("motion", "hand", "keep-off", "light")),
    *(("on-colour", ground, 4.5) for ground in ON_COLOUR),
    *(("on-bright", ground, 4.5) for ground in ("rubbing", "squeezing")),
    *((ink, None, 4.5) for ink in ("ink", "quiet")),
]


@pytest.mark.parametrize(("mark", "ground", "least"), PAIRS)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_marks_and_text_stand_out_from_their_ground(mark, ground, least, theme):
    colours = palette._table()
    grounds = [colours[ground][theme]] if ground else PAPERS[theme]
    assert all(contrast(colours[mark][theme], each) >= least for each in grounds)


def test_a_themed_picture_keeps_its_light_colour_where_there_is_no_theme():
    ink = palette.colour("ink")
    assert palette.themed(f"fill:{ink}") == f"fill:var(--mw-ink,{ink})"
    assert palette.themed(f"fill:{ink}", alone=False) == "fill:var(--mw-ink)"
