"""A practice in the real page: with and without a kernel, a voice, a sound device, a storage."""

import json
import re
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import expect

from massage_workbook.safety.screening import Decision
from massage_workbook.safety.today import TodaysScreening
from massage_workbook.session import Plan, make_steps
from massage_workbook.session.cues import READY_SECONDS, session_cues
from massage_workbook.store import Progress
from massage_workbook.store.practices import Practices
from massage_workbook.views.practice import step_tour
from massage_workbook.widgets.player import Player

from ..shipped import COURSE
from .bare import bare_page

SCRIPTS = Path(__file__).parents[2] / "massage_workbook" / "widgets" / "player"
ASKED = "We asked each other"
SESSIONS = {each.id: each for each in COURSE.sessions}
PLAN = Plan.of(SESSIONS["neck-shoulders-14"], COURSE)
ROW = make_steps(PLAN, COURSE)
TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
FIRST, SECOND = (TECHNIQUES[step.technique].names.english for step in ROW[:2])
HAND = ".map svg path[style*='--mw-hand']"
A_TAP = 400  # milliseconds: longer than a bouncing finger


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
AWAKE = """
Object.defineProperty(Navigator.prototype, "wakeLock", { get: () => ({
    request: async () => Object.assign(new EventTarget(), { release: async () => {} }),
}) });"""


@pytest.fixture
def practices(tmp_path):
    return Practices(Progress(tmp_path / "progress.sqlite", now()))


@pytest.fixture
def practise(browser, practices):
    """Show a practice that runs so many times as fast on a page without Jupyter."""
    with ExitStack() as pages:

        def practise(speed=1.0, *scripts, plan=PLAN, **options):
            shown = player(speed, practices, lambda: ("Your plan", plan))
            return pages.enter_context(bare_page(browser, shown, scripts=scripts, **options))

        yield practise


def player(speed, practices, ready=lambda: ("Your plan", PLAN), decision=None):
    """A practice that runs so many times as fast."""
    today = TodaysScreening(COURSE, lambda _: None)
    if decision:
        today.decision = lambda _: decision
    made = Player(COURSE, ready, today, practices, now)
    made.speed = speed
    return made


def now():
    return datetime.now(UTC)


def begin(page):
    page.get_by_role("button", name="Start").click()
    return running(page)


def running(page):
    page.locator(".mw-player-dialog .run[data-state=running]").wait_for()
    return page.locator(".mw-player-dialog")


def until_second(page, second):
    """Wait until so many seconds of the session have passed."""
    page.wait_for_function(
        "at => document.querySelector('.mw-player-dialog .bar').ariaValueNow >= at", arg=second
    )


def is_under_way(stage):
    """Wait until the first step has begun."""
    expect(stage.locator(".run h2")).not_to_contain_text("Get ready")


def state(stage):
    return expect(stage.locator(".run"))


def press(stage, name):
    """Press a button as a hand does that does not bounce: the clock of the page goes on first."""
    stage.page.clock.fast_forward(A_TAP)
    stage.get_by_role("button", name=name).click()


def end_here(stage):
    stage.page.keyboard.press("Escape")
    stage.get_by_role("button", name="End here").click()


def stored(page):
    """The practices in the page's storage."""
    return page.evaluate("""() => Object.keys(localStorage)
        .filter(name => name.startsWith("massage-workbook.practice."))
        .map(name => JSON.parse(localStorage.getItem(name)))""")


def seconds_left(stage):
    minutes, seconds = stage.locator(".left").text_content().split(":")
    return 60 * int(minutes) + int(seconds)


# --- a whole practice ----------------------------------------------------------------------------

NO_WORKER = "delete window.Worker;"
"""Then the practice ticks on the page's own timer, which the test's clock drives."""
STEPS = """() => {
    window.steps = [];
    const name = document.querySelector(".run h2"), side = document.querySelector(".run .side");
    const note = () => {
        const shown = `${name.textContent}, ${side.textContent}`;
        if (shown !== window.steps.at(-1)?.[1]) window.steps.push([performance.now(), shown]);
    };
    new MutationObserver(note).observe(document.querySelector(".what"),
        { subtree: true, characterData: true, childList: true });
}"""


