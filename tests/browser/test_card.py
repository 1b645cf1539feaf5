"""A technique's card, its hands and its map, as a learner meets them."""

import pytest
from playwright.sync_api import expect

from massage_workbook import technique
from massage_workbook.body.frame import svg_transform
from massage_workbook.views.tour import pass_tours
from massage_workbook.widgets.back_map import BackMap
from massage_workbook.widgets.bundle import bundle

from ..shipped import COURSE
from ..views.tours import leg, pass_of
from .widget_page import widget_page

pytestmark = pytest.mark.usefixtures("own_home")
TECHNIQUES = {each.id: each for each in COURSE.techniques}
MIDLINE = -svg_transform()["left"] * svg_transform()["scale"]
SLOW = TECHNIQUES["tender-spot-hold"]
PHASES = [phase.say for phase in SLOW.movement.phases if phase.say]
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
"""Time passes only by `frameAt`, to so many milliseconds."""


@pytest.fixture(scope="module")
def host(browser):
    shown = technique("superficial-stroking"), technique("sawing", folded=True)
    with widget_page(browser, *shown) as host:
        yield host


@pytest.fixture
def page(host):
    return host.page


# --- hands on a map ------------------------------------------------------------------------------


def hands(card):
    return card.locator("svg path[style*='--mw-hand']:visible")


def position(hand):
    """The middle of a hand in the picture."""
    return hand.evaluate(
        """hand => {
            const { e, f } = hand.parentNode.transform.baseVal.consolidate().matrix;
            return [e, f];
        }"""
    )


def test_with_less_motion_stages_are_paged_through(page):
    card = page.locator(".mw-back-map").first
    before = position(hands(card).first)
    for button, number in (("Next", 2), ("Back", 1)):
        card.get_by_role("button", name=button).click()
        expect(card).to_contain_text(f"{number} of 3")
        assert (position(hands(card).first) == before) == (number == 1)


def test_stages_of_a_pass_lie_first_on_one_side_and_then_on_the_other(browser):
    with widget_page(browser, technique("picking-up")) as host:
        card = host.page.locator(".mw-back-map")
        for number in range(1, 9):
            expect(card).to_contain_text(f"{number} of 8")
            expect(hands(card)).to_have_count(1)
            assert (position(hands(card))[0] > MIDLINE) == (number <= 4)
            card.get_by_role("button", name="Next").click()


def test_hands_stay_at_the_stops_of_a_pass_at_the_true_tempo(browser):
    (tour, *_) = pass_tours(TECHNIQUES["thumb-press"], COURSE.zones)
    moving = {"scripts": [CLOCK], "reduced_motion": "no-preference"}
    with widget_page(browser, technique("thumb-press"), **moving) as host:
        card = host.page.locator(".mw-back-map")
        expect(card.get_by_role("button", name="Pause")).to_be_visible()
        for leg in tour["legs"]:
            if leg["kind"] == "stop":
                host.page.evaluate("window.frameAt", 1000 * (leg["at"] + leg["seconds"] / 3))
                assert position(hands(card)) == pytest.approx(leg["places"]["right"][0], abs=0.1)
        host.page.evaluate("window.frameAt", 1000 * (tour["seconds"] + 0.1))
        assert position(hands(card))[0] < MIDLINE
        card.get_by_role("button", name="Slower").click()
        expect(card.get_by_role("button", name="Slower")).to_have_attribute("aria-pressed", "true")


def test_a_card_plays_one_movement_and_pauses_it(browser):
    with widget_page(browser, technique(SLOW.id), reduced_motion="no-preference") as host:
        movement = host.page.locator(".movement")
        movement.scroll_into_view_if_needed()
        for words in PHASES:
            expect(movement.locator(".playing span")).to_have_text(words)
        movement.get_by_role("button", name="Pause").click()
        expect(movement.get_by_role("button", name="Play")).to_be_visible()
        expect(movement.locator(".phases")).to_be_hidden()


