"""A picture is drawn once for an edition of the workbook, and never shown to another."""

import pytest

from massage_workbook.widgets import pictures, widget

ZONES = widget.course().zones


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    """Begin a new kernel of the same learner: it remembers nothing and counts what it draws."""
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "home"))

    def kernel(edition="this"):
        monkeypatch.setattr(pictures, "EDITION", edition)
        pictures._cache_folder.cache_clear()
        drawn = []

        @pictures.once
        def name(zone):
            drawn.append(zone.id)
            return f"<svg>{zone.name}</svg>"

        return name, drawn

    yield kernel
    pictures._cache_folder.cache_clear()


def test_what_one_kernel_drew_is_read_by_the_next(kernel):
    name, drawn = kernel()
    assert [name(zone) for zone in (*ZONES, *ZONES)] == 2 * [
        f"<svg>{zone.name}</svg>" for zone in ZONES
    ]
    assert drawn == [zone.id for zone in ZONES]

    again, drawn = kernel()
    assert [again(zone) for zone in ZONES] == [name(zone) for zone in ZONES]
    assert drawn == []


def test_something_else_of_the_same_id_has_its_own_picture(kernel):
    name, _ = kernel()
    name(ZONES[0])
    renamed = ZONES[0].model_copy(update={"name": "Elsewhere"})
    again, _ = kernel()
    assert again(renamed) == "<svg>Elsewhere</svg>"


def test_another_edition_draws_anew_and_throws_the_old_pictures_away(kernel, tmp_path):
    name, _ = kernel()
    name(ZONES[0])
    again, drawn = kernel("another")
    again(ZONES[0])
    assert drawn == [ZONES[0].id]
    assert len(list((tmp_path / "home").rglob("*.svg"))) == 1


@pytest.mark.parametrize("left", [b"", b"<svg>cut of", b"\xff</svg>"])
def test_what_is_left_of_a_picture_is_not_shown(kernel, tmp_path, left):
    name, _ = kernel()
    whole = name(ZONES[0])
    (file,) = (tmp_path / "home").rglob("*.svg")
    file.write_bytes(left)
    again, drawn = kernel()
    assert again(ZONES[0]) == whole
    assert drawn == [ZONES[0].id]
    assert file.read_text() == whole


def test_where_nothing_can_be_kept_it_is_drawn(kernel, tmp_path, full_disk):
    name, drawn = kernel()
    with full_disk():
        assert name(ZONES[0]) == f"<svg>{ZONES[0].name}</svg>"
    (tmp_path / "home" / "pictures").rename(tmp_path / "gone")
    (tmp_path / "home" / "pictures").write_text("a file in the way")
    name, drawn = kernel()
    assert name(ZONES[0]) == f"<svg>{ZONES[0].name}</svg>"
    assert drawn == [ZONES[0].id]


def test_what_draws_is_part_of_the_edition():
    assert "figures/strokes.py" in pictures.EDITION
    assert "palette.csv" in pictures.EDITION