@pytest.mark.parametrize("session", ["first-try-15", "neck-shoulders-14"])
def test_a_practice_runs_to_its_end_says_little_and_hurries_nobody(practise, practices, session):
    plan, speed = Plan.of(SESSIONS[session], COURSE), 20
    row = make_steps(plan, COURSE)
    bare = practise(speed, VOICE, NO_WORKER, plan=plan)
    page = bare.page
    page.clock.install()
    bare.again()
    stage = begin(page)
    page.evaluate(STEPS)
    page.clock.run_for(1000 * (plan.total + READY_SECONDS) / speed + 2000)
    expect(stage.get_by_role("heading", name="Hands rest")).to_be_visible()
    expect(stage.locator(".kept")).to_have_text("Kept")
    expect(stage.locator(".lead")).to_have_text(
        f"You gave the whole massage, {plan.total // 60}:00 minutes."
    )
    expect(stage.locator(".after").get_by_role("link")).to_have_count(1)

    spoken = [[when * speed / 1000, text] for when, text, _ in page.evaluate("window.spoken")]
    wanted = [cue for cue in session_cues(row, COURSE) if cue.say]
    assert [text for _, text in spoken] == [cue.say for cue in wanted]
    since = spoken[0][0] + READY_SECONDS
    assert [at - since for at, _ in spoken] == pytest.approx([cue.at for cue in wanted], abs=1)
    assert all(
        last - first >= 59 for (first, _), (last, _) in zip(spoken, spoken[2:], strict=False)
    )
    steps = [when * speed / 1000 for when, _ in page.evaluate("window.steps")]
    assert len(steps) == len(row)
    assert all(two - one >= 20 for one, two in pairwise(steps))
    [new] = practices.all()
    assert new.finished
    assert new.seconds == pytest.approx(plan.total, abs=1)


def test_how_it_felt_is_kept_with_it(practise, practices):
    page = practise(speed=240).page
    stage = begin(page)
    expect(stage.locator(".kept")).to_have_text("Kept")
    [new] = practices.all()
    assert new.comfort is None
    stage.get_by_role("radio", name="8", exact=True).check()
    stage.get_by_text("Mark places").click()
    stage.get_by_label("Over the kidneys").check()
    stage.get_by_label("In your own words").fill("left heel")
    stage.get_by_label("A line for yourselves").fill("Warmer hands next time.")
    stage.get_by_role("button", name="Keep this too").click()
    page.wait_for_function("() => !Object.keys(localStorage).some(n => n.includes('.practice.'))")
    [felt] = practices.all()
    assert (felt.comfort, felt.spots) == (8, ("kidneys", "left heel"))
    assert felt.note == "Warmer hands next time."


def test_nothing_starts_before_both_have_asked_each_other(practise):
    page = practise().page
    starts = page.get_by_role("button", name="start")
    expect(starts).to_have_accessible_name(re.compile(f"^{ASKED}.*: start$"))
    link = page.locator(".mw-player").get_by_role("link", name="Is it safe?")
    expect(link).to_have_attribute("href", re.compile("01%20Is%20it%20safe"))


WISH = "sessionStorage.setItem('massage-workbook.begin', Date.now())"
"""What a link to the practice leaves behind."""


def test_a_link_to_the_practice_begins_it_once_where_both_have_asked(browser, practices):
    made = player(1, practices, decision=Decision("go"))
    with bare_page(browser, made) as bare:
        bare.page.evaluate(WISH)
        bare.again()
        stage = running(bare.page)
        expect(stage.locator("h2")).to_have_text(f"Get ready: {FIRST.lower()}")
        bare.again()
        expect(bare.page.get_by_role("button", name="Start")).to_be_enabled()
        expect(stage).to_have_count(0)


def test_a_link_to_the_practice_asks_first_where_nobody_has(practise):
    bare = practise()
    bare.page.evaluate(WISH)
    bare.again()
    expect(bare.page.get_by_role("button", name=ASKED)).to_be_in_viewport()
    expect(bare.page.locator(".mw-player-dialog")).to_have_count(0)
    assert bare.page.evaluate("sessionStorage.length") == 0


