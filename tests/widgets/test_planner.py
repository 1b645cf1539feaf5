"""The planner: wishes in, a state out; plans and files; what the screening takes away."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massage_workbook.safety.screening import Area, Decision, Restrictions
from massage_workbook.safety.today import TodaysScreening
from massage_workbook.session import MAX_SECONDS, Plan, PlanError, carry_over, timetable
from massage_workbook.store.plans import TO_PRACTISE, UNFINISHED, Plans
from massage_workbook.widgets.planner import Planner

from ..shipped import COURSE

TECHNIQUES = {each.id: each for each in COURSE.techniques}
BLOCKS = [block.id for block in COURSE.blocks]
KNEADING = ["palm-circle-kneading", "longitudinal-kneading", "picking-up"]
TIMES = "\N{MULTIPLICATION SIGN}"
NOW = datetime(2026, 11, 26, 18, tzinfo=UTC)


@pytest.fixture
def today():
    return TodaysScreening(COURSE, lambda _: None)


@pytest.fixture
def decision(today, monkeypatch):
    """What today's screening says; None until a test says otherwise."""
    said = {"decision": None}
    monkeypatch.setattr(today, "decision", lambda _: said["decision"])
    return lambda decision: said.update(decision=decision)


@pytest.fixture
def plans(tmp_path):
    return Plans(tmp_path / "plans.sqlite", COURSE)


@pytest.fixture
def opened(decision, plans, today):
    """The planner as its lesson opens, again and again; each goes on where the last one was."""
    decision(Decision("go"))
    return lambda session=None: Planner(COURSE, session, plans, today, lambda: NOW)


@pytest.fixture
def planner(opened):
    return opened()


def row(planner, block):
    return next(row for row in planner.state["rows"] if row["block"] == block)


def done(planner, block):
    return row(planner, block)["done"]


def says(planner):
    return " ".join(each["says"] for each in planner.state["findings"])


def take(planner, words):
    """Apply the one fix of the plan that begins with these words."""
    (message,) = (
        {"do": "fix", "finding": each["says"], "fix": fix}
        for each in planner.state["findings"]
        for fix in each["fixes"]
        if fix.startswith(words)
    )
    planner.receive(message)
    return message


def said(planner):
    return planner.state["notice"]


def technique(planner, block, name):
    return next(each for each in row(planner, block)["techniques"] if each["id"] == name)


# --- minutes -------------------------------------------------------------------------------------


def test_it_begins_with_the_ready_made_minutes(planner):
    assert planner.state["total"]["seconds"] == 1200
    assert row(planner, "kneading")["seconds"] == 585


def test_a_block_s_slider_moves_the_total_and_its_own_pace(planner):
    before = row(planner, "kneading")["pace"]
    planner.receive({"do": "set", "block": "kneading", "seconds": 720})
    assert planner.state["total"]["seconds"] == 1335
    assert row(planner, "kneading")["seconds"] == 720
    assert row(planner, "kneading")["pace"] != before


def test_a_row_has_the_paces_of_its_steps(planner):
    of_block = [step.per_minute for step in planner._laid_out.steps if step.block == "kneading"]
    assert row(planner, "kneading")["pace"] == (min(of_block), max(of_block))
    assert row(planner, "squeezing")["pace"] == (0, 0)


def test_the_total_s_slider_is_shared_by_the_blocks(planner):
    planner.receive({"do": "set", "block": "total", "seconds": 1800})
    assert row(planner, "kneading")["seconds"] == 878


def test_a_locked_block_stays_while_the_total_moves(planner):
    planner.receive({"do": "lock", "block": "kneading", "on": True})
    planner.receive({"do": "set", "block": "total", "seconds": 1800})
    assert row(planner, "kneading")["seconds"] == 585
    assert row(planner, "kneading")["locked"]
    planner.receive({"do": "lock", "block": "kneading", "on": False})
    assert not row(planner, "kneading")["locked"]


