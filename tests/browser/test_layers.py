"""Skin, muscles and bones on the maps of a page."""

import re

import pytest
from playwright.sync_api import expect

from massage_workbook import back_map, picture, planner, technique
from massage_workbook.body.frame import svg_transform
from massage_workbook.widgets import layered

from ..shipped import COURSE
from .bare import bare_page

pytestmark = pytest.mark.usefixtures("own_home")
PLACES = {each.id: each for each in COURSE.structures}


@pytest.fixture
def page(browser, monkeypatch):
    """A page with every widget that has a map; `asked` counts the drawings that it asked for."""
    drawn = []
    draw = layered.layers_svg
    monkeypatch.setattr(layered, "layers_svg", lambda given: drawn.append(1) or draw(given))
    shown = technique("deep-stroking"), back_map(), picture("back-limits"), planner()
    with bare_page(browser, *shown) as bare:
        bare.asked = drawn
        yield bare


MAPS = [".mw-back-map", ".mw-whole-back", ".mw-picture", ".mw-planner"]


def layer(box, name):
    """What chooses a layer on the map in a box."""
    return box.get_by_role("radio", name=name, exact=True)


def choose(box, name):
    layer(box, name).check()


@pytest.mark.parametrize("box", MAPS)
def test_every_map_can_show_skin_muscles_and_bones(page, box):
    box = page.page.locator(box)
    skin, muscle, ribs = (
        box.locator(f'[id="{each}"]')
        for each in ("skin", "structure-muscle-trapezius-left", "structure-bone-ribs-left")
    )
    choose(box, "Muscle")
    expect(muscle).to_be_visible()
    expect(ribs).to_have_count(0)
    expect(skin).to_be_hidden()
    choose(box, "Bone")
    expect(ribs).to_be_visible()
    expect(muscle).to_have_count(0)
    choose(box, "Skin")
    expect(skin).to_be_visible()
    expect(ribs).to_have_count(0)


def test_what_lies_under_the_skin_comes_once_a_page_and_only_when_wanted(page):
    assert not page.asked
    for box in MAPS:
        choose(page.page.locator(box), "Muscle")
        expect(page.page.locator(f"{box} #muscles")).to_be_visible()
    assert len(page.asked) == 1


def test_the_next_map_begins_with_the_layer_chosen_last(page):
    choose(page.page.locator(".mw-back-map"), "Bone")
    page.show(picture("strokes-sawing"))
    last = page.page.locator(".mw-picture").last
    expect(layer(last, "Bone")).to_be_checked()
    expect(last.locator("#bones-left")).to_be_visible()


def test_the_switch_is_worked_by_arrow_keys(page):
    box = page.page.locator(".mw-back-map")
    layer(box, "Skin").focus()
    page.page.keyboard.press("ArrowRight")
    expect(layer(box, "Muscle")).to_be_checked()
    expect(box.locator("#muscles")).to_be_visible()


def point_at(page, box, place):
    """Move the pointer over a place (u, v) of the map in a box."""
    svg = box.locator("svg").first
    svg.scroll_into_view_if_needed()
    frame, at, wide = (
        svg_transform(),
        svg.bounding_box(),
        svg.evaluate("svg => svg.viewBox.baseVal.width"),
    )
    (u, v), scale = place, at["width"] / wide * frame["scale"]
    page.mouse.move(at["x"] + (u - frame["left"]) * scale, at["y"] + (v - frame["top"]) * scale)


@pytest.mark.parametrize("box", [".mw-back-map", ".mw-whole-back"])
def test_a_muscle_under_a_zone_says_its_name_to_the_pointer(page, box):
    box = page.page.locator(box)
    choose(box, "Muscle")
    expect(box.locator("#muscles")).to_be_visible()
    muscle = PLACES["muscle-erector-spinae"]
    point_at(page.page, box, muscle.place)
    expect(box.locator(".structure")).to_have_text(f"{muscle.name}. {muscle.feels}")


def test_structures_say_their_names_to_the_keyboard_and_arrows_lead_on(page):
    box = page.page.locator(".mw-back-map")
    choose(box, "Bone")
    first = box.locator('.under [tabindex="0"]')
    expect(first).to_have_count(1)
    first.focus()
    said = box.locator(".structure")
    expect(said).to_have_text(re.compile(re.escape(PLACES["bone-collarbone"].feels)))
    page.page.keyboard.press("ArrowDown")
    expect(said).not_to_have_text(re.compile(re.escape(PLACES["bone-collarbone"].feels)))
    expect(box.locator(".under .named")).to_have_count(1)


def test_a_search_hides_what_would_help_to_find(page):
    box = page.page.locator(".mw-whole-back")
    choose(box, "Bone")
    expect(box.locator("#bones-left")).to_be_visible()
    box.get_by_role("button", name="Find it yourself").click()
    expect(box.locator("#bones-left")).to_have_count(0)
    expect(box.locator(".layers")).to_be_hidden()
    box.get_by_role("button", name="Back to the map").click()
    expect(box.locator("#bones-left")).to_be_visible()


def test_the_plate_names_its_structures_and_has_no_switch(page):
    page.show(picture("back-under-skin"))
    box = page.page.locator(".mw-picture").last
    expect(box.locator(".layers")).to_have_count(0)
    box.locator('[id="structure-bone-ribs-right"]').evaluate("part => part.focus()")
    expect(box.locator(".structure")).to_contain_text("Ribs 1 to 10")


def test_a_picture_whose_bones_have_no_names_says_nothing_of_them(page):
    page.show(picture("back-landmarks"))
    expect(page.page.locator(".mw-picture").last.locator(".structure, .layers")).to_have_count(0)


def test_axe_finds_nothing(page):
    choose(page.page.locator(".mw-back-map"), "Muscle")
    choose(page.page.locator(".mw-whole-back"), "Bone")
    expect(page.page.locator(".mw-whole-back #bones-left")).to_be_visible()
    page.axe_finds_nothing(".mw-back-map", ".mw-whole-back")
