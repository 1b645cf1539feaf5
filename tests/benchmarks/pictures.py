"""Bytes of the pictures of each lesson: of all its widgets, and as a static page.

Run: python tests/benchmarks/pictures.py. What widgets or pages share counts once a lesson.
"""

import json
import re

from table import print_row

import massage_workbook
from massage_workbook import paths
from massage_workbook.pages import render
from massage_workbook.pages.calls import page_name
from massage_workbook.pages.lesson import Call, read_parts
from massage_workbook.widgets import widget

SHOWN = {"tours", "movement"}
"""Traits that are pictures as numbers."""


def main():
    course = widget.course()
    files = render(course, paths.notebooks())
    print_row(f"{'kB':48}", "lesson", "page")
    for lesson in course.lessons:
        live = {}
        for call in read_parts(paths.notebooks() / lesson.notebook):
            if isinstance(call, Call):
                shown = getattr(massage_workbook, call.function)(*call.arguments)
                live |= dict(pictures_of(shown))
        images = set(re.findall(r'src="([^"]+)"', files[page_name(lesson.notebook)]))
        sizes = sum(live.values()), sum(len(files[name].encode()) for name in images)
        print_row(f"{lesson.notebook:48}", *(f"{size / 1000:.0f}" for size in sizes))


def pictures_of(shown):
    """Each picture of a widget and of its children with its size, by where it is."""
    for child in getattr(shown, "children", ()):
        yield from pictures_of(child)
    if not hasattr(shown, "get_state"):
        return
    for trait in shown.keys:
        value = getattr(shown, trait)
        if hasattr(value, "get_state"):
            yield from pictures_of(value)
        elif trait in SHOWN:
            text = json.dumps(value, separators=(",", ":"), default=dict)
            yield (shown.model_id, trait), len(text)
        elif not trait.startswith("_"):
            yield (shown.model_id, trait), sum(map(len, svgs(value)))


def svgs(value):
    """All texts in a value that are pictures."""
    match value:
        case str():
            return [value] if value.lstrip().startswith("<svg") else []
        case dict():
            return svgs([*value.values()])
        case list() | tuple():
            return [found for each in value for found in svgs(each)]
    return []


if __name__ == "__main__":
    main()
