"""Accessibility as axe sees it."""

from axe_playwright_python.sync_playwright import Axe

FOR_A_THEME = "light => document.body.dataset.jpThemeLight === String(light)"


def axe_finds_nothing(page, *parts, **options):
    """Axe has nothing to say of these parts of a page, or of all of it, as it is now."""
    context = {"include": [[part] for part in parts]} if parts else None
    options = {"resultTypes": ["violations"]} | options
    found = Axe().run(page, context=context, options=options)
    assert found.violations_count == 0, found.generate_report()


def wear(page, scheme):
    """Let JupyterLab put on its theme for the "light" or the "dark"."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(FOR_A_THEME, arg=scheme == "light")
