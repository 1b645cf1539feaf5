"""Every widget on a page without Jupyter: no theme, no style of its own, none of its shortcuts."""

import pytest
from playwright.sync_api import expect

import massage_workbook

from .axe import axe_finds_nothing
from .bare import Bare
from .conftest import blank_page

pytestmark = pytest.mark.usefixtures("own_home")

# VS Code's own page, as far as it is known: Jupyter's colours are those of a light page always.
VS_CODE = """<style>
  :root { --jp-layout-color1: white; --jp-content-font-color1: black; }
  .cell-output-ipywidget-background { background: white !important; }
</style>"""
MOVES = ["planner", "player", "technique", "tempo"]
PAGES = {
    "light": ("", "", "no-preference"),
    "dark in VS Code": ("vscode-dark", VS_CODE, "no-preference"),
    "dark in VS Code without motion": ("vscode-dark", VS_CODE, "reduce"),
}
NAMED = {
    "picture": "hand-sawing",
    "quiz": "stroking",
    "technique": "superficial-stroking",
    "tempo": "palm-circle-kneading",
}
FOCUSABLE = "a[href], button, input, select, summary, [tabindex='0']"


@pytest.fixture(scope="module")
def words():
    """What each of the learner's words shows."""
    calls = {word: [NAMED[word]] if word in NAMED else [] for word in massage_workbook.__all__}
    return {word: getattr(massage_workbook, word)(*calls[word]) for word in calls}


@pytest.fixture(scope="module", params=PAGES)
def page(browser, request, words):
    """Without motion, what would move."""
    body, style, motion = PAGES[request.param]
    with blank_page(browser, reduced_motion=motion) as page:
        bare = Bare(page, style, body)
        page.shown = [*words] if motion != "reduce" else [*MOVES]
        for word in page.shown:
            bare.show(words[word])
        yield page


def test_every_widget_has_something_to_say(page):
    texts = page.locator("main > section").all_inner_texts()
    assert len(texts) == len(page.shown)
    assert all(texts)


def test_axe_finds_nothing(page):
    axe_finds_nothing(page)


def test_hands_move_unless_less_motion_is_wanted(page):
    still = page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    hand = page.locator(".mw-back-map svg path[style*='--mw-hand']").first
    hand.scroll_into_view_if_needed()
    before = hand.get_attribute("transform")
    if still:
        for _ in range(20):
            page.evaluate("new Promise(requestAnimationFrame)")
            assert hand.get_attribute("transform") == before
    else:
        expect(hand).not_to_have_attribute("transform", before)


def test_no_key_pressed_in_a_widget_is_a_shortcut_of_the_notebook_around_it(page):
    """Jupyter asks what has the focus; from a picture's shadow root, its host answers."""
    heard = page.locator(".mw").evaluate_all(
        """(all, focusable) => all.flatMap(each => {
            const hosts = [...each.querySelectorAll("*")].filter(one => one.shadowRoot);
            const roots = [each, ...hosts.map(host => host.shadowRoot)];
            const control = roots.map(root => root.querySelector(focusable)).find(Boolean);
            control?.focus();
            const { activeElement: focused } = document;
            return control ? [focused.hasAttribute("data-lm-suppress-shortcuts")] : [];
        })""",
        FOCUSABLE,
    )
    assert heard
    assert all(heard)
