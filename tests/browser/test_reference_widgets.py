"""Rules, map, stop signs, disagreements and claims, as a learner meets them."""

import re

import pytest
from playwright.sync_api import expect

from massage_workbook import (
    back_map,
    claims,
    disagreements,
    preparation,
    quiz,
    rules,
    stop_signs,
    technique,
)
from massage_workbook.body.zones import KIND_LABELS
from massage_workbook.views.back import search_order

from ..shipped import COURSE
from .accessibility import check_axe
from .answering import spot
from .widget_page import CAPTURE_PRINT, widget_page

pytestmark = pytest.mark.usefixtures("own_home")
SPINE = next(one for one in COURSE.disagreements if one.id == "on-spine-contact")
ZONES = {zone.id: zone for zone in COURSE.zones}
A4 = {"format": "A4"}
LETTER = {"format": "Letter"}


@pytest.fixture(scope="module")
def host(browser):
    """All of them, for all tests of this file; each leaves its widgets as others need them."""
    shown = rules(), back_map(), stop_signs(), preparation(), disagreements("safety"), claims()
    with widget_page(browser, *shown, scripts=[CAPTURE_PRINT]) as host:
        yield host


@pytest.fixture(scope="module")
def lesson(host):
    return host.page


@pytest.fixture
def asked(lesson):
    """The disagreements about safety."""
    return lesson.locator(".mw-disagreements")


@pytest.fixture
def the_map(lesson):
    """The map of the back, not in a search."""
    shown = lesson.locator(".mw-whole-back")
    yield shown
    if shown.get_by_role("button", name="Back to the map").count():
        shown.get_by_role("button", name="Back to the map").click()
        shown.locator(".lists").wait_for()


# --- where the sources differ --------------------------------------------------------------------


def test_the_page_holds_no_answer_before_a_guess(asked):
    html = asked.evaluate("element => element.outerHTML")
    assert SPINE.question in html
    assert all(position.says in html for position in SPINE.positions)
    assert SPINE.follows not in html
    assert SPINE.why not in html
    assert "The course follows this" not in html


def test_a_guess_wants_a_side_first(asked):
    asked.get_by_role("button", name="Check my guess").click()
    expect(asked.get_by_role("status")).to_have_text("Choose a side first, or press Show me.")


def test_guess_first_and_see_by_keyboard_alone(lesson, asked):
    radio = asked.get_by_role("radio", name=re.compile("^ *Articles B and C"))
    radio.focus()
    lesson.keyboard.press("Space")
    lesson.keyboard.press("Enter")
    told = asked.get_by_role("status")
    expect(told).to_contain_text("Yes. That is what the course follows.")
    expect(told).to_contain_text(SPINE.follows)
    expect(told).to_contain_text("Quite sure.")
    row = asked.locator("label").filter(has_text="Articles B and C")
    expect(row).to_contain_text("Your guess · The course follows this")
    expect(radio).to_be_focused()
    told.get_by_text("Who says so?").click()
    expect(told).to_contain_text("B18: Four blocks")


def test_going_on_and_jumping_back_keeps_what_was_guessed(asked):
    asked.get_by_role("button", name="Next question").click()
    expect(asked.locator("form .how-far")).to_contain_text("Question 2 of")
    asked.get_by_role("button", name="Show me").click()
    expect(asked.get_by_role("status")).to_contain_text("This is what the course follows.")
    asked.locator(".jump summary").click()
    first = asked.locator(".jump li").first
    expect(first).to_contain_text("guessed")
    expect(asked.locator(".jump li").nth(1)).to_contain_text("looked up")
    expect(asked.locator(".jump li").nth(2)).to_contain_text("open")
    first.get_by_role("button").click()
    expect(asked.locator("legend")).to_have_text(SPINE.question)
    expect(asked.get_by_role("status")).to_contain_text(SPINE.follows)


def test_all_are_shown_with_their_answers_when_asked_for(asked):
    switch = asked.get_by_role("checkbox", name="Show all with their answers")
    switch.check()
    about_safety = [one for one in COURSE.disagreements if one.severity == "safety"]
    expect(asked.locator("section")).to_have_count(len(about_safety))
    for one in about_safety[:3]:
        whole = asked.locator("section").filter(has_text=one.question)
        expect(whole).to_contain_text(one.follows)
        expect(whole).to_contain_text(one.positions[0].says)
    switch.uncheck()
    expect(asked.locator("legend")).to_have_text(SPINE.question)


# --- what is promised ----------------------------------------------------------------------------


