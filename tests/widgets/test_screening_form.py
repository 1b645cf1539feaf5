"""What the page of the screening shows, keeps and forgets."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from massage_workbook.safety.screening import Answers, Area, Decision, Restrictions, decide
from massage_workbook.safety.today import TodaysScreening
from massage_workbook.store import StoreError
from massage_workbook.store.screenings import Screenings
from massage_workbook.views import screening as view
from massage_workbook.views.screening import left_out, notice, restrictions_in_words
from massage_workbook.widgets.screening_form import ANOTHER_DAY, CHANGED, ScreeningForm

from ..shipped import COURSE

SECTIONS = [each.id for each in COURSE.sections]
LINES = [each.id for each in COURSE.contraindications if each.section]
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path))
    return tmp_path


def a_kernel(home):
    """Today's screening, as a kernel knows it in which nobody has been asked."""
    return TodaysScreening(COURSE, Screenings(home / "screening.json").load)


@pytest.fixture
def today(home):
    return a_kernel(home)


@pytest.fixture
def elsewhere(home):
    return a_kernel(home)


def opened(home, today, clock):
    return ScreeningForm(COURSE, Screenings(home / "screening.json"), today, clock)


@pytest.fixture
def form(home, today, clock):
    return opened(home, today, clock)


def say(form, **replies):
    for name, reply in replies.items():
        question = name.replace("_", "-")
        form.receive({"do": "reply", "question": question, "reply": reply})


def no_to_the_rest(form):
    """None of the lines of each list in which nothing is ticked, and no to each follow-up."""
    while waiting := [*_open(form)]:
        for message in waiting:
            form.receive(message)


def _open(form):
    for section in form.page["sections"]:
        if any(line["reply"] is None for line in section["lines"]):
            yield {"do": "none", "section": section["id"], "on": True}
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


# --- the page --------------------------------------------------------------------------------


def test_it_begins_with_short_lists_and_no_result(form):
    assert [each["id"] for each in form.page["sections"]] == SECTIONS
    assert [line["id"] for each in form.page["sections"] for line in each["lines"]] == LINES
    assert said(form) == {}
    assert not any(each["none"] for each in form.page["sections"])
    assert follow_ups(form) == []
    assert form.page["result"] is None
    assert form.page["status"] == ""
    assert form.page["waiting"].startswith("6 lists are still open.")


def test_somebody_healthy_may_be_massaged_after_one_click_a_list(form, clock, today):
    for section in SECTIONS:
        form.receive({"do": "none", "section": section, "on": True})
    assert all(each["none"] for each in form.page["sections"])
    assert outcome(form) == "go"
    assert form.page["result"]["reasons"] == form.page["result"]["hints"] == []
    assert [each["ask"] for each in form.page["result"]["aloud"]] == [
        "Do you want this massage, today?",
        "Where not, and what stays covered?",
        "Which word stops everything at once?",
    ]
    assert today.decision(clock.now) == Decision("go")


def test_a_tick_answers_the_rest_of_its_list_and_opens_its_follow_ups(form):
    say(form, blood_pressure="yes")
    assert said(form) == {"blood-pressure": "yes"}
    assert follow_ups(form) == ["pressure-steady", "pressure-high"]
    [section] = [each for each in form.page["sections"] if each["follow_ups"]]
    assert section["id"] == "heart-and-medicines"
    assert section["follow_ups"][0]["about"] == "High or low blood pressure"
    assert form.page["waiting"].startswith("5 lists and 2 questions are still open.")
    say(form, blood_pressure="no")
    assert follow_ups(form) == []
    assert form.page["waiting"].startswith("6 lists are still open.")


def test_what_is_steady_leads_to_a_massage_with_something_to_keep_in_mind(form, clock, today):
    say(form, blood_pressure="yes", pressure_steady="yes")
    no_to_the_rest(form)
    assert outcome(form) == "go"
    assert "Rise in small steps" in form.page["result"]["hints"][-1]["do"]
    assert form.page["result"]["reasons"] == form.page["result"]["left_out"] == []
    assert today.decision(clock.now).restrictions == Restrictions()


def test_an_emergency_ends_the_asking(form):
    say(form, saddle_numbness="not sure")
    assert [each["id"] for each in form.page["sections"]] == ["help-now"]
    assert form.page["status"] == "Call your local emergency number now."
    assert form.page["result"]["aloud"] == form.page["result"]["left_out"] == []
    assert "emergency number" in form.page["result"]["reasons"][0]["do"]


