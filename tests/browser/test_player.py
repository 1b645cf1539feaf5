"""A practice in the real page: with and without a kernel, a voice, a sound device, a storage."""

import json
import re
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import expect

from massage_workbook import tempo
from massage_workbook.safety.today import TodaysScreening
from massage_workbook.session import Plan, make_steps
from massage_workbook.session.cues import READY_SECONDS, session_cues
from massage_workbook.store import Progress
from massage_workbook.store.practices import Practices
from massage_workbook.views.practice import step_tour
from massage_workbook.widgets.bundle import bundle
from massage_workbook.widgets.player import Player

from ..shipped import COURSE
from .bare import bare_page
from .conftest import blank_page

WIDGETS = Path(__file__).parents[2] / "massage_workbook" / "widgets"
SCRIPTS = WIDGETS / "player"
ASKED = "We asked each other"
SHORT = next(each for each in COURSE.sessions if each.id == "neck-shoulders-14")
PLAN = Plan.of(SHORT, COURSE)
ROW = make_steps(PLAN, COURSE)
TOTAL = 720  # seconds of the session
TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
HAND = ".map svg path[style*='--mw-hand']"


@pytest.fixture
def practices(tmp_path):
    return Practices(Progress(tmp_path / "progress.sqlite", now()))


@pytest.fixture
def practise(browser, practices):
    """Show a practice that runs so many times as fast on a page without Jupyter."""
    with ExitStack() as pages:

        def practise(speed=1.0, *scripts, **options):
            shown = player(speed, practices)
            return pages.enter_context(bare_page(browser, shown, scripts=scripts, **options))

        yield practise


def player(speed, practices, ready=lambda: ("Your plan", PLAN)):
    """A practice that runs so many times as fast."""
    made = Player(COURSE, ready, TodaysScreening(COURSE, lambda _: None), practices, now)
    made.speed = speed
    return made


def now():
    return datetime.now(UTC)


def begin(page):
    page.get_by_label(ASKED).check()
    page.get_by_role("button", name="Start").click()
    return running(page)


def running(page):
    run = page.locator(".mw-player-dialog .run[data-state=running]")
    run.wait_for()
    return page.locator(".mw-player-dialog")


def stored(page):
    """The practices in the page's storage."""
    return page.evaluate("""() => Object.keys(localStorage)
        .filter(name => name.startsWith("massage-workbook.practice."))
        .map(name => JSON.parse(localStorage.getItem(name)))""")


def seconds_left(stage):
    minutes, seconds = stage.locator(".left").text_content().split(":")
    return 60 * int(minutes) + int(seconds)


# --- a whole practice ----------------------------------------------------------------------------


def test_a_practice_runs_to_its_end_and_is_kept_with_how_it_felt(practise, practices):
    page = practise(speed=240).page
    stage = begin(page)
    expect(stage.get_by_role("heading", name="Hands rest")).to_be_visible()
    expect(stage.locator(".kept")).to_have_text("Kept")
    [new] = practices.all()
    assert new.comfort is None

    stage.get_by_role("radio", name="8", exact=True).check()
    stage.get_by_text("Mark places").click()
    stage.get_by_label("Over the kidneys").check()
    stage.get_by_label("In your own words").fill("left heel")
    stage.get_by_label("A line for yourselves").fill("Warmer hands next time.")
    stage.get_by_role("button", name="Keep this too").click()
    expect(stage.locator(".kept")).to_have_text("Kept")
    page.wait_for_function("() => !Object.keys(localStorage).some(n => n.includes('.practice.'))")

    [felt] = practices.all()
    assert (felt.comfort, felt.spots) == (8, ("kidneys", "left heel"))
    assert felt.note == "Warmer hands next time."


def test_nothing_starts_before_both_have_asked_each_other(practise):
    page = practise().page
    start = page.get_by_role("button", name="Start")
    expect(start).to_be_disabled()
    link = page.locator(".mw-player").get_by_role("link", name="Is it safe?")
    expect(link).to_have_attribute("href", re.compile("01%20Is%20it%20safe"))
    page.get_by_label(ASKED).check()
    expect(start).to_be_enabled()


def test_who_looks_again_finds_the_plan_that_was_laid_ready_since(browser, practices):
    laid = ["20 minutes"]
    made = player(1, practices, lambda: (laid[-1], PLAN))
    with bare_page(browser, made) as bare:
        expect(bare.page.get_by_role("heading", name="20 minutes")).to_be_visible()
        laid.append("Our evening")
        look = bare.page.get_by_role("button", name="Look again")
        look.press("Enter")
        expect(bare.page.get_by_role("heading", name="Our evening")).to_be_visible()
        expect(look).to_be_focused()


