"""Export and import of a history as JSON."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.answer import Answer
from massage_workbook.store import Progress, StoreError, from_text, portable, to_text
from massage_workbook.store.portable import split_by_clock

from ..shipped import NOW

NAMES = st.text("abc-", min_size=1, max_size=8)
RESPONSES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=6)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda each: st.lists(each, max_size=4)
    | st.dictionaries(st.text(max_size=3), each, max_size=3),
    max_leaves=8,
)  # fmt: skip
ANSWERS = st.builds(
    Answer,
    at=st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    topic=NAMES,
    question=NAMES,
    response=RESPONSES,
    score=st.floats(0, 1),
    sure=st.booleans(),
    seconds=st.floats(0, 3600),
)


@given(st.lists(ANSWERS, max_size=8))
def test_an_exported_history_is_imported_unchanged(answers):
    assert from_text(to_text(answers)) == answers


def one(**changed):
    """An exported history of one answer, with changes."""
    answer = {
        "at": "2026-11-24T20:00:00+00:00",
        "topic": "t",
        "question": "q",
        "response": ["a"],
        "score": 1.0,
        "sure": True,
        "seconds": 1.0,
    }
    history = {"format": portable.FORMAT, "version": 1, "answers": [answer | changed]}
    return json.dumps(history)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Expecting value"),
        ("[]", "at the file"),
        ('{"format": "other", "version": 1, "answers": []}', "at format"),
        ('{"format": "massage-workbook progress", "version": 2, "answers": []}', "at version"),
        (to_text([]).replace("[]", "[{}]"), "at answers > 0"),
        ("[" * 100_000, "This is not exported progress: .*deep"),
        (one(response=json.loads("[" * 30 + "]" * 30)), "more than 20 deep"),
        (one(response=float("nan")), "NaN is not a finite number"),
        (one(score=float("inf")), "Infinity is not a finite number"),
        (one(at="0001-01-01T00:00:00+14:00"), "at answers > 0 > at: .*the year 1 is not"),
        (one(at="9999-12-31T23:59:59-14:00"), "at answers > 0 > at: .*the year 9999 is not"),
        (one(at="2026-11-24T20:00:00"), "at answers > 0 > at"),
        (one(question="\ud800"), "at answers > 0 > question"),
    ],
)  # fmt: skip
def test_an_invalid_file_is_refused_with_the_place_of_its_error(text, said):
    assert len(from_text(one())) == 1
    with pytest.raises(StoreError, match=said) as caught:
        from_text(text)
    assert len(str(caught.value).splitlines()) == 1


def test_an_oversized_text_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(portable, "LARGEST", 100)
    with pytest.raises(StoreError, match="characters; at most 100 are allowed"):
        from_text(to_text([]) + " " * 100)


@given(st.integers(-40, 40))
def test_answers_from_the_future_are_split_off(hours):
    answer = Answer(NOW + timedelta(hours=hours), "t", "q", [], 1.0, sure=True, seconds=1.0)
    given_, later = split_by_clock([answer], NOW)
    assert (given_, later) == (([answer], []) if hours <= 24 else ([], [answer]))


@pytest.mark.parametrize("content", [None, b"", b"rubbish" * 1000])
def test_an_invalid_backup_changes_nothing_and_a_path_that_cannot_be_written_is_reported(
    tmp_path, content
):
    progress, bad = Progress(tmp_path / "p.sqlite", NOW), tmp_path / "bad.sqlite"
    first = Answer(NOW, "t", "q1", ["a"], 1.0, sure=True, seconds=1.0)
    progress.record(first)
    if content is not None:
        bad.write_bytes(content)
    with pytest.raises(StoreError, match="Your answers are as they were"):
        progress.restore(bad, NOW)
    assert progress.answers() == [first]
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="No backup could be written"):
        progress.back_up(tmp_path / "file" / "b.sqlite")
