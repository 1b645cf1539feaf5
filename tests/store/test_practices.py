"""Recording and reading practices."""

from datetime import timedelta

import pytest

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.mastery import right_ids, sure_and_wrong
from massage_workbook.answers.memory import concept
from massage_workbook.store import Progress
from massage_workbook.store.practices import Practice, PracticeError, Practices, parse_practice
from massage_workbook.widgets.progress import ProgressPage
from massage_workbook.widgets.quiz import Quiz

from ..shipped import COURSE, NOW

BEGAN = NOW - timedelta(minutes=25)
ID = "practice-0f8fad5b-d9cb-469f-a165-70867728950e"


def reported(**fields):
    """A practice as a page reports it."""
    return {
        "id": ID,
        "at": BEGAN.isoformat().replace("+00:00", "Z"),
        "plan": "20 minutes",
        "planned": 1200,
        "seconds": 90.5,
        "techniques": {"sawing": 60.5, "hacking": 30.0},
        "finished": False,
    } | fields


def practice(**fields):
    return parse_practice(reported(**fields), COURSE, NOW)


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "p.sqlite", NOW)


@pytest.fixture
def practices(progress):
    return Practices(progress)


FELT = {"comfort": 8, "spots": ["kidneys", "left calf"], "note": "More of it."}


@pytest.mark.parametrize(
    ("fields", "share"),
    [
        (FELT, 90.5 / 1200),
        ({"finished": True, "seconds": 1100, "techniques": {"sawing": 1100}}, 1),
        ({"seconds": 300, "techniques": {"sawing": 300}}, 0.25),
        ({"seconds": 2400, "techniques": {"sawing": 2400}}, 1),
    ],
)
def test_a_practice_is_read_back_and_scored_by_the_fraction_carried_out(
    practices, progress, fields, share
):
    practices.record(practice(**fields))
    expected = reported(**fields) | {"at": BEGAN, "spots": tuple(fields.get("spots", ()))}
    assert practices.all() == [Practice(**expected)]
    [answer] = progress.answers("practice")
    assert answer.score == pytest.approx(share)
    assert (answer.topic, answer.question) == ("practice", ID)
    assert answer.seconds == expected["seconds"]


def test_a_later_version_replaces_the_earlier_one_in_its_place(practices, progress):
    ahead = reported(at=(NOW + timedelta(days=3)).isoformat())  # by a clock that is corrected later
    other = "practice-00000000-0000-4000-8000-000000000000"
    practices.record(parse_practice(ahead, COURSE, NOW))
    practices.record(practice(id=other))
    for response in (None, [], {"id": ID}, "x", {"id": ID, "seconds": "long"}):  # from elsewhere
        progress.record(Answer(NOW, "practice", ID, response, 1, sure=True, seconds=1))
    for _ in range(2):
        practices.record(parse_practice(ahead | FELT, COURSE, NOW + timedelta(hours=1)))
        practices.record(parse_practice(ahead, COURSE, NOW))  # by another page
    found = [(each.id, each.at, each.comfort) for each in practices.all()]
    assert found == [(ID, NOW, 8), (other, BEGAN, None)]
    assert len(progress.answers("practice")) == 3 + 5, "an identical one is written once"


def test_practices_never_appear_among_the_questions(practices, progress):
    question = COURSE.topics[0].questions[0]
    progress.record(Answer(BEGAN, COURSE.topics[0].id, question.id, None, 0, sure=True, seconds=1))
    practices.record(practice())
    questions = {q.id: q for topic in COURSE.topics for q in topic.questions}
    later = NOW + timedelta(days=400)
    review = Quiz.of_review(COURSE, progress, lambda: later)
    assert {each.id for each in review._round.questions} <= questions.keys()
    assert concept(question) in map(concept, review._round.questions)
    assert ID not in {each.id for each in sure_and_wrong(questions.values(), progress.standings())}
    assert right_ids(progress.standings()) & questions.keys() == set()
    with_it = ProgressPage(COURSE, progress, lambda: NOW).page
    alone = Progress(progress.path.with_name("alone.sqlite"), NOW)
    alone.record_all(progress.answers(COURSE.topics[0].id))
    without = ProgressPage(COURSE, alone, lambda: NOW).page
    of_practices = {"What you practised", "Your practices"}
    known = [each for each in with_it["tables"] if each["title"] not in of_practices]
    assert with_it | {"tables": known} == without


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (None, "at the record"), ([], "at the record"),
        (reported(id="stroking-slides"), "at id"), (reported(id="practice-" + "0" * 99), "at id"),
        (reported(at="yesterday"), "at at"),
        (reported(at="1999-01-01T00:00:00Z"), "the year 1999 is before"),
        (reported(at="2026-01-01T00:00:00"), "at at"), (reported(plan=""), "at plan"),
        (reported(plan="x" * 121), "at plan"), (reported(planned=0), "at planned"),
        (reported(planned=True), "at planned"), (reported(seconds=-1), "at seconds"),
        (reported(seconds=1e9), "at seconds"), (reported(seconds=float("nan")), "at seconds"),
        (reported(seconds=500), "do not add up"),
        (reported(techniques={"sawng": 90.5}), 'Did you mean "sawing"'),
        (reported(techniques={f"t{i}": 0.5 for i in range(181)}), "at techniques"),
        (reported(finished="yes"), "at finished"), (reported(comfort=11), "at comfort"),
        (reported(comfort=7.5), "at comfort"), (reported(spots="kidneys"), "at spots"),
        (reported(spots=["x" * 121]), "at spots > 0"), (reported(spots=["x"] * 41), "at spots"),
        (reported(note="x" * 501), "at note"), (reported(note="\ud800"), "at note"),
        (reported(name="somebody"), "at name"),
    ],
)  # fmt: skip
def test_an_invalid_practice_is_refused_with_the_place_of_its_error(wrong, said):
    with pytest.raises(PracticeError, match=said):
        parse_practice(wrong, COURSE, NOW)
