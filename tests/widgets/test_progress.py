"""The learner's progress: its page, the list of lessons, and the list of topics."""

from datetime import timedelta

import pytest

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.memory import by_concept
from massage_workbook.answers.self_check import self_check
from massage_workbook.store.practices import Practice, Practices
from massage_workbook.widgets.lessons import Lessons
from massage_workbook.widgets.progress import ProgressPage
from massage_workbook.widgets.topics import Topics

from ..shipped import COURSE
from .conftest import LOCKED, NOW, failing

TOPICS = {topic.id: topic for topic in COURSE.topics}
STROKING = TOPICS["stroking"]
CRITICAL = next(question for question in STROKING.questions if question.critical)
LOOK = {"do": "refresh"}


def page(progress, now=NOW):
    return ProgressPage(COURSE, progress, lambda: now).page


def answered(progress, questions, score=1.0, at=NOW):
    progress.record_all(
        Answer(at, STROKING.id, each.id, [], score, sure=True, seconds=1) for each in questions
    )


def table(page, title):
    return next(each for each in page["tables"] if each["title"] == title)


def test_a_beginner_begins_with_the_lesson_on_safety(progress):
    begun = page(progress)
    first = next(each for each in COURSE.lessons if each.topics)
    assert begun["next"] == {"text": f"Begin with {first.title}", "notebook": first.notebook}
    assert first.id == "lesson-safe"
    assert begun["wrong"] == []
    assert all(each["svg"] is None for each in begun["tables"])


def test_a_wrong_critical_question_is_the_next_step_until_it_is_right(progress):
    widget = ProgressPage(COURSE, progress, lambda: NOW)
    answered(progress, [CRITICAL], score=0)
    assert widget.page["wrong"] == []
    widget.receive(LOOK)
    assert widget.page["next"]["text"].startswith("Read again")
    assert widget.page["wrong"] == [{"prompt": CRITICAL.prompt, "why": CRITICAL.why}]
    answered(progress, [CRITICAL], at=NOW + timedelta(minutes=1))
    assert page(progress)["wrong"] == []


def test_the_next_step_is_a_due_review_and_none_once_all_is_passed(progress):
    for name in (name for each in COURSE.lessons for name in each.topics):
        answered(progress, TOPICS[name].questions)
    told = [page(progress, NOW + timedelta(days=days))["next"]["text"] for days in (0, 60)]
    assert told[0] == "Every lesson is passed, and there is nothing to review today."
    assert told[1] == "Review: about 5 minutes."


def test_each_topic_and_rule_has_a_row_and_each_day_a_point_of_the_curve(progress):
    answered(progress, STROKING.questions[:5], at=NOW - timedelta(days=4))
    shown = page(progress)
    topics = table(shown, "What you know of each topic")
    assert [row[0] for row in topics["rows"]] == [topic.title for topic in COURSE.topics]
    (row,) = [row for row in topics["rows"] if row[0] == "Stroking"]
    concepts, asked = len(by_concept(STROKING.questions)), len(by_concept(STROKING.questions[:5]))
    assert row[1:4] == [str(concepts), str(asked), str(asked)]
    assert "Stroking" in topics["svg"]
    assert len(table(shown, "What you know of each rule")["rows"]) == len(COURSE.rules)
    curve = table(shown, "What you know, day by day")
    assert curve["columns"] == ["day", "known", "with 5 minutes a day"]
    assert len(curve["rows"]) == 5 + 1 + 30
    assert curve["rows"][0][1] == "0"
    ahead = [row for row in curve["rows"] if row[2]]
    assert len(ahead) == 1 + 30
    assert all(int(with_reviews) >= int(without) for _, without, with_reviews in ahead)


def practice(number, at, techniques, comfort=None):
    seconds = sum(techniques.values())
    name = f"practice-{number:016x}"
    fields = {"plan": "20 minutes", "planned": 1200, "finished": False, "comfort": comfort}
    return Practice(id=name, at=at, seconds=seconds, techniques=techniques, **fields)


def test_practices_are_listed_by_technique_and_by_day(progress):
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


def test_the_list_of_lessons_counts_answers_and_names_the_same_next_step(progress):
    widget = Lessons(COURSE, progress, lambda: NOW)

    def stroking():
        row = next(row for row in widget.lessons if row["title"] == STROKING.title)
        return row["answered"], row["right"], row["passed"]

    assert stroking() == (0, 0, False)
    for score, right in ((1, 5), (0, 0)):
        answered(progress, self_check([STROKING])[:5], score=score)
        widget.receive(LOOK)
        assert stroking() == (5, right, False)
        assert widget.next == page(progress)["next"]


def test_the_list_of_topics_begins_with_the_review_and_opens_self_checks(progress):
    listed, quiz = Topics(COURSE, progress, lambda: NOW).children
    names = [each["id"] for each in listed.topics]
    taught = dict.fromkeys(name for lesson in COURSE.lessons for name in lesson.topics)
    assert names[: len(taught)] == [*taught]
    assert sorted(names) == sorted(TOPICS)
    assert (listed.chosen, quiz.page["topic"]) == (None, "Review")
    assert "stroking" in listed.receive({"do": "open", "topic": "strokign"})["error"]
    assert (listed.chosen, quiz.page["topic"]) == (None, "Review")

    assert listed.receive({"do": "open", "topic": STROKING.id}) == {}
    assert (listed.chosen, quiz.page["topic"]) == (STROKING.id, STROKING.title)
    assert (quiz.page["number"], quiz.page["of"]) == (1, len(self_check([STROKING])))
    message = {"do": "check", "question": quiz.page["id"], "response": None, "sure": False}
    quiz.receive(message | {"seconds": 2.0})
    row = next(each for each in listed.topics if each["id"] == STROKING.id)
    assert (row["answered"], row["right"]) == (1, 0)

    listed.receive({"do": "open", "topic": None})
    assert (listed.chosen, quiz.page["topic"]) == (None, "Review")


@pytest.mark.parametrize(
    ("make", "shown"),
    [
        (ProgressPage, lambda widget: {**widget.page, "notice": ""}),
        (Lessons, lambda widget: widget.lessons),
        (lambda *of: Topics(*of).children[0], lambda widget: widget.topics),
    ],
    ids=["page", "lessons", "topics"],
)
def test_a_page_does_not_change_while_answers_cannot_be_read(progress, monkeypatch, make, shown):
    widget = make(COURSE, progress, lambda: NOW)
    before = shown(widget)
    monkeypatch.setattr(progress, "standings", failing(LOCKED))
    widget.receive(LOOK)
    assert shown(widget) == before
    notice = widget.page["notice"] if hasattr(widget, "page") else getattr(widget, "notice", LOCKED)
    assert notice == LOCKED
