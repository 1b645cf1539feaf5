"""The planner: messages in, a state out; plans and files; what the screening excludes."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massage_workbook.safety.screening import Area, Decision, Restrictions
from massage_workbook.safety.today import TodaysScreening
from massage_workbook.session import Plan, timetable
from massage_workbook.store.plans import TO_PRACTISE, UNFINISHED, Plans
from massage_workbook.widgets.planner import Planner

from ..shipped import COURSE, TECHNIQUES
from .conftest import NOW

BLOCKS = [block.id for block in COURSE.blocks]
SESSIONS = [session.id for session in COURSE.sessions]
STANDARD = Plan.of(COURSE.sessions[0], COURSE)
KNEADING = ["palm-circle-kneading", "longitudinal-kneading", "picking-up"]
EVERYTHING = Decision("stop", restrictions=Restrictions(everything=True))
a_planner_for_each_example = settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def minutes(block, seconds, **more):
    return {"do": "set", "block": block, "seconds": seconds, **more}


def lock(on):
    return {"do": "lock", "block": "kneading", "on": on}


def include(block, on):
    return {"do": "include", "block": block, "on": on}


def start(source):
    return {"do": "start from", "source": source}


def technique(name, block, **more):
    return {"do": "technique", "technique": name, "block": block, "on": True, **more}


LONGER, SHORT = minutes("kneading", 720), minutes("kneading", 420)
DRAG = [minutes("kneading", each, dragging=each > 615) for each in (615, 630, 645)]
MOVE, UNDO, SCREEN = {"do": "move", "block": "rubbing", "by": 1}, {"do": "undo"}, {"do": "screen"}
PRACTISE, LOOK = {"do": "practise"}, {"do": "refresh"}
EVENING, SAVE = start("session:evening-30"), {"do": "save", "name": "mine"}


@pytest.fixture
def today():
    return TodaysScreening(COURSE, lambda _: None)


@pytest.fixture
def decision(today, monkeypatch):
    """Set what today's screening says."""
    said = {"decision": Decision("go")}
    monkeypatch.setattr(today, "decision", lambda _: said["decision"])
    return lambda decision: said.update(decision=decision)


@pytest.fixture
def plans(folder):
    return Plans(folder / "plans.sqlite", COURSE)


@pytest.fixture
def opened(decision, plans, today):  # noqa: ARG001 - somebody was asked
    """The planner as its lesson opens, again and again; each resumes the last plan."""
    return lambda session=None: Planner(COURSE, session, plans, today, lambda: NOW)


@pytest.fixture
def planner(opened):
    return opened()


def tell(planner, *messages):
    for message in messages:
        planner.receive(message)
    return planner


def row(planner, block):
    return next(row for row in planner.state["rows"] if row["block"] == block)


def passes(planner, block):
    """The fewest passes of each technique of a block, as its row says."""
    texts = [each["text"] for each in row(planner, block)["passes"]]
    return [int((re.search(r"\d+", text) or [0])[0]) for text in texts]


def total(planner):
    return planner.state["total"]["seconds"]


def offered(planner, block, name):
    return next(each for each in row(planner, block)["techniques"] if each["id"] == name)


def findings(planner):
    return " ".join(each["message"] for each in planner.state["findings"])


def fix(planner, words):
    """Choose the one fix that begins with these words; return its message."""
    (message,) = (
        {"do": "fix", "finding": each["message"], "fix": fix}
        for each in planner.state["findings"]
        for fix in each["fixes"]
        if fix.startswith(words)
    )
    planner.receive(message)
    return message


REFUSED = [
    (minutes("nothing", 10), None), (minutes("vibration", 900), "vibration"),
    (minutes("total", 1), "total"), (technique("sawng", "rubbing"), None),
    (technique("sawing", "kneading"), None), (technique("sawing", "rubbing", weight="9"), None),
    (technique("sawing", "rubbing", side="up"), None),
    ({"do": "move", "block": "opening", "by": 1}, "opening"), (start("session:none"), None),
    (start("saved:none"), None), ({"do": "compare", "source": "saved:none"}, ""),
    ({"do": "save", "name": ""}, "files"),
    ({"do": "export", "kind": "ics", "start": "tonight"}, None),
]  # fmt: skip
CHANGES = st.one_of(
    st.builds(minutes, st.sampled_from([*BLOCKS, "total"]), st.integers(4, 160).map((15).__mul__)),
    st.builds(lambda block, on: {"do": "lock", "block": block, "on": on},
              st.sampled_from(BLOCKS), st.booleans()),
    st.builds(include, st.sampled_from(BLOCKS), st.booleans()),
    st.builds(lambda block, by: MOVE | {"block": block, "by": by},
              st.sampled_from(BLOCKS), st.sampled_from([-1, 1])),
    st.builds(lambda one, on: technique(one.id, one.family, weight=3, side="left") | {"on": on},
              st.sampled_from(COURSE.techniques), st.booleans()),
    st.sampled_from([EVENING, start("session:first-try-15"), *(each for each, _ in REFUSED)]),
)  # fmt: skip


