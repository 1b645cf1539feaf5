"""A whole evening in one lesson: ask, plan, be led through it, and find it kept."""

import os
import re
import signal

import pytest
from nbformat.v4 import new_code_cell
from playwright.sync_api import expect

from massage_workbook.planning import steps
from massage_workbook.store import Progress
from massage_workbook.store.plans import Plans
from massage_workbook.store.practices import Practices

from ..shipped import COURSE
from .axe import axe_finds_nothing
from .conftest import forget_complaints_of_a_dead_kernel, opened
from .test_player import now, running, stored
from .test_screening import no_to_the_rest, say

NAME = "Evening.ipynb"
CALLS = (
    "from massage_workbook import planner, player, progress, screening",
    "screening()",
    "planner()",
    "made = player()\nmade.speed = 240\nmade",
    "progress()",
)


@pytest.fixture(scope="module")
def page(browser, workbook):
    workbook.lay(NAME, *map(new_code_cell, CALLS))
    with opened(browser, workbook, NAME) as page:
        page.locator(".mw-progress").wait_for()
        yield page


@pytest.fixture
def evening(page):
    """The lesson with nothing answered."""
    yield page
    page.get_by_role("button", name="Start over").click()


def kept(workbook):
    path = workbook.home / "workbook" / "progress.sqlite"
    return {each.id: each for each in Practices(Progress(path, now())).all()}


def test_an_evening_is_asked_planned_practised_and_kept(evening, workbook, tmp_path):
    page = evening
    form, planner = page.locator(".mw-screening"), page.locator(".mw-planner")
    practice = page.locator(".mw-player")
    expect(planner.locator(".screening")).to_contain_text("Nobody has been asked today")
    expect(practice.get_by_role("button", name="Start")).to_be_disabled()

    no_to_the_rest(form)
    expect(planner.locator(".screening")).to_be_hidden()
    expect(practice.get_by_role("button", name="Start")).to_be_enabled()

    planner.get_by_role("button", name="Lock Kneading").click()
    planner.get_by_role("button", name="Give it").click()
    expect(planner.locator(".findings")).to_contain_text("Nothing stands against this plan")
    expect(planner.locator("[data-block=total] .typed")).to_have_value("20:00")
    expect(planner.locator("[data-block=kneading] .typed")).to_have_value("10:00")
    with page.expect_download() as download:
        planner.get_by_role("button", name="Page for the wall").click()
    download.value.save_as(tmp_path / "wall.pdf")
    assert (tmp_path / "wall.pdf").read_bytes().startswith(b"%PDF")
    planner.get_by_label("Name").fill("Our evening")
    planner.get_by_role("button", name="Save").click()
    planner.get_by_role("button", name="Practise this plan").click()
    expect(planner.get_by_role("status")).to_contain_text("10 Practise")

    practice.get_by_role("button", name="Look again").click()
    expect(practice.get_by_role("heading", name="Our evening")).to_be_visible()
    practice.get_by_role("button", name="Start").click()
    stage = running(page)
    before = kept(workbook)
    os.kill(workbook.kernel_of(NAME), signal.SIGKILL)
    expect(stage.get_by_role("heading", name="Hands rest")).to_be_visible()
    expect(stage.locator(".kept")).to_contain_text("Kept in this browser for now")
    [record] = stored(page)
    assert kept(workbook) == before
    stage.get_by_role("button", name="Done").click()
    for dialog in page.locator(".jp-Dialog button.jp-mod-accept").all():
        dialog.click()
    page.get_by_role("button", name="Wake it").click()
    expect(page.locator(".mw-player .lines")).to_contain_text("Kept: “Our evening”")
    assert stored(page) == []
    practice = kept(workbook)[record["id"]]
    assert practice.finished
    assert practice.seconds == pytest.approx(20 * 60, abs=2)
    _, plan = Plans(workbook.home / "workbook" / "plans.sqlite", COURSE).open("Our evening")
    assert set(practice.techniques) == {step.technique for step in steps(plan, COURSE)}
    page.get_by_role("button", name="Look again").last.click()
    expect(page.locator(".mw-progress")).to_contain_text("What you practised")
    expect(page.locator(".mw-progress")).to_contain_text("Our evening")
    forget_complaints_of_a_dead_kernel(page)


def test_what_the_screening_takes_away_is_gone_from_plan_and_practice(evening):
    page = evening
    form, planner = page.locator(".mw-screening"), page.locator(".mw-planner")
    practice = page.locator(".mw-player")
    say(form, other_illness="yes")
    form.locator("fieldset[data-id=osteoporosis]").wait_for()
    say(form, osteoporosis="yes")
    no_to_the_rest(form)
    expect(planner.locator("[data-block=total] .typed")).to_have_value("0:00")
    expect(practice).to_contain_text("Not before a doctor has agreed")

    form.get_by_label("A doctor or midwife who knows all of this has agreed").check()
    form.get_by_label("None of it lies on the back").check()
    rows = planner.locator("tbody")
    planner.get_by_text("The session step by step").click()
    expect(rows).to_contain_text("Superficial stroking")
    for gone in ("kneading", "rubbing", "Cupping", "Squeezing", "Deep stroking"):
        expect(rows).not_to_contain_text(gone)
    forces = rows.locator("tr td:last-child").all_text_contents()
    assert max(float(each.split("-")[-1]) for each in forces) <= 2
    expect(planner.locator("[data-row=vibration] summary")).to_contain_text("Left out because")
    expect(practice).to_contain_text("Brittle bones")
    practice.get_by_text(re.compile(r"The \d+ steps")).click()
    expect(practice.locator("table")).not_to_contain_text("kneading")
    axe_finds_nothing(page, ".mw-planner", ".mw-player")

    say(form, fever="yes")
    expect(practice).to_contain_text("No massage today")
    expect(practice.get_by_role("button", name="Start")).to_have_count(0)
    say(form, fever="no")
    expect(practice).to_contain_text("Brittle bones")
