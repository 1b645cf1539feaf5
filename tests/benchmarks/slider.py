"""A key on a slider until the chart is painted: the planner beside `interact` and matplotlib.

Run: python tests/benchmarks/slider.py [presses]. Both stand in one lesson in one page and take
turns. The clock is the page's own: from the key's event to the frame after the chart changed.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from start import lay_a_lesson, served
from table import compare

REST = 400  # milliseconds
PLANNER = "from massage_workbook import planner\nplanner()"
# The same chart of the same blocks in the usual way.
USUAL = """\
import matplotlib.pyplot as plt
from ipywidgets import interact
from massage_workbook.course import read
from massage_workbook.session import LONGEST, Plan, clock

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
                timeline.text(begin + length / 2, y, clock(part.seconds), ha="center")
            begin += length
    timeline.set(xlim=(0, LONGEST / 60 + 4), yticks=[])
    timeline.axvline(LONGEST / 60)
    for row, part in enumerate(plan.parts):
        minutes.barh(row, part.seconds / 60)
        share = round(100 * part.seconds / plan.total)
        minutes.text(part.seconds / 60 + 0.6, row, f"{clock(part.seconds)} · {share} %")
    names = [blocks[part.block].name for part in plan.parts]
    minutes.set(yticks=range(len(names)), yticklabels=names, xlim=(0, 38))
    minutes.invert_yaxis()
    plt.show()"""
# Resolves to the milliseconds from the next key to the painted chart inside `root`.
WATCH = """root => {
    const picture = root.querySelector(".plate")?.shadowRoot ?? root;
    const before = picture.querySelector("img")?.src;
    window.painted = new Promise(resolve => {
        let began;
        const observer = new MutationObserver(() => {
            const image = picture.querySelector("img");
            if (before && (image?.src ?? before) === before) return;
            observer.disconnect();
            Promise.resolve(image?.decode()).then(() => requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => resolve(performance.now() - began);
                port2.postMessage(0);
            }));
        });
        document.addEventListener("keydown", () => {
            began = performance.now();
            observer.observe(picture, { subtree: true, childList: true, attributes: true,
                attributeFilter: ["d", "src"] });
        }, { once: true, capture: true });
    });
}"""

# Resolves to the milliseconds from the last of 60 moves, 16 ms apart, to the last change painted.
DRAG = """([root, slider]) => new Promise(resolve => {
    const picture = root.querySelector(".plate").shadowRoot;
    let ended, changed, left = 60;
    new MutationObserver(() => requestAnimationFrame(() => (changed = performance.now())))
        .observe(picture, { subtree: true, attributes: true, attributeFilter: ["d"] });
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
            page.goto(address)
            compare(take_turns(page, presses), unit="ms")
            lags = sorted(drag(page) for _ in range(DRAGS))
            print(f"after the last of 60 moves: {median(lags):.0f} ms, at most {lags[-1]:.0f} ms")


def take_turns(page, presses):
    usual = page.locator(".jp-OutputArea").filter(has=page.locator(".widget-interact"))
    planner = page.locator(".mw-planner")
    planner.locator(".plate svg").first.wait_for()
    usual.locator("img").wait_for()
    sliders = {
        "interact and matplotlib": (usual, usual.locator(".noUi-handle")),
        "planner": (planner, planner.locator("[data-block=kneading] [type=range]")),
    }
    took = {name: [] for name in sliders}
    for press in range(presses):
        key = "ArrowLeft" if press % 2 else "ArrowRight"
        for name, (root, slider) in sliders.items():
            slider.focus()
            page.wait_for_timeout(REST)  # the kernel still tidies up after the last press
            root.evaluate(WATCH)
            page.keyboard.press(key)
            took[name].append(page.evaluate("painted"))
    return took


def drag(page):
    planner = page.locator(".mw-planner")
    slider = planner.locator("[data-block=kneading] [type=range]")
    return page.evaluate(DRAG, [planner.element_handle(), slider.element_handle()])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
