"""What a practice does where voice, sound, screen or storage are missing, fail or come back."""

import re

import pytest
from playwright.sync_api import expect

from massage_workbook.session.cues import READY_SECONDS, beats

from . import test_player
from .conftest import run_clock_until
from .test_player import (
    ASKED,
    FAST,
    FIRST,
    NO_WORKER,
    STEPS,
    TECHNIQUES,
    VOICE,
    begin,
    end_here,
    expect_state,
    run_to_the_end,
    wait_for_first_step,
)

practices, practise = test_player.practices, test_player.practise  # fixtures

NOTHING_WORKS = """
    window.AudioContext = undefined;
    Object.defineProperty(window, "speechSynthesis", { value: undefined });
    const lock = { request: async () => { throw new Error("no") } };
    Object.defineProperty(Navigator.prototype, "wakeLock", { get: () => lock });
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (name, value) {
        if (name.startsWith("massage-workbook")) throw new Error("full");
        set.call(this, name, value);
    };"""
SUSPENDED = """
    AudioContext.prototype.resume = async () => {};
    Object.defineProperty(AudioContext.prototype, "state", { get: () => "suspended" });"""
CLOCK_STANDS_STILL = """
    const time = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, "currentTime").get;
    Object.defineProperty(BaseAudioContext.prototype, "currentTime", {
        get() { return window.mended ? time.call(this) : 0.5; },
    });"""
INTERRUPTED = """
    const true_state = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, "state").get;
    Object.defineProperty(BaseAudioContext.prototype, "state", {
        get() { return window.mended ? true_state.call(this) : "interrupted"; },
    });
    const { resume } = AudioContext.prototype;
    AudioContext.prototype.resume = function () {
        return window.mended ? resume.call(this) : Promise.reject(new DOMException("interrupted"));
    };"""
VOICE_NEVER_BEGINS = f"{VOICE} window.dumb = true;"
VOICE_NEVER_ENDS = f"{VOICE} window.endless = true;"
SCREEN = """
    window.locks = [];
    window.released = 0;
    Object.defineProperty(Navigator.prototype, "wakeLock", { get: () => ({
        request: async () => {
            if (window.refused) throw new Error("battery");
            const release = async () => { window.released += 1 };
            const lock = Object.assign(new EventTarget(), { release });
            window.locks.push(lock);
            return lock;
        },
    }) });"""
TAKE_THE_LOCK = """() => {
    window.refused = true;
    window.locks.at(-1).dispatchEvent(new Event("release"));
}"""
MEND = "() => { window.mended = true; window.dumb = window.endless = window.refused = false; }"
STOPPED, SILENT, SLEEPS = (
    "the system has stopped it",
    "The voice does not answer",
    "cannot be kept awake",
)


@pytest.mark.parametrize(
    ("lack", "lines"),
    [
        (NOTHING_WORKS, ["No sound here", "No voice", SLEEPS, "This browser keeps nothing"]),
        (SUSPENDED, [STOPPED]),
    ],
    ids=["all of it", "suspended sound"],
)
def test_what_is_missing_is_said_and_the_practice_goes_to_its_end(practise, lack, lines):
    stage = begin(practise(FAST, lack, NO_WORKER, clock=True).page)
    for line in lines:
        expect(stage.locator(".troubles")).to_contain_text(line)
    run_to_the_end(stage.page)


NO_SOUND = "window.AudioContext = class { constructor() { throw new Error('none') } };"


def test_without_a_sound_device_the_edge_lights_up(practise):
    moving = {"clock": True, "reduced_motion": "no-preference"}
    first = next(step.start for step in STEPS if beats(step, TECHNIQUES[step.technique]))
    page = practise(10, NO_SOUND, NO_WORKER, **moving).page
    edge = begin(page).locator(".edge.beat")
    page.clock.fast_forward(1000 * (READY_SECONDS + first) / 10)  # glides have no beats
    run_clock_until(page, lambda: edge.evaluate("edge => edge.style.opacity > 0"), 20)


FAILING = {
    "a sound clock that stands still": (CLOCK_STANDS_STILL, STOPPED),
    "a sound device that a call interrupts": (INTERRUPTED, STOPPED),
    "a voice that does not begin": (VOICE_NEVER_BEGINS, SILENT),
    "a voice that does not end": (VOICE_NEVER_ENDS, SILENT),
    "a screen that the battery puts to sleep": (SCREEN, SLEEPS),
}