def test_claims_are_narrowed_down_to_a_verdict(lesson):
    claims = lesson.locator(".mw-claims")
    false = [claim for claim in COURSE.claims if claim.verdict == "false"]
    select = claims.get_by_label("Which promises")
    select.select_option(label=f"Not true ({len(false)})")
    shown = claims.locator(".claims > li:visible")
    expect(shown).to_have_count(len(false))
    expect(claims.locator("output")).to_have_text(f"{len(false)} of {len(COURSE.claims)} shown")
    for claim, card in zip(false, shown.all(), strict=True):
        expect(card.locator(".honest")).to_have_text(claim.honest)
        expect(card).to_contain_text(claim.claim)
    select.select_option(index=0)
    expect(shown).to_have_count(len(COURSE.claims))


def test_the_honest_sentence_is_the_largest_of_a_claim(lesson):
    sizes = lesson.locator(".mw-claims .claims > li").first.evaluate(
        """card => [...card.querySelectorAll("p")].map(each =>
            [each.className, parseFloat(getComputedStyle(each).fontSize)])"""
    )
    honest = next(size for name, size in sizes if name == "honest")
    assert all(size < honest for name, size in sizes if name != "honest")


# --- the map -------------------------------------------------------------------------------------


def in_list(the_map, name):
    """The button of a place, whose name follows its number or letter."""
    name = re.compile(rf"^\w+ ?{re.escape(name)}$")
    return the_map.locator(".lists").get_by_role("button", name=name)


def click_on(the_map, u, v):
    picture = the_map.locator(".plate svg")
    picture.click(position=spot(picture, u, v))


def assert_tells(the_map, zone, kind):
    panel = the_map.locator(".panel")
    expect(panel.get_by_role("heading")).to_have_text(zone.name)
    expect(panel.locator(".kind")).to_have_text(kind)
    for text in (zone.rule, zone.why, zone.find):
        expect(panel).to_contain_text(text)


def test_a_zone_tells_its_rule_when_it_is_clicked(the_map):
    click_on(the_map, 0.12, 0.60)
    assert_tells(the_map, ZONES["kidneys"], "Lightly")
    click_on(the_map, 0.0, 0.45)
    assert_tells(the_map, ZONES["spine"], "Keep off")
    the_map.locator(".panel summary").click()
    expect(the_map.locator(".panel")).to_contain_text("B18: Four blocks")


def test_a_zone_tells_its_rule_when_it_is_pointed_at_and_the_chosen_one_comes_back(lesson, the_map):
    click_on(the_map, 0.0, 0.45)
    picture = the_map.locator(".plate svg")
    picture.hover(position=spot(picture, 0.25, 0.40))
    assert_tells(the_map, ZONES["side-of-back"], "May be worked")
    lesson.mouse.move(5, 5)
    assert_tells(the_map, ZONES["spine"], "Keep off")


def test_a_zone_tells_its_rule_by_keyboard_alone(lesson, the_map):
    the_map.get_by_role("button", name="Find it yourself").focus()
    lesson.keyboard.press("Tab")
    lesson.keyboard.press("ArrowDown")
    second = [zone for zone in COURSE.zones if zone.kind == "keep-off"][1]
    assert_tells(the_map, second, "Keep off")
    lesson.keyboard.press("ArrowUp")
    assert_tells(the_map, ZONES["spine"], "Keep off")
    lesson.keyboard.press("ArrowUp")
    expect(the_map.locator(".panel .kind")).to_have_text("Landmark")


@pytest.mark.parametrize("kind", ["keep-off", "light", "work"])
def test_the_list_beside_the_picture_tells_the_same(the_map, kind):
    for zone in [zone for zone in COURSE.zones if zone.kind == kind][:2]:
        button = in_list(the_map, zone.name)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        words = KIND_LABELS[kind]
        assert_tells(the_map, zone, words[0].upper() + words[1:])


def test_a_landmark_tells_how_it_is_found_and_how_high_it_is(the_map):
    in_list(the_map, "Lower tip of the blade").click()
    panel = the_map.locator(".panel")
    expect(panel).to_contain_text("T7")
    expect(panel).to_contain_text("when the arm lies at the side")