def test_an_impossible_wish_changes_nothing_and_says_why(planner):
    planner.receive({"do": "set", "block": "vibration", "seconds": 900})
    assert "3:00" in said(planner)["refused"]
    assert planner.state["total"]["seconds"] == 1200


@pytest.mark.parametrize(
    "wish",
    [
        {"do": "set", "block": "nothing", "seconds": 10},
        {"do": "technique", "technique": "sawng", "block": "rubbing", "on": True},
        {"do": "technique", "technique": "sawing", "block": "kneading", "on": True},
        {"do": "technique", "technique": "sawing", "block": "rubbing", "on": True, "weight": "9"},
        {"do": "technique", "technique": "sawing", "block": "rubbing", "on": True, "side": "up"},
        {"do": "start from", "source": "session:none"},
        {"do": "start from", "source": "saved:none"},
        {"do": "compare", "source": "saved:none"},
        {"do": "save", "name": ""},
        {"do": "export", "kind": "ics", "start": "tonight"},
    ],
)
def test_a_wrong_wish_changes_nothing_and_says_why(planner, wish):
    before = planner.plan
    reply = planner.receive(wish)
    assert reply.get("error") or said(planner)["refused"]
    assert planner.plan == before


def test_a_change_of_minutes_sends_no_new_picture(planner):
    first = planner.ways
    planner.receive({"do": "set", "block": "kneading", "seconds": 720})
    planner.receive({"do": "move", "block": "rubbing", "by": 1})
    assert planner.ways is first


def test_a_session_that_does_not_exist_is_named_with_the_nearest(plans, today):
    with pytest.raises(LookupError, match=r'Did you mean "standard-20"?'):
        Planner(COURSE, "standard-21", plans, today, lambda: NOW)


# --- passes --------------------------------------------------------------------------------------


def passes_of(planner, block, technique):
    return min(
        (s.passes for s in planner._laid_out.steps if (s.block, s.technique) == (block, technique)),
        default=0,
    )


def test_a_row_says_how_often_each_technique_is_done(planner):
    assert [
        each["text"].replace("\N{NO-BREAK SPACE}", " ") for each in done(planner, "kneading")
    ] == [
        f"palm-circle 3 {TIMES}",
        f"longitudinal 3 {TIMES}",
        f"picking up 3 {TIMES}",
    ]
    assert row(planner, "kneading")["passes"] == dict.fromkeys(KNEADING, 3)
    assert not any(each["short"] for each in done(planner, "kneading"))
    assert technique(planner, "kneading", "picking-up")["note"].endswith("on each side")


def test_less_than_the_card_asks_for_is_marked_in_words(planner):
    planner.receive({"do": "set", "block": "kneading", "seconds": 420})
    assert row(planner, "kneading")["passes"] == dict(zip(KNEADING, (3, 2, 0), strict=True))
    whole, few, none = done(planner, "kneading")
    assert (whole["short"], few["short"], none["short"]) == (False, True, True)
    assert few["text"].endswith("(too few)")
    assert none["text"] == "picking up: no time"
    assert row(planner, "kneading")["room"]["text"] == "3 passes of each need 9:33."
    notes = [technique(planner, "kneading", name)["note"] for name in KNEADING]
    assert "too few: its card asks for 3" in notes[1]
    assert notes[2] == "no time for it"


def test_a_block_that_is_left_out_is_done_no_times_and_says_nothing_of_it(planner):
    planner.receive({"do": "include", "block": "vibration", "on": False})
    out = row(planner, "vibration")
    assert (out["passes"], out["done"], out["room"]) == ({"finger-drumming": 0}, [], None)
    assert technique(planner, "vibration", "finger-drumming")["note"] == ""


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([session.id for session in COURSE.sessions]),
    st.lists(st.tuples(st.sampled_from(BLOCKS), st.integers(0, 60)), min_size=1, max_size=4),
)
def test_a_row_s_passes_are_those_of_the_steps_wherever_its_slider_is(opened, session, moves):
    planner = opened(session)
    for block, quarters in moves:
        planner.receive({"do": "set", "block": block, "seconds": 15 * quarters})
    table = planner.state["steps"]
    assert [int(step[4]) for step in table] == [step.passes for step in planner._laid_out.steps]
    for each in planner.state["rows"]:
        for name, passes in each["passes"].items():
            assert passes == passes_of(planner, each["block"], name)
            note = technique(planner, each["block"], name)["note"]
            assert ("no time" in note) == (passes == 0 and each["included"])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([session.id for session in COURSE.sessions]), st.sampled_from(BLOCKS))
