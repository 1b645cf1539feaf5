"""Answers survive killed processes, concurrent writers and damaged bytes."""

import os
import random
import select
import shutil
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from massage_workbook.answers.answer import Answer
from massage_workbook.store import Progress, StoreError

from ..shipped import NOW
from ..standings import standings_of


def answer(i, at=NOW - timedelta(days=9)):
    score = (0.0, 0.5, 1.0)[i % 3]
    when = at + timedelta(minutes=i)
    return Answer(when, "stroking", f"q{i % 40}", [f"choice-{i}"], score, sure=i % 5 > 0, seconds=i)


def answering(path, told, begin):
    """Record answers and report each as saved, until the process is killed."""
    progress = Progress(path, NOW)
    for i in range(begin, begin + 100_000):
        progress.record(answer(i))
        os.write(told, f"{i}\n".encode())
        if i % 7 == 0:
            progress.standings()


def killed_while_answering(path, begin, patience):
    """The numbers reported as saved before the kill."""
    hear, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        answering(path, told, begin)
        os._exit(0)
    os.close(told)
    select.select([hear], [], [], 30)  # it has begun
    select.select([], [], [], patience)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(hear, "rb") as said:
        return [int(line) for line in said.read().decode().splitlines()]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # fork, with threads of the test runner
def test_a_kill_loses_no_saved_answer(tmp_path, rounds):
    chance, path, said = random.Random(1), tmp_path / "progress.sqlite", 0
    begin = 0
    for _ in range(rounds(short=12, long=1000)):
        saved = killed_while_answering(path, begin, chance.uniform(0, 0.03))
        said += len(saved)
        progress = Progress(path, NOW)
        assert progress.notice is None
        kept = progress.answers()[begin:]
        # The last one may be on the disk although nobody was told so any more.
        assert len(saved) <= len(kept) <= len(saved) + 1
        assert kept == [answer(begin + i) for i in range(len(kept))]
        begin += len(kept)
        if begin > 2000:
            path.unlink()
            shutil.rmtree(tmp_path / "backups")
            begin = 0
    assert said > rounds(short=12, long=1000)


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from massage_workbook.answers.answer import Answer
from massage_workbook.store import Progress, database
database._LOCK_TIMEOUT = 600  # each writes again at once, so that the other one may wait for long
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
now = datetime(2026, 11, 24, tzinfo=UTC)
progress = Progress(path, now)
for i in range(count):
    progress.record(Answer(now, name, f"{name}-{i}", [i], 1.0, True, 1.0))
    if i % 100 == 0:
        progress.standings()
"""


def test_concurrent_writers_lose_and_duplicate_nothing(tmp_path, rounds):
    count, path = rounds(short=150, long=5000), tmp_path / "progress.sqlite"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, path, name, str(count)])
        for name in ("one", "two")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    progress = Progress(path, NOW)
    questions = [each.question for each in progress.answers()]
    assert len(questions) == 2 * count
    assert set(questions) == {f"{name}-{i}" for name in ("one", "two") for i in range(count)}
    assert len(progress.standings()) == 2 * count


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A folder with 400 answers, of which yesterday's backup has 300."""
    folder = tmp_path_factory.mktemp("sound")
    path = folder / "progress.sqlite"
    progress = Progress(path, NOW - timedelta(days=2))
    for i in range(300):
        progress.record(answer(i))
    progress = Progress(path, NOW - timedelta(days=1))
    for i in range(300, 400):
        progress.record(answer(i))
    progress.standings()
    return folder


def damage(path, chance):
    """Truncate the file, or flip bits in it."""
    content = bytearray(path.read_bytes())
    if chance.random() < 0.4:
        content = content[: chance.randrange(len(content))]
    else:
        for _ in range(chance.choice((1, 1, 2, 8, 200))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def test_a_damaged_file_never_yields_a_wrong_history_silently(sound, tmp_path, rounds):
    truth = Progress(sound / "progress.sqlite", NOW - timedelta(days=1)).answers()
    chance, outcomes = random.Random(2), dict.fromkeys(("same", "back", "refused"), 0)
    for i in range(rounds(short=60, long=2000)):
        folder = tmp_path / str(i)
        shutil.copytree(sound, folder)
        path = folder / "progress.sqlite"
        damage(path, chance)
        damaged = path.read_bytes()
        outcomes[opened_after(path, damaged, truth)] += 1
        shutil.rmtree(folder)
    print(outcomes)  # noqa: T201 - pytest -s shows it
    assert outcomes["back"] > outcomes["refused"]


def opened_after(path, damaged, truth):
    try:
        progress = Progress(path, NOW)
        found, standings = progress.answers(), progress.standings()
    except StoreError as error:
        refused = str(error)
    else:
        refused = None
    if refused is not None:
        assert path.read_bytes() == damaged, "what could not be used was changed"
        return "refused"
    assert standings == standings_of(found)
    if progress.notice is None:
        assert found == truth, "a wrong history, silently"
        return "same"
    aside = [each for each in path.parent.glob("*damaged*") if each.suffix == ".sqlite"]
    assert [each.read_bytes() for each in aside] == [damaged]
    assert found[:300] == truth[:300], "the backup is not back"
    assert [each for each in truth if each in found] == found, "an answer that was never given"
    return "back"
