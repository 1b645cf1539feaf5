"""A lesson may run on opening only if its code just calls the workbook's functions."""

import ast
import string

from hypothesis import given
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import read

import massage_workbook
from massage_workbook import paths
from massage_workbook.lab.trust import _is_plain, may_autorun

WORDS = massage_workbook.__all__
ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""Characters that end a line for `str.splitlines`, which IPython uses, or for Python, not both."""
PLAIN = [
    "", "\n\n", "quiz()", "from massage_workbook import quiz",
    "from massage_workbook import quiz, technique\n",
    "from massage_workbook import (\n    quiz,\n    technique,\n)",
    "technique('sawing', folded=True)", 'picture(\n    "one",\n    "two",\n)', "planner(None)",
    "tempo(-1.5)", 'quiz("100% {plain} !text? # with; marks")',
]  # fmt: skip
HOSTILE = [
    # More than a word, or another than the workbook's.
    "print('x')", "open('x')", "quiz", "quiz()()", "quiz().send('x')", "quiz.__globals__",
    "quiz()[0]", "-quiz()", "(quiz())", "await quiz()", "not quiz()", "quiz() or exec('x')",
    "quiz(); exec('x')", "quiz();", "quiz()\nexec('x')", "quiz()\nquiz()", "quiz() # text",
    "quiz()\\\n", "x = quiz()", "x: quiz()", "In [1]: quiz()", ">>> quiz()", " quiz()", "\tquiz()",
    "@quiz()\ndef f(): exec('x')", "def quiz(): exec('x')", "class quiz: exec('x')", "quiz = exec",
    "lambda: quiz()", "if quiz(): exec('x')", "for quiz in exec('x'): pass",
    "with quiz(): exec('x')", "assert quiz()", "del quiz",
    # Other arguments than literals.
    "quiz(exec('x'))", "quiz(quiz())", "quiz(f\"{exec('x')}\")", "quiz(rb'x')", "quiz(u'x')",
    "quiz((x := exec('x')))", "quiz(topic := 'x')", "quiz([exec('x') for _ in 'x'])",
    "quiz(x for x in 'x')", "quiz(*open('x'))", "quiz(**{'topic': exec('x')})", "quiz(['x'])",
    "quiz({'x': 1})", "quiz('x' % exec('x'))", "quiz('x'.format(exec('x')))", "quiz('x' 'y')",
    "quiz('''x''')", 'quiz("""x""")', r"quiz('\x41')", "quiz('x\ny')", "quiz(x)", "quiz(lambda: 0)",
    "quiz(topic=exec('x'))", "quiz(1 if exec('x') else 2)", "quiz(9 ** 9 ** 9)",
    "quiz(99999999999)", "quiz(1e999)", "quiz(0x41)", "quiz(1_0)", "quiz(...)",
    # Other imports.
    "import os", "import massage_workbook", "from massage_workbook import *",
    "from massage_workbook import paths", "from massage_workbook import quiz as exec",
    "from massage_workbook import quiz, sys", "from massage_workbook import __all__",
    "from massage_workbook.cli import main", "from .massage_workbook import quiz",
    "from massage_workbook import quiz; import os", "from massage_workbook import quiz\nimport os",
    "from massage_workbook import (quiz", "from os import system as quiz",
    # What IPython makes of a line.
    "%run x.py", "%%bash\nrm x", "!rm x", "!!rm x", "quiz?", "?quiz", "quiz()?", "/quiz x",
    ",quiz x", ";quiz x", "x = !rm x", "quiz('x')\n!rm x", *(f"quiz(){end}!rm x" for end in ENDS),
    *(f"quiz()#{end}!rm x" for end in ENDS), *(f"quiz('{end}!rm x{end}')" for end in ENDS),
    # Look-alikes and what cannot be seen.
    "qu\u0456z()", "\uff51uiz()", "quiz\u200b()", "quiz('\u202e')", "quiz(\u201cx\u201d)",
    "quiz(\u0661)", "\ufeffquiz()", "quiz()\0", "# -*- coding: utf-7 -*-\nquiz()",
    # Too much of it.
    "quiz(" * 5000, f"quiz({'x' * 5000!r})", "\n" * 5000,
    # No text at all.
    None, 1, ["quiz()"], {"quiz()": 1},
]  # fmt: skip


def test_only_a_call_with_literals_and_an_import_of_the_workbook_are_plain():
    assert [source for source in PLAIN if not _is_plain(source)] == []
    assert [source for source in HOSTILE if _is_plain(source)] == []


LESSONS = sorted(paths.notebooks().glob("*.ipynb"))


def test_every_lesson_of_the_workbook_may_autorun():
    for path in LESSONS:
        cells = [cell for cell in read(path, as_version=4).cells if cell.cell_type == "code"]
        assert may_autorun(cells)
        assert not may_autorun([*cells, {"source": "import os", "outputs": []}])


def test_stored_outputs_prevent_an_autorun():
    assert may_autorun([{"source": "quiz()", "outputs": 0}])
    assert not may_autorun([{"source": "quiz()", "outputs": 1}])
    assert not may_autorun([{"source": "quiz()", "outputs": [{"output_type": "stream"}]}])
    assert not may_autorun([{}])


SCRAPS = [
    *WORDS, *(word + "()" for word in WORDS[:3]), "from ", "massage_workbook", " import ", "exec",
    "(", ")", ",", "=", "'", '"', "f'", "{", "}", "%", "%%", "!", "?", ";", ":=", "@", "#", "\\",
    "\n", "\r", "\f", " ", ".", "*", "None", "True", "1", "-", "\u2028", "\u0435", "In [1]: ",
]  # fmt: skip
literals = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-999, 999),
    st.text(sorted(set(string.printable[:95]) - set("\\\"'")), max_size=20),
)
calls = st.builds(
    lambda word, values, named: f"{word}({', '.join([*map(repr, values), *named])})",
    st.sampled_from(WORDS),
    st.lists(literals, max_size=3),
    st.lists(st.builds("{}={!r}".format, st.sampled_from(["folded", "topic"]), literals)),
)
imports = st.lists(st.sampled_from(WORDS), min_size=1).map(
    lambda names: f"from massage_workbook import {', '.join(names)}"
)
cells = calls | imports
scraps = st.tuples(st.integers(0, 99), st.sampled_from(SCRAPS), st.booleans())


@given(cells)
def test_generated_calls_with_literals_are_plain(source):
    assert _is_plain(source) or len(source) > 2000


@given(cells, st.lists(scraps, max_size=4))
def test_a_mutated_cell_is_plain_only_if_it_parses_as_a_plain_call(source, scraps):
    for where, scrap, over in scraps:
        at = min(where, len(source))
        source = source[:at] + scrap + source[at + over :]
    _check(source)


@given(st.lists(st.sampled_from(SCRAPS), max_size=12).map("".join) | st.text(max_size=20))
def test_a_cell_of_random_fragments_is_plain_only_if_it_parses_as_a_plain_call(source):
    _check(source)


def _check(source):
    if not _is_plain(source):
        return
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return  # such as a name given twice: nothing of it runs
    assert len(body) <= 1
    assert all(map(_means_what_it_says, body))
    assert TransformerManager().transform_cell(source).strip() == source.strip()


def _means_what_it_says(statement):
    """Whether it imports the workbook's functions, or calls one with literals."""
    match statement:
        case ast.ImportFrom(module="massage_workbook", level=0):
            return all(each.name in WORDS and each.asname is None for each in statement.names)
        case ast.Expr(ast.Call(ast.Name(name))) if name in WORDS:
            values = [*statement.value.args, *(each.value for each in statement.value.keywords)]
            return all(map(_is_literal, values))
    return False


def _is_literal(value):
    return isinstance(ast.literal_eval(value), str | int | float | None)
