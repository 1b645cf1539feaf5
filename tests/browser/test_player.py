"""A practice on a page: played to its end, resumed, and handled with oily hands."""

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
from .conftest import run_clock_until
from .widget_page import widget_page

WIDGETS = Path(__file__).parents[2] / "massage_workbook" / "widgets"
ASKED = "We asked each other"
SESSIONS = {each.id: each for each in COURSE.sessions}
PLAN = Plan.of(SESSIONS["neck-shoulders-14"], COURSE)
STEPS = make_steps(PLAN, COURSE)
TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
FIRST, SECOND = (TECHNIQUES[step.technique].names.english for step in STEPS[:2])
HAND = ".map svg path[style*='--mw-hand'] >> nth=0 >> .."
BETWEEN_TAPS = 400  # milliseconds: longer than a bouncing finger
VOICE = """
window.spoken = [];
const voice = { lang: "en-GB", name: "Stub", default: true, localService: true, voiceURI: "stub" };
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
    speaking: false, pending: false,
    getVoices: () => [voice],
    speak: utterance => {
        window.spoken.push([performance.now(), utterance.text, utterance.volume]);
        if (window.neverBegins) return;
        window.speechSynthesis.speaking = true;
        utterance.onstart?.();
        if (window.neverEnds) return;
        window.speechSynthesis.speaking = false;
        utterance.onend?.();
    },
    cancel: () => (window.speechSynthesis.speaking = false),
    addEventListener: () => {},
} });
"""
WAKE_LOCK = """
Object.defineProperty(Navigator.prototype, "wakeLock", { get: () => ({
    request: async () => Object.assign(new EventTarget(), { release: async () => {} }),
}) });"""


@pytest.fixture
def practices(tmp_path):
    return Practices(Progress(tmp_path / "progress.sqlite", now()))


@pytest.fixture
def practise(browser, practices):
    """Show a player, at some speed, on a page without Jupyter."""
    with ExitStack() as pages:

        def practise(speed=1.0, *scripts, plan=PLAN, clock=False, decision=None, **options):
            shown = player(speed, practices, lambda: ("Your plan", plan), decision)
            host = pages.enter_context(widget_page(browser, shown, scripts=scripts, **options))
            if clock:  # from now on, the test may move it
                host.page.clock.install()
                host.reload()
            return host

        yield practise


def player(speed, practices, ready=lambda: ("Your plan", PLAN), decision=None):
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
    page.locator(".mw-player-dialog .run-page[data-state=running]").wait_for()
    return page.locator(".mw-player-dialog")


def wait_for_second(page, second):
    """Wait until so many seconds of the session have passed."""
    page.wait_for_function(
        "at => document.querySelector('.mw-player-dialog .bar').ariaValueNow >= at", arg=second
    )


A_LEAP = 60
"""Seconds of a practice that pass at once: a page that stood still for two minutes waits."""


def leap_to_the_end(page):
    """Let the installed clock of a page go on to the end of the practice that runs."""
    dialog = running(page)
    end = dialog.get_by_role("heading", name="Hands rest")
    run_clock_until(page, end.is_visible, leap=1000 * A_LEAP)
    expect_saved(dialog)
    return dialog


FAST = 240


def run_to_the_end(page):
    """The same of a practice that runs FAST times as fast, by its installed clock alone."""
    dialog = running(page)
    total = int(dialog.locator(".bar").get_attribute("aria-valuemax"))
    page.clock.run_for(1000 * (total / FAST + 2))
    expect(dialog.get_by_role("heading", name="Hands rest")).to_be_visible()
    expect_saved(dialog)


def wait_for_first_step(dialog):
    expect(dialog.locator(".run-page h2")).not_to_contain_text("Get ready")


def expect_state(dialog, state):
    expect(dialog.locator(".run-page")).to_have_attribute("data-state", state)


def expect_saved(dialog):
    expect(dialog.locator(".save-status")).to_have_text("Saved")


def press(dialog, name):
    """Press a button later than a bounce: the clock of the page advances first."""
    dialog.page.clock.fast_forward(BETWEEN_TAPS)
    dialog.get_by_role("button", name=name).click()


def press_key(dialog, name):
    dialog.page.clock.fast_forward(BETWEEN_TAPS)
    dialog.page.keyboard.press({"Longer": "+", "Skip": "ArrowRight", "Back": "ArrowLeft"}[name])


def end_here(dialog):
    dialog.page.keyboard.press("Escape")
    dialog.get_by_role("button", name="End here").click()


