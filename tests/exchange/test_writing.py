"""Questions for other programs, and the same questions back from them."""

import csv
import io
import json
from html.parser import HTMLParser

import pytest

from massage_workbook import exchange
from massage_workbook.questions import SingleQuestion, Topic
from massage_workbook.reader import own_topics

from ..shipped import COURSE

TOPICS = COURSE.topics
WHOLE = ["jupyterquiz", "jupytercards", "gift"]
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
    assert not any(line.startswith("#columns") for line in head)  # names are of one language
    assert "#notetype:Einfach" in head
    assert [line for line in head if line.startswith("#notetype:")][-1] == "#notetype:Basic"
    assert "#deck column:5" in head  # only a column makes a deck that is not there
    notes = [line.split("\t") for line in made.text.splitlines() if not line.startswith("#")]
    assert "#guid column:1" in head
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


def test_anki_gets_no_other_markup_than_lists_and_paragraphs():
    assert Tags(exchange.to_anki(TOPICS).text).found <= {"p", "ul", "ol", "li", "br"}


@pytest.mark.parametrize("name", ["jupyterquiz", "jupytercards"])
def test_no_text_ends_a_script_that_the_file_stands_in(name):
    assert "<" not in exchange.FORMATS[name](TOPICS).text


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


def test_what_only_looks_like_a_formula_or_a_link_is_none_in_jupyterquiz():
    topic = asked("It costs $5, not $6 [see](x).")
    (made,) = json.loads(exchange.to_jupyterquiz([topic]).text)
    assert not {"$", "["} & {*made["question"]}
    assert back("jupyterquiz", [topic]) == list(topic.questions)


@pytest.mark.parametrize("name", WHOLE)
def test_code_among_the_answers_stays_code(name):
    topic = asked("Which is indented?")
    (question,) = topic.questions
    coded = [
        each.model_copy(update={"code": f"    go({each.id!r})\n"}) for each in question.choices
    ]
    coded[0] = coded[0].model_copy(update={"text": ""})
    topic = topic.model_copy(
        update={"questions": (question.model_copy(update={"choices": tuple(coded)}),)}
    )
    assert "    go(" in exchange.FORMATS[name]([topic]).text
    assert back(name, [topic]) == list(topic.questions)


def test_aiken_says_what_it_cannot_hold_and_leaves_out_what_would_not_fit():
    made = exchange.to_aiken(TOPICS)
    assert "reasons" in made.without
    assert {EVERY[name].kind for name in EVERY.keys() - {*made.left_out}} == {"single", "case"}
    assert exchange.to_aiken([asked("Two\nlines?"), asked("ANSWER: A")]).count == 0


# --- and back ------------------------------------------------------------------------------------


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
def test_our_own_export_comes_back_whole(name):
    """With reasons, units, what is about safety, sources and ids."""
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
    ],
)
def test_any_text_of_a_teacher_comes_back(name, topic):
    assert back(name, [topic]) == list(topic.questions)


def _seen_changed(text, name):
    """The file with another prompt where other programs show it."""
    if name == "gift":
        kept, shown = text.split("\n", 1)
        return f"{kept}\n{shown.replace('warm', 'cold')}"
    (made,) = json.loads(text)
    side = "question" if name == "jupyterquiz" else "front"
    return json.dumps([made | {side: made[side].replace("warm", "cold")}])


@pytest.mark.parametrize("name", WHOLE)
def test_what_was_changed_in_the_file_counts(name):
    topic = asked("Is it warm?")
    text = exchange.FORMATS[name]([topic]).text
    again = _seen_changed(text, name)
    found = exchange.read(again, "own-back", "Back")
    (question,) = found.topic.questions
    assert question.prompt.startswith("Is it cold?")
    assert question.id != topic.questions[0].id
    assert "was changed after the workbook wrote it" in found.notes[-1]


def test_a_whole_question_that_is_no_question_of_the_course_is_not_believed():
    question = EVERY["stroking-free-strip"]
    text = exchange.to_jupyterquiz([Topic(id="t", title="T", questions=(question,))]).text
    (made,) = json.loads(text)
    made["massage_workbook"]["critical"] = not question.critical
    found = exchange.read(json.dumps([made]), "own-back", "Back", course=EVERY.values())
    assert found.topic.questions[0].id.startswith("own-back-")
    assert found.topic.questions[0].sources == ("OWN",)


@pytest.mark.parametrize("name", ["aiken", "anki", "gift", "jupytercards", "jupyterquiz"])
def test_a_text_of_ours_is_known_by_its_looks(name):
    kind = "jupyterquiz" if name == "jupytercards" else name
    assert exchange.format_of(exchange.FORMATS[name](TOPICS).text) == kind


# --- the folder of own topics --------------------------------------------------------------------


def test_own_topics_join_the_course(tmp_path):
    topic = asked("Which hand?")
    (tmp_path / "own-mine.json").write_text(topic.model_dump_json())
    assert own_topics(tmp_path, COURSE) == (topic,)


def test_questions_of_the_course_may_stand_in_an_own_topic_unchanged(tmp_path):
    same = TOPICS[0].model_copy(update={"id": "own-back"})
    (tmp_path / "own-back.json").write_text(same.model_dump_json())
    assert own_topics(tmp_path, COURSE) == (same,)
    first = same.questions[0].model_copy(update={"prompt": "Changed?"})
    other = same.model_copy(update={"questions": (first,)})
    (tmp_path / "own-back.json").write_text(other.model_dump_json())
    with pytest.warns(UserWarning, match="is left out"):
        assert own_topics(tmp_path, COURSE) == ()


@pytest.mark.parametrize("text", ["", "{}", TOPICS[0].model_dump_json()])
def test_an_own_topic_that_cannot_be_used_is_left_out_with_a_warning(tmp_path, text):
    (tmp_path / "own.json").write_text(text)
    with pytest.warns(UserWarning, match="is left out"):
        assert own_topics(tmp_path, COURSE) == ()


def test_own_topics_are_no_topics_of_the_course():
    assert all(isinstance(topic, Topic) for topic in TOPICS)
    assert not any(topic.id.startswith(("own-", "made-")) for topic in TOPICS)
