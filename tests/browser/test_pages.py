"""The exported pages in a browser, opened as files: no server, no script."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from playwright.sync_api import expect

from massage_workbook.pages import render, write
from massage_workbook.pages.calls import _CALLS
from massage_workbook.views.screening import SPOKEN_QUESTIONS
from massage_workbook.widgets import widget

from .accessibility import check_axe

ARGUMENTS = {"technique": "deep-stroking", "tempo": "sawing", "disagreements": "tender-spot-hold"}
SHORTENED = ("claims", "glossary", "not_taught", "stop_signs")
INDEX, LESSON = "index.html", "00-start-here.html"
# A page that is a file may not ask for another one, which axe does to read style sheets.
PRELOAD = {"preload": False}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A lesson that has each word and each kind of question once, on few rows, as a page."""
    world = tmp_path_factory.mktemp("pages")
    course = widget.course()
    calls = [
        f'{name}("{ARGUMENTS[name]}")' if name in ARGUMENTS else f"{name}()" for name in _CALLS
    ]
    notebook = nbformat.v4.new_notebook(
        cells=[
            new_markdown_cell("# Everything\n\nAfter this lesson you can *see* it."),
            new_markdown_cell("## A part\n\n1. One.\n2. Two."),
            *map(new_code_cell, [*calls, 'quiz("kneading")', 'quiz("situations")']),
        ]
    )
    nbformat.write(notebook, world / "00 Start here.ipynb")
    follow_ups = [each for each in course.contraindications if not each.section][:3]
    led_to_them = {name for each in follow_ups for name in each.asked_after}
    sections = {each.section: each.id for each in course.contraindications if each.section}
    lines = {*led_to_them, *sections.values()}
    topic = ARGUMENTS["disagreements"]
    short = {
        "lessons": course.lessons[:1],
        "topics": [one_of_each_kind(each) for each in course.topics],
        "contraindications": [
            *(each for each in course.contraindications if each.id in lines),
            *follow_ups,
        ],
        "preparation": [
            each for each in course.preparation if each.id in SPOKEN_QUESTIONS.values()
        ],
        "disagreements": [each for each in course.disagreements if topic in each.about],
        **{name: getattr(course, name)[:5] for name in SHORTENED},
    }
    write(render(course.model_copy(update=short), world), world / "out")
    return world / "out"


def one_of_each_kind(topic):
    by_kind = {question.kind: question for question in topic.questions}
    return topic.model_copy(update={"questions": tuple(by_kind.values())})


@pytest.fixture
def page(browser):
    """A page that asks for nothing but files, and finds all of them."""
    problems = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("requestfailed", lambda request: problems.append(request.url))
        page.on("console", lambda said: said.type == "error" and problems.append(said.text))
        page.on("request", lambda r: r.url.startswith("file:") or problems.append(r.url))
        yield page
    assert problems == []


@pytest.mark.parametrize("name", [INDEX, LESSON])
def test_pages_are_accessible_and_fit_a_small_phone(page, folder, name):
    page.goto((folder / name).as_uri())
    check_axe(page, **PRELOAD)
    page.emulate_media(color_scheme="dark")
    check_axe(page, runOnly=["color-contrast", "link-in-text-block"], **PRELOAD)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("document.images.length") > 0
    page.evaluate("""() => Promise.all([...document.images].map((each) => {
        each.loading = "eager";
        return each.decode(); // fails for a broken one
    }))""")


def test_links_lead_to_a_lesson_and_from_a_question_to_its_answer(page, folder):
    page.goto((folder / INDEX).as_uri())
    page.get_by_role("link", name="00 Start here").click()
    page.get_by_role("link", name="To answer 3", exact=True).click()
    expect(page.locator(".answers li:target")).to_be_in_viewport()
    page.get_by_role("link", name="To question 3", exact=True).click()
    expect(page.locator(".quiz li:target")).to_be_in_viewport()


def test_a_printed_page_is_light_without_navigation_or_split_pictures(page, folder):
    page.goto((folder / LESSON).as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    pictures = page.evaluate("""[...document.images].map((each) =>
        [getComputedStyle(each).breakInside, each.getBoundingClientRect().height])""")
    for break_inside, height in pictures:
        assert break_inside == "avoid"
        assert height < 1000  # CSS pixels: an A4 page has 1122 with its margins
    expect(page.locator("nav >> visible=true")).to_have_count(0)
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