def stored(page):
    """The practices in the page's storage."""
    return page.evaluate("""() => Object.keys(localStorage)
        .filter(name => name.startsWith("massage-workbook.practice."))
        .map(name => JSON.parse(localStorage.getItem(name)))""")


def seconds_left(dialog):
    minutes, seconds = dialog.locator(".countdown").text_content().split(":")
    return 60 * int(minutes) + int(seconds)


# --- a whole practice ----------------------------------------------------------------------------

NO_WORKER = "delete window.Worker;"
"""Then the practice ticks on the page's own timer, which the test's clock drives."""
RECORD_STEPS = """() => {
    window.steps = [];
    const [name, side] = document.querySelectorAll(".run-page :is(h2, .side)");
    const note = () => {
        const shown = `${name.textContent}, ${side.textContent}`;
        if (shown !== window.steps.at(-1)?.[1]) window.steps.push([performance.now(), shown]);
    };
    new MutationObserver(note).observe(document.querySelector(".run-page .title"),
        { subtree: true, characterData: true, childList: true });
}"""


@pytest.mark.parametrize("session", ["first-try-15", "neck-shoulders-14"])
def test_a_practice_plays_to_its_end_with_at_most_two_spoken_cues_a_minute(
    practise, practices, session
):
    plan, speed = Plan.of(SESSIONS[session], COURSE), 20
    steps = make_steps(plan, COURSE)
    page = practise(speed, VOICE, NO_WORKER, plan=plan, clock=True).page
    dialog = begin(page)
    page.evaluate(RECORD_STEPS)
    page.clock.run_for(1000 * (plan.total + READY_SECONDS) / speed + 2000)
    expect(dialog.get_by_role("heading", name="Hands rest")).to_be_visible()
    expect_saved(dialog)
    expect(dialog.locator(".lead")).to_have_text(
        f"You gave the whole massage, {plan.total // 60}:00 minutes."
    )
    expect(dialog.locator(".after-page").get_by_role("link")).to_have_count(1)

    spoken = [[when * speed / 1000, text] for when, text, _ in page.evaluate("window.spoken")]
    cues = [cue for cue in session_cues(steps, COURSE) if cue.text]
    assert [text for _, text in spoken] == [cue.text for cue in cues]
    start = spoken[0][0] + READY_SECONDS
    assert [at - start for at, _ in spoken] == pytest.approx([cue.at for cue in cues], abs=1)
    assert all(
        last - first >= 59 for (first, _), (last, _) in zip(spoken, spoken[2:], strict=False)
    )
    times = [when * speed / 1000 for when, _ in page.evaluate("window.steps")]
    assert len(times) == len(steps)
    assert all(after - before >= 20 for before, after in pairwise(times))
    [new] = practices.all()
    assert new.finished
    assert new.seconds == pytest.approx(plan.total, abs=1)
    assert new.comfort is None
    tell_how_it_felt(dialog)
    [felt] = practices.all()
    assert (felt.comfort, felt.spots) == (8, ("kidneys", "left heel"))
    assert felt.note == "Warmer hands next time."


def tell_how_it_felt(dialog):
    dialog.get_by_role("radio", name="8", exact=True).check()
    dialog.get_by_text("Mark places").click()
    dialog.get_by_label("Over the kidneys").check()
    dialog.get_by_label("In your own words").fill("left heel")
    dialog.get_by_label("A line for yourselves").fill("Warmer hands next time.")
    dialog.get_by_role("button", name="Save this too").click()
    dialog.page.wait_for_function(
        "() => !Object.keys(localStorage).some(n => n.includes('.practice.'))"
    )


def test_without_a_next_lesson_there_is_no_link(practise):
    host = practise(FAST, NO_WORKER, clock=True)
    host.widget._next_step = lambda: {"text": "Every lesson is passed.", "notebook": None}
    dialog = begin(host.page)
    run_to_the_end(host.page)
    expect(dialog.locator(".next-step")).to_be_empty()


# What a link to the practice stores.
FOLLOW_LINK = "sessionStorage.setItem('massage-workbook.begin', Date.now())"


