"""Accessibility as axe sees it."""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults

from .conftest import LIGHT

FOR_A_THEME = "light => document.body.dataset.jpThemeLight === String(light)"


def axe_finds_nothing(page, *parts, **options):
    """Axe has nothing to say of these parts of a page, or of all of it, as it is now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    context = {"include": [[part.removeprefix(LIGHT)] for part in parts or ["html"]]}
    options = {"resultTypes": ["violations"]} | options
    found = AxeResults(page.evaluate("given => axe.run(...given)", [context, options]))
    assert found.violations_count == 0, found.generate_report()


def wear(page, scheme):
    """Let JupyterLab put on its theme for the "light" or the "dark"."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(FOR_A_THEME, arg=scheme == "light")
