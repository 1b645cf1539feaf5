"""The glossary: folded at first, and filtered in the page while the learner types."""

import pytest
from playwright.sync_api import expect

from massage_workbook import glossary

from ..shipped import COURSE
from .widget_page import widget_page

ALL = len(COURSE.glossary)


@pytest.fixture(scope="module")
def host(browser):
    with widget_page(browser, glossary()) as host:
        words = host.page.locator(".mw-glossary")
        expect(words.locator(".terms > li:visible")).to_have_count(0)
        words.locator("summary").first.press("Enter")
        expect(words.locator("output")).to_have_text(f"{ALL} of {ALL} shown")
        yield host


@pytest.fixture
def find(host):
    """Type into the search field; return the terms that are left."""
    words = host.page.locator(".mw-glossary")

    def find(text):
        words.get_by_label("Find a word").fill(text)
        return words.locator(".terms > li:visible")

    return find


def test_terms_are_found_by_name_and_meaning(find):
    for typed in ("petrissage", "PETRISSAGE ", "razminanie", "lifted, pressed"):
        expect(find(typed).filter(has_text="Muscle is taken hold of")).not_to_have_count(0)


def test_a_garbled_term_is_found_and_unfolded_while_it_is_searched(find, host):
    found = find("pepper kneading")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("Transverse kneading")
    expect(found.get_by_text("An article says:")).to_be_visible()
    expect(host.page.locator(".mw-glossary output")).to_have_text(f"1 of {ALL} shown")
    host.check_accessibility(".mw-glossary")
    expect(find("")).to_have_count(ALL)
    expect(host.page.locator(".terms details[open]")).to_have_count(0)


def test_a_search_without_a_match_says_so(find, host):
    expect(find("zzz")).to_have_count(0)
    expect(host.page.get_by_text("No word fits.")).to_be_visible()
