"""A lesson in JupyterLab: it runs on opening, hides its code, and keeps its keys to itself."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
from itertools import pairwise
from urllib.parse import quote

import pytest
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from playwright.sync_api import expect

from massage_workbook.lab import lessons
from massage_workbook.lab.api import MAY_AUTORUN

from .conftest import (
    SHOWN,
    new_page,
    open_in_page,
    opened,
    run_by_hand,
    wait_until,
    watched,
)

ASLEEP = new_markdown_cell(
    "This lesson is asleep: click Run, then Run All Cells.", metadata={"tags": ["asleep"]}
)
WIDGETS = """\
import ipywidgets
ipywidgets.VBox([
    ipywidgets.Button(description="Press"),
    ipywidgets.IntSlider(value=50),
    ipywidgets.RadioButtons(options=["one", "two", "three"]),
    ipywidgets.Text(),
])"""
SHADOW = '''\
import anywidget
class Shadow(anywidget.AnyWidget):
    _esm = """
    export default {
      initialize: () => new Promise((resolve) => setTimeout(resolve, 2500)),
      render({ el }) {
        const root = el.attachShadow({ mode: "open" });
        const input = document.createElement("input");
        input.type = "range";
        root.append(input);
      },
    }
    """
Shadow()'''
"""A widget of somebody else, which needs longer than the two seconds that anywidget gives it."""
STORED = "export default { initialize() { window.fromTheFile = true }, render() {} }"
NAMES = {
    f"_{kind}_{what}": f"Any{kind.title()}" if what == "name" else value
    for kind in ("model", "view")
    for what, value in (("module", "anywidget"), ("name", ""), ("module_version", "~0.11.*"))
}
MODEL = {
    "model_module": "anywidget",
    "model_module_version": "~0.11.*",
    "model_name": "AnyModel",
    "state": {"_esm": STORED, "_anywidget_id": "foreign", "layout": None} | NAMES,
}
STATE = {
    "application/vnd.jupyter.widget-state+json": {
        "state": {"ab": MODEL},
        "version_major": 2,
        "version_minor": 0,
    }
}
text = new_markdown_cell


def code(source):
    return new_code_cell(source, metadata={"jupyter": {"source_hidden": True}})


ASKS = re.compile(MAY_AUTORUN)
"""The request before a page runs a lesson."""
IMPORT = code("from massage_workbook import quiz")
QUIZ = IMPORT, code("quiz('stroking')")
PARAGRAPHS = [text("# Top"), *(text(f"Paragraph {number}") for number in range(40))]


def saves(response):
    return response.request.method == "PUT" and "/api/contents/" in response.url


def expect_asleep(page):
    """A lesson says that it sleeps; its text can be read all the same."""
    lesson = page.locator(f"{SHOWN}[data-lesson=asleep]")
    expect(lesson.get_by_role("heading", name="Top")).to_be_visible()
    expect(lesson.locator(".jp-MarkdownOutput", has_text="Paragraph 39")).to_be_visible()


def wake(page, *dialogs):
    """Answer JupyterLab's dialogs in order, and wake the lesson."""
    for name in dialogs:
        page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()
    page.get_by_role("button", name="Wake it").click()


# --- openings ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tab(browser, workbook):
    with new_page(browser, workbook) as page:
        yield page


@pytest.fixture
def page(tab):
    """JupyterLab in one page for all tests of this file, each of which opens lessons of its own."""
    yield tab
    problems, tab.problems = tab.problems, []
    assert problems == [], "\n".join(problems)


@pytest.fixture
def open_lesson(page, workbook):
    """Open a lesson of the learner's folder by its file name; return what is shown of it."""

    def open_lesson(name):
        if page.url == "about:blank":
            page.goto(workbook.address_of(name))
        else:
            open_in_page(page, name)
        expect(page).to_have_url(workbook.address_of(name))
        page.locator(f"{SHOWN} .jp-Cell >> visible=true").first.wait_for()
        return page.locator(SHOWN)

    return open_lesson