def test_a_link_starts_no_practice_before_a_screening(practise):
    host = practise()
    page, start = host.page, host.page.get_by_role("button", name="start")
    link = page.locator(".mw-player").get_by_role("link", name="Is it safe?")
    expect(link).to_have_attribute("href", re.compile("01%20Is%20it%20safe"))
    page.evaluate(FOLLOW_LINK)
    host.reload()
    expect(start).to_have_accessible_name(re.compile(f"^{ASKED}.*: start$"))
    expect(start).to_be_in_viewport()
    expect(page.locator(".mw-player-dialog")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0


def test_a_link_starts_the_practice_once_after_a_screening(practise):
    host = practise(decision=Decision("go"))
    host.page.evaluate(FOLLOW_LINK)
    host.reload()
    dialog = running(host.page)
    expect(dialog.locator("h2")).to_have_text(f"Get ready: {FIRST.lower()}")
    host.reload()
    expect(host.page.get_by_role("button", name="Start")).to_be_enabled()
    expect(dialog).to_have_count(0)


def test_refresh_shows_the_present_plan(browser, practices):
    titles = ["20 minutes"]
    made = player(1, practices, lambda: (titles[-1], PLAN))
    with widget_page(browser, made) as host:
        expect(host.page.get_by_role("heading", name="20 minutes")).to_be_visible()
        titles.append("Our evening")
        look = host.page.get_by_role("button", name="Refresh")
        look.press("Enter")
        expect(host.page.get_by_role("heading", name="Our evening")).to_be_visible()
        expect(look).to_be_focused()


MAY_LEAVE = "dispatchEvent(new Event('beforeunload', { cancelable: true }))"
"""Whether the browser leaves the page without asking."""


def test_the_browser_asks_before_it_leaves_a_practice_but_not_after_its_end(practise):
    page = practise().page
    assert page.evaluate(MAY_LEAVE)
    dialog = begin(page)
    assert not page.evaluate(MAY_LEAVE)
    end_here(dialog)
    assert page.evaluate(MAY_LEAVE)


def test_an_unfinished_practice_can_be_resumed_or_ended_after_a_reload(practise, practices):
    host = practise(speed=10)
    page = host.page
    begin(page)
    wait_for_second(page, 10)
    host.reload()
    page.get_by_role("button", name=re.compile("Go on at 0:[1-9]")).click()
    dialog = page.locator(".mw-player-dialog")
    expect_state(dialog, "paused")
    expect(dialog.locator(".note")).to_contain_text("Tap anywhere")
    host.reload()
    page.get_by_role("button", name="End it and save what was practised").click()
    expect(page.locator(".mw-player .messages")).to_contain_text("Saved: “Your plan”")
    assert stored(page) == []
    [new] = practices.all()
    assert not new.finished
    assert new.seconds >= 8


def test_a_record_that_is_sent_twice_is_saved_once(practise, practices):
    host = practise(FAST, NO_WORKER, clock=True)
    begin(host.page)
    host.page.evaluate("""() => {
        const remove = Storage.prototype.removeItem;
        Storage.prototype.removeItem = function (name) {
            if (!name.includes(".practice.")) remove.call(this, name);
        };
    }""")
    run_to_the_end(host.page)
    assert len(stored(host.page)) == 1
    host.reload()
    expect(host.page.locator(".mw-player .messages")).to_contain_text("Saved: “Your plan”")
    assert len(practices.all()) == 1


# --- others at the same browser ------------------------------------------------------------------


def test_another_learner_at_the_same_browser_sees_nothing_of_a_practice(
    browser, tmp_path, monkeypatch
):
    def learner(name):
        monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / name))
        history = Practices(Progress(tmp_path / name / "progress.sqlite", now()))
        return player(10, history), history

    (anna, hers), (bert, his) = map(learner, ("anna", "bert"))
    assert re.fullmatch("[0-9a-f]{32}", anna.storage_key)
    assert anna.storage_key == learner("anna")[0].storage_key != bert.storage_key
    with widget_page(browser, anna) as host:
        page = host.page
        begin(page)
        wait_for_second(page, 10)
        host.clear()
        host.show(bert)
        expect(page.get_by_role("button", name=ASKED)).to_be_visible()
        expect(page.get_by_text("was not finished")).to_have_count(0)
        dialog = begin(page)
        end_here(dialog)
        # Without a practice no feedback is asked, since it would be lost.
        expect(dialog.locator(".save-status")).to_have_text(
            "Nothing was practised, so nothing is saved."
        )
        expect(dialog.locator(".after-page").get_by_role("button")).to_have_text(["Done"])
        expect(dialog.locator(".after-page").get_by_role("textbox")).to_have_count(0)
        host.clear()
        assert len(stored(page)) == 1

        host.show(anna)
        page.get_by_role("button", name="End it and save what was practised").click()
        expect(page.locator(".mw-player .messages")).to_contain_text("Saved: “Your plan”")
    assert (len(hers.all()), his.all()) == (1, [])


