"""The words of the field: folded at first, and filtered in the page while the learner types."""

import pytest
from playwright.sync_api import expect

from massage_workbook import glossary

from ..shipped import COURSE
from .bare import bare_page

ALL = len(COURSE.glossary)


@pytest.fixture(scope="module")
def bare(browser):
    with bare_page(browser, glossary()) as bare:
        yield bare


@pytest.fixture
def words(bare):
    """The list, unfolded and unfiltered."""
    words = bare.page.locator(".mw-glossary")
    if not words.locator(".find").is_visible():
        expect(words.locator(".terms > li:visible")).to_have_count(0)
        words.locator("summary").first.press("Enter")
    words.get_by_label("Find a word").fill("")
    expect(words.locator("output")).to_have_text(f"{ALL} of {ALL} shown")
    return words


def find(words, text):
    words.get_by_label("Find a word").fill(text)
    return words.locator(".terms > li:visible")


def test_a_word_is_found_by_its_names_and_its_meaning(words):
    for typed in ("petrissage", "PETRISSAGE ", "razminanie", "lifted, pressed"):
        expect(find(words, typed).filter(has_text="Muscle is taken hold of")).not_to_have_count(0)


def test_a_garbled_word_is_found_and_unfolded(words):
    found = find(words, "pepper kneading")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("Transverse kneading")
    expect(found.get_by_text("An article says:")).to_be_visible()
    expect(words.locator("output")).to_have_text(f"1 of {ALL} shown")


def test_what_was_unfolded_for_a_garbled_word_folds_again(words):
    find(words, "pepper kneading")
    expect(find(words, "").first.locator("details")).not_to_have_attribute("open", "")
    expect(words.locator(".terms details[open]")).to_have_count(0)


def test_where_nothing_fits_it_says_so(words):
    expect(find(words, "zzz")).to_have_count(0)
    expect(words.get_by_text("No word fits.")).to_be_visible()


def test_axe_finds_nothing(bare, words):
    words.locator(".terms summary").first.click()
    bare.axe_finds_nothing(".mw-glossary")
