"""A key on a slider until the chart is painted: the planner beside `interact` and matplotlib.

Run: python tests/benchmarks/slider.py [presses]. All stand in one lesson in one page and take
turns. The clock is the page's own: from the key's event to the frame after the chart changed. The
planner changes twice: its bars by the page alone, its map as the kernel answers. The least there
can be is a slider that moves one bar in the page.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from start import lay_a_lesson, run_by_hand, served
from table import compare

REST = 400  # milliseconds
PLANNER = "from massage_workbook import planner\nplanner()"
# The same chart of the same blocks in the usual way.
USUAL = """\
import matplotlib.pyplot as plt
from ipywidgets import interact
from massage_workbook.reader import read
from massage_workbook.session import MAX_SECONDS, Plan, mmss

course = read()
blocks = {block.id: block for block in course.blocks}
ready_made = next(each for each in course.sessions if each.id == "standard-20")
start = Plan.of(ready_made, course)

@interact(seconds=(0, 1200, 15))
def chart(seconds=585):
    plan = start.with_block("kneading", seconds)
    figure, (timeline, minutes) = plt.subplots(2, 1, figsize=(5, 3.9), height_ratios=(1, 2))
    for row, (of, y) in enumerate(((start, 0.2), (plan, 1))):
        begin = 0
        for part in of.parts:
            length = part.seconds / 60
            timeline.barh(y, length, left=begin, height=0.6)
            if row:
                timeline.text(begin + length / 2, y, mmss(part.seconds), ha="center")
            begin += length
    timeline.set(xlim=(0, MAX_SECONDS / 60 + 4), yticks=[])
    timeline.axvline(MAX_SECONDS / 60)
    for row, part in enumerate(plan.parts):
        minutes.barh(row, part.seconds / 60)
        share = round(100 * part.seconds / plan.total)
        minutes.text(part.seconds / 60 + 0.6, row, f"{mmss(part.seconds)} · {share} %")
    names = [blocks[part.block].name for part in plan.parts]
    minutes.set(yticks=range(len(names)), yticklabels=names, xlim=(0, 38))
    minutes.invert_yaxis()
    plt.show()"""
LEAST = """panel => {
    const place = document.createElement("div");
    place.id = "least";
    place.innerHTML = '<input type=range max=100><svg width=100 height=9><rect height=9 /></svg>';
    const [slider, bar] = place.querySelectorAll("input, rect");
    slider.oninput = () => bar.setAttribute("width", slider.value);
    place.onkeydown = (event) => event.stopPropagation();
    panel.prepend(place);
}"""
# Resolves to the milliseconds from the next key to each of some changes, painted.
WATCH = """(changes) => {
    let began;
    document.addEventListener("keydown", () => (began = performance.now()),
        { once: true, capture: true });
    const painted = (resolve) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - began);
        port2.postMessage(0);
    });
    const until = ([host, attributes]) => new Promise((resolve) => {
        const observer = new MutationObserver(async () => {
            const image = host.querySelector("img");
            if (image && image.src === before) return;
            observer.disconnect();
            await image?.decode();
            painted(resolve);
        });
        const before = host.querySelector("img")?.src;
        observer.observe(host.shadowRoot ?? host,
            { subtree: true, childList: true, attributes: true, attributeFilter: attributes });
    });
    window.painted = Promise.all(changes.map(until));
}"""
# Resolves to the milliseconds from the last of 60 moves, 16 ms apart, to the last change painted.
DRAG = """([map, slider]) => new Promise(resolve => {
    let ended, changed, left = 60;
    new MutationObserver(() => requestAnimationFrame(() => (changed = performance.now())))
        .observe(map.shadowRoot, { subtree: true, attributes: true, attributeFilter: ["style"] });
    const timer = setInterval(() => {
        slider[left > 30 ? "stepUp" : "stepDown"]();
        slider.dispatchEvent(new Event("input"));
        left -= 1;
        if (left) return;
        clearInterval(timer);
        ended = performance.now();
        slider.dispatchEvent(new Event("change"));
        setTimeout(() => resolve(Math.max(0, (changed ?? ended) - ended)), 1500);
    }, 16);
})"""
DRAGS = 10


def main(presses):
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        lay_a_lesson(world, [USUAL, PLANNER])
        with served(world) as (browser, address):
            page = browser.new_page(viewport={"width": 1280, "height": 2400})
            run_by_hand(page, address)
            compare(take_turns(page, presses), unit="ms")
            lags = sorted(drag(page) for _ in range(DRAGS))
            print(f"after the last of 60 moves: {median(lags):.0f} ms, at most {lags[-1]:.0f} ms")


def take_turns(page, presses):
    usual = page.locator(".jp-OutputArea").filter(has=page.locator(".widget-interact"))
    planner = page.locator(".mw-planner")
    planner.locator(".plate svg").first.wait_for()
    usual.locator("img").wait_for()
    page.locator(".jp-NotebookPanel").first.evaluate(LEAST)
    chart, least = planner.locator(".chart").first, page.locator("#least")
    # A slider, and the changes to wait for, each with the attributes that change.
    sliders = [
        (usual.locator(".noUi-handle"), {"interact and matplotlib": (usual, ["src"])}),
        (
            kneading(planner),
            {
                "planner: its bars": (chart, ["width"]),
                "planner: what the kernel says": (map_of(planner), ["style"]),
            },
        ),
        (least.locator("input"), {"a slider and a bar alone": (least, ["width"])}),
    ]
    took = {name: [] for _, changes in sliders for name in changes}
    for press in range(presses):
        key = "ArrowLeft" if press % 2 else "ArrowRight"
        for slider, changes in sliders:
            slider.focus()
            page.wait_for_timeout(REST)  # the kernel still tidies up after the last press
            watched = [[host.element_handle(), names] for host, names in changes.values()]
            page.evaluate(WATCH, watched)
            page.keyboard.press(key)
            for name, milliseconds in zip(changes, page.evaluate("painted"), strict=True):
                took[name].append(milliseconds)
    return took


def kneading(planner):
    return planner.locator("[data-block=kneading] [type=range]")


def map_of(planner):
    return planner.locator(".back .plate")


def drag(page):
    planner = page.locator(".mw-planner")
    handles = map_of(planner).element_handle(), kneading(planner).element_handle()
    return page.evaluate(DRAG, list(handles))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
