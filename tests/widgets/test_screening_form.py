"""What the page of the screening shows, keeps and forgets."""

import json
from datetime import UTC, datetime, timedelta

import pytest

import massage_workbook
from massage_workbook.screening import Answers, Area, Decision, Restrictions
from massage_workbook.store import StoreError
from massage_workbook.store.screenings import Screenings
from massage_workbook.widgets import screening_form
from massage_workbook.widgets.screening_form import ScreeningForm, current, left_out, notice

from ..shipped import COURSE

FIRST = [each.id for each in COURSE.contraindications if each.first]
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
    """A home of its own, and a kernel in which nobody has been asked."""
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path))
    monkeypatch.setattr(screening_form, "_HERE", screening_form._Kernel())
    monkeypatch.setattr(screening_form, "_WATCHING", [])
    return tmp_path


@pytest.fixture
def form(home, clock):
    return ScreeningForm(COURSE, Screenings(home / "screening.json"), clock)


def another_kernel(monkeypatch):
    monkeypatch.setattr(screening_form, "_HERE", screening_form._Kernel())


def say(form, **replies):
    for name, reply in replies.items():
        question = name.replace("_", "-")
        form._hear({"do": "reply", "question": question, "reply": reply})


def no_to_the_rest(form):
    while waiting := [each["id"] for each in form.page["questions"] if each["reply"] is None]:
        for name in waiting:
            form._hear({"do": "reply", "question": name, "reply": "no"})


def outcome(form):
    return form.page["result"] and form.page["result"]["outcome"]


# --- the page --------------------------------------------------------------------------------


def test_it_begins_with_the_first_questions_and_no_result(form):
    assert [each["id"] for each in form.page["questions"]] == FIRST
    assert all(each["reply"] is None and each["first"] for each in form.page["questions"])
    assert form.page["result"] is None
    assert form.page["status"] == ""
    assert form.page["waiting"].startswith("11 questions are still open.")


def test_somebody_healthy_may_be_massaged_after_the_first_questions(form, clock):
    no_to_the_rest(form)
    assert len(form.page["questions"]) == len(FIRST)
    assert outcome(form) == "go"
    assert form.page["result"]["reasons"] == []
    assert [each["ask"] for each in form.page["result"]["aloud"]] == [
        "Do you want this massage, today?",
        "Where not, and what stays covered?",
        "Which word stops everything at once?",
    ]
    assert current(COURSE, clock.now) == Decision("go")


def test_further_questions_come_below_and_go_again(form):
    say(form, pregnancy="yes")
    assert [each["id"] for each in form.page["questions"]] == [*FIRST, "after-birth"]
    say(form, pregnancy="no")
    assert [each["id"] for each in form.page["questions"]] == FIRST


def test_an_emergency_comes_first_and_stops_the_asking(form):
    say(form, saddle_numbness="not sure")
    assert [each["id"] for each in form.page["questions"]] == ["emergency-signs", "saddle-numbness"]
    assert form.page["status"] == "Call your local emergency number now."
    assert form.page["result"]["aloud"] == form.page["result"]["left_out"] == []
    assert "emergency number" in form.page["result"]["reasons"][0]["do"]


def test_a_stop_is_told_before_everything_is_answered(form, clock):
    say(form, fever="yes")
    assert outcome(form) == "stop"
    assert "The answers may show that more is needed." in form.page["waiting"]
    assert current(COURSE, clock.now).outcome == "stop"


def test_every_reason_says_who_says_so(form):
    for name in FIRST[2:]:
        say(form, **{name: "not sure"})
    reasons = form.page["result"]["reasons"]
    assert len(reasons) == len(FIRST) - 2
    assert all(each["who"]["sources"] and each["do"] and each["why"] for each in reasons)


