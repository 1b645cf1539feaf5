"""Files, folders, names and links in README, CONTRIBUTING and docs exist."""

import ast
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SHIPPED = ("data", "docs", "massage_workbook", "notebooks", "tests", ".ci")
ENDINGS = "py|js|css|csv|yaml|md|toml|ipynb|mplstyle|png"
PATH = re.compile(rf"(?!https?:|[~/.]|\w+\()[\w<>*. /-]+(/|\.({ENDINGS}))")
DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")
WORD = re.compile(r"[A-Za-z_]\w*")
OF_OTHERS = {
    "MappingKernelManager.cull_idle_timeout",
    "ipywidgets.interact",
    "jupyter_server_config.py",
    "prePuller",
    "progress.sqlite",
    "sys.modules",
    "venv",
}
"""Names of other projects."""


@cache
def files():
    found = [path for path in ROOT.iterdir() if path.is_file()]
    for folder in SHIPPED:
        found += [
            p for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts
        ]
    return "\n".join(path.relative_to(ROOT).as_posix() for path in found)


def said(page):
    """The texts in backticks of a page, outside code blocks."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.findall(r"`([^`\n]+)`", text)


def examples():
    """Example files of CONTRIBUTING.md, which test_contributing.py creates."""
    return {name for name in said(ROOT / "CONTRIBUTING.md") if re.search(r"/example[-.]", name)}


def is_there(name):
    """Whether a file or folder in the repository has this name or ending."""
    end = "" if name.endswith("/") else "$"
    pattern = re.sub(r"<\w+>", r"[^/\n]+", re.escape(name).replace(r"\*", r"[^/\n]*"))
    return re.search(f"(^|/){pattern}{end}", files(), re.MULTILINE)


@cache
def names():
    """The members of each module and class, by its name; equal names are merged."""
    found = {}
    for path in (ROOT / "massage_workbook").rglob("*.py"):
        module = path.parent.name if path.stem == "__init__" else path.stem
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name, node in [(module, tree), *((n.name, n) for n in tree.body if is_class(n))]:
            found.setdefault(name, set()).update(defined(node))
        if path.stem == "__init__":
            found[module] |= {each.stem for each in path.parent.iterdir()}
    return found


def is_class(node):
    return isinstance(node, ast.ClassDef)


def defined(node):
    for each in node.body:
        if hasattr(each, "name"):
            yield each.name
        targets = getattr(each, "targets", [getattr(each, "target", None)])
        yield from (target.id for target in targets if isinstance(target, ast.Name))
        if isinstance(each, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in each.names)


def resolves(dotted):
    return all(after in names().get(before, ()) for before, after in pairwise(dotted.split(".")))


@cache
def code():
    here = Path(__file__).relative_to(ROOT).as_posix()
    texts = [p for p in files().split("\n") if re.search(r"\.(py|js|toml|yaml)$", p) and p != here]
    return set(re.findall(r"\w+", " ".join((ROOT / path).read_text("utf-8") for path in texts)))


def missing(page):
    """The names in a page that do not exist."""
    for name in {*said(page)} - OF_OTHERS:
        if PATH.fullmatch(name):
            if not is_there(name) and name not in examples():
                yield name
        elif DOTTED.fullmatch(name):
            if not resolves(name):
                yield name
        elif WORD.fullmatch(name) and name not in code():
            yield name


each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@each_page
def test_everything_named_in_a_document_exists(page):
    assert list(missing(page)) == []


@each_page
def test_every_link_of_a_document_has_a_target(page):
    for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / unquote(link)).is_file(), link


@pytest.mark.parametrize(
    "wrong",
    [
        "massage_workbook/planing/", "quizz.js", "data/technique/<family>/<id>.yaml",
        "tests/gone.py", "Quiz._chek", "grading.grad", "nowhere.grade", "massage_workbook.planner2",
        "wibble_wobble",
    ],
)  # fmt: skip
def test_a_stale_name_is_detected(tmp_path, wrong):
    (tmp_path / "page.md").write_text(f"See `{wrong}` there.")
    assert list(missing(tmp_path / "page.md")) == [wrong]


def test_the_tour_names_a_minimum_of_code():
    tour = said(ROOT / "docs" / "tour.md")
    assert sum(bool(PATH.fullmatch(name)) for name in tour) > 10
    assert sum(bool(DOTTED.fullmatch(name)) and not PATH.fullmatch(name) for name in tour) > 20
