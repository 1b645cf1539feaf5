"""All pages of the course: an index, and one for each lesson."""

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import mistune
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from massage_workbook.course import Course
from massage_workbook.course.model import in_article, named
from massage_workbook.course.schema import Lesson
from massage_workbook.figures import palette
from massage_workbook.figures.gallery import gallery
from massage_workbook.figures.questions import pictures
from massage_workbook.pages.lesson import Call, parts
from massage_workbook.pages.pictures import Picture, Pictures
from massage_workbook.pages.words import Site, lessons, name_of, page_of, shown
from massage_workbook.questions import Question
from massage_workbook.views.disagreements import in_short, touching
from massage_workbook.views.progress import BEFORE
from massage_workbook.views.question import printed
from massage_workbook.views.quiz import selected
from massage_workbook.views.sources import cited

STYLE = Path(__file__).with_name("style.css")
CITED = re.compile(r'href="#source-([^"]+)"')
DIFFERS = re.compile(r'href="#differ-([^"]+)"')

_templates = Environment(
    loader=PackageLoader("massage_workbook.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def pages(course: Course, notebooks: Path) -> dict[str, str]:
    """Every file by its name: the pages of the lessons in a folder, their pictures and style.

    Raises:
        LookupError: a lesson calls a word, or names something, that does not exist.
        ValueError: a lesson holds code that is no plain call.
    """
    read = {lesson: parts(notebooks / lesson.notebook) for lesson in course.lessons}
    pictures = Pictures(gallery(course))
    site = Site(course, pictures, _first(read))
    files = {"index.html": _rendered("index", **lessons(site))}
    names = [None, *course.lessons, None]
    for before, lesson, after in zip(names, names[1:], names[2:], strict=False):
        page = _page(lesson, read[lesson], site)
        around = {"before": _link(before), "after": _link(after)}
        files[page_of(lesson.notebook)] = _rendered("lesson", **page, **around)
    style = palette.css_of_pages() + STYLE.read_text(encoding="utf-8")
    return {**files, "style.css": style, **pictures.files}


def _first(read: Mapping[Lesson, Iterable[str | Call]]) -> dict[Call, dict[str, str]]:
    """Where each call stands first: in a numbered lesson, if it is in one."""
    found: dict[Call, dict[str, str]] = {}
    numbered_first = sorted(read.items(), key=lambda each: each[0].notebook.startswith(BEFORE))
    for lesson, some in numbered_first:
        for part in some:
            if isinstance(part, Call):
                found.setdefault(part, _link(lesson))
    return found


def _link(lesson: Lesson | None) -> dict[str, str] | None:
    return lesson and {"page": page_of(lesson.notebook), "name": name_of(lesson)}


def _rendered(template: str, **values: Any) -> Markup:  # noqa: ANN401
    return Markup(_templates.get_template(f"{template}.html").render(values))  # noqa: S704


# --- a lesson --------------------------------------------------------------------------------


def _page(lesson: Lesson, some: Iterable[str | Call], site: Site) -> dict[str, Any]:
    """The values of a lesson's page: its body, and the answers and sources for its end."""
    prose = _Prose({each.notebook: page_of(each.notebook) for each in site.course.lessons})
    markdown = mistune.create_markdown(renderer=prose)
    body: list[Markup] = []
    topics: list[dict[str, Any]] = []
    for part in some:
        if isinstance(part, str):
            body.append(Markup(markdown(part)))  # noqa: S704 - its renderer escapes
        else:
            template, values = _shown(part, topics, lesson, site)
            body.append(_rendered(f"words/{template}", level=prose.level + 1, **values))
    answers = _rendered("answers", topics=topics) if topics else Markup()
    differ = _differences([*body, answers], site.course)
    return {
        "name": name_of(lesson),
        "contents": prose.contents,
        "title": body[0],
        "body": Markup("\n").join(body[1:]),
        "answers": answers,
        "differ": differ,
        "sources": _sources([*body, answers, differ], site.course),
    }


def _shown(
    call: Call, topics: list[dict[str, Any]], lesson: Lesson, site: Site
) -> tuple[str, dict[str, Any]]:
    """The template of a call and its values; questions that are asked here join the `topics`."""
    if call.word != "quiz":
        return shown(site, call)
    there = site.first[Call("quiz", call.arguments[:1])]
    if there != _link(lesson):
        return "elsewhere", _elsewhere(call, there, site)
    topics.append(_asked(call, sum(len(each["rows"]) for each in topics), site))
    return "quiz", topics[-1]


class _Prose(mistune.HTMLRenderer):
    """Markdown whose links lead to pages, and whose sections have an id; HTML in it is shown.

    `contents` are the sections so far, id and title; `level` is that of the last heading.
    """

    def __init__(self, pages: Mapping[str, str]) -> None:
        super().__init__(escape=True)
        self._pages = pages
        self.contents: list[tuple[str, Markup]] = []
        self.level = 0

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, self._pages.get(unquote(url), url), title)

    def heading(self, text: str, level: int, **attrs: Any) -> str:  # noqa: ANN401
        self.level = level
        if level != 2:  # noqa: PLR2004
            return super().heading(text, level, **attrs)
        name = f"section-{len(self.contents) + 1}"
        self.contents.append((name, Markup(text)))  # noqa: S704 - rendered already
        return super().heading(text, level, id=name)


# --- questions and sources -------------------------------------------------------------------


def _asked(call: Call, before: int, site: Site) -> dict[str, Any]:
    """A topic's questions, numbered on from those that stand before them on the page."""
    topic = _topic(call, site)
    rows = [
        printed(question, number, site.course) | {"picture": _picture(question, site)}
        for number, question in enumerate(topic.questions, start=before + 1)
    ]
    cards = {each["technique"]: Call("technique", (each["technique"],)) for each in rows}
    return {
        "id": topic.id,
        "title": topic.title,
        "rows": rows,
        "cards": {name: site.first[card] for name, card in cards.items() if card in site.first},
    }


def _picture(question: Question, site: Site) -> Picture | None:
    """What a question shows, or lets draw or mark on; the file's name tells no answer."""
    svg = next(filter(None, pictures(question, site.course).values()), None)
    if not svg:
        return None
    name = "back" if question.plate == "back" else f"question-{question.id}"
    return site.pictures.of(name, lambda: svg)


def _elsewhere(call: Call, there: Mapping[str, str], site: Site) -> dict[str, Any]:
    topic = _topic(call, site)
    count = len(topic.questions)
    return {"id": topic.id, "title": topic.title, "count": count, "there": there}


def _topic(call: Call, site: Site) -> Any:  # noqa: ANN401
    name, *only = call.arguments
    return selected(named("topic", name, site.course.topics), only)


def _differences(body: Iterable[str], course: Course) -> Markup:
    """Every question that a page says its sources differ on, with what the course follows."""
    names = {*chain.from_iterable(map(DIFFERS.findall, body))}
    found = in_short(touching(course, names))
    listed = [one for one in found if one["id"] in names]
    return _rendered("differ", found=listed) if listed else Markup()


def _sources(body: Iterable[str], course: Course) -> list[tuple[str, str]]:
    """Every source that a page refers to: its short name, and what it is; the articles first."""
    names = {*chain.from_iterable(map(CITED.findall, body))}
    articles = [
        (each.id, f"{each.title}, the article; the number is its line")
        for each in course.articles
        if each.id in names
    ]
    others = [each.id for each in course.references if each.id in names]
    return articles + [(_short(said), said.partition(": ")[2]) for said in cited(others, course)]


def _short(said: str) -> str:
    """The citation of a source that is named in full, or of one that is the citation itself."""
    return said.partition(": ")[0]


def _source(citation: str) -> str:
    """What a citation is listed under: an article's letter, or an outside source's number."""
    return citation[0] if in_article(citation) else citation


_templates.filters |= {"short": _short, "source": _source}
