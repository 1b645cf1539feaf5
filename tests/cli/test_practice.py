"""The command that writes a practice for a phone."""

import pytest
from click.testing import CliRunner

from massage_workbook.cli import main
from massage_workbook.session import Plan
from massage_workbook.widgets import widget

from ..shipped import COURSE


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "home"))
    widget.today.cache_clear()


@pytest.fixture
def export(tmp_path):
    def export(*options, code=0):
        done = CliRunner().invoke(main, ["export", "practice", str(tmp_path / "p.html"), *options])
        assert done.exit_code == code, done.output
        return done.output

    return export


@pytest.mark.parametrize(
    ("options", "title"),
    [((), "20 minutes"), (("--plan", "standard-30"), "30 minutes"), (("--plan", "Ours"), "Ours")],
)
def test_a_plan_is_written_by_its_name(export, tmp_path, options, title):
    plan = Plan.of(COURSE.sessions[0], COURSE)
    widget.plans().save("Ours", plan, widget.now())
    assert f"“{title}” is in {tmp_path / 'p.html'}." in export(*options)
    text = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert f"<title>{title} · Massage practice</title>" in text


def test_without_a_screening_of_today_it_says_that_the_page_asks(export):
    assert "the page asks its questions first" in export()


def test_a_screening_of_today_that_refuses_leaves_no_file(export, tmp_path):
    replies = {each.id: "yes" for each in COURSE.contraindications if each.id == "chest-pain"}
    widget.screenings().save(replies, [], widget.now())
    assert "This cannot wait" in export(code=1)
    assert not (tmp_path / "p.html").exists()


def test_an_unknown_plan_is_named_with_the_nearest(export):
    assert 'Did you mean "standard-20"?' in export("--plan", "standrd-20", code=1)