def test_a_reloaded_page_offers_to_go_on_where_it_was(practise, practices):
    bare = practise(speed=10)
    page = bare.page
    stage = begin(page)
    page.wait_for_function(
        "() => document.querySelector('.mw-player-dialog .whole').textContent >= '0:10'"
    )
    bare.again()

    go = page.get_by_role("button", name=re.compile("Go on at 0:[1-9]"))
    go.click()
    expect(stage.locator(".run")).to_have_attribute("data-state", "paused")
    expect(stage.locator(".note")).to_contain_text("Tap anywhere")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="End here").click()
    expect(stage.locator(".kept")).to_have_text("Kept")
    [new] = practices.all()
    assert not new.finished
    assert new.seconds >= 8


def test_what_was_not_finished_can_be_ended_and_kept(practise, practices):
    bare = practise(speed=10)
    page = bare.page
    begin(page)
    page.wait_for_function(
        "() => document.querySelector('.mw-player-dialog .whole').textContent >= '0:10'"
    )
    bare.again()

    page.get_by_role("button", name="End it and keep what was practised").click()
    expect(page.locator(".mw-player .lines")).to_contain_text("Kept: “Your plan”")
    assert len(practices.all()) == 1
    assert stored(page) == []


def test_what_a_page_sends_twice_is_kept_once(practise, practices):
    """Two pages that both have it, as when a lesson is open in two tabs."""
    bare = practise(speed=240)
    page = bare.page
    stage = begin(page)
    page.evaluate("""() => {
        const remove = Storage.prototype.removeItem;
        Storage.prototype.removeItem = function (name) {
            if (!name.includes(".practice.")) remove.call(this, name);
        };
    }""")
    expect(stage.locator(".kept")).to_have_text("Kept")
    assert len(stored(page)) == 1
    bare.again()
    expect(page.locator(".mw-player .lines")).to_contain_text("Kept: “Your plan”")
    assert len(practices.all()) == 1


def test_where_nothing_was_practised_nothing_is_asked_that_would_be_lost(practise, practices):
    page = practise().page
    stage = begin(page)
    page.keyboard.press("Escape")
    stage.get_by_role("button", name="End here").click()
    expect(stage.locator(".kept")).to_have_text("Nothing was practised, so nothing is kept.")
    expect(stage.locator(".after").get_by_role("button")).to_have_text(["Done"])
    expect(stage.locator(".after").get_by_role("textbox")).to_have_count(0)
    assert practices.all() == []


# --- others at the same browser ------------------------------------------------------------------


@pytest.fixture
def learner(tmp_path, monkeypatch):
    """A learner by name, with a home, a history and a practice of their own."""

    def learner(name, speed=10):
        home = tmp_path / name
        monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(home))
        history = Practices(Progress(home / "progress.sqlite", now()))
        return player(speed, history), history

    return learner


def test_another_learner_at_the_same_browser_is_offered_nothing_and_keeps_nothing_of_it(
    browser, learner
):
    anna, hers = learner("anna")
    bert, his = learner("bert")
    with bare_page(browser, anna) as bare:
        page = bare.page
        begin(page)
        page.wait_for_function(
            "() => document.querySelector('.mw-player-dialog .whole').textContent >= '0:10'"
        )
        bare.open()
        over = [{**each, "id": "practice-" + "0" * 32, "over": True} for each in stored(page)]
        page.evaluate(
            """([key, record]) => localStorage.setItem(
                `massage-workbook.practice.${key}.${record.id}`, JSON.stringify(record))""",
            [anna.storage_key, *over],
        )

        bare.show(bert)
        expect(page.get_by_label(ASKED)).to_be_visible()
        expect(page.get_by_text("was not finished")).to_have_count(0)
        expect(page.locator(".mw-player .lines")).not_to_contain_text("Kept")
        stage = begin(page)
        page.keyboard.press("Escape")
        stage.get_by_role("button", name="End here").click()
        bare.open()
        assert his.all() == []
        assert len(stored(page)) == 2

        bare.show(anna)
        expect(page.locator(".mw-player .lines")).to_contain_text("Kept: “Your plan”")
        page.get_by_role("button", name="End it and keep what was practised").click()
        kept = page.locator(".mw-player .lines li", has_text="Kept: “Your plan”")
        expect(kept).to_have_count(2)
    assert len(hers.all()) == 2
    assert his.all() == []


def test_a_learner_s_name_in_the_browser_says_nothing_and_stays(learner):
    first, _ = learner("anna")
    again, _ = learner("anna")
    other, _ = learner("bert")
    assert re.fullmatch("[0-9a-f]{32}", first.storage_key)
    assert first.storage_key == again.storage_key != other.storage_key


