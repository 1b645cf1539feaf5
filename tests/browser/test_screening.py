"""The screening in the real page: each outcome, by mouse and by keyboard, kept and removed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from massage_workbook import screening

from ..shipped import COURSE
from .conftest import FOCUSED, tab_to
from .widget_page import widget_page

pytestmark = pytest.mark.usefixtures("own_home")
SECTIONS = [each.id for each in COURSE.sections]
LINES = {each.id: each.section for each in COURSE.contraindications if each.section}
PRINTED = "window.print = () => { top.printed = document.body.innerText }"


@pytest.fixture(scope="module")
def host(browser):
    """A page with the screening alone."""
    with widget_page(browser, screening(), scripts=[PRINTED]) as host:
        yield host


@pytest.fixture(scope="module")
def lesson(host):
    return host.page


@pytest.fixture
def form(lesson):
    """The form with nothing answered and nothing kept."""
    form = lesson.locator(".mw-screening")
    form.get_by_role("button", name="Remove what is kept").click()
    form.get_by_role("button", name="Start over").click()
    expect(form.locator("input:checked")).to_have_count(0)
    expect(form.locator(".waiting")).to_contain_text("6 lists are still open")
    return form


def none_of(form, section):
    return read(form, section).locator(".none input")


def read(form, section):
    """The list, opened if it is not its turn yet."""
    there = form.locator(f"[data-section='{section}']")
    if (later := there.get_by_role("button", name="Read it now")).is_visible():
        later.click()
    return there


def line(form, name, reply="yes"):
    read(form, LINES[name])
    return form.locator(f"[data-line='{name}'] input").nth(0 if reply == "yes" else 1)


def radio(form, name, reply):
    return form.locator(f"fieldset[data-id='{name}'] input[value='{reply}']")


def say(form, **replies):
    """Tick a line, clear it, or answer a follow-up."""
    for each, reply in replies.items():
        name = each.replace("_", "-")
        if name not in LINES:
            radio(form, name, reply).check()
            continue
        none_of(form, LINES[name]).uncheck()
        for box in (line(form, name), line(form, name, "not sure")):
            if reply == "no" and box.is_checked():
                box.uncheck()
        if reply != "no":
            line(form, name, reply).check()


def no_to_the_rest(form):
    """None of the lines where nothing is ticked, and "no" to what that leaves open."""
    for each in form.locator("[data-section]").all():
        if not each.locator("fieldset:not([data-id]) input:checked").count():
            none_of(form, each.get_attribute("data-section")).check()
    for each in form.locator("fieldset[data-id]").all():
        if not each.locator("input:checked").count():
            each.locator("input[value=no]").check()
    expect(form.locator(".waiting")).to_have_text("")


def result(form, outcome):
    expect(form.locator(".result")).to_have_attribute("data-outcome", outcome)
    return form.locator(".result")


# --- each outcome ----------------------------------------------------------------------------


def test_somebody_healthy_may_be_massaged(form):
    no_to_the_rest(form)
    told = result(form, "go")
    expect(told.get_by_role("status")).to_have_text(
        "Nothing in your answers rules out a massage today."
    )
    for question in ("Do you want this massage, today?", "Where not", "Which word stops"):
        expect(told).to_contain_text(question)
    expect(form.locator(".marker")).to_be_hidden()


def test_a_tick_and_a_not_sure_take_each_other_s_place(form):
    none_of(form, "skin").check()
    expect(line(form, "bruise")).to_be_hidden()
    none_of(form, "skin").uncheck()
    line(form, "bruise", "not sure").check()
    line(form, "bruise").check()
    expect(line(form, "bruise", "not sure")).not_to_be_checked()
    expect(form.locator("fieldset[data-id=bruise-many]")).to_contain_text(
        "A bruise or a sore knock"
    )
    line(form, "bruise").uncheck()
    expect(form.locator("fieldset[data-id=bruise-many]")).to_have_count(0)
    expect(form.locator(".waiting")).to_contain_text("6 lists are still open")


def test_a_fever_stops_it_at_once_and_the_rest_may_still_be_answered(form):
    say(form, fever="yes")
    told = result(form, "stop")
    expect(told.get_by_role("status")).to_have_text("No massage today.")
    expect(form.locator("fieldset[data-id='swollen-lymph-nodes']")).to_be_visible()
    expect(form.locator(".waiting")).to_contain_text("still open")
    say(form, stiff_neck_fever="not sure")
    result(form, "emergency")


def test_steady_pressure_is_no_reason_and_unsteady_pressure_asks_a_doctor(form):
    say(form, blood_pressure="yes")
    form.locator("fieldset[data-id=pressure-steady]").wait_for()
    say(form, pressure_steady="yes")
    no_to_the_rest(form)
    expect(result(form, "go")).to_contain_text("Rise in small steps")
    say(form, pressure_steady="not sure")
    result(form, "ask a doctor")


def test_brittle_bones_wait_for_a_doctor_and_get_what_is_allowed(form):
    say(form, osteoporosis="yes")
    no_to_the_rest(form)
    told = result(form, "ask a doctor")
    expect(told).to_contain_text("Brittle bones (you said: yes).")
    expect(told).to_contain_text("No: squeezing, vibration.")
    form.get_by_label("Light stroking alone").check()
    told = result(form, "adapt")
    expect(told).to_contain_text("No: squeezing, rubbing, kneading, vibration.")
    form.get_by_label("An ordinary gentle massage").check()
    expect(told).to_contain_text("No: squeezing, vibration.")
    expect(told).to_contain_text("Never firmer than 2 of 10")
    expect(told).to_contain_text("lowest ribs (both sides)")
    form.get_by_label("Nothing, or nobody was asked").check()
    result(form, "ask a doctor")


@pytest.mark.parametrize("reply", ["yes", "not sure"])
def test_a_numb_saddle_area_is_an_emergency_and_ends_the_asking(form, reply):
    say(form, saddle_numbness=reply)
    told = result(form, "emergency")
    expect(told.get_by_role("status")).to_have_text("Call your local emergency number now.")
    expect(form.locator("[data-section]")).to_have_count(1)
    expect(form.locator(".waiting")).to_have_text("")
    size = told.locator(".title").evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    assert size >= 28
    say(form, saddle_numbness="no")
    expect(form.locator("[data-section]")).to_have_count(len(SECTIONS))


def test_a_sunburn_on_one_shoulder_is_marked_and_left_out(form):
    say(form, burn="yes")
    form.locator("fieldset[data-id=burn-large]").wait_for()
    no_to_the_rest(form)
    told = result(form, "adapt")
    expect(told).to_contain_text("not marked yet")
    shoulder = form.locator("#zone-shoulder-roll-left")
    shoulder.click()
    expect(shoulder).to_have_attribute("aria-checked", "true")
    expect(form.locator("#zone-shoulder-roll-right")).not_to_have_attribute("aria-checked", "true")
    expect(told).to_contain_text("Not touched: shoulder roll (left side).")
    expect(told).to_contain_text("No oil at all.")
    form.get_by_text("Choose by name instead").click()
    box = form.get_by_role("checkbox", name="Shoulder roll, left").and_(form.locator("input"))
    expect(box).to_be_checked()
    box.uncheck()
    expect(told).to_contain_text("not marked yet")


def test_who_says_so_opens_at_each_reason(form):
    say(form, fever="yes")
    told = result(form, "stop")
    told.get_by_label("Who says so about Feeling ill").click()
    expect(told.get_by_text("B31: Four blocks", exact=False)).to_be_visible()


# --- calm ------------------------------------------------------------------------------------


def pressed_in_its_place(form, pressed):
    """Press it; it has to stay where it is, with the focus."""
    pressed.scroll_into_view_if_needed()
    before = pressed.bounding_box()["y"] - form.bounding_box()["y"]
    pressed.click()
    yield
    assert pressed.bounding_box()["y"] - form.bounding_box()["y"] == before
    expect(pressed).to_be_focused()


@pytest.mark.parametrize("name", ["unstable-neck", "fever", "heart-or-lung-disease"])
def test_nothing_moves_under_the_pointer_and_focus_stays(form, name):
    say(form, spine_problem="yes")
    form.locator("fieldset[data-id=spine-flare]").wait_for()
    for _ in pressed_in_its_place(form, line(form, name)):
        expect(
            form.locator(f"[data-section='{LINES[name]}'] fieldset[data-id]").first
        ).to_be_visible()
    for _ in pressed_in_its_place(form, none_of(form, LINES[name])):
        expect(line(form, name)).to_be_hidden()


def test_a_follow_up_and_an_emergency_move_neither_the_pointer_s_place_nor_the_focus(form):
    say(form, dizzy_today="yes")
    no_to_the_rest(form)
    for _ in pressed_in_its_place(form, radio(form, "dizzy-with-signs", "yes")):
        result(form, "emergency")
    none_of(form, "help-now").uncheck()
    for _ in pressed_in_its_place(form, line(form, "chest-pain")):
        expect(form.locator("[data-section]")).to_have_count(1)


def test_answers_given_faster_than_the_kernel_hears_them_all_count(form):
    form.evaluate("form => form.querySelectorAll('.none input').forEach(each => each.click())")
    result(form, "go")
    expect(form.locator(".none input:checked")).to_have_count(len(SECTIONS))


def test_what_is_ticked_right_after_starting_over_stays_ticked(form):
    no_to_the_rest(form)
    result(form, "go")
    form.evaluate("""form => {
        [...form.querySelectorAll("button")].find(each => each.innerText === "Start over").click();
        form.querySelector(".none input").click();
    }""")
    expect(form.locator(".waiting")).to_contain_text("5 lists are still open")
    expect(form.locator(".none input:checked")).to_have_count(1)
    line(form, "fever").check()
    expect(form.locator(".none input:checked")).to_have_count(1)


INPUTS = ".lists input, .allow input, .names input"
SHOWN = f"""form => [...form.querySelectorAll("{INPUTS}")].map(each =>
    [each.closest("[data-line], [data-id], [data-section], label").outerText, each.checked])"""
PRESS = f"""(form, number) => {{
    const plate = form.querySelector(".marker .plate").shadowRoot;
    const buttons = [...form.querySelectorAll("button")];
    const open = [
        ...form.querySelectorAll("{INPUTS}"),
        ...plate.querySelectorAll("[role=checkbox]"),
        buttons.find(each => each.innerText === "Start over"),
    ].filter(each => !(each.closest("svg") ? plate.host : each).closest("[hidden]"));
    open[number % open.length].dispatchEvent(
        new MouseEvent("click", {{ bubbles: true, cancelable: true }}));
}}"""


@settings(max_examples=10)
@given(st.lists(st.one_of(st.integers(0, 500), st.just("reply")), min_size=2, max_size=12))
def test_whatever_is_pressed_before_replies_come_the_form_shows_what_python_has(host, pressed):
    form = host.page.locator(".mw-screening")
    form.get_by_role("button", name="Start over").click()
    host.settle()
    with host.held_replies():
        for each in pressed:
            if each == "reply":
                host.release_waiting()
            else:
                form.evaluate(PRESS, each)
    host.settle()
    shown, said = form.evaluate(SHOWN), form.locator(".result").inner_text()
    page = host.widget.page
    assert form.locator("[data-section]").count() == len(page["sections"])
    host.reload()  # a new view has what Python has, and nothing else
    assert form.evaluate(SHOWN) == shown
    assert form.locator(".result").inner_text() == said


def test_a_result_that_an_answer_under_way_may_change_is_not_printed(host, lesson, form):
    no_to_the_rest(form)
    result(form, "go")
    lesson.evaluate("() => (window.printed = null)")
    with host.held_replies():
        none_of(form, "today").uncheck()
        line(form, "fever").check()
        expect(form).to_have_attribute("data-waiting", "true")
        form.get_by_role("button", name="Print the result").click()
        assert lesson.evaluate("window.printed") is None
    result(form, "stop")
    expect(form).to_have_attribute("data-waiting", "false")


# --- by keyboard alone -------------------------------------------------------------------------


def test_somebody_healthy_needs_two_keys_a_list(lesson, form):
    none_of(form, SECTIONS[0]).evaluate("element => element.focus()")
    for section in SECTIONS:
        expect(none_of(form, section)).to_be_focused()
        lesson.keyboard.press("Space")
        expect(line(form, next(n for n, each in LINES.items() if each == section))).to_be_hidden()
        lesson.keyboard.press("Tab")
    result(form, "go")


def test_a_bruise_is_told_and_marked_by_keyboard_alone(lesson, form):
    keys = lesson.keyboard
    none_of(form, SECTIONS[0]).evaluate("element => element.focus()")
    for section in SECTIONS:
        if section == LINES["bruise"]:
            tab_to(lesson, line(form, "bruise"))
            keys.press("Space")
            tab_to(lesson, radio(form, "bruise-many", "yes"))
            keys.press("ArrowDown")
            expect(radio(form, "bruise-many", "no")).to_be_checked()
        else:
            tab_to(lesson, none_of(form, section))
            keys.press("Space")
    told = result(form, "adapt")
    tab_to(lesson, form.locator("[id^=zone-][tabindex='0']"))
    while not form.locator("#zone-waist-left").evaluate(FOCUSED):
        keys.press("ArrowDown")
    keys.press("Space")
    expect(told).to_contain_text("Not touched: waist (left side).")
    tab_to(lesson, form.get_by_role("button", name="Keep it for today"))
    keys.press("Enter")
    expect(form).to_contain_text("Kept on this computer for today.")
    tab_to(lesson, form.get_by_role("button", name="Remove what is kept"))
    keys.press("Enter")
    expect(form).to_contain_text("Nothing is kept.")


# --- kept, printed -----------------------------------------------------------------------------


def test_it_is_kept_for_today_only_if_asked_for_and_removed_again(own_home, host, form):
    file = own_home / "screening.json"
    say(form, pregnancy="yes")
    form.locator("fieldset[data-id='after-birth']").wait_for()
    no_to_the_rest(form)
    result(form, "ask a doctor")
    assert not file.exists()
    form.get_by_role("button", name="Keep it for today").click()
    expect(form).to_contain_text("Kept on this computer for today.")
    assert file.exists()

    # Another kernel, as tonight: it is still known.
    host.clear()
    host.show(screening())
    result(form, "ask a doctor")
    expect(line(form, "pregnancy")).to_be_checked()
    expect(form).to_contain_text("Kept on this computer for today.")

    form.get_by_role("button", name="Remove what is kept").click()
    expect(form).to_contain_text("Nothing is kept.")
    assert not file.exists()


def test_what_was_kept_goes_as_soon_as_an_answer_changes(own_home, form):
    no_to_the_rest(form)
    form.get_by_role("button", name="Keep it for today").click()
    expect(form).to_contain_text("Kept on this computer for today.")
    none_of(form, "today").uncheck()
    expect(form.locator(".notice")).to_contain_text("no longer holds, and has been removed")
    assert not (own_home / "screening.json").exists()


def test_the_page_may_be_loaded_again_with_its_kernel_alive(host, form):
    none_of(form, "skin").check()
    say(form, diabetes="not sure")
    form.locator("fieldset[data-id=diabetes-trouble]").wait_for()
    host.reload()
    expect(line(form, "diabetes", "not sure")).to_be_checked()
    expect(none_of(form, "skin")).to_be_checked()
    expect(line(form, "bruise")).to_be_hidden()
    expect(form.locator("fieldset[data-id=diabetes-trouble]")).to_be_visible()


def test_the_result_alone_is_printed(lesson, form):
    say(form, fever="yes")
    result(form, "stop")
    form.get_by_role("button", name="Print the result").click()
    lesson.wait_for_function("window.printed")
    printed = lesson.evaluate("window.printed")
    assert printed.startswith("No massage today.")
    assert "Feeling ill, fever or infection (you said: yes)." in printed
    assert "Who says so" not in printed
    assert "Pregnant, or perhaps" not in printed
    expect(lesson.locator("iframe.mw-paper")).to_be_hidden()


# --- for all -----------------------------------------------------------------------------------


def _go(form):
    no_to_the_rest(form)
    result(form, "go")


def _marked(form):
    say(form, bruise="yes", osteoporosis="yes")
    form.locator("fieldset[data-id=bruise-many]").wait_for()
    no_to_the_rest(form)
    form.get_by_label("An ordinary gentle massage").check()
    result(form, "adapt")
    form.locator("#zone-waist-left").click()
    form.get_by_text("Choose by name instead").click()


def _emergency(form):
    say(form, chest_pain="yes")
    result(form, "emergency")


STATES = {"asked": lambda _: None, "go": _go, "marked": _marked, "emergency": _emergency}


@pytest.mark.parametrize("state", STATES)
def test_it_serves_everybody(host, lesson, form, state):
    """Axe finds nothing; a narrow page loses nothing; whatever is pressed is large enough.

    320 pixels are also what a page of 1280 is at 400 % zoom. What is pressed has 24 either way; a
    zone that is smaller can be chosen by its name as well.
    """
    STATES[state](form)
    host.check_accessibility(".mw-screening")
    lesson.set_viewport_size({"width": 320, "height": 800})
    wide = form.evaluate("""element => [...element.querySelectorAll("*")].filter(each =>
        each.getBoundingClientRect().right > element.getBoundingClientRect().right + 1).length""")
    fits = form.evaluate("element => element.scrollWidth <= element.clientWidth")
    lesson.set_viewport_size({"width": 1280, "height": 900})
    assert (wide, fits) == (0, True)
    small = form.evaluate("""form => [...form.querySelectorAll("button, input, summary")]
        .map(each => [each.outerHTML, (each.closest("label") ?? each).getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
        .map(([html]) => html)""")
    assert small == []