def test_a_stored_practice_without_an_owner_is_removed(browser, practices):
    made = player(FAST, practices)
    made.storage_key = ""
    with widget_page(browser, made, scripts=[NO_WORKER]) as host:
        host.page.clock.install()
        store_unfinished(host, 60)
        host.reload()
        expect(host.page.locator(".mw-player .messages")).to_contain_text("It has been removed")
        expect(host.page.get_by_text("was not finished")).to_have_count(0)
        assert (stored(host.page), practices.all()) == ([], [])
        dialog = begin(host.page)
        expect(dialog.locator(".missing")).to_contain_text("This browser stores nothing")
        run_to_the_end(host.page)
        assert stored(host.page) == []
    assert len(practices.all()) == 1


# --- hands are oily ------------------------------------------------------------------------------


@pytest.fixture
def dialog(practise):
    """A practice in its first step, on a page whose clock the test may move on."""
    dialog = begin(practise(clock=True).page)
    press(dialog, "Skip")
    expect(dialog.locator(".run-page h2")).to_have_text(FIRST)
    return dialog


def test_space_or_a_tap_pauses_and_resumes_and_a_double_tap_counts_once(dialog):
    page, face = dialog.page, dialog.locator(".practice")
    acts = [
        lambda: page.keyboard.press("Space"),
        lambda: face.click(position={"x": 20, "y": 300}),
        lambda: face.dblclick(position={"x": 900, "y": 20}),
    ]
    for act in acts:
        for state in ("paused", "running"):
            page.evaluate("document.activeElement.blur()")
            page.clock.fast_forward(BETWEEN_TAPS)
            act()
            expect_state(dialog, state)
            left = seconds_left(dialog)
            page.clock.fast_forward(5000)
            left -= 5 * (state == "running")
            either = "|".join(f"{each // 60}:{each % 60:02}" for each in (left, left - 1))
            expect(dialog.locator(".countdown")).to_have_text(re.compile(either))
    page.clock.fast_forward(BETWEEN_TAPS)
    dialog.get_by_role("button", name="Skip").dblclick()
    expect(dialog.locator(".run-page h2")).to_have_text(SECOND)
    for _ in range(4):
        page.keyboard.press("Escape")
    expect_state(dialog, "paused")
    assert page.evaluate("document.querySelector('.mw-player-dialog').open")


@pytest.mark.parametrize("press_it", [press, press_key])
def test_back_skip_and_longer_by_button_and_by_key(dialog, press_it):
    longer = dialog.get_by_role("button", name="Longer")
    passes, left = STEPS[0].passes, seconds_left(dialog)
    press_it(dialog, "Longer")
    expect(dialog.locator(".pass")).to_have_text(f"1 of {passes + 1} times")
    expect(dialog.locator(".note")).to_have_text(re.compile("ends at 12:[0-5][0-9]"))
    assert seconds_left(dialog) > left
    expect_state(dialog, "running")
    press_it(dialog, "Skip")
    expect(dialog.locator(".run-page h2")).to_have_text(SECOND)
    expect(dialog.locator(".note")).to_be_hidden()
    press_it(dialog, "Back")
    expect(dialog.locator(".run-page h2")).to_have_text(FIRST)
    while longer.is_enabled():
        press_it(dialog, "Longer")
    most = TECHNIQUES[STEPS[0].technique].passes.maximum
    expect(dialog.locator(".pass")).to_have_text(f"1 of {most} times")
    dialog.page.clock.fast_forward(20_000)
    press_it(dialog, "Back")
    expect(dialog.locator(".run-page h2")).to_have_text(FIRST)


def test_skipped_steps_are_recorded(dialog, practices):
    press(dialog, "Longer")
    for _ in STEPS[1:]:
        press(dialog, "Skip")
    dialog.page.clock.fast_forward(30_000)
    press(dialog, "Skip")
    expect(dialog.get_by_role("heading", name="Hands rest")).to_be_visible()
    expect_saved(dialog)
    expect(dialog.locator(".lead")).to_contain_text("left out or cut short:")
    expect(dialog.locator(".lead")).to_contain_text(SECOND.lower())
    [new] = practices.all()
    assert not new.finished
    assert 30 <= new.seconds <= 60
    assert new.techniques[STEPS[-1].technique] >= 30