def test_a_lesson_runs_on_every_opening_without_a_click(workbook, open_lesson, page):
    # An earlier edition named Python's own kernel, which this JupyterLab does not offer.
    cells = ASLEEP, *PARAGRAPHS[:1], *QUIZ, *PARAGRAPHS[1:]
    name = workbook.write_lesson("Words.ipynb", *cells, kernel="python3")
    quiz = open_lesson(name).locator(".mw-quiz")
    quiz.wait_for()
    expect(page.locator("text=This lesson is asleep >> visible=true")).to_have_count(0)
    quiz.locator("input").first.check()
    with page.expect_response(saves):
        page.reload()
        quiz.wait_for()
    expect(page.get_by_role("heading", name="Top")).to_be_in_viewport()
    assert [path for path, _ in workbook.kernel_states()].count(name) == 1
    saved = lessons.read(workbook.folder / name)
    assert [cell.outputs for cell in saved.cells if cell.cell_type == "code"] == [[], []]
    assert "widgets" not in saved.metadata  # what was answered is no part of a lesson
    assert lessons.is_unchanged(saved)


def test_a_lesson_whose_kernel_does_not_start_can_be_read_and_woken(workbook, open_lesson, page):
    page.route("**/api/sessions*", lambda route: route.fulfill(status=500, json={"message": "no"}))
    lesson = open_lesson(workbook.write_lesson("Refused.ipynb", ASLEEP, *PARAGRAPHS, *QUIZ))
    expect_asleep(page)
    page.unroute_all()
    wake(page, "Ok", "No Kernel")
    lesson.locator(".mw-quiz").wait_for()
    page.problems.clear()  # the server's refusal, which the browser reports


def test_a_lesson_left_early_finishes_before_it_is_closed(workbook, open_lesson, page):
    quizzes = [code(f"quiz({topic!r})") for topic in ("stroking", "zones", "rules", "reasons") * 3]
    names = [f"Hurried {number}.ipynb" for number in range(4)]
    for name, after in pairwise([*names, names[0]]):
        link = text(f"[Go on]({quote(after)})")
        workbook.write_lesson(name, link, IMPORT, *quizzes)
        del quizzes[1:]  # the lesson that is left has more to do than the others
    replies = []

    def count(socket):
        def received(frame):
            data = frame if isinstance(frame, bytes) else frame.encode()
            if b'"execute_reply"' in data:
                replies.append(socket.url)

        socket.on("framereceived", received)

    def kernels():
        return {each["path"]: each["kernel"]["id"] for each in workbook.ask("api/sessions")}

    page.on("websocket", count)
    open_lesson(names[0])
    kernel = wait_until(lambda: kernels().get(names[0]))
    for name in names[1:]:
        page.locator(f"{SHOWN} a", has_text="Go on").click()
        expect(page).to_have_url(workbook.address_of(name))
    page.locator(f"{SHOWN}[data-lesson=awake]").wait_for()
    wait_until(lambda: names[0] not in kernels())
    page.evaluate("0")  # Playwright tells what it has received only while it is asked
    assert sum(kernel in url for url in replies) == 1 + 12
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_lesson_opened_again_while_it_is_closed_runs_again(workbook, open_lesson, page):
    names, held = [f"Left {number}.ipynb" for number in range(4)], []

    def kernel_of(name):
        paths = {each["path"]: each["kernel"]["id"] for each in workbook.ask("api/sessions")}
        return paths.get(name)

    def hold(route):
        held.append(route) if route.request.method == "DELETE" else route.continue_()

    page.route("**/api/sessions/*", hold)
    for name in names:
        open_lesson(workbook.write_lesson(name, ASLEEP, *QUIZ)).locator(".mw-quiz").wait_for()
    before = kernel_of(names[0])
    wait_until(lambda: page.evaluate("1") and held)  # Playwright tells what it received if asked
    open_lesson(names[0])
    for route in held:
        route.continue_()
    page.unroute("**/api/sessions/*")
    wait_until(lambda: kernel_of(names[0]) not in (None, before))
    page.locator(f"{SHOWN}[data-lesson=awake] .mw-quiz").wait_for()
    expect(page).to_have_url(workbook.address_of(names[0]))


