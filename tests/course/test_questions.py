"""The bank as a whole: what it asks about, in how many ways, and that it gives nothing away."""

import re
from collections import Counter, defaultdict
from statistics import mean

import pytest

from massage_workbook.questions import KINDS
from massage_workbook.questions.case import DECISIONS

from ..shipped import COURSE

BANK = [question for topic in COURSE.topics for question in topic.questions]
CHOOSING = [question for question in BANK if question.kind in {"single", "many"}]
every_question = pytest.mark.parametrize("question", BANK, ids=lambda question: question.id)


def kinds_by_subject():
    found = defaultdict(Counter)
    for question in BANK:
        for subject in question.about:
            found[subject][question.kind] += 1
    return found


ASKED = kinds_by_subject()


def test_there_are_enough_questions_of_all_kinds():
    assert 330 <= len(BANK) <= 370
    assert {question.kind for question in BANK} == KINDS.keys()
    assert sum(question.kind == "case" for question in BANK) >= 60


@pytest.mark.parametrize(
    "item",
    [t for t in COURSE.techniques if t.standing == "core"]
    + [*COURSE.rules, *COURSE.stop_signs, *COURSE.zones],
    ids=lambda item: item.id,
)
def test_what_the_course_teaches_is_asked_in_two_kinds(item):
    assert len(ASKED[item.id]) >= 2, f"{item.id}: {dict(ASKED[item.id])}"


@pytest.mark.parametrize(
    "item", [*COURSE.contraindications, *COURSE.disagreements], ids=lambda item: item.id
)
def test_each_contraindication_and_disagreement_is_asked_about(item):
    assert ASKED[item.id]


def test_most_lines_of_the_screening_are_asked_in_two_kinds():
    lines = [each.id for each in COURSE.contraindications if each.section]
    assert mean(len(ASKED[name]) >= 2 for name in lines) > 0.6


def test_few_questions_are_critical():
    assert 30 <= sum(question.critical for question in BANK) <= 60


def test_each_emergency_is_asked_about_by_a_critical_question():
    reasons = [each for each in COURSE.contraindications if each.yes.leads_to == "emergency"]
    emergencies = {each.id for each in reasons}
    emergencies |= {sign.id for sign in COURSE.stop_signs if sign.emergency}
    assert emergencies <= {
        name for question in BANK if question.critical for name in question.about
    }


# --- no giveaway ---------------------------------------------------------------------------------


def rank(question):
    """Where the right choices stand among all by length: 0 the shortest, 1 the longest."""
    lengths = sorted(len(choice.text) for choice in question.choices)
    return mean(
        lengths.index(len(choice.text)) / (len(lengths) - 1)
        for choice in question.choices
        if choice.right
    )


def test_the_right_choice_is_neither_the_longest_nor_the_shortest_as_a_rule():
    ranks = [rank(question) for question in BANK if question.kind == "single"]
    assert len(ranks) > 80
    assert 0.4 <= mean(ranks) <= 0.6


@pytest.mark.parametrize("topic", COURSE.topics, ids=lambda topic: topic.id)
def test_the_right_choice_is_not_always_the_longest_of_its_topic(topic):
    singles = [question for question in topic.questions if question.kind == "single"]
    longest = [
        max(question.choices, key=lambda choice: len(choice.text)).right for question in singles
    ]
    assert len(longest) < 8 or mean(longest) < 0.6


def test_questions_with_several_right_choices_differ_in_how_many_are_wrong():
    wrong = Counter(
        sum(not choice.right for choice in question.choices)
        for question in BANK
        if question.kind == "many"
    )
    assert wrong[1] <= 0.5 * wrong.total()


def test_not_everything_is_always_right():
    whole = [q for q in CHOOSING if all(choice.right for choice in q.choices)]
    assert len(whole) <= 0.05 * len(CHOOSING), [q.id for q in whole]


@pytest.mark.parametrize("question", CHOOSING, ids=lambda question: question.id)
def test_no_choice_speaks_of_the_others_or_stands_twice(question):
    texts = [choice.text.lower() for choice in question.choices]
    assert len(set(texts)) == len(texts)
    assert not any(re.search(r"\b(all|none|both) of (the above|these)\b", t) for t in texts)


def test_situations_ask_for_each_decision():
    right = Counter(question.right for question in BANK if question.kind == "case")
    assert right.keys() == set(DECISIONS)
    assert max(right.values()) < 0.5 * right.total()
    assert right["go"] >= 0.1 * right.total()
    assert 0.3 <= (right["go"] + right["adapt"]) / right.total() <= 0.5


@every_question
def test_a_prompt_is_short(question):
    assert len(question.prompt.split()) <= 60


@every_question
def test_each_wrong_choice_has_a_feedback_of_its_own(question):
    told = [c.feedback for c in getattr(question, "choices", ()) if not c.right]
    assert all(told)
    assert len(set(told)) == len(told)


# --- what it says is what the data say -----------------------------------------------------------


DECIDED = {"adapt": {"adapt", "keep off"}}
CASES = [
    (question, reason)
    for question in BANK
    if question.kind == "case" and len(question.about) == 1
    for reason in COURSE.contraindications
    if question.about == (reason.id,)
]


@pytest.mark.parametrize(("question", "reason"), CASES, ids=lambda each: each.id)
def test_a_situation_s_answer_is_that_of_its_contraindication(question, reason):
    outcome = reason.yes.leads_to
    assert question.right in DECIDED.get(outcome, {outcome})


def test_many_contraindications_have_a_situation_of_their_own():
    assert len({reason.id for _, reason in CASES}) >= 45


def test_files_of_older_editions_call_what_is_critical_safety():
    question = next(each for each in BANK if each.critical)
    old = question.model_dump(exclude={"critical"}) | {"safety": True}
    assert type(question).model_validate(old) == question
