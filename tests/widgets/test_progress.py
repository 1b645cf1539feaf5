"""The page of progress."""

from datetime import UTC, datetime, timedelta

import pytest

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.memory import by_concept
from massage_workbook.store import Progress, StoreError
from massage_workbook.store.practices import Practice, Practices
from massage_workbook.widgets.progress import ProgressPage

from ..shipped import COURSE

NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
STROKING = next(topic for topic in COURSE.topics if topic.id == "stroking")
CRITICAL = next(question for question in STROKING.questions if question.critical)


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "progress.sqlite", NOW)


def page(progress, now=NOW):
    return ProgressPage(COURSE, progress, lambda: now).page


def all_of_the_lessons():
    topics = {topic.id: topic for topic in COURSE.topics}
    return [topics[name] for each in COURSE.lessons for name in each.topics]


def answered(progress, questions, score=1.0, at=NOW, sure=True):
    for each in questions:
        progress.record(Answer(at, STROKING.id, each.id, [], score, sure=sure, seconds=1))


def table(page, title):
    return next(each for each in page["tables"] if each["title"] == title)


def test_a_beginner_is_sent_to_the_first_lesson_with_questions(progress):
    begun = page(progress)
    first = next(each for each in COURSE.lessons if each.topics)
    assert begun["next"] == {"text": f"Begin with {first.title}", "notebook": first.notebook}
    assert first.id == "lesson-safe"
    assert begun["wrong"] == []
    assert all(each["svg"] is None for each in begun["tables"])


def test_what_was_surely_wrong_and_critical_comes_first_until_it_is_right(progress):
    answered(progress, [CRITICAL], score=0)
    shown = page(progress)
    assert shown["next"]["text"].startswith("Read again")
    assert shown["wrong"] == [{"prompt": CRITICAL.prompt, "why": CRITICAL.why}]
    answered(progress, [CRITICAL], at=NOW + timedelta(minutes=1))
    assert page(progress)["wrong"] == []


def test_what_is_due_comes_before_the_next_lesson(progress):
    answered(progress, STROKING.questions[:3])
    later = page(progress, NOW + timedelta(days=30))
    assert later["next"]["text"] == "Review: about 5 minutes."


def test_when_all_is_passed_and_nothing_due_it_says_so(progress):
    for topic in all_of_the_lessons():
        answered(progress, topic.questions)
    assert (
        page(progress)["next"]["text"]
        == "Every lesson is passed, and there is nothing to review today."
    )


def test_every_topic_and_rule_is_in_a_table_and_what_was_begun_in_a_picture(progress):
    answered(progress, STROKING.questions[:5])
    shown = page(progress)
    topics = table(shown, "What you know of each topic")
    assert [row[0] for row in topics["rows"]] == [topic.title for topic in COURSE.topics]
    row = next(row for row in topics["rows"] if row[0] == "Stroking")
    concepts, asked = len(by_concept(STROKING.questions)), len(by_concept(STROKING.questions[:5]))
    assert row[1:] == [str(concepts), str(asked), str(asked), f"{asked / concepts:.0%}"]
    assert "Stroking" in topics["svg"]
    rules = table(shown, "What you know of each rule")
    assert len(rules["rows"]) == len(COURSE.rules)


def test_the_curve_has_a_row_for_each_day(progress):
    answered(progress, STROKING.questions[:5], at=NOW - timedelta(days=4))
    curve = table(page(progress), "What you know, day by day")
    assert len(curve["rows"]) == 5 + 1 + 30
    assert next(row[1] for row in curve["rows"]) == "0"
    assert curve["columns"] == ["day", "known", "with 5 minutes a day"]
    ahead = [row for row in curve["rows"] if row[2]]
    assert len(ahead) == 1 + 30
    assert all(int(with_reviews) >= int(without) for _, without, with_reviews in ahead)


def test_looking_again_shows_what_was_answered_since(progress):
    widget = ProgressPage(COURSE, progress, lambda: NOW)
    answered(progress, [CRITICAL], score=0)
    assert widget.page["wrong"] == []
    widget.receive({"do": "refresh"})
    assert widget.page["wrong"]


def practice(number, at, techniques, comfort=None):
    seconds = sum(techniques.values())
    name = f"practice-{number:016x}"
    return Practice(name, at, "20 minutes", 1200, seconds, techniques, False, comfort)


def test_what_was_practised_is_told_by_technique_and_by_day(progress):
    assert not [each for each in page(progress)["tables"] if "practi" in each["title"]]
    kept = Practices(progress)
    kept.record(practice(1, NOW - timedelta(days=2), {"sawing": 60.0, "cupping": 30.0}))
    kept.record(practice(2, NOW, {"sawing": 90.0}, comfort=8))
    shown = page(progress)
    by_technique = table(shown, "What you practised")
    assert [row[:3] for row in by_technique["rows"]] == [
        ["Sawing", "2", "2.5"],
        ["Cupping with the hands", "1", "0.5"],
    ]
    assert "Sawing 2.5" in by_technique["svg"]
    assert [row[1:] for row in table(shown, "Your practices")["rows"]] == [
        ["20 minutes", "1:30", "8"],
        ["20 minutes", "1:30", "not said"],
    ]


def test_answers_that_cannot_be_read_are_said_and_what_was_shown_stays(progress, monkeypatch):
    page = ProgressPage(COURSE, progress, lambda: NOW)
    before = page.page

    def locked(*_):
        raise StoreError("Your answers cannot be read: database is locked.")

    monkeypatch.setattr(progress, "standings", locked)
    page.receive({"do": "refresh"})
    assert page.page == before | {"notice": "Your answers cannot be read: database is locked."}
