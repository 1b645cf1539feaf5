"""Every widget on a page without Jupyter: no theme, no style of its own, none of its shortcuts."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

import massage_workbook
from massage_workbook.widgets.widget import Widget

from .conftest import watch

PAGE = "<!doctype html><html lang=en><title>Bare</title><main><h1>Bare</h1><h2>All</h2></main>"
# VS Code's own page, as far as it is known: Jupyter's colours are those of a light page always.
VS_CODE = """<style>
  :root { --jp-layout-color1: white; --jp-content-font-color1: black; }
  .cell-output-ipywidget-background { background: white !important; }
</style>"""
PAGES = {"light": ("", ""), "dark in VS Code": ("vscode-dark", VS_CODE)}
SHOW = """async (shown) => {
    async function view({ esm, css, state, classes, children }) {
        const el = document.createElement("div");
        if (children) {
            el.classList.add("widget-box", ...classes);
            for (const child of children) el.append(await view(child));
            return el;
        }
        const style = document.createElement("style");
        style.textContent = css;
        document.head.append(style);
        const script = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
        const model = { get: (name) => state[name], on() {}, off() {}, send() {} };
        await (await import(script)).default.render({ model, el });
        return el;
    }
    const place = document.createElement("section");
    place.className = "cell-output-ipywidget-background";
    place.append(await view(shown));
    document.querySelector("main").append(place);
}"""
NAMED = {
    "quiz": "stroking",
    "technique": "superficial-stroking",
    "tempo": "palm-circle-kneading",
}
FOCUSABLE = "a[href], button, input, select, summary, [tabindex='0']"


def told(widget):
    """What a page is told of a widget: a script with its state, or a box with what is in it."""
    if not isinstance(widget, Widget):
        children = [told(child) for child in widget.children]
        return {"classes": widget._dom_classes, "children": children}
    state = json.loads(json.dumps(widget.get_state(), default=str))
    return {"esm": state.pop("_esm"), "css": state.pop("_css"), "state": state}


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    """What each of the learner's words shows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path_factory.mktemp("home")))
        calls = {word: [NAMED[word]] if word in NAMED else [] for word in massage_workbook.__all__}
        return [told(getattr(massage_workbook, word)(*calls[word])) for word in calls]


@pytest.fixture(scope="module", params=PAGES)
def page(browser, request, words):
    body, style = PAGES[request.param]
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    problems = []
    watch(page, problems)
    page.set_content(PAGE + style)
    page.evaluate("name => (document.body.className = name)", body)
    for each in words:
        page.evaluate(SHOW, each)
    yield page
    context.close()
    assert problems == []


def test_every_widget_has_something_to_say(page):
    texts = page.locator("main > section").all_inner_texts()
    assert len(texts) == len(massage_workbook.__all__)
    assert all(texts)


def test_axe_finds_nothing(page):
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


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