def test_what_is_switched_off_is_said_to_hold_all_the_same(the_map):
    switch = the_map.get_by_role("checkbox", name="Keep off")
    switch.uncheck()
    expect(the_map.locator(".plate #zone-spine")).to_be_hidden()
    expect(in_list(the_map, "Spine")).to_be_hidden()
    expect(the_map.locator(".hint")).to_have_text("What is hidden here still holds on the back.")
    expect(the_map.locator(".panel")).not_to_contain_text(ZONES["spine"].rule)
    switch.check()
    expect(the_map.locator(".plate #zone-spine")).to_be_visible()
    expect(the_map.locator(".hint")).to_contain_text("Point at a place")


def test_all_can_be_switched_off_and_on_again(the_map):
    switches = the_map.get_by_role("checkbox").all()
    for switch in switches:
        switch.uncheck()
    expect(the_map.locator(".plate .place:visible")).to_have_count(0)
    for switch in switches:
        switch.check()
    assert_tells(the_map, ZONES["spine"], "Keep off")


def test_what_is_named_is_found_by_click_and_by_keyboard(lesson, the_map):
    """The order of the first round is known here; the page learns of one thing at a time."""
    first, second, third, *_ = search_order(COURSE, 1)
    the_map.get_by_role("button", name="Find it yourself").click()
    panel = the_map.locator(".panel")
    expect(panel.get_by_role("heading")).to_have_text(f"Find: {first.name}")
    expect(the_map.locator(".plate .place:visible")).to_have_count(0)
    click_on(the_map, first.u, first.v)
    expect(panel.locator(".verdict")).to_have_text("Right.")
    expect(panel).to_contain_text(first.find[1:])
    expect(the_map.locator(f".plate #landmark-{first.id}")).to_be_visible()

    panel.get_by_role("button", name="Next").click()
    expect(panel.get_by_role("heading")).to_have_text(f"Find: {second.name}")
    the_map.locator(".plate svg").focus()
    lesson.keyboard.press("Shift+ArrowUp")
    expect(panel).to_contain_text("15 cm below the large bump of the neck")
    across, down = round(second.u / 0.02), round((second.v - 0.3) / 0.02)
    for key, times in (("ArrowRight", across), ("ArrowDown", down), ("ArrowUp", -down)):
        for _ in range(times):
            lesson.keyboard.press(key)
    lesson.keyboard.press("Enter")
    expect(panel.locator(".verdict")).to_have_text("Right.")

    lesson.keyboard.press("Enter")  # on Next, which has the focus
    expect(panel.get_by_role("heading")).to_have_text(f"Find: {third.name}")
    click_on(the_map, 0.55, -0.55)
    expect(panel.locator(".verdict")).to_have_text("Not there.")
    expect(panel).to_contain_text("from there")
    expect(the_map.locator(f".plate #landmark-{third.id}")).to_be_visible()


# --- when to stop --------------------------------------------------------------------------------


def test_emergencies_come_first_and_say_to_call(lesson):
    card = lesson.locator(".mw-stop-signs")
    headings = card.get_by_role("heading").all_inner_texts()
    assert headings == [
        "Stop, and call your local emergency number",
        "Stop at once",
        "After the massage",
    ]
    for row in card.locator(".emergency > ul > li").all():
        expect(row).to_contain_text("your local emergency number")


def test_only_the_card_is_printed(lesson):
    lesson.get_by_role("button", name="Print this card").click()
    lesson.wait_for_function("window.printed !== undefined")
    printed = lesson.evaluate("window.printed")
    for sign in COURSE.stop_signs:
        assert sign.sign in printed
        assert sign.do in printed
    assert "Who says so" not in printed
    assert "jp-" not in re.sub(r"--jp-|data-jp-", "", printed)


@pytest.mark.parametrize("paper", [A4, LETTER], ids=["A4", "Letter"])
def test_the_printed_card_fits_on_one_page(browser, lesson, paper):
    lesson.get_by_role("button", name="Print this card").click()
    lesson.wait_for_function("window.printed !== undefined")
    page = browser.new_page()
    page.set_content(lesson.evaluate("window.printed"))
    pdf = page.pdf(**paper, prefer_css_page_size=False)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


# --- rules and preparation -----------------------------------------------------------------------


def test_rules_stand_in_their_groups_with_severity_in_words(lesson):
    rules = lesson.locator(".mw-rules").first
    groups = dict.fromkeys(rule.group for rule in COURSE.rules)
    texts = rules.get_by_role("heading").all_inner_texts()
    assert [each.lower() for each in texts] == list(groups)
    row = rules.locator("li").filter(has_text="Muscles, not the spine").first
    expect(row.locator(".severity")).to_have_text("safety")
    expect(row.get_by_text("Who says so?")).to_be_hidden()
    rules.get_by_role("button", name="How, and why?: Where").click()
    row.get_by_text("Who says so?").click()
    expect(row).to_contain_text("B18: Four blocks")


