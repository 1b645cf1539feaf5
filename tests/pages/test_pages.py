"""The lessons as pages: complete, and usable with a browser alone."""

import re
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import nbformat
import pytest
from bs4 import BeautifulSoup

from massage_workbook import paths
from massage_workbook.pages import render, site
from massage_workbook.pages.calls import page_name
from massage_workbook.pages.lesson import Call, read_parts
from massage_workbook.safety.screening import decide
from massage_workbook.views.screening import TITLES
from massage_workbook.widgets import widget

COURSE = widget.course()
CALLS = {
    each.notebook: [
        one
        for part in read_parts(paths.notebooks() / each.notebook)
        for one in site._one_by_one(part, COURSE)
    ]
    for each in COURSE.lessons
}
DESCRIBED = ":not(.on-body) > img, .on-body > img:last-child"
"""Images that are not only what a map lies over."""
HOSTILE = '</p><script>alert("x")</script> & <img src=x onerror=alert(1)>'


def page_with(word, *arguments):
    """The first page with a call."""
    call = Call(word, arguments)
    return next(page_name(name) for name, some in CALLS.items() if call in some)


def pages_with(word):
    return [page_name(name) for name, some in CALLS.items() if Call(word) in some]


def said(element):
    return " ".join(element.get_text(" ").split())


