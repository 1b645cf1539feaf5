"""The same picture in fewer bytes."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.figures import back, strokes
from massage_workbook.figures.svg import relative

from ..shipped import COURSE
from .paths import ends, steps

SVG = "{http://www.w3.org/2000/svg}"
PLACE = st.tuples(*[st.integers(-4_000_000, 4_000_000).map(lambda each: each / 10_000)] * 2)
STEP = st.one_of(
    st.just(("z", [])),
    *(
        st.tuples(st.just(letter), st.lists(PLACE, min_size=count, max_size=count))
        for letter, count in (("M", 1), ("L", 1), ("Q", 2), ("C", 3))
    ),
)
PATHS = st.tuples(st.tuples(st.just("M"), st.tuples(PLACE)), st.lists(STEP, max_size=12)).map(
    lambda parts: [parts[0], *parts[1]]
)


def written(path):
    return " \n".join(
        f"{letter} {' '.join(f'{number:f}' for place in places for number in place)}".strip()
        for letter, places in path
    )


@given(PATHS)
def test_a_path_keeps_its_steps_and_its_places_to_a_tenth_of_a_point(path):
    short, start, expected = relative(written(path)), path[0][1][0], []
    for letter, places in path:
        expected.append(places[-1] if places else start)
        start = places[-1] if letter == "M" else start
    for found, wanted in zip(ends(short), expected, strict=True):
        assert found == pytest.approx(wanted, abs=0.11)
    kinds = {"h": "L", "v": "L", "s": "C", "z": "z"}
    letters = [kinds.get(letter, letter.upper()) for letter, _ in steps(short)]
    assert letters == [each for each, _ in path]


@given(PATHS, PLACE)
def test_a_shape_is_the_same_wherever_it_is(path, away):
    moved = [(letter, [(x + away[0], y + away[1]) for x, y in places]) for letter, places in path]
    one, other = (list(steps(relative(written(each)))) for each in (path, moved))
    for (letter, numbers), (same, others) in zip(one[1:], other[1:], strict=True):
        assert (letter, numbers) == (same, others)


REFERENCES = re.compile(r'(?:url\(#|href="#)([^")]+)')


def test_a_shared_picture_and_the_body_make_the_whole_one():
    body, whole = _ids(back.plain_back().svg()), _ids(_drawn("drawn"))
    text = _drawn("shared")
    have = body | _ids(text)
    assert whole | {*REFERENCES.findall(text)} <= have
    assert len(list(ET.fromstring(text).find(f"{SVG}g[@id='body']"))) == 0


def test_a_picture_to_lay_over_a_body_needs_nothing_of_it():
    text = _drawn("below")
    assert {*REFERENCES.findall(text)} <= _ids(text)
    assert not {"paper", "back", "skin"} & _ids(text)


def _drawn(body):
    return strokes.stroke_map(COURSE.techniques[0], COURSE.zones).svg(body)


def _ids(text):
    return {each.get("id") for each in ET.fromstring(text).iter() if each.get("id")}
