"""Every widget on a page without Jupyter: no theme, no style of its own, none of its shortcuts."""

import pytest
from playwright.sync_api import expect

import massage_workbook

from .accessibility import check_axe
from .conftest import blank_page
from .widget_page import WidgetPage

pytestmark = pytest.mark.usefixtures("own_home")

# VS Code's own page, as far as it is known: Jupyter's colours are those of a light page always.
VS_CODE = """<style>
  :root { --jp-layout-color1: white; --jp-content-font-color1: black; }
  .cell-output-ipywidget-background { background: white !important; }
</style>"""
HAND = ".mw-back-map svg path[style*='--mw-hand'] >> nth=0 >> .."
MOVING = ["planner", "player", "technique", "tempo"]
ARGUMENTS = {
    "picture": "hand-sawing",
    "quiz": "stroking",
    "technique": "superficial-stroking",
    "tempo": "palm-circle-kneading",
}
FOCUS_IS_GUARDED = """widgets => widgets.flatMap(each => {
    const focusable = "a[href], button, input, select, summary, [tabindex='0']";
    const hosts = [...each.querySelectorAll("*")].filter(one => one.shadowRoot);
    const roots = [each, ...hosts.map(host => host.shadowRoot)];
    const control = roots.map(root => root.querySelector(focusable)).find(Boolean);
    control?.focus();
    return control ? [document.activeElement.hasAttribute("data-lm-suppress-shortcuts")] : [];
})"""


@pytest.fixture(scope="module")
def widgets():
    """What each of the learner's words shows."""
    names = massage_workbook.__all__
    given = {name: [ARGUMENTS[name]] if name in ARGUMENTS else [] for name in names}
    return {name: getattr(massage_workbook, name)(*given[name]) for name in names}


@pytest.fixture(scope="module", params=["light", "dark in VS Code"])
def page(browser, request, widgets):
    dark = request.param != "light"
    with blank_page(browser, reduced_motion="no-preference") as page:
        host = WidgetPage(page, *((VS_CODE, "vscode-dark") if dark else ()))
        host.show(*widgets.values())
        page.axe_rules = {"runOnly": ["color-contrast"]} if dark else {}
        yield page


def test_every_widget_shows_text_and_is_accessible(page, widgets):
    texts = page.locator("main > section").all_inner_texts()
    assert len(texts) == len(widgets)
    assert all(texts)
    check_axe(page, **page.axe_rules)


def test_hands_move(page):
    hand = page.locator(HAND)
    hand.scroll_into_view_if_needed()
    expect(hand).not_to_have_attribute("transform", hand.get_attribute("transform"))


def test_hands_stay_where_less_motion_is_wanted(browser, widgets):
    with blank_page(browser) as page:
        WidgetPage(page).show(*map(widgets.get, MOVING))
        hand = page.locator(HAND)
        hand.scroll_into_view_if_needed()
        before = hand.get_attribute("transform")
        for _ in range(20):
            page.evaluate("new Promise(requestAnimationFrame)")
            assert hand.get_attribute("transform") == before


def test_keys_in_a_widget_are_no_shortcuts_of_the_notebook_around_it(page):
    """Jupyter asks what has the focus; for a picture's shadow root, its host answers."""
    guarded = page.locator(".mw").evaluate_all(FOCUS_IS_GUARDED)
    assert guarded
    assert all(guarded)
