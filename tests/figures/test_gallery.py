"""Every picture of the course: legible, described in words, small, and written to files."""

from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from matplotlib.colors import to_hex
from matplotlib.text import Text
from PIL import Image

from massage_workbook.cli import main
from massage_workbook.figures import gallery
from massage_workbook.figures.palette import colour

from ..shipped import COURSE
from .legible import EVERY, assert_legible, assert_no_overlap, drawn

MOST_BYTES = 60_000
LARGE = {"sheet", "movement"}
"""Pictures that a phone shows larger, or with its own captions."""


def test_every_technique_and_stance_has_its_pictures():
    assert {f"stance-{each.id}" for each in COURSE.stances} <= EVERY.keys()
    for kind in ("strokes", "hand", "movement"):
        assert {f"{kind}-{each.id}" for each in COURSE.techniques} <= EVERY.keys()


@pytest.mark.parametrize("name", EVERY)
def test_a_picture_is_legible_described_and_small(name):
    drawing, kind = drawn(name), name.split("-")[0]
    (assert_no_overlap if kind in LARGE else assert_legible)(drawing)
    for text in drawing.findobj(Text):  # a page may let the paper be transparent
        assert not text.get_text() or to_hex(text.get_color()) != colour("paper")
    svg = drawing.svg()
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert len(root.get("aria-label").split()) > 10
    assert len(svg.encode()) <= MOST_BYTES or kind == "sheet"


@pytest.mark.parametrize("name", {name.split("-")[0]: name for name in EVERY}.values())
def test_the_same_picture_gives_the_same_bytes(name):
    assert EVERY[name]().svg() == drawn(name).svg()


def test_pictures_are_written_as_svg_and_png(tmp_path):
    some = dict(list(EVERY.items())[:2])
    written = list(gallery.write(some, tmp_path / "new"))
    assert len(written) == 4
    assert {path.name for path in (tmp_path / "new").iterdir()} == {path.name for path in written}
    for path in written:
        if path.suffix == ".png":
            assert Image.open(path).width > 500
        else:
            assert path.read_text(encoding="utf-8").startswith("<svg")


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    said = CliRunner().invoke(main, ["export", "pictures", str(tmp_path / "file")])
    assert said.exit_code == 1
    assert f"Cannot write into {tmp_path / 'file'}" in said.output
