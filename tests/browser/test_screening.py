"""The screening on a page: answered by mouse and by keyboard, marked, kept, removed and printed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from massage_workbook import screening

from ..shipped import COURSE
from .conftest import FOCUSED, tab_to
from .widget_page import CAPTURE_PRINT, widget_page

pytestmark = pytest.mark.usefixtures("own_home")
SECTIONS = [each.id for each in COURSE.sections]
LINES = {each.id: each.section for each in COURSE.contraindications if each.section}


@pytest.fixture(scope="module")
def host(browser):
    with widget_page(browser, screening(), scripts=[CAPTURE_PRINT]) as host:
        yield host


@pytest.fixture
def form(host):
    """The form with nothing answered and nothing kept."""
    form = host.page.locator(".mw-screening")
    form.evaluate("form => form.querySelectorAll('details').forEach(each => (each.open = false))")
    remove = form.get_by_role("button", name="Delete what is saved")
    if remove.is_visible():
        remove.click()
    form.get_by_role("button", name="Start over").click()
    expect(form.locator("input:checked")).to_have_count(0)
    expect(form.locator(".waiting")).to_contain_text("6 lists are still open")
    return form


def none_of(form, section):
    return open_section(form, section).locator(".none input")


def open_section(form, section):
    """The list, opened if it is not its turn yet."""
    found = form.locator(f"[data-section='{section}']")
    if (later := found.get_by_role("button", name="Read it now")).is_visible():
        later.click()
    return found


def line(form, name, reply="yes"):
    open_section(form, LINES[name])
    return form.locator(f"[data-line='{name}'] input").nth(0 if reply == "yes" else 1)


def follow_up(form, name):
    return form.locator(f"fieldset[data-id={name}]")


def say(form, **replies):
    """Tick a line, clear it, or answer a follow-up."""
    for each, reply in replies.items():
        name = each.replace("_", "-")
        if name not in LINES:
            follow_up(form, name).locator(f"input[value='{reply}']").check()
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


def keep(form):
    form.get_by_role("button", name="Save it for today").click()
    expect(form).to_contain_text("Saved on this computer for today.")


# --- outcomes ------------------------------------------------------------------------------------


def test_somebody_healthy_may_be_massaged_by_two_keys_a_list(host, form):
    none_of(form, SECTIONS[0]).evaluate("element => element.focus()")
    for section in SECTIONS:
        expect(none_of(form, section)).to_be_focused()
        host.page.keyboard.press("Space")
        expect(line(form, next(n for n, each in LINES.items() if each == section))).to_be_hidden()
        host.page.keyboard.press("Tab")
    status = result(form, "go").get_by_role("status")
    expect(status).to_have_text("Nothing in your answers rules out a massage today.")
    for question in ("Do you want this massage, today?", "Where not", "Which word stops"):
        expect(form.locator(".result")).to_contain_text(question)
    expect(form.locator(".marker")).to_be_hidden()
    host.check_accessibility(".mw-screening")


def test_yes_and_not_sure_replace_each_other(form):
    bruises = follow_up(form, "bruise-many")
    line(form, "bruise", "not sure").check()
    line(form, "bruise").check()
    expect(line(form, "bruise", "not sure")).not_to_be_checked()
    expect(bruises).to_contain_text("A bruise or a sore knock")
    line(form, "bruise").uncheck()
    expect(bruises).to_have_count(0)
    expect(form.locator(".waiting")).to_contain_text("6 lists are still open")


def test_a_doctor_s_word_allows_what_it_says(host, form):
    say(form, osteoporosis="yes", bruise="yes")
    follow_up(form, "bruise-many").wait_for()
    no_to_the_rest(form)
    told = result(form, "ask a doctor")
    expect(told).to_contain_text("Brittle bones (you said: yes).")
    form.get_by_label("Light stroking alone").check()
    expect(result(form, "adapt")).to_contain_text("No: squeezing, rubbing, kneading, vibration.")
    form.get_by_label("An ordinary gentle massage").check()
    for text in ("No: squeezing, vibration.", "Never firmer than 2 of 10", "lowest ribs (both"):
        expect(told).to_contain_text(text)
    form.locator("#zone-waist-left").click()
    form.get_by_text("Choose by name instead").click()
    host.check_accessibility(".mw-screening")
    form.get_by_label("Nothing, or nobody was asked").check()
    result(form, "ask a doctor")


@pytest.mark.parametrize("reply", ["yes", "not sure"])
def test_a_numb_saddle_area_is_an_emergency_and_ends_the_questions(host, form, reply):
    say(form, saddle_numbness=reply)
    told = result(form, "emergency")
    expect(told.get_by_role("status")).to_have_text("Call your local emergency number now.")
    expect(form.locator("[data-section]")).to_have_count(1)
    expect(form.locator(".waiting")).to_have_text("")
    size = told.locator(".title").evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    assert size >= 28
    host.check_accessibility(".mw-screening")
    say(form, saddle_numbness="no")
    expect(form.locator("[data-section]")).to_have_count(len(SECTIONS))


def test_a_sunburn_on_one_shoulder_is_marked_and_left_out(form):
    say(form, burn="yes")
    follow_up(form, "burn-large").wait_for()
    no_to_the_rest(form)
    told = result(form, "adapt")
    expect(told).to_contain_text("not marked yet")
    left, right = (form.locator(f"#zone-shoulder-roll-{side}") for side in ("left", "right"))
    left.click()
    expect(left).to_have_attribute("aria-checked", "true")
    expect(right).not_to_have_attribute("aria-checked", "true")
    expect(told).to_contain_text("Not touched: shoulder roll (left side).")
    expect(told).to_contain_text("No oil at all.")
    form.get_by_text("Choose by name instead").click()
    box = form.get_by_role("checkbox", name="Shoulder roll, left").and_(form.locator("input"))
    expect(box).to_be_checked()
    box.uncheck()
    expect(told).to_contain_text("not marked yet")


def test_a_bruise_is_told_marked_and_kept_by_keyboard_alone(host, form, own_home):
    keys, file = host.page.keyboard, own_home / "screening.json"

    def press(control, key="Space"):
        tab_to(host.page, control)
        keys.press(key)

    none_of(form, SECTIONS[0]).evaluate("element => element.focus()")
    for section in SECTIONS:
        if section == LINES["bruise"]:
            press(line(form, "bruise"))
            press(follow_up(form, "bruise-many").locator("input[value=yes]"), "ArrowDown")
            expect(follow_up(form, "bruise-many").locator("input[value=no]")).to_be_checked()
        else:
            press(none_of(form, section))
    told = result(form, "adapt")
    tab_to(host.page, form.locator("[id^=zone-][tabindex='0']"))
    while not form.locator("#zone-waist-left").evaluate(FOCUSED):
        keys.press("ArrowDown")
    keys.press("Space")
    expect(told).to_contain_text("Not touched: waist (left side).")
    assert not file.exists()
    press(form.get_by_role("button", name="Save it for today"), "Enter")
    expect(form).to_contain_text("Saved on this computer for today.")
    assert file.exists()
    press(form.get_by_role("button", name="Delete what is saved"), "Enter")
    expect(form).to_contain_text("Nothing is saved.")
    assert not file.exists()


# --- nothing moves under a hand ------------------------------------------------------------------


def click_in_place(form, control, shown):
    """Click a control, which has to stay where it is, with the focus, once that is shown."""
    control.scroll_into_view_if_needed()
    before = control.bounding_box()["y"] - form.bounding_box()["y"]
    control.click()
    shown()
    assert control.bounding_box()["y"] - form.bounding_box()["y"] == before
    expect(control).to_be_focused()


@pytest.mark.parametrize("name", ["unstable-neck", "fever", "heart-or-lung-disease"])
def test_nothing_moves_under_the_pointer_and_focus_stays(form, name):
    say(form, spine_problem="yes")
    follow_up(form, "spine-flare").wait_for()
    more = form.locator(f"[data-section='{LINES[name]}'] fieldset[data-id]").first
    click_in_place(form, line(form, name), more.wait_for)
    none = none_of(form, LINES[name])
    click_in_place(form, none, lambda: expect(line(form, name)).to_be_hidden())


def test_an_emergency_moves_neither_the_pointer_s_place_nor_the_focus(form):
    say(form, dizzy_today="yes")
    no_to_the_rest(form)
    signs = follow_up(form, "dizzy-with-signs").locator("input[value=yes]")
    click_in_place(form, signs, lambda: result(form, "emergency"))
    none_of(form, "help-now").uncheck()
    sections = form.locator("[data-section]")
    click_in_place(form, line(form, "chest-pain"), lambda: expect(sections).to_have_count(1))


# --- a slow kernel -------------------------------------------------------------------------------


def test_clicks_faster_than_replies_all_count_also_right_after_starting_over(form):
    form.evaluate("form => form.querySelectorAll('.none input').forEach(each => each.click())")
    result(form, "go")
    expect(form.locator(".none input:checked")).to_have_count(len(SECTIONS))
    form.evaluate("""form => {
        [...form.querySelectorAll("button")].find(each => each.innerText === "Start over").click();
        form.querySelector(".none input").click();
    }""")
    expect(form.locator(".waiting")).to_contain_text("5 lists are still open")
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
def test_whatever_is_pressed_before_replies_the_form_shows_what_python_has(host, pressed):
    form = host.page.locator(".mw-screening")
    form.get_by_role("button", name="Start over").click()
    host.settle()
    host.press_before_replies(form, PRESS, pressed)
    shown, said = form.evaluate(SHOWN), form.locator(".result").inner_text()
    assert form.locator("[data-section]").count() == len(host.widget.page["sections"])
    host.reload()  # a new view has what Python has, and nothing else
    assert form.evaluate(SHOWN) == shown
    assert form.locator(".result").inner_text() == said


def test_the_result_alone_is_printed_and_not_while_a_reply_may_change_it(host, form):
    no_to_the_rest(form)
    result(form, "go")
    host.page.evaluate("() => (window.printed = null)")
    with host.held_replies():
        none_of(form, "today").uncheck()
        line(form, "fever").check()
        expect(form).to_have_attribute("data-waiting", "true")
        form.get_by_role("button", name="Print the result").click()
        assert host.page.evaluate("window.printed") is None
    told = result(form, "stop")
    expect(form).to_have_attribute("data-waiting", "false")
    told.get_by_label(re.compile("sources .*: Feeling ill")).click()
    expect(told.get_by_text("B31: Four blocks", exact=False)).to_be_visible()
    form.get_by_role("button", name="Print the result").click()
    with host.printed() as sheet:
        text = sheet.locator("body").inner_text()
    assert text.startswith("No massage today.")
    assert "Feeling ill, fever or infection (you said: yes)." in text
    for elsewhere in ("Reason and sources", "Pregnant, or perhaps"):
        assert elsewhere not in text
    expect(host.page.locator("iframe.mw-paper")).to_be_hidden()


# --- kept ----------------------------------------------------------------------------------------


def test_what_is_kept_is_known_to_the_next_kernel_until_an_answer_changes(own_home, host, form):
    say(form, pregnancy="yes")
    follow_up(form, "after-birth").wait_for()
    no_to_the_rest(form)
    keep(form)
    host.clear()
    host.show(screening())
    result(form, "ask a doctor")
    expect(line(form, "pregnancy")).to_be_checked()
    expect(form).to_contain_text("Saved on this computer for today.")
    say(form, pregnancy="no")
    expect(form.locator(".notice")).to_contain_text("no longer hold and have been deleted")
    assert not (own_home / "screening.json").exists()
