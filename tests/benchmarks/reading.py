"""How long the course takes to read and validate, and how that grows.

Run: python tests/benchmarks/reading.py [rounds]. libyaml's loader and the one in pure Python take
turns; then questions are copied under new ids until there are ten thousand.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

import yaml
from table import compare

from massage_workbook import documents, paths
from massage_workbook.reader import read

FEWER_THAN = 1000
"""Questions in a file; one of more than a megabyte is refused."""


def main(rounds):
    loaders = {"libyaml": documents._LOADER, "pure Python": yaml.SafeLoader}
    runs = {name: [] for name in loaders}
    for _ in range(rounds):
        for name, loader in loaders.items():
            documents._LOADER = loader
            runs[name].append(seconds(paths.data()))
    documents._LOADER = loaders["libyaml"]
    compare(runs, unit="s")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(shutil.copytree(paths.data(), Path(folder) / "data"))
        grown = {}
        for count in (1_000, 2_500, 5_000, 10_000):
            questions(data, count)
            grown[f"{count:,} questions"] = [seconds(data) for _ in range(3)]
    compare(grown, unit="s")


def seconds(folder):
    began = time.perf_counter()
    read(folder)
    return time.perf_counter() - began


def questions(data, count):
    """Fill files with copies of a topic's questions under new ids."""
    text = (data / "questions" / "stroking.yaml").read_text(encoding="utf-8")
    asked = yaml.load(text, documents._LOADER)["questions"]
    for number, first in enumerate(range(0, count, FEWER_THAN)):
        copies = [
            {**asked[i % len(asked)], "id": f"copy-{i}"}
            for i in range(first, min(count, first + FEWER_THAN))
        ]
        topic = {"id": f"copy-topic-{number}", "title": "Copies", "questions": copies}
        path = data / "questions" / f"{topic['id']}.yaml"
        # An alias for what is the same list would be refused.
        path.write_text(yaml.dump(topic, Dumper=Whole, allow_unicode=True), encoding="utf-8")


class Whole(yaml.SafeDumper):
    """Writes out what stands twice."""

    def ignore_aliases(self, _data):
        return True


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