@a_planner_for_each_example
@given(st.lists(CHANGES, max_size=6))
def test_every_change_can_be_undone_with_one_click_and_a_refused_one_changes_nothing(
    opened, messages
):
    def current():
        return planner.plan, planner.state["origin"]

    planner = opened("standard-20")
    paths, states = planner.paths, [current()]
    for message in messages:
        tell(planner, message)
        assert current() == states[-1] or not planner.state["notice"]
        if current() != states[-1]:
            states.append(current())
        assert total(planner) == sum(each["seconds"] for each in planner.state["rows"])
    undone = [current()]
    while planner.state["can_undo"]:
        tell(planner, UNDO)
        undone.append(current())
    assert undone == states[::-1]
    assert planner.paths is paths, "no new picture is sent"


def test_a_message_sets_minutes_sides_weights_and_order(planner):
    tell(planner, LONGER, lock(True), minutes("total", 1800), MOVE)
    assert (total(planner), row(planner, "kneading")["seconds"]) == (1800, 720)
    tell(planner, lock(False), minutes("total", 1200))
    assert row(planner, "kneading")["seconds"] < 720
    assert [each["block"] for each in planner.state["rows"]][2:4] == ["kneading", "rubbing"]
    tell(planner, technique("hatching", "rubbing", weight=3, side="left"))
    chosen = offered(planner, "rubbing", "hatching")
    assert (chosen["on"], chosen["weight"], chosen["side"]) == (True, 3, "left")
    tell(planner, technique("hatching", "rubbing") | {"on": False})
    assert not offered(planner, "rubbing", "hatching")["on"]
    tell(planner, include("kneading", False))
    assert row(planner, "kneading")["seconds"] == 0
    assert row(tell(planner, include("kneading", True)), "kneading")["seconds"] > 0


def test_a_drag_is_undone_at_once(planner):
    assert tell(planner, *DRAG).plan != STANDARD
    assert tell(planner, UNDO).plan == STANDARD


@pytest.mark.parametrize(("message", "at"), REFUSED)
def test_a_refused_message_says_where_and_why(planner, message, at):
    error = planner.receive(message).get("error")
    assert error or planner.state["notice"]["refused"]
    assert at is None or planner.state["notice"]["at"] == at
    assert planner.plan == STANDARD


def test_too_few_passes_are_marked_and_fixed_once_with_one_click(planner):
    tell(planner, SHORT)
    kneading = row(planner, "kneading")
    texts = [each["text"].replace("\N{NO-BREAK SPACE}", " ") for each in kneading["passes"]]
    assert texts[0] == "palm-circle 3 \N{MULTIPLICATION SIGN}"
    assert texts[1].endswith("(too few)")
    assert texts[2] == "picking up: no time"
    assert passes(planner, "kneading") == [3, 2, 0]
    assert [each["is_short"] for each in kneading["passes"]] == [False, True, True]
    assert kneading["useful_time"]["text"] == "3 passes of each need 9:33."
    notes = [offered(planner, "kneading", name)["note"] for name in KNEADING]
    assert "too few: its card asks for 3" in notes[1]
    assert notes[2] == "no time for it"
    assert findings(planner).startswith("Kneading is too short for 3 passes of longitudinal")
    chosen = fix(planner, "Make the session 2:45 longer")
    assert planner.state["findings"] == []
    assert min(passes(planner, "kneading")) == 3
    fixed = planner.plan
    assert tell(planner, chosen).plan == fixed
    assert row(tell(planner, UNDO), "kneading")["seconds"] == 420


@a_planner_for_each_example
@given(
    st.sampled_from(SESSIONS),
    st.lists(st.tuples(st.sampled_from(BLOCKS), st.integers(0, 60)), min_size=1, max_size=4),
)
def test_rows_show_the_passes_of_the_steps_and_room_for_enough(opened, session, moves):
    planner = tell(opened(session), *(minutes(block, 15 * n) for block, n in moves))
    assert [int(each[4]) for each in planner.state["steps"]] == [
        step.passes for step in planner._editor.laid_out.steps
    ]
    assert {len(each) for each in planner.state["steps"]} == {len(planner.columns)}
    for each in planner.state["rows"]:
        paces = [s.per_minute for s in planner._editor.laid_out.steps if s.block == each["block"]]
        assert each["pace"] == ((min(paces), max(paces)) if paces else (0, 0))
        names = [choice.technique for choice in planner.plan.part(each["block"]).choices]
        for name, shown in zip(names, passes(planner, each["block"]), strict=False):
            of_it = (s.passes for s in planner._editor.laid_out.steps
                     if (s.block, s.technique) == (each["block"], name))  # fmt: skip
            assert shown == min(of_it, default=0)
            note = offered(planner, each["block"], name)["note"]
            assert ("no time" in note) == (shown == 0)
    block = moves[0][0]
    if room := row(planner, block)["useful_time"]:
        tell(planner, minutes(block, room["least"]))
        if planner.plan.part(block).seconds == room["least"]:
            assert not any(each["is_short"] for each in row(planner, block)["passes"])