def test_what_is_ready_can_be_ticked_and_the_ticks_cleared(lesson):
    ready = lesson.locator(".mw-rules").nth(1)
    of = len(COURSE.preparation)
    ready.get_by_role("checkbox", name=re.compile("Agree on a word to stop")).check()
    ready.get_by_role("checkbox", name=re.compile("Warm hands")).check()
    expect(ready.locator("output")).to_have_text(f"2 of {of} done")
    ready.get_by_role("button", name="Clear the ticks").click()
    expect(ready.locator("output")).to_have_text(f"0 of {of} done")
    expect(ready.get_by_role("checkbox", checked=True)).to_have_count(0)


# --- where else the differences show -------------------------------------------------------------


@pytest.fixture
def elsewhere(browser):
    with widget_page(browser) as host:
        yield host


def test_a_card_says_where_the_sources_differ(elsewhere):
    elsewhere.show(technique("superficial-stroking"))
    card = elsewhere.page.locator(".mw-card")
    tempo = card.get_by_label("Who says so about Tempo?")
    expect(tempo).to_be_hidden()
    card.get_by_role("button", name="Who says so?").click()
    tempo.click()
    expect(card.get_by_text("B25: Four blocks", exact=False)).to_be_visible()
    card.get_by_text(re.compile(r"Where the sources differ \(\d+\)")).click()
    strength = next(one for one in COURSE.disagreements if one.id == "on-opening-force")
    expect(card.locator(".differ")).to_contain_text(strength.question)
    expect(card.locator(".differ")).to_contain_text(strength.follows)


def test_the_feedback_of_a_question_says_where_the_sources_differ(elsewhere):
    elsewhere.show(quiz("stroking"))
    asked = elsewhere.page.locator(".mw-quiz")
    for _ in range(27):
        assert asked.locator(".differ").count() == 0
        asked.get_by_role("button", name="I don't know").click()
        expect(asked.locator(".verdict")).to_be_visible()
        if asked.locator(".differ").count():
            break
        asked.locator(".main").click()
        expect(asked.locator(".verdict")).to_have_count(0)
    asked.get_by_text(re.compile(r"Where the sources differ")).click()
    questions = "|".join(re.escape(one.question) for one in COURSE.disagreements)
    expect(asked.locator(".differ li b").first).to_have_text(re.compile(questions))


# --- for all -------------------------------------------------------------------------------------


def test_axe_finds_nothing_on_any_of_it(host, lesson, asked):
    """With a guess made, and a reason open in each."""
    lesson.locator(".mw").evaluate_all(
        "all => all.forEach(m => m.querySelectorAll('details').forEach((d, i) => (d.open = !i)))"
    )
    if asked.get_by_role("button", name="Show me").is_visible():
        asked.get_by_role("button", name="Show me").click()
    host.check_accessibility(".mw-disagreements", ".mw details[open]")


def test_axe_finds_nothing_in_a_search(lesson, the_map):
    the_map.get_by_role("button", name="Find it yourself").click()
    the_map.locator(".plate svg.search").wait_for()
    check_axe(lesson, ".mw-whole-back")


@pytest.mark.parametrize("name", ["rules", "whole-back", "stop-signs", "disagreements", "claims"])
def test_a_narrow_page_loses_nothing(lesson, name):
    """320 pixels wide, which is also what a page of 1280 is at 400 % zoom."""
    lesson.set_viewport_size({"width": 320, "height": 800})
    for widget in lesson.locator(f".mw-{name}").all():
        wide = widget.evaluate("""element => [...element.querySelectorAll("*")].filter(each =>
            each.getBoundingClientRect().right > element.getBoundingClientRect().right + 1
            ).map(each => each.outerHTML.slice(0, 80))""")
        assert wide == []
        assert widget.evaluate("element => element.scrollWidth <= element.clientWidth")
        assert widget.bounding_box()["width"] <= 320
    lesson.set_viewport_size({"width": 1280, "height": 800})


def test_whatever_is_pressed_is_large_enough(lesson):
    """24 pixels either way; a place of the picture has its button in the list."""
    small = lesson.locator(".mw").evaluate_all("""all => all.flatMap(widget =>
        [...widget.querySelectorAll("button, input, select, summary")].map(each =>
            [each.outerHTML.slice(0, 80), (each.closest("label") ?? each).getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
        .map(([html]) => html))""")
    assert small == []
