"""A practice file: its size, and that the screening may refuse it."""

import re
from datetime import UTC, datetime

import pytest

from massage_workbook.safety.screening import Answers, conclude
from massage_workbook.session import Plan
from massage_workbook.widgets.practice_file import NoPracticeError, practice_file

from ..shipped import COURSE, LONGEST

NOW = datetime(2026, 5, 1, 18, 0, tzinfo=UTC)
WELL = dict.fromkeys((each.id for each in COURSE.contraindications), "no")


def file_of(session, decision=None):
    return practice_file(COURSE, session.name, Plan.of(session, COURSE), decision, NOW)


@pytest.mark.parametrize("session", LONGEST.values(), ids=LONGEST)
def test_a_practice_is_one_small_file(session):
    text = file_of(session)
    assert len(text.encode()) <= 300_000
    assert not re.findall(r"""(?:src|href)=["'](?!#)|url\((?!#)|@import""", text)


def test_no_file_is_written_against_the_screening():
    decision = conclude(Answers(WELL | {"chest-pain": "yes"}), COURSE.contraindications)
    with pytest.raises(NoPracticeError, match=r"This cannot wait: .*Chest pain"):
        file_of(COURSE.sessions[0], decision)