def test_what_an_earlier_edition_left_without_a_name_is_removed_and_that_is_said(
    practise, practices
):
    bare = practise()
    leave(bare, 60, owner="")
    assert len(stored(bare.page)) == 1
    bare.again()
    page = bare.page
    expect(page.locator(".mw-player .lines")).to_contain_text("It has been removed")
    expect(page.get_by_text("was not finished")).to_have_count(0)
    assert stored(page) == []
    bare.again()
    expect(page.get_by_label(ASKED)).to_be_visible()
    expect(page.locator(".mw-player .lines")).not_to_contain_text("It has been removed")
    assert practices.all() == []


def test_without_a_name_of_its_own_a_practice_is_not_left_in_the_browser(browser, practices):
    made = player(240, practices)
    made.storage_key = ""
    with bare_page(browser, made) as bare:
        stage = begin(bare.page)
        expect(stage.locator(".troubles")).to_contain_text("This browser keeps nothing")
        expect(stage.locator(".kept")).to_have_text("Kept")
        assert stored(bare.page) == []
    assert len(practices.all()) == 1


# --- hands are oily ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def faster(browser, tmp_path_factory):
    """A page with a practice ten times as fast, for all tests of what hands do."""
    progress = Progress(tmp_path_factory.mktemp("faster") / "progress.sqlite", now())
    with bare_page(browser, player(10, Practices(progress))) as bare:
        yield bare.page


@pytest.fixture
def soon(faster):
    """A practice ten times as fast, in its first step."""
    stage = begin(faster)
    expect(stage.locator(".run h2")).to_have_text("Superficial stroking")
    yield faster, stage
    if stage.locator(".run").count():
        faster.keyboard.press("Escape")
        stage.get_by_role("button", name="End here").click()
    stage.get_by_role("button", name="Done").click()


def state(stage):
    return expect(stage.locator(".run"))


def wait_a_little(page):
    """Longer than a bouncing finger."""
    page.wait_for_function(
        "began => performance.now() > began + 350", arg=page.evaluate("performance.now()")
    )


def test_space_pauses_and_goes_on_wherever_the_focus_is(soon):
    page, stage = soon
    for focus in ("() => document.activeElement.blur()", "() => {}"):
        page.evaluate(focus)
        page.keyboard.press("Space")
        state(stage).to_have_attribute("data-state", "paused")
        left = seconds_left(stage)
        wait_a_little(page)
        assert seconds_left(stage) == left
        page.keyboard.press("Space")
        state(stage).to_have_attribute("data-state", "running")
        wait_a_little(page)


def test_a_tap_anywhere_pauses_and_goes_on(soon):
    page, stage = soon
    for place in ({"x": 200, "y": 300}, {"x": 900, "y": 300}):
        page.locator(".mw-player-dialog .stage").click(position=place)
        state(stage).to_have_attribute("data-state", "paused")
        wait_a_little(page)
        page.locator(".mw-player-dialog .stage").click(position=place)
        state(stage).to_have_attribute("data-state", "running")
        wait_a_little(page)


def test_a_finger_that_bounces_taps_once(soon):
    page, stage = soon
    page.locator(".mw-player-dialog .stage").dblclick(position={"x": 200, "y": 300})
    state(stage).to_have_attribute("data-state", "paused")


def test_back_leads_to_the_beginning_of_the_step(soon):
    page, stage = soon
    page.wait_for_function(
        "() => document.querySelector('.mw-player-dialog .whole').textContent >= '0:12'"
    )
    stage.get_by_role("button", name="Back a step").click()
    assert seconds_left(stage) > ROW[0].seconds - 8
    state(stage).to_have_attribute("data-state", "running")
    expect(stage.get_by_role("button", name="Pause")).to_be_focused()


def test_something_is_wrong_stops_everything_and_says_what_to_do_emergencies_first(soon):
    page, stage = soon
    stage.get_by_role("button", name="something is wrong").click()
    expect(stage.get_by_role("heading", name="Hands off")).to_be_focused()
    first = stage.locator("section").first
    expect(first).to_contain_text("Call your local emergency number now")
    expect(first).to_contain_text("A drooping face")
    expect(stage).to_contain_text("The person says stop")
    whole = stored(page)[0]["position"]
    page.keyboard.press("Space")  # a hand that still taps changes nothing
    page.locator(".mw-player-dialog .stage").click(position={"x": 5, "y": 400})
    wait_a_little(page)
    assert stored(page)[0]["position"] == whole

    stage.get_by_role("button", name="It is all right, go on").click()
    state(stage).to_have_attribute("data-state", "running")
    stage.get_by_role("button", name="something is wrong").click()
    stage.get_by_role("button", name="End here").click()
    expect(stage.get_by_role("heading", name="Ended here")).to_be_visible()