def test_a_tagged_section_is_folded_until_it_is_opened(open_lesson, page, workbook):
    below = [text(each) for each in ("First.", "### Second", "## Third")]
    folded = text("## More", metadata={"tags": ["folded"]})
    lesson = open_lesson(workbook.write_lesson("folded.ipynb", ASLEEP, folded, *below))

    def expect_shown(*, whole):
        for words, shown in (("First.", whole), ("Second", whole), ("More", True), ("Third", True)):
            cell = lesson.locator(".jp-MarkdownOutput", has_text=words)
            expect(cell).to_be_visible(visible=shown)

    opener = page.get_by_role("button", name="Open this part: More", expanded=False)
    expect(opener).to_be_visible()
    expect_shown(whole=False)
    opener.press("Enter")
    expect_shown(whole=True)
    page.get_by_role("button", name="Fold this part up: More", expanded=True).press("Enter")
    expect_shown(whole=False)
    page.emulate_media(media="print")
    expect_shown(whole=True)
    page.emulate_media(media="screen")


# --- a lesson with code of its own --------------------------------------------------------------


@pytest.mark.parametrize("sent", [{"cells": ["quiz()"]}, {}, []])
def test_a_request_to_autorun_that_is_no_lesson_is_refused(workbook, sent):
    with pytest.raises(urllib.error.HTTPError, match="400"):
        workbook.ask(MAY_AUTORUN, "POST", json.dumps(sent).encode())


def test_the_autorun_endpoint_needs_a_token(workbook):
    with pytest.raises(urllib.error.HTTPError, match="403"):
        workbook.ask(MAY_AUTORUN, "POST", b'{"cells": []}', token="")


def test_a_lesson_with_stored_outputs_or_widgets_shows_and_runs_nothing(
    workbook, open_lesson, page
):
    """Stored outputs were not made here, and stored widgets have their own scripts."""
    workbook.write_lesson("Stored.ipynb", ASLEEP, text("# Top"), *QUIZ)
    stored = lessons.read(workbook.folder / "Stored.ipynb")
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "ab", "version_major": 2}}
    stored.cells[-1].outputs = [new_output("display_data", view)]
    stored.metadata["widgets"] = STATE
    lessons.write(stored, workbook.folder / "Stored.ipynb")
    with page.expect_response(ASKS) as asked:
        lesson = open_lesson("Stored.ipynb")
    assert asked.value.json() == {"may_autorun": False}
    workbook.wait_for_kernel_of("Stored.ipynb")
    expect(lesson.and_(page.locator(".mw-lesson"))).to_have_count(0)
    expect(lesson.locator(".mw-quiz")).to_have_count(0)
    assert page.evaluate("window.fromTheFile") is None

    run_by_hand(page, workbook, "Stored.ipynb")
    lesson.locator(".mw-quiz").wait_for()
    assert page.evaluate("window.fromTheFile") is None


FOREIGN = "Foreign.ipynb"


def test_a_foreign_lesson_runs_only_by_hand_even_trusted_by_jupyter_or_saved(
    workbook, open_lesson, page
):
    button = code("import ipywidgets\nipywidgets.Button(description='Press')")
    workbook.write_lesson(FOREIGN, ASLEEP, text("# Foreign"), button)
    asleep = page.locator("text=This lesson is asleep >> visible=true")

    def expect_not_run(open_it):
        with page.expect_response(ASKS):
            open_it()
        workbook.wait_for_kernel_of(FOREIGN)
        expect(asleep).to_have_count(1)
        for shown in (".mw-lesson", " .jp-OutputArea-child", " button:text-is('Press')"):
            expect(page.locator(f"{SHOWN}{shown}")).to_have_count(0)

    expect_not_run(lambda: open_lesson(FOREIGN))
    notary = NotebookNotary(data_dir=str(workbook.jupyter_data))
    notary.sign(lessons.read(workbook.folder / FOREIGN))
    expect_not_run(page.reload)
    page.get_by_role("heading", name="Foreign").dblclick()
    page.locator(".jp-MarkdownCell .cm-content >> visible=true").fill("# My note")
    with page.expect_response(saves):
        page.keyboard.press("Control+s")
    expect_not_run(page.reload)
    expect(page.get_by_role("heading", name="My note")).to_be_visible()
    run_by_hand(page, workbook, FOREIGN)
    expect(page.locator(f"{SHOWN} button:text-is('Press')")).to_be_visible()
    expect(asleep).to_have_count(0)