@pytest.mark.parametrize(("lack", "line"), FAILING.values(), ids=list(FAILING))
def test_what_fails_in_a_practice_is_said_and_comes_back_by_one_press(practise, lack, line):
    # A voice does not need the true time of a sound device: the test's clock drives it.
    given = (lack, NO_SOUND, NO_WORKER) if line == SILENT else (lack,)
    page = practise(1, *given, clock=line == SILENT).page
    stage = begin(page)
    troubles, left = stage.locator(".troubles"), stage.locator(".left")
    if line == SILENT:
        page.clock.run_for(15_000)
    if lack == SCREEN:
        page.wait_for_function("() => window.locks.length")
        page.evaluate(TAKE_THE_LOCK)
    expect(troubles).to_contain_text(line)
    expect(left).not_to_have_text(left.text_content())
    expect_state(stage, "running")
    expect(stage.locator(".told")).to_have_text(re.compile(FIRST, re.IGNORECASE))
    if line == SILENT:  # what cannot be heard stands there
        expect(stage.locator(".told")).to_be_visible()
    page.evaluate(MEND)
    troubles.get_by_role("button", name="Try again").click()
    expect(troubles).not_to_contain_text(line)
    expect(stage.get_by_role("button", name="Pause")).to_be_focused()
    expect_state(stage, "running")


def test_a_sound_device_is_resumed_as_soon_as_the_system_allows_it(practise):
    page = practise(1, INTERRUPTED).page
    troubles = begin(page).locator(".troubles")
    expect(troubles).to_contain_text(STOPPED)
    page.evaluate(MEND)
    expect(troubles).not_to_contain_text(STOPPED)


@pytest.mark.parametrize("language", ["sv-SE", "en_US", "EN-GB"])
def test_only_an_english_voice_speaks_and_its_lack_is_said_before_the_start(practise, language):
    speaks = language.lower().startswith("en")
    page = practise(10, VOICE.replace("en-GB", language)).page
    lines = page.locator(".mw-player .lines").inner_text()
    assert ("voice" in lines) is not speaks
    stage = begin(page)
    wait_for_first_step(stage)
    assert bool(page.evaluate("window.spoken")) is speaks
    expect(stage.locator(".troubles")).to_contain_text("" if speaks else "No English voice here")


@pytest.mark.parametrize(
    ("lack", "line"),
    [
        (VOICE, "You should have heard"),
        (VOICE + CLOCK_STANDS_STILL, STOPPED),
        (VOICE_NEVER_BEGINS, SILENT),
    ],
    ids=["nothing", "sound", "voice"],
)
def test_sound_and_voice_can_be_tried_before_the_start(practise, lack, line):
    page = practise(1, lack).page
    page.locator("summary", has_text="Sound and light").click()
    page.get_by_role("button", name="Try sound and voice").click()
    expect(page.locator(".mw-player .tried")).to_contain_text(line)
    expect(page.get_by_role("button", name=ASKED)).to_be_visible()


RECORD_TONES = """
    window.tones = [];
    const start = AudioScheduledSourceNode.prototype.start;
    AudioScheduledSourceNode.prototype.start = function (at = this.context.currentTime) {
        window.tones.push([this.frequency.value, at]);
        return start.call(this, at);
    };
    const stop = AudioScheduledSourceNode.prototype.stop;
    AudioScheduledSourceNode.prototype.stop = function (at) {
        if (this.frequency.value < 100) window.tones.push(["stopped", at]);
        return stop.call(this, at);
    };"""


def test_a_wireless_speaker_is_awake_before_the_first_chime_and_stays_so_in_a_pause(practise):
    page = practise(1, VOICE + RECORD_TONES).page
    stage = begin(page)
    page.wait_for_function("() => window.tones.length > 1")
    (low, began), (high, chimed) = page.evaluate("window.tones")[:2]
    assert low < 100 < high
    assert chimed - began >= 1
    page.keyboard.press("Space")
    expect_state(stage, "paused")
    assert "stopped" not in [each for each, _ in page.evaluate("window.tones")]


def test_the_screen_is_kept_awake_while_it_runs_and_let_go_afterwards(practise):
    page = practise(5, SCREEN).page
    stage = begin(page)
    page.wait_for_function("() => window.locks.length === 1")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("() => window.locks.length === 2")
    end_here(stage)
    page.wait_for_function("() => window.released")


def test_sound_is_chosen_with_its_volume_and_remembered(practise):
    host = practise(10, VOICE, NO_WORKER, clock=True)
    page = host.page
    voice, loud = page.get_by_label("Voice", exact=True), page.get_by_label("Beat: how loud")
    page.locator("summary", has_text="Sound and light").click()
    voice.uncheck()
    loud.fill("75")
    host.reload()
    expect(voice).not_to_be_checked()
    expect(loud).to_have_value("75")
    stage = begin(page)
    page.clock.run_for(5000)
    wait_for_first_step(stage)
    assert page.evaluate("window.spoken") == []
    page.keyboard.press("Escape")
    stage.get_by_text("Sound", exact=True).click()
    expect_state(stage, "paused")
    stage.get_by_label("Voice", exact=True).check()
    stage.get_by_role("button", name="Go on").click()
    run_clock_until(page, lambda: page.evaluate("window.spoken.length"))
