"""What the player sends to its page, and which practices it saves."""

import json

import pytest

from massage_workbook.safety.screening import Area, Decision, Reason, Restrictions
from massage_workbook.safety.today import TodaysScreening
from massage_workbook.session import Plan, make_steps
from massage_workbook.store import Progress
from massage_workbook.store.practices import Practices
from massage_workbook.views.practice import hands_label
from massage_workbook.widgets.player import Player

from ..shipped import COURSE, TECHNIQUES
from .conftest import NOW, failing

CONTRAINDICATIONS = {each.id: each for each in COURSE.contraindications}
SHORT = next(each for each in COURSE.sessions if each.id == "neck-shoulders-14")
PLAN = Plan.of(SHORT, COURSE)
STEPS = make_steps(PLAN, COURSE)
REPORTED = {
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


def make_player(practices, decision=None, plan=PLAN):
    """The player of a plan on a day with that decision."""
    today = TodaysScreening(COURSE, lambda _: None)
    today.decision = lambda _: decision
    return Player(COURSE, lambda: ("mine", plan), today, practices, lambda: NOW)


@pytest.fixture
def player(practices):
    return make_player(practices)


def decided(outcome, name, **restrictions):
    reason = CONTRAINDICATIONS[name]
    return Decision(
        outcome, (Reason(reason, "yes", outcome, reason.yes.do),), Restrictions(**restrictions)
    )


def test_the_session_is_sent_as_plain_values_with_each_picture_once(player):
    session = player.session
    assert json.dumps(session, allow_nan=False)
    assert [row["technique"] for row in session["steps"]] == [step.technique for step in STEPS]
    assert session["total"] == session["cues"][-1]["at"] == 720
    assert session["cues"][0]["at"] == -session["ready_seconds"]
    for name, key in [("maps", "map"), ("movements", "technique"), ("stances", "stance")]:
        assert {row[key] for row in session["steps"]} == {*player.pictures[name]}
    drawn = (*player.pictures["maps"].values(), *player.pictures["stances"].values())
    assert all(svg.startswith("<svg") for svg in drawn)
    assert [*player.pictures["places"]] == ["On a mat", "On a bed", "At a table"]


def test_a_step_has_whole_passes_a_tour_and_its_force(practices):
    plan = Plan.of(COURSE.sessions[0], COURSE)
    steps = make_steps(plan, COURSE)
    for each, step in zip(make_player(practices, plan=plan).session["steps"], steps, strict=True):
        worked = each["passes"] * each["pass_seconds"]
        assert each["seconds"] == pytest.approx(each["lead"] + worked + step.rest)
        assert each["tour"]["seconds"] == pytest.approx(each["pass_seconds"], abs=0.01)
        assert all(leg["force"] <= step.force[1] for leg in each["tour"]["legs"])
        hands = {hand.split()[0] for leg in each["tour"]["legs"] for hand in leg["places"]}
        assert hands == ({"right", "left"} if each["side"] == "both" else {each["side"]})
        assert each["side"] == "both" or each["mirrored"] == (each["side"] == "left")


def test_a_step_shows_the_stance_and_the_transitions_before_it(player):
    _, second, third, *_ = player.session["steps"]
    assert second["transitions"] == "Two short flat strokes where the hands are. Ask how it feels."
    assert third["transitions"].startswith(
        "Two short flat strokes where the hands are. Blot off the oil."
    )
    assert second["stance_label"] == "Behind the person who sits"


@pytest.mark.parametrize(
    ("technique", "side", "label"),
    [
        ("picking-up", "left", "left hand"),
        ("superficial-stroking", "both", "both hands"),
        ("semicircle-rubbing", "right", "right hand, left on top"),
        ("reinforced-squeezing", "right", "left hand, right on top"),
        ("reinforced-squeezing", "left", "right hand, left on top"),
    ],
)
def test_the_working_hands_are_named(technique, side, label):
    assert hands_label(TECHNIQUES[technique], side) == label


def test_the_signs_to_stop_for_are_shown_with_emergencies_marked(player):
    during = [each for each in COURSE.stop_signs if each.when == "during"]
    assert [each["sign"] for each in player.session["stop_signs"]] == [each.sign for each in during]
    urgent = {each["sign"] for each in player.session["stop_signs"] if each["emergency"]}
    assert urgent == {each.sign for each in during if each.emergency}
    assert player.session["later_signs"]


@pytest.mark.parametrize(
    ("decision", "text"),
    [
        (decided("stop", "fever", everything=True), "No massage today"),
        (decided("emergency", "clot-signs", everything=True), "This cannot wait"),
        (decided("ask a doctor", "cancer", everything=True), "Not before a doctor has agreed"),
        (decided("stop", "fever"), "No massage today"),
        (decided("adapt", "bruise", own_area=True), "not marked yet"),
        (
            decided("adapt", "bruise", blocks=frozenset(b.id for b in COURSE.blocks)),
            "Nothing of this plan is allowed",
        ),
    ],
)
def test_no_practice_starts_against_the_screening(practices, decision, text):
    player = make_player(practices, decision)
    assert player.safety["state"] == "refused"
    assert text in player.safety["text"]
    if decision.outcome != "adapt":
        assert decision.reasons[0].do in player.safety["reasons"][0]
    assert player.session["steps"] == player.session["cues"] == []


def test_sessions_for_other_positions_can_be_chosen_where_the_front_is_excluded(practices):
    decision = decided("adapt", "prone-discomfort", positions=frozenset({"prone"}))
    player = make_player(practices, decision, Plan.of(COURSE.sessions[0], COURSE))
    assert player.safety["state"] == "refused"
    offered = [each["id"] for each in player.safety["alternatives"]]
    assert offered == ["neck-shoulders-14", "seated-15", "side-lying-20"]
    player.receive({"do": "choose", "session": "seated-15"})
    assert player.safety["state"] == "adapted"
    assert (player.session["title"], player.session["total"]) == ("Seated, 15 minutes", 900)


def test_excluded_areas_are_hatched_and_named(practices):
    area = frozenset({Area("shoulder-roll", "left")})
    decision = decided("adapt", "bruise", areas=area, force_ceiling=2)
    player = make_player(practices, decision)
    assert player.safety["state"] == "adapted"
    assert all(
        'id="zone-shoulder-roll-left-out"' in svg for svg in player.pictures["maps"].values()
    )
    rows = player.session["steps"]
    assert all(leg["force"] <= 2 for row in rows for leg in row["tour"]["legs"])
    assert any("Leave out the shoulder roll on the left;" in row["restrictions"] for row in rows)


def test_the_player_follows_the_screening_and_the_plan(practices, monkeypatch):
    present = {"decision": None, "plan": PLAN}
    today = TodaysScreening(COURSE, lambda _: None)
    monkeypatch.setattr(today, "decision", lambda _: present["decision"])
    player = Player(COURSE, lambda: ("mine", present["plan"]), today, practices, lambda: NOW)
    assert player.safety["state"] == "unscreened"
    assert player.safety["link"]["notebook"] == "01 Is it safe.ipynb"
    assert "no reason against a massage" in player.safety["agreement"]
    present["decision"] = Decision("go")
    today.notify()
    assert (player.safety["state"], player.safety["agreement"]) == ("allowed", None)
    present["plan"] = PLAN.with_total(600)
    player.receive({"do": "refresh"})
    assert player.session["total"] == 600
    present["decision"] = decided("stop", "fever", everything=True)
    today.notify()
    assert (player.safety["state"], player.session["steps"]) == ("refused", [])


def test_a_reported_practice_is_acknowledged_once_it_is_saved(player, practices, monkeypatch):
    message = {"do": "save", "practice": REPORTED, "revision": 3}
    with monkeypatch.context() as patched:
        patched.setattr(player._practices, "record", failing("The disk is full."))
        assert player.receive(message) == {"failed": "The disk is full."}
    reply = player.receive(message)
    assert reply["saved"] == 3
    assert reply["next"]["notebook"] == "01 Is it safe.ipynb"
    assert [each.id for each in practices.all()] == [REPORTED["id"]]


@pytest.mark.parametrize(
    "practice",
    [None, "x", {}, REPORTED | {"techniques": {"<img>": 12}}, REPORTED | {"seconds": 1e99}],
)
def test_an_invalid_practice_is_refused_with_a_reason(player, practices, practice):
    reply = player.receive({"do": "save", "practice": practice, "revision": 1})
    assert reply["refused"].startswith("This practice cannot be saved: at ")
    assert player.receive({"do": "save", "practice": practice})["error"]
    assert practices.all() == []


def test_another_plan_reuses_pictures(practices, monkeypatch):
    before = make_player(practices).pictures
    monkeypatch.setattr("massage_workbook.figures.strokes.stroke_map", None)
    monkeypatch.setattr("massage_workbook.figures.stances.stance_plan", None)
    shorter = make_player(practices, plan=PLAN.without("kneading"))
    assert 0 < len(shorter.session["steps"]) < len(STEPS)
    assert set(shorter.pictures["maps"].values()) <= set(before["maps"].values())
