"""On a JupyterHub: lessons that were copied, shared or pulled come alive, and answers are kept."""

import json
import os
import sqlite3
import subprocess
from contextlib import closing

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from playwright.sync_api import expect

from massage_workbook.lab import lessons
from massage_workbook.lab.kernels import KERNEL

from ..browser.conftest import SHOWN

if os.environ.get("CAMPAIGN") != "long":
    pytest.skip("a campaign", allow_module_level=True)

TRACE = "open({trace!r}, 'w').close()\n"


def notebook(*cells, kernel=KERNEL):
    made = nbformat.v4.new_notebook(cells=list(cells))
    made.metadata.kernelspec = {"name": kernel, "display_name": kernel}
    made.metadata.language_info = {"name": "python"}
    return made


def lesson(title, *code, kernel=KERNEL):
    asleep = new_markdown_cell("Asleep.", metadata={"tags": ["asleep"]})
    words = new_markdown_cell(f"# {title}")
    made = notebook(asleep, words, *map(new_code_cell, code), kernel=kernel)
    made.metadata[lessons.METADATA_KEY] = {"lesson": "99"}
    return lessons.with_edition(made)


QUIZ = "from massage_workbook import quiz", 'quiz("stroking")'


def write(made, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)
    return path


def awake(page, title):
    expect(page.locator(f"{SHOWN} h1", has_text=title)).to_be_visible()
    page.locator(f"{SHOWN}.mw-lesson[data-lesson=awake] .mw-quiz").wait_for()
    expect(page.locator(".jp-Dialog")).to_have_count(0)


def answer(page):
    """Answer the question in sight; wait until the page says that it is kept."""
    quiz = page.locator(f"{SHOWN} .mw-quiz")
    quiz.get_by_role("button", name="I don't know").click()
    expect(quiz).to_contain_text("Saved")


def answers(hub, name):
    """How many answers are in a user's home."""
    file = hub.home(name) / ".local" / "share" / "massage-workbook" / "progress.sqlite"
    with closing(sqlite3.connect(file)) as database:
        return database.execute("SELECT count(*) FROM answers").fetchone()[0]


def api(page, hub, name, path, method="GET"):
    """Ask a user's server what JupyterLab asks, with the page's cookies."""
    cookie = next(each for each in page.context.cookies() if each["name"] == "_xsrf")
    told = page.request.fetch(
        hub.url(name, path), method=method, headers={"X-XSRFToken": cookie["value"]}
    )
    assert told.ok, told.text()
    return told.text()


@pytest.fixture(scope="module")
def anna(hub, browser):
    with hub.logged_in(browser, "anna") as page:
        yield page


def test_a_lesson_copied_into_a_home_runs_and_keeps_answers(hub, anna):
    hub.give("anna", write(lesson("Copied", *QUIZ), hub.home("anna") / "massage" / "Copied.ipynb"))
    anna.goto(hub.url("anna", "doc/tree/massage/Copied.ipynb"))
    awake(anna, "Copied")
    answer(anna)
    assert answers(hub, "anna") == 1


def test_an_ordinary_notebook_does_not_run_on_opening(hub, anna):
    plain = notebook(*map(new_code_cell, QUIZ), new_markdown_cell("# Plain"))
    hub.give("anna", write(plain, hub.home("anna") / "Plain.ipynb"))
    anna.goto(hub.url("anna", "lab/tree/Plain.ipynb"))
    expect(anna.get_by_role("heading", name="Plain")).to_be_visible()
    # By then the lesson extension has looked at it: it is the same page's.
    anna.goto(hub.url("anna", "lab/tree/massage/Copied.ipynb"))
    awake(anna, "Copied")
    expect(anna.locator(".jp-NotebookPanel:not(.mw-lesson) .jp-OutputArea-child")).to_have_count(0)
    path = "lab/api/settings/@jupyterlab/apputils-extension:notification"
    settings = json.loads(api(anna, hub, "anna", path))["schema"]["properties"]
    assert settings["fetchNews"]["default"] == "false"


