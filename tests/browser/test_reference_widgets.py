"""Rules, map, stop signs, disagreements and claims, as a learner meets them."""

import re

import pytest
from playwright.sync_api import expect

from massage_workbook import (
    back_map,
    claims,
    disagreements,
    preparation,
    rules,
    stop_signs,
    technique,
)
from massage_workbook.body.zones import KIND_LABELS
from massage_workbook.views.back import search_order

from ..shipped import COURSE
from .accessibility import check_axe
from .answering import quiz_with, spot
from .widget_page import CAPTURE_PRINT, fits_on_one_sheet, widget_page

pytestmark = pytest.mark.usefixtures("own_home")
SPINE = next(each for each in COURSE.disagreements if each.id == "on-spine-contact")
ZONES = {zone.id: zone for zone in COURSE.zones}


@pytest.fixture(scope="module")
def host(browser):
    """All of them, for all tests of this file; each leaves its widgets as others need them."""
    shown = rules(), back_map(), stop_signs(), preparation(), disagreements("safety"), claims()
    with widget_page(browser, *shown, scripts=[CAPTURE_PRINT]) as host:
        yield host


@pytest.fixture
def page(host):
    return host.page


# --- where the sources differ --------------------------------------------------------------------


def test_a_guess_comes_before_the_answer_which_is_then_told(page):
    asked = page.locator(".mw-disagreements")
    html = asked.evaluate("element => element.outerHTML")
    assert all(position.says in html for position in SPINE.positions)
    for text in (SPINE.follows, SPINE.why, "The course follows this"):
        assert text not in html
    told = asked.get_by_role("status")
    asked.get_by_role("button", name="Check my guess").click()
    expect(told).to_have_text("Choose a side first, or press Show me.")

    radio = asked.get_by_role("radio", name=re.compile("^ *Articles B and C"))
    radio.press("Space")
    page.keyboard.press("Enter")
    for text in ("Yes. That is what the course follows.", SPINE.follows, "Quite sure."):
        expect(told).to_contain_text(text)
    position = asked.locator("label").filter(has_text="Articles B and C")
    expect(position).to_contain_text("Your guess · The course follows this")
    expect(radio).to_be_focused()
    told.get_by_text(re.compile("^Sources")).click()
    expect(told).to_contain_text("B18: Four blocks")


def test_guesses_are_remembered_and_all_answers_can_be_shown(page):
    asked = page.locator(".mw-disagreements")
    asked.get_by_role("button", name="Next question").click()
    expect(asked.locator("form .how-far")).to_contain_text("Question 2 of")
    asked.get_by_role("button", name="Show me").click()
    expect(asked.get_by_role("status")).to_contain_text("This is what the course follows.")
    asked.locator(".jump summary").click()
    for place, state in enumerate(("guessed", "looked up", "open")):
        expect(asked.locator(".jump li").nth(place)).to_contain_text(state)
    asked.locator(".jump li").first.get_by_role("button").click()
    expect(asked.locator("legend")).to_have_text(SPINE.question)
    expect(asked.get_by_role("status")).to_contain_text(SPINE.follows)

    switch = asked.get_by_role("checkbox", name="Show all with their answers")
    switch.check()
    about_safety = [each for each in COURSE.disagreements if each.severity == "safety"]
    expect(asked.locator("section")).to_have_count(len(about_safety))
    whole = asked.locator("section").filter(has_text=about_safety[1].question)
    expect(whole).to_contain_text(about_safety[1].follows)
    switch.uncheck()
    expect(asked.locator("legend")).to_have_text(SPINE.question)


# --- what is promised ----------------------------------------------------------------------------


def test_claims_are_narrowed_down_to_a_verdict_and_the_truth_is_largest(page):
    shown = page.locator(".mw-claims .claims > li:visible")
    false = [claim for claim in COURSE.claims if claim.verdict == "false"]
    select = page.locator(".mw-claims").get_by_label("Which promises")
    select.select_option(label=f"Not true ({len(false)})")
    expect(shown).to_contain_text([claim.claim for claim in false])
    expect(shown.locator(".honest")).to_have_text([claim.honest for claim in false])
    counted = page.locator(".mw-claims output")
    expect(counted).to_have_text(f"{len(false)} of {len(COURSE.claims)} shown")
    sizes = shown.first.evaluate(
        """card => [...card.querySelectorAll("p")].map(each =>
            [parseFloat(getComputedStyle(each).fontSize), each.className])"""
    )
    assert max(sizes)[1] == "honest"
    select.select_option(index=0)
    expect(shown).to_have_count(len(COURSE.claims))


