"""Lessons run in the Python the workbook is installed in."""

import asyncio
import json
import sys

import pytest
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


@pytest.fixture
def kernels(monkeypatch):
    """Kernels that keep a spare at once."""
    found = OwnKernels(kernel_spec_manager=OwnPython(), rest=0)
    monkeypatch.setattr(found, "cwd_for_path", lambda path, **_: path)
    return found


async def spare_of(kernels):
    """Wait until the spare kernel is there; return its id."""
    await kernels._spare.started
    return kernels._spare.kernel_id


async def ended(kernels):
    await kernels.end_unborn()
    await kernels.shutdown_all(now=True)


def test_the_next_lesson_finds_a_kernel_that_is_ready(kernels, tmp_path, run):
    async def story():
        first = await kernels.start_kernel(path=tmp_path)
        spare = await spare_of(kernels)
        listed = [each["id"] for each in kernels.list_kernels()]
        second = await kernels.start_kernel(path=tmp_path, kernel_name="python3")
        told = kernels.kernel_model(second)["id"]
        await ended(kernels)
        return first, spare, listed, second, told

    first, spare, listed, second, told = run(story())
    assert listed == [first]
    assert second == told == spare


@pytest.mark.parametrize("change", ["the course", "the folder", "its end"])
def test_a_spare_kernel_that_does_not_serve_is_not_given_out(
    kernels, tmp_path, monkeypatch, run, change
):
    async def story():
        await kernels.start_kernel(path=tmp_path)
        spare = await spare_of(kernels)
        folder = tmp_path
        if change == "the course":
            monkeypatch.setattr("massage_workbook.lab.kernels.edition", dict)
        elif change == "the folder":
            folder = tmp_path / "another"
            folder.mkdir()
        else:
            await kernels.shutdown_kernel(spare, now=True)
        second = await kernels.start_kernel(path=folder)
        gone = spare not in kernels
        await ended(kernels)
        return spare, second, gone

    spare, second, gone = run(story())
    assert second != spare
    assert gone


def test_an_end_right_after_a_start_waits_for_the_spare(kernels, tmp_path, run):
    async def story():
        await kernels.start_kernel(path=tmp_path)
        await asyncio.sleep(0)
        await ended(kernels)
        return kernels.list_kernel_ids()

    assert run(story()) == []
