"""What a practice does where voice, sound, screen or storage are missing, fail or come back."""

import re

import pytest
from playwright.sync_api import expect

from . import test_player
from .test_player import ASKED, FIRST, VOICE, begin, end_here, is_under_way, state

practices, practise = test_player.practices, test_player.practise  # fixtures

LACKING = {
    "all of it": (
        """
        window.AudioContext = undefined;
        Object.defineProperty(window, "speechSynthesis", { value: undefined });
        const lock = { request: async () => { throw new Error("no") } };
        Object.defineProperty(Navigator.prototype, "wakeLock", { get: () => lock });
        const set = Storage.prototype.setItem;
        Storage.prototype.setItem = function (name, value) {
            if (name.startsWith("massage-workbook")) throw new Error("full");
            set.call(this, name, value);
        };""",
        ["No sound here", "No voice", "cannot be kept awake", "This browser keeps nothing"],
    ),
    "what stopped": (
        """
        AudioContext.prototype.resume = async () => {};
        Object.defineProperty(AudioContext.prototype, "state", { get: () => "suspended" });""",
        ["the system has stopped it"],
    ),
}


@pytest.mark.parametrize(("lack", "lines"), LACKING.values(), ids=list(LACKING))
def test_whatever_is_missing_is_said_and_the_practice_goes_to_its_end(practise, lack, lines):
    page = practise(240, lack).page
    stage = begin(page)
    for line in lines:
        expect(stage.locator(".troubles")).to_contain_text(line)
    expect(stage.get_by_role("heading", name="Hands rest")).to_be_visible()
    expect(stage.locator(".kept")).to_have_text("Kept")


def test_without_a_sound_device_the_edge_lights_up(practise):
    silent = "window.AudioContext = class { constructor() { throw new Error('none') } }"
    page = practise(10, silent, reduced_motion="no-preference").page
    begin(page)
    page.wait_for_function("""() => {
        const edge = document.querySelector(".mw-player-dialog .edge.beat");
        return Number(edge.style.opacity) > 0.3;
    }""")


STANDS_STILL = """
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
        window.resumed = (window.resumed ?? 0) + 1;
        return window.mended ? resume.call(this) : Promise.reject(new DOMException("interrupted"));
    };"""
NOBODY_SPEAKS = f"{VOICE} window.dumb = true;"
NEVER_ENDS = f"{VOICE} window.endless = true;"
SCREEN = """
    window.locks = [];
    window.refused = false;
    Object.defineProperty(Navigator.prototype, "wakeLock", { get: () => ({
        request: async () => {
            if (window.refused) throw new Error("battery");
            const lock = Object.assign(new EventTarget(), { release: async () => {} });
            window.locks.push(lock);
            return lock;
        },
    }) });"""
TAKEN = """() => {
    window.refused = true;
    window.locks.at(-1).dispatchEvent(new Event("release"));
}"""
MENDED = "() => { window.mended = true; window.dumb = window.endless = window.refused = false; }"
FAILING = {
    "a sound clock that stands still": (STANDS_STILL, "the system has stopped it"),
    "a sound device that a call interrupts": (INTERRUPTED, "the system has stopped it"),
    "a voice that does not begin": (NOBODY_SPEAKS, "The voice does not answer"),
    "a voice that does not end": (NEVER_ENDS, "The voice does not answer"),
    "a screen that the battery puts to sleep": (SCREEN, "cannot be kept awake"),
}


@pytest.mark.parametrize(("lack", "line"), FAILING.values(), ids=list(FAILING))
def test_what_fails_in_a_practice_is_said_and_comes_back_by_one_press(practise, lack, line):
    page = practise(1, lack).page
    stage = begin(page)
    troubles = stage.locator(".troubles")
    if lack == SCREEN:
        page.wait_for_function("() => window.locks.length")
        page.evaluate(TAKEN)
    expect(troubles).to_contain_text(line)
    left = stage.locator(".left").text_content()
    expect(stage.locator(".left")).not_to_have_text(left)
    state(stage).to_have_attribute("data-state", "running")
    expect(stage.locator(".told")).to_have_text(re.compile(FIRST, re.IGNORECASE))
    if "voice" in line:  # what cannot be heard stands there
        expect(stage.locator(".told")).to_be_visible()
    page.evaluate(MENDED)
    troubles.get_by_role("button", name="Try again").click()
    expect(troubles).not_to_contain_text(line)
    expect(stage.get_by_role("button", name="Pause")).to_be_focused()
    state(stage).to_have_attribute("data-state", "running")


