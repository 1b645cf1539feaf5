"""Each invalid course is refused, with the line of the problem."""

import csv
import re
from pathlib import Path

import pytest

from massage_workbook import invariants
from massage_workbook.invariants import reporting
from massage_workbook.reader import problems_at, read

TABLE = Path(__file__).with_name("spoilt_courses.csv")
SPOILT = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
"""One change each of a shipped `file`, from `old` to `new`. It is `refused by` the reader, by a
start of the workbook, or by the check alone, at `field` of an item of the file
`told in`, in the line that has `on`.
"""


@pytest.fixture
def refused_by(data, monkeypatch):
    """What the reader, a start or the check says; checks look at one file, which is faster."""
    items = reporting._items

    def refused_by(which, file):
        if which == "reader":
            return data.problems
        monkeypatch.setattr(
            reporting, "_items", lambda *given: (e for e in items(*given) if e[0] == file)
        )
        checks = {"start": invariants._SAFETY, "check": invariants._CONTENT}[which]
        found = reporting.run_checks(read(data.root), checks)
        return [str(each) for each in problems_at(data.root, found)]

    return refused_by


@pytest.mark.parametrize("case", SPOILT, ids=lambda case: case["what"])
def test_an_invalid_course_is_refused_with_its_line(data, refused_by, case):
    data.edit(case["file"], *(case[name].replace("\\n", "\n") for name in ("old", "new")))
    told = refused_by(case["refused by"], case["told in"])
    place = rf"(.+?):(\d+): (\d*)\.?{re.escape(case['field'])}: .*{re.escape(case['says'])}"
    found = next(filter(None, (re.match(place, each) for each in told)), None)
    assert found, told
    file, line, number = found.groups()
    lines = (data.root / file).read_text(encoding="utf-8").splitlines()
    assert file == case["told in"]
    assert case["on"] in lines[int(line) - 1]
    if number:  # of a list of items, it is in the right one
        begins = [i for i, each in enumerate(lines) if each.startswith("- ")]
        assert begins[int(number)] < int(line) <= [*begins, len(lines)][int(number) + 1]
