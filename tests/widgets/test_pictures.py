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


def test_a_picture_is_drawn_once_for_all_kernels(kernel):
    name, drawn = kernel()
    assert [name(zone) for zone in (*ZONES, *ZONES)] == 2 * [
        f"<svg>{zone.name}</svg>" for zone in ZONES
    ]
    assert drawn == [zone.id for zone in ZONES]

    again, drawn = kernel()
    assert [again(zone) for zone in ZONES] == [name(zone) for zone in ZONES]
    assert drawn == []


def test_a_changed_item_or_edition_is_drawn_again_and_old_pictures_are_removed(kernel, tmp_path):
    name, _ = kernel()
    name(ZONES[0])
    renamed = ZONES[0].model_copy(update={"name": "Elsewhere"})
    assert name(renamed) == "<svg>Elsewhere</svg>"
    again, drawn = kernel("another")
    again(ZONES[0])
    assert drawn == [ZONES[0].id]
    assert len(list((tmp_path / "home").rglob("*.svg"))) == 1


@pytest.mark.parametrize("left", [b"", b"<svg>cut of", b"\xff</svg>"])
def test_a_damaged_picture_is_drawn_again(kernel, tmp_path, left):
    name, _ = kernel()
    whole = name(ZONES[0])
    (file,) = (tmp_path / "home").rglob("*.svg")
    file.write_bytes(left)
    again, drawn = kernel()
    assert again(ZONES[0]) == whole
    assert drawn == [ZONES[0].id]
    assert file.read_text() == whole


def test_a_picture_that_cannot_be_saved_is_drawn(kernel, tmp_path, full_disk):
    whole = f"<svg>{ZONES[0].name}</svg>"
    with full_disk():
        assert kernel()[0](ZONES[0]) == whole
    (tmp_path / "home" / "pictures").rename(tmp_path / "gone")
    (tmp_path / "home" / "pictures").write_text("a file in the way")
    name, drawn = kernel()
    assert (name(ZONES[0]), drawn) == (whole, [ZONES[0].id])


def test_the_edition_contains_the_code_and_colours_that_draw():
    assert "figures/strokes.py" in pictures.EDITION
    assert "palette.csv" in pictures.EDITION