def test_who_looks_again_finds_the_plan_that_was_laid_ready_since(browser, practices):
    laid = ["20 minutes"]
    made = player(1, practices, lambda: (laid[-1], PLAN))
    with bare_page(browser, made) as bare:
        expect(bare.page.get_by_role("heading", name="20 minutes")).to_be_visible()
        laid.append("Our evening")
        look = bare.page.get_by_role("button", name="Refresh")
        look.press("Enter")
        expect(bare.page.get_by_role("heading", name="Our evening")).to_be_visible()
        expect(look).to_be_focused()


LEAVES = "dispatchEvent(new Event('beforeunload', { cancelable: true }))"
"""Whether the page may be left without a question of the browser."""


def test_the_browser_asks_before_a_practice_is_left_and_not_after_it(practise):
    page = practise().page
    assert page.evaluate(LEAVES)
    stage = begin(page)
    assert not page.evaluate(LEAVES)
    end_here(stage)
    assert page.evaluate(LEAVES)


def test_a_reloaded_page_offers_to_go_on_where_it_was_or_to_end_it(practise, practices):
    bare = practise(speed=10)
    page = bare.page
    begin(page)
    until_second(page, 10)
    bare.again()
    page.get_by_role("button", name=re.compile("Go on at 0:[1-9]")).click()
    stage = page.locator(".mw-player-dialog")
    state(stage).to_have_attribute("data-state", "paused")
    expect(stage.locator(".note")).to_contain_text("Tap anywhere")
    bare.again()
    page.get_by_role("button", name="End it and keep what was practised").click()
    expect(page.locator(".mw-player .lines")).to_contain_text("Kept: “Your plan”")
    assert stored(page) == []
    [new] = practices.all()
    assert not new.finished
    assert new.seconds >= 8


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
    stage = begin(practise().page)
    end_here(stage)
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
    assert re.fullmatch("[0-9a-f]{32}", anna.storage_key)
    assert anna.storage_key == learner("anna")[0].storage_key != bert.storage_key
    with bare_page(browser, anna) as bare:
        page = bare.page
        begin(page)
        until_second(page, 10)
        bare.open()
        bare.show(bert)
        expect(page.get_by_role("button", name=ASKED)).to_be_visible()
        expect(page.get_by_text("was not finished")).to_have_count(0)
        end_here(begin(page))
        bare.open()
        assert his.all() == []
        assert len(stored(page)) == 1

        bare.show(anna)
        page.get_by_role("button", name="End it and keep what was practised").click()
        expect(page.locator(".mw-player .lines")).to_contain_text("Kept: “Your plan”")
    assert len(hers.all()) == 1
    assert his.all() == []


def test_what_an_earlier_edition_left_without_a_name_is_removed_and_that_is_said(
    practise, practices
):
    bare = practise()
    leave(bare, 60, owner="")
    bare.again()
    page = bare.page
    expect(page.locator(".mw-player .lines")).to_contain_text("It has been removed")
    expect(page.get_by_text("was not finished")).to_have_count(0)
    assert stored(page) == []
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


@pytest.fixture
def soon(practise):
    """A practice in its first step, on a page whose clock the test may move on."""
    bare = practise()
    bare.page.clock.install()
    bare.again()
    stage = begin(bare.page)
    press(stage, "Skip")
    expect(stage.locator(".run h2")).to_have_text(FIRST)
    return bare.page, stage


def test_space_or_a_tap_anywhere_pauses_and_goes_on_and_a_bounce_counts_once(soon):
    page, stage = soon
    face = page.locator(".mw-player-dialog .stage")
    acts = [
        lambda: page.keyboard.press("Space"),
        lambda: face.click(position={"x": 20, "y": 300}),
        lambda: face.dblclick(position={"x": 900, "y": 20}),
    ]
    for act in acts:
        for now_is in ("paused", "running"):
            page.evaluate("document.activeElement.blur()")
            page.clock.fast_forward(A_TAP)
            act()
            state(stage).to_have_attribute("data-state", now_is)
            left = seconds_left(stage)
            page.clock.fast_forward(5000)
            expect(stage.locator(".left")).to_have_text(clock(left - 5 * (now_is == "running")))


def clock(seconds):
    return re.compile("|".join(f"{each // 60}:{each % 60:02}" for each in (seconds, seconds - 1)))


