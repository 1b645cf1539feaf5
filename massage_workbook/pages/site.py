"""Renders the pages of the course: an index, and one for each lesson."""

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
from massage_workbook.course.model import cites_article, find_item
from massage_workbook.course.schema import Lesson
from massage_workbook.figures import palette
from massage_workbook.figures.gallery import gallery
from massage_workbook.figures.questions import pictures
from massage_workbook.pages.calls import Site, content, lesson_name, lessons, page_name
from massage_workbook.pages.images import PageImage, PageImages
from massage_workbook.pages.lesson import Call, read_parts
from massage_workbook.questions import Question
from massage_workbook.views.disagreements import disagreements_about, summaries
from massage_workbook.views.progress import UNNUMBERED
from massage_workbook.views.question import print_view
from massage_workbook.views.quiz import is_of_questions
from massage_workbook.views.sources import citation_labels

STYLE = Path(__file__).with_name("style.css")
_TOKENS = STYLE.parents[1] / "widgets" / "shared" / "tokens.css"
_CITED = re.compile(r'href="#source-([^"]+)"')
_DIFFERS = re.compile(r'href="#differ-([^"]+)"')

_templates = Environment(
    loader=PackageLoader("massage_workbook.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(course: Course, notebooks: Path) -> dict[str, str]:
    """Render all files by name: the pages of the lessons in `notebooks`, images and style sheet.

    Raises:
        LookupError: a lesson calls an unknown function, or names an unknown item.
        ValueError: a lesson has code that is neither an import nor a plain call.
    """
    read = {
        lesson: [
            each
            for part in read_parts(notebooks / lesson.notebook)
            for each in _one_by_one(part, course)
        ]
        for lesson in course.lessons
    }
    images = PageImages(gallery(course))
    site = Site(course, images, _first_calls(read))
    files = {"index.html": rendered("index", **lessons(site))}
    for lesson in course.lessons:
        page = _page(lesson, read[lesson], site)
        around = links_around(lesson, course)
        files[page_name(lesson.notebook)] = rendered("lesson", **page, **around)
    styles = (path.read_text(encoding="utf-8") for path in (_TOKENS, STYLE))
    return {**files, "style.css": "".join((palette.css_of_pages(), *styles)), **images.files}


def _one_by_one(part: str | Call, course: Course) -> list[str | Call]:
    """Split a quiz on several topics, or on all, into one for each topic."""
    if part == Call("topics"):
        return [Call("quiz", (each.id,)) for each in course.topics]
    if isinstance(part, Call) and part.function == "quiz":
        return [Call("quiz", (topic,)) for topic in part.arguments]
    return [part]


def _first_calls(read: Mapping[Lesson, Iterable[str | Call]]) -> dict[Call, dict[str, str]]:
    """The link to the first lesson with each call, if possible a numbered one."""
    found: dict[Call, dict[str, str]] = {}
    numbered_first = sorted(read.items(), key=lambda each: each[0].notebook.startswith(UNNUMBERED))
    for lesson, some in numbered_first:
        for part in some:
            if isinstance(part, Call):
                found.setdefault(part, _link(lesson))
    return found


def _link(lesson: Lesson) -> dict[str, str]:
    """The page of a lesson and its name, for a link."""
    return {"page": page_name(lesson.notebook), "name": lesson_name(lesson)}


def links_around(lesson: Lesson, course: Course) -> dict[str, dict[str, str] | None]:
    """The links to the lessons `before` and `after`; None at the ends."""
    links = [None, *map(_link, course.lessons), None]
    number = course.lessons.index(lesson)
    return {"before": links[number], "after": links[number + 2]}


def rendered(template: str, **values: Any) -> Markup:  # noqa: ANN401
    """The HTML of a template."""
    return Markup(_templates.get_template(f"{template}.html").render(values))  # noqa: S704


# --- a lesson --------------------------------------------------------------------------------


def _page(lesson: Lesson, some: Iterable[str | Call], site: Site) -> dict[str, Any]:
    """The template values of a lesson's page: its body, answers and sources."""
    prose = Prose(site.course)
    body: list[Markup] = []
    topics: list[dict[str, Any]] = []
    for part in some:
        if isinstance(part, str):
            body.append(prose.html(part))
        else:
            template, values = _content(part, topics, lesson, site)
            body.append(rendered(f"calls/{template}", level=prose.level + 1, **values))
    answers = rendered("answers", topics=topics) if topics else Markup()
    differ = _differences([*body, answers], site.course)
    return {
        "name": lesson_name(lesson),
        "contents": prose.contents,
        "title": body[0],
        "body": Markup("\n").join(body[1:]),
        "answers": answers,
        "differ": differ,
        "sources": _sources([*body, answers, differ], site.course),
    }


def _content(
    call: Call, topics: list[dict[str, Any]], lesson: Lesson, site: Site
) -> tuple[str, dict[str, Any]]:
    """The template of a call and its values; adds the questions of a quiz to `topics`."""
    if call.function != "quiz" or is_of_questions(site.course, call.arguments):
        return content(site, call)
    if site.first[call] != _link(lesson):
        return "elsewhere", _elsewhere(call, site)
    topics.append(_asked(call, sum(len(each["rows"]) for each in topics), site))
    return "quiz", topics[-1]


class Prose(mistune.HTMLRenderer):
    """Renders Markdown with links to pages and section ids; HTML in it is escaped.

    `contents` has the id and title of each section so far, `level` that of the last heading.
    """

    def __init__(self, course: Course) -> None:
        super().__init__(escape=True)
        self._pages = {each.notebook: page_name(each.notebook) for each in course.lessons}
        self._markdown = mistune.create_markdown(renderer=self)
        self.contents: list[tuple[str, Markup]] = []
        self.level = 0

    def html(self, text: str) -> Markup:
        """The HTML of a Markdown text."""
        return Markup(self._markdown(text))  # noqa: S704 - it escapes

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link; one to a notebook leads to its page."""
        page = self._pages.get(unquote(url), url)
        # A notebook with visible code has no page.
        return text if page.endswith(".ipynb") else super().link(text, page, title)

    def heading(self, text: str, level: int, **attrs: Any) -> str:  # noqa: ANN401
        """A heading; that of a section has an id."""
        self.level = level
        if level != 2:  # noqa: PLR2004
            return super().heading(text, level, **attrs)
        name = f"section-{len(self.contents) + 1}"
        self.contents.append((name, Markup(text)))  # noqa: S704 - rendered already
        return super().heading(text, level, id=name)


# --- questions and sources -------------------------------------------------------------------


def _asked(call: Call, before: int, site: Site) -> dict[str, Any]:
    """A topic's questions; `before` is the number of questions before them on the page."""
    topic = _topic(call, site)
    rows = [
        print_view(question, number, site.course) | {"picture": _picture(question, site)}
        for number, question in enumerate(topic.questions, start=before + 1)
    ]
    cards = {each["technique"]: Call("technique", (each["technique"],)) for each in rows}
    return {
        "id": topic.id,
        "title": topic.title,
        "rows": rows,
        "cards": {name: site.first[card] for name, card in cards.items() if card in site.first},
    }


def _picture(question: Question, site: Site) -> PageImage | None:
    """The image of a question; its file name must not reveal the answer."""
    drawn = next(iter(pictures(question, site.course).values()), None)
    if question.plate == "back":
        return site.images.body()
    return drawn and site.images.of(f"question-{question.id}", lambda: drawn)


def _elsewhere(call: Call, site: Site) -> dict[str, Any]:
    topic = _topic(call, site)
    count = len(topic.questions)
    return {"id": topic.id, "title": topic.title, "count": count, "there": site.first[call]}


def _topic(call: Call, site: Site) -> Any:  # noqa: ANN401
    (name,) = call.arguments
    return find_item("topic", name, site.course.topics)


def _differences(body: Iterable[str], course: Course) -> Markup:
    """The disagreements that a page links to, with the course's choice."""
    names = {*chain.from_iterable(map(_DIFFERS.findall, body))}
    found = summaries(disagreements_about(course, names))
    listed = [one for one in found if one["id"] in names]
    return rendered("differ", found=listed) if listed else Markup()


def _sources(body: Iterable[str], course: Course) -> list[tuple[str, str]]:
    """The short name and description of each source that a page cites, the articles first."""
    names = {*chain.from_iterable(map(_CITED.findall, body))}
    articles = [
        (each.id, f"{each.title}, the article; the number is its line")
        for each in course.articles
        if each.id in names
    ]
    others = [each.id for each in course.references if each.id in names]
    return articles + [
        (_short(said), said.partition(": ")[2]) for said in citation_labels(others, course)
    ]


def _short(said: str) -> str:
    """The citation at the start of a source's description."""
    return said.partition(": ")[0]


def _source(citation: str) -> str:
    """The anchor of a citation: an article's letter, or an outside source's number."""
    return citation[0] if cites_article(citation) else citation


_templates.filters |= {"short": _short, "source": _source}