def lesson(folder, *cells):
    """A course of one lesson with these cells, written into a folder."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(cell[1:])
            if cell.startswith(">")
            else nbformat.v4.new_markdown_cell(cell)
            for cell in cells
        ]
    )
    nbformat.write(notebook, folder / COURSE.lessons[0].notebook)
    return COURSE.model_copy(update={"lessons": COURSE.lessons[:1]})


def only_page(course, folder):
    return render(course, folder)[page_name(course.lessons[0].notebook)]


def test_the_index_links_to_all_lessons_in_order_below_the_cover(read):
    shipped = [page_name(path.name) for path in sorted(paths.notebooks().glob("*.ipynb"))]
    assert [a["href"] for a in read["index.html"].select(".lessons a")] == shipped
    assert {"index.html", *shipped} == {*read}
    assert "Superficial stroking" in read["index.html"].select_one(DESCRIBED)["alt"]


def test_each_technique_has_a_card_with_pictures_and_sources_on_its_lesson_s_page(by_id):
    for technique in COURSE.techniques:
        card = by_id[page_with("technique", technique.id)][f"technique-{technique.id}"]
        for text in (technique.names.english, technique.stop_if, *technique.steps):
            assert text in card.get_text()
        for name in ("strokes", "hand"):
            (picture,) = card.select(f'img[src="pictures/{name}-{technique.id}.svg"]')
            assert technique.names.english in picture["alt"]
        for facts in card.select(".facts > div:has(.cited)"):
            assert said(facts.select_one(".cited b")) in {"stated", "reconstructed", "added"}
            assert facts.select(".cited a")


def test_each_question_is_asked_once_and_answered_elsewhere_on_its_page(by_id):
    """In the lesson that asks its topic, else on the page of all topics."""
    asked = {
        arg for some in CALLS.values() for part in some for arg in getattr(part, "arguments", ())
    }
    for topic in COURSE.topics:
        call = ("quiz", topic.id) if topic.id in asked else ("topics",)
        page = by_id[page_with(*call)]
        for question in topic.questions:
            shown = page[f"question-{question.id}"]
            assert shown.get_text().count(question.prompt) == 1
            assert not shown.select(".right, .cited")
            assert question.why in page[f"answer-{question.id}"].get_text()
    ids = [name for page in by_id.values() for name in page if name.startswith("question-")]
    assert len(ids) == len({*ids}) == sum(len(topic.questions) for topic in COURSE.topics)


def test_the_answer_names_the_letter_of_the_right_choice(read, by_id):
    choices = {
        question.id: next(choice.text for choice in question.choices if choice.right)
        for topic in COURSE.topics
        for question in topic.questions
        if question.kind == "single"
    }
    page = read["03-stroking.html"]
    checked = 0
    for question in page.select("li.single"):
        name = question["id"].removeprefix("question-")
        letter, text = (
            by_id["03-stroking.html"][f"answer-{name}"].select_one(".right").text.split(". ", 1)
        )
        row = question.select(".lettered li")["abcdefgh".index(letter)]
        assert said(row).rstrip(".") == choices[name].rstrip(".") == text.rstrip(".")
        checked += 1
    assert checked >= 5


@pytest.mark.parametrize("name", pages_with("screening"))
def test_the_screening_shows_the_effect_of_yes_and_not_sure(by_id, name):
    for one in COURSE.contraindications:
        row = by_id[name][f"asked-{one.id}"]
        assert one.question in row.get_text()
        for reply, told in (("yes", one.yes), ("not sure", one.not_sure)):
            outcome = decide({one.id: reply}, COURSE.contraindications).outcome
            assert any(
                reply in said(each).split(":")[0].lower()
                and told.do in said(each)
                and TITLES[outcome] in said(each)
                for each in row.select("ul > li")
            ), reply


def test_a_screening_question_names_its_follow_ups_and_all_results_are_explained(by_id, read):
    name = page_with("screening")
    rows = {each.id: by_id[name][f"asked-{each.id}"] for each in COURSE.contraindications}
    for one in COURSE.contraindications:
        for first in one.asked_after:
            further = said(rows[first]).split("ask also")[1]
            assert re.search(rf"\b{rows[one.id]['value']}\b", further)
    screening = said(read[name].select_one(".screening"))
    for words in ("the most careful one holds", "Not sure counts as the careful answer"):
        assert words in screening
    assert all(title in screening for title in TITLES.values())


SAFETY = [each for each in COURSE.disagreements if each.severity == "safety"]
LISTS = {
    "stop_signs": [text for each in COURSE.stop_signs for text in (each.sign, each.do)],
    "rules": [text for each in COURSE.rules for text in (each.rule, each.why)],
    "preparation": [text for each in COURSE.preparation for text in (each.do, each.why)],
    "not_taught": [text for each in COURSE.not_taught for text in (each.why, each.instead)],
    "claims": [text for each in COURSE.claims for text in (each.honest, each.known)],
    "glossary": [t for each in COURSE.glossary for t in (each.names.russian, each.meaning)],
    "back_map": [text for each in COURSE.zones for text in (each.name, each.rule, each.find)],
}


@pytest.mark.parametrize("word", LISTS)
def test_each_list_is_complete_in_every_lesson(read, word):
    assert pages_with(word)
    for name in pages_with(word):
        page = read[name].get_text()
        assert [text for text in LISTS[word] if text not in page] == []
    page = read["02-rules-and-preparation.html"].get_text()
    assert all(text in page for each in SAFETY for text in (each.follows, each.why))


@pytest.mark.parametrize("word", ["review", "progress", "final_check", "player"])
def test_calls_that_need_the_workbook_say_how_to_open_it(read, word):
    notices = read[page_with(word)].select(".elsewhere")
    assert any(
        "needs the workbook" in said(each) and each.code.text == "massage-workbook"
        for each in notices
    )


def test_a_session_has_pictures_steps_and_a_note_on_the_screening(read):
    session = read[page_with("planner")].select_one(".session")
    assert "Nobody has been asked today" in said(session)
    assert session.select_one("a[href='01-is-it-safe.html']")
    assert {"minutes", "steps", "reach", "paces", "sessions"} == {
        re.match(r"pictures/(\w+)-", each["src"])[1] for each in session.select("img")
    }
    assert len(session.select("tbody tr")) == 15


def test_a_finding_on_a_session_names_its_fixes(tmp_path):
    page = only_page(lesson(tmp_path, '>planner("standard-40")'), tmp_path)
    assert "Possible fixes: Shorten it to 30:00; deep" in said(BeautifulSoup(page, "html.parser"))


def test_pictures_are_valid_load_nothing_and_have_colours_for_dark_mode(files):
    pictures = {name: text for name, text in files.items() if name.startswith("pictures/")}
    assert len(pictures) > 2 * len(COURSE.techniques)
    for text in pictures.values():
        assert ET.fromstring(text).tag.endswith("svg")
        assert "prefers-color-scheme: dark" in text
    for name, text in files.items():
        if not name.endswith(".html"):
            assert not re.search(r"<script|@import|url\(['\"]?http", text), name


def test_pages_are_well_formed(read):
    """Language, titles, headings, ids and descriptions of pictures."""
    titles = [page.title.text for page in read.values()]
    assert len({*titles}) == len(titles)
    for name, page in read.items():
        assert page.html["lang"] == "en"
        assert [len(page.select(each)) for each in ("h1", "main")] == [1, 1]
        levels = [int(each.name[1]) for each in page.find_all(re.compile("^h[1-6]$"))]
        assert levels[0] == 1
        assert [b for a, b in pairwise(levels) if b > a + 1] == [], name
        ids = [each["id"] for each in page.select("[id]")]
        assert len(ids) == len({*ids}), name
        for picture in page.select(DESCRIBED):
            assert len(picture["alt"]) > 20
            assert int(picture["width"]) > 0


def test_a_map_shares_the_picture_of_the_body_below_it(read, files):
    """The same file for all maps of all pages; in it no shape of a map, and in a map none of it."""
    bodies = [each for page in read.values() for each in page.select(".on-body > .skin")]
    assert {(each["src"], each["alt"]) for each in bodies} == {("pictures/body.svg", "")}
    for each in bodies:
        above = each.parent.find_all("img")[-1]
        assert 'id="skin"' not in files[above["src"]]
        assert each["width"] == above["width"]
    assert 'id="skin"' in files["pictures/body.svg"]


def test_a_map_can_be_shown_on_muscles_and_bones_with_their_names(read):
    cards = [each for page in read.values() for each in page.select(".card")]
    for card in cards:
        layers = [each["value"] for each in card.select('.layers input[type="radio"]')]
        assert layers == ["skin", "muscles", "bones"]
        assert len({each["name"] for each in card.select(".layers input")}) == 1
        for layer in layers[1:]:
            assert card.select_one(f".on-body > .{layer}")
    named = " ".join(each.get_text() for each in cards[0].select(".names"))
    assert all(each.name in named for each in COURSE.structures)


def test_every_page_declares_first_that_it_loads_local_files_and_no_script(read, files):
    active = "script, iframe, object, embed, base, form, style, audio, video, [style]"
    for name, page in read.items():
        (meta,) = page.find_all("meta", attrs={"http-equiv": "Content-Security-Policy"})
        rules = dict(rule.split(maxsplit=1) for rule in meta["content"].split(";"))
        sources = ("default-src", "img-src", "style-src")
        assert [rules[each] for each in sources] == ["'none'", "'self'", "'self'"]
        assert "script-src" not in rules, "then the default holds"
        assert meta not in page.head.link.find_all_next("meta"), name
        assert not page.select(active), name
        for tag in page.find_all(True):
            assert not [key for key in tag.attrs if key.startswith("on")], name
        assert {each.get("src", each.get("href")) for each in page.select("img, link")} <= {*files}


def test_each_link_has_a_target(read, by_id):
    for name, page in read.items():
        for link in page.select("a"):
            to = urlsplit(link["href"])
            assert not to.scheme
            there = by_id[to.path or name]
            assert not to.fragment or to.fragment in there, (name, link["href"])


def test_hostile_text_of_the_course_is_shown_as_text(tmp_path):
    course = lesson(tmp_path, "# T", '>technique("deep-stroking")', ">rules()", ">stop_signs()")
    deep = next(each for each in course.techniques if each.id == "deep-stroking")
    names = deep.names.model_copy(update={"english": f'Deep" {HOSTILE}'})
    bad = deep.model_copy(update={"names": names, "summary": HOSTILE, "steps": (HOSTILE,) * 2})
    rule = course.rules[0].model_copy(update={"rule": HOSTILE, "note": HOSTILE})
    sign = course.stop_signs[0].model_copy(update={"sign": HOSTILE})
    course = course.model_copy(
        update={
            "techniques": (bad, *(each for each in course.techniques if each.id != deep.id)),
            "rules": (rule, *course.rules[1:]),
            "stop_signs": (sign, *course.stop_signs[1:]),
        }
    )
    text = only_page(course, tmp_path)
    page = BeautifulSoup(text, "html.parser")
    assert not page.select("script")
    assert all(picture["src"].startswith("pictures/") for picture in page.select("img"))
    assert page.get_text().count('<script>alert("x")</script>') >= 5


def test_hostile_prose_is_shown_as_text_without_script_links(tmp_path):
    course = lesson(tmp_path, f"# {HOSTILE}", f"## {HOSTILE}", "[x](javascript:alert(1))", HOSTILE)
    page = BeautifulSoup(only_page(course, tmp_path), "html.parser")
    assert not page.select("script, main img")
    assert not [each for each in page.select("a") if "javascript" in each["href"]]
    assert HOSTILE in page.h1.text


@pytest.mark.parametrize(
    "code",
    [
        "open('x', 'w')", "rules(open('x', 'w'))", "technique('sawing', folded=open('x', 'w'))",
        "x = rules()", "rules(", "rules.rules()", "rulse()",
    ],
)  # fmt: skip
def test_code_other_than_a_plain_call_is_refused_and_not_run(tmp_path, monkeypatch, code):
    monkeypatch.chdir(tmp_path)
    with pytest.raises((ValueError, LookupError)):
        render(lesson(tmp_path, "# T", f">{code}"), tmp_path)
    assert not (tmp_path / "x").exists()
