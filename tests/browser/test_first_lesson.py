"""A lesson with its quiz, its pictures and a planner, as a learner meets them in JupyterLab."""

import pytest
from playwright.sync_api import expect

from .conftest import opened

STROKING = "03 Stroking.ipynb"


@pytest.fixture(scope="module")
def lesson(browser, workbook):
    with opened(browser, workbook, STROKING) as page:
        page.locator(".mw-quiz").wait_for()
        yield page


@pytest.fixture
def quiz(lesson):
    """The lesson's quiz at a question that is not answered."""
    quiz = lesson.locator(".mw-quiz")
    if quiz.get_by_role("button", name="Next").count():
        quiz.get_by_role("button", name="Next").click()
    quiz.get_by_role("button", name="Not sure").wait_for()
    return quiz


@pytest.fixture
def planner(lesson):
    """The planner at the 20 minutes."""
    planner = lesson.locator(".mw-planner")
    for session, total in (("40 minutes", "40:00"), ("20 minutes", "20:00")):
        planner.get_by_label("Begin from").select_option(label=session)
        expect(planner.locator("[data-block=total] .typed")).to_have_value(total)
    return planner


def width_of(page, gid):
    """Width of a part of the planner's picture, as it is painted."""
    return page.locator(f".mw-planner #{gid}").evaluate("part => part.getBBox().width")


def test_the_page_holds_no_answer_before_one_is_given(quiz):
    html = quiz.evaluate("element => element.outerHTML")
    assert "Right" not in html
    assert "misunderstanding" not in html
    assert quiz.locator("details").count() == 0


def test_an_answer_teaches_without_moving_the_focus(lesson, quiz):
    choice = quiz.get_by_role("radio").nth(0)
    choice.focus()
    lesson.keyboard.press("Space")
    lesson.keyboard.press("Enter")
    expect(quiz.locator(".verdict")).to_be_visible()
    expect(choice).to_be_focused()
    expect(quiz.get_by_role("button", name="Next")).to_be_visible()


def test_not_sure_shows_the_answer_without_a_guess(quiz):
    quiz.get_by_role("button", name="Not sure").click()
    expect(quiz.get_by_role("status")).to_contain_text("Here is the answer.")
    expect(quiz.get_by_text("✓ this one").first).to_be_visible()


def test_a_longer_block_is_longer_in_the_picture(lesson, planner):
    kneading = width_of(lesson, "span-kneading")
    planner.locator("[data-block=kneading] [type=range]").focus()
    for _ in range(8):
        lesson.keyboard.press("ArrowRight")
    expect(planner.locator("[data-block=total] .typed")).to_have_value("22:00")
    assert width_of(lesson, "span-kneading") == pytest.approx(1.2 * kneading, rel=0.02)


def test_dragging_never_queues_up_and_the_last_value_wins(planner):
    slider = planner.locator("[data-block=kneading] [type=range]")
    slider.evaluate("""input => {
        for (let value = 0; value <= 900; value += 15) {
            input.value = value;
            input.dispatchEvent(new Event("input"));
        }
        input.dispatchEvent(new Event("change"));
    }""")
    expect(planner.locator("[data-block=kneading] .typed")).to_have_value("15:00")
    assert slider.input_value() == "900"


def test_keys_pressed_faster_than_the_answers_come_all_count(planner):
    slider = planner.locator("[data-block=kneading] [type=range]")
    value = planner.locator("[data-block=kneading] .typed")
    before = int(slider.input_value())
    slider.evaluate("""input => {
        const press = () => {
            input.stepUp();
            input.dispatchEvent(new Event("input"));
            input.dispatchEvent(new Event("change"));
        };
        return new Promise(resolve => {
            let left = 40;
            const timer = setInterval(() => {
                press();
                left -= 1;
                if (!left) resolve(clearInterval(timer));
            }, 5);
        });
    }""")
    expect(value).to_have_value("20:00")
    assert int(slider.input_value()) == before + 40 * 15 == 20 * 60


def test_a_wish_that_cannot_be_met_says_why_and_the_slider_goes_back(lesson, planner):
    planner.get_by_label("Begin from").select_option(label="40 minutes")
    expect(planner.locator("[data-block=total] .typed")).to_have_value("40:00")
    slider = planner.locator("[data-block=rubbing] [type=range]")
    slider.focus()
    lesson.keyboard.press("End")
    expect(planner.get_by_role("status")).to_contain_text("a session has 40:00 at most")
    expect(planner.locator("[data-block=rubbing] .typed")).to_have_value("8:00")
    lesson.keyboard.press("Tab")
    assert slider.input_value() == "480"


def test_a_picture_goes_by_stages_for_those_who_want_less_motion(lesson):
    first = lesson.locator(".mw-back-map").first
    hand = first.locator("svg path[style*='--mw-hand']").first
    expect(first).to_contain_text("1 of 6")
    before = hand.get_attribute("transform")
    first.get_by_role("button", name="Next").click()
    expect(first).to_contain_text("2 of 6")
    assert hand.get_attribute("transform") != before
    first.get_by_role("button", name="Back").click()
    expect(hand).to_have_attribute("transform", before)


def test_a_zone_says_its_rule_to_the_pointer_and_to_the_keyboard(lesson):
    first = lesson.locator(".mw-back-map").first
    note = first.locator(".zone")
    spine = first.locator("#zone-spine")
    spine.scroll_into_view_if_needed()
    spine.hover()
    expect(note).to_contain_text("Spine: keep off. Nothing presses")
    lesson.mouse.move(5, 5)
    expect(note).to_contain_text("Point at a zone")

    first.locator("[id^=zone-][tabindex='0']").focus()
    told = [note.text_content()]
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        lesson.keyboard.press(key)
        expect(note).to_contain_text(first.locator("g:focus").get_attribute("aria-label"))
        told.append(note.text_content())
    assert told[1] == told[3]
    assert len(set(told)) == 3