def test_a_block_with_the_room_that_it_says_is_done_often_enough(opened, session, block):
    planner = opened(session)
    room = row(planner, block)["room"]
    if room:
        planner.receive({"do": "set", "block": block, "seconds": room["least"]})
        assert not any(each["short"] for each in done(planner, block))


# --- blocks and techniques -----------------------------------------------------------------------


def test_a_block_left_out_comes_back_as_long_as_it_was(planner):
    planner.receive({"do": "set", "block": "rubbing", "seconds": 180})
    planner.receive({"do": "include", "block": "rubbing", "on": False})
    assert not row(planner, "rubbing")["included"]
    planner.receive({"do": "include", "block": "rubbing", "on": True})
    assert row(planner, "rubbing")["seconds"] == 180


@pytest.mark.parametrize("block", ["squeezing", "vibration"])
def test_a_block_that_never_was_there_gets_time_for_three_passes(opened, block):
    evening = opened("evening-20")
    evening.receive({"do": "include", "block": block, "on": True})
    assert row(evening, block)["seconds"] % 15 == 0
    assert min(row(evening, block)["passes"].values()) == 3
    assert not [each for each in evening.state["findings"] if "too short" in each["says"]]


def test_techniques_are_chosen_weighed_and_put_on_a_side(planner):
    planner.receive(
        {
            "do": "technique",
            "technique": "hatching",
            "block": "rubbing",
            "on": True,
            "weight": 3,
            "side": "left",
        }
    )
    chosen = technique(planner, "rubbing", "hatching")
    assert (chosen["on"], chosen["weight"], chosen["side"]) == (True, 3, "left")
    assert row(planner, "rubbing")["passes"]["hatching"] == passes_of(
        planner, "rubbing", "hatching"
    )
    planner.receive({"do": "technique", "technique": "hatching", "block": "rubbing", "on": False})
    assert not technique(planner, "rubbing", "hatching")["on"]


def test_a_block_moves_among_the_others(planner):
    planner.receive({"do": "move", "block": "rubbing", "by": 1})
    assert [r["block"] for r in planner.state["rows"]][2:4] == ["kneading", "rubbing"]


# --- undo and findings ---------------------------------------------------------------------------


def test_every_change_can_be_undone_one_by_one(planner):
    before = planner.plan
    planner.receive({"do": "set", "block": "kneading", "seconds": 720})
    planner.receive({"do": "move", "block": "rubbing", "by": 1})
    planner.receive({"do": "undo"})
    planner.receive({"do": "undo"})
    assert planner.plan == before
    assert not planner.state["can_undo"]


def test_a_drag_is_undone_as_one(planner):
    before = planner.plan
    for i, seconds in enumerate((615, 630, 645)):
        planner.receive({"do": "set", "block": "kneading", "seconds": seconds, "dragging": i > 0})
    planner.receive({"do": "undo"})
    assert planner.plan == before


def test_what_is_begun_from_by_mistake_can_be_undone_as_well(planner):
    planner.receive({"do": "set", "block": "kneading", "seconds": 720})
    shaped = planner.plan
    planner.receive({"do": "start from", "source": "session:evening-30"})
    planner.receive({"do": "undo"})
    assert planner.plan == shaped
    planner.receive({"do": "undo"})
    assert planner.state["total"]["seconds"] == 1200


