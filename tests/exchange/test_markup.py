"""Conversion of markup to plain text without losing visible text."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from massage_workbook.exchange.markup import ELEMENTS, UNSUPPORTED, UnsupportedMarkupError, render

# Letters, signs of programs and scripts with joiners; no markup and no escape.
WORDS = st.text(
    st.characters(
        categories=["L", "M", "N", "P", "S"],
        include_characters=" \u200c\u200d",
        exclude_characters="<>&[]!",
    ),
    max_size=60,
)


def plain(markup):
    return render(markup).text


def spaced(text):
    return re.sub(" +", " ", text).strip()


@given(WORDS)
@example("می\u200cکند")
@example("👩\u200d⚕️")
def test_text_without_markup_is_unchanged_and_escapes_are_resolved(text):
    assert plain(text) == spaced(text)
    assert plain(html.escape(f"<b>{text}</b> & <i>")) == spaced(f"<b>{text}</b> & <i>")


@pytest.mark.parametrize(
    "text",
    ["a<b", "a < b", "$a<b$ and $c>d$", "a<b and c>d", "List<int>", "x <y> z", "<3", "a <b> c",
     "1 <2> 3", "p<q", "if (a<i && b>c)", "<your name>", "-> and <-", "</b>"],
)  # fmt: skip
def test_text_that_resembles_markup_is_unchanged(text):
    assert plain(text) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a <b>bold</b>, <i class='x'>word</i>", "a bold, word"),
        ("x<sup>2</sup><sub>1</sub>", "x^2_1"),
        ("one<br/>two<br>three", "one\ntwo\nthree"),
        ("<!-- no --> a &lt;b&gt; &nbsp;c", "a <b> \N{NO-BREAK SPACE}c"),
        ("<style>p { }</style>a<script>b</script>c", "ac"),
        ("un<b>believ</b>able", "unbelievable"),
        ("<a href='https://example.org'>x</a> <a href='#a'>y</a>", "x (https://example.org) y"),
        ("see <https://example.org>", "see https://example.org"),
        ("\ufeffa\u202eb\u0000c", "abc"),
    ],
)
def test_markup_keeps_its_meaning(markup, text):
    assert plain(markup) == text


@given(st.sampled_from(sorted(ELEMENTS - UNSUPPORTED - {"img"})), WORDS)
def test_no_attribute_of_an_element_is_shown(tag, inner):
    text = plain(f"before <{tag} onclick='x' title=\"javascript:y\">{inner}</{tag}> after")
    assert "onclick" not in text
    assert "javascript" not in text
    assert text.startswith("before")
    assert text.endswith("after")


@pytest.mark.parametrize("tag", sorted(UNSUPPORTED))
def test_unsupported_markup_and_an_oversized_text_are_refused(tag):
    with pytest.raises(UnsupportedMarkupError, match=f"contains a <{tag}>"):
        plain(f"Look: <{tag} src='x'></{tag}>")
    with pytest.raises(ValueError, match="2,001 characters; at most 2,000 are allowed"):
        plain("x" * 2001)


@pytest.mark.parametrize(
    "picture",
    [
        "<img src=a/b.png>",
        '<img src="b.png" alt="image">',
        "![](a/b.png)",
        "<img src=b.png alt=b>",
    ],
)
def test_a_picture_without_a_description_is_named(picture):
    with pytest.raises(
        UnsupportedMarkupError, match=re.escape("a picture (b.png) without a description")
    ):
        plain(f"What is this? {picture}")


@pytest.mark.parametrize(
    ("text", "is_tex"),
    [("$x^2$", True), ("$$x$$", True), ("\\(x\\)", True), ("\\begin{align}x\\end{align}", True),
     ("$5 and $6", False), ("US$5", False), ("a \\$5\\$ note", False)],
)  # fmt: skip
def test_formulas_are_distinguished_from_prices(text, is_tex):
    assert render(text).tex == is_tex
    assert render(text).text == text
