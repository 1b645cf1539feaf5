"""What a finger does on a touch screen: it taps and drags, and no pointer was there before."""

import re

import pytest
from playwright.sync_api import expect

from massage_workbook import planner, technique

from . import test_player
from .answering import VISIBLE_POINT, at_moments, on_the_page
from .test_player import begin, expect_state, player
from .test_questions import END, SAMPLE, START, sample_quiz
from .widget_page import widget_page

pytestmark = pytest.mark.usefixtures("own_home")
practices = test_player.practices  # a fixture
TABLET = {"has_touch": True, "viewport": {"width": 820, "height": 1180}}
KINDS = ("zones", "stroke", "tempo")


@pytest.fixture(scope="module")
def page(browser):
    quizzes = [sample_quiz(SAMPLE[kind]) for kind in KINDS]
    shown = *quizzes, planner(), technique("sawing", folded=True)
    with widget_page(browser, *shown, **TABLET) as host:
        yield host.page


def quiz_of(page, kind):
    return page.locator(".mw-quiz").nth(KINDS.index(kind))


def tap(page, shape):
    shape.scroll_into_view_if_needed()
    page.touchscreen.tap(*shape.evaluate(VISIBLE_POINT))


def drag(page, start, end):
    """A finger that is laid down, goes there in steps, and is lifted."""
    screen = page.context.new_cdp_session(page)

    def touch(kind, *places):
        points = [{"x": x, "y": y} for x, y in places]
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", start)
    for i in range(1, 13):
        touch("touchMove", [a + (b - a) * i / 12 for a, b in zip(start, end, strict=True)])
    touch("touchEnd")
    rest(page)


def rest(page):
    """A moment in which a finger is off: after a tremble, or a fling, the next tap is another."""
    now = page.evaluate("performance.now()")
    page.wait_for_function("then => performance.now() > then", arg=now + 500)


def expect_right(quiz):
    quiz.get_by_role("button", name="Check").tap()
    expect(quiz.locator(".verdict")).to_have_text("Right.")


def test_zones_are_tapped(page, right_response):
    quiz = quiz_of(page, "zones")
    for name in right_response(SAMPLE["zones"]):
        zone = quiz.locator(f".plate #zone-{name}")
        tap(page, zone)
        expect(zone).to_have_attribute("aria-checked", "true")
    expect_right(quiz)


def test_a_stroke_is_drawn_on_a_back_that_stays_where_it_is(page):
    quiz = quiz_of(page, "stroke")
    plate = quiz.locator(".plate svg")
    plate.scroll_into_view_if_needed()
    box = plate.bounding_box()
    drag(page, *on_the_page(plate, START, END))
    assert plate.bounding_box() == box
    expect_right(quiz)


def test_a_rhythm_is_tapped_on_a_pad_that_stays_where_it_is(page, right_response):
    quiz = quiz_of(page, "tempo")
    pad = quiz.get_by_role("button", name="Tap here")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    for _ in at_moments(page, right_response(SAMPLE["tempo"])):
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert pad.bounding_box() == box
    expect_right(quiz)


def test_a_slider_of_the_planner_follows_the_finger(page):
    row = page.locator(".mw-planner [data-block=total]")
    slider = row.locator("input[type=range]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    share = float(slider.input_value()) / float(slider.get_attribute("max"))
    y = box["y"] + box["height"] / 2
    drag(page, (box["x"] + share * box["width"], y), (box["x"] + 0.75 * box["width"], y))
    expect(row.locator(".typed")).to_have_value(re.compile("^(29|30|31):"))


def test_a_card_is_opened_and_its_zones_tell_their_rule(page):
    card = page.locator(".mw-card")
    card.get_by_role("button", name="Open the card").tap()
    tap(page, card.locator("#zone-spine"))
    expect(card.locator(".zone")).to_contain_text("Spine: keep off.")


def test_a_tap_pauses_a_practice_and_the_next_one_goes_on(browser, practices):
    with widget_page(browser, player(1, practices), **TABLET) as host:
        stage = begin(host.page)
        for state in ("paused", "running", "paused"):
            stage.locator("h2").tap()
            expect_state(stage, state)
            rest(host.page)