def test_what_it_was_begun_from_is_said_until_the_plan_is_another(planner):
    assert planner.state["from"] == "session:standard-20"
    planner.receive({"do": "set", "block": "kneading", "seconds": 720})
    assert planner.state["from"] is None
    planner.receive({"do": "start from", "source": "session:standard-20"})
    assert planner.state["from"] == "session:standard-20"
    planner.receive({"do": "set", "block": "kneading", "seconds": 720})
    planner.receive({"do": "save", "name": "mine"})
    assert planner.state["from"] == "saved:mine"


def test_a_plan_goes_by_the_name_of_what_it_was_begun_from_for_as_long_as_it_is_the_same(
    planner, plans, opened
):
    def called(planner):
        planner.receive({"do": "practise"})
        return plans.open(TO_PRACTISE)[0]

    assert called(planner) == "20 minutes"
    planner.receive({"do": "set", "block": "total", "seconds": 900})
    assert called(planner) == "Your plan"
    planner.receive({"do": "save", "name": "mine"})
    assert called(planner) == "mine"
    assert called(opened()) == "mine"
    planner.receive({"do": "start from", "source": "session:standard-20"})
    planner.receive({"do": "undo"})
    assert called(planner) == "mine"
    planner.receive({"do": "set", "block": "total", "seconds": 960})
    assert called(planner) == called(opened()) == "Your plan"
    planner.receive({"do": "forget", "name": "mine"})
    assert called(opened()) == "Your plan"
    assert opened().plan == planner.plan


# --- left and gone on with -----------------------------------------------------------------------


def test_what_was_being_shaped_is_there_when_it_is_opened_again(planner, opened):
    planner.receive({"do": "start from", "source": "session:evening-30"})
    planner.receive({"do": "set", "block": "kneading", "seconds": 735})
    again = opened()
    assert again.plan == planner.plan
    assert (again.state["from"], again.state["beside"]) == (None, "session:evening-30")
    assert again.saved == []


def test_what_is_undone_is_undone_when_it_is_opened_again(planner, opened):
    before = planner.plan
    planner.receive({"do": "set", "block": "kneading", "seconds": 720})
    planner.receive({"do": "undo"})
    assert opened().plan == before


def test_what_is_dragged_is_kept_once_it_is_let_go(planner, plans):
    for i, seconds in enumerate((615, 630, 645)):
        planner.receive({"do": "set", "block": "kneading", "seconds": seconds, "dragging": i > 0})
    assert plans.open(UNFINISHED)[1].part("kneading").seconds == 615
    planner.receive({"do": "autosave"})
    assert plans.open(UNFINISHED) == ("20 minutes", planner.plan)


def test_a_session_that_is_asked_for_begins_as_it_is_and_keeps_nothing(planner, opened):
    planner.receive({"do": "set", "block": "kneading", "seconds": 720})
    asked = opened("standard-20")
    assert asked.plan == Plan.of(COURSE.sessions[0], COURSE)
    asked.receive({"do": "set", "block": "total", "seconds": 1800})
    assert opened().plan == planner.plan


def test_what_the_screening_takes_away_is_not_lost_to_what_is_gone_on_with(
    planner, opened, decision
):
    planner.receive({"do": "set", "block": "kneading", "seconds": 720})
    shaped = planner.plan
    decision(Decision("stop", restrictions=Restrictions(everything=True)))
    planner.receive({"do": "screen"})
    assert opened().state["total"]["seconds"] == 0
    decision(Decision("go"))
    assert opened().plan == shaped


def test_a_plan_that_cannot_be_kept_is_said_and_shaped_all_the_same(planner, full_disk):
    with full_disk():
        planner.receive({"do": "set", "block": "kneading", "seconds": 720})
    assert row(planner, "kneading")["seconds"] == 720
    assert "cannot be read or saved" in said(planner)["refused"]
    planner.receive({"do": "lock", "block": "kneading", "on": True})
    assert said(planner) == {}


@pytest.mark.parametrize(
    ("wish", "at"),
    [
        ({"do": "set", "block": "vibration", "seconds": 900}, "vibration"),
        ({"do": "set", "block": "total", "seconds": 1}, "total"),
        ({"do": "move", "block": "opening", "by": 1}, "opening"),
        ({"do": "save", "name": ""}, "files"),
        ({"do": "compare", "source": "saved:none"}, ""),
    ],
)
def test_what_is_refused_says_where_it_was_entered(planner, wish, at):
    planner.receive(wish)
    assert said(planner)["refused"]
    assert said(planner)["at"] == at


