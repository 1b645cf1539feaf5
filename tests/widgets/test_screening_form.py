"""What the page of the screening shows, saves and removes."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massage_workbook.safety.screening import Answers, Area, Decision, Restrictions, decide
from massage_workbook.safety.today import TodaysScreening
from massage_workbook.store.screenings import Screenings
from massage_workbook.views import screening as view
from massage_workbook.views.screening import left_out, notice, restrictions_in_words
from massage_workbook.widgets.screening_form import ANOTHER_DAY, CHANGED, ScreeningForm

from ..shipped import COURSE
from .conftest import NOW, failing

SECTIONS = [each.id for each in COURSE.sections]
LINES = [each.id for each in COURSE.contraindications if each.section]
FOLLOW_UPS = [each.id for each in COURSE.contraindications if not each.section]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SAVE, START_OVER = {"do": "save"}, {"do": "start over"}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def clock():
    return SimpleNamespace(time=NOW)


@pytest.fixture
def kernel(home, clock):
    """Make a kernel in which nobody has been asked: today's decision, and a form on request."""

    def kernel():
        screenings = Screenings(home / "screening.json")
        today = TodaysScreening(COURSE, screenings.load)
        return SimpleNamespace(
            today=today,
            decision=lambda after=timedelta(): today.decision(clock.time + after),
            form=lambda: ScreeningForm(COURSE, screenings, today, lambda: clock.time),
        )

    return kernel


@pytest.fixture
def here(kernel):
    return kernel()


@pytest.fixture
def elsewhere(kernel):
    return kernel()


@pytest.fixture
def form(here):
    return here.form()


def say(form, **replies):
    for name, reply in replies.items():
        form.receive({"do": "reply", "question": name.replace("_", "-"), "reply": reply})


def none_of_these(section):
    return {"do": "none of these", "section": section, "on": True}


def mark(zone, side, marked=True):
    return {"do": "mark", "zone": zone, "side": side, "marked": marked}


def allow(what):
    return {"do": "permission", "permission": what}


def no_to_the_rest(form, **replies):
    """Give these replies, and no to everything else that is asked."""
    say(form, **replies)
    while waiting := [*_unanswered(form)]:
        for message in waiting:
            form.receive(message)
    return form


def _unanswered(form):
    for section in form.page["sections"]:
        if any(line["reply"] is None for line in section["lines"]):
            yield none_of_these(section["id"])
        for each in section["follow_ups"]:
            if each["reply"] is None:
                yield {"do": "reply", "question": each["id"], "reply": "no"}


def said(form):
    return {
        each["id"]: each["reply"]
        for section in form.page["sections"]
        for each in (*section["lines"], *section["follow_ups"])
        if each["reply"] not in {None, "no"}
    }


def follow_ups(form):
    return [each["id"] for section in form.page["sections"] for each in section["follow_ups"]]


def outcome(form):
    return form.page["result"] and form.page["result"]["outcome"]


def test_none_of_these_in_each_list_and_the_result_of_a_healthy_person(form, here):
    assert [each["id"] for each in form.page["sections"]] == SECTIONS
    assert [line["id"] for each in form.page["sections"] for line in each["lines"]] == LINES
    assert form.page["open_questions"].startswith("6 lists are still open.")
    for section in SECTIONS:
        assert here.decision() is None, "an unfinished screening does not count"
        form.receive(none_of_these(section))
    assert all(each["is_none"] for each in form.page["sections"])
    assert form.page["result"]["reasons"] == form.page["result"]["hints"] == []
    assert [each["ask"] for each in form.page["result"]["spoken_questions"]] == [
        "Do you want this massage, today?",
        "Where not, and what stays covered?",
        "Which word stops everything at once?",
    ]
    assert here.decision() == Decision("go")