@pytest.mark.parametrize("block", ["squeezing", "vibration"])
def test_an_added_block_gets_time_for_three_passes_and_an_omitted_one_has_none(opened, block):
    evening = tell(opened("evening-20"), include(block, True))
    assert row(evening, block)["seconds"] % 15 == 0
    assert min(passes(evening, block)) == 3
    assert "too short" not in findings(evening)
    out = row(tell(evening, include(block, False)), block)
    assert (out["passes"], out["useful_time"]) == ([], None)


def test_a_plan_has_the_name_of_its_source_until_it_changes(planner, plans, opened):
    for message, source, name in [
        (LOOK, "session:standard-20", "20 minutes"),
        (minutes("total", 900), None, "Your plan"),
        (SAVE, "saved:mine", "mine"),
        (start("session:standard-20"), "session:standard-20", "20 minutes"),
        (UNDO, "saved:mine", "mine"),
        (minutes("total", 960), None, "Your plan"),
        ({"do": "delete", "name": "mine"}, None, "Your plan"),
    ]:
        tell(planner, message)
        assert planner.state["origin"] == source
        for each in (planner, opened()):
            tell(each, PRACTISE)
            assert plans.open(TO_PRACTISE) == (name, planner.plan)
    assert planner.state["notice"]["practise"] == "10 Practise.ipynb"
    assert planner.saved == []


def test_a_reopened_planner_resumes_the_unfinished_plan(planner, opened, plans):
    tell(planner, EVENING, minutes("kneading", 735), MOVE, UNDO)
    again = opened()
    assert again.plan == planner.plan
    assert (again.state["origin"], again.state["comparison"]) == (None, "session:evening-30")
    tell(opened("standard-20"), minutes("total", 1800))  # a session asked for by name
    assert opened("standard-20").plan == STANDARD
    assert opened().plan == planner.plan
    tell(planner, *DRAG)
    assert plans.open(UNFINISHED)[1].part("kneading").seconds == 615
    tell(planner, {"do": "autosave"})
    assert plans.open(UNFINISHED)[1] == planner.plan


def test_a_plan_is_saved_opened_compared_and_removed(planner, plans):
    tell(planner, LONGER, {"do": "save", "name": "  Anna  on Fridays "})
    assert planner.saved == ["Anna on Fridays"]
    mine, name = planner.plan, "saved:Anna on Fridays"
    tell(planner, start("session:evening-20"), {"do": "compare", "source": name})
    assert planner.state["comparison_name"] == "Anna on Fridays"
    assert row(planner, "kneading")["comparison_seconds"] == 720
    assert tell(planner, start(name)).plan == mine
    plans.save("Ours", mine, NOW)
    assert tell(planner, LOOK).saved == ["Anna on Fridays", "Ours"]
    tell(planner, {"do": "delete", "name": "Anna on Fridays"}, MOVE)
    assert planner.saved == ["Ours"]
    assert total(tell(planner, start("session:evening-20"))) == 1200
    assert planner.state["notice"] == {}


def test_the_map_is_drawn_on_request(planner):
    assert planner.reach == ""
    assert tell(planner, {"do": "reach"}).reach.startswith("<svg")


@pytest.mark.parametrize(
    ("kind", "begins"),
    [("pdf", b"%PDF"), ("png", b"\x89PNG"), ("csv", b"Start,Technique,Side"),
     ("html", b"<!doctype html>"), ("ics", b"BEGIN:VCALENDAR")],
)  # fmt: skip
def test_files_are_sent_to_the_page(opened, kind, begins):
    when = {"start": "2026-11-26T20:00"} if kind == "ics" else {}
    reply = opened("first-try-15").receive({"do": "export", "kind": kind, **when})
    assert reply["name"].endswith(kind)
    assert reply["file"].startswith(begins)


def test_a_full_disk_is_reported_and_the_plan_changes_all_the_same(planner, full_disk):
    with full_disk():
        tell(planner, LONGER)
    assert row(planner, "kneading")["seconds"] == 720
    assert "cannot be read or saved" in planner.state["notice"]["refused"]
    assert tell(planner, lock(True)).state["notice"] == {}