@pytest.mark.parametrize("press_it", [press, lambda stage, name: keyed(stage, KEYS[name])])
def test_back_skip_and_longer_by_button_and_by_key(soon, press_it):
    page, stage = soon
    longer = stage.get_by_role("button", name="Longer")
    passes, left = ROW[0].passes, seconds_left(stage)
    press_it(stage, "Longer")
    expect(stage.locator(".pass")).to_have_text(f"1 of {passes + 1} times")
    expect(stage.locator(".note")).to_have_text(re.compile("ends at 12:[0-5][0-9]"))
    assert seconds_left(stage) > left
    state(stage).to_have_attribute("data-state", "running")
    press_it(stage, "Skip")
    expect(stage.locator(".run h2")).to_have_text(SECOND)
    expect(stage.locator(".note")).to_be_hidden()
    press_it(stage, "Back")
    expect(stage.locator(".run h2")).to_have_text(FIRST)
    while longer.is_enabled():
        press_it(stage, "Longer")
    most = TECHNIQUES[ROW[0].technique].passes.maximum
    expect(stage.locator(".pass")).to_have_text(f"1 of {most} times")
    page.clock.fast_forward(20_000)
    press_it(stage, "Back")
    expect(stage.locator(".run h2")).to_have_text(FIRST)


KEYS = {"Longer": "+", "Skip": "ArrowRight", "Back": "ArrowLeft"}


def keyed(stage, key):
    stage.page.clock.fast_forward(A_TAP)
    stage.page.keyboard.press(key)


def test_a_bouncing_finger_skips_one_step(soon):
    _, stage = soon
    stage.page.clock.fast_forward(A_TAP)
    stage.get_by_role("button", name="Skip").dblclick()
    expect(stage.locator(".run h2")).to_have_text(SECOND)


def test_the_record_says_what_was_left_out_and_a_longer_practice_is_longer(soon, practices):
    page, stage = soon
    press(stage, "Longer")
    for _ in ROW[1:]:
        press(stage, "Skip")
    page.clock.fast_forward(30_000)
    press(stage, "Skip")
    expect(stage.get_by_role("heading", name="Hands rest")).to_be_visible()
    expect(stage.locator(".kept")).to_have_text("Kept")
    expect(stage.locator(".lead")).to_contain_text("left out or cut short:")
    expect(stage.locator(".lead")).to_contain_text(SECOND.lower())
    [new] = practices.all()
    assert not new.finished
    assert 30 <= new.seconds <= 60
    last = ROW[-1].technique
    assert new.techniques[last] >= 30


def test_a_practice_that_was_made_longer_is_gone_on_with_as_it_was(practise):
    bare = practise()
    leave(bare, ROW[1].start + 5, longer=[0])
    bare.again()
    bare.page.get_by_role("button", name="Go on at").click()
    stage = bare.page.locator(".mw-player-dialog")
    expect(stage.locator("h2")).to_have_text(FIRST)
    expect(stage.locator(".bar")).to_have_attribute(
        "aria-valuemax", str(round(PLAN.total + ROW[0].pass_seconds))
    )


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
    page.keyboard.press("ArrowRight")
    page.locator(".mw-player-dialog .stage").click(position={"x": 5, "y": 400})
    page.clock.fast_forward(5000)
    assert stored(page)[0]["position"] == whole

    stage.get_by_role("button", name="It is all right, go on").click()
    state(stage).to_have_attribute("data-state", "running")
    page.keyboard.press("s")
    stage.get_by_role("button", name="End here").click()
    expect(stage.get_by_role("heading", name="Ended here")).to_be_visible()


def test_escape_pauses_and_loses_nothing_however_often(soon):
    page, stage = soon
    for _ in range(4):
        page.keyboard.press("Escape")
    state(stage).to_have_attribute("data-state", "paused")
    assert page.evaluate("document.querySelector('.mw-player-dialog').open")


# --- what is in sight ----------------------------------------------------------------------------

