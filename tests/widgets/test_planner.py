"""The planner: wishes in, a state out; plans and files; what the screening takes away."""

from datetime import UTC, datetime

import pytest

from massage_workbook.planning import Plan
from massage_workbook.screening import Area, Decision, Restrictions
from massage_workbook.store.plans import TO_PRACTISE, UNFINISHED, Plans
from massage_workbook.widgets import planner as module
from massage_workbook.widgets.planner import Planner

from ..shipped import COURSE

NOW = datetime(2026, 11, 26, 18, tzinfo=UTC)


@pytest.fixture
def decision(monkeypatch):
    """What today's screening says; None until a test says otherwise."""
    said = {"decision": None}
    monkeypatch.setattr(module.screening_form, "current", lambda *_: said["decision"])
    return lambda decision: said.update(decision=decision)


@pytest.fixture
def plans(tmp_path):
    return Plans(tmp_path / "plans.sqlite", COURSE)


@pytest.fixture
def opened(decision, plans, monkeypatch):
    """The planner as its lesson opens, again and again; each goes on where the last one was."""
    decision(Decision("go"))
    monkeypatch.setattr(module.screening_form, "_WATCHING", [])  # without those of other tests
    return lambda session=None: Planner(COURSE, session, plans, lambda: NOW)


@pytest.fixture
def planner(opened):
    return opened()


def row(planner, block):
    return next(row for row in planner.state["rows"] if row["block"] == block)


def said(planner):
    return planner.state["said"]


def technique(planner, block, name):
    return next(each for each in row(planner, block)["techniques"] if each["id"] == name)


# --- minutes -------------------------------------------------------------------------------------


def test_it_begins_with_the_ready_made_minutes(planner):
    assert planner.state["total"]["text"] == "20:00"
    assert row(planner, "kneading")["text"] == "10:00"
    assert row(planner, "kneading")["share"] == 50


def test_a_block_s_slider_moves_the_total_and_the_pictures(planner):
    before = planner.state["places"]
    planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    assert planner.state["total"]["text"] == "22:00"
    assert planner.state["places"]["span-closing"] != before["span-closing"]
    assert planner.state["places"]["pace-closing"] != before["pace-closing"]
    assert planner.state["places"]["length-kneading"]["text"] == "12:00"


def test_the_total_s_slider_is_shared_by_the_blocks(planner):
    planner._hear({"set": "total", "seconds": 1800, "wish": 1})
    assert row(planner, "kneading")["seconds"] == 900


def test_a_locked_block_stays_while_the_total_moves(planner):
    planner._hear({"lock": "kneading", "on": True, "wish": 1})
    planner._hear({"set": "total", "seconds": 1800, "wish": 2})
    assert row(planner, "kneading")["seconds"] == 600
    assert row(planner, "kneading")["locked"]
    planner._hear({"lock": "kneading", "on": False, "wish": 3})
    assert not row(planner, "kneading")["locked"]


def test_an_impossible_wish_changes_nothing_and_says_why(planner):
    planner._hear({"set": "vibration", "seconds": 900, "wish": 1})
    assert "3:00" in said(planner)["refused"]
    assert planner.state["total"]["text"] == "20:00"


@pytest.mark.parametrize(
    "wish",
    [
        {"set": "nothing", "seconds": 10},
        {"technique": "sawng", "block": "rubbing", "on": True},
        {"technique": "sawing", "block": "kneading", "on": True},
        {"technique": "sawing", "block": "rubbing", "on": True, "weight": "9"},
        {"technique": "sawing", "block": "rubbing", "on": True, "side": "up"},
        {"start_from": "session:none"},
        {"start_from": "saved:none"},
        {"compare": "saved:none"},
        {"save": ""},
        {"export": "ics", "start": "tonight"},
    ],
)
def test_a_wrong_wish_changes_nothing_and_says_why(planner, wish):
    before = planner.plan
    planner._hear(wish | {"wish": 3})
    assert said(planner)["refused"]
    assert planner.plan == before
    assert planner.state["wish"] == 3


def test_each_answer_carries_the_number_of_its_wish(planner):
    planner._hear({"set": "total", "seconds": 1500, "wish": 7})
    assert planner.state["wish"] == 7


def test_a_change_of_minutes_sends_no_new_picture(planner):
    first = planner.pictures
    planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    assert planner.pictures is first


def test_a_session_that_does_not_exist_is_named_with_the_nearest(plans):
    with pytest.raises(LookupError, match=r'Did you mean "standard-20"?'):
        Planner(COURSE, "standard-21", plans, lambda: NOW)