def test_stop_pauses_and_shows_the_stop_signs_emergencies_first(dialog):
    page = dialog.page
    dialog.get_by_role("button", name="something is wrong").click()
    expect(dialog.get_by_role("heading", name="Hands off")).to_be_focused()
    for text in ("Call your local emergency number now", "A drooping face"):
        expect(dialog.locator("section").first).to_contain_text(text)
    expect(dialog).to_contain_text("The person says stop")
    position = stored(page)[0]["position"]
    page.keyboard.press("Space")  # taps have no effect now
    page.keyboard.press("ArrowRight")
    dialog.locator(".practice").click(position={"x": 5, "y": 400})
    page.clock.fast_forward(5000)
    assert stored(page)[0]["position"] == position

    dialog.get_by_role("button", name="It is all right, go on").click()
    expect_state(dialog, "running")
    page.keyboard.press("s")
    dialog.get_by_role("button", name="End here").click()
    expect(dialog.get_by_role("heading", name="Ended here")).to_be_visible()


# --- what is visible ----------------------------------------------------------------------------

SIZES = {
    (1280, 800): (36, 45),
    (820, 1180): (40, 45),
    (390, 844): (31, 32),
    (844, 390): (31, 32),
}
"""The minimum text size in pixels and the maximum number of words, by size of the window."""
MEASURE = """() => {
    const page = document.querySelector(".run-page");
    const box = (each) => each.getBoundingClientRect();
    const middle = (each) => (box(each).top + box(each).bottom) / 2;
    const texts = [...page.querySelectorAll(".texts *")].filter((each) => each.checkVisibility()
        && box(each).width > 1 && getComputedStyle(each).clipPath === "none"
        && [...each.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
    const pictures = [".map", ".movement svg", ".giver"].map((each) => page.querySelector(each))
        .filter((each) => each.checkVisibility());
    const hands = [...page.querySelector(".map").shadowRoot.querySelectorAll(".hands path")];
    const { scrollHeight, clientHeight } = page.querySelector(".texts");
    return {
        smallest: Math.min(...texts.map((each) => parseFloat(getComputedStyle(each).fontSize))),
        words: texts.map((each) => each.textContent).join(" ").split(/\\s+/).length,
        hidden: scrollHeight - clientHeight,
        lowest: Math.max(...pictures.map((each) => box(each).bottom), ...hands.map(middle)),
        narrowest: Math.min(...pictures.map((each) => box(each).width)),
        bar: box(page.querySelector(".bar")).top,
        buttons: [...page.querySelectorAll(".big")].every((e) => box(e).bottom <= innerHeight),
        wide: Math.max(...[...pictures, ...texts].map((each) => box(each).right)) - innerWidth,
    };
}"""


@pytest.mark.parametrize("session", ["standard-20", "seated-15"])
def test_each_step_is_readable_from_two_metres_with_hands_and_buttons_visible(practise, session):
    plan = Plan.of(SESSIONS[session], COURSE)
    page = practise(1, WAKE_LOCK, VOICE, plan=plan, clock=True).page
    dialog = begin(page)
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    for step in make_steps(plan, COURSE):
        press(dialog, "Skip")
        technique = TECHNIQUES[step.technique]
        expect(dialog.locator("h2")).to_have_text(technique.names.english)
        page.clock.fast_forward(1000 * (step.lead + 1))
        expect(dialog.locator(".instruction")).to_have_text(technique.say)
        expect(dialog.locator(".pass")).to_contain_text("1 of")
        expect(dialog.locator(".force")).to_contain_text("Force")
        for (width, height), (least, most) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            seen = page.evaluate(MEASURE)
            where = (step.technique, width, seen)
            assert seen["smallest"] >= least, where
            assert seen["hidden"] <= 1, where
            assert seen["lowest"] <= seen["bar"], where
            assert seen["narrowest"] >= 90, where
            assert seen["wide"] <= 0, where
            assert seen["words"] <= most, where
            assert seen["buttons"], where