def test_a_read_only_lesson_opens_without_a_dialog_and_keeps_answers(hub, anna):
    if not hub.keeps_users_apart:
        pytest.skip("root may write everywhere, and the checkout is closed to other users")
    write(lesson("Shared", *QUIZ), hub.shared / "Shared.ipynb")
    hub.shared.chmod(0o555)
    (hub.shared / "Shared.ipynb").chmod(0o444)
    (hub.home("anna") / "shared").symlink_to(hub.shared)
    before, saves = answers(hub, "anna"), []
    anna.on("request", lambda asked: saves.append(asked.url) if asked.method == "PUT" else None)
    anna.goto(hub.url("anna", "lab/tree/shared/Shared.ipynb"))
    awake(anna, "Shared")
    answer(anna)
    expect(anna.locator(".jp-Dialog")).to_have_count(0)
    assert answers(hub, "anna") == before + 1
    assert not [url for url in saves if "Shared.ipynb" in url]
    assert [path.name for path in hub.shared.iterdir()] == ["Shared.ipynb"]


# --- foreign code ---------------------------------------------------------------------------------

SHADOWED = ("massage_workbook", "json", "ipykernel", "anywidget", "sitecustomize")


def test_no_foreign_code_runs_when_a_lesson_opens(hub, anna):
    folder, traces = hub.home("anna") / "foreign", hub.home("anna") / "traces"
    traces.mkdir()
    for name in SHADOWED:
        code = TRACE.format(trace=str(traces / name))
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(code)
        (folder / f"{name}.py").write_text(code)
    hostile = TRACE.format(trace=str(traces / "cell"))
    write(lesson("Hostile", *QUIZ, hostile), folder / "Hostile.ipynb")
    write(lesson("Beside", *QUIZ), folder / "Beside.ipynb")
    for each in (folder, traces):
        hub.give("anna", each)
    anna.goto(hub.url("anna", "doc/tree/foreign/Hostile.ipynb"))
    expect(anna.get_by_role("heading", name="Hostile")).to_be_visible()
    anna.goto(hub.url("anna", "doc/tree/foreign/Beside.ipynb"))
    awake(anna, "Beside")
    assert [each.name for each in traces.iterdir()] == []


def test_a_lesson_that_names_another_kernel_runs_in_the_workbook_s(hub, anna):
    made = lesson("Older", *QUIZ, kernel="python3")
    hub.give("anna", write(made, hub.home("anna") / "massage" / "Older.ipynb"))
    anna.goto(hub.url("anna", "doc/tree/massage/Older.ipynb"))
    awake(anna, "Older")
    names = [each["kernel"]["name"] for each in json.loads(api(anna, hub, "anna", "api/sessions"))
             if each["path"].endswith("Older.ipynb")]  # fmt: skip
    assert names == [KERNEL]


# --- kernels that end, and two servers on one home ----------------------------------------------


def spawn(page, hub, name, server):
    page.goto(f"{hub.address}hub/spawn/{name}/{server}")
    page.wait_for_url(lambda url: f"/user/{name}/{server}/" in url)


def test_one_click_after_a_kernel_was_culled_returns_to_the_same_question(hub, anna):
    anna.goto(hub.url("anna", "doc/tree/massage/Copied.ipynb"))
    awake(anna, "Copied")
    answer(anna)
    quiz = anna.locator(f"{SHOWN} .mw-quiz")
    quiz.get_by_role("button", name="Next").click()
    prompt = quiz.locator("legend").first
    expect(quiz).not_to_contain_text("Saved")
    asked = prompt.inner_text()
    spawn(anna, hub, "anna", "drowsy")
    anna.goto(hub.url("anna", "doc/tree/massage/Copied.ipynb", "drowsy"))
    expect(prompt).to_have_text(asked)
    drowsy = hub.home("anna") / "drowsy"
    drowsy.touch()
    wake = anna.get_by_role("button", name="Wake it")
    wake.wait_for()
    drowsy.unlink()
    wake.click()
    awake(anna, "Copied")
    expect(prompt).to_have_text(asked)
    anna.problems.clear()  # JupyterLab's own, of the kernel that has gone