def test_with_less_motion_the_phases_of_a_movement_stand_side_by_side(browser):
    with widget_page(browser, technique(SLOW.id)) as host:
        movement = host.page.locator(".movement")
        expect(movement.locator(".playing")).to_be_hidden()
        expect(movement.locator("li")).to_contain_text(PHASES)


MOTION = BackMap.script.parent / "shared" / "motion.js"
LOOK = """async ([text, tours]) => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    const { makeHands } = await import(url);
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const hands = makeHands(picture);
    return tours.map(tour => {
        hands.show(tour, 1);
        const [shadow, palm, contact] = picture.querySelectorAll("path");
        const [size] = palm.parentNode.getAttribute("transform").match(/[\\d.]+(?=\\)$)/);
        const firm = Number(contact.getAttribute("opacity"));
        return [Number(size), firm, Number(palm.style.fillOpacity), shadow.getAttribute("display")];
    });
}"""


def test_a_hand_in_the_air_is_larger_and_a_firm_one_has_a_deeper_colour(page):
    tours = [pass_of(leg()), pass_of(leg(), moves="lifts"), pass_of(leg(force=1))]
    sizes, contacts, covers, shadows = zip(
        *page.evaluate(LOOK, [bundle(MOTION), tours]), strict=True
    )
    pressed, lifted, soft = sizes
    assert lifted > pressed == soft == 1
    firm, none, light = contacts
    assert firm > light > none == 0
    assert firm > max(covers), "what lies below shows, unless the hand presses there"
    assert shadows == ("none", "inline", "none")


# --- a card --------------------------------------------------------------------------------------


def test_a_card_tells_where_the_giver_is_when_asked(page):
    card = page.locator(".mw-card").first
    for shown in (True, False):
        card.get_by_text("Your position", exact=True).click()
        for place in ("At a table:", "On the floor:"):
            expect(card.get_by_text(place)).to_be_visible(visible=shown)


def test_a_zone_tells_its_rule_to_the_pointer_and_to_the_keyboard(page):
    card = page.locator(".mw-back-map").first
    note, spine = card.locator(".zone"), card.locator("#zone-spine")
    spine.scroll_into_view_if_needed()
    spine.hover()
    expect(note).to_contain_text("Spine: keep off. Nothing presses")
    page.mouse.move(5, 5)
    expect(note).to_contain_text("Point at a zone")
    card.locator("[id^=zone-][tabindex='0']").focus()
    told = [note.text_content()]
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        expect(note).to_contain_text(card.locator("g:focus").get_attribute("aria-label"))
        told.append(note.text_content())
    assert told[1] == told[3]
    assert len(set(told)) == 3


def test_the_map_of_a_card_has_its_colours(page):
    """A shape that has lost its style is black; none on a map is meant to be."""
    fills = page.locator(".mw-card .plate").first.evaluate(
        """plate => [...plate.shadowRoot.querySelectorAll("path[class]")]
            .map((path) => getComputedStyle(path).fill)"""
    )
    assert fills
    assert "rgb(0, 0, 0)" not in fills


def test_a_folded_card_shows_its_hand_and_all_of_it_when_opened_or_printed(host, page):
    whole, folded = page.locator(".mw-card").all()
    expect(whole.get_by_role("button", name="card")).to_have_count(0)
    details = [folded.locator(each) for each in (".mw-back-map", ".facts dl", ".how ol", ".stop")]
    for each in details:
        expect(each).to_be_hidden()
    for each in (".hand", ".summary"):
        expect(folded.locator(each)).to_be_visible()
    host.check_accessibility(".mw-card")
    folded.get_by_role("button", name="Open the card: Sawing", expanded=False).press("Enter")
    for each in details:
        expect(each).to_be_visible()
    folded.get_by_role("button", name="Fold the card up: Sawing", expanded=True).press("Enter")
    expect(folded.locator(".how ol")).to_be_hidden()
    page.emulate_media(media="print")
    for each in (*details, folded.get_by_text("At a table:"), folded.locator(".care > ul")):
        expect(each).to_be_visible()
    page.emulate_media(media="screen")
