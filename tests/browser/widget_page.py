"""Widgets on a page without Jupyter, connected to their Python side in the test's own process."""

import json
import re
import sys
from base64 import b64encode
from contextlib import contextmanager
from pathlib import Path

from traitlets import All

from .accessibility import check_axe, check_layout
from .conftest import blank_page

THEMES = Path(sys.prefix, "share", "jupyter", "lab", "themes", "@jupyterlab")

CAPTURE_PRINT = "window.print = () => (top.printed = document.documentElement.outerHTML)"
"""Record the page that would be printed."""

# A local address: such a page may store things and keep the screen awake. It is never requested.
ADDRESS = "http://127.0.0.1/widgets"
HTML = "<!doctype html><html lang=en><title>Widgets</title><main><h1>All</h1><h2>All</h2></main>"
SHOW = """async (shown) => {
    async function view({ name, esm, css, state, models, classes, children }) {
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
        let listeners = [];
        const emit = (event, ...values) => {
            for (const [name, listener] of [...listeners]) if (name === event) listener(...values);
        };
        const bytes = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
        const model = {
            get: (trait) => state[trait],
            widget_manager: { get_model: async (id) => ({ get: (trait) => models[id][trait] }) },
            on: (events, listener) =>
                events.split(" ").forEach((event) => listeners.push([event, listener])),
            off: (events, listener) => {
                listeners = listeners.filter(
                    ([event, each]) => each !== listener || !events.split(" ").includes(event));
            },
            async send(message) {
                window.sending = (window.sending ?? 0) + 1;
                const { changed, sent } = await window.kernel(name, message);
                if (window.held) await new Promise((resolve) => window.held.push(resolve));
                Object.assign(state, changed);
                for (const each of Object.keys(changed)) emit(`change:${each}`);
                for (const [content, buffers] of sent)
                    emit("msg:custom", content, buffers.map(bytes));
                // What waited for this reply is sent in the microtasks before this.
                setTimeout(() => { window.sending -= 1; });
            },
        };
        await (await import(script)).default.render({ model, el });
        return el;
    }
    const place = document.createElement("section");
    place.className = "cell-output-ipywidget-background";
    place.append(await view(shown));
    document.querySelector("main").append(place);
}"""
USE_THEME = """([css, light]) => {
    const style = document.head.appendChild(document.createElement("style"));
    style.textContent = `${css} body { background: var(--jp-layout-color0); }`;
    document.body.dataset.jpThemeLight = light;
}"""


class WidgetPage:
    """A page without Jupyter; messages of its widgets reach their Python side at once."""

    def __init__(self, page, style="", body_class=""):
        self.page, self._body_class = page, body_class
        self._widgets = {}
        html = HTML + style
        page.route(ADDRESS, lambda route: route.fulfill(content_type="text/html", body=html))
        page.expose_function("kernel", self._receive)
        self.clear()

    def clear(self):
        """Load the page with no widget on it."""
        self._shown = []
        self.page.goto(ADDRESS)
        self.page.evaluate("name => (document.body.className = name)", self._body_class)

    def show(self, *widgets):
        """Put widgets below those that are there."""
        for each in widgets:
            self._shown.append(each)
            self.page.evaluate(SHOW, self._described(each))

    def reload(self):
        """Load the page again, with the same widgets."""
        shown = self._shown
        self.clear()
        self.show(*shown)

    @property
    def widget(self):
        """The Python side of the widget shown last."""
        return self._shown[-1]

    @contextmanager
    def held_replies(self):
        """Replies wait until they are released, as those of a slow kernel."""
        self.page.evaluate("() => (window.held = [])")
        try:
            yield
        finally:
            self.page.evaluate(
                "() => { window.held.forEach((reply) => reply()); window.held = null; }"
            )

    def release(self):
        """Wait for a reply that is held, and let the page have it."""
        self.page.wait_for_function("() => window.held.length")
        self.release_waiting()

    def release_waiting(self):
        """Let the page have the reply that waits longest, if there is one by now."""
        self.page.evaluate("() => window.held.shift()?.()")

    def press_before_replies(self, element, script, pressed):
        """Run a script with each number; at each "reply" instead, release one. Then settle."""
        with self.held_replies():
            for each in pressed:
                if each == "reply":
                    self.release_waiting()
                else:
                    element.evaluate(script, each)
        self.settle()

    def settle(self):
        """Wait until the page has had the replies to all that it has sent."""
        self.page.wait_for_function("() => !window.sending")

    @contextmanager
    def printed(self):
        """A page with what was printed last; needs CAPTURE_PRINT."""
        self.page.wait_for_function("() => window.printed")
        sheet = self.page.context.browser.new_page()
        sheet.set_content(self.page.evaluate("window.printed"))
        yield sheet
        sheet.close()

    def use_theme(self, theme):
        """Set the colours of JupyterLab's "light" or "dark" theme."""
        css = (THEMES / f"theme-{theme}-extension" / "index.css").read_text(encoding="utf-8")
        self.page.evaluate(USE_THEME, [css, str(theme == "light").lower()])

    def check_accessibility(self, *selectors):
        """Axe finds nothing in either theme (only colours differ); nothing is cut off or small."""
        self.use_theme("dark")
        check_axe(self.page, *selectors, runOnly=["color-contrast"])
        self.use_theme("light")
        check_axe(self.page, *selectors)
        check_layout(self.page, ", ".join(selectors))

    def _described(self, widget):
        """What SHOW takes: the script and state of a widget, or a box and its children."""
        if not hasattr(widget, "_esm"):
            children = [self._described(child) for child in widget.children]
            return {"classes": widget._dom_classes, "children": children}
        self._widgets[widget.model_id] = widget
        state = as_json(widget.get_state())
        described = {"esm": state.pop("_esm"), "css": state["_css"], "state": state}
        body = getattr(widget, "body", None)
        models = {body.model_id: as_json(body.get_state())} if body else {}
        return described | {"name": widget.model_id, "models": models}

    def _receive(self, name, message):
        widget, changed, sent = self._widgets[name], {}, []

        def note(change):
            if change.name in widget.keys:
                changed[change.name] = change.new

        def send(content, buffers=()):
            sent.append([content, [b64encode(each).decode() for each in buffers]])

        widget.send = send
        widget.observe(note, names=All)
        widget._handle_custom_msg(message, [])
        widget.unobserve(note, names=All)
        return as_json({"changed": changed, "sent": sent})


@contextmanager
def widget_page(browser, *widgets, scripts=(), **options):
    """Such a page with these widgets, one below the other."""
    with blank_page(browser, *scripts, **options) as page:
        host = WidgetPage(page)
        host.show(*widgets)
        yield host


def fits_on_one_sheet(page):
    """Whether a page is one sheet of paper, in A4 and in Letter."""
    pdfs = [page.pdf(format=paper, prefer_css_page_size=False) for paper in ("A4", "Letter")]
    return all(len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1 for pdf in pdfs)


def as_json(values):
    """Values as a page receives them."""
    return json.loads(json.dumps(values, default=str))