def test_a_doctor_is_shown_what_stays_out_even_then(form):
    say(form, other_illness="yes", osteoporosis="yes")
    no_to_the_rest(form)
    result = form.page["result"]
    assert outcome(form) == "ask a doctor"
    assert result["left_out_title"] == "What is left out or changed even if they agree"
    assert "No: squeezing, rubbing, kneading, vibration." in result["left_out"]
    assert form.page["agree"] == {"text": screening_form.AGREE, "so": False}
    assert form.page["marker"] is None


def test_a_doctor_s_word_opens_the_light_massage_alone(form, clock):
    say(form, other_illness="yes", osteoporosis="yes")
    no_to_the_rest(form)
    form._hear({"do": "agree", "so": True})
    assert outcome(form) == "adapt"
    assert "Never firmer than 2 of 10: light stroking." in form.page["result"]["left_out"]
    assert "vibration" in current(COURSE, clock.now).restrictions.blocks
    form._hear({"do": "agree", "so": False})
    assert outcome(form) == "ask a doctor"


def test_a_doctor_s_word_does_not_reach_what_is_said_after_it(form):
    say(form, pregnancy="yes")
    no_to_the_rest(form)
    form._hear({"do": "agree", "so": True})
    say(form, heart_or_lung_disease="yes")
    no_to_the_rest(form)
    assert outcome(form) == "ask a doctor"
    assert form.page["agree"]["so"] is False


def test_there_is_nothing_to_agree_to_where_a_massage_is_ruled_out(form):
    say(form, pregnancy="yes", fever="yes")
    no_to_the_rest(form)
    assert form.page["agree"] is None
    form._hear({"do": "agree", "so": True})
    assert outcome(form) == "stop"


def test_a_place_is_marked_on_one_side_alone(form, clock):
    say(form, something_to_change="yes", burn="yes")
    no_to_the_rest(form)
    marker = form.page["marker"]
    assert "Burns and sunburn" in marker["for"]
    assert not marker["may_be_elsewhere"]
    assert screening_form.NOT_MARKED in form.page["result"]["left_out"]
    form._hear({"do": "mark", "zone": "shoulder-roll", "side": "left", "marked": True})
    assert form.page["marker"]["marked"] == ["shoulder-roll-left"]
    assert "Not touched: shoulder roll (left side)." in form.page["result"]["left_out"]
    assert current(COURSE, clock.now).restrictions.areas == {Area("shoulder-roll", "left")}
    form._hear({"do": "mark", "zone": "shoulder-roll", "side": "left", "marked": False})
    assert current(COURSE, clock.now).restrictions.own_area


def test_what_lies_elsewhere_is_said_and_unsaid(form, clock):
    say(form, something_to_change="yes", varicose_veins="yes")
    no_to_the_rest(form)
    assert form.page["marker"]["may_be_elsewhere"]
    form._hear({"do": "elsewhere", "so": True})
    assert not current(COURSE, clock.now).restrictions.own_area
    form._hear({"do": "mark", "zone": "waist", "side": "right", "marked": True})
    assert not form.page["marker"]["elsewhere"]
    form._hear({"do": "elsewhere", "so": True})
    assert form.page["marker"]["marked"] == []


@pytest.mark.parametrize(
    "message",
    [
        {"do": "reply", "question": "nothing", "reply": "yes"},
        {"do": "reply", "question": "fever", "reply": "perhaps"},
        {"do": "reply", "question": ["fever"], "reply": ["yes"]},
        {"do": "mark", "zone": "nowhere", "side": "left", "marked": True},
        {"do": "mark", "zone": "waist", "side": "both", "marked": True},
        {"do": "anything"},
        {},
    ],
)
def test_what_no_page_sends_changes_nothing(form, message):
    before = form.page
    form._hear(message)
    assert form.page == before


def test_the_picture_has_each_zone_and_side_that_can_be_marked(form):
    ids = [each["id"] for each in form.zones]
    assert len(ids) == len(set(ids))
    assert {"shoulder-roll-left", "shoulder-roll-right", "spine-both"} <= {*ids}
    assert all(f'id="zone-{name}"' in form.back for name in ids)


# --- what today's screening says ---------------------------------------------------------------


