"""The tempo trainer: taps, beats, and what stands in for sound."""

from itertools import accumulate, pairwise

import pytest
from playwright.sync_api import expect

from massage_workbook import tempo

from .answering import at_moments
from .widget_page import widget_page


@pytest.fixture(scope="module")
def host(browser):
    with widget_page(browser, tempo("hacking")) as host:
        yield host


@pytest.fixture
def trainer(host):
    """The trainer without taps."""
    trainer = host.page.locator(".mw-tempo")
    trainer.get_by_role("button", name="Start again").click()
    return trainer


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        ([0.6] * 6, ["a minute, within 90 to 110.", "Steady: the gaps differ by", "6 of 6 taps"]),
        ([0.35] * 5, ["too fast, 110 is the most."]),
        ([0.4, 0.8] * 3, ["Not steady yet"]),
        ([0.6], ["3 more taps at least"]),
    ],
    ids=["steady", "fast", "uneven", "few"],
)
def test_taps_are_drawn_and_judged(trainer, gaps, words):
    trainer.locator(".pad").focus()
    for _ in at_moments(trainer.page, accumulate([1, *gaps])):
        trainer.page.keyboard.press("Space")
    expect(trainer.locator("svg .hit, svg .miss")).to_have_count(len(gaps) + 1)
    for each in words:
        expect(trainer.locator(".words")).to_contain_text(each)


def test_beats_are_heard_at_the_tempo_of_the_slider(trainer):
    page = trainer.page
    page.evaluate("""() => {
        window.given = [];
        const start = AudioScheduledSourceNode.prototype.start;
        AudioScheduledSourceNode.prototype.start = function (at) {
            window.given.push(at);
            return start.call(this, at);
        };
    }""")
    trainer.get_by_role("slider").fill("100")
    expect(trainer.locator("output")).to_have_text("100 a minute")
    trainer.get_by_role("button", name="Listen").click()
    page.wait_for_function("() => window.given.length >= 4")
    trainer.get_by_role("button", name="Stop listening").click()
    # A busy machine leaves beats out; none falls between two others.
    gaps = [(later - at) / 0.6 for at, later in pairwise(page.evaluate("window.given"))]
    assert gaps == pytest.approx([max(1, round(each)) for each in gaps], abs=0.01)


def test_without_sound_the_trainer_says_that_the_pad_lights_up(trainer):
    state = "Object.defineProperty(BaseAudioContext.prototype, 'state', "
    trainer.page.evaluate(
        f"""() => {{
            window.state = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, "state");
            {state} {{ get: () => "suspended" }});
        }}"""
    )
    trainer.get_by_role("button", name="Listen").click()
    expect(trainer).to_contain_text("No sound here: the pad lights up with the beat.")
    trainer.get_by_role("button", name="Stop listening").click()
    trainer.page.evaluate(f"{state} window.state)")


def test_the_trainer_is_accessible(host):
    host.check_accessibility(".mw-tempo")