def test_a_lesson_with_added_code_does_not_run_when_restarted(workbook, open_lesson, page):
    lesson = open_lesson(workbook.write_lesson("Grown.ipynb", ASLEEP, text("# Top"), *QUIZ))
    lesson.locator(".mw-quiz").wait_for()
    page.get_by_role("button", name="Show code").click()
    lesson.locator(".jp-CodeCell .cm-content").last.fill("open('grown', 'w')")
    os.kill(workbook.kernel_of("Grown.ipynb"), signal.SIGKILL)
    wake(page, "Ok")
    expect(lesson.locator(".mw-if-changed")).to_be_visible()
    assert not (workbook.folder / "grown").exists()
    page.problems.clear()  # JupyterLab's own, of the kernel that has gone


# --- a lesson with one of each kind of widget -------------------------------------------------

NAME = "One of each.ipynb"


@pytest.fixture(scope="module")
def lesson(browser, workbook):
    """An open lesson, shared by tests that restore its state."""
    cells = PARAGRAPHS[0], code(WIDGETS), code(SHADOW), *QUIZ, *PARAGRAPHS[1:]
    workbook.write_lesson(NAME, ASLEEP, *cells)
    with opened(browser, workbook, NAME) as page:
        expect_whole(page)
        yield page


def expect_whole(page):
    for widget in ("button:text-is('Press')", "input[type=range]", ".mw-quiz"):
        expect(page.locator(widget)).to_be_visible()


def test_code_toolbars_and_prompts_are_hidden_until_code_is_requested(lesson):
    editor = lesson.locator(".cm-content", has_text="ipywidgets.Button")
    for name, shown in ((None, False), ("Show code", True), ("Hide code", False)):
        if name:
            lesson.get_by_role("button", name=name).click()
        expect(editor).to_be_visible(visible=shown)
        expect(lesson.locator(".jp-NotebookPanel-toolbar")).to_be_visible(visible=shown)
    for noise in (".jp-InputPrompt", ".jp-OutputPrompt", ".jp-Placeholder", ".jp-SideBar"):
        expect(lesson.locator(noise).locator("visible=true")).to_have_count(0)


CONTROLS = {
    "button": "button:text-is('Press')",
    "slider": ".noUi-handle",
    "radio": ".widget-radio input",
    "text": ".widget-text input",
    "shadow": "input[type=range]",
}
KEYS = ["b", "a", "x", "m", "y", "d", "d", "z", "Enter", "Shift+Enter", "Control+Enter"]


@pytest.mark.parametrize("control", CONTROLS)
def test_keys_in_a_widget_stay_in_the_widget(lesson, control):
    cells = [lesson.locator(kind) for kind in (".jp-Cell", ".jp-CodeCell")]
    before = [each.count() for each in cells]
    focused = lesson.locator(CONTROLS[control]).first
    focused.focus()
    for key in [*KEYS, "ArrowDown", "ArrowUp"]:
        lesson.keyboard.press(key)
    assert [each.count() for each in cells] == before
    expect(lesson.locator(".jp-mod-editMode")).to_have_count(0)
    assert focused.evaluate("element => element.getRootNode().activeElement === element")


def test_arrow_keys_move_sliders_and_choose_among_radio_buttons(lesson):
    def press(control, *keys):
        lesson.locator(CONTROLS[control]).first.focus()
        for key in keys:
            lesson.keyboard.press(key)

    press("slider", "Home", "ArrowUp")
    expect(lesson.locator(".widget-readout")).to_have_text("1")
    press("radio", "ArrowDown")
    expect(lesson.locator(".widget-radio input").nth(1)).to_be_checked()
    press("shadow", "Home", "ArrowRight")
    expect(lesson.locator("input[type=range]")).to_have_value("1")


def test_jupyterlab_s_keys_work_outside_widgets_and_control_s_everywhere(lesson):
    lesson.get_by_role("button", name="I don't know").focus()
    with lesson.expect_response(saves):
        lesson.keyboard.press("Control+s")
    cells = lesson.locator(".jp-Cell").count()
    lesson.get_by_role("heading", name="Top").click()
    lesson.keyboard.press("b")
    expect(lesson.locator(".jp-Cell")).to_have_count(cells + 1)
    for _ in range(2):
        lesson.keyboard.press("d")
    expect(lesson.locator(".jp-Cell")).to_have_count(cells)
    lesson.get_by_role("heading", name="Top").dblclick()  # does not open its source
    expect(lesson.get_by_role("heading", name="Top")).to_be_visible()
    expect(lesson.locator(".jp-mod-editMode")).to_have_count(0)