# --- blocks and techniques -----------------------------------------------------------------------


def test_a_block_left_out_comes_back_as_long_as_it_was(planner):
    planner._hear({"set": "squeezing", "seconds": 180, "wish": 1})
    planner._hear({"include": "squeezing", "on": False, "wish": 2})
    assert not row(planner, "squeezing")["included"]
    planner._hear({"include": "squeezing", "on": True, "wish": 3})
    assert row(planner, "squeezing")["seconds"] == 180


def test_a_block_that_never_was_there_gets_time_for_its_first_technique(decision, plans):
    decision(Decision("go"))
    evening = Planner(COURSE, "evening-20", plans, lambda: NOW)
    evening._hear({"include": "vibration", "on": True, "wish": 1})
    assert technique(evening, "vibration", "shaking")["done"]


def test_techniques_are_chosen_weighed_and_put_on_a_side(planner):
    planner._hear(
        {
            "technique": "hatching",
            "block": "rubbing",
            "on": True,
            "weight": 3,
            "side": "left",
            "wish": 1,
        }
    )
    chosen = technique(planner, "rubbing", "hatching")
    assert (chosen["on"], chosen["weight"], chosen["side"], chosen["done"]) == (
        True,
        3,
        "left",
        True,
    )
    planner._hear({"technique": "hatching", "block": "rubbing", "on": False, "wish": 2})
    assert not technique(planner, "rubbing", "hatching")["on"]


def test_a_technique_without_time_says_so(planner):
    assert technique(planner, "kneading", "longitudinal-kneading")["on"]
    assert not technique(planner, "kneading", "longitudinal-kneading")["done"]


def test_a_block_that_moves_takes_the_pictures_with_it(planner):
    first = planner.pictures["timings"]
    planner._hear({"move": "rubbing", "by": 1, "wish": 1})
    assert [r["block"] for r in planner.state["rows"]][2:4] == ["kneading", "rubbing"]
    assert planner.pictures["timings"] != first


# --- undo and findings ---------------------------------------------------------------------------


def test_every_change_can_be_undone_one_by_one(planner):
    before = planner.plan
    planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    planner._hear({"move": "rubbing", "by": 1, "wish": 2})
    planner._hear({"do": "undo", "wish": 3})
    planner._hear({"do": "undo", "wish": 4})
    assert planner.plan == before
    assert not planner.state["can_undo"]


def test_a_drag_is_undone_as_one(planner):
    before = planner.plan
    for i, seconds in enumerate((615, 630, 645)):
        planner._hear({"set": "kneading", "seconds": seconds, "held": i > 0, "wish": i})
    planner._hear({"do": "undo", "wish": 9})
    assert planner.plan == before


def test_what_is_begun_from_by_mistake_can_be_undone_as_well(planner):
    planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    shaped = planner.plan
    planner._hear({"start_from": "session:evening-30", "wish": 2})
    planner._hear({"do": "undo", "wish": 3})
    assert planner.plan == shaped
    planner._hear({"do": "undo", "wish": 4})
    assert planner.state["total"]["text"] == "20:00"


def test_what_it_was_begun_from_is_said_until_the_plan_is_another(planner):
    assert planner.state["from"] == "session:standard-20"
    planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    assert planner.state["from"] is None
    planner._hear({"start_from": "session:standard-20", "wish": 2})
    assert planner.state["from"] == "session:standard-20"
    planner._hear({"set": "kneading", "seconds": 720, "wish": 3})
    planner._hear({"save": "mine", "wish": 4})
    assert planner.state["from"] == "saved:mine"


def test_a_plan_goes_by_the_name_of_what_it_was_begun_from_for_as_long_as_it_is_the_same(
    planner, plans, opened
):
    def called(planner):
        planner._hear({"do": "practise", "wish": 9})
        return plans.open(TO_PRACTISE)[0]

    assert called(planner) == "20 minutes"
    planner._hear({"set": "total", "seconds": 900, "wish": 1})
    assert called(planner) == "Your plan"
    planner._hear({"save": "mine", "wish": 2})
    assert called(planner) == "mine"
    assert called(opened()) == "mine"
    planner._hear({"start_from": "session:standard-20", "wish": 3})
    planner._hear({"do": "undo", "wish": 4})
    assert called(planner) == "mine"
    planner._hear({"set": "total", "seconds": 960, "wish": 5})
    assert called(planner) == called(opened()) == "Your plan"
    planner._hear({"forget": "mine", "wish": 6})
    assert called(opened()) == "Your plan"
    assert opened().plan == planner.plan


# --- left and gone on with -----------------------------------------------------------------------


