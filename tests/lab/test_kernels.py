"""Lessons run in the workbook's own Python, and the next one gets a spare kernel."""

import asyncio
import json
import os
import shutil
import signal
import sys
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from nbformat import read

from massage_workbook import paths
from massage_workbook.lab.kernels import (
    KERNEL,
    WorkbookKernelManager,
    WorkbookKernelSpecManager,
    _safe_python_path,
)

from ..shipped import furnish


def test_a_kernel_in_the_learner_s_home_does_not_hide_this_python(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    for name in ("python3", "other"):
        folder = tmp_path / "kernels" / name
        folder.mkdir(parents=True)
        (folder / "kernel.json").write_text(json.dumps({"argv": ["/bin/false"]}))

    kernels = WorkbookKernelSpecManager()

    assert list(kernels.get_all_specs()) == [KERNEL]
    manager = KernelManager(kernel_name=KERNEL, kernel_spec_manager=kernels)
    assert manager.format_kernel_cmd()[0] == sys.executable


@pytest.fixture
def kernels(monkeypatch):
    """A kernel manager that starts a spare kernel without delay."""
    found = WorkbookKernelManager(kernel_spec_manager=WorkbookKernelSpecManager(), spare_delay=0)
    monkeypatch.setattr(found, "cwd_for_path", lambda path, **_: path)
    return found


async def spare_of(kernels):
    """Wait until the spare kernel has started; return its id."""
    await kernels._spare.started
    return kernels._spare.kernel_id


async def ended(kernels):
    await kernels.shut_down_starting()
    await kernels.shutdown_all(now=True)


def test_the_next_lesson_gets_the_spare_kernel(kernels, tmp_path, run):
    async def story():
        first = await kernels.start_kernel(path=tmp_path)
        spare = await spare_of(kernels)
        listed = [each["id"] for each in kernels.list_kernels()]
        second = await kernels.start_kernel(path=tmp_path, kernel_name=KERNEL)
        told = kernels.kernel_model(second)["id"]
        await ended(kernels)
        return first, spare, listed, second, told

    first, spare, listed, second, told = run(story())
    assert listed == [first]
    assert second == told == spare


def test_only_a_kernel_without_a_page_is_ended_after_a_time(kernels, tmp_path, run):
    async def story():
        left, open_ = [await kernels.start_kernel(path=tmp_path) for _ in range(2)]
        spare = await spare_of(kernels)
        kernels.notify_connect(open_)
        for each in (left, open_, spare):
            kernel = kernels.get_kernel(each)
            kernel.execution_state = "idle"
            kernel.last_activity = datetime.now(UTC) - timedelta(
                seconds=kernels.cull_idle_timeout + 1
            )
        await kernels.cull_kernels()
        remain = {*kernels.list_kernel_ids()}
        await ended(kernels)
        return {open_, spare}, remain

    expected, remain = run(story())
    assert remain == expected


@pytest.mark.parametrize("change", ["the course", "the folder", "its end"])
def test_an_unsuitable_spare_kernel_is_not_assigned(kernels, tmp_path, monkeypatch, run, change):
    async def story():
        await kernels.start_kernel(path=tmp_path)
        spare = await spare_of(kernels)
        folder = tmp_path
        if change == "the course":
            monkeypatch.setattr("massage_workbook.lab.kernels.source_timestamps", dict)
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


def test_a_shutdown_during_a_start_waits_for_the_spare_and_kills_what_starts(
    kernels, tmp_path, run
):
    """A graceful shutdown would make a starting kernel print a traceback."""

    async def story():
        kernel_id = await kernels.start_kernel(path=tmp_path)
        process = kernels.get_kernel(kernel_id).provisioner.process
        await asyncio.sleep(0)
        await kernels.shutdown_kernel(kernel_id)
        await ended(kernels)
        return kernels.list_kernel_ids(), process.returncode

    assert run(story()) == ([], -signal.SIGKILL)


def test_a_starting_kernel_is_not_listed():
    kernels = WorkbookKernelManager()
    kernels._kernels["unborn"] = ServerKernelManager(kernel_name=KERNEL)
    assert kernels.list_kernels() == []


LEAVE_A_TRACE = "open({trace!r}, 'w').close()\n"


@contextmanager
def kernel_in(folder, specs, name=KERNEL):
    """Start a kernel in that folder; yield a function that runs code and returns its output."""
    manager = KernelManager(kernel_name=name, kernel_spec_manager=specs)
    manager.start_kernel(cwd=str(folder))
    client = manager.client()
    client.start_channels()

    def run(code):
        said = []

        def hear(message):
            if message["msg_type"] == "stream":
                said.append(message["content"]["text"])

        client.execute_interactive(code, output_hook=hear, timeout=120, allow_stdin=False)
        return "".join(said)

    try:
        client.wait_for_ready(timeout=120)
        yield run
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def code_of_the_lessons():
    """The distinct code cells of the lessons, imports first."""
    found = {
        cell.source: None
        for path in sorted(paths.notebooks().glob("*.ipynb"))
        for cell in read(path, as_version=4).cells
        if cell.cell_type == "code"
    }
    return sorted(found, key=lambda source: (not source.startswith("from"), source))


MODULES = {
    *sys.stdlib_module_names,
    *packages_distributions(),
    *("massage_workbook", "ipykernel_launcher", "sitecustomize", "usercustomize"),
} - {"__main__", "antigravity", "this"}
"""The top-level names of all modules that a kernel could import."""


@pytest.fixture
def traces(tmp_path):
    folder = tmp_path / "traces"
    folder.mkdir()
    return folder


@pytest.fixture
def foreign(traces):
    """Put a file or a package with the name of every module into a folder."""

    def foreign(folder, *, packages=False):
        for name in MODULES:
            place = folder / name / "__init__.py" if packages else folder / f"{name}.py"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(LEAVE_A_TRACE.format(trace=str(traces / name)))
        return folder

    return foreign


def foreign_lesson_folder(world, foreign, *, packages=False):
    return foreign(world / "lessons", packages=packages), {}


def foreign_packages(world, foreign):
    return foreign_lesson_folder(world, foreign, packages=True)


def foreign_profile(world, foreign):
    profile = world / "ipython" / "profile_default"
    foreign(profile / "startup")
    for name in ("ipython_config.py", "ipython_kernel_config.py", "ipykernel_config.py"):
        shutil.copy(profile / "startup" / "json.py", profile / name)
    return world, {"IPYTHONDIR": str(profile.parent), "HOME": str(world)}


def foreign_startup_file(world, foreign):
    return world, {"PYTHONSTARTUP": str(foreign(world / "startup") / "json.py")}


def foreign_kernelspec(world, foreign):
    argv = [sys.executable, str(foreign(world / "elsewhere") / "json.py"), "{connection_file}"]
    spec = world / "jupyter" / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"}))
    return world, {"JUPYTER_PATH": str(world / "jupyter")}


def foreign_import_path(world, foreign):
    """An empty PYTHONPATH entry, as in `$PYTHONPATH:/more`, is the current folder."""
    return foreign(world / "lessons"), {"PYTHONPATH": f"{os.pathsep}{os.environ['PYTHONPATH']}"}


A_FEW = ("from massage_workbook import progress, quiz", "quiz('stroking')", "progress()")
PLACES = [
    foreign_lesson_folder,
    foreign_packages,
    foreign_profile,
    foreign_startup_file,
    foreign_kernelspec,
    foreign_import_path,
]


@pytest.fixture
def world(tmp_path, monkeypatch):
    furnish(tmp_path / "home")
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    return tmp_path


@pytest.mark.parametrize("place", PLACES)
def test_no_foreign_code_runs_in_a_lesson_kernel(place, world, foreign, traces, monkeypatch):
    folder, environment = place(world, foreign)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with kernel_in(folder, WorkbookKernelSpecManager()) as run:
        for code in code_of_the_lessons() if place is foreign_lesson_folder else A_FEW:
            run(code)
        assert run("print(quiz.__module__)").strip() == "massage_workbook"
        assert run("import massage_workbook; print(massage_workbook.__file__)").strip() == str(
            paths.PACKAGE / "__init__.py"
        )
    assert [each.name for each in traces.iterdir()] == []


@pytest.mark.parametrize("place", [foreign_lesson_folder, foreign_profile, foreign_startup_file])
def test_foreign_code_runs_in_jupyter_s_own_kernel(place, world, foreign, traces, monkeypatch):
    """Shows that the test above can fail."""
    folder, environment = place(world, foreign)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PYTHONPATH")
    plain = KernelSpecManager(kernel_dirs=[])
    with suppress(RuntimeError), kernel_in(folder, plain, "python3") as run:  # it may die of them
        run("import massage_workbook")
    assert [each.name for each in traces.iterdir()] != []


places = st.sampled_from(
    ["", ".", "..", "lessons", "lessons/deep", "/lib", "/a b", "./lib", "/a$b"]
)


@given(st.lists(places, max_size=5))
def test_a_safe_python_path_is_absolute_and_outside_the_lessons(given):
    lessons = Path.cwd() / "lessons"
    found = _safe_python_path(os.pathsep.join(given), lessons).split(os.pathsep)
    wanted = [Path(each).resolve() for each in given if each and "lessons" not in each]
    assert [Path(each) for each in found if each] == wanted
    assert all(Path(each).is_absolute() for each in found if each)
