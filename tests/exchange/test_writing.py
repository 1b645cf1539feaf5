"""Exports, and their lossless import."""

import csv
import io
import json
from html.parser import HTMLParser

import pytest

from massage_workbook import exchange
from massage_workbook.questions import SingleQuestion, Topic
from massage_workbook.reader import own_topics

from ..shipped import COURSE
from .test_corpus import judged_by_jupyterquiz

TOPICS = COURSE.topics
WHOLE = ["jupyterquiz", "jupytercards", "gift"]
EVERY = {question.id: question for topic in TOPICS for question in topic.questions}


@pytest.mark.parametrize("name", exchange.FORMATS)
def test_each_question_is_exported_or_listed_as_left_out(name):
    made = exchange.FORMATS[name](TOPICS)
    assert made.count + len(made.left_out) == len(EVERY)
    assert set(made.left_out) <= EVERY.keys()
    if name != "csv":
        kind = "jupyterquiz" if name == "jupytercards" else name
        assert exchange.format_of(made.text) == kind
    if name in {"jupyterquiz", "jupytercards"}:
        assert "<" not in made.text, "safe inside a script element"


def test_the_table_has_a_row_for_each_question_without_a_picture_and_no_formula():
    made = exchange.to_csv(TOPICS)
    rows = list(csv.DictReader(io.StringIO(made.text)))
    assert len(rows) == made.count
    (row,) = (each for each in rows if each["id"] == "stroking-free-strip")
    assert row["answer"] == "Two fingers, 3 to 4 cm on each side."
    assert not any(cell.startswith(("=", "+", "-", "@")) for each in rows for cell in each.values())
    left_out = {EVERY[name].kind for name in made.left_out}
    assert (
        {"zones", "stroke", "tempo"} <= left_out <= {"zones", "stroke", "tempo", "single", "many"}
    )


def test_anki_identifies_each_note_by_its_permanent_id():
    made = exchange.to_anki(TOPICS)
    assert Tags(made.text).found <= {"p", "ul", "ol", "li", "br"}
    head = [line for line in made.text.splitlines() if line.startswith("#")]
    assert not any(line.startswith("#columns") for line in head)  # names are of one language
    assert "#notetype:Einfach" in head
    assert [line for line in head if line.startswith("#notetype:")][-1] == "#notetype:Basic"
    assert {"#guid column:1", "#deck column:5"} <= {*head}  # only a column makes a new deck
    notes = [line.split("\t") for line in made.text.splitlines() if not line.startswith("#")]
    assert {len(note) for note in notes} == {5}
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


def test_jupyterquiz_accepts_the_same_numbers_and_one_choice():
    made = json.loads(exchange.to_jupyterquiz(TOPICS).text)
    for each in made:
        if each["type"] == "multiple_choice":
            assert sum(answer["correct"] for answer in each["answers"]) == 1
    numeric = [each for each in made if each["type"] == "numeric"]
    asked = [q for q in EVERY.values() if q.kind == "number" and q.picture is None]
    assert len(numeric) == len(asked) > 5
    for theirs, ours in zip(numeric, asked, strict=True):
        low, high = ours.accepts
        for number in (0, low, (low + high) / 2, high, high + 1, low - 0.5):
            assert judged_by_jupyterquiz(theirs, number)[0] == (low <= number <= high), ours.id


def asked(prompt, *texts, code=None):
    """A topic of one question."""
    first, *others = texts or ("yes", "no")
    answers = [
        {"text": first, "right": True},
        *({"text": each, "feedback": "No."} for each in others),
    ]
    choices = [{"id": f"choice-{i}", **each} for i, each in enumerate(answers)]
    question = SingleQuestion(
        id="own-mine-1", kind="single", prompt=prompt, code=code, choices=choices, why="So it is.",
        about=["own-mine"], sources=["OWN"], basis="added", critical=True,
    )  # fmt: skip
    return Topic(id="own-mine", title="Mine", questions=(question,))


def back(name, topics, course=()):
    text = exchange.FORMATS[name](topics).text
    found = exchange.read(text, "own-back", "Back", course=course)
    assert not found.left_out
    return list(found.topic.questions)


