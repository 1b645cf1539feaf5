"""The tempo trainer in the real page: taps, beats, and what stands in for sound."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from massage_workbook import tempo

from .bare import bare_page
from .test_player import lost_nothing

# Taps at true intervals: the moment of an event is the browser's own.
TAPS = """([pad, gaps]) => new Promise(resolve => {
    let i = 0;
    const tap = () => {
        pad.dispatchEvent(new PointerEvent("pointerdown", { button: 0, bubbles: true }));
        if (i === gaps.length) return resolve();
        setTimeout(tap, gaps[i]);
        i += 1;
    };
    tap();
})"""


@pytest.fixture(scope="module")
def bare_trainer(browser):
    with bare_page(browser, tempo("hacking")) as bare:
        yield bare


@pytest.fixture(scope="module")
def trainer(bare_trainer):
    return bare_trainer.page.locator(".mw-tempo")


def tap(trainer, gaps):
    trainer.get_by_role("button", name="Start again").click()
    pad = trainer.locator(".pad")
    pad.page.evaluate(TAPS, [pad.element_handle(), gaps])


def test_a_steady_tap_within_the_band_is_told_so_and_each_tap_is_drawn(trainer):
    tap(trainer, [600] * 6)
    words = trainer.locator(".words")
    expect(words).to_contain_text("a minute, within 90 to 110.")
    expect(words).to_contain_text("Steady: the gaps differ by")
    expect(words).to_contain_text("6 of 6 taps fell within 12% of the beat.")
    expect(trainer.locator("svg .hit")).to_have_count(7)


def test_a_tap_that_is_too_quick_or_uneven_is_told_so(trainer):
    tap(trainer, [350] * 5)
    expect(trainer.locator(".words")).to_contain_text("too fast, 110 is the most.")
    tap(trainer, [400, 800, 400, 800, 400, 800])
    expect(trainer.locator(".words")).to_contain_text("Not steady yet")
    expect(trainer.locator("svg .miss").first).to_be_visible()


def test_few_taps_say_nothing_yet_and_space_taps_as_well(trainer):
    trainer.get_by_role("button", name="Start again").click()
    trainer.locator(".pad").focus()
    for _ in range(2):
        trainer.page.keyboard.press("Space")
    expect(trainer.locator(".words")).to_contain_text("3 more taps at least")
    expect(trainer.locator("svg .hit, svg .miss")).to_have_count(2)


def test_the_beat_is_heard_at_the_tempo_that_the_slider_says(trainer):
    page = trainer.page
    page.evaluate("""() => {
        window.given = [];
        const start = AudioScheduledSourceNode.prototype.start;
        AudioScheduledSourceNode.prototype.start = function (at) {
            window.given.push(at);
            return start.call(this, at);
        };
    }""")
    trainer.get_by_role("slider").fill("100")
    expect(trainer.locator("output")).to_have_text("100 a minute")
    trainer.get_by_role("button", name="Listen").click()
    page.wait_for_function("() => window.given.length >= 4")
    trainer.get_by_role("button", name="Stop listening").click()
    given = page.evaluate("window.given")
    gaps = [after - before for before, after in pairwise(given)]
    # A busy machine leaves beats out; none falls between two others.
    beats = [gap / 0.6 for gap in gaps]
    assert beats == pytest.approx([max(1, round(each)) for each in beats], abs=0.01)


def test_without_sound_the_pad_lights_up_and_the_trainer_says_so(trainer):
    page = trainer.page
    page.evaluate("""() => {
        window.state = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, "state");
        Object.defineProperty(BaseAudioContext.prototype, "state", { get: () => "suspended" });
    }""")
    trainer.get_by_role("button", name="Listen").click()
    expect(trainer).to_contain_text("No sound here: the pad lights up with the beat.")
    trainer.get_by_role("button", name="Stop listening").click()
    page.evaluate("Object.defineProperty(BaseAudioContext.prototype, 'state', window.state)")


def test_the_trainer_loses_nothing_and_axe_finds_nothing(bare_trainer):
    bare_trainer.axe_finds_nothing(".mw-tempo")
    lost_nothing(bare_trainer.page, ".mw-tempo", width=320)