def test_escape_pauses_and_loses_nothing_however_often(soon):
    page, stage = soon
    for _ in range(4):
        page.keyboard.press("Escape")
    state(stage).to_have_attribute("data-state", "paused")
    assert page.evaluate("document.querySelector('.mw-player-dialog').open")


def test_the_hands_move_along_their_strokes_and_stand_still_in_a_pause(practise):
    page = practise(10, reduced_motion="no-preference").page
    stage = begin(page)
    expect(stage.locator(".run h2")).to_have_text("Superficial stroking")
    hand = stage.locator(HAND).first
    before = hand.get_attribute("transform")
    expect(hand).not_to_have_attribute("transform", before)
    page.keyboard.press("Space")
    state(stage).to_have_attribute("data-state", "paused")
    still = hand.get_attribute("transform")
    wait_a_little(page)
    expect(hand).to_have_attribute("transform", still)


def resumed(bare, at):
    """A practice that was left so many seconds after its first step began, gone on with."""
    leave(bare, at)
    bare.again()
    bare.page.get_by_role("button", name="Go on at").click()
    return bare.page.locator(".mw-player-dialog")


def leave(bare, at, owner=None):
    """Leave a practice in the browser, of the learner whose place there has this name."""
    shown = bare._shown[0]
    session, owner = shown.session, f"{shown.storage_key}." if owner is None else owner
    bare.page.evaluate(LEAVE, [session["key"], session["title"], session["total"], at, owner])


LEAVE = """([key, plan, planned, position, owner]) => {
    const id = "practice-0f8fad5b-d9cb-469f-a165-70867728950e";
    const record = { id, key, plan, planned, position, at: new Date().toISOString(), done: {},
        over: false, finished: false, feeling: null, revision: 0 };
    localStorage.setItem(`massage-workbook.practice.${owner}${id}`, JSON.stringify(record));
}"""


@pytest.mark.parametrize(
    ("passes", "says", "force"),
    [
        (
            None,
            "Two short flat strokes where the hands are. Ask how it feels.",
            "Behind the person who sits",
        ),
        (1.2, "Pass 2 of", "Force"),
        (-0.5, ", the last", "Force"),
    ],
)
def test_the_pass_the_force_here_and_what_comes_before_are_in_sight(practise, passes, says, force):
    step = ROW[1]
    into = 1 if passes is None else step.lead + passes % step.passes * step.pass_seconds
    stage = resumed(practise(), step.start + into)
    expect(stage.locator(".pass")).to_contain_text(says)
    expect(stage.locator(".force")).to_contain_text(force)


# --- what a browser may lack ---------------------------------------------------------------------

VOICE = """
window.spoken = [];
const voice = { lang: "en-GB", name: "Stub", default: true, localService: true, voiceURI: "stub" };
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
    speaking: false, pending: false,
    getVoices: () => [voice],
    speak: said => {
        window.spoken.push([performance.now(), said.text, said.volume]);
        if (window.dumb) return;
        window.speechSynthesis.speaking = true;
        said.onstart?.();
        if (window.endless) return;
        window.speechSynthesis.speaking = false;
        said.onend?.();
    },
    cancel: () => (window.speechSynthesis.speaking = false),
    addEventListener: () => {},
} });
"""


def test_what_is_said_and_when(practise):
    page = practise(40, VOICE).page
    stage = begin(page)
    page.wait_for_function("() => window.spoken.length >= 6")
    spoken = page.evaluate("window.spoken")
    wanted = [(cue.at, cue.say) for cue in session_cues(ROW, COURSE) if cue.say]
    assert [text for _, text, _ in spoken] == [text for _, text in wanted[: len(spoken)]]
    # Milliseconds since the first; the session runs 40 times as fast.
    late = [
        (when - spoken[0][0]) - 25 * (at + READY_SECONDS)
        for (when, *_), (at, _) in zip(spoken, wanted, strict=False)
    ]
    assert max(map(abs, late)) <= 250  # on a machine that does other things as well
    assert {volume for *_, volume in spoken} == {0.8}
    expect(stage.locator(".troubles")).not_to_contain_text("No voice")


