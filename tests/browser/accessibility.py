"""Accessibility and layout of a page."""

from contextlib import suppress

from axe_playwright_python.base import AXE_SCRIPT, AxeResults

from .conftest import CSS, WINDOW, wait_until

THEME_IS = "light => document.body.dataset.jpThemeLight === String(light)"
# What reaches beyond its widget, or is pressed and smaller than 24 pixels.
LAYOUT_PROBLEMS = """widgets => widgets.flatMap((widget) => {
    const box = (each) => each.getBoundingClientRect();
    const visible = [...widget.querySelectorAll("*")].filter((each) => each.checkVisibility());
    const right = Math.min(box(widget).right, innerWidth) + 1;
    const wide = (each) => !each.closest(".wide, svg") && box(each).right > right;
    const small = (each) => {
        const { width, height } = box(each.closest("label") ?? each);
        const pressed = each.matches("button, input, select, summary");
        return pressed && width && (width < 24 || height < 24);
    };
    const found = visible.filter((each) => wide(each) || small(each));
    if (widget.scrollWidth > widget.clientWidth) found.push(widget);
    return found.map((each) => each.outerHTML.slice(0, 120));
})"""


# JupyterLab's body is 0 pixels high and hides what overflows: axe would take all of it for hidden.
GIVE_HEIGHT = "if (!document.body.offsetHeight) document.body.style.height = '100vh'"
ANCHORS = ".jp-InternalAnchorLink"  # JupyterLab's own, visible only under the pointer


def check_axe(page, *parts, **options):
    """Axe finds no violation in these parts of a page, or in all of it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(GIVE_HEIGHT)
    context = {
        "include": [[part.removeprefix(CSS)] for part in parts or ["html"]],
        "exclude": [[ANCHORS]],
    }
    options = {"resultTypes": ["violations"]} | options
    found = AxeResults(page.evaluate("given => axe.run(...given)", [context, options]))
    assert found.violations_count == 0, found.generate_report()


def check_layout(page, selector):
    """Nothing is cut off or too small to press, also at 320 pixels, as 1280 are at 400 % zoom."""
    before = page.viewport_size

    def problems():
        return page.locator(selector).evaluate_all(LAYOUT_PROBLEMS)

    try:
        for size in (WINDOW, {"width": 320, "height": 800}):
            page.set_viewport_size(size)
            with suppress(AssertionError):  # the page follows its window a moment later
                wait_until(lambda: not problems())
            assert problems() == []
    finally:
        page.set_viewport_size(before)


def use_theme(page, scheme):
    """Let JupyterLab change to its "light" or "dark" theme."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(THEME_IS, arg=scheme == "light")