def test_a_stop_is_told_before_everything_is_answered(form, clock, today):
    say(form, fever="yes")
    assert outcome(form) == "stop"
    assert "The answers may show that more is needed." in form.page["waiting"]
    assert today.decision(clock.now).outcome == "stop"


def test_every_reason_says_who_says_so(form):
    names = [each for each in LINES if each not in {"diabetes", "blood-pressure"}][12:]
    for name in names:
        say(form, **{name: "not sure"})
    reasons = form.page["result"]["reasons"]
    assert len(reasons) >= len(names) - 1
    assert all(each["who"]["sources"] and each["do"] and each["why"] for each in reasons)


def test_a_doctor_is_shown_what_stays_out_even_then(form):
    say(form, osteoporosis="yes")
    no_to_the_rest(form)
    result = form.page["result"]
    assert outcome(form) == "ask a doctor"
    assert result["left_out_title"] == view.IF_AGREED
    assert "No: squeezing, vibration." in result["left_out"]
    assert form.page["allow"]["text"] == view.PERMISSION_QUESTION
    assert form.page["allow"]["value"] is None
    assert [each["value"] for each in form.page["allow"]["options"]] == [None, "light", "ordinary"]
    assert form.page["marker"] is None


@pytest.mark.parametrize(("word", "kneading"), [("light", False), ("ordinary", True)])
def test_a_doctor_s_word_opens_what_it_allows_and_no_more(form, clock, word, kneading, today):
    say(form, osteoporosis="yes")
    no_to_the_rest(form)
    form.receive({"do": "allow", "permission": word})
    assert outcome(form) == "adapt"
    assert form.page["allow"]["value"] == word
    left = today.decision(clock.now).restrictions
    assert "vibration" in left.blocks
    assert ("kneading" not in left.blocks) == kneading
    assert "Never firmer than 2 of 10." in form.page["result"]["left_out"]
    form.receive({"do": "allow", "permission": None})
    assert outcome(form) == "ask a doctor"


def test_a_doctor_s_word_does_not_reach_what_is_said_after_it(form):
    say(form, pregnancy="yes")
    no_to_the_rest(form)
    form.receive({"do": "allow", "permission": "ordinary"})
    assert outcome(form) == "adapt"
    say(form, heart_or_lung_disease="yes")
    no_to_the_rest(form)
    assert outcome(form) == "ask a doctor"
    assert form.page["allow"]["value"] is None


def test_there_is_nothing_to_allow_where_a_massage_is_ruled_out(form):
    say(form, pregnancy="yes", fever="yes")
    no_to_the_rest(form)
    assert form.page["allow"] is None
    form.receive({"do": "allow", "permission": "ordinary"})
    assert outcome(form) == "stop"


def test_a_place_is_marked_on_one_side_alone(form, clock, today):
    say(form, burn="yes")
    no_to_the_rest(form)
    marker = form.page["marker"]
    assert "Burns and sunburn" in marker["for"]
    assert not marker["may_be_elsewhere"]
    assert view.NOT_MARKED in form.page["result"]["left_out"]
    form.receive({"do": "mark", "zone": "shoulder-roll", "side": "left", "marked": True})
    assert form.page["marker"]["marked"] == ["shoulder-roll-left"]
    assert "Not touched: shoulder roll (left side)." in form.page["result"]["left_out"]
    assert today.decision(clock.now).restrictions.areas == {Area("shoulder-roll", "left")}
    form.receive({"do": "mark", "zone": "shoulder-roll", "side": "left", "marked": False})
    assert today.decision(clock.now).restrictions.own_area


def test_what_lies_elsewhere_is_said_and_unsaid(form, clock, today):
    say(form, varicose_veins="yes")
    no_to_the_rest(form)
    assert form.page["marker"]["may_be_elsewhere"]
    form.receive({"do": "elsewhere", "on": True})
    assert not today.decision(clock.now).restrictions.own_area
    form.receive({"do": "mark", "zone": "waist", "side": "right", "marked": True})
    assert not form.page["marker"]["elsewhere"]
    form.receive({"do": "elsewhere", "on": True})
    assert form.page["marker"]["marked"] == []