def test_without_a_sound_device_the_edge_lights_up_and_the_page_says_so(practise):
    silent = "window.AudioContext = class { constructor() { throw new Error('none') } }"
    page = practise(10, silent, reduced_motion="no-preference").page
    stage = begin(page)
    expect(stage.locator(".troubles")).to_contain_text("No sound here")
    expect(stage.locator(".run h2")).to_have_text("Collar stroking, seated", timeout=20_000)
    lit = page.wait_for_function("""() => {
        const edge = document.querySelector(".mw-player-dialog .edge.beat");
        return Number(edge.style.opacity) > 0.3;
    }""")
    assert lit
    assert seconds_left(stage) <= 240


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
    left = seconds_left(stage)
    page.wait_for_function(
        "left => document.querySelector('.mw-player-dialog .left').textContent !== left",
        arg=stage.locator(".left").text_content(),
    )
    state(stage).to_have_attribute("data-state", "running")
    assert seconds_left(stage) < left or stage.locator(".run h2").text_content() != "Get ready"
    said = {cue.say for cue in session_cues(ROW, COURSE)}
    assert stage.locator(".message").text_content() in said

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
    page = practise(40, VOICE.replace("en-GB", tongue)).page
    lines = page.locator(".mw-player .lines")
    if says:
        expect(lines).to_contain_text(says)
    else:
        expect(lines).not_to_contain_text("voice")
    stage = begin(page)
    expect(stage.locator(".run h2")).to_have_text("Superficial stroking")
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
    expect(page.get_by_label(ASKED)).not_to_be_checked()


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
    page.keyboard.press("Escape")
    stage.get_by_role("button", name="End here").click()
    page.wait_for_function("() => window.locks.released >= 1")


def test_sound_is_chosen_with_its_volume_and_remembered(practise):
    bare = practise(120, VOICE)
    page = bare.page
    page.locator("summary", has_text="Sound and light").click()
    page.get_by_label("Voice", exact=True).uncheck()
    page.get_by_label("Beat: how loud").fill("75")
    bare.again()
    expect(page.get_by_label("Voice", exact=True)).not_to_be_checked()
    expect(page.get_by_label("Beat: how loud")).to_have_value("75")
    stage = begin(page)
    expect(stage.locator(".run h2")).to_have_text("Superficial stroking")
    assert page.evaluate("window.spoken") == []
    stage.get_by_text("Sound", exact=True).click()
    state(stage).to_have_attribute("data-state", "running")
    stage.get_by_label("Voice", exact=True).check()
    page.wait_for_function("() => window.spoken.length > 0")


def test_less_motion_moves_hands_from_stop_to_stop_and_marks_the_beat_without_fading(practise):
    page = practise(10).page
    stage = begin(page)
    expect(stage.locator(".run h2")).to_have_text("Superficial stroking", timeout=20_000)
    tour = step_tour(ROW[0], TECHNIQUES[ROW[0].technique], COURSE.zones)
    stops = {tuple(leg["places"]["right"][0]) for leg in tour["legs"]}
    seen, places = set(), set()
    for _ in range(20):
        seen |= set(
            stage.locator(".ring .beat").evaluate_all("all => all.map(e => e.style.opacity)")
        )
        x, y = re.findall(r"[\d.]+", stage.locator(HAND).first.get_attribute("transform"))[:2]
        places.add((float(x), float(y)))
    assert seen <= {"1", "0.2", "0"}
    assert stage.locator(".edge.beat").evaluate("e => e.style.opacity") == "0"
    assert places <= stops


# --- for everybody -------------------------------------------------------------------------------


def test_axe_finds_nothing_on_any_of_the_pages(practise):
    bare = practise(10)
    bare.page.get_by_text("steps", exact=False).locator("visible=true").first.wait_for()
    bare.axe_finds_nothing(".mw-player")
    stage = begin(bare.page)
    expect(stage.locator(".run h2")).to_have_text("Superficial stroking")
    bare.axe_finds_nothing(".mw-player-dialog")
    bare.page.keyboard.press("Space")
    state(stage).to_have_attribute("data-state", "paused")
    bare.axe_finds_nothing(".mw-player-dialog")
    stage.get_by_role("button", name="something is wrong").click()
    bare.axe_finds_nothing(".mw-player-dialog")
    stage.get_by_role("button", name="End here").click()
    stage.get_by_text("Mark places").click()
    bare.axe_finds_nothing(".mw-player-dialog")


def test_a_narrow_page_loses_nothing(practise):
    page = practise(10, viewport={"width": 320, "height": 640}).page
    lost_nothing(page, ".mw-player")
    stage = begin(page)
    expect(stage.locator(".run h2")).to_have_text("Superficial stroking")
    lost_nothing(page, ".mw-player-dialog .stage")
    stage.get_by_role("button", name="something is wrong").click()
    lost_nothing(page, ".mw-player-dialog .stage")
    stage.get_by_role("button", name="End here").click()
    stage.get_by_text("Mark places").click()
    lost_nothing(page, ".mw-player-dialog .stage")