SIZES = {
    (1280, 800): (36, 45),
    (820, 1180): (40, 45),
    (390, 844): (31, 32),
    (844, 390): (31, 32),
}
"""The smallest text in pixels, readable from two metres, and how many words there are at most."""
IN_SIGHT = """() => {
    const run = document.querySelector(".run");
    const box = (each) => each.getBoundingClientRect();
    const middle = (each) => (box(each).top + box(each).bottom) / 2;
    const texts = [...run.querySelectorAll(".now *")].filter((each) => each.checkVisibility()
        && box(each).width > 1 && getComputedStyle(each).clipPath === "none"
        && [...each.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
    const pictures = [".map", ".movement svg", ".giver"].map((each) => run.querySelector(each))
        .filter((each) => each.checkVisibility());
    const hands = [...run.querySelector(".map").shadowRoot.querySelectorAll(".hands path")];
    const { scrollHeight, clientHeight } = run.querySelector(".now");
    return {
        smallest: Math.min(...texts.map((each) => parseFloat(getComputedStyle(each).fontSize))),
        words: texts.map((each) => each.textContent).join(" ").split(/\\s+/).length,
        hidden: scrollHeight - clientHeight,
        lowest: Math.max(...pictures.map((each) => box(each).bottom), ...hands.map(middle)),
        narrowest: Math.min(...pictures.map((each) => box(each).width)),
        bar: box(run.querySelector(".bar")).top,
        buttons: [...run.querySelectorAll(".big")].every((each) => box(each).bottom <= innerHeight),
        wide: Math.max(...[...pictures, ...texts].map((each) => box(each).right)) - innerWidth,
    };
}"""


@pytest.mark.parametrize("session", ["standard-20", "seated-15"])
def test_each_step_is_readable_from_afar_with_hands_and_stop_in_sight(practise, session):
    plan = Plan.of(SESSIONS[session], COURSE)
    bare = practise(1, AWAKE, VOICE, plan=plan)
    page = bare.page
    page.clock.install()
    bare.again()
    stage = begin(page)
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    for step in make_steps(plan, COURSE):
        press(stage, "Skip")
        technique = TECHNIQUES[step.technique]
        expect(stage.locator("h2")).to_have_text(technique.names.english)
        page.clock.fast_forward(1000 * (step.lead + 1))
        expect(stage.locator(".say")).to_have_text(technique.say)
        expect(stage.locator(".pass")).to_contain_text("1 of")
        expect(stage.locator(".force")).to_contain_text("Force")
        for (width, height), (least, most) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            seen = page.evaluate(IN_SIGHT)
            where = (step.technique, width, seen)
            assert seen["smallest"] >= least, where
            assert seen["hidden"] <= 1, where
            assert seen["lowest"] <= seen["bar"], where
            assert seen["narrowest"] >= 90, where
            assert seen["wide"] <= 0, where
            assert seen["words"] <= most, where
            assert seen["buttons"], where


def test_before_a_pass_it_says_what_comes_first_and_in_the_last_what_comes_next(practise):
    step = ROW[1]
    stage = resumed(practise(1, VOICE), step.start + 1)
    expect(stage.locator(".say")).to_have_text(
        "Two short flat strokes where the hands are. Ask how it feels."
    )
    expect(stage.locator(".pass")).to_have_text(f"{step.passes} times")
    stage = resumed(
        practise(1, VOICE), step.start + step.lead + (step.passes - 0.5) * step.pass_seconds
    )
    expect(stage.locator(".pass")).to_have_text(f"{step.passes} of {step.passes} times")
    expect(stage.locator(".next")).to_contain_text("Then ")


def test_the_giver_is_shown_where_the_learner_works(practise):
    page = practise().page
    page.get_by_label("Where").select_option("At a table")
    stage = begin(page)
    box = stage.locator(".giver svg").get_attribute("viewBox")
    end_here(stage)
    stage.get_by_role("button", name="Done").click()
    page.get_by_label("Where").select_option("On a bed")
    begin(page)
    expect(stage.locator(".giver svg")).not_to_have_attribute("viewBox", box)


