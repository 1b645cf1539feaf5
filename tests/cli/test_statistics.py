"""The command that shows which questions are broken."""

import csv

import pytest

from massage_workbook.answers.answer import Answer
from massage_workbook.store import Progress, to_text

from ..shipped import COURSE, NOW

QUESTION = next(q for topic in COURSE.topics for q in topic.questions if q.kind == "single")


@pytest.fixture
def run(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *files, code=0: run("statistics", *files, code=code)


def answer(score):
    return Answer(NOW, "topic", QUESTION.id, [], score, sure=True, seconds=4.0)


def test_exported_answers_and_a_learner_s_own_file_make_one_table(run, tmp_path):
    exported, own = tmp_path / "exported.json", tmp_path / "progress.sqlite"
    exported.write_text(to_text([answer(1.0)]))
    Progress(own, NOW).record(answer(0.0))
    before = own.read_bytes()
    told = run(exported, own)
    assert QUESTION.id in told
    assert told.splitlines()[-1] == "1 question is in question-statistics.csv, from 2 learners."
    (row,) = csv.DictReader((tmp_path / "question-statistics.csv").read_text().splitlines())
    assert (row["question"], row["answers"], row["facility"]) == (QUESTION.id, "2", "0.5")
    assert own.read_bytes() == before


@pytest.mark.parametrize("content", [b"no answers", b"SQLite format 3\0 and no more", None])
def test_a_file_without_answers_is_named_and_nothing_is_written(run, tmp_path, content):
    broken = tmp_path / "broken"
    if content is not None:
        broken.write_bytes(content)
    assert str(broken) in run(broken, code=1)
    assert not (tmp_path / "question-statistics.csv").exists()