@pytest.mark.parametrize("name", [*WHOLE, "anki"])
def test_an_export_is_imported_without_loss(name):
    """Including reasons, units, safety marks, sources and ids."""
    left_out = {*exchange.FORMATS[name](TOPICS).left_out}
    held = [question for question in EVERY.values() if question.id not in left_out]
    assert back(name, TOPICS, EVERY.values()) == held


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize(
    "topic",
    [
        asked("a < b & c > d?", "a <b> c", 'say "no"'),
        asked("What does it print?", code="for i in x:\n\tprint(i)"),
        asked("Braces {~=#} : and \\n?", "->", "="),
        asked("نوازش می\u200cکند؟ 👩\u200d⚕️"),
        asked("First line\nsecond line"),
        asked("{{c1::no gap}}"),
        asked("[html]no format", "%50%no weight", "[plain]"),
        asked("It costs $5, not $6 [see](x)."),
    ],
)
def test_any_text_survives_export_and_import(name, topic):
    assert back(name, [topic]) == list(topic.questions)
    if name == "jupyterquiz" and "$" in topic.questions[0].prompt:
        (made,) = json.loads(exchange.to_jupyterquiz([topic]).text)
        assert not {"$", "["} & {*made["question"]}, "no formula and no link"


def _seen_changed(text, name):
    """The file with an edited prompt, but the same stored question."""
    if name == "gift":
        kept, shown = text.split("\n", 1)
        return f"{kept}\n{shown.replace('warm', 'cold')}"
    (made,) = json.loads(text)
    side = "question" if name == "jupyterquiz" else "front"
    return json.dumps([made | {side: made[side].replace("warm", "cold")}])


@pytest.mark.parametrize("name", WHOLE)
def test_an_edited_export_is_imported_with_its_edits(name):
    topic = asked("Is it warm?")
    text = exchange.FORMATS[name]([topic]).text
    again = _seen_changed(text, name)
    found = exchange.read(again, "own-back", "Back")
    (question,) = found.topic.questions
    assert question.prompt.startswith("Is it cold?")
    assert question.id != topic.questions[0].id
    assert "was changed after the workbook wrote it" in found.notes[-1]


def test_aiken_leaves_out_unsuitable_questions_and_reports_lost_parts():
    made = exchange.to_aiken(TOPICS)
    assert "reasons" in made.not_exported
    assert {EVERY[name].kind for name in EVERY.keys() - {*made.left_out}} == {"single", "case"}
    assert exchange.to_aiken([asked("Two\nlines?"), asked("ANSWER: A")]).count == 0


def test_a_stored_question_that_differs_from_the_course_is_ignored():
    question = EVERY["stroking-free-strip"]
    text = exchange.to_jupyterquiz([Topic(id="t", title="T", questions=(question,))]).text
    (made,) = json.loads(text)
    made["massage_workbook"]["critical"] = not question.critical
    found = exchange.read(json.dumps([made]), "own-back", "Back", course=EVERY.values())
    (read,) = found.topic.questions
    assert read.id.startswith("own-back-")
    assert read.sources == ("OWN",)


def test_own_topics_join_the_course_and_may_repeat_its_questions_unchanged(tmp_path):
    topic = asked("Which hand?")
    (tmp_path / "own-mine.json").write_text(topic.model_dump_json())
    same = TOPICS[0].model_copy(update={"id": "own-back"})
    (tmp_path / "own-back.json").write_text(same.model_dump_json())
    assert own_topics(tmp_path, COURSE) == (same, topic)
    first = same.questions[0].model_copy(update={"prompt": "Changed?"})
    other = same.model_copy(update={"questions": (first,)})
    (tmp_path / "own-back.json").write_text(other.model_dump_json())
    with pytest.warns(UserWarning, match="is left out"):
        assert own_topics(tmp_path, COURSE) == (topic,)


@pytest.mark.parametrize("text", ["", "{}", TOPICS[0].model_dump_json()])
def test_an_invalid_own_topic_is_skipped_with_a_warning(tmp_path, text):
    (tmp_path / "own.json").write_text(text)
    with pytest.warns(UserWarning, match="is left out"):
        assert own_topics(tmp_path, COURSE) == ()
