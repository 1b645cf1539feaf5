"""JupyterLab's settings and the installation of the extension."""

import json
import shutil

import pytest
from jupyterlab_server.settings_utils import _get_overrides as get_overrides

from massage_workbook.lab import frontend


def loaded(shelf):
    package = shelf / "massage-workbook" / "package.json"
    return json.loads(package.read_text())["jupyterlab"]["_build"]["load"]


def test_the_package_names_its_script_which_keeps_its_name(tmp_path):
    frontend.install_extension(tmp_path)
    script = tmp_path / "massage-workbook" / loaded(tmp_path)
    assert script.is_file()
    assert {"lesson.js", "lesson.css"} <= {path.name for path in script.parent.iterdir()}
    frontend.install_extension(tmp_path)
    assert script == tmp_path / "massage-workbook" / loaded(tmp_path)


def test_a_changed_extension_gets_a_new_name_and_the_old_one_is_removed(tmp_path):
    frontend.install_extension(tmp_path / "shelf")
    before = loaded(tmp_path / "shelf")
    shutil.copytree(frontend._EXTENSION, tmp_path / "source")
    (tmp_path / "source" / "lesson.css").write_text("/* new */")

    frontend.install_extension(tmp_path / "shelf", tmp_path / "source")

    assert loaded(tmp_path / "shelf") != before
    assert not (tmp_path / "shelf" / "massage-workbook" / before).exists()


def test_settings_turn_news_off(tmp_path):
    frontend.write_settings(tmp_path / "settings")
    overrides, *_ = get_overrides(str(tmp_path / "settings"))
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_a_full_disk_leaves_nothing_half_written(tmp_path, full_disk):
    for write in (frontend.write_settings, frontend.install_extension):
        with full_disk(), pytest.raises(OSError, match="File too large"):
            write(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    frontend.install_extension(tmp_path)
    frontend.write_settings(tmp_path)
