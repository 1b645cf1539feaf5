"""Frames a second with six cards in sight whose hands move, beside an empty page.

Run: python tests/benchmarks/motion.py [seconds] [rounds]. The pages take turns in one Chromium, and
count their own frames; the milliseconds of main thread per frame are Chromium's.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from table import compare

sys.path.insert(0, str(Path(__file__).parents[2]))

from start import FLAGS, chromium

from massage_workbook.widgets import widget
from massage_workbook.widgets.technique import TechniqueCard
from tests.browser.widget_page import widget_page

CARDS = (
    "superficial-stroking",
    "longitudinal-kneading",
    "finger-pad-rubbing",
    "hacking",
    "transverse-kneading",
    "shaking",
)
ALL_IN_SIGHT = """
    html { zoom: 0.66 }
    main { display: grid; grid-template-columns: repeat(3, 1fr); gap: 4px }
    main > :is(h1, h2), dl, .zone, .hand { display: none !important }
    .mw-technique > :not(:has(.movement), .movement) { display: none !important }
    .mw-card, .mw-technique { display: block !important }
    .mw-back-map { float: left; width: 270px }
    .movement { float: right; width: 270px }
    section { height: 640px; overflow: hidden }
"""
COUNT = """milliseconds => new Promise(resolve => {
    const times = [];
    const tick = time => {
        times.push(time);
        if (time - times[0] < milliseconds) requestAnimationFrame(tick);
        else resolve((times.length - 1) * 1000 / (time - times[0]));
    };
    requestAnimationFrame(tick);
})"""
PLAYING = """() => [...document.querySelectorAll("button")]
    .filter(({ textContent }) => textContent === "Pause").length"""
MOVING = 2 * len(CARDS)
"""Pictures that move: on each card a map, and a movement from the side."""


def main(seconds, rounds):
    pages = {"an empty page": (), "six cards": CARDS}
    frames = {name: [] for name in pages}
    work = {name: [] for name in pages}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for _ in range(rounds):
            for name, cards in pages.items():
                rate, script, thread = measured(browser, cards, 1000 * seconds)
                frames[name].append(rate)
                work[name].append(thread)
                work.setdefault(f"{name}: of it script", []).append(script)
    compare(frames, unit="frames a second")
    compare(work, unit="ms of main thread a frame")


def measured(browser, cards, milliseconds):
    """Frames a second, and milliseconds of script and of the whole main thread a frame."""
    shown = (TechniqueCard(widget.course(), each, widget.today(), widget.now) for each in cards)
    options = {"viewport": {"width": 1280, "height": 1000}, "reduced_motion": "no-preference"}
    with widget_page(browser, *shown, **options) as bare:
        bare.page.add_style_tag(content=ALL_IN_SIGHT)
        if cards:
            bare.page.wait_for_function(f"() => ({PLAYING})() === {MOVING}", polling=200)
        session = bare.page.context.new_cdp_session(bare.page)
        session.send("Performance.enable")
        before = seconds_of(session)
        rate = bare.page.evaluate(COUNT, milliseconds)
        took = zip(before, seconds_of(session), strict=True)
        return rate, *(1e6 * (b - a) / milliseconds / rate for a, b in took)


def seconds_of(session):
    """The seconds of script, and of all that the main thread did."""
    found = session.send("Performance.getMetrics")["metrics"]
    seconds = {each["name"]: each["value"] for each in found}
    return seconds["ScriptDuration"], seconds["TaskDuration"]


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:] or (5, 3)))