@pytest.mark.parametrize(
    "message",
    [
        {"do": "reply", "question": "nothing", "reply": "yes"},
        {"do": "reply", "question": "fever", "reply": "perhaps"},
        {"do": "reply", "question": ["fever"], "reply": ["yes"]},
        {"do": "none", "section": "nothing", "on": True},
        {"do": "none", "section": ["skin"], "on": True},
        {"do": "allow", "permission": "firm"},
        {"do": "allow", "permission": ["light"]},
        {"do": "mark", "zone": "nowhere", "side": "left", "marked": True},
        {"do": "mark", "zone": "waist", "side": "both", "marked": True},
        {"do": "anything"},
        {},
    ],
)
def test_what_no_page_sends_changes_nothing(form, message):
    before = form.page
    form.receive(message)
    assert form.page == before


def test_the_picture_has_each_zone_and_side_that_can_be_marked(form):
    ids = [each["id"] for each in form.zones]
    assert len(ids) == len(set(ids))
    assert {"shoulder-roll-left", "shoulder-roll-right", "spine-both"} <= {*ids}
    assert all(f'id="zone-{name}"' in form.back for name in ids)


# --- what today's screening says ---------------------------------------------------------------


def test_nobody_asked_is_none_and_never_go(clock, today):
    assert today.decision(clock.now) is None


def test_a_screening_that_was_begun_and_not_finished_is_none(form, clock, today):
    form.receive({"do": "none", "section": "help-now", "on": True})
    assert today.decision(clock.now) is None


def test_yesterday_s_screening_is_none_also_in_a_kernel_that_runs_on(form, clock, today):
    no_to_the_rest(form)
    assert today.decision(clock.now + timedelta(days=1)) is None
    assert today.decision(clock.now - timedelta(hours=1)) is None


def test_a_page_left_open_over_night_asks_anew(form, clock, today):
    no_to_the_rest(form)
    clock.now += timedelta(days=1)
    say(form, fever="yes")
    assert form.page["notice"] == ANOTHER_DAY
    assert all(line["reply"] is None for each in form.page["sections"] for line in each["lines"])
    assert today.decision(clock.now) is None


def test_a_page_opened_yesterday_and_not_used_takes_today_s_answers(form, clock, today):
    clock.now += timedelta(days=1)
    no_to_the_rest(form)
    assert today.decision(clock.now) == Decision("go")


def test_opening_the_page_again_in_the_same_kernel_shows_what_was_said(form, home, clock, today):
    say(form, pregnancy="yes")
    again = opened(home, today, clock)
    assert said(again) == {"pregnancy": "yes"}


# --- kept and removed ------------------------------------------------------------------------


def test_nothing_is_kept_unless_the_learner_says_so(form, home):
    no_to_the_rest(form)
    assert list(home.iterdir()) == []
    assert not form.page["saved"]


def test_what_is_kept_is_known_to_another_lesson_today_and_not_tomorrow(
    form, clock, today, elsewhere
):
    say(form, pregnancy="yes")
    no_to_the_rest(form)
    form.receive({"do": "allow", "permission": "light"})
    decision = today.decision(clock.now)
    form.receive({"do": "save"})
    assert form.page["saved"]
    assert elsewhere.decision(clock.now) == decision
    assert elsewhere.decision(clock.now + timedelta(days=1)) is None


def test_a_page_in_another_lesson_shows_what_was_kept(form, home, clock, elsewhere):
    say(form, bruise="yes")
    no_to_the_rest(form)
    form.receive({"do": "mark", "zone": "waist", "side": "left", "marked": True})
    form.receive({"do": "save"})
    other = opened(home, elsewhere, clock)
    assert other.page["saved"]
    assert other.page["result"] == form.page["result"]
    assert other.page["marker"]["marked"] == ["waist-left"]


def test_half_a_screening_is_not_kept(form, home):
    form.receive({"do": "none", "section": "help-now", "on": True})
    form.receive({"do": "save"})
    assert list(home.iterdir()) == []


def test_what_is_kept_is_removed_by_a_button(form, home, clock, elsewhere):
    no_to_the_rest(form)
    form.receive({"do": "save"})
    form.receive({"do": "remove"})
    assert list(home.iterdir()) == []
    assert not form.page["saved"]
    assert elsewhere.decision(clock.now) is None


@pytest.mark.parametrize(
    "then", [{"do": "reply", "question": "fever", "reply": "yes"}, {"do": "start over"}]
)
def test_what_was_kept_goes_as_soon_as_something_else_is_said(form, home, clock, then, elsewhere):
    no_to_the_rest(form)
    form.receive({"do": "save"})
    form.receive(then)
    assert list(home.iterdir()) == []
    assert form.page["notice"] == CHANGED
    assert elsewhere.decision(clock.now) is None


