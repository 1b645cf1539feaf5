"""Widgets on a page without Jupyter, that speak with the real ones in the test's own process."""

import json
import sys
from base64 import b64encode
from contextlib import contextmanager
from pathlib import Path

from traitlets import All

from .axe import axe_finds_nothing
from .conftest import blank_page

THEMES = Path(sys.prefix, "share", "jupyter", "lab", "themes", "@jupyterlab")

KEPT = "window.print = () => (top.printed = document.documentElement.outerHTML)"
"""Instead of printing, the page that would be printed is kept."""

# A page of this machine may keep things and keep the screen awake; nothing is asked of it.
PLACE = "http://127.0.0.1/bare"
PAGE = "<!doctype html><html lang=en><title>Bare</title><main><h1>Bare</h1><h2>All</h2></main>"
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
        const listening = [];
        const tell = (event, ...said) => {
            for (const [heard, listener] of [...listening]) if (heard === event) listener(...said);
        };
        const bytes = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
        const model = {
            get: (trait) => state[trait],
            widget_manager: { get_model: async (id) => ({ get: (trait) => models[id][trait] }) },
            on: (events, listener) =>
                events.split(" ").forEach((event) => listening.push([event, listener])),
            off: (events, listener) => {
                const kept = listening.filter(
                    ([event, each]) => each !== listener || !events.split(" ").includes(event));
                listening.splice(0, listening.length, ...kept);
            },
            async send(message) {
                window.sending = (window.sending ?? 0) + 1;
                const { changed, sent } = await window.kernel(name, message);
                if (window.held) await new Promise((resolve) => window.held.push(resolve));
                Object.assign(state, changed);
                for (const each of Object.keys(changed)) tell(`change:${each}`);
                for (const [content, buffers] of sent)
                    tell("msg:custom", content, buffers.map(bytes));
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


WEAR = """([css, light]) => {
    const style = document.head.appendChild(document.createElement("style"));
    style.textContent = `${css} body { background: var(--jp-layout-color0); }`;
    document.body.dataset.jpThemeLight = light;
}"""


class Bare:
    """A page without Jupyter; what its widgets send is heard by the real ones at once."""

    def __init__(self, page, style="", body=""):
        self.page, self.body = page, body
        self._heard = {}
        page.route(PLACE, lambda route: route.fulfill(content_type="text/html", body=PAGE + style))
        page.expose_function("kernel", self._hear)
        self.open()

    def open(self):
        """The page with nothing on it."""
        self._shown = []
        self.page.goto(PLACE)
        self.page.evaluate("name => (document.body.className = name)", self.body)

    def show(self, widget):
        """Put a widget below those that are there."""
        self._shown.append(widget)
        self.page.evaluate(SHOW, self._told(widget))

    def wear(self, theme):
        """The colours that JupyterLab has in its theme for the "light" or the "dark"."""
        css = (THEMES / f"theme-{theme}-extension" / "index.css").read_text(encoding="utf-8")
        self.page.evaluate(WEAR, [css, str(theme == "light").lower()])

    @contextmanager
    def held_replies(self):
        """While it is open, replies wait until they are released, as those of a slow kernel."""
        self.page.evaluate("() => (window.held = [])")
        try:
            yield self.release
        finally:
            self.page.evaluate(
                "() => { window.held.forEach((reply) => reply()); window.held = null; }"
            )

    def release(self, count=1):
        """Let the page have the replies to that many messages."""
        for _ in range(count):
            self.page.wait_for_function("() => window.held.length")
            self.page.evaluate("() => window.held.shift()()")

    def release_waiting(self):
        """Let the page have the reply that waits longest, if one has come by now."""
        self.page.evaluate("() => window.held.shift()?.()")

    def settle(self):
        """Wait until the page has had the replies to all that it has sent."""
        self.page.wait_for_function("() => !window.sending")

    def axe_finds_nothing(self, *parts):
        """Axe has nothing to say of these parts, in either theme: colours alone differ."""
        self.wear("dark")
        axe_finds_nothing(self.page, *parts, runOnly=["color-contrast"])
        self.wear("light")
        axe_finds_nothing(self.page, *parts)

    @property
    def widget(self):
        """The widget shown last, as Python has it."""
        return self._shown[-1]

    def again(self):
        """The same widgets on the page once it is loaded anew."""
        shown = self._shown
        self.open()
        for widget in shown:
            self.show(widget)

    def _told(self, widget):
        """What a page is told of a widget: a script with its state, or a box with what is in it."""
        if not hasattr(widget, "_esm"):
            children = [self._told(child) for child in widget.children]
            return {"classes": widget._dom_classes, "children": children}
        self._heard[widget.model_id] = widget
        state = plain(widget.get_state())
        told = {"esm": state.pop("_esm"), "css": state["_css"], "state": state}
        body = getattr(widget, "body", None)
        models = {body.model_id: plain(body.get_state())} if body else {}
        return told | {"name": widget.model_id, "models": models}

    def _hear(self, name, message):
        widget, changed, sent = self._heard[name], {}, []

        def note(change):
            if change.name in widget.keys:
                changed[change.name] = change.new

        widget.send = lambda content, buffers=(): sent.append([content, [*map(wired, buffers)]])
        widget.observe(note, names=All)
        widget._handle_custom_msg(message, [])
        widget.unobserve(note, names=All)
        return plain({"changed": changed, "sent": sent})


@contextmanager
def bare_page(browser, *widgets, scripts=(), **options):
    """Such a page with these widgets, one below the other."""
    with blank_page(browser, *scripts, **options) as page:
        bare = Bare(page)
        for each in widgets:
            bare.show(each)
        yield bare


def wired(buffer):
    return b64encode(buffer).decode()


def plain(values):
    """As they are once they have gone over the wire."""
    return json.loads(json.dumps(values, default=str))
