"""Ids of imported questions: corrections keep recorded answers."""

import json

import pytest

from massage_workbook import exchange

QUESTION = {
    "question": "Where do the hands begin?",
    "type": "multiple_choice",
    "answers": [
        {"answer": "Low on the back", "correct": True},
        {"answer": "On the spine", "correct": False, "feedback": "Never on it"},
    ],
}
NUMBER = {
    "question": "How many?",
    "type": "numeric",
    "answers": [{"range": [8, 10], "correct": True, "feedback": "Yes"}, {"type": "default"}],
}


def id_of(question, topic="own-mine"):
    (found,) = exchange.read(json.dumps([question]), topic, "Mine").topic.questions
    return found.id


def changed(question, **how):
    again = json.loads(json.dumps(question))
    again["answers"][0].update(how)
    return again


@pytest.mark.parametrize("question", [QUESTION, NUMBER])
def test_edited_feedback_keeps_the_id(question):
    assert id_of(changed(question, feedback="Said otherwise.")) == id_of(question)
    assert id_of(question, "own-other") != id_of(question)


@pytest.mark.parametrize(
    "other",
    [
        QUESTION | {"question": "Where do they end?"},
        QUESTION | {"code": "x = 1"},
        QUESTION | {"type": "many_choice"},
        changed(QUESTION, answer="High on the back"),
        QUESTION | {"answers": [a | {"correct": not a["correct"]} for a in QUESTION["answers"]]},
    ],
)
def test_an_edited_prompt_or_answer_changes_the_id(other):
    assert id_of(other) != id_of(QUESTION)


def test_cards_with_the_same_front_and_different_backs_have_two_ids():
    cards = [{"front": "petrissage", "back": back} for back in ("kneading", "lifting")]
    one, two = exchange.read(json.dumps(cards), "own-mine", "Mine").topic.questions
    assert one.id == id_of(cards[0])
    assert two.id != one.id


def test_a_new_version_of_a_topic_keeps_known_ids():
    found = exchange.read(json.dumps([QUESTION, NUMBER]), "own-mine", "Mine")
    old = found.topic.questions[0].model_copy(update={"id": "own-own-mine-0123"})
    before = found.topic.model_copy(update={"questions": (old,)})
    kept = exchange.with_known_ids(found, before).topic.questions
    assert [each.id for each in kept] == ["own-own-mine-0123", found.topic.questions[1].id]


def test_file_names_give_distinct_and_readable_topic_ids():
    readable = {"quiz": "own-quiz", "My class": "own-my-class", "Kapitel 1": "own-kapitel-1"}
    assert {stem: exchange.topic_id(stem) for stem in readable} == readable
    stems = ["вопросы", "質問", "问题", "café", "cafe", "…", "?!"]
    assert len({exchange.topic_id(stem) for stem in stems}) == len(stems)
    assert exchange.topic_id("caf\u00e9") == exchange.topic_id("cafe\u0301")
