"""Imports of a corpus: questions keep their meaning, or are left out with a reason."""

import json
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook import exchange
from massage_workbook.questions.grading import grade
from massage_workbook.views.question import question_view

from ..shipped import COURSE

CORPUS = Path(__file__).with_name("corpus")
# How many questions come in, and the reason for each that does not.
EXPECTED = {
    "a/quiz.json": (1, []),
    "b/quiz.json": (1, []),
    "bom.json": (1, []),
    "utf16.json": (1, []),
    "вопросы.json": (1, []),
    "質問.json": (1, []),
    "places.json": (5, []),
    "shapes.json": (
        9,
        [
            "question 5: has no right answer",
            "question 6: needs at least 2 answers to choose from",
            "question 7: a text to type cannot be asked here",
            'question 8: its type is "essay", which jupyterquiz does not have',
            "question 9: is not a question {...}",
            'question 11: answer 1 has "correct": "True"; write true or false',
            "question 15: repeats question 1; it is asked once",
            'question 16: has "answers" twice; keep one',
            "question 18: answer 1 has ['x'] where a text belongs",
            "question 19: asks nothing: its text is empty",
            "question 20: has no list of answers",
        ],
    ),
    "numbers.json": (
        11,
        [
            "question 9: answer 1 has an empty range: from 5 to less than 3",
            'question 10: answer 1 has "Infinity" where a number belongs',
            "question 12: has no right number",
            "question 13: has no right number",
            'question 14: answer 1 has "many" where a number belongs',
            "question 16: its precision is 0.5; it is a number of digits, 1 to 17",
        ],
    ),
    "texts.json": (
        10,
        [
            "question 8: contains a picture (back.png) without a description; give it one (alt)",
            "question 9: contains a <video>, which cannot be shown here",
        ],
    ),
    "cards.json": (
        5,
        [
            "question 5: its back is empty",
            (
                "question 6: its back contains a picture (hand.png) without a description;"
                " give it one (alt)"
            ),
        ],
    ),
    "moodle.gift": (
        14,
        [
            "question 9 (line 34): has a number that counts in part, which cannot be asked here",
            (
                "question 10 (line 36): has several answers that count alone, wholly or in part,"
                " which cannot be asked here"
            ),
            (
                "question 11 (line 38): has several answers that count alone, wholly or in part,"
                " which cannot be asked here"
            ),
            "question 13 (line 47): a text to type cannot be asked here",
            "question 14 (line 49): is an essay, which cannot be graded here",
            "question 16 (line 53): is a description, which asks nothing",
            (
                "question 21 (line 63): has { without } in one block; its lines have no empty line"
                " between them"
            ),
        ],
    ),
    "aiken.txt": (
        3,
        [
            'question 4 (line 20): its answer is "D", which is not the letter of an answer',
            "question 5 (line 25): its answers are lettered A, C, not A, B, C in order",
            'question 6 (line 30): its answer is "A, B", which is not the letter of an answer',
            "question 7 (line 35): has no line ANSWER:",
        ],
    ),
    "anki.txt": (
        2,
        [
            "line 7: has a gap to fill ({{c1::...}}), which cannot be asked here",
            "line 10: has a sound, which cannot be played here",
            "line 11: its front is empty",
        ],
    ),
    "anki-semicolons.txt": (2, ["line 3: has one field; a card has a front and a back"]),
}
REFUSED = {
    "broken.json": "is not JSON: line 2, column 14: expecting ':' delimiter",
    "letter.txt": "is not a file of questions",
}


def text_of(name):
    content = (CORPUS / name).read_bytes()
    return content.decode("utf-16" if content[:2] == b"\xff\xfe" else "utf-8")


def brought(name):
    kind = "anki" if name.startswith("anki") else None
    return exchange.read(text_of(name), "own-mine", "Mine", kind=kind)


def one(name, prompt):
    return next(q for q in brought(name).topic.questions if q.prompt.startswith(prompt))


def is_right(question, response):
    return grade(question, response, COURSE).right


