"""How exactly a practice keeps time: its beats, what it says, and a whole hour.

Run: python tests/benchmarks/beats.py [seconds]. A practice runs in a real JupyterLab, first alone,
then in a page that is blocked for 90 ms twice a second, then for 300 ms. A beat's deviation is that
of the moment for which it was given to the sound device from its place in the tempo; one given only
after its moment is late. A cue's lateness is counted from the most punctual one. The hour is
simulated: the player's own clock, with a sound device that is 50 millionths fast.
"""

import sys
import tempfile
from math import ceil
from pathlib import Path
from statistics import median

from start import lay_a_lesson, served
from table import print_row

SCRIPT = Path(__file__).parents[2] / "massage_workbook" / "widgets" / "player.js"
BLOCKED = {"alone": 0, "blocked for 90 ms": 90, "blocked for 300 ms": 300}
STEP = 20  # seconds
EVERY = 60 / 70  # from beat to beat, at the middle of sawing
PER_STEP = ceil(STEP / EVERY)
LESSON = """\
from dataclasses import replace
from massage_workbook.session.cues import cues
from massage_workbook.session import Plan, make_steps
from massage_workbook.safety.screening import Restrictions
from massage_workbook.store.practices import Practices
from massage_workbook.views import practice as view
from massage_workbook.widgets import player, widget
course = widget.course()
usual = next(each for each in course.sessions if each.id == "standard-20")
one = next(s for s in make_steps(Plan.of(usual, course), course) if s.technique == "sawing")
row = [
    replace(one, start={step} * i, seconds={step}, moves=(10,), side=("right", "left")[i % 2])
    for i in range({count})
]
practices = Practices(widget.progress())
made = player.Player(course, widget.ready_made, widget.today(), practices, widget.now)
made.session = view.session(row, "Beats", course, Restrictions())
made"""
# What the player gives to the sound device and to the voice, and when.
WATCH = """
window.given = [];
window.spoken = [];
const start = AudioScheduledSourceNode.prototype.start;
AudioScheduledSourceNode.prototype.start = function (at) {
    const { frequency, context } = this;
    const [beat, now] = [frequency.value === 980, context.currentTime];
    if (beat) window.given.push({ at, now, page: performance.now() / 1000 });
    return start.call(this, at);
};
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "en-GB" }],
    speak: ({ text }) => window.spoken.push({ text, page: performance.now() / 1000 }),
    cancel() {},
} });
"""
BLOCK = """milliseconds => setInterval(() => {
    const until = performance.now() + milliseconds;
    while (performance.now() < until);
}, 500)"""
HOUR = """async text => {
    const made = new Blob([text], { type: "text/javascript" });
    const core = await import(URL.createObjectURL(made));
    const time = { audio: 5, steady: 100, wall: 2e9 };
    const clock = core.makeClock({
        audio: () => time.audio, steady: () => time.steady, wall: () => time.wall,
    });
    const minute = (_, i) => ({ technique: "a", start: 60 * i, seconds: 60 });
    const row = Array.from({ length: 60 }, minute);
    const beats = row.map(({ start }) => [start, 60 / 70, start + 60]);
    const cues = row.map(({ start }) => ({ at: start, say: "x" }));
    const seen = { beats: [], cues: [], drift: [] };
    let truth = 0;
    const on = {
        cue: ({ at }) => seen.cues.push(truth - at),
        beat: (beat, when) => seen.beats.push(when - origin - beat),
        away() {}, over() {},
    };
    const run = core.conduct({ steps: row, beats, cues, total: 3600 }, clock, on, { from: 0 });
    const origin = clock.now();
    run.goOn();
    let chance = 7;
    while (truth < 3600) {
        chance = (chance * 16807) % 2147483647;
        const step = 0.025 + (chance % 100 === 0 ? 0.2 : 0); // a slow frame now and then
        truth += step;
        time.steady += step;
        time.wall += step;
        time.audio += step * 1.00005;
        run.tick(0.12);
        seen.drift.push(run.time() - truth);
    }
    return seen;
}"""


HEADS = ("beats", "p99 ms", "worst", "late", "missed", "cues", "p99 ms", "worst", "drift")


def main(seconds):
    wide = max(map(len, [*BLOCKED, "an hour, simulated"])) + 2
    print_row(f"{'':{wide}}", *HEADS)
    lesson = LESSON.format(step=STEP, count=seconds // STEP + 2)
    with tempfile.TemporaryDirectory() as folder:
        lay_a_lesson(Path(folder), [lesson])
        with served(Path(folder)) as (browser, address):
            for name, milliseconds in BLOCKED.items():
                given, spoken = heard(browser, address, seconds, milliseconds)
                report(f"{name:{wide}}", **of_beats(given), **of_cues(spoken))
            page = browser.new_page()
            page.goto("about:blank")
            hour = page.evaluate(HOUR, SCRIPT.read_text(encoding="utf-8"))
            report(f"{'an hour, simulated':{wide}}", late=0, missed=0, **hour)


def heard(browser, address, seconds, milliseconds):
    """What a practice gave to the sound device and to the voice."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(WATCH)
    page.goto(address)
    page.locator(".mw-player .main").click()
    if milliseconds:
        page.evaluate(BLOCK, milliseconds)
    page.wait_for_timeout(1000 * (seconds + 11))
    seen = page.evaluate("[window.given, window.spoken]")
    page.close()
    return seen


def of_beats(given):
    """How far beats are from their places; the page's clock says whether the sum of them drifts."""
    numbers = [_number(each["at"] - given[0]["at"]) for each in given]
    places = [STEP * (n // PER_STEP) + EVERY * (n % PER_STEP) for n in numbers]
    offsets = [each["at"] - place for each, place in zip(given, places, strict=True)]
    in_page = [
        each["page"] + each["at"] - each["now"] - place
        for each, place in zip(given, places, strict=True)
    ]
    tenth = max(1, len(given) // 10)
    return {
        "beats": [offset - median(offsets) for offset in offsets],
        "late": sum(each["at"] <= each["now"] for each in given),
        "missed": numbers[-1] + 1 - len(set(numbers)),
        "drift": [median(in_page[-tenth:]) - median(in_page[:tenth])],
    }


def _number(time):
    """The number of the beat that is nearest to a time since the first."""
    step = round((time + 0.1) // STEP)
    return PER_STEP * step + round((time - STEP * step) / EVERY)


def of_cues(spoken):
    """How late a change of side is said, counted from the most punctual one."""
    seen = [each["page"] for each in spoken if each["text"].startswith("Change sides")]
    late = [at - STEP * i for i, at in enumerate(seen)]
    return {"cues": [each - min(late) for each in late]}


def report(name, beats, late, missed, cues, drift):  # noqa: PLR0913, PLR0917 - a row
    off, slow = sorted(map(abs, beats)), sorted(cues)
    print_row(
        name,
        len(beats),
        f"{1000 * off[int(0.99 * (len(off) - 1))]:.2f}",
        f"{1000 * off[-1]:.2f}",
        late,
        missed,
        len(cues),
        f"{1000 * slow[int(0.99 * (len(slow) - 1))]:.0f}",
        f"{1000 * slow[-1]:.0f}",
        f"{1000 * max(drift, key=abs):.0f}",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 120)