def test_a_finding_that_was_mended_is_not_mended_again(planner):
    planner.receive({"do": "set", "block": "kneading", "seconds": 420})
    taken = take(planner, "Leave picking up")
    mended = planner.plan
    planner.receive(taken)
    assert planner.plan == mended


def test_a_finding_is_mended_with_one_tap(planner):
    planner.receive({"do": "set", "block": "kneading", "seconds": 420})
    assert says(planner).startswith("Kneading is too short for 3 passes of longitudinal")
    take(planner, "Make the session 2:45 longer")
    assert planner.state["findings"] == []
    assert row(planner, "kneading")["seconds"] == 585
    assert min(row(planner, "kneading")["passes"].values()) == 3
    planner.receive({"do": "undo"})
    assert row(planner, "kneading")["seconds"] == 420


# --- the screening -------------------------------------------------------------------------------


def test_without_a_screening_of_today_it_says_so(planner, decision):
    assert planner.state["screening"] is None
    decision(None)
    planner.receive({"do": "screen"})
    assert "01" in planner.state["screening"]["notebook"]


def test_seen_again_it_follows_a_screening_of_elsewhere_and_keeps_its_place(planner, decision):
    planner.receive({"do": "set", "block": "kneading", "seconds": 480})
    minutes = planner.state["total"]
    planner.receive({"do": "refresh"})
    assert planner.state["screening"] is None
    decision(None)
    planner.receive({"do": "refresh"})
    assert "01" in planner.state["screening"]["notebook"]
    assert planner.state["total"] == minutes


def test_seen_again_it_offers_what_was_saved_elsewhere(planner, plans):
    plans.save("Ours", planner.plan, NOW)
    planner.receive({"do": "refresh"})
    assert planner.saved == ["Ours"]


def test_what_the_screening_takes_away_is_taken_out_of_the_plan_and_stays_out(planner, decision):
    shut = Restrictions(
        areas=frozenset({Area("shoulder-roll", "left")}),
        blocks=frozenset({"vibration"}),
        force_ceiling=3,
    )
    decision(Decision("adapt", restrictions=shut))
    planner.receive({"do": "screen"})
    assert row(planner, "vibration")["barred"]
    planner.receive({"do": "include", "block": "vibration", "on": True})
    assert "screening" in said(planner)["refused"]
    planner.receive({"do": "start from", "source": "session:standard-30"})
    assert row(planner, "vibration")["seconds"] == 0
    forces = [step[timetable.COLUMNS.index("Force of 10")] for step in planner.state["steps"]]
    assert all(float(force.split("-")[-1]) <= 3 for force in forces)
    assert 'id="ways-finger-pad-kneading-left"' in planner.ways


def test_what_the_screening_gives_back_is_there_again_and_is_what_is_saved(
    planner, decision, plans
):
    mine = planner.plan
    decision(Decision("adapt", restrictions=Restrictions(blocks=frozenset({"vibration"}))))
    planner.receive({"do": "screen"})
    assert planner.plan.total == mine.total - 45
    planner.receive({"do": "save", "name": "mine"})
    assert plans.open("mine")[1] == mine
    planner.receive({"do": "set", "block": "kneading", "seconds": 720})
    decision(Decision("go"))
    planner.receive({"do": "screen"})
    assert planner.plan == mine.with_block("kneading", 720)


def test_it_hears_of_a_screening_in_the_same_lesson(planner, decision, today):
    decision(Decision("stop", restrictions=Restrictions(everything=True)))
    today.notify()
    assert planner.state["total"]["seconds"] == 0


def test_a_screening_that_takes_everything_away_leaves_no_minute(planner, decision):
    decision(Decision("stop", restrictions=Restrictions(everything=True)))
    planner.receive({"do": "screen"})
    assert planner.state["total"]["seconds"] == 0
    assert planner.state["steps"] == []


