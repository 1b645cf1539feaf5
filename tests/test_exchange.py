"""Questions out to other programs, and teachers' questions in."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from massage_workbook import exchange
from massage_workbook.course import own_topics
from massage_workbook.course.questions import Topic
from massage_workbook.exchange import ImportFailedError, from_jupyterquiz, plain

from .shipped import COURSE

TOPICS = COURSE.topics
EVERY = {question.id: question for topic in TOPICS for question in topic.questions}


@pytest.mark.parametrize("name", exchange.FORMATS)
def test_each_question_is_written_or_listed_as_left_out(name):
    made = exchange.FORMATS[name](TOPICS)
    assert made.count + len(made.left_out) == len(EVERY)
    assert set(made.left_out) <= EVERY.keys()


def test_what_cannot_be_said_in_words_is_left_out_of_a_table():
    left_out = {EVERY[name].kind for name in exchange.to_csv(TOPICS).left_out}
    assert left_out <= {"zones", "stroke", "tempo", "single", "many"}  # those with a picture
    assert {"zones", "stroke", "tempo"} <= left_out


def test_the_table_has_a_row_for_each_question_and_no_formula():
    made = exchange.to_csv(TOPICS)
    rows = list(csv.DictReader(io.StringIO(made.text)))
    assert len(rows) == made.count
    row = next(each for each in rows if each["id"] == "stroking-free-strip")
    assert row["answer"] == "Two fingers, 3 to 4 cm on each side."
    assert not any(cell.startswith(("=", "+", "-", "@")) for each in rows for cell in each.values())


def test_anki_knows_each_note_by_its_permanent_id():
    made = exchange.to_anki(TOPICS)
    head = [line for line in made.text.splitlines() if line.startswith("#")]
    notes = [line.split("\t") for line in made.text.splitlines() if not line.startswith("#")]
    assert "#guid column:1" in head
    assert {len(note) for note in notes} == {4}
    assert len({note[0] for note in notes}) == made.count
    assert all(note[0].removeprefix("massage-workbook:") in EVERY for note in notes)


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        assert not attrs
        self.found.add(tag)


def test_anki_gets_no_other_markup_than_lists_and_paragraphs():
    assert Tags(exchange.to_anki(TOPICS).text).found <= {"p", "ul", "ol", "li", "br"}


def grade_as_jupyterquiz(question, number):
    """What its script does with a number: the first answer that holds it; ranges are half open."""
    for answer in question["answers"]:
        if "value" in answer and number == answer["value"]:
            return answer["correct"]
        if "range" in answer and answer["range"][0] <= number < answer["range"][1]:
            return answer["correct"]
    return False


def test_jupyterquiz_takes_the_same_numbers_for_right():
    made = json.loads(exchange.to_jupyterquiz(TOPICS).text)
    numeric = [each for each in made if each["type"] == "numeric"]
    asked = [q for q in EVERY.values() if q.kind == "number" and q.picture is None]
    assert len(numeric) == len(asked) > 5
    for theirs, ours in zip(numeric, asked, strict=True):
        low, high = ours.accepts
        for number in (0, low, (low + high) / 2, high, high + 1, low - 0.5):
            assert grade_as_jupyterquiz(theirs, number) == (low <= number <= high), ours.id


def test_jupyterquiz_has_one_right_answer_where_one_is_asked_for():
    for each in json.loads(exchange.to_jupyterquiz(TOPICS).text):
        if each["type"] == "multiple_choice":
            assert sum(answer["correct"] for answer in each["answers"]) == 1
        assert "<" not in json.dumps(each)


# --- in ----------------------------------------------------------------------------------------

THEIRS = [
    {
        "question": "Which <b>hand</b>?<script>alert(1)</script>",
        "type": "multiple_choice",
        "answers": [
            {"answer": "Left", "correct": True},
            {"answer": "<img onerror=x>Right", "correct": False, "feedback": "No &amp; no."},
        ],
    },
    {
        "question": "How many?",
        "type": "numeric",
        "answers": [
            {"type": "range", "range": [8, 10], "correct": True},
            {"type": "value", "value": 30, "correct": False, "feedback": "Too long."},
            {"type": "default", "feedback": "Count again."},
        ],
    },
    {"question": "Its name?", "type": "string", "answers": [{"answer": "x", "correct": True}]},
]  # fmt: skip


def test_a_teacher_s_questions_come_in_as_plain_text():
    topic = from_jupyterquiz(json.dumps(THEIRS), "own-mine", "Mine").topic
    choice, number = topic.questions
    assert choice.prompt == "Which hand ?"
    assert [each.text for each in choice.choices] == ["Left", "Right"]
    assert choice.choices[1].feedback == "No & no."
    assert (number.accepts, number.too_low) == ((8, 10), "Count again.")
    assert number.misses[0].feedback == "Too long."
    assert choice.sources == ("OWN",)


def test_what_cannot_be_asked_here_is_named():
    assert from_jupyterquiz(json.dumps(THEIRS), "own-mine", "Mine").left_out == (
        "question 3: a text to type cannot be asked here",
    )


def test_bringing_a_file_in_again_gives_the_same_ids():
    once, again = (from_jupyterquiz(json.dumps(THEIRS), "own-mine", "M").topic for _ in range(2))
    assert [q.id for q in once.questions] == [q.id for q in again.questions]


def test_our_own_export_comes_back_with_all_its_right_answers():
    made = exchange.to_jupyterquiz(TOPICS)
    found = from_jupyterquiz(made.text, "own-back", "Back")
    assert len(found.topic.questions) == made.count
    prompts = {question.prompt for question in found.topic.questions}
    assert plain(EVERY["stroking-free-strip"].prompt) in prompts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no file of jupyterquiz"),
        ("{}", "is no file of jupyterquiz"),
        ("[]", "holds no question"),
        ('[{"type": "essay", "question": "?"}]', "is no file of jupyterquiz: at 0"),
        ('[{"type": "string", "question": "?"}]', "question 1: a text to type"),
        ("[" * 5000, "is no file of jupyterquiz"),
        (" " * 1_000_001, "has 1,000,001 characters"),
        (json.dumps([THEIRS[0] | {"question": "x" * 2001}]), "question 1: a text has 2,001"),
        (json.dumps([THEIRS[0] | {"answers": []}]), "question 1:"),
    ],
)
def test_a_file_that_is_none_is_refused_with_the_place(text, said):
    with pytest.raises(ImportFailedError, match=re.escape(said)):
        from_jupyterquiz(text, "own-mine", "Mine")


@given(st.text(max_size=300))
@example("< A>")
@example("<\u200bA>")
def test_no_markup_survives(text):
    """After `<`, white space makes it text; `&lt;` is text as well."""
    shown = plain(text)
    assert not re.search(r"<[a-z/!?][^>]*>", shown, re.IGNORECASE) or "&" in text
    assert all(each.isprintable() for each in shown)


@given(st.sampled_from(["script", "img", "svg", "iframe", "a", "style"]), st.text(max_size=20))
def test_elements_leave_their_shown_text_at_most(tag, inner):
    shown = plain(f"before <{tag} onerror='x' href='javascript:y'>{inner}</{tag}> after")
    assert "onerror" not in shown
    assert "javascript:" not in shown
    assert shown.startswith("before")


# --- the folder of own topics --------------------------------------------------------------------


def test_own_topics_join_the_course(tmp_path):
    topic = from_jupyterquiz(json.dumps(THEIRS), "own-mine", "Mine").topic
    (tmp_path / "own-mine.json").write_text(topic.model_dump_json())
    assert own_topics(tmp_path, COURSE) == (topic,)


@pytest.mark.parametrize("text", ["", "{}", TOPICS[0].model_dump_json()])
def test_an_own_topic_that_cannot_be_used_is_left_out_with_a_warning(tmp_path, text):
    (tmp_path / "own.json").write_text(text)
    with pytest.warns(UserWarning, match="is left out"):
        assert own_topics(tmp_path, COURSE) == ()


def test_own_topics_are_no_topics_of_the_course():
    assert all(isinstance(topic, Topic) for topic in TOPICS)
    assert not any(topic.id.startswith(("own-", "made-")) for topic in TOPICS)
