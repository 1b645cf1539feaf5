"""Modules become one script, each in a scope of its own, or it is said which line is wrong."""

import re

import pytest

from massage_workbook.widgets import bundle as bundler
from massage_workbook.widgets.bundle import BundleError, bundle


@pytest.fixture
def modules(tmp_path):
    """Write modules, by their names, and give the path of the last one."""

    def write(**texts):
        for cached in (bundler._text, bundler._exports, bundler._scope):
            cached.cache_clear()
        for name, text in texts.items():
            path = tmp_path / f"{name}.js"
            path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_module_is_included_once_and_after_its_imports(modules):
    entry = modules(
        deep="export const deep = 1;",
        left='import { deep } from "./deep.js";\nexport const left = deep;',
        right='import { deep as far } from "./deep.js";\nexport function right() { return far; }',
        entry='import { left } from "./left.js";\nimport { right } from "./right.js";\n'
        "export default left + right();",
    )
    text = bundle(entry)
    scopes = re.findall(r"^const \$\w+_(\w+) = \(\(\) => \{$", text, re.MULTILINE)
    assert scopes == ["deep", "left", "right", "entry"]
    assert not re.search(r"^import\b", text, re.MULTILINE)
    assert len(re.findall(r"^export\b", text, re.MULTILINE)) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('import { node } from "./nowhere.js";', "entry.js:2: there is no module ./nowhere.js"),
        ('import d3 from "d3";', "entry.js:2: there is no module d3"),
        (
            'import { nod } from "./known.js";',
            "entry.js:2: known.js does not export nod; it exports",
        ),
        ('import known from "./known.js";', "entry.js:2: known.js does not export default"),
        ('import * as all from "./known.js";', "entry.js:2: import * as all"),
        ('export { node } from "./known.js";', "entry.js:2: export { node }"),
        ('import "./entry.js";', "in a circle: entry.js -> entry.js"),
    ],
)
def test_an_unsupported_import_is_reported_with_its_line(modules, line, said):
    entry = modules(known="export const node = 1;", entry=f"// An entry.\n{line}\n")
    with pytest.raises(BundleError, match=re.escape(said)):
        bundle(entry)