def shut(**restrictions):
    return Decision("adapt", restrictions=Restrictions(**restrictions))


def test_a_session_that_the_screening_shortens_says_so(planner, decision):
    decision(shut(blocks=frozenset({"vibration"})))
    planner.receive({"do": "screen"})
    assert "What is left today takes 19:15 instead of 20:00." in says(planner)
    assert row(planner, "vibration")["barred"] == "Left out because of the screening"


def test_what_mends_today_s_plan_mends_what_is_practised_and_saved(planner, decision, plans):
    decision(shut(blocks=frozenset({"vibration"})))
    planner.receive({"do": "screen"})
    planner.receive({"do": "set", "block": "kneading", "seconds": 420})
    take(planner, "Leave picking up")
    planner.receive({"do": "practise"})
    whole = plans.open(TO_PRACTISE)[1]
    assert whole.part("kneading").choices == planner.plan.part("kneading").choices
    assert "picking-up" not in [each.technique for each in whole.part("kneading").choices]
    assert whole.part("vibration").seconds == 45


def test_a_mend_changes_in_the_whole_plan_what_it_changes_in_today_s():
    whole = Plan.of(COURSE.sessions[0], COURSE)
    today = whole.only(lambda _, choice: choice.technique != "longitudinal-kneading")
    mended = today.without_technique("kneading", "picking-up").with_block("rubbing", 300)
    after = carry_over(whole, today, mended.locked("rubbing"))
    assert [each.technique for each in after.part("kneading").choices] == KNEADING[:2]
    assert (after.part("rubbing").seconds, after.part("rubbing").locked) == (300, True)
    assert after.part("kneading").seconds == 585
    assert carry_over(whole, today, today) == whole
    with pytest.raises(PlanError, match="40:00 at most"):
        carry_over(whole.with_total(MAX_SECONDS), today, today.with_block("rubbing", 840))


# --- how the person lies -------------------------------------------------------------------------


def test_how_the_person_lies_is_said_where_it_is_not_on_the_front(opened):
    assert opened().state["position"] == ""
    assert opened("seated-15").state["position"] == "For somebody seated."
    assert opened("side-lying-20").state["position"] == "For somebody on the side."


def test_techniques_that_do_not_fit_the_position_are_not_offered(opened):
    seated = opened("neck-shoulders-14")
    for each in seated.state["rows"]:
        for offered in each["techniques"]:
            assert "seated" in TECHNIQUES[offered["id"]].positions
    assert row(seated, "squeezing")["barred"] == "Not for somebody seated"
    seated.receive({"do": "include", "block": "squeezing", "on": True})
    assert said(seated)["refused"] == "Not for somebody seated"
    seated.receive({"do": "technique", "technique": "sawing", "block": "rubbing", "on": True})
    assert "sawing cannot be done" in said(seated)["refused"]


@pytest.mark.parametrize("session", ["seated-15", "side-lying-20"])
def test_another_position_is_begun_from_with_one_tap_where_the_front_is_left_out(
    planner, opened, plans, decision, session
):
    (other,) = (each for each in COURSE.sessions if each.id == session)
    decision(shut(positions=frozenset({"prone"})))
    planner.receive({"do": "screen"})
    assert planner.state["total"]["seconds"] == 0
    take(planner, f"Begin from “{other.name}”")
    assert planner.plan == Plan.of(other, COURSE)
    assert planner.state["from"] == planner.state["beside"] == f"session:{session}"
    assert planner.state["findings"] == []
    planner.receive({"do": "practise"})
    assert plans.open(TO_PRACTISE) == (other.name, Plan.of(other, COURSE))
    again = opened()
    assert (again.plan, again.state["from"]) == (planner.plan, f"session:{session}")
    planner.receive({"do": "undo"})
    assert planner.state["total"]["seconds"] == 0
    assert planner.state["from"] == "session:standard-20"