def test_an_unreadable_file_of_plans_is_reported_and_unchanged(opened, plans):
    plans.path.write_bytes(b"no database at all" * 100)
    planner = opened()
    for message in (LOOK, SAVE):
        tell(planner, message)
        assert total(planner) == 1200
        assert "cannot be read or saved" in planner.state["notice"]["refused"]
    assert plans.path.read_bytes() == b"no database at all" * 100


def shut(**restrictions):
    return Decision("adapt", restrictions=Restrictions(**restrictions))


NO_VIBRATION = shut(blocks=frozenset({"vibration"}))


def test_the_planner_follows_a_screening_of_any_lesson(planner, decision, today):
    tell(planner, LONGER)
    assert planner.state["screening"] is None
    decision(None)
    for message in (SCREEN, LOOK):
        assert "01" in tell(planner, message).state["screening"]["notebook"]
    assert total(planner) == 1335
    decision(EVERYTHING)
    today.notify()
    assert (total(planner), planner.state["steps"]) == (0, [])


def test_exclusions_of_the_screening_are_applied_and_cannot_be_undone(planner, decision):
    area = frozenset({Area("shoulder-roll", "left")})
    decision(shut(areas=area, blocks=frozenset({"vibration"}), force_ceiling=3))
    tell(planner, SCREEN, include("vibration", True))
    assert "screening" in planner.state["notice"]["refused"]
    assert row(planner, "vibration")["unavailable"] == "Left out because of the screening"
    assert row(tell(planner, start("session:standard-30")), "vibration")["seconds"] == 0
    forces = [step[timetable.COLUMNS.index("Force of 10")] for step in planner.state["steps"]]
    assert all(float(force.split("-")[-1]) <= 3 for force in forces)
    assert 'id="path-finger-pad-kneading-left"' in planner.paths


def test_the_whole_plan_is_saved_and_comes_back_after_a_milder_screening(
    planner, opened, decision, plans
):
    decision(NO_VIBRATION)
    tell(planner, SCREEN, SAVE)
    assert planner.plan.total == STANDARD.total - 45
    assert "What is left today takes 19:15 instead of 20:00." in findings(planner)
    assert plans.open("mine")[1] == STANDARD
    tell(planner, LONGER)
    decision(EVERYTHING)
    assert total(opened()) == 0
    decision(Decision("go"))
    assert tell(planner, SCREEN).plan == opened().plan == STANDARD.with_block("kneading", 720)


def test_a_fix_of_today_s_plan_is_carried_over_to_the_whole_plan(planner, decision, plans):
    decision(NO_VIBRATION)
    tell(planner, SCREEN, SHORT)
    fix(planner, "Leave picking up")
    tell(planner, PRACTISE)
    whole = plans.open(TO_PRACTISE)[1]
    assert whole.part("kneading").choices == planner.plan.part("kneading").choices
    assert [each.technique for each in whole.part("kneading").choices] == KNEADING[:1]
    assert whole.part("vibration").seconds == 45


def test_only_techniques_for_the_position_are_offered(opened):
    assert opened().state["position"] == ""
    assert opened("side-lying-20").state["position"] == "For somebody on the side."
    seated = opened("neck-shoulders-14")
    assert seated.state["position"] == "For somebody seated."
    names = {each["id"] for block in seated.state["rows"] for each in block["techniques"]}
    assert all("seated" in TECHNIQUES[name].positions for name in names)
    assert row(seated, "squeezing")["unavailable"] == "Not for somebody seated"
    tell(seated, include("squeezing", True))
    assert seated.state["notice"]["refused"] == "Not for somebody seated"
    tell(seated, technique("sawing", "rubbing"))
    assert "sawing cannot be done" in seated.state["notice"]["refused"]


@pytest.mark.parametrize("session", ["seated-15", "side-lying-20"])
def test_sessions_for_other_positions_are_offered_where_the_front_is_excluded(
    planner, opened, plans, decision, session
):
    (other,) = (each for each in COURSE.sessions if each.id == session)
    decision(shut(positions=frozenset({"prone"})))
    assert total(tell(planner, SCREEN)) == 0
    fix(planner, f"Begin from “{other.name}”")
    assert planner.state["origin"] == planner.state["comparison"] == f"session:{session}"
    tell(planner, PRACTISE)
    assert plans.open(TO_PRACTISE) == (other.name, Plan.of(other, COURSE))
    assert opened().plan == planner.plan == Plan.of(other, COURSE)
    assert total(tell(planner, UNDO)) == 0
    assert planner.state["origin"] == "session:standard-20"
