"""The command that writes a practice for a phone."""

import pytest
from click.testing import CliRunner

from massage_workbook.cli import main
from massage_workbook.safety.screening import Answers
from massage_workbook.session import Plan
from massage_workbook.widgets import widget

from ..shipped import COURSE


@pytest.fixture
def export(tmp_path):
    def export(*options, code=0):
        done = CliRunner().invoke(main, ["export", "practice", str(tmp_path / "p.html"), *options])
        assert done.exit_code == code, done.output
        return done.output

    return export


@pytest.fixture(autouse=True)
def _today():
    widget.today.cache_clear()


@pytest.mark.parametrize(
    ("options", "title"),
    [((), "20 minutes"), (("--plan", "standard-30"), "30 minutes"), (("--plan", "Ours"), "Ours")],
)
def test_a_plan_is_written_by_its_name(export, tmp_path, monkeypatch, options, title):
    """What is in such a file is shown by the tests of its widget."""
    made = "massage_workbook.widgets.practice_file.practice_file"
    monkeypatch.setattr(made, lambda _, title, *__: f"<title>{title}</title>")
    widget.plans().save("Ours", Plan.of(COURSE.sessions[0], COURSE), widget.now())
    said = export(*options)
    assert f"“{title}” is in {tmp_path / 'p.html'}." in said
    assert "the page asks its questions first" in said
    assert (tmp_path / "p.html").read_text() == f"<title>{title}</title>"


def test_a_screening_of_today_that_refuses_leaves_no_file(export, tmp_path):
    replies = {each.id: "yes" for each in COURSE.contraindications if each.id == "chest-pain"}
    widget.screenings().save(Answers(replies), widget.now())
    assert "This cannot wait" in export(code=1)
    assert not (tmp_path / "p.html").exists()


def test_an_unknown_plan_is_named_with_the_nearest(export):
    assert 'Did you mean "standard-20"?' in export("--plan", "standrd-20", code=1)