def test_a_resumed_step_shows_its_transitions_first_and_the_next_step_last(practise):
    host, step = practise(1, VOICE), STEPS[1]
    dialog = resumed(host, step.start + 1)
    expect(dialog.locator(".instruction")).to_have_text(
        "Two short flat strokes where the hands are. Ask how it feels."
    )
    expect(dialog.locator(".pass")).to_have_text(f"{step.passes} times")
    dialog = resumed(host, step.start + step.lead + (step.passes - 0.5) * step.pass_seconds)
    expect(dialog.locator(".pass")).to_have_text(f"{step.passes} of {step.passes} times")
    expect(dialog.locator(".next")).to_contain_text("Then ")
    dialog = resumed(host, step.start + 5, longer=[0])
    expect(dialog.locator("h2")).to_have_text(FIRST)
    longest = str(round(PLAN.total + STEPS[0].pass_seconds))
    expect(dialog.locator(".bar")).to_have_attribute("aria-valuemax", longest)


def resumed(host, at, longer=()):
    """A practice that was stored at some second, and resumed."""
    host.reload()  # a page that is left stores its own practice
    store_unfinished(host, at, longer=longer)
    host.reload()
    host.page.get_by_role("button", name="Go on at").click()
    return host.page.locator(".mw-player-dialog")


def store_unfinished(host, at, longer=()):
    session, key = host.widget.session, host.widget.storage_key
    owner = f"{key}." if key else ""
    values = [session["key"], session["title"], session["total"], at, owner, [*longer]]
    host.page.evaluate(STORE, values)


STORE = """([key, plan, planned, position, owner, longer]) => {
    const id = "practice-0f8fad5b-d9cb-469f-a165-70867728950e";
    const record = { id, key, plan, planned, position, at: new Date().toISOString(), done: {},
        longer, skipped: [], over: false, finished: false, feeling: null, revision: 0 };
    localStorage.setItem(`massage-workbook.practice.${owner}${id}`, JSON.stringify(record));
}"""


def test_the_picture_of_the_giver_follows_the_chosen_place(practise):
    page, boxes = practise().page, []
    for place in ("At a table", "On a bed"):
        page.get_by_label("Where").select_option(place)
        dialog = begin(page)
        boxes.append(dialog.locator(".giver svg").get_attribute("viewBox"))
        end_here(dialog)
        dialog.get_by_role("button", name="Done").click()
    assert boxes[0] != boxes[1]


def test_hands_move_along_their_strokes_and_stop_in_a_pause(practise):
    page = practise(10, reduced_motion="no-preference").page
    dialog = begin(page)
    wait_for_first_step(dialog)
    hands = (
        dialog.locator(HAND),
        dialog.locator(".movement path[transform]").first,
    )
    expect(hands[0]).not_to_have_attribute("transform", hands[0].get_attribute("transform"))
    page.keyboard.press("Space")
    expect_state(dialog, "paused")
    before = [each.get_attribute("transform") for each in hands]
    for _ in range(10):
        page.evaluate("new Promise(requestAnimationFrame)")
    assert [each.get_attribute("transform") for each in hands] == before


def test_reduced_motion_moves_hands_from_stop_to_stop_and_marks_beats_without_fading(dialog):
    tour = step_tour(STEPS[0], TECHNIQUES[STEPS[0].technique], COURSE.zones)
    stops = {tuple(leg["places"]["right"][0]) for leg in tour["legs"]}
    opacities, places = set(), set()
    for _ in range(20):
        dialog.page.clock.run_for(500)
        beats = dialog.locator(".ring .beat")
        opacities |= {*beats.evaluate_all("all => all.map(e => e.style.opacity)")}
        x, y = re.findall(r"[\d.]+", dialog.locator(HAND).get_attribute("transform"))[:2]
        places.add((float(x), float(y)))
    assert opacities <= {"1", "0.2", "0"}
    assert dialog.locator(".edge.beat").evaluate("e => e.style.opacity") == "0"
    assert places <= stops


def test_every_page_of_a_practice_is_accessible(practise):
    host = practise(10)
    host.check_accessibility(".mw-player")
    dialog = begin(host.page)
    wait_for_first_step(dialog)
    acts = [
        lambda: None,
        lambda: host.page.keyboard.press("Escape"),
        lambda: dialog.get_by_role("button", name="something is wrong").click(),
        lambda: dialog.get_by_role("button", name="End here").click(),
        lambda: dialog.get_by_text("Mark places").click(),
    ]
    for act in acts:
        act()
        host.check_accessibility(".mw-player-dialog .practice")


def test_scripts_contain_no_massage_terms():
    """They come from the course."""
    texts = [path.read_text(encoding="utf-8") for path in (WIDGETS / "player").glob("*.js")]
    strings = json.dumps(re.findall(r'"[^"\n]*"', "\n".join(texts).lower()))
    assert not re.search("kidney|spine|emergency number|rubbing|kneading", strings)