def lost_nothing(page, what):
    """Nothing reaches beyond the right edge, and every button is there."""
    wide = page.locator(what).evaluate("""element => [...element.querySelectorAll("*")]
        .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
        .map(each => each.outerHTML.slice(0, 80))""")
    assert wide == []
    pressed = page.locator(what).locator("button, summary")
    small = pressed.evaluate_all("""all => all.filter(each => each.checkVisibility())
        .map(each => each.getBoundingClientRect())
        .filter(({ width, height }) => width < 24 || height < 24).length""")
    assert small == 0
    assert page.locator(what).evaluate("e => e.scrollWidth <= e.clientWidth")


# --- the time of a session, on a clock of our own ------------------------------------------------

SESSION = {
    "total": 120,
    "ready": 10,
    "steps": [
        {"technique": "a", "start": 0, "seconds": 40},
        {"technique": "b", "start": 40, "seconds": 60},
        {"technique": "a", "start": 100, "seconds": 20},
    ],
    "beats": [[0, 0.8, 40, 4], [40, 1.5, 100, 1]],
    "cues": [
        {"at": at, "say": say, "sound": "chime", "kind": "begin"}
        for at, say in [(-10, "ready"), (0, "one"), (30, "soon"), (40, "two"), (70, ""),
                        (100, "three"), (120, "end")]
    ],
}  # fmt: skip
FAKE = """session => {
    window.at = 100;
    window.log = { cues: [], beats: [], away: [], over: 0 };
    const on = {
        cue: (cue, speaks) => log.cues.push([cue.at, window.at - window.began, speaks]),
        beat: (beat, when, strong) => log.beats.push([beat, when - window.began, strong]),
        away: minutes => log.away.push(minutes),
        over: () => (log.over += 1),
    };
    const done = {};
    window.run = core.conduct(session, { now: () => window.at }, on, { from: -10, done });
    window.begin = () => { window.began = window.at + 10; run.goOn() };
    window.go = (seconds, each = 0.025, ahead = 0.12) => {
        const until = window.at + seconds;
        while (window.at < until - 1e-9) {
            window.at = Math.min(until, window.at + each);
            run.tick(ahead);
        }
    };
    window.freeze = seconds => { window.at += seconds; run.tick(0.12) };
}"""


@pytest.fixture(scope="module")
def blank(browser):
    with blank_page(browser) as page:
        yield page


@pytest.fixture
def core(blank):
    """The timing of the player alone, on a session of two minutes and a clock of our own."""
    blank.goto("about:blank")
    blank.evaluate(
        """async text => {
            const made = new Blob([text], { type: "text/javascript" });
            window.core = await import(URL.createObjectURL(made));
        }""",
        bundle(SCRIPTS / "timing.js"),
    )
    blank.evaluate(FAKE, SESSION)
    return blank


def test_every_cue_comes_once_in_order_and_at_its_time(core):
    log = core.evaluate("() => { begin(); go(140); return log }")
    assert [at for at, *_ in log["cues"]] == [cue["at"] for cue in SESSION["cues"]]
    assert all(0 <= seen - at <= 0.026 for at, seen, _ in log["cues"])
    assert [speaks for *_, speaks in log["cues"]] == [bool(c["say"]) for c in SESSION["cues"]]
    assert log["over"] == 1


def test_every_beat_is_given_once_and_ahead_of_its_time(core):
    log = core.evaluate("() => { begin(); go(140); return log }")
    first = [0.8 * k for k in range(50)]
    second = [40 + 1.5 * k for k in range(40)]
    assert [beat for beat, *_ in log["beats"]] == pytest.approx([*first, *second])
    assert all(when == pytest.approx(beat) for beat, when, _ in log["beats"])
    strong = [beat for beat, _, strong in log["beats"] if strong]
    assert strong == pytest.approx(first[::4])


@pytest.mark.parametrize(
    ("into", "phase", "number"),
    [(0, "before", 0), (9.9, "before", 0), (10, "pass", 1), (35, "pass", 2), (70.5, "rest", 3)],
)
def test_a_step_knows_which_pass_it_is_in(core, into, phase, number):
    step = {"lead": 10, "passes": 3, "pass_seconds": 20}
    found = core.evaluate("([step, into]) => core.passAt(step, into)", [step, into])
    assert (found["phase"], found["number"]) == (phase, number)


def test_a_blocked_page_makes_beats_no_earlier_or_later_than_they_are(core):
    log = core.evaluate("""() => {
        begin();
        for (let i = 0; i < 400; i += 1) go(0.3, i % 7 ? 0.025 : 0.29);
        return log;
    }""")
    grid = [beat for beat, *_ in log["beats"]]
    assert grid == sorted(set(grid))
    assert all(when == pytest.approx(beat) for beat, when, _ in log["beats"])