# --- the map -------------------------------------------------------------------------------------


@pytest.fixture
def back(page):
    """The map of the back, not in a search."""
    shown = page.locator(".mw-whole-back")
    yield shown
    if shown.get_by_role("button", name="Back to the map").count():
        shown.get_by_role("button", name="Back to the map").click()
        shown.locator(".lists").wait_for()


def in_list(back, name):
    """The button of a place, whose name follows its number or letter."""
    name = re.compile(rf"^\w+ ?{re.escape(name)}$")
    return back.locator(".lists").get_by_role("button", name=name)


def click_on(back, u, v):
    picture = back.locator(".plate svg")
    picture.click(position=spot(picture, u, v))


def expect_zone(back, zone):
    """The panel says everything about a zone."""
    panel = back.locator(".panel")
    expect(panel.get_by_role("heading")).to_have_text(zone.name)
    expect(panel.locator(".kind")).to_have_text(KIND_LABELS[zone.kind], ignore_case=True)
    for text in (zone.rule, zone.why, zone.find):
        expect(panel).to_contain_text(text)


def test_a_zone_tells_its_rule_to_click_and_pointer(page, back):
    click_on(back, 0.12, 0.60)
    expect_zone(back, ZONES["kidneys"])
    click_on(back, 0.0, 0.45)
    expect_zone(back, ZONES["spine"])
    back.locator(".panel summary").click()
    expect(back.locator(".panel")).to_contain_text("B18: Four blocks")
    picture = back.locator(".plate svg")
    picture.hover(position=spot(picture, 0.25, 0.40))
    expect_zone(back, ZONES["side-of-back"])
    page.mouse.move(5, 5)
    expect_zone(back, ZONES["spine"])  # the one that was chosen


def test_a_zone_tells_its_rule_by_keyboard_alone(page, back):
    back.get_by_role("button", name="Find it yourself").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect_zone(back, [zone for zone in COURSE.zones if zone.kind == "keep-off"][1])
    page.keyboard.press("ArrowUp")
    expect_zone(back, ZONES["spine"])
    page.keyboard.press("ArrowUp")
    expect(back.locator(".panel .kind")).to_have_text("Landmark")


def test_the_list_beside_the_picture_tells_the_same(back):
    for kind in ("keep-off", "light", "work"):
        zone = next(zone for zone in COURSE.zones if zone.kind == kind)
        in_list(back, zone.name).click()
        expect(in_list(back, zone.name)).to_have_attribute("aria-pressed", "true")
        expect_zone(back, zone)
    in_list(back, "Lower tip of the blade").click()
    for text in ("T7", "when the arm lies at the side"):
        expect(back.locator(".panel")).to_contain_text(text)


def test_what_is_switched_off_is_said_to_hold_all_the_same(back):
    click_on(back, 0.0, 0.45)
    switches = back.get_by_role("checkbox").all()
    back.get_by_role("checkbox", name="Keep off").uncheck()
    expect(back.locator(".plate #zone-spine")).to_be_hidden()
    expect(in_list(back, "Spine")).to_be_hidden()
    expect(back.locator(".hint")).to_have_text("The rules of hidden places still apply.")
    expect(back.locator(".panel")).not_to_contain_text(ZONES["spine"].rule)
    for switch in switches:
        switch.uncheck()
    expect(back.locator(".plate .place:visible")).to_have_count(0)
    for switch in switches:
        switch.check()
    expect(back.locator(".hint")).to_contain_text("Point at a place")
    expect_zone(back, ZONES["spine"])


def test_what_is_named_is_found_by_click_and_by_keyboard(page, back):
    """The order of the first round is known here; the page learns of one thing at a time."""
    first, second, third, *_ = search_order(COURSE, 1)
    panel = back.locator(".panel")
    heading, verdict = panel.get_by_role("heading"), panel.locator(".verdict")
    back.get_by_role("button", name="Find it yourself").click()
    expect(heading).to_have_text(f"Find: {first.name}")
    check_axe(page, ".mw-whole-back")
    expect(back.locator(".plate .place:visible")).to_have_count(0)
    click_on(back, first.u, first.v)
    expect(verdict).to_have_text("Right.")
    expect(panel).to_contain_text(first.find[1:])
    expect(back.locator(f".plate #landmark-{first.id}")).to_be_visible()

    panel.get_by_role("button", name="Next").click()
    expect(heading).to_have_text(f"Find: {second.name}")
    back.locator(".plate svg").focus()
    page.keyboard.press("Shift+ArrowUp")
    expect(panel).to_contain_text("15 cm below the large bump of the neck")
    across, down = round(second.u / 0.02), round((second.v - 0.3) / 0.02)
    for key, times in (("ArrowRight", across), ("ArrowDown", down), ("ArrowUp", -down)):
        for _ in range(times):
            page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(verdict).to_have_text("Right.")

    page.keyboard.press("Enter")  # on Next, which has the focus
    expect(heading).to_have_text(f"Find: {third.name}")
    click_on(back, 0.55, -0.55)
    expect(verdict).to_have_text("Not there.")
    expect(panel).to_contain_text("from there")
    expect(back.locator(f".plate #landmark-{third.id}")).to_be_visible()