def test_nobody_asked_is_none_and_never_go(clock):
    assert current(COURSE, clock.now) is None


def test_a_screening_that_was_begun_and_not_finished_is_none(form, clock):
    say(form, emergency_signs="no")
    assert current(COURSE, clock.now) is None


def test_yesterday_s_screening_is_none_also_in_a_kernel_that_runs_on(form, clock):
    no_to_the_rest(form)
    assert current(COURSE, clock.now + timedelta(days=1)) is None
    assert current(COURSE, clock.now - timedelta(hours=1)) is None


def test_a_page_left_open_over_night_asks_anew(form, clock):
    no_to_the_rest(form)
    clock.now += timedelta(days=1)
    say(form, fever="no")
    assert form.page["notice"] == screening_form.ANOTHER_DAY
    assert all(each["reply"] is None for each in form.page["questions"])
    assert current(COURSE, clock.now) is None


def test_a_page_opened_yesterday_and_not_used_takes_today_s_answers(form, clock):
    clock.now += timedelta(days=1)
    no_to_the_rest(form)
    assert current(COURSE, clock.now) == Decision("go")


def test_opening_the_page_again_in_the_same_kernel_shows_what_was_said(form, home, clock):
    say(form, pregnancy="yes")
    again = ScreeningForm(COURSE, Screenings(home / "screening.json"), clock)
    assert [e["id"] for e in again.page["questions"] if e["reply"] == "yes"] == ["pregnancy"]


# --- kept and removed ------------------------------------------------------------------------


def test_nothing_is_kept_unless_the_learner_says_so(form, home):
    no_to_the_rest(form)
    assert list(home.iterdir()) == []
    assert not form.page["kept"]


def test_what_is_kept_is_known_to_another_lesson_today_and_not_tomorrow(form, clock, monkeypatch):
    say(form, pregnancy="yes")
    no_to_the_rest(form)
    form._hear({"do": "agree", "so": True})
    said = current(COURSE, clock.now)
    form._hear({"do": "keep"})
    assert form.page["kept"]
    another_kernel(monkeypatch)
    assert current(COURSE, clock.now) == said
    assert current(COURSE, clock.now + timedelta(days=1)) is None


def test_a_page_in_another_lesson_shows_what_was_kept(form, home, clock, monkeypatch):
    say(form, something_to_change="yes", bruise="yes")
    no_to_the_rest(form)
    form._hear({"do": "mark", "zone": "waist", "side": "left", "marked": True})
    form._hear({"do": "keep"})
    another_kernel(monkeypatch)
    other = ScreeningForm(COURSE, Screenings(home / "screening.json"), clock)
    assert other.page["kept"]
    assert other.page["result"] == form.page["result"]
    assert other.page["marker"]["marked"] == ["waist-left"]


def test_half_a_screening_is_not_kept(form, home):
    say(form, emergency_signs="no")
    form._hear({"do": "keep"})
    assert list(home.iterdir()) == []


def test_what_is_kept_is_removed_by_a_button(form, home, clock, monkeypatch):
    no_to_the_rest(form)
    form._hear({"do": "keep"})
    form._hear({"do": "forget"})
    assert list(home.iterdir()) == []
    assert not form.page["kept"]
    another_kernel(monkeypatch)
    assert current(COURSE, clock.now) is None


@pytest.mark.parametrize(
    "then", [{"do": "reply", "question": "fever", "reply": "yes"}, {"do": "start over"}]
)
def test_what_was_kept_goes_as_soon_as_something_else_is_said(form, home, clock, monkeypatch, then):
    no_to_the_rest(form)
    form._hear({"do": "keep"})
    form._hear(then)
    assert list(home.iterdir()) == []
    assert form.page["notice"] == screening_form.CHANGED
    another_kernel(monkeypatch)
    assert current(COURSE, clock.now) is None