def test_what_was_being_shaped_is_there_when_it_is_opened_again(planner, opened):
    planner._hear({"start_from": "session:evening-30", "wish": 1})
    planner._hear({"set": "kneading", "seconds": 720, "wish": 2})
    again = opened()
    assert again.plan == planner.plan
    assert (again.state["from"], again.state["beside"]) == (None, "session:evening-30")
    assert again.saved == []


def test_what_is_undone_is_undone_when_it_is_opened_again(planner, opened):
    before = planner.plan
    planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    planner._hear({"do": "undo", "wish": 2})
    assert opened().plan == before


def test_what_is_dragged_is_kept_once_it_is_let_go(planner, plans):
    for i, seconds in enumerate((615, 630, 645)):
        planner._hear({"set": "kneading", "seconds": seconds, "held": i > 0, "wish": i})
    assert plans.open(UNFINISHED)[1].part("kneading").seconds == 615
    planner._hear({"do": "keep", "wish": 4})
    assert plans.open(UNFINISHED) == ("20 minutes", planner.plan)


def test_a_session_that_is_asked_for_begins_as_it_is_and_keeps_nothing(planner, opened):
    planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    asked = opened("standard-20")
    assert asked.plan == Plan.of(COURSE.sessions[0], COURSE)
    asked._hear({"set": "total", "seconds": 1800, "wish": 1})
    assert opened().plan == planner.plan


def test_what_the_screening_takes_away_is_not_lost_to_what_is_gone_on_with(
    planner, opened, decision
):
    planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    shaped = planner.plan
    decision(Decision("stop", restrictions=Restrictions(everything=True)))
    planner._hear({"do": "screen", "wish": 2})
    assert opened().state["total"]["seconds"] == 0
    decision(Decision("go"))
    assert opened().plan == shaped


def test_a_plan_that_cannot_be_kept_is_said_and_shaped_all_the_same(planner, full_disk):
    with full_disk():
        planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    assert row(planner, "kneading")["seconds"] == 720
    assert "cannot be read or kept" in said(planner)["refused"]
    planner._hear({"lock": "kneading", "on": True, "wish": 2})
    assert said(planner) == {}


def test_a_finding_is_mended_with_one_tap(planner):
    (finding,) = planner.state["findings"]
    assert finding["mends"][0] == "Give it 2:00 from kneading"
    planner._hear({"mend": finding["finding"], "way": 0, "wish": 1})
    assert planner.state["findings"] == []
    assert row(planner, "squeezing")["seconds"] == 180


# --- the screening -------------------------------------------------------------------------------


def test_without_a_screening_of_today_it_says_so(planner, decision):
    assert planner.state["screening"] is None
    decision(None)
    planner._hear({"do": "screen", "wish": 1})
    assert "01" in planner.state["screening"]["notebook"]


def test_seen_again_it_follows_a_screening_of_elsewhere_and_keeps_its_place(planner, decision):
    planner._hear({"set": "kneading", "seconds": 480, "wish": 3})
    minutes = planner.state["total"]
    planner._hear({"do": "look again"})
    assert planner.state["screening"] is None
    decision(None)
    planner._hear({"do": "look again"})
    assert "01" in planner.state["screening"]["notebook"]
    assert (planner.state["total"], planner.state["wish"]) == (minutes, 3)


def test_seen_again_it_offers_what_was_saved_elsewhere(planner, plans):
    plans.save("Ours", planner.plan, NOW)
    planner._hear({"do": "look again"})
    assert planner.saved == ["Ours"]


def test_what_the_screening_takes_away_is_taken_out_of_the_plan_and_stays_out(planner, decision):
    shut = Restrictions(
        areas=frozenset({Area("shoulder-roll", "left")}),
        blocks=frozenset({"vibration"}),
        force_ceiling=3,
    )
    decision(Decision("adapt", restrictions=shut))
    planner._hear({"do": "screen", "wish": 1})
    assert row(planner, "vibration")["barred"]
    planner._hear({"include": "vibration", "on": True, "wish": 2})
    assert "screening" in said(planner)["refused"]
    planner._hear({"start_from": "session:standard-30", "wish": 3})
    assert row(planner, "vibration")["seconds"] == 0
    assert all(float(step[6].split("-")[-1]) <= 3 for step in planner.state["steps"])
    assert 'id="ways-finger-pad-kneading-left"' in planner.pictures["ways"]