def test_a_tick_opens_follow_ups_which_may_lead_to_a_hint(form):
    say(form, blood_pressure="yes")
    assert follow_ups(form) == ["pressure-steady", "pressure-high"]
    (section,) = (each for each in form.page["sections"] if each["follow_ups"])
    assert section["follow_ups"][0]["about"] == "High or low blood pressure"
    assert form.page["open_questions"].startswith("5 lists and 2 questions are still open.")
    no_to_the_rest(form, pressure_steady="yes")
    assert outcome(form) == "go"
    assert "Rise in small steps" in form.page["result"]["hints"][-1]["do"]
    assert form.page["result"]["reasons"] == form.page["result"]["left_out"] == []


def test_an_emergency_ends_the_asking_and_a_stop_is_shown_before_all_is_answered(form):
    say(form, fever="yes")
    assert outcome(form) == "stop"
    assert "The answers may show that more is needed." in form.page["open_questions"]
    say(form, saddle_numbness="not sure")
    assert [each["id"] for each in form.page["sections"]] == ["help-now"]
    assert form.page["result"]["title"] == "Call your local emergency number now."
    assert form.page["result"]["spoken_questions"] == form.page["result"]["left_out"] == []
    assert "emergency number" in form.page["result"]["reasons"][0]["do"]


def test_each_reason_has_its_sources(form):
    names = [each for each in LINES if each not in {"diabetes", "blood-pressure"}][12:]
    say(form, **dict.fromkeys(names, "not sure"))
    reasons = form.page["result"]["reasons"]
    assert len(reasons) >= len(names) - 1
    assert all(each["attribution"]["sources"] and each["do"] and each["why"] for each in reasons)


def test_a_doctor_may_allow_light_stroking_or_an_ordinary_massage(form, here):
    no_to_the_rest(form, osteoporosis="yes")
    result, asked = form.page["result"], form.page["permission"]
    assert (outcome(form), result["left_out_title"]) == ("ask a doctor", view.IF_AGREED)
    assert "No: squeezing, vibration." in result["left_out"]
    assert (asked["text"], asked["value"]) == (view.PERMISSION_QUESTION, None)
    assert form.page["marker"] is None
    assert [each["value"] for each in asked["options"]] == [None, "light", "ordinary"]
    for word, kneading in (("light", False), ("ordinary", True)):
        form.receive(allow(word))
        assert (outcome(form), form.page["permission"]["value"]) == ("adapt", word)
        assert ("kneading" not in here.decision().restrictions.blocks) == kneading
    no_to_the_rest(form, heart_or_lung_disease="yes")  # which nobody has allowed
    assert (outcome(form), form.page["permission"]["value"]) == ("ask a doctor", None)
    no_to_the_rest(form, fever="yes")
    assert form.page["permission"] is None
    form.receive(allow("ordinary"))
    assert outcome(form) == "stop"


def test_a_place_is_marked_on_one_side(form, here):
    no_to_the_rest(form, burn="yes")
    assert "Burns and sunburn" in form.page["marker"]["reasons"]
    assert not form.page["marker"]["may_be_elsewhere"]
    assert view.NOT_MARKED in form.page["result"]["left_out"]
    form.receive(mark("shoulder-roll", "left"))
    assert form.page["marker"]["marked"] == ["shoulder-roll-left"]
    assert "Not touched: shoulder roll (left side)." in form.page["result"]["left_out"]
    assert here.decision().restrictions.areas == {Area("shoulder-roll", "left")}
    form.receive(mark("shoulder-roll", "left", marked=False))
    assert here.decision().restrictions.own_area


def test_a_place_elsewhere_replaces_marks_and_the_reverse(form, here):
    no_to_the_rest(form, varicose_veins="yes")
    assert form.page["marker"]["may_be_elsewhere"]
    form.receive({"do": "elsewhere", "on": True})
    assert not here.decision().restrictions.own_area
    form.receive(mark("waist", "right"))
    assert not form.page["marker"]["elsewhere"]
    form.receive({"do": "elsewhere", "on": True})
    assert form.page["marker"]["marked"] == []