def test_what_another_position_leaves_out_as_well_is_left_out_of_it(planner, decision):
    decision(shut(positions=frozenset({"prone"}), techniques=frozenset({"picking-up"})))
    planner.receive({"do": "screen"})
    take(planner, "Begin from “On the side, 20 minutes”")
    assert "picking-up" not in row(planner, "kneading")["passes"]
    assert planner.state["from"] == "session:side-lying-20"


# --- plans and files -----------------------------------------------------------------------------


def test_a_plan_is_saved_opened_compared_and_forgotten(planner):
    planner.receive({"do": "set", "block": "kneading", "seconds": 720})
    planner.receive({"do": "save", "name": "  Anna  on Fridays "})
    assert planner.saved == ["Anna on Fridays"]
    mine = planner.plan
    ways = planner.ways
    planner.receive({"do": "start from", "source": "session:evening-20"})
    assert planner.ways is ways  # nothing is drawn that has not changed
    planner.receive({"do": "compare", "source": "saved:Anna on Fridays"})
    assert (planner.state["beside_name"], row(planner, "kneading")["other"]) == (
        "Anna on Fridays",
        720,
    )
    planner.receive({"do": "start from", "source": "saved:Anna on Fridays"})
    assert planner.plan == mine
    planner.receive({"do": "forget", "name": "Anna on Fridays"})
    assert planner.saved == []


def test_a_plan_that_is_forgotten_while_it_is_compared_with_stays_beside_the_other(planner):
    planner.receive({"do": "save", "name": "mine"})
    planner.receive({"do": "start from", "source": "saved:mine"})
    planner.receive({"do": "forget", "name": "mine"})
    planner.receive({"do": "move", "block": "rubbing", "by": 1})
    planner.receive({"do": "start from", "source": "session:evening-20"})
    assert planner.state["total"]["seconds"] == 1200
    assert said(planner) == {}


def test_a_plan_to_practise_is_laid_ready(planner, plans):
    planner.receive({"do": "set", "block": "kneading", "seconds": 720})
    planner.receive({"do": "practise"})
    assert said(planner)["practise"] == "10 Practise.ipynb"
    assert plans.open(TO_PRACTISE) == ("Your plan", planner.plan)
    assert planner.saved == []


@pytest.mark.parametrize(
    ("wish", "begins"),
    [
        ({"do": "export", "kind": "pdf"}, b"%PDF"),
        ({"do": "export", "kind": "png"}, b"\x89PNG"),
        ({"do": "export", "kind": "csv"}, b"At,What,Side"),
        ({"do": "export", "kind": "html"}, b"<!doctype html>"),
        ({"do": "export", "kind": "ics", "start": "2026-11-26T20:00"}, b"BEGIN:VCALENDAR"),
    ],
    ids=lambda each: each.get("kind") if isinstance(each, dict) else "",
)
def test_files_are_sent_to_the_page(planner, wish, begins):
    reply = planner.receive(wish)
    assert reply["name"].endswith(wish["kind"])
    assert reply["file"].startswith(begins)


def test_the_map_with_minutes_comes_when_it_is_asked_for(planner):
    assert planner.reach == ""
    planner.receive({"do": "minutes"})
    assert planner.reach.startswith("<svg")


def test_a_file_of_plans_that_cannot_be_read_is_said_and_left_alone(opened, plans):
    plans.path.write_bytes(b"no database at all" * 100)
    planner = opened()
    assert "cannot be read or saved" in said(planner)["refused"]
    assert planner.state["total"]["seconds"] == 1200
    planner.receive({"do": "save", "name": "mine"})
    assert "cannot be read or saved" in said(planner)["refused"]
    assert plans.path.read_bytes() == b"no database at all" * 100


def test_the_steps_are_those_of_the_plan(planner):
    made = [step for step in planner.state["steps"] if step[1] == "Picking up"]
    assert [step[2] for step in made] == ["right", "left"]
    assert all(len(step) == len(planner.columns) for step in made)
    assert planner.plan == Plan.of(COURSE.sessions[0], COURSE)