@pytest.mark.parametrize("name", EXPECTED)
def test_an_import_reports_the_reason_for_each_question_left_out(name):
    files = {path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*.*")}
    assert files == EXPECTED.keys() | REFUSED.keys()
    found, (count, reasons) = brought(name), EXPECTED[name]
    assert len(found.topic.questions) == count
    assert list(found.left_out) == reasons


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_without_questions_is_refused_with_a_reason(name):
    with pytest.raises(exchange.ImportFailedError, match=re.escape(REFUSED[name])):
        brought(name)


def rounded(number, digits):
    """Like JavaScript's toPrecision."""
    return float(Context(prec=digits, rounding=ROUND_HALF_UP).plus(Decimal(number)))


def judged_by_jupyterquiz(question, number):
    """The grading of jupyterquiz: the first matching answer; ranges are half open."""
    digits = question.get("precision")
    number = rounded(number, digits) if digits else number
    for answer in question["answers"]:
        if "value" in answer:
            value = float(answer["value"])
            if number == (rounded(value, digits) if digits else value):
                return answer.get("correct", False), answer.get("feedback")
        elif "range" in answer and answer["range"][0] <= number < answer["range"][1]:
            return answer["correct"], answer.get("feedback")
    return False, next((a.get("feedback") for a in question["answers"] if "range" not in a), None)


ENDS = st.floats(-20, 20).map(lambda number: round(number, 1))
ANSWERS = st.one_of(
    st.fixed_dictionaries({"value": ENDS, "correct": st.booleans()}),
    st.tuples(ENDS, ENDS, st.booleans())
    .filter(lambda each: each[0] < each[1])
    .map(lambda each: {"range": [each[0], each[1]], "correct": each[2]}),
)


@given(st.lists(ANSWERS, min_size=1, max_size=6), st.none() | st.integers(1, 4), st.data())
def test_any_number_is_graded_as_in_jupyterquiz(answers, precision, data):
    question = {"question": "How many?", "type": "numeric", "answers": answers}
    question |= {} if precision is None else {"precision": precision}
    try:
        (ours,) = exchange.read(json.dumps([question]), "own-mine", "Mine").topic.questions
    except exchange.ImportFailedError:
        return  # nothing is right, or nothing of it can be reached
    ends = [e for a in answers for e in a.get("range", [a.get("value")])]
    number = data.draw(st.sampled_from(ends) | ENDS | st.floats(-30, 30))
    assert is_right(ours, number) == judged_by_jupyterquiz(question, number)[0]


@pytest.mark.parametrize(
    ("prompt", "right", "wrong"),
    [
        ("Which stroke", [["Stroking"]], [["Percussion"]]),
        ("Long strokes", [["True"]], [["False"]]),
        ("Cold hands", [["False"]], [["True"]]),
        ("Which are soft", [["Muscle", "Fat"]], [["Muscle"], ["Muscle", "Fat", "Bone"]]),
        ("The hands _____ over", [["glide"]], [["jump"]]),
        ("Escaped: 2 = 1 + 1, {so} it ~ is#", [["a = b"]], [["a ~ b"]]),
        ("10^2 < 10^3", [["a<b"]], [["no"]]),
        ("Letters:", [["A. oil"]], [["C. both a and b"]]),
        ("How many minutes", (8, 9, 10), (7.99, 10.01, -8)),
        ("How many fingers", (1.5, 2, 2.5), (1.4, 2.6)),
        ("Two numbers", (4, 5, 6, 7), (4.5, 9, 0)),
    ],
)
def test_a_question_of_gift_is_graded_as_in_moodle(prompt, right, wrong):
    question = one("moodle.gift", prompt)
    ids = {choice.text: choice.id for choice in getattr(question, "choices", ())}
    for response in (*right, *wrong):
        given = [ids[text] for text in response] if ids else response
        assert is_right(question, given) == (response in right)


def test_pairs_of_gift_may_have_an_unused_option_and_letters_of_aiken_are_found():
    question = one("moodle.gift", "Match them")
    right = {pair.id: pair.option for pair in question.pairs}
    assert is_right(question, right)
    assert not is_right(question, {**right, "pair-1": right["pair-2"]})
    options = [each.text for each in question.options]
    assert options == ["stroking", "kneading", "percussion", "rubbing"]
    answers = [
        next(choice.text for choice in each.choices if choice.right)
        for each in brought("aiken.txt").topic.questions
    ]
    assert answers == ["Stroking", "None", "C. Both A and B"]


def test_feedback_of_right_answers_becomes_the_reason():
    assert one("shapes.json", "One is right").why == "Right: slow hands calm."
    assert one("numbers.json", "A range, and").why == "Between three and five."
    assert one("moodle.gift", "Which stroke").why == "It lets the hands be felt. Calm comes first."
    assert "gave no further reason" in one("bom.json", "Begins").why
    several = grade(one("shapes.json", "Two are right"), ["choice-1"], COURSE).remarks
    told = [each.feedback for each in several]
    assert told[:2] == ["Cold ones startle.", "Long ones scratch."]
    kept = [each.keeps_order for each in brought("places.json").topic.questions]
    assert kept == [True, True, True, True, False]


def test_right_numbers_are_shown_exactly():
    answers = [" ".join(q.solution_texts()) for q in brought("numbers.json").topic.questions]
    assert answers[:6] == [
        "2, or 8", "3 to less than 5", "3 to less than 4", "-1.5", "3.1 (rounded to 2 digits)",
        "0 to less than 10 (but not 5)",
    ]  # fmt: skip
    assert answers[6] == "12"  # what a wrong range before it holds is never right


@pytest.mark.parametrize(
    ("number", "prompt", "choices"),
    [
        (0, "Which hand?", ["Left & right", "None"]),
        (1, "Is $a<b$ and $c>d$?", ["\\(x_1\\)", "a <b> c"]),
        (2, "10^2 H_2O\non two lines", ["List<int>", "x < y && y > z"]),
        (3, "A list:\n- one\n- two", ["+", "-"]),
        (4, "1 | 2\n3 | 4", ["|", "~~gone~~ here"]),
        (5, "See this (https://example.org/a) and that (https://example.org/b).", ["yes", "no"]),
        (6, "Which hand?", ["a left hand", "a right hand"]),
        (7, "کدام دست می\u200cلغزد؟", ["دست چپ 👩\u200d⚕️", "هیچ\u200cیک"]),
        (8, "It costs $5 and not $6.", ["क्\u200dष", "क्ष"]),
    ],
)
def test_a_text_is_imported_completely(number, prompt, choices):
    question = brought("texts.json").topic.questions[number]
    assert question.prompt == prompt
    assert [choice.text for choice in question.choices] == choices


def test_changes_of_an_import_are_noted():
    exact, stops, no_number = brought("numbers.json").notes
    assert "question 8: only exactly 0.3333333 is right" in exact
    assert "question 15: its precision of 0" in stops
    assert 'question 17: "value": false is read as 0' in no_number
    texts = brought("texts.json")
    assert "question 2: formulas are shown as TeX writes them" in texts.notes
    pictures = "is not shown; its description replaces it"
    assert sum(pictures in each for each in texts.notes) == 2
    assert [question.tex for question in texts.topic.questions[:2]] == [False, True]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=3), each),
    max_leaves=6,
)


