"""The exported pages in a browser, opened as files: no server, no script."""

import nbformat
import pytest
from playwright.sync_api import expect

from massage_workbook.pages import render, write
from massage_workbook.pages.calls import CALLS
from massage_workbook.views.screening import SPOKEN_QUESTIONS
from massage_workbook.widgets import widget

from .axe import axe_finds_nothing

GIVEN = {"technique": "deep-stroking", "tempo": "sawing", "disagreements": "tender-spot-hold"}
SHOWN = ["index.html", "00-start-here.html"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A lesson that has each word and each kind of question once, on few rows, as a page."""
    world = tmp_path_factory.mktemp("pages")
    course = widget.course()
    calls = [f'{word}("{GIVEN[word]}")' if word in GIVEN else f"{word}()" for word in CALLS]
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# Everything\n\nAfter this lesson you can *see* it."),
            nbformat.v4.new_markdown_cell("## A part\n\n1. One.\n2. Two."),
            *map(nbformat.v4.new_code_cell, [*calls, 'quiz("kneading")', 'quiz("situations")']),
        ]
    )
    nbformat.write(notebook, world / "00 Start here.ipynb")
    first = [each for each in course.contraindications if each.section]
    further = [each for each in course.contraindications if not each.section]
    short = {
        "lessons": course.lessons[:1],
        "topics": [each.model_copy(update={"questions": _kinds(each)}) for each in course.topics],
        "contraindications": [*first, *further[:3]],
        "preparation": [
            each for each in course.preparation if each.id in SPOKEN_QUESTIONS.values()
        ],
        "disagreements": [
            each for each in course.disagreements if GIVEN["disagreements"] in each.about
        ],
        **{name: getattr(course, name)[:5] for name in ("claims", "stop_signs", "not_taught")},
    }
    write(render(course.model_copy(update=short), world), world / "out")
    return world / "out"


def _kinds(topic):
    """A question of each kind that a topic has."""
    return tuple({question.kind: question for question in topic.questions}.values())


@pytest.fixture
def opened(browser, folder):
    """Open a page in a scheme and a width; it asks for nothing but files, and finds all of them."""
    contexts, problems = [], []

    def opened(name, scheme="light", width=1280):
        size = {"width": width, "height": 800}
        contexts.append(browser.new_context(viewport=size, color_scheme=scheme))
        page = contexts[-1].new_page()
        page.on("requestfailed", lambda request: problems.append(request.url))
        page.on("console", lambda said: said.type == "error" and problems.append(said.text))
        page.on("request", lambda r: r.url.startswith("file:") or problems.append(r.url))
        page.goto((folder / name).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


@pytest.mark.parametrize("name", SHOWN)
def test_axe_finds_nothing(opened, name):
    """Axe reads style sheets anew, but a page that is a file may not ask for another one."""
    axe_finds_nothing(opened(name), preload=False)


def test_dark_colours_have_enough_contrast(opened):
    colours = ["color-contrast", "link-in-text-block"]
    axe_finds_nothing(opened(SHOWN[1], "dark"), runOnly=colours, preload=False)


@pytest.mark.parametrize("name", SHOWN)
def test_a_small_phone_needs_no_horizontal_scrolling(opened, name):
    page = opened(name, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("document.images.length") > 0
    page.evaluate("""() => Promise.all([...document.images].map((each) => {
        each.loading = "eager";
        return each.decode(); // fails for a broken one
    }))""")


def test_links_lead_from_the_index_to_a_lesson_and_from_a_question_to_its_answer(opened):
    page = opened("index.html")
    page.get_by_role("link", name="00 Start here").click()
    page.get_by_role("link", name="To answer 3", exact=True).click()
    expect(page.locator(".answers li:target")).to_be_in_viewport()
    page.get_by_role("link", name="To question 3", exact=True).click()
    expect(page.locator(".quiz li:target")).to_be_in_viewport()


def test_a_printed_page_is_light_without_navigation_or_split_pictures(opened):
    page = opened(SHOWN[1], "dark")
    page.emulate_media(media="print", color_scheme="dark")
    pictures = page.evaluate(
        "[...document.images].map((each) =>"
        " [getComputedStyle(each).breakInside, each.getBoundingClientRect().height])"
    )
    for inside, height in pictures:
        assert inside == "avoid"
        assert height < 1000  # CSS pixels: an A4 page has 1122 with its margins
    expect(page.locator("nav >> visible=true")).to_have_count(0)
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
