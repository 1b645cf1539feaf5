"""A practice when voice, sound, wake lock or storage are missing, fail or work again."""

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
        get() { return window.works ? time.call(this) : 0.5; },
    });"""
INTERRUPTED = """
    const true_state = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, "state").get;
    Object.defineProperty(BaseAudioContext.prototype, "state", {
        get() { return window.works ? true_state.call(this) : "interrupted"; },
    });
    const { resume } = AudioContext.prototype;
    AudioContext.prototype.resume = function () {
        return window.works ? resume.call(this) : Promise.reject(new DOMException("interrupted"));
    };"""
VOICE_NEVER_BEGINS = f"{VOICE} window.neverBegins = true;"
VOICE_NEVER_ENDS = f"{VOICE} window.neverEnds = true;"
SCREEN = """
    window.locks = [];
    window.released = 0;
    Object.defineProperty(Navigator.prototype, "wakeLock", { get: () => ({
        request: async () => {
            if (window.refuses) throw new Error("battery");
            const release = async () => { window.released += 1 };
            const lock = Object.assign(new EventTarget(), { release });
            window.locks.push(lock);
            return lock;
        },
    }) });"""
TAKE_THE_LOCK = """() => {
    window.refuses = true;
    window.locks.at(-1).dispatchEvent(new Event("release"));
}"""
REPAIR = """() => {
    window.works = true;
    window.neverBegins = window.neverEnds = window.refuses = false;
}"""
STOPPED, SILENT, SLEEPS = (
    "the system has stopped it",
    "The voice does not answer",
    "cannot be kept awake",
)


@pytest.mark.parametrize(
    ("script", "lines"),
    [
        (NOTHING_WORKS, ["No sound here", "No voice", SLEEPS, "This browser stores nothing"]),
        (SUSPENDED, [STOPPED]),
    ],
    ids=["all of it", "suspended sound"],
)
def test_missing_features_are_named_and_the_practice_plays_to_its_end(practise, script, lines):
    dialog = begin(practise(FAST, script, NO_WORKER, clock=True).page)
    for line in lines:
        expect(dialog.locator(".missing")).to_contain_text(line)
    run_to_the_end(dialog.page)


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


@pytest.mark.parametrize(("script", "line"), FAILING.values(), ids=list(FAILING))
def test_a_failing_feature_is_named_and_can_be_retried(practise, script, line):
    # A voice does not need the true time of a sound device: the test's clock drives it.
    scripts = (script, NO_SOUND, NO_WORKER) if line == SILENT else (script,)
    page = practise(1, *scripts, clock=line == SILENT).page
    dialog = begin(page)
    missing, left = dialog.locator(".missing"), dialog.locator(".countdown")
    if line == SILENT:
        page.clock.run_for(15_000)
    if script == SCREEN:
        page.wait_for_function("() => window.locks.length")
        page.evaluate(TAKE_THE_LOCK)
    expect(missing).to_contain_text(line)
    expect(left).not_to_have_text(left.text_content())
    expect_state(dialog, "running")
    expect(dialog.locator(".caption")).to_have_text(re.compile(FIRST, re.IGNORECASE))
    page.evaluate(REPAIR)
    missing.get_by_role("button", name="Try again").click()
    expect(missing).not_to_contain_text(line)
    expect(dialog.get_by_role("button", name="Pause")).to_be_focused()
    expect_state(dialog, "running")


def test_the_text_of_a_cue_is_visible_as_soon_as_the_voice_fails(practise):
    page = practise(1, VOICE_NEVER_BEGINS, NO_SOUND, NO_WORKER, clock=True).page
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    caption = begin(page).locator(".caption")
    page.clock.run_for(3000)
    expect(caption).to_have_text(re.compile("Get ready"))
    expect(caption).to_be_hidden()
    page.clock.run_for(3000)
    expect(caption).to_be_visible()


def test_a_sound_device_is_resumed_as_soon_as_the_system_allows_it(practise):
    page = practise(1, INTERRUPTED).page
    missing = begin(page).locator(".missing")
    expect(missing).to_contain_text(STOPPED)
    page.evaluate(REPAIR)
    expect(missing).not_to_contain_text(STOPPED)


@pytest.mark.parametrize("language", ["sv-SE", "en_US", "EN-GB"])
def test_only_an_english_voice_speaks_and_a_missing_one_is_named_before_the_start(
    practise, language
):
    speaks = language.lower().startswith("en")
    page = practise(10, VOICE.replace("en-GB", language)).page
    lines = page.locator(".mw-player .messages").inner_text()
    assert ("voice" in lines) is not speaks
    dialog = begin(page)
    wait_for_first_step(dialog)
    assert bool(page.evaluate("window.spoken")) is speaks
    expect(dialog.locator(".missing")).to_contain_text("" if speaks else "No English voice here")


@pytest.mark.parametrize(
    ("script", "line"),
    [
        (VOICE, "You should have heard"),
        (VOICE + CLOCK_STANDS_STILL, STOPPED),
        (VOICE_NEVER_BEGINS, SILENT),
    ],
    ids=["nothing", "sound", "voice"],
)
def test_sound_and_voice_can_be_tried_before_the_start(practise, script, line):
    page = practise(1, script).page
    page.locator("summary", has_text="Sound and light").click()
    page.get_by_role("button", name="Try sound and voice").click()
    expect(page.locator(".mw-player .sound-check")).to_contain_text(line)
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


def test_inaudible_sound_keeps_a_wireless_speaker_awake_from_before_the_first_chime(practise):
    page = practise(1, VOICE + RECORD_TONES).page
    dialog = begin(page)
    page.wait_for_function("() => window.tones.length > 1")
    (low, began), (high, chimed) = page.evaluate("window.tones")[:2]
    assert low < 100 < high
    assert chimed - began >= 1
    page.keyboard.press("Space")
    expect_state(dialog, "paused")
    assert "stopped" not in [each for each, _ in page.evaluate("window.tones")]


def test_the_screen_is_kept_awake_during_a_practice_and_released_after_it(practise):
    page = practise(5, SCREEN).page
    dialog = begin(page)
    page.wait_for_function("() => window.locks.length === 1")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("() => window.locks.length === 2")
    end_here(dialog)
    page.wait_for_function("() => window.released")


def test_sound_settings_are_stored(practise):
    host = practise(10, VOICE, NO_WORKER, clock=True)
    page = host.page
    voice, loud = page.get_by_label("Voice", exact=True), page.get_by_label("Beat: volume")
    page.locator("summary", has_text="Sound and light").click()
    voice.uncheck()
    loud.fill("75")
    host.reload()
    expect(voice).not_to_be_checked()
    expect(loud).to_have_value("75")
    dialog = begin(page)
    page.clock.run_for(5000)
    wait_for_first_step(dialog)
    assert page.evaluate("window.spoken") == []
    page.keyboard.press("Escape")
    dialog.get_by_text("Sound", exact=True).click()
    expect_state(dialog, "paused")
    dialog.get_by_label("Voice", exact=True).check()
    dialog.get_by_role("button", name="Go on").click()
    run_clock_until(page, lambda: page.evaluate("window.spoken.length"))
