"""The examples of CONTRIBUTING.md work."""

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
from massage_workbook.views import question
from massage_workbook.views.technique import card

from ..shipped import COURSE

ROOT = Path(__file__).parents[2]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"`(data/[^`\n]+)`\n\n```yaml\n(.*?)```", CONTRIBUTING, re.DOTALL))
KIND, PICTURE, ENTRY = re.findall(r"```python\n(.*?)```", CONTRIBUTING, re.DOTALL)


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


def test_the_examples_pass_the_check_and_are_counted(with_examples):
    assert [re.split(r"[/.]", name)[1] for name in FILES] == ["techniques", "glossary", "questions"]
    said = CliRunner().invoke(main, ["check", "--data", str(with_examples.root)])
    assert said.exit_code == 0, said.output
    assert re.search(r"^B +\d+ of \d+", said.output, re.MULTILINE), "lines of an article"
    questions = sum(len(topic.questions) for topic in COURSE.topics)
    for name, count in (
        ("techniques", len(COURSE.techniques) + 1),
        ("glossary", len(COURSE.glossary) + 1),
        ("questions", questions + 2),
    ):
        assert int(re.search(rf"{name} +(\d+)", said.output)[1]) == count


def test_the_technique_is_drawn_and_its_question_graded_and_a_firmer_one_is_refused(course):
    (glide,) = (each for each in course.techniques if each.id == "example-glide")
    assert "Example glide" in strokes.stroke_map(glide, course.zones).alt
    assert hands.hand_picture(glide).svg().startswith("<svg")
    assert card(glide, course)["title"] == "Example glide"
    (asked,) = (
        q for topic in course.topics for q in topic.questions if q.id == "example-glide-direction"
    )
    for choice in asked.choices:
        given = grading.grade(asked, [choice.id], course)
        assert given.right == choice.right
        assert choice.right or choice.feedback in {remark.feedback for remark in given.remarks}
    firm = glide.strokes[0].model_copy(update={"force": 9})
    firmer = glide.model_copy(update={"strokes": (firm, *glide.strokes[1:])})
    refused = invariants.safety_violations(course.model_copy(update={"techniques": (firmer,)}))
    assert any("with force 9" in each.message for each in refused)


def test_the_kind_is_graded_shown_and_printed():
    module = types.ModuleType("massage_workbook.questions.example")
    exec(compile(KIND, "CONTRIBUTING.md", "exec"), module.__dict__)
    truth = module.TruthQuestion(
        kind="truth", id="example-truth", prompt="Sawing comes last.", holds=False,
        why="Stroking does.", about=["sawing"], sources=["DK"],
    )  # fmt: skip
    grades = [grading.grade(truth, response, COURSE) for response in (False, True, None)]
    assert [each.right for each in grades] == [True, False, False]
    assert {each.answer for each in grades} == {"It is not true"}
    assert question.question_view(truth, 0, COURSE)["prompt"] == truth.prompt
    assert question.print_view(truth, 1, COURSE)["right"] == "It is not true"


def test_the_picture_is_written_through_its_entry_and_described(tmp_path):
    module = types.ModuleType("massage_workbook.figures.example")
    exec(compile(PICTURE, "CONTRIBUTING.md", "exec"), module.__dict__)
    entry = eval(f"{{{ENTRY}}}", {"example": module, "course": COURSE})
    written = [path.name for path in gallery.write(entry, tmp_path)]
    assert written == ["force-of-blocks.svg", "force-of-blocks.png"]
    svg = (tmp_path / "force-of-blocks.svg").read_text(encoding="utf-8")
    drawing = entry["force-of-blocks"]()
    assert len(drawing.alt.split()) > 10
    assert f'aria-label="{drawing.alt}"' in svg
    assert all(f'id="force-{block.id}"' in svg for block in COURSE.blocks)
    for text in drawing.findobj(Text):
        assert not text.get_text() or to_hex(text.get_color()) != palette.colour("paper")


@pytest.mark.parametrize(
    ("name", "code"), [("figures/example.py", PICTURE), ("questions/example.py", KIND)]
)
def test_the_examples_keep_the_style_of_the_code(name, code):
    ruff = Path(sys.executable).with_name("ruff")
    for check in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [ruff, *check, "--stdin-filename", f"massage_workbook/{name}", "-"],
            input=code, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
