"""A technique's card and a quiz, as a learner meets them."""

import pytest
from playwright.sync_api import expect

from massage_workbook import quiz as asked
from massage_workbook import technique
from massage_workbook.body.frame import svg_transform
from massage_workbook.views.tour import pass_tours

from ..shipped import COURSE
from .answering import go_on
from .bare import bare_page

pytestmark = pytest.mark.usefixtures("own_home")
MIDDLE = -svg_transform()["left"] * svg_transform()["scale"]
CLOCK = """(() => {
    let now = 0;
    let waiting = [];
    performance.now = () => now;
    window.requestAnimationFrame = act => waiting.push(act);
    window.cancelAnimationFrame = () => (waiting = []);
    window.frameAt = time => {
        now = time;
        const due = waiting;
        waiting = [];
        for (const act of due) act(now);
    };
})()"""
"""Time goes on only by `frameAt`, to so many milliseconds."""


@pytest.fixture(scope="module")
def lesson(browser):
    with bare_page(browser, technique("superficial-stroking"), asked("stroking")) as bare:
        yield bare.page


@pytest.fixture
def quiz(lesson):
    """The lesson's quiz at a question that is not answered."""
    quiz = lesson.locator(".mw-quiz")
    go_on(quiz)
    return quiz


SLOW = next(each for each in COURSE.techniques if each.id == "tender-spot-hold")


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
    while not quiz.get_by_role("radio").count():  # choices are marked, other answers are told
        quiz.get_by_role("button", name="I don't know").click()
        go_on(quiz)
    quiz.get_by_role("button", name="I don't know").click()
    expect(quiz.get_by_role("status")).to_contain_text("Here is the answer.")
    expect(quiz.get_by_text("✓ this one").first).to_be_visible()


def palms(card):
    """The hands that a card shows."""
    return card.locator("svg path[style*='--mw-hand']:visible")


def middle(hand):
    """The middle of a hand in the picture."""
    return hand.evaluate(
        """hand => {
            const { e, f } = hand.parentNode.transform.baseVal.consolidate().matrix;
            return [e, f];
        }"""
    )


def test_a_picture_goes_by_stages_for_those_who_want_less_motion(lesson):
    first = lesson.locator(".mw-back-map").first
    hand = palms(first).first
    expect(first).to_contain_text("1 of 3")
    before = middle(hand)
    first.get_by_role("button", name="Next").click()
    expect(first).to_contain_text("2 of 3")
    assert middle(hand) != before
    first.get_by_role("button", name="Back").click()
    expect(first).to_contain_text("1 of 3")
    assert middle(hand) == before


def test_the_beginning_and_each_stroke_of_a_pass_are_stages_on_one_side_and_then_the_other(browser):
    with bare_page(browser, technique("picking-up")) as bare:
        card = bare.page.locator(".mw-back-map")
        for number in range(1, 9):
            expect(card).to_contain_text(f"{number} of 8")
            expect(palms(card)).to_have_count(1)
            assert (middle(palms(card))[0] > MIDDLE) == (number <= 4)
            card.get_by_role("button", name="Next").click()


def test_hands_stay_at_the_stops_of_a_pass_at_the_true_tempo(browser):
    """By a clock of our own: a frame is drawn when it says so."""
    thumb_press = next(each for each in COURSE.techniques if each.id == "thumb-press")
    (tour, *_) = pass_tours(thumb_press, COURSE.zones)
    with bare_page(
        browser, technique("thumb-press"), scripts=[CLOCK], reduced_motion="no-preference"
    ) as bare:
        card = bare.page.locator(".mw-back-map")
        expect(card.get_by_role("button", name="Pause")).to_be_visible()
        for leg in tour["legs"]:
            if leg["kind"] == "stop":
                bare.page.evaluate("window.frameAt", 1000 * (leg["at"] + leg["seconds"] / 3))
                assert middle(palms(card)) == pytest.approx(leg["places"]["right"][0], abs=0.1)
        bare.page.evaluate("window.frameAt", 1000 * (tour["seconds"] + 0.1))
        assert middle(palms(card))[0] < MIDDLE
        card.get_by_role("button", name="Slower").click()
        expect(card.get_by_role("button", name="Slower")).to_have_attribute("aria-pressed", "true")


def test_a_card_says_where_the_giver_is_once_it_is_asked(lesson):
    card = lesson.locator(".mw-card")
    places = [card.get_by_text(each) for each in ("At a table:", "On the floor:")]
    for shown in (True, False):
        card.get_by_text("Where you are", exact=True).click()
        for each in places:
            expect(each).to_be_visible(visible=shown)


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


def test_the_map_of_a_card_is_drawn_in_the_workbook_s_colours(lesson):
    """A shape whose look is lost is filled with black; nothing of a map is."""
    fills = lesson.locator(".mw-card .plate").evaluate(
        """plate => [...plate.shadowRoot.querySelectorAll("path[class]")]
            .map((path) => getComputedStyle(path).fill)"""
    )
    assert fills
    assert "rgb(0, 0, 0)" not in fills


def test_a_card_plays_one_movement_and_pauses_it(browser):
    with bare_page(browser, technique(SLOW.id), reduced_motion="no-preference") as bare:
        movement = bare.page.locator(".movement")
        movement.scroll_into_view_if_needed()
        said = [phase.say for phase in SLOW.movement.phases if phase.say]
        for words in said:
            expect(movement.locator(".playing span")).to_have_text(words)
        movement.get_by_role("button", name="Freeze").click()
        expect(movement.get_by_role("button", name="Move")).to_be_visible()
        expect(movement.locator(".phases")).to_be_hidden()


def test_without_motion_the_phases_of_a_movement_stand_side_by_side(browser):
    with bare_page(browser, technique(SLOW.id)) as bare:
        movement = bare.page.locator(".movement")
        expect(movement.locator(".playing")).to_be_hidden()
        said = [phase.say for phase in SLOW.movement.phases if phase.say]
        expect(movement.locator("li")).to_have_count(len(said))
        for shown, words in zip(movement.locator("li").all(), said, strict=True):
            expect(shown).to_contain_text(words)


def test_a_folded_card_shows_its_hand_and_the_rest_when_it_is_opened(browser):
    with bare_page(browser, technique("sawing", folded=True)) as bare:
        card = bare.page.locator(".mw-card")
        inside = [card.locator(each) for each in (".mw-back-map", ".facts dl", ".how ol", ".stop")]
        for each in inside:
            expect(each).to_be_hidden()
        expect(card.locator(".hand")).to_be_visible()
        expect(card.locator(".summary")).to_be_visible()
        bare.axe_finds_nothing(".mw-card")

        button = card.get_by_role("button", name="Open the card: Sawing")
        expect(button).to_have_attribute("aria-expanded", "false")
        button.press("Enter")
        for each in inside:
            expect(each).to_be_visible()
        card.get_by_role("button", name="Fold the card up: Sawing", expanded=True).press("Enter")
        expect(card.locator(".how ol")).to_be_hidden()

        bare.page.emulate_media(media="print")
        for each in (*inside, card.get_by_text("At a table:"), card.locator(".care > ul")):
            expect(each).to_be_visible()


def test_only_a_card_that_is_folded_has_a_button_to_open_it(lesson):
    expect(lesson.locator(".mw-card").get_by_role("button", name="card")).to_have_count(0)
