"""Whatever is pressed before a slow kernel replies, a page ends with what Python has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook import (
    final_check,
    preparation,
    progress,
    quiz,
    rules,
    technique,
    tempo,
)

from .widget_page import CAPTURE_PRINT, widget_page

pytestmark = pytest.mark.usefixtures("own_home")
WIDGETS = {
    "final check": final_check,
    "questions answered by one press": lambda: quiz(
        "sign-case-stop-word", "sign-case-holds-breath", "sign-case-tight-chest", short=True
    ),
    "tempo": lambda: tempo("sawing"),
    "rules": rules,
    "preparation": preparation,
    "progress": progress,
    "card": lambda: technique("sawing", short=True),
}
PRESS = """(shown, number) => {
    const open = [...shown.querySelectorAll("button, input, summary")]
        .filter((each) => each.checkVisibility() && !each.disabled);
    open[number % open.length].click();
}"""
LAST = """shown => {
    const names = "h3, legend, .verdict, .next";
    const seen = [...shown.querySelectorAll(names)].filter((each) => each.checkVisibility());
    return [(seen.at(-1) ?? shown).innerText, shown.querySelectorAll(":disabled").length];
}"""


@pytest.mark.parametrize("name", WIDGETS)
def test_a_page_ends_with_what_python_has(browser, name):
    with widget_page(browser, WIDGETS[name](), scripts=[CAPTURE_PRINT]) as host:
        shown = host.page.locator("section.cell-output-ipywidget-background")

        @settings(max_examples=4)
        @given(st.lists(st.one_of(st.integers(0, 500), st.just("reply")), min_size=2, max_size=10))
        def presses(pressed):
            host.press_before_replies(shown, PRESS, pressed)
            seen = shown.evaluate(LAST)
            host.reload()
            assert shown.evaluate(LAST) == seen

        presses()