# --- stop signs, rules, preparation --------------------------------------------------------------


def test_emergencies_come_first_and_only_the_card_of_stop_signs_is_printed(host, page):
    headings = page.locator(".mw-stop-signs").get_by_role("heading").all_inner_texts()
    assert headings[0] == "Stop, and call your local emergency number"
    page.get_by_role("button", name="Print this card").click()
    with host.printed() as sheet:
        text = sheet.locator("body").inner_text()
        assert all(each.sign in text and each.do in text for each in COURSE.stop_signs)
        assert "In the course:" not in text
        assert "jp-" not in re.sub(r"--jp-|data-jp-", "", sheet.content())
        assert fits_on_one_sheet(sheet)


def test_rules_stand_in_their_groups_with_severity_reason_and_source(page):
    shown = page.locator(".mw-rules").first
    groups = list(dict.fromkeys(rule.group for rule in COURSE.rules))
    expect(shown.get_by_role("heading")).to_have_text(groups, ignore_case=True)
    rule = shown.locator("li").filter(has_text="Muscles, not the spine").first
    expect(rule.locator(".severity")).to_have_text("safety")
    expect(rule.get_by_text(re.compile("^Sources"))).to_be_hidden()
    shown.get_by_role("button", name="How, and why?: Where").click()
    rule.get_by_text(re.compile("^Sources")).click()
    expect(rule).to_contain_text("B18: Four blocks")


def test_the_preparation_is_ticked_and_the_ticks_cleared(page):
    ready = page.locator(".mw-rules").nth(1)
    done = ready.locator("output")
    for name in ("Agree on a word to stop", "Warm hands"):
        ready.get_by_role("checkbox", name=re.compile(name)).check()
    expect(done).to_have_text(f"2 of {len(COURSE.preparation)} done")
    ready.get_by_role("button", name="Clear the ticks").click()
    expect(done).to_have_text(f"0 of {len(COURSE.preparation)} done")
    expect(ready.get_by_role("checkbox", checked=True)).to_have_count(0)


def test_all_of_it_is_accessible(host, page):
    """With a guess made, and a reason open in each."""
    page.locator(".mw").evaluate_all(
        "all => all.forEach(m => m.querySelectorAll('details').forEach((d, i) => (d.open = !i)))"
    )
    show_me = page.locator(".mw-disagreements").get_by_role("button", name="Show me")
    if show_me.is_visible():
        show_me.click()
    host.check_accessibility(
        ".mw-rules", ".mw-whole-back", ".mw-stop-signs", ".mw-disagreements", ".mw-claims"
    )


# --- where else the differences show -------------------------------------------------------------


def test_a_card_and_the_feedback_of_a_question_say_where_the_sources_differ(browser):
    topic = next(each for each in COURSE.topics if each.id == "disagreements")
    quiz = quiz_with(topic, topic.questions[0])
    with widget_page(browser, technique("superficial-stroking"), quiz) as host:
        card, asked = host.page.locator(".mw-card"), host.page.locator(".mw-quiz")
        tempo = card.get_by_label("Sources of Tempo")
        expect(tempo).to_be_hidden()
        card.get_by_role("button", name="Show sources").click()
        tempo.click()
        expect(card.get_by_text("B25: Four blocks", exact=False)).to_be_visible()
        card.get_by_text(re.compile(r"Where the sources differ \(\d+\)")).click()
        force = next(each for each in COURSE.disagreements if each.id == "on-opening-force")
        for text in (force.question, force.follows):
            expect(card.locator(".differ")).to_contain_text(text)
        expect(asked.locator(".differ")).to_have_count(0)
        asked.get_by_role("button", name="I don't know").click()
        asked.get_by_text(re.compile(r"Where the sources differ")).click()
        questions = "|".join(re.escape(each.question) for each in COURSE.disagreements)
        expect(asked.locator(".differ li b").first).to_have_text(re.compile(questions))
