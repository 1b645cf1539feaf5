"""The bank as a whole: what it asks about, in how many ways, and that it gives nothing away."""

import re
from collections import Counter, defaultdict
from statistics import mean

import pytest

from massage_workbook.course.questions import DECISIONS, KINDS

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
    assert len(BANK) >= 250
    assert {question.kind for question in BANK} == KINDS.keys()
    assert sum(question.kind == "case" for question in BANK) >= 25


@pytest.mark.parametrize("item", [t for t in COURSE.techniques if t.standing == "core"])
def test_each_core_technique_is_asked_in_three_kinds(item):
    assert len(ASKED[item.id]) >= 3, f"{item.id}: {dict(ASKED[item.id])}"


@pytest.mark.parametrize(
    "item",
    [*COURSE.rules, *COURSE.contraindications, *COURSE.stop_signs, *COURSE.zones],
    ids=lambda item: item.id,
)
def test_what_keeps_people_safe_is_asked_in_two_kinds(item):
    assert len(ASKED[item.id]) >= 2, f"{item.id}: {dict(ASKED[item.id])}"


@pytest.mark.parametrize("item", COURSE.disagreements, ids=lambda item: item.id)
def test_each_disagreement_is_asked_about(item):
    assert ASKED[item.id]


def test_a_question_about_something_that_can_harm_counts_as_safety():
    harmful = {each.id for each in (*COURSE.contraindications, *COURSE.stop_signs)}
    harmful |= {rule.id for rule in COURSE.rules if rule.severity == "safety"}
    unmarked = [q.id for q in BANK if harmful & {*q.about} and not q.safety]
    assert len(unmarked) <= 0.1 * len(BANK), unmarked


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
    assert len(ranks) > 100
    assert 0.4 <= mean(ranks) <= 0.6


@pytest.mark.parametrize("topic", COURSE.topics, ids=lambda topic: topic.id)
def test_the_right_choice_is_not_always_the_longest_of_its_topic(topic):
    singles = [question for question in topic.questions if question.kind == "single"]
    longest = [
        max(question.choices, key=lambda choice: len(choice.text)).right for question in singles
    ]
    assert len(longest) < 8 or mean(longest) < 0.6


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


@every_question
def test_a_prompt_is_short(question):
    assert len(question.prompt.split()) <= 60


@every_question
def test_each_wrong_choice_has_a_feedback_of_its_own(question):
    told = [c.feedback for c in getattr(question, "choices", ()) if not c.right]
    assert all(told)
    assert len(set(told)) == len(told)


# --- what it says is what the data say -----------------------------------------------------------


def decision_of(reason):
    return {"adapt": {"adapt", "keep off"}}.get(reason.yes.leads_to, {reason.yes.leads_to})


CASES = [
    (question, reason)
    for question in BANK
    if question.kind == "case" and len(question.about) == 1
    for reason in COURSE.contraindications
    if question.about == (reason.id,)
]


@pytest.mark.parametrize(("question", "reason"), CASES, ids=lambda each: each.id)
def test_a_situation_s_answer_is_that_of_its_contraindication(question, reason):
    assert question.right in decision_of(reason)


def test_most_contraindications_have_a_situation_of_their_own():
    assert len({reason.id for _, reason in CASES}) >= 65
