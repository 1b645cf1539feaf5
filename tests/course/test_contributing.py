"""The examples of CONTRIBUTING.md work as they stand there."""

import re
import subprocess
import sys
import types
from pathlib import Path

import pytest
from click.testing import CliRunner
from matplotlib.colors import to_hex
from matplotlib.text import Text

from massage_workbook import invariants
from massage_workbook.cli import main
from massage_workbook.figures import gallery, hands, palette, strokes
from massage_workbook.questions import grading
from massage_workbook.reader import read
from massage_workbook.views.technique import card

from ..shipped import COURSE
from . import test_data as of_the_data

ROOT = Path(__file__).parents[2]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"`(data/[^`\n]+)`\n\n```yaml\n(.*?)```", CONTRIBUTING, re.DOTALL))
PICTURE, ENTRY = re.findall(r"```python\n(.*?)```", CONTRIBUTING, re.DOTALL)


@pytest.fixture
def with_examples(data):
    """A copy of the course's data with the examples: a new file, or the end of one."""
    for name, text in FILES.items():
        with (data.root.parent / name).open("a", encoding="utf-8") as file:
            file.write(text)
    return data


@pytest.fixture
def course(with_examples):
    return read(with_examples.root)


@pytest.fixture
def glide(course):
    return next(each for each in course.techniques if each.id == "example-glide")


def asked(course):
    return {question.id: question for topic in course.topics for question in topic.questions}


def test_the_examples_are_a_technique_and_a_question():
    assert [name.split("/")[1] for name in FILES] == ["techniques", "questions"]
    assert all("example" in text for text in FILES.values())


def test_the_examples_stand_the_check_and_count(with_examples):
    before, after = (
        CliRunner().invoke(main, ["check", *options])
        for options in ([], ["--data", str(with_examples.root)])
    )
    assert after.exit_code == 0, after.output
    for name in ("techniques", "questions"):
        one, other = (re.search(rf"{name} +(\d+)", each.output)[1] for each in (before, after))
        assert int(other) == int(one) + 1


OF_A_TECHNIQUE = [
    test
    for test in vars(of_the_data).values()
    if getattr(test, "pytestmark", None) == [of_the_data.each_technique.mark]
]


@pytest.mark.parametrize("test", OF_A_TECHNIQUE, ids=lambda test: test.__name__)
def test_the_technique_keeps_to_what_every_technique_keeps_to(glide, test):
    test(glide)


def test_there_is_a_test_of_the_zones_among_them():
    names = {test.__name__ for test in OF_A_TECHNIQUE}
    assert "test_nothing_presses_the_spine" in names
    assert len(names) >= 5


def test_a_firmer_example_is_refused(course, glide):
    """What is tested here can fail."""
    assert invariants.contradictions(course) == []
    firm = glide.strokes[0].model_copy(update={"force": 9})
    firmer = glide.model_copy(update={"strokes": (firm, *glide.strokes[1:])})
    spoilt = course.model_copy(update={"techniques": (firmer,), "sessions": ()})
    refused = invariants.contradictions(spoilt)
    assert refused
    assert all("with force 9" in each.message for each in refused)


def test_the_technique_is_drawn_and_has_its_card(course, glide):
    assert "Example glide" in strokes.stroke_map(glide, course.zones).alt
    assert hands.hand_picture(glide).svg().startswith("<svg")
    assert card(glide, course)["title"] == "Example glide"


def test_the_question_is_graded_with_the_reason_for_each_choice(course):
    question = asked(course)["example-glide-direction"]
    for choice in question.choices:
        given = grading.grade(question, [choice.id], course)
        assert given.right == choice.right
        assert choice.right or choice.feedback in {remark.feedback for remark in given.remarks}


def test_the_tests_ask_for_what_the_text_says_they_ask_for(course, glide):
    assert glide.names.english.lower() not in {t.names.english.lower() for t in course.glossary}
    assert "its English name in `data/glossary.yaml`" in CONTRIBUTING
    assert "questions of two kinds" in CONTRIBUTING


# --- the picture ---------------------------------------------------------------------------------


@pytest.fixture
def example():
    module = types.ModuleType("massage_workbook.figures.example")
    exec(compile(PICTURE, "CONTRIBUTING.md", "exec"), module.__dict__)
    return module


def test_the_picture_is_written_through_its_entry_and_says_what_it_shows(example, tmp_path):
    entry = eval(f"{{{ENTRY}}}", {"example": example, "course": COURSE})
    written = [path.name for path in gallery.write(entry, tmp_path)]
    assert written == ["force-of-blocks.svg", "force-of-blocks.png"]
    svg = (tmp_path / "force-of-blocks.svg").read_text(encoding="utf-8")
    drawing = entry["force-of-blocks"]()
    assert len(drawing.alt.split()) > 10
    assert f'aria-label="{drawing.alt}"' in svg
    for block in COURSE.blocks:
        assert f'id="force-{block.id}"' in svg
    for text in drawing.findobj(Text):
        assert not text.get_text() or to_hex(text.get_color()) != palette.colour("paper")


def test_the_picture_keeps_the_style_of_the_code():
    ruff = Path(sys.executable).with_name("ruff")
    for check in (["check"], ["format", "--check"]):
        name = "massage_workbook/figures/example.py"
        done = subprocess.run(
            [ruff, *check, "--stdin-filename", name, "-"],
            input=PICTURE, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