def test_a_page_that_stood_still_for_a_minute_is_where_the_time_is_and_piles_nothing_up(core):
    """From 25 to 85 three cues went by; they are left out, and the time counts as practised."""
    seen = core.evaluate("""() => {
        begin(); go(35); log.cues.length = 0;
        freeze(60);
        return { at: run.time(), cues: [...log.cues], running: run.running, done: run.done };
    }""")
    assert seen["at"] == pytest.approx(85)
    assert seen["cues"] == []
    assert seen["running"]
    assert seen["done"] == pytest.approx({"a": 40, "b": 45})


def test_of_several_cues_that_are_hardly_late_only_the_last_is_said(core):
    seen = core.evaluate("""() => {
        const cues = [{ at: 1, say: "x" }, { at: 1.5, say: "y" }, { at: 1.6, say: "" }];
        return [core.dueCues(cues, 0, 2), core.dueCues(cues, 0, 3.2), core.dueCues(cues, 2, 3)];
    }""")
    assert [cue["at"] for cue in seen[0]["cues"]] == [1, 1.5, 1.6]
    assert seen[0]["speaks"]["say"] == "y"
    assert (seen[1]["skipped"], [cue["at"] for cue in seen[1]["cues"]]) == (1, [1.5, 1.6])
    assert seen[2]["cues"] == []


def test_a_page_that_stood_still_for_long_waits_where_it_was(core):
    seen = core.evaluate("""() => {
        begin(); go(35);
        freeze(600);
        return { at: run.time(), running: run.running, away: log.away, done: run.done };
    }""")
    assert seen["at"] == pytest.approx(25, abs=0.03)
    assert not seen["running"]
    assert seen["away"] == [10]
    assert seen["done"]["a"] == pytest.approx(25, abs=0.03)


def test_a_pause_takes_no_time_and_says_nothing_twice(core):
    seen = core.evaluate("""() => {
        begin(); go(15.5); run.pause();
        const at = run.time(); window.at += 1000;
        run.goOn(); window.began = window.at - at; log.beats.length = 0; go(10);
        return { at, then: run.time(), cues: log.cues.map(([at]) => at), beats: log.beats };
    }""")
    assert seen["at"] == pytest.approx(5.5)
    assert seen["then"] == pytest.approx(15.5)
    assert seen["cues"] == [-10, 0]
    assert seen["beats"][0][0] == pytest.approx(5.6)
    assert all(when == pytest.approx(beat) for beat, when, _ in seen["beats"])


def test_a_step_gone_back_to_is_announced_again_and_counts_again(core):
    seen = core.evaluate("""() => {
        begin(); go(60); run.goTo(40); run.goOn(); go(5);
        return { at: run.time(), cues: log.cues.map(([at]) => at), done: run.done };
    }""")
    assert seen["at"] == pytest.approx(45)
    assert seen["cues"] == [-10, 0, 30, 40, 40]
    assert seen["done"] == pytest.approx({"a": 40, "b": 15})


def test_a_position_is_found_in_every_phase(core):
    seen = core.evaluate(
        "session => [-3, 0, 39.9, 40, 119, 120].map(t => core.positionAt(session, t))", SESSION
    )
    phases = [(each["phase"], each["index"]) for each in seen]
    assert phases == [("ready", 0), ("step", 0), ("step", 0), ("step", 1), ("step", 2), ("over", 2)]
    assert [round(each["left"], 1) for each in seen] == [3, 40, 0.1, 60, 1, 0]


CLOCK = """() => {
    window.time = { audio: null, steady: 1000, wall: 5e9 };
    window.clock = core.makeClock({
        audio: () => time.audio, steady: () => time.steady, wall: () => time.wall,
    });
    // The true time passes, the sound device's is off by so many parts in a million.
    window.pass = (seconds, { audio = 1, steady = 1, wall = 1, each = 0.05 } = {}) => {
        const before = clock.now();
        let worst = 0, last = before;
        for (let t = 0; t < seconds - 1e-9; t += each) {
            const dt = Math.min(each, seconds - t);
            if (time.audio !== null) time.audio += dt * audio;
            time.steady += dt * steady;
            time.wall += dt * wall;
            const now = clock.now();
            worst = Math.max(worst, last - now);
            last = now;
        }
        return { passed: last - before, backwards: worst, source: clock.source };
    };
}"""


@pytest.fixture
def clock(core):
    core.evaluate(CLOCK)
    return core


@pytest.fixture
def watched(core):
    """Whether a sound device runs, at some moments: its state, its time and the true one."""

    def watched(*moments):
        return core.evaluate(
            "moments => { const runs = core.watchSound(); return moments.map(m => runs(...m)) }",
            [list(each) for each in moments],
        )

    return watched


