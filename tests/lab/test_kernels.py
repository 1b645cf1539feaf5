"""Lessons run in the Python the workbook is installed in."""

import json
import sys

from jupyter_server.services.kernels.kernelmanager import ServerKernelManager

from massage_workbook.lab.kernels import OwnKernels, OwnPython


def test_a_kernel_of_the_learner_s_own_does_not_hide_this_python(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    for name in ("python3", "other"):
        folder = tmp_path / "kernels" / name
        folder.mkdir(parents=True)
        (folder / "kernel.json").write_text(json.dumps({"argv": ["/bin/false"]}))

    kernels = OwnPython()

    assert list(kernels.get_all_specs()) == ["python3"]
    assert kernels.get_kernel_spec("python3").argv[0] == sys.executable


def test_a_kernel_that_is_only_starting_is_left_out_of_the_list():
    kernels = OwnKernels()
    kernels._kernels["unborn"] = ServerKernelManager(kernel_name="python3")
    assert kernels.list_kernels() == []