def test_a_sound_device_is_resumed_as_soon_as_the_system_allows_it(practise):
    page = practise(1, INTERRUPTED).page
    stage = begin(page)
    expect(stage.locator(".troubles")).to_contain_text("the system has stopped it")
    page.evaluate(MENDED)
    expect(stage.locator(".troubles")).not_to_contain_text("the system has stopped it")


@pytest.mark.parametrize(
    ("tongue", "says"),
    [("sv-SE", "No English voice here"), ("en_US", ""), ("EN-GB", "")],
)
def test_a_voice_in_another_language_alone_is_told_before_the_start_and_says_nothing(
    practise, tongue, says
):
    page = practise(10, VOICE.replace("en-GB", tongue)).page
    lines = page.locator(".mw-player .lines")
    if says:
        expect(lines).to_contain_text(says)
    else:
        expect(lines).not_to_contain_text("voice")
    stage = begin(page)
    is_under_way(stage)
    assert bool(page.evaluate("window.spoken")) is not bool(says)
    expect(stage.locator(".troubles")).to_contain_text(says)


@pytest.mark.parametrize(
    ("lack", "line"),
    [
        (VOICE, "You should have heard"),
        (VOICE + STANDS_STILL, "the system has stopped it"),
        (NOBODY_SPEAKS, "The voice does not answer"),
    ],
    ids=["nothing", "sound", "voice"],
)
def test_sound_and_voice_can_be_tried_before_the_start(practise, lack, line):
    page = practise(1, lack).page
    page.locator("summary", has_text="Sound and light").click()
    page.get_by_role("button", name="Try sound and voice").click()
    expect(page.locator(".mw-player .tried")).to_contain_text(line)
    expect(page.get_by_role("button", name=ASKED)).to_be_visible()


def test_a_wireless_speaker_is_awake_before_the_first_chime_and_stays_so_in_a_pause(practise):
    heard = """
        window.started = [];
        const start = AudioScheduledSourceNode.prototype.start;
        AudioScheduledSourceNode.prototype.start = function (at = this.context.currentTime) {
            window.started.push([this.frequency.value, at]);
            return start.call(this, at);
        };
        const stop = AudioScheduledSourceNode.prototype.stop;
        AudioScheduledSourceNode.prototype.stop = function (at) {
            if (this.frequency.value < 100) window.started.push(["stopped", at]);
            return stop.call(this, at);
        };"""
    page = practise(1, VOICE + heard).page
    stage = begin(page)
    page.wait_for_function("() => window.started.length > 1")
    (low, began), (high, chimed) = page.evaluate("window.started")[:2]
    assert low < 100 < high
    assert chimed - began >= 1
    page.keyboard.press("Space")
    state(stage).to_have_attribute("data-state", "paused")
    assert "stopped" not in [each for each, _ in page.evaluate("window.started")]


def test_the_screen_is_kept_awake_while_it_runs_and_let_go_afterwards(practise):
    counted = """
        window.locks = { asked: 0, released: 0 };
        Object.defineProperty(Navigator.prototype, "wakeLock", { get: () => ({
            request: async () => {
                window.locks.asked += 1;
                return { release: async () => { window.locks.released += 1 } };
            },
        }) });
    """
    page = practise(5, counted).page
    stage = begin(page)
    page.wait_for_function("() => window.locks.asked === 1")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("() => window.locks.asked === 2")
    end_here(stage)
    page.wait_for_function("() => window.locks.released >= 1")


def test_sound_is_chosen_with_its_volume_and_remembered(practise):
    bare = practise(10, VOICE)
    page = bare.page
    page.locator("summary", has_text="Sound and light").click()
    page.get_by_label("Voice", exact=True).uncheck()
    page.get_by_label("Beat: how loud").fill("75")
    bare.again()
    expect(page.get_by_label("Voice", exact=True)).not_to_be_checked()
    expect(page.get_by_label("Beat: how loud")).to_have_value("75")
    stage = begin(page)
    is_under_way(stage)
    assert page.evaluate("window.spoken") == []
    page.keyboard.press("Escape")
    stage.get_by_text("Sound", exact=True).click()
    state(stage).to_have_attribute("data-state", "paused")
    stage.get_by_label("Voice", exact=True).check()
    stage.get_by_role("button", name="Go on").click()
    page.wait_for_function("() => window.spoken.length > 0")
