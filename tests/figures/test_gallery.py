"""Every figure of the course, written to files."""

import pytest
from click.testing import CliRunner
from matplotlib.colors import to_hex
from matplotlib.text import Text
from PIL import Image

from massage_workbook.cli import main
from massage_workbook.figures import gallery
from massage_workbook.figures.palette import colour

from ..shipped import COURSE
from .legible import EVERY, drawn


def test_every_technique_and_stance_has_its_pictures():
    assert {f"stance-{each.id}" for each in COURSE.stances} <= EVERY.keys()
    for kind in ("strokes", "hand", "movement"):
        assert {f"{kind}-{each.id}" for each in COURSE.techniques} <= EVERY.keys()


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


@pytest.mark.parametrize("name", {name.split("-")[0]: name for name in EVERY}.values())
def test_the_same_picture_gives_the_same_bytes(name):
    assert EVERY[name]().svg() == drawn(name).svg()


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    said = CliRunner().invoke(main, ["export", "pictures", str(tmp_path / "file")])
    assert said.exit_code == 1
    assert f"Cannot write into {tmp_path / 'file'}" in said.output


def test_every_picture_says_what_it_shows():
    for name in EVERY:
        assert len(drawn(name).alt.split()) > 10


def test_no_words_have_the_colour_of_the_paper():
    """A page may let the paper be transparent, and with it everything of its colour."""
    for name in EVERY:
        for text in drawn(name).findobj(Text):
            assert not text.get_text() or to_hex(text.get_color()) != colour("paper")
