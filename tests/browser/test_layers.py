"""Skin, muscles and bones on the maps of a page."""

import re

import pytest
from playwright.sync_api import expect

from massage_workbook import back_map, picture, planner, technique
from massage_workbook.widgets import layered

from ..shipped import COURSE
from .answering import on_the_page
from .widget_page import widget_page

pytestmark = pytest.mark.usefixtures("own_home")
STRUCTURES = {each.id: each for each in COURSE.structures}
MAPS = [".mw-back-map", ".mw-whole-back", ".mw-picture", ".mw-planner"]


@pytest.fixture(scope="module")
def host(browser):
    """Every widget that has a map; `drawn` has an item for each drawing of what lies beneath."""
    draw = layered.layers_svg
    with pytest.MonkeyPatch.context() as patch, widget_page(browser) as host:
        host.drawn = []
        patch.setattr(layered, "layers_svg", lambda given: host.drawn.append(1) or draw(given))
        host.show(technique("deep-stroking"), back_map(), picture("back-limits"), planner())
        yield host


@pytest.fixture
def page(host):
    return host.page


def layer(box, name):
    return box.get_by_role("radio", name=name, exact=True)


def test_every_map_shows_skin_muscles_and_bones_which_are_drawn_once(host, page):
    assert not host.drawn
    for box in map(page.locator, MAPS):
        shapes = {
            "Muscle": box.locator('[id="structure-muscle-trapezius-left"]'),
            "Bone": box.locator('[id="structure-bone-ribs-left"]'),
            "Skin": box.locator('[id="skin"]'),
        }
        for chosen in shapes:
            layer(box, chosen).check()
            for name, shape in shapes.items():
                expect(shape).to_be_visible(visible=name == chosen)
    assert len(host.drawn) == 1


def test_the_next_map_begins_with_the_layer_chosen_last(host, page):
    layer(page.locator(".mw-back-map"), "Bone").check()
    host.show(picture("strokes-sawing"))
    last = page.locator(".mw-picture").last
    expect(layer(last, "Bone")).to_be_checked()
    expect(last.locator("#bones-left")).to_be_visible()


def test_arrow_keys_change_the_layer(page):
    box = page.locator(".mw-back-map")
    layer(box, "Skin").check()
    page.keyboard.press("ArrowRight")
    expect(layer(box, "Muscle")).to_be_checked()
    expect(box.locator("#muscles")).to_be_visible()


@pytest.mark.parametrize("box", [".mw-back-map", ".mw-whole-back"])
def test_a_muscle_under_a_zone_is_named_at_the_pointer(page, box):
    box, muscle = page.locator(box), STRUCTURES["muscle-erector-spinae"]
    layer(box, "Muscle").check()
    expect(box.locator("#muscles")).to_be_visible()
    svg = box.locator("svg").first
    svg.scroll_into_view_if_needed()
    page.mouse.move(*on_the_page(svg, muscle.place)[0])
    expect(box.locator(".structure")).to_have_text(f"{muscle.name}. {muscle.feels}")


def test_arrow_keys_lead_from_bone_to_bone_and_name_them(page):
    box = page.locator(".mw-back-map")
    layer(box, "Bone").check()
    first = box.locator('.under [tabindex="0"]')
    expect(first).to_have_count(1)
    first.focus()
    collarbone = re.compile(re.escape(STRUCTURES["bone-collarbone"].feels))
    expect(box.locator(".structure")).to_have_text(collarbone)
    page.keyboard.press("ArrowDown")
    expect(box.locator(".structure")).not_to_have_text(collarbone)
    expect(box.locator(".under .named")).to_have_count(1)


def test_a_search_hides_bones_which_would_help(host, page):
    box = page.locator(".mw-whole-back")
    layer(box, "Bone").check()
    expect(box.locator("#bones-left")).to_be_visible()
    host.check_accessibility(".mw-back-map", ".mw-whole-back")
    box.get_by_role("button", name="Find it yourself").click()
    expect(box.locator("#bones-left")).to_have_count(0)
    expect(box.locator(".layers")).to_be_hidden()
    box.get_by_role("button", name="Back to the map").click()
    expect(box.locator("#bones-left")).to_be_visible()


def test_a_picture_of_structures_names_them_without_a_choice_of_layers(host, page):
    host.show(picture("back-under-skin"), picture("back-landmarks"))
    plate, landmarks = page.locator(".mw-picture").all()[-2:]
    plate.locator('[id="structure-bone-ribs-right"]').evaluate("part => part.focus()")
    expect(plate.locator(".structure")).to_contain_text("Ribs 1 to 10")
    expect(plate.locator(".layers")).to_have_count(0)
    expect(landmarks.locator(".structure, .layers")).to_have_count(0)