def item(**fields):
    """An object with some of these fields, valid or arbitrary."""
    some = {name: usual | VALUES for name, usual in fields.items()}
    return st.fixed_dictionaries({}, optional=some)


TEXTS = st.text(max_size=12)
NUMBERS = st.integers(-5, 5) | st.floats(-5, 5)
ITEMS = item(
    question=TEXTS,
    type=st.sampled_from(["multiple_choice", "many_choice", "numeric"]),
    code=TEXTS,
    precision=st.integers(0, 18),
    front=TEXTS,
    back=TEXTS,
    massage_workbook=item(id=TEXTS, kind=st.just("single"), prompt=TEXTS),
    answers=st.lists(
        item(
            answer=TEXTS,
            correct=st.booleans(),
            feedback=TEXTS,
            code=TEXTS,
            value=NUMBERS,
            range=st.lists(NUMBERS, min_size=2, max_size=2).map(sorted),
            type=st.sampled_from(["value", "range", "default"]),
        ),
        max_size=4,
    ),
)
SIGNS = st.text('{}~=#:%\\->.ABC\t\n"<b/>[]$& aNSWER1', max_size=200)


ANYTHING = st.one_of(
    st.tuples(st.just("jupyterquiz"), (VALUES | st.lists(ITEMS, max_size=3)).map(json.dumps)),
    st.tuples(st.sampled_from(sorted(exchange.READERS)), SIGNS | st.text(max_size=100)),
)


@settings(max_examples=2 * settings.default.max_examples)
@given(ANYTHING)
def test_anything_is_imported_or_refused(given):
    _read_or_refused(given[1], given[0])


@given(st.sampled_from(sorted(EXPECTED)), st.data())
def test_a_truncated_or_damaged_file_is_imported_or_refused(name, data):
    text = text_of(name)
    at = data.draw(st.integers(0, len(text)))
    by = data.draw(st.sampled_from(["", "}", "\n\n", "\x00", "{", '"', "=", "\t", "\ud800"]))
    for damaged in (text[:at], text[:at] + by + text[at + 1 :]):
        for kind in {None, "anki" if name.startswith("anki") else None}:
            _read_or_refused(damaged, kind)


def _read_or_refused(text, kind):
    try:
        found = exchange.read(text, "own-mine", "Mine", kind=kind)
    except exchange.ImportFailedError:
        return
    for question in found.topic.questions:
        assert question_view(question, 0, COURSE)["id"] == question.id
        assert not grade(question, None, COURSE).right
    again = type(found.topic).model_validate_json(found.topic.model_dump_json())
    assert again == found.topic