def restart_in_the_menu(page, _):
    page.get_by_role("menuitem", name="Kernel").click()
    page.locator("[data-command='kernelmenu:restart']").click()
    page.locator("dialog button.jp-mod-warn, .jp-Dialog button.jp-mod-warn").click()
    wake(page)


def kill(page, workbook):
    os.kill(workbook.kernel_of(NAME), signal.SIGKILL)
    expect_asleep(page)
    wake(page, "Ok")


@pytest.mark.parametrize("end_kernel", [restart_in_the_menu, kill])
def test_a_lesson_whose_kernel_ended_is_asleep_until_it_is_woken(workbook, lesson, end_kernel):
    end_kernel(lesson, workbook)
    expect(lesson.locator(".mw-lesson[data-lesson=awake]")).to_be_visible()
    expect_whole(lesson)


# --- links to lessons, in every JupyterLab --------------------------------------------------------


def first_of_two(workbook):
    """Two lessons in a folder, the first with a link to the second in a widget."""
    (workbook.folder / "deep").mkdir(exist_ok=True)
    cover = code("from massage_workbook import lessons"), code("lessons()")
    workbook.write_lesson("deep/01 Is it safe.ipynb", text("# Second"), *QUIZ)
    return quote(workbook.write_lesson("deep/00 Start here.ipynb", text("# Top"), *cover))


@pytest.fixture
def other_page(browser, workbook):
    """A page whose JupyterLab is not the workbook's."""
    with new_page(browser, workbook) as page:
        yield page


def test_in_the_full_jupyterlab_a_link_opens_a_lesson_beside_its_own(other_page, workbook):
    page = other_page
    first = first_of_two(workbook)
    page.goto(urllib.parse.urljoin(workbook.address, f"/lab/tree/{first}"))
    page.evaluate("() => { window.stays = true }")
    page.locator(".mw-lesson[data-lesson=awake]").wait_for()
    page.locator(f"{SHOWN} .mw a", has_text="Is it safe?").last.click()
    expect(page.locator(f"{SHOWN} h1", has_text="Second")).to_be_visible()
    workbook.wait_for_kernel_of("deep/01 Is it safe.ipynb")
    assert page.evaluate("window.stays")


@pytest.fixture
def plain_lab(workbook):
    """The address of a JupyterLab without the workbook's extension, on the same folder."""
    settings = {"ServerApp.root_dir": workbook.folder, "IdentityProvider.token": "plain"}
    config = workbook.home / "plain" / "labconfig" / "page_config.json"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(json.dumps({"disabledExtensions": {"massage-workbook": True}}))
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0"),
            *(f"--{name}={value}" for name, value in settings.items()),
        ],
        env=workbook.environment | {"JUPYTER_CONFIG_DIR": str(config.parents[1])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    with watched(process):
        said = (re.search(r"http://127\S+/lab\?", line) for line in process.stderr)
        address = next(found[0] for found in said if found)
    drain = threading.Thread(target=process.stderr.read)
    drain.start()
    yield f"{address}token=plain"
    process.kill()  # JupyterLab may go on after SIGTERM while a kernel of it starts
    process.wait()
    drain.join()


def test_in_a_jupyterlab_without_the_extension_a_link_opens_a_browser_tab(
    plain_lab, other_page, workbook
):
    page = other_page
    page.goto(plain_lab.replace("/lab?", f"/lab/tree/{first_of_two(workbook)}?"))
    page.evaluate("() => { window.stays = true }")
    page.locator(".jp-CodeCell").first.wait_for()
    expect(page.locator(".mw-lesson")).to_have_count(0)
    # Run before its kernel is there, JupyterLab asks which one it should be.
    expect(page.get_by_text("Massage workbook | Idle", exact=True)).to_be_visible()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    link = page.locator(".mw a", has_text="Is it safe?").last
    with page.expect_popup() as popup:
        link.click()
    expect(popup.value).to_have_url(re.compile(r"/lab/.*tree/deep/01%20Is%20it%20safe\.ipynb"))
    assert page.evaluate("window.stays")
    page.problems.clear()  # what that JupyterLab asks for and does not find is its own
