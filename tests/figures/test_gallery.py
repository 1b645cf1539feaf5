"""Every figure of the course, written to files."""

from functools import cache

from click.testing import CliRunner
from matplotlib.colors import to_hex
from matplotlib.text import Text
from PIL import Image

from massage_workbook.cli import main
from massage_workbook.figures import gallery
from massage_workbook.figures.palette import colour

from ..shipped import COURSE

EVERY = gallery.gallery(COURSE)


@cache
def drawn(name):
    return EVERY[name]()


def test_every_technique_has_its_pictures():
    for technique in COURSE.techniques:
        assert f"strokes-{technique.id}" in EVERY


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


def test_the_same_pictures_give_the_same_bytes(tmp_path):
    some = dict(list(EVERY.items())[:1])
    one, other = (
        [path.read_bytes() for path in gallery.write(some, tmp_path / name)] for name in "ab"
    )
    assert one == other


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