def test_two_named_servers_of_one_learner_keep_all_answers(hub, browser, anna):
    before = answers(hub, "anna")
    with hub.logged_in(browser, "anna") as other:
        pages = {"one": anna, "two": other}
        for server, page in pages.items():
            spawn(page, hub, "anna", server)
            page.goto(hub.url("anna", "doc/tree/massage/Copied.ipynb", server))
        for page in pages.values():
            awake(page, "Copied")
        for page in pages.values():
            page.locator(f"{SHOWN} .mw-quiz").get_by_role("button", name="I don't know").click()
        for page in pages.values():
            expect(page.locator(f"{SHOWN} .mw-quiz")).to_contain_text("Saved")
    assert answers(hub, "anna") == before + 2


# --- nbgitpuller, and a home without shared memory ----------------------------------------------


def git(folder, *arguments):
    who = ("-c", "user.name=teacher", "-c", "user.email=teacher@localhost")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def publish(repository, made):
    write(made, repository / "Pulled.ipynb")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "Lesson")


def pull(page, hub, repository):
    course = f"repo=file://{repository}&branch=main&urlpath=doc/tree/course/Pulled.ipynb"
    page.goto(hub.url("ben", f"git-pull?{course}"))
    page.wait_for_url("**/doc/tree/course/Pulled.ipynb*")


def test_a_lesson_pulled_twice_keeps_what_the_learner_wrote(hub, browser):
    repository = hub.folder / "course"
    repository.mkdir()
    git(repository, "init", "--initial-branch=main")
    made = lesson("First edition", *QUIZ)
    publish(repository, made)
    with hub.logged_in(browser, "ben") as page:
        pull(page, hub, repository)
        awake(page, "First edition")
        answer(page)
        mine = hub.home("ben") / "course" / "Pulled.ipynb"
        own = nbformat.read(mine, as_version=4)
        own.cells.append(new_markdown_cell("My own note"))
        hub.give("ben", write(own, mine))
        made.cells[1].source = "# Second edition"
        publish(repository, made)
        pull(page, hub, repository)
        awake(page, "Second edition")
        expect(page.locator(".jp-MarkdownOutput", has_text="My own note")).to_be_visible()
    assert answers(hub, "ben") == 1


def test_a_home_without_shared_memory_keeps_answers(hub, browser):
    if "cleo" not in hub.own_environment:
        pytest.skip("needs a C compiler to take shared memory away")
    hub.give("cleo", write(lesson("Remote", *QUIZ), hub.home("cleo") / "Remote.ipynb"))
    with hub.logged_in(browser, "cleo") as page:
        page.goto(hub.url("cleo", "lab/tree/Remote.ipynb"))
        awake(page, "Remote")
        answer(page)
    assert answers(hub, "cleo") == 1


# --- the class service -------------------------------------------------------------------------


def test_a_learner_submits_with_a_click_and_only_a_teacher_reads(hub, browser, anna):
    cells = "from massage_workbook import class_export", "class_export()"
    made = lesson("Class", *cells)
    hub.give("anna", write(made, hub.home("anna") / "massage" / "Class.ipynb"))
    anna.goto(hub.url("anna", "doc/tree/massage/Class.ipynb"))
    share = anna.locator(f"{SHOWN} .mw-class-export")
    share.get_by_text("What a teacher would get").click()
    share.get_by_role("button", name="Send it to my class").click()
    expect(share).to_contain_text("rows were sent")
    [kept] = hub.submissions.glob("*.csv")
    assert "anna" not in kept.read_text()
    anna.goto(f"{hub.address}services/massage-class/")
    expect(anna.get_by_text("403")).to_be_visible()
    anna.problems.clear()  # the browser's own, of what is refused
    with hub.logged_in(browser, "tina") as page:
        page.goto(f"{hub.address}services/massage-class/")
        expect(page.get_by_text("1 of at least 5 submissions")).to_be_visible()