@pytest.mark.parametrize(
    "message",
    [
        {"do": "reply", "question": "nothing", "reply": "yes"},
        {"do": "reply", "question": "fever", "reply": "perhaps"},
        {"do": "reply", "question": ["fever"], "reply": ["yes"]}, none_of_these("nothing"),
        none_of_these(["skin"]), allow("firm"), allow(["light"]), mark("nowhere", "left"),
        mark("waist", "both"),
    ],
)  # fmt: skip
def test_an_invalid_message_changes_nothing(form, message):
    before = form.page
    form.receive(message)
    assert form.page == before


def test_the_picture_contains_each_zone_and_side_to_mark(form):
    ids = [each["id"] for each in form.zones]
    assert len(ids) == len({*ids})
    assert {"shoulder-roll-left", "shoulder-roll-right", "spine-both"} <= {*ids}
    assert all(f'id="zone-{name}"' in form.back for name in ids)


def test_a_screening_counts_for_its_day_only(form, here, clock):
    assert here.decision() is None, "nobody was asked"
    no_to_the_rest(form)
    assert here.decision() == Decision("go")
    assert here.decision(DAY) is here.decision(-HOUR) is None
    clock.time += DAY
    say(form, fever="yes")
    assert form.page["notice"] == ANOTHER_DAY
    assert all(line["reply"] is None for each in form.page["sections"] for line in each["lines"])
    assert here.decision() is None
    no_to_the_rest(form)
    assert here.decision() == Decision("go")


CLICKS = st.one_of(
    st.sampled_from([*map(none_of_these, SECTIONS), *map(allow, (None, "light", "ordinary"))]),
    st.builds(
        lambda question, reply: {"do": "reply", "question": question, "reply": reply},
        st.sampled_from([*LINES, *FOLLOW_UPS]),
        st.sampled_from(["yes", "no", "not sure"]),
    ),
    st.builds(mark, st.just("waist"), st.sampled_from(["left", "right"]), st.booleans()),
    st.sampled_from([{"do": each} for each in ("save", "save", "delete", "start over")]),
    st.builds(lambda on: {"do": "elsewhere", "on": on}, st.booleans()),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(LINES), max_size=2), st.lists(CLICKS, max_size=6))
def test_forms_of_a_kernel_agree_and_other_kernels_know_what_is_saved(kernel, home, said, clicks):
    for file in home.iterdir():  # of the example before
        file.unlink()
    here = kernel()
    form = no_to_the_rest(here.form(), **dict.fromkeys(said, "yes"))
    for message in (SAVE if said else START_OVER, *clicks):
        form.receive(message)
        decision, saved = here.decision(), form.page["saved"]
        assert outcome(form) == (decision and decision.outcome)
        assert not saved or decision
        assert [each.name for each in home.iterdir()] == ["screening.json"] * saved
        for other in (here, kernel()):
            expected = form.page | {"notice": None}
            if other is here or saved:
                assert other.decision() == decision
                assert other.form().page == expected
            else:
                assert other.decision() is None


def test_a_saved_screening_is_removed_on_request_or_after_a_change(form, home):
    for message, told in (({"do": "delete"}, None), (START_OVER, CHANGED)):
        no_to_the_rest(form).receive(SAVE)
        form.receive(message)
        assert (form.page["notice"], [*home.iterdir()]) == (told, [])


def test_a_damaged_file_is_reported_and_does_not_count(form, home, elsewhere):
    no_to_the_rest(form).receive(SAVE)
    path = home / "screening.json"
    path.write_text(path.read_text().replace('"no"', '"yes"', 1))
    assert elsewhere.decision() is None
    other = elsewhere.form()
    assert "does not count" in other.page["notice"]
    assert other.page["result"] is None


@pytest.mark.parametrize(
    "answers",
    [
        Answers({**dict.fromkeys(LINES, "no"), "gone": "no"}),
        Answers(dict.fromkeys(LINES, "no"), frozenset({Area("gone", "left")})),
        Answers(dict.fromkeys(LINES[1:], "no")),
    ],
    ids=["a removed question", "a removed zone", "an added question"],
)
def test_a_screening_of_another_edition_does_not_count(home, here, answers):
    Screenings(home / "screening.json").save(answers, NOW)
    assert here.decision() is None


