"""What the page is told of a session, and what it may report."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from massage_workbook.safety.screening import Area, Decision, Reason, Restrictions
from massage_workbook.safety.today import TodaysScreening
from massage_workbook.session import Plan, make_steps
from massage_workbook.store import Progress, StoreError
from massage_workbook.store.practices import Practices
from massage_workbook.views.practice import hands_label, step_tour
from massage_workbook.widgets.player import Player

from ..shipped import COURSE

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
CONTRAINDICATIONS = {each.id: each for each in COURSE.contraindications}
NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
SHORT = next(each for each in COURSE.sessions if each.id == "neck-shoulders-14")
PLAN = Plan.of(SHORT, COURSE)
ROW = make_steps(PLAN, COURSE)
TOLD = {
    "id": "practice-0f8fad5b-d9cb-469f-a165-70867728950e",
    "at": "2026-11-24T19:40:00Z",
    "plan": "Neck and shoulders",
    "planned": 720,
    "seconds": 12,
    "techniques": {"collar-stroking": 12},
    "finished": False,
}


@pytest.fixture
def practices(tmp_path):
    return Practices(Progress(tmp_path / "p.sqlite", NOW))


def led(practices, decision=None, plan=PLAN):
    """A practice of a plan on a day with that screening."""
    today = TodaysScreening(COURSE, lambda _: None)
    today.decision = lambda _: decision
    return Player(COURSE, lambda: ("mine", plan), today, practices, lambda: NOW)


@pytest.fixture
def player(practices):
    return led(practices)


def decided(outcome, name, **restrictions):
    reason = CONTRAINDICATIONS[name]
    return Decision(
        outcome, (Reason(reason, "yes", outcome, reason.yes.do),), Restrictions(**restrictions)
    )


def test_the_page_gets_the_whole_session_as_plain_values(player):
    session = player.session
    assert json.loads(json.dumps(session)) == json.loads(json.dumps(session, allow_nan=False))
    assert [row["technique"] for row in session["steps"]] == [step.technique for step in ROW]
    assert session["total"] == 720
    assert session["cues"][0]["at"] == -session["ready"]
    assert session["cues"][-1]["at"] == session["total"]


def test_every_picture_is_sent_once_and_there_for_its_step(player):
    rows = player.session["steps"]
    for name, key in [("maps", "map"), ("movements", "technique"), ("stances", "stance")]:
        assert {row[key] for row in rows} == set(player.pictures[name])
    drawn = (*player.pictures["maps"].values(), *player.pictures["stances"].values())
    assert all(svg.startswith("<svg") for svg in drawn)
    assert [*player.pictures["places"]] == ["On a mat", "On a bed", "At a table"]


def test_a_step_s_passes_fill_its_time_and_its_tour_one_of_them(practices):
    player = led(practices, plan=Plan.of(COURSE.sessions[0], COURSE))
    for each in player.session["steps"]:
        worked = each["passes"] * each["pass_seconds"]
        assert each["seconds"] == pytest.approx(each["lead"] + worked + each["rest"])
        assert each["tour"]["seconds"] == pytest.approx(each["pass_seconds"], abs=0.01)
        hands = {hand for leg in each["tour"]["legs"] for hand in leg["places"]}
        assert hands == ({"right", "left"} if each["works"] == "both" else {each["works"]})


def test_a_slower_step_s_hands_go_slower():
    step = next(each for each in ROW if each.technique == "collar-kneading")
    technique = TECHNIQUES[step.technique]
    twice = replace(step, seconds=step.seconds + round(step.passes * step.pass_seconds))
    usual, slow = (step_tour(each, technique, COURSE.zones)["seconds"] for each in (step, twice))
    assert slow == pytest.approx(2 * usual, rel=0.02)


def test_the_force_that_is_shown_is_the_step_s_own_and_never_more_than_its_place_bears(player):
    for row, step in zip(player.session["steps"], ROW, strict=True):
        assert all(leg["force"] <= step.force[1] for leg in row["tour"]["legs"])


def test_a_step_says_where_to_be_and_what_comes_before_it(player):
    _, second, third, *_ = player.session["steps"]
    assert second["before"] == "Two short flat strokes where the hands are. Ask how it feels."
    assert third["before"].startswith(
        "Two short flat strokes where the hands are. Blot off the oil."
    )
    assert second["stand"] == "Behind the person who sits"


@pytest.mark.parametrize(
    ("technique", "side", "says"),
    [
        ("picking-up", "left", "left hand"),
        ("superficial-stroking", "both", "both hands"),
        ("semicircle-rubbing", "right", "right hand, left on top"),
        ("reinforced-squeezing", "right", "left hand, right on top"),
        ("reinforced-squeezing", "left", "right hand, left on top"),
    ],
)
def test_a_step_says_which_hands_work(technique, side, says):
    assert hands_label(TECHNIQUES[technique], side) == says


def test_the_giver_s_picture_is_mirrored_where_the_left_side_is_worked(practices):
    for step in led(practices, plan=Plan.of(COURSE.sessions[0], COURSE)).session["steps"]:
        assert step["works"] == "both" or step["mirrored"] == (step["works"] == "left")


def test_every_sign_to_stop_for_is_there_and_which_are_emergencies(player):
    during = [each for each in COURSE.stop_signs if each.when == "during"]
    assert [each["sign"] for each in player.session["signs"]] == [each.sign for each in during]
    urgent = {each["sign"] for each in player.session["signs"] if each["emergency"]}
    assert urgent == {each.sign for each in during if each.emergency}
    assert player.session["later"]


# --- whether it may start ------------------------------------------------------------------------


def test_unasked_it_says_so_and_wants_to_be_told_that_nothing_speaks_against_it(player):
    assert player.safety["state"] == "unasked"
    assert player.safety["link"]["notebook"] == "01 Is it safe.ipynb"
    assert "no reason against a massage" in player.safety["agree"]


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (decided("stop", "fever", everything=True), "No massage today"),
        (decided("emergency", "clot-signs", everything=True), "This cannot wait"),
        (decided("ask a doctor", "cancer", everything=True), "Not before a doctor has agreed"),
        (decided("stop", "fever"), "No massage today"),
    ],
)
def test_it_does_not_start_where_the_screening_leaves_nothing(practices, decision, says):
    player = led(practices, decision)
    assert player.safety["state"] == "no"
    assert says in player.safety["says"]
    assert decision.reasons[0].do in player.safety["reasons"][0]
    assert player.session["steps"] == player.session["cues"] == []


def test_a_plan_of_which_nothing_is_left_does_not_start(practices):
    blocks = frozenset(block.id for block in COURSE.blocks)
    decision = decided("adapt", "prone-discomfort", blocks=blocks)
    player = led(practices, decision)
    assert player.safety["state"] == "no"
    assert "Nothing of this plan is left" in player.safety["says"]


def test_who_cannot_lie_on_the_front_is_offered_another_session(practices):
    decision = decided("adapt", "prone-discomfort", positions=frozenset({"prone"}))
    player = led(practices, decision, Plan.of(COURSE.sessions[0], COURSE))
    assert player.safety["state"] == "no"
    offered = [each["id"] for each in player.safety["instead"]]
    assert offered == ["neck-shoulders-14", "seated-15", "side-lying-20"]


def test_the_session_that_is_taken_instead_is_led(practices):
    decision = decided("adapt", "prone-discomfort", positions=frozenset({"prone"}))
    player = led(practices, decision, Plan.of(COURSE.sessions[0], COURSE))
    player.receive({"do": "take", "session": "seated-15"})
    assert player.safety["state"] == "adapt"
    assert player.session["title"] == "Seated, 15 minutes"
    assert player.session["total"] == 900


def test_what_is_left_out_is_hatched_on_its_side_and_said(practices):
    area = frozenset({Area("shoulder-roll", "left")})
    decision = decided("adapt", "bruise", areas=area, force_ceiling=2)
    player = led(practices, decision)
    assert player.safety["state"] == "adapt"
    assert all(
        'id="zone-shoulder-roll-left-out"' in svg for svg in player.pictures["maps"].values()
    )
    rows = player.session["steps"]
    assert all(leg["force"] <= 2 for row in rows for leg in row["tour"]["legs"])
    assert any("Leave out the shoulder roll on the left;" in row["left_out"] for row in rows)


def test_a_place_that_is_not_marked_yet_keeps_it_from_starting(practices):
    decision = decided("adapt", "bruise", own_area=True)
    player = led(practices, decision)
    assert player.safety["state"] == "no"
    assert "not marked yet" in player.safety["says"]
    assert player.session["steps"] == []


def test_it_follows_the_screening_and_the_plan_of_today(practices, monkeypatch):
    said = {"decision": None, "plan": Plan.of(SHORT, COURSE)}
    today = TodaysScreening(COURSE, lambda _: None)
    monkeypatch.setattr(today, "decision", lambda _: said["decision"])
    player = Player(COURSE, lambda: ("mine", said["plan"]), today, practices, lambda: NOW)
    assert player.safety["state"] == "unasked"
    said["decision"] = Decision("go")
    today.notify()
    assert player.safety["state"] == "go"
    said["plan"] = said["plan"].with_total(600)
    player.receive({"do": "refresh"})
    assert player.session["total"] == 600
    said["decision"] = decided("stop", "fever", everything=True)
    today.notify()
    assert player.safety["state"] == "no"
    assert player.session["steps"] == []


def test_asked_and_free_it_says_so(practices):
    player = led(practices, Decision("go"))
    assert player.safety["state"] == "go"
    assert player.safety["agree"] is None


# --- what was practised --------------------------------------------------------------------------


def test_what_the_page_reports_is_kept_and_then_acknowledged(player, practices):
    reply = player.receive({"do": "keep", "practice": TOLD, "revision": 3})
    assert reply["kept"] == 3
    assert reply["next"]["notebook"] == "01 Is it safe.ipynb"
    assert [each.id for each in practices.all()] == [TOLD["id"]]


@pytest.mark.parametrize(
    "practice", [None, "x", {}, TOLD | {"techniques": {"<img>": 12}}, TOLD | {"seconds": 1e99}]
)
def test_what_is_none_is_refused_with_a_line_and_nothing_is_kept(player, practices, practice):
    reply = player.receive({"do": "keep", "practice": practice, "revision": 1})
    assert reply["refused"].startswith("This practice cannot be saved: at ")
    assert practices.all() == []


@pytest.mark.parametrize("message", [None, {}, {"do": "keep"}, {"do": "keep", "practice": TOLD}])
def test_other_messages_do_nothing(player, practices, message):
    assert player.receive(message)["error"]
    assert practices.all() == []


def test_what_cannot_be_written_is_not_acknowledged(player, monkeypatch):
    def full(_practice):
        raise StoreError("The disk is full.")

    monkeypatch.setattr(player._practices, "record", full)
    reply = player.receive({"do": "keep", "practice": TOLD, "revision": 1})
    assert reply == {"failed": "The disk is full."}


def test_the_stage_is_dark_whatever_the_theme(player):
    assert ".mw-player-dialog .stage {--mw-ink:#e6e6e6" in player._css


def test_another_plan_draws_only_what_is_new(practices, monkeypatch):
    before = led(practices).pictures
    monkeypatch.setattr("massage_workbook.figures.strokes.stroke_map", None)
    monkeypatch.setattr("massage_workbook.figures.stances.stance_plan", None)
    shorter = led(practices, plan=PLAN.without("kneading"))
    assert 0 < len(shorter.session["steps"]) < len(ROW)
    assert set(shorter.pictures["maps"].values()) <= set(before["maps"].values())
