"""When questions come back."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook.answers.scheduling import after, due, next_due, rating, standing

BEGAN = datetime(2026, 1, 1, 20, tzinfo=UTC)


@dataclass
class Answer:
    at: datetime
    score: float = 1
    sure: bool = True


@st.composite
def histories(draw):
    gaps = draw(st.lists(st.integers(1, 60 * 24 * 90), min_size=1, max_size=12))
    at, made = BEGAN, []
    for minutes in gaps:
        at += timedelta(minutes=minutes)
        made.append(Answer(at, draw(st.sampled_from([0, 0.5, 1])), draw(st.booleans())))
    return made


@settings(max_examples=200)
@given(histories())
def test_it_is_what_the_package_itself_makes_of_the_answers(answers):
    scheduler = Scheduler(enable_fuzzing=False)
    card = Card(card_id=0, due=answers[0].at)
    for answer in answers:
        card, _ = scheduler.review_card(card, rating(answer), answer.at)
    assert standing(answers).card == card


def test_a_review_of_ten_thousand_histories_is_what_the_package_makes_of_them():
    chance, scheduler = random.Random(7), Scheduler(enable_fuzzing=False)
    standings, cards = {}, {}
    for i in range(10_000):
        at, name, answers = BEGAN, f"q{i}", []
        for _ in range(chance.randint(1, 8)):
            at += timedelta(minutes=chance.randint(1, 60 * 24 * 60))
            answers.append(Answer(at, chance.choice((0, 0.5, 1, 1)), chance.random() < 0.7))
        cards[name] = Card(card_id=0, due=answers[0].at)
        for answer in answers:
            cards[name], _ = scheduler.review_card(cards[name], rating(answer), answer.at)
        standings[name] = standing(answers)
    now = BEGAN + timedelta(days=200)
    ready = [name for name, card in cards.items() if card.due <= now]
    weakest = sorted(ready, key=lambda n: (scheduler.get_card_retrievability(cards[n], now), n))
    assert {name: each.card for name, each in standings.items()} == cards
    assert due(standings, now) == weakest
    assert len(weakest) > 1000


@given(histories(), st.randoms())
def test_answers_count_in_the_order_of_their_times(answers, chance):
    mixed = list(answers)
    chance.shuffle(mixed)
    assert standing(mixed) == standing(answers)


@given(histories())
def test_one_answer_more_goes_on_from_the_standing_before(answers):
    found = None
    for answer in answers:
        found = after(answer, found)
    assert found == standing(answers)
    assert found.times == len(answers)
    assert (found.at, found.right) == (answers[-1].at, answers[-1].score == 1)


@pytest.mark.parametrize(
    ("score", "sure", "expected"),
    [
        (1, True, Rating.Good),
        (1, False, Rating.Hard),
        (0.5, True, Rating.Again),
        (0, True, Rating.Again),
        (0, False, Rating.Again),
    ],
)
def test_only_a_right_answer_counts_as_remembered(score, sure, expected):
    assert rating(Answer(BEGAN, score, sure)) is expected


def test_a_question_that_was_never_answered_has_no_standing():
    with pytest.raises(ValueError, match="never answered"):
        standing([])


@given(histories())
def test_a_card_is_due_from_its_moment_on_and_not_before(answers):
    cards = {"it": standing(answers)}
    at = cards["it"].card.due
    assert due(cards, at - timedelta(microseconds=1), ()) == []
    assert due(cards, at, ()) == ["it"]
    assert next_due(cards, at - timedelta(microseconds=1)) == at
    assert next_due(cards, at) is None


@pytest.mark.parametrize("moment", ["2026-03-29T01:30", "2026-10-25T02:30", "2026-12-31T23:59"])
def test_a_change_of_clocks_or_of_the_day_moves_no_card(moment):
    """The same instant, told in any zone: due once, neither twice nor never."""
    local = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Berlin"))
    answers = [Answer(local.astimezone(UTC)), Answer(local.astimezone(UTC) + timedelta(days=2))]
    cards = {"it": standing(answers)}
    instants = [
        cards["it"].card.due + timedelta(minutes=minutes) for minutes in range(-180, 181, 30)
    ]
    found = [bool(due(cards, each.astimezone(ZoneInfo("Europe/Berlin")), ())) for each in instants]
    assert found == sorted(found)
    assert found.count(True) == 7


def test_critical_comes_first_and_then_what_is_remembered_least():
    old, new = BEGAN, BEGAN + timedelta(days=20)
    cards = {
        "fresh": standing([Answer(new)]),
        "faded": standing([Answer(old)]),
        "critical": standing([Answer(new)]),
    }
    assert due(cards, new + timedelta(days=30), {"critical"}) == ["critical", "faded", "fresh"]