def test_what_the_screening_gives_back_is_there_again_and_is_what_is_saved(
    planner, decision, plans
):
    mine = planner.plan
    decision(Decision("adapt", restrictions=Restrictions(blocks=frozenset({"vibration"}))))
    planner._hear({"do": "screen", "wish": 1})
    assert planner.plan.total == mine.total - 60
    planner._hear({"save": "mine", "wish": 2})
    assert plans.open("mine")[1] == mine
    planner._hear({"set": "kneading", "seconds": 720, "wish": 3})
    decision(Decision("go"))
    planner._hear({"do": "screen", "wish": 4})
    assert planner.plan == mine.with_block("kneading", 720)


def test_it_hears_of_a_screening_in_the_same_lesson(planner, decision):
    decision(Decision("stop", restrictions=Restrictions(everything=True)))
    module.screening_form._tell_all()
    assert planner.state["total"]["seconds"] == 0


def test_a_screening_that_takes_everything_away_leaves_no_minute(planner, decision):
    decision(Decision("stop", restrictions=Restrictions(everything=True)))
    planner._hear({"do": "screen", "wish": 1})
    assert planner.state["total"]["seconds"] == 0
    assert planner.state["steps"] == []


# --- plans and files -----------------------------------------------------------------------------


def test_a_plan_is_saved_opened_compared_and_forgotten(planner):
    planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    planner._hear({"save": "  Anna  on Fridays ", "wish": 2})
    assert planner.saved == ["Anna on Fridays"]
    mine = planner.plan
    ways = planner.pictures["ways"]
    planner._hear({"start_from": "session:evening-20", "wish": 3})
    assert planner.pictures["ways"] is ways  # nothing is drawn that has not changed
    planner._hear({"compare": "saved:Anna on Fridays", "wish": 4})
    assert "Anna on Fridays 12:00" in planner.state["alts"]["timings"]
    planner._hear({"start_from": "saved:Anna on Fridays", "wish": 5})
    assert planner.plan == mine
    planner._hear({"forget": "Anna on Fridays", "wish": 6})
    assert planner.saved == []


def test_a_plan_that_is_forgotten_while_it_is_compared_with_stays_beside_the_other(planner):
    planner._hear({"save": "mine", "wish": 1})
    planner._hear({"start_from": "saved:mine", "wish": 2})
    planner._hear({"forget": "mine", "wish": 3})
    planner._hear({"move": "rubbing", "by": 1, "wish": 4})
    assert planner.state["wish"] == 4
    planner._hear({"start_from": "session:evening-20", "wish": 5})
    assert planner.state["total"]["seconds"] == 1200
    assert said(planner) == {}


def test_a_plan_to_practise_is_laid_ready(planner, plans):
    planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    planner._hear({"do": "practise", "wish": 2})
    assert said(planner)["practise"] == "10 Practise.ipynb"
    assert plans.open(TO_PRACTISE) == ("Your plan", planner.plan)
    assert planner.saved == []


@pytest.mark.parametrize(
    ("wish", "begins"),
    [
        ({"export": "pdf"}, b"%PDF"),
        ({"export": "png"}, b"\x89PNG"),
        ({"export": "csv"}, b"at,what,side"),
        ({"export": "ics", "start": "2026-11-26T20:00"}, b"BEGIN:VCALENDAR"),
    ],
    ids=lambda each: each.get("export") if isinstance(each, dict) else "",
)
def test_files_are_sent_to_the_page(planner, monkeypatch, wish, begins):
    sent = []
    monkeypatch.setattr(planner, "send", lambda message, buffers: sent.append((message, buffers)))
    planner._hear(wish | {"wish": 1})
    ((message, (content,)),) = sent
    assert message["file"].endswith(wish["export"])
    assert content.startswith(begins)


def test_the_map_with_minutes_comes_when_it_is_asked_for(planner):
    assert "minutes" not in planner.pictures
    planner._hear({"do": "minutes", "wish": 1})
    assert planner.pictures["minutes"].startswith("<svg")


def test_a_file_of_plans_that_cannot_be_read_is_said_and_left_alone(opened, plans):
    plans.path.write_bytes(b"no database at all" * 100)
    planner = opened()
    assert "cannot be read or kept" in said(planner)["refused"]
    assert planner.state["total"]["text"] == "20:00"
    planner._hear({"save": "mine", "wish": 1})
    assert "cannot be read or kept" in said(planner)["refused"]
    assert plans.path.read_bytes() == b"no database at all" * 100


def test_the_steps_are_those_of_the_plan(planner):
    made = [step for step in planner.state["steps"] if step[1] == "Sawing"]
    assert [step[2] for step in made] == ["right", "left"]
    assert planner.plan == Plan.of(COURSE.sessions[0], COURSE)