def test_a_damaged_file_is_told_and_never_go(form, home, clock, elsewhere):
    no_to_the_rest(form)
    form.receive({"do": "save"})
    path = home / "screening.json"
    path.write_text(path.read_text().replace('"no"', '"yes"', 1))
    assert elsewhere.decision(clock.now) is None
    other = opened(home, elsewhere, clock)
    assert "does not count" in other.page["notice"]
    assert other.page["result"] is None


def test_what_a_course_no_longer_knows_does_not_count(home, clock, today):
    kept = Screenings(home / "screening.json")
    replies = dict.fromkeys(LINES, "no")
    for answers in (
        Answers({**replies, "gone": "no"}),
        Answers(replies, frozenset({Area("gone", "left")})),
    ):
        kept.save(answers.replies, answers.areas, NOON)
        assert today.decision(clock.now) is None
    kept.save(dict.fromkeys(LINES[1:], "no"), [], NOON)
    assert today.decision(clock.now) is None, "a line that was added since"


def test_what_cannot_be_kept_is_told(form, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    no_to_the_rest(form)
    monkeypatch.setattr("os.fsync", full)
    form.receive({"do": "save"})
    assert "No space left on device" in form.page["notice"]
    assert not form.page["saved"]


def test_a_notebook_gets_nothing_of_the_answers_into_its_file(form):
    say(form, pregnancy="yes")
    shown = form._repr_mimebundle_()
    assert "pregnan" not in json.dumps(shown)
    assert repr(form) == "ScreeningForm()"


# --- words for others ------------------------------------------------------------------------


def test_a_plan_hears_that_nobody_was_asked_and_where_to_ask():
    told = notice(None)
    assert told["text"].startswith("Nobody has been asked today")
    assert told["notebook"] in {each.notebook for each in COURSE.lessons}
    assert told["href"] == "01%20Is%20it%20safe.ipynb"


def test_a_plan_hears_what_the_screening_says_unless_all_is_well():
    assert notice(Decision("go")) is None
    for result in ("adapt", "ask a doctor", "stop", "emergency"):
        assert view.TITLES[result] in notice(Decision(result))["text"]
    unmarked = Decision("adapt", (), Restrictions(own_area=True))
    assert "not marked yet" in notice(unmarked)["text"]


def test_each_restriction_is_said_in_words():
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
        "The place that is concerned, which is not marked yet.",
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


def test_what_is_left_out_says_why():
    replies = {"bruise": "yes", "burn": "yes", "osteoporosis": "yes"}
    marked = [Area("waist", "left")]
    allowed = {"osteoporosis": "ordinary"}
    decision = decide(replies, COURSE.contraindications, marked, agreed=allowed)
    lines = left_out(decision, COURSE)
    assert "Not over the waist (left side): bruises; burns and sunburn." in lines
    assert "Not over the lowest ribs (both sides): brittle bones." in lines
    assert "Never firmer than 2 of 10: brittle bones." in lines
    assert "No oil at all: burns and sunburn." in lines
    unmarked = decide({"bruise": "yes"}, COURSE.contraindications)
    assert left_out(unmarked, COURSE) == [
        "The place that is concerned, which is not marked yet: bruises."
    ]
    for outcome in (None, Decision("ask a doctor"), Decision("stop"), Decision("go")):
        assert left_out(outcome, COURSE) == []


def test_no_word_of_the_page_names_a_treatment():
    words = " ".join([*view.TITLES.values(), *view.NEXT.values(), view.NOT_SCREENED]).lower()
    for word in ("diagnos", "treat", "cure", "heal", "therap"):
        assert word not in words


def test_whoever_watches_hears_of_every_change_as_long_as_it_lives(form, today):
    class Watcher:
        heard = 0

        def refresh(self):
            Watcher.heard += 1

    watcher = Watcher()
    today.subscribe(watcher.refresh)
    form.receive({"do": "start over"})
    assert Watcher.heard == 1
    del watcher
    form.receive({"do": "start over"})
    assert Watcher.heard == 1


def test_yesterday_s_answers_do_not_count_even_where_their_file_cannot_be_removed(
    form, clock, monkeypatch, today
):
    no_to_the_rest(form)
    form.receive({"do": "save"})

    def shut(*_):
        raise StoreError("screening.json could not be removed. Please remove it by hand.")

    monkeypatch.setattr(form._screenings, "remove", shut)
    clock.now += timedelta(days=1)
    form.receive({"do": "save"})
    assert form.page["notice"] == "screening.json could not be removed. Please remove it by hand."
    assert form.page["result"] is None
    assert today.decision(clock.now) is None
