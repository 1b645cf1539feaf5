"""The screening in the real page: each outcome, by mouse and by keyboard, kept and removed."""

import pytest
from playwright.sync_api import expect

from massage_workbook import screening

from ..shipped import COURSE
from .bare import bare_page
from .conftest import FOCUSED, tab_to

pytestmark = pytest.mark.usefixtures("own_home")
FIRST = [each.id for each in COURSE.contraindications if each.first]
PRINTED = "window.print = () => { top.printed = document.body.innerText }"


@pytest.fixture(scope="module")
def bare(browser):
    """A page with the screening alone."""
    with bare_page(browser, screening(), scripts=[PRINTED]) as bare:
        yield bare


@pytest.fixture(scope="module")
def lesson(bare):
    return bare.page


@pytest.fixture
def form(lesson):
    """The form with nothing answered and nothing kept."""
    form = lesson.locator(".mw-screening")
    form.get_by_role("button", name="Remove what is kept").click()
    form.get_by_role("button", name="Start over").click()
    expect(form.locator("input[type=radio]:checked")).to_have_count(0)
    expect(form.locator(".waiting")).to_contain_text(f"{len(FIRST)} questions are still open")
    return form


def radio(form, name, reply):
    return form.locator(f"fieldset[data-id='{name}'] input[value='{reply}']")


def say(form, **replies):
    for name, reply in replies.items():
        radio(form, name.replace("_", "-"), reply).check()


def no_to_the_rest(form):
    """Answer what is open with "no", and what that opens, until nothing is open."""
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
        "Nothing you said speaks against a massage today."
    )
    for question in ("Do you want this massage, today?", "Where not", "Which word stops"):
        expect(told).to_contain_text(question)
    expect(form.locator(".marker")).to_be_hidden()


def test_a_fever_stops_it_at_once_and_the_rest_may_still_be_answered(form):
    say(form, fever="yes")
    told = result(form, "stop")
    expect(told.get_by_role("status")).to_have_text("No massage today.")
    expect(form.locator("fieldset[data-id='stiff-neck-fever']")).to_be_visible()
    expect(form.locator(".waiting")).to_contain_text("still open")
    say(form, stiff_neck_fever="not sure")
    result(form, "emergency")


def test_brittle_bones_wait_for_a_doctor_and_stay_light_after_that(form):
    say(form, other_illness="yes")
    form.locator("fieldset[data-id=osteoporosis]").wait_for()
    say(form, osteoporosis="yes")
    no_to_the_rest(form)
    told = result(form, "ask a doctor")
    expect(told).to_contain_text("Brittle bones, or a frail body (you said: yes).")
    expect(told).to_contain_text("No: squeezing, rubbing, kneading, vibration.")
    form.get_by_label("A doctor or midwife who knows all of this has agreed").check()
    told = result(form, "adapt")
    expect(told).to_contain_text("No: squeezing, rubbing, kneading, vibration.")
    expect(told).to_contain_text("Never firmer than 2 of 10")
    form.get_by_label("None of it lies on the back").check()
    expect(told).not_to_contain_text("not marked yet")
    expect(told).to_contain_text("lowest ribs (both sides)")


@pytest.mark.parametrize("reply", ["yes", "not sure"])
def test_a_numb_saddle_area_is_an_emergency_and_ends_the_asking(form, reply):
    say(form, emergency_signs="no", saddle_numbness=reply)
    told = result(form, "emergency")
    expect(told.get_by_role("status")).to_have_text("Call your local emergency number now.")
    expect(form.locator("fieldset[data-id]")).to_have_count(2)
    expect(form.locator(".waiting")).to_have_text("")
    size = told.locator(".title").evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    assert size >= 28
    say(form, saddle_numbness="no")
    expect(form.locator("fieldset[data-id]")).to_have_count(len(FIRST))


def test_a_sunburn_on_one_shoulder_is_marked_and_left_out(form):
    say(form, something_to_change="yes")
    form.locator("fieldset[data-id=burn]").wait_for()
    say(form, burn="yes")
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


def test_nothing_moves_under_the_pointer_and_focus_stays(form):
    whole = form.bounding_box
    for name in ("fever", "other-illness", "something-to-change"):
        pressed = radio(form, name, "yes")
        pressed.scroll_into_view_if_needed()
        before = pressed.bounding_box()["y"] - whole()["y"]
        pressed.click()
        expect(form.locator(".more fieldset").first).to_be_visible()
        assert pressed.bounding_box()["y"] - whole()["y"] == before
        expect(pressed).to_be_focused()
    last = form.locator(".more input[value=no]").last
    last.scroll_into_view_if_needed()
    before = last.bounding_box()["y"] - whole()["y"]
    last.click()
    expect(last).to_be_checked()
    assert last.bounding_box()["y"] - whole()["y"] == before
    expect(last).to_be_focused()