def test_a_failure_to_save_is_reported(form, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    no_to_the_rest(form)
    monkeypatch.setattr("os.fsync", full)
    form.receive(SAVE)
    assert "No space left on device" in form.page["notice"]
    assert not form.page["saved"]


def test_old_answers_do_not_count_even_if_their_file_cannot_be_removed(
    form, here, clock, monkeypatch
):
    no_to_the_rest(form).receive(SAVE)
    monkeypatch.setattr(form._screenings, "remove", failing("could not be removed"))
    clock.time += DAY
    form.receive(SAVE)
    assert (form.page["notice"], form.page["result"]) == ("could not be removed", None)
    assert here.decision() is None


def test_a_notebook_file_contains_nothing_of_the_answers(form):
    say(form, pregnancy="yes")
    assert "pregnan" not in json.dumps(form._repr_mimebundle_())
    assert repr(form) == "ScreeningForm()"


def test_subscribers_are_notified_of_changes_while_they_exist(form, here):
    class Watcher:
        heard = 0

        def refresh(self):
            Watcher.heard += 1

    watcher = Watcher()
    here.today.subscribe(watcher.refresh)
    form.receive(START_OVER)
    assert Watcher.heard == 1
    del watcher
    form.receive(START_OVER)
    assert Watcher.heard == 1


def test_a_plan_shows_any_decision_but_go():
    told = notice(None)
    assert told["text"].startswith("Nobody has been asked today")
    assert told["notebook"] in {each.notebook for each in COURSE.lessons}
    assert told["href"] == "01%20Is%20it%20safe.ipynb"
    assert notice(Decision("go")) is None
    for result in ("adapt", "ask a doctor", "stop", "emergency"):
        assert view.TITLES[result] in notice(Decision(result))["text"]
    unmarked = Decision("adapt", (), Restrictions(own_area=True))
    assert "not marked yet" in notice(unmarked)["text"]


def test_each_restriction_is_put_in_words():
    everything = Restrictions(
        areas=frozenset({Area("waist", "left"), Area("waist", "right"), Area("spine", "both")}),
        blocks=frozenset({"vibration"}),
        techniques=frozenset({"deep-stroking", "hacking"}),
        lubricants=frozenset({"nut oil", "essential oil"}),
        positions=frozenset({"prone", "side-lying"}),
        own_area=True,
        force_ceiling=2,
    )
    assert restrictions_in_words(everything, COURSE) == [
        "The affected place, which is not marked yet.",
        "Not touched: spine, waist (both sides).",
        "No: vibration.",
        "None of these either: deep (reinforced) stroking.",
        "Not lying on the front: seated, or lying on the side.",
        "Not lying on the side.",
        "No scented (essential) oil.",
        "No nut, peanut or sesame oil.",
        "Never firmer than 2 of 10.",
    ]
    assert restrictions_in_words(Restrictions(), COURSE) == []
    assert restrictions_in_words(Restrictions(everything=True), COURSE) == [
        "Everything: there is no massage."
    ]


def test_each_restriction_names_its_reason():
    replies = {"bruise": "yes", "burn": "yes", "osteoporosis": "yes"}
    allowed = {"osteoporosis": "ordinary"}
    decision = decide(
        replies, COURSE.contraindications, [Area("waist", "left")], permissions=allowed
    )
    assert {
        "Not over the waist (left side): bruises; burns and sunburn.",
        "Not over the lowest ribs (both sides): brittle bones.",
        "Never firmer than 2 of 10: brittle bones.",
        "No oil at all: burns and sunburn.",
    } <= {*left_out(decision, COURSE)}
    unmarked = decide({"bruise": "yes"}, COURSE.contraindications)
    assert left_out(unmarked, COURSE) == ["The affected place, which is not marked yet: bruises."]
    for other in (None, Decision("ask a doctor"), Decision("stop"), Decision("go")):
        assert left_out(other, COURSE) == []


def test_the_page_names_no_treatment():
    words = " ".join([*view.TITLES.values(), *view.NEXT.values(), view.NOT_SCREENED]).lower()
    assert not any(word in words for word in ("diagnos", "treat", "cure", "heal", "therap"))