def test_a_damaged_file_is_told_and_never_go(form, home, clock, monkeypatch):
    no_to_the_rest(form)
    form._hear({"do": "keep"})
    path = home / "screening.json"
    path.write_text(path.read_text().replace('"no"', '"yes"', 1))
    another_kernel(monkeypatch)
    assert current(COURSE, clock.now) is None
    other = ScreeningForm(COURSE, Screenings(path), clock)
    assert "does not count" in other.page["notice"]
    assert other.page["result"] is None


def test_what_a_course_no_longer_knows_does_not_count(home, clock):
    kept = Screenings(home / "screening.json")
    replies = dict.fromkeys(FIRST, "no")
    for said in (
        Answers({**replies, "gone": "no"}),
        Answers(replies, frozenset({Area("gone", "left")})),
    ):
        kept.keep(said.replies, said.areas, NOON)
        assert current(COURSE, clock.now) is None
    kept.keep(dict.fromkeys(FIRST[1:], "no"), [], NOON)
    assert current(COURSE, clock.now) is None, "a first question that was added since"


def test_what_cannot_be_kept_is_told(form, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    no_to_the_rest(form)
    monkeypatch.setattr("os.fsync", full)
    form._hear({"do": "keep"})
    assert "No space left on device" in form.page["notice"]
    assert not form.page["kept"]


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
        assert screening_form.TITLES[result] in notice(Decision(result))["text"]
    unmarked = Decision("adapt", (), Restrictions(own_area=True))
    assert "not marked yet" in notice(unmarked)["text"]


def test_each_restriction_is_said_in_words():
    everything = Restrictions(
        areas=frozenset({Area("waist", "left"), Area("waist", "right"), Area("spine", "both")}),
        blocks=frozenset({"vibration"}),
        techniques=frozenset({"deep-stroking", "hacking"}),
        lubricants=frozenset({"nut oil", "essential oil"}),
        positions=frozenset({"prone"}),
        own_area=True,
        force_ceiling=2,
    )
    assert left_out(everything, COURSE) == [
        "The place that is concerned, which is not marked yet.",
        "Not touched: spine, waist (both sides).",
        "No: vibration.",
        "None of these either: deep (reinforced) stroking.",
        "Not lying on the front: sit, leaning forward on a padded table.",
        "No scented (essential) oil.",
        "No nut, peanut or sesame oil.",
        "Never firmer than 2 of 10: light stroking.",
    ]
    assert left_out(Restrictions(), COURSE) == []
    assert left_out(Restrictions(everything=True), COURSE) == ["Everything: there is no massage."]


def test_the_word_stays_a_word_once_the_module_of_its_name_is_loaded():
    form = massage_workbook.screening()
    assert isinstance(form, ScreeningForm)
    from massage_workbook import screening  # noqa: PLC0415 - as a lesson that runs again does

    assert isinstance(screening(), ScreeningForm)


def test_no_word_of_the_page_names_a_treatment():
    said = " ".join(
        [*screening_form.TITLES.values(), *screening_form.NEXT.values(), screening_form.NOBODY]
    ).lower()
    for word in ("diagnos", "treat", "cure", "heal", "therap"):
        assert word not in said


def test_whoever_watches_hears_of_every_change_as_long_as_it_lives(form):
    class Watcher:
        heard = 0

        def look_again(self):
            Watcher.heard += 1

    watcher = Watcher()
    screening_form.watch(watcher.look_again)
    form._hear({"do": "start over"})
    assert Watcher.heard == 1
    del watcher
    form._hear({"do": "start over"})
    assert Watcher.heard == 1


def test_yesterday_s_answers_do_not_count_even_where_their_file_cannot_be_removed(
    form, clock, monkeypatch
):
    no_to_the_rest(form)
    form._hear({"do": "keep"})

    def shut(*_):
        raise StoreError("screening.json could not be removed. Please remove it by hand.")

    monkeypatch.setattr(form._screenings, "forget", shut)
    clock.now += timedelta(days=1)
    form._hear({"do": "keep"})
    assert form.page["notice"] == "screening.json could not be removed. Please remove it by hand."
    assert form.page["result"] is None
    assert current(COURSE, clock.now) is None