def test_the_hands_move_along_their_strokes_and_stand_still_in_a_pause(practise):
    page = practise(10, reduced_motion="no-preference").page
    stage = begin(page)
    is_under_way(stage)
    hand, near = stage.locator(HAND).first, stage.locator(".movement path[transform]").first
    before = hand.get_attribute("transform")
    expect(hand).not_to_have_attribute("transform", before)
    page.keyboard.press("Space")
    state(stage).to_have_attribute("data-state", "paused")
    still, drawn = hand.get_attribute("transform"), near.get_attribute("transform")
    until = page.evaluate("performance.now()") + A_TAP
    page.wait_for_function("until => performance.now() > until", arg=until)
    expect(hand).to_have_attribute("transform", still)
    expect(near).to_have_attribute("transform", drawn)


def resumed(bare, at):
    """A practice that was left so many seconds after its first step began, gone on with."""
    leave(bare, at)
    bare.again()
    bare.page.get_by_role("button", name="Go on at").click()
    return bare.page.locator(".mw-player-dialog")


def leave(bare, at, owner=None, longer=()):
    """Leave a practice in the browser, of the learner whose place there has this name."""
    shown = bare._shown[0]
    session, owner = shown.session, f"{shown.storage_key}." if owner is None else owner
    bare.page.evaluate(
        LEAVE, [session["key"], session["title"], session["total"], at, owner, [*longer]]
    )


LEAVE = """([key, plan, planned, position, owner, longer]) => {
    const id = "practice-0f8fad5b-d9cb-469f-a165-70867728950e";
    const record = { id, key, plan, planned, position, at: new Date().toISOString(), done: {},
        longer, skipped: [], over: false, finished: false, feeling: null, revision: 0 };
    localStorage.setItem(`massage-workbook.practice.${owner}${id}`, JSON.stringify(record));
}"""


def test_less_motion_moves_hands_from_stop_to_stop_and_marks_the_beat_without_fading(soon):
    page, stage = soon
    tour = step_tour(ROW[0], TECHNIQUES[ROW[0].technique], COURSE.zones)
    stops = {tuple(leg["places"]["right"][0]) for leg in tour["legs"]}
    seen, places = set(), set()
    for _ in range(20):
        page.clock.run_for(500)
        seen |= set(
            stage.locator(".ring .beat").evaluate_all("all => all.map(e => e.style.opacity)")
        )
        x, y = re.findall(r"[\d.]+", stage.locator(HAND).first.get_attribute("transform"))[:2]
        places.add((float(x), float(y)))
    assert seen <= {"1", "0.2", "0"}
    assert stage.locator(".edge.beat").evaluate("e => e.style.opacity") == "0"
    assert places <= stops


# --- for everybody -------------------------------------------------------------------------------


def test_axe_finds_nothing_on_any_of_the_pages_and_a_narrow_one_loses_nothing(practise):
    bare = practise(10)
    page = bare.page
    bare.axe_finds_nothing(".mw-player")
    lost_nothing(page, ".mw-player", width=320)
    stage = begin(page)
    is_under_way(stage)
    acts = [
        lambda: None,
        lambda: page.keyboard.press("Escape"),
        lambda: stage.get_by_role("button", name="something is wrong").click(),
        lambda: stage.get_by_role("button", name="End here").click(),
        lambda: stage.get_by_text("Mark places").click(),
    ]
    for act in acts:
        act()
        bare.axe_finds_nothing(".mw-player-dialog")
        lost_nothing(page, ".mw-player-dialog .stage", width=320)


def lost_nothing(page, what, width):
    """On a page of that width nothing reaches beyond its right edge, and every button is there."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 640})
    wide = page.locator(what).evaluate("""element => [...element.querySelectorAll(":not(svg *)")]
        .filter(each => each.checkVisibility())
        .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
        .map(each => each.outerHTML.slice(0, 80))""")
    assert wide == []
    pressed = page.locator(what).locator("button, summary")
    small = pressed.evaluate_all("""all => all.filter(each => each.checkVisibility())
        .map(each => each.getBoundingClientRect())
        .filter(({ width, height }) => width < 24 || height < 24).length""")
    assert small == 0
    assert page.locator(what).evaluate("e => e.scrollWidth <= e.clientWidth")
    page.set_viewport_size(before)


def test_the_script_names_no_massage_of_its_own():
    """Words about hands, zones and signs come from the course."""
    texts = [path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.js")]
    said = json.dumps(re.findall(r'"[^"\n]*"', "\n".join(texts).lower()))
    assert not re.search("kidney|spine|emergency number|rubbing|kneading", said)