@pytest.mark.parametrize("state", ["suspended", "interrupted", "closed", "running"])
def test_a_sound_device_that_stops_is_found_out_within_three_seconds_and_so_is_its_return(
    watched, state
):
    moments = [("running", at / 10, at / 10) for at in range(20)]
    stopped = [(state, 1.9, 2 + at / 10) for at in range(31)]
    again = [("running", 2 + at / 10, 6 + at / 10) for at in range(3)]
    seen = watched(*moments, *stopped, *again)
    assert all(seen[:20])
    assert seen[20]  # a moment is no stop
    assert not any(seen[40:51])
    assert all(seen[51:])


def test_a_page_that_stood_still_is_no_sound_device_that_did(watched):
    assert watched(("running", 1, 1), ("running", 60, 60)) == [True, True]


@pytest.fixture
def voice(core):
    """What a voice is found to be after some events, each a name with its arguments."""

    def voice(*events):
        return core.evaluate(
            """events => {
                const voice = core.watchVoice();
                return events.map(([name, ...rest]) => voice[name](...rest)).at(-1);
            }""",
            [list(each) for each in events],
        )

    return voice


TEXT = "Slowly, with both hands"


def test_a_voice_that_does_not_begin_is_found_out_within_three_seconds(voice):
    assert not voice(("isStuck", 9, True))
    assert not voice(("given", TEXT, 0), ("isStuck", 2, False))
    assert voice(("given", TEXT, 0), ("isStuck", 2.9, False))
    assert voice(("given", TEXT, 0), ("isStuck", 2.9, True))


def test_a_voice_that_does_not_end_is_found_out_within_three_seconds_of_when_it_should(voice):
    given, began, long = ("given", TEXT, 0), ("began", 1), 0.09 * len(TEXT)
    assert not voice(given, began, ("isStuck", 1 + long, True))
    assert voice(given, began, ("isStuck", 1 + long + 2.9, True))
    assert not voice(given, began, ("isStuck", 60, False))  # its end was not told
    assert not voice(given, began, ("ended",), ("isStuck", 60, True))
    assert not voice(given, began, ("given", TEXT, 50), ("isStuck", 51, True))


def test_without_a_sound_device_the_computer_s_clock_counts(clock):
    seen = clock.evaluate("() => pass(60)")
    assert seen == {"passed": pytest.approx(60), "backwards": 0, "source": "steady"}


def test_a_sound_device_that_starts_is_followed_and_one_that_stops_is_left(clock):
    seen = clock.evaluate("""() => {
        const before = pass(1);
        time.audio = 0.01;
        const first = pass(30, { audio: 1.00005 });
        const stopped = pass(60, { audio: 0 });
        const again = pass(60, { audio: 1 });
        return [before, first, stopped, again];
    }""")
    assert [each["source"] for each in seen] == ["steady", "audio", "steady", "steady"]
    assert [each["passed"] for each in seen] == pytest.approx([1, 30, 60, 60], abs=0.06)
    assert all(each["backwards"] == 0 for each in seen)


@pytest.mark.parametrize("rate", [0.99995, 1, 1.00005])
def test_an_hour_stays_an_hour_with_a_device_as_they_are(clock, rate):
    seen = clock.evaluate(
        "rate => { time.audio = 3; return pass(3600, { audio: rate, each: 0.1 }) }", rate
    )
    assert seen["source"] == "audio"
    assert abs(seen["passed"] - 3600) <= 0.25


def test_a_computer_that_slept_finds_the_time_as_it_is(clock):
    """With the lid closed both clocks stand still; only the date goes on."""
    seen = clock.evaluate("""() => {
        time.audio = 3;
        pass(10);
        const before = clock.now();
        time.wall += 60;
        pass(10);
        return [clock.now() - before, clock.source];
    }""")
    assert seen == [pytest.approx(70, abs=0.1), "audio"]


def test_a_date_that_is_set_back_or_a_little_ahead_changes_nothing(clock):
    seen = clock.evaluate("""() => {
        time.audio = 3; pass(10);
        time.wall -= 3600;
        const back = pass(10);
        time.wall += 1.5;
        return [back.passed, pass(10).passed];
    }""")
    assert seen == pytest.approx([10, 10], abs=0.01)


def test_the_script_names_no_massage_of_its_own():
    """Words about hands, zones and signs come from the course."""
    texts = [path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.js")]
    said = json.dumps(re.findall(r'"[^"\n]*"', "\n".join(texts).lower()))
    assert not re.search("kidney|spine|emergency number|rubbing|kneading", said)


# --- the tempo trainer ---------------------------------------------------------------------------

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
    bare_trainer.page.set_viewport_size({"width": 320, "height": 640})
    lost_nothing(bare_trainer.page, ".mw-tempo")
