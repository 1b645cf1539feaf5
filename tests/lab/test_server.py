"""How JupyterLab is set up."""

import socket

import pytest

from massage_workbook.lab import server


def test_the_server_answers_this_machine_only_and_asks_for_its_token(tmp_path):
    settings = server.settings(tmp_path, tmp_path, None, "secret")
    assert settings["ServerApp"]["ip"] == "127.0.0.1"
    assert settings["IdentityProvider"]["token"] == "secret"


def test_only_a_port_of_our_choosing_may_give_way_to_the_next(tmp_path):
    assert server.settings(tmp_path, tmp_path, 9000, "")["ServerApp"]["port_retries"] == 0
    assert server.settings(tmp_path, tmp_path, None, "")["ServerApp"]["port_retries"] > 0


def test_a_port_in_use_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(server.CannotStartError, match=f"Port {port} cannot be used"):
            server.check_free(port)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(server.CannotStartError, match="Cannot write to the folder"):
        server.writable(tmp_path / "file" / "lessons")


def test_a_writable_folder_is_left_empty(tmp_path):
    assert list(server.writable(tmp_path / "new").iterdir()) == []
