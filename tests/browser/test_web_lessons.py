"""Every lesson of the edition for the browser on a small phone, one after the other."""

import os

import pytest
from playwright.sync_api import expect

from ..shipped import COURSE
from .conftest import blank_page, wait_until
from .edition import PHONE, made, served

if os.environ.get("CAMPAIGN") != "long":
    pytest.skip("a campaign", allow_module_level=True)

NARROW = PHONE | {"viewport": {"width": 360, "height": 740}}
SMALL = """() => [...document.querySelectorAll("main :is(button, summary, select, input)")]
    .map((each) => [each.closest("label") ?? each, each])
    .filter(([target]) => target.checkVisibility() && target.getBoundingClientRect().height < 43.5)
    .map(([target, each]) => `${each.tagName} ${each.className} ${target.innerText}`)"""


@pytest.fixture(scope="module")
def lessons(browser, tmp_path_factory):
    """A phone in the edition, whose Python stays from lesson to lesson."""
    folder = made(tmp_path_factory.mktemp("web") / "lessons")
    with served(folder.parent) as server, blank_page(browser, **NARROW) as page:
        page.goto(f"{server}/lessons/")
        yield page


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda each: each.notebook)
def test_each_lesson_comes_alive_and_fits_on_a_small_phone(lessons, lesson):
    """What is asked of Python is asked, no error is said, and nothing is too wide or too small."""
    page = lessons
    page.locator(".ways a").first.evaluate(
        "(link, name) => Object.assign(link, { href: name }).click()", lesson.notebook
    )
    page.locator("section.kept").wait_for()
    asleep = page.locator(".widget[inert]")
    wait_until(
        lambda: asleep.evaluate_all("all => { all[0]?.scrollIntoView(); return !all.length; }")
    )
    expect(asleep).to_have_count(0)
    expect(page.locator(".python")).not_to_contain_text("did not")
    assert page.locator(".widget").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate(SMALL) == []