def test_an_emergency_moves_neither_the_pointer_s_place_nor_the_focus(form):
    no_to_the_rest(form)
    pressed = radio(form, "emergency-signs", "yes")
    pressed.scroll_into_view_if_needed()
    before = pressed.bounding_box()["y"] - form.bounding_box()["y"]
    pressed.click()
    result(form, "emergency")
    assert pressed.bounding_box()["y"] - form.bounding_box()["y"] == before
    expect(pressed).to_be_focused()


def test_answers_given_faster_than_the_kernel_hears_them_all_count(form):
    form.evaluate(
        """form => form.querySelectorAll("input[value=no]").forEach(each => each.click())"""
    )
    result(form, "go")
    expect(form.locator("input[value=no]:checked")).to_have_count(len(FIRST))


# --- by keyboard alone -------------------------------------------------------------------------


def test_a_bruise_is_told_and_marked_by_keyboard_alone(lesson, form):
    keys = lesson.keyboard
    radio(form, FIRST[0], "yes").evaluate("element => element.focus()")
    answer = dict.fromkeys(FIRST, "no") | {"something-to-change": "yes"}
    answer |= {each.id: "no" for each in COURSE.contraindications if not each.first}
    answer |= {"bruise": "yes"}

    def choose(name):
        tab_to(lesson, radio(form, name, "yes"))
        keys.press("Space" if answer[name] == "yes" else "ArrowDown")
        expect(radio(form, name, answer[name])).to_be_checked()

    for name in FIRST:
        choose(name)
    expect(form.locator(".more fieldset").first).to_be_visible()
    for each in form.locator(".more fieldset").all():
        choose(each.get_attribute("data-id"))
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


def test_it_is_kept_for_today_only_if_asked_for_and_removed_again(own_home, bare, form):
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
    bare.open()
    bare.show(screening())
    result(form, "ask a doctor")
    expect(radio(form, "pregnancy", "yes")).to_be_checked()
    expect(form).to_contain_text("Kept on this computer for today.")

    form.get_by_role("button", name="Remove what is kept").click()
    expect(form).to_contain_text("Nothing is kept.")
    assert not file.exists()


def test_what_was_kept_goes_as_soon_as_an_answer_changes(own_home, form):
    no_to_the_rest(form)
    form.get_by_role("button", name="Keep it for today").click()
    expect(form).to_contain_text("Kept on this computer for today.")
    say(form, fever="yes")
    expect(form.locator(".notice")).to_contain_text("no longer holds, and has been removed")
    assert not (own_home / "screening.json").exists()


def test_the_page_may_be_loaded_again_with_its_kernel_alive(bare, form):
    say(form, something_to_change="not sure")
    form.locator("fieldset[data-id=bruise]").wait_for()
    bare.again()
    expect(radio(form, "something-to-change", "not sure")).to_be_checked()
    expect(form.locator("fieldset[data-id=bruise]")).to_be_visible()


def test_the_result_alone_is_printed(lesson, form):
    say(form, fever="yes")
    result(form, "stop")
    form.get_by_role("button", name="Print the result").click()
    lesson.wait_for_function("window.printed")
    printed = lesson.evaluate("window.printed")
    assert printed.startswith("No massage today.")
    assert "Feeling ill, fever or infection (you said: yes)." in printed
    assert "Who says so" not in printed
    assert "Are you pregnant" not in printed
    expect(lesson.locator("iframe.mw-paper")).to_be_hidden()


# --- for all -----------------------------------------------------------------------------------


def _go(form):
    no_to_the_rest(form)
    result(form, "go")


def _marked(form):
    say(form, something_to_change="yes", other_illness="yes")
    form.locator("fieldset[data-id=cancer]").wait_for()
    no_to_the_rest(form)
    form.locator(".agree input").check()
    result(form, "adapt")
    form.locator("#zone-waist-left").click()
    form.get_by_text("Choose by name instead").click()


def _emergency(form):
    say(form, emergency_signs="yes")
    result(form, "emergency")


STATES = {"asked": lambda _: None, "go": _go, "marked": _marked, "emergency": _emergency}


@pytest.mark.parametrize("state", STATES)
def test_it_serves_everybody(bare, lesson, form, state):
    """Axe finds nothing; a narrow page loses nothing; whatever is pressed is large enough.

    320 pixels are also what a page of 1280 is at 400 % zoom. What is pressed has 24 either way; a
    zone that is smaller can be chosen by its name as well.
    """
    STATES[state](form)
    bare.axe_finds_nothing(".mw-screening")
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
