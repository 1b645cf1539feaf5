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
import urllib.request
from itertools import pairwise
from urllib.parse import quote

import pytest
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from playwright.sync_api import expect

from massage_workbook.lab import lessons
from massage_workbook.lab.api import MAY_AUTORUN

from .conftest import SHOWN, new_page, opened, run_by_hand, wait_until, watched

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
MODEL = {
    "model_module": "anywidget",
    "model_module_version": "~0.11.*",
    "model_name": "AnyModel",
    "state": {
        "_esm": STORED,
        "_anywidget_id": "foreign",
        "_model_module": "anywidget",
        "_model_name": "AnyModel",
        "_model_module_version": "~0.11.*",
        "_view_module": "anywidget",
        "_view_name": "AnyView",
        "_view_module_version": "~0.11.*",
        "layout": None,
    },
}
STATE = {
    "application/vnd.jupyter.widget-state+json": {
        "state": {"ab": MODEL},
        "version_major": 2,
        "version_minor": 0,
    }
}


def text(source):
    return new_markdown_cell(source)


def code(source):
    return new_code_cell(source, metadata={"jupyter": {"source_hidden": True}})


ASKS = re.compile(MAY_AUTORUN)
"""The request before a page runs a lesson."""
IMPORT = code("from massage_workbook import quiz")
QUIZ = IMPORT, code("quiz('stroking')")


def button(label):
    return code(f"import ipywidgets\nipywidgets.Button(description={label!r})")


def alive(page, label="Press"):
    """Wait for the widget with that label."""
    expect(page.locator(f"{SHOWN} button:text-is('{label}')")).to_be_visible()


def saves(answer):
    return answer.request.method == "PUT" and "/api/contents/" in answer.url


def asleep(page):
    """Wait until a lesson says that it sleeps; its text can be read all the same."""
    expect(page.locator(".mw-lesson[data-lesson=asleep]")).to_be_visible()
    expect(page.get_by_role("heading", name="Top")).to_be_visible()
    expect(page.locator(".jp-MarkdownOutput", has_text="Paragraph 39")).to_be_visible()


def answer(page, *buttons):
    """Answer JupyterLab's dialogs in order."""
    for name in buttons:
        page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


# --- some openings ------------------------------------------------------------------------------


def test_a_lesson_whose_kernel_does_not_start_can_be_read_and_woken(workbook, open_lesson, page):
    page.route("**/api/sessions*", lambda route: route.fulfill(status=500, json={"message": "no"}))
    words = text("# Top"), text("Paragraph 39")
    open_lesson(workbook.write_lesson("Refused.ipynb", ASLEEP, *words, *QUIZ))
    asleep(page)
    page.unroute_all()
    answer(page, "Ok", "No Kernel")
    page.get_by_role("button", name="Wake it").click()

    page.locator(".mw-quiz").wait_for()
    page.problems.clear()  # the server's refusal, which the browser reports


def test_a_lesson_left_early_finishes_before_it_is_closed(workbook, open_lesson, page):
    topics = ["stroking", "zones", "rules", "reasons"] * 3
    names = [f"Hurried {number}.ipynb" for number in range(4)]
    for name, after in pairwise([*names, names[0]]):
        link = text(f"[Go on]({quote(after)})")
        workbook.write_lesson(name, link, IMPORT, *(code(f"quiz({topic!r})") for topic in topics))
    replies = {}

    def count(socket):
        def received(frame):
            data = frame if isinstance(frame, bytes) else frame.encode()
            replies[socket.url] = replies.get(socket.url, 0) + (b'"execute_reply"' in data)

        socket.on("framereceived", received)

    page.on("websocket", count)
    open_lesson(names[0])
    first = wait_until(lambda: {each["path"]: each["kernel"]["id"] for each in sessions(workbook)})
    for name in names[1:]:
        page.locator(f"{SHOWN} a", has_text="Go on").click()
        expect(page).to_have_url(workbook.address_of(name))
    page.locator(f"{SHOWN}[data-lesson=awake]").wait_for()
    wait_until(lambda: names[0] not in {path for path, _ in workbook.kernel_states()})
    page.evaluate("0")  # Playwright tells what it has received only while it is asked
    ran = sum(number for url, number in replies.items() if first[names[0]] in url)
    assert ran == 1 + len(topics)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.problems == []


def sessions(workbook):
    return [each for each in workbook.ask("api/sessions") if each["path"].startswith("Hurried")]


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
        open_lesson("Stored.ipynb")
    assert asked.value.json() == {"may_autorun": False}
    workbook.wait_for_kernel_of("Stored.ipynb")
    expect(page.locator(".mw-lesson, .mw-quiz")).to_have_count(0)
    assert page.evaluate("window.fromTheFile") is None

    run_by_hand(page, workbook, "Stored.ipynb")
    page.locator(".mw-quiz").wait_for()
    assert page.evaluate("window.fromTheFile") is None


# --- links to lessons, in every JupyterLab --------------------------------------------------------


@pytest.fixture
def staying(page):
    """A page that records requests to leave it."""
    asked = []

    def note(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", note)
    yield page
    assert asked == []
    assert page.evaluate("window.stays")


def in_a_folder(workbook):
    """Two lessons in a folder, the first with a link to the second in a widget."""
    (workbook.folder / "deep").mkdir(exist_ok=True)
    cover = code("from massage_workbook import lessons"), code("lessons()")
    first = workbook.write_lesson("deep/00 Start here.ipynb", text("# Top"), *cover)
    workbook.write_lesson("deep/01 Is it safe.ipynb", text("# Second"), *QUIZ)
    return first


def test_in_the_full_jupyterlab_a_link_opens_a_lesson_beside_its_own(staying, workbook):
    page = staying
    place = urllib.parse.quote(in_a_folder(workbook))
    page.goto(urllib.parse.urljoin(workbook.address, f"/lab/tree/{place}"))
    page.evaluate("() => { window.stays = true }")
    page.locator(".mw-lesson[data-lesson=awake]").wait_for()
    page.locator(f"{SHOWN} .mw a", has_text="Is it safe?").last.click()
    expect(page.locator(f"{SHOWN} h1", has_text="Second")).to_be_visible()
    workbook.wait_for_kernel_of("deep/01 Is it safe.ipynb")


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
    process.terminate()
    process.wait()
    drain.join()


def test_in_a_jupyterlab_without_the_extension_a_link_opens_a_browser_tab(
    plain_lab, staying, workbook
):
    page = staying
    place = urllib.parse.quote(in_a_folder(workbook))
    page.goto(plain_lab.replace("/lab?", f"/lab/tree/{place}?"))
    page.evaluate("() => { window.stays = true }")
    page.locator(".jp-CodeCell").first.wait_for()
    expect(page.locator(".mw-lesson")).to_have_count(0)
    # Run before its kernel is there, JupyterLab asks which one it should be.
    expect(page.get_by_text("Massage workbook | Idle", exact=True)).to_be_visible()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    link = page.locator(".mw a", has_text="Is it safe?").last
    with page.expect_popup() as opened:
        link.click()
    expect(opened.value).to_have_url(re.compile(r"/lab/.*tree/deep/01%20Is%20it%20safe\.ipynb"))
    page.problems.clear()  # what that JupyterLab asks for and does not find is its own


# --- a lesson with code of its own --------------------------------------------------------------


WORDS = {"source": "quiz()", "outputs": 0}


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({"cells": []}, {"may_autorun": True}),
        ({"cells": [WORDS]}, {"may_autorun": True}),
        ({"cells": [WORDS, {"source": "import os", "outputs": 0}]}, {"may_autorun": False}),
        ({"cells": [WORDS | {"outputs": 1}]}, {"may_autorun": False}),
        ({"cells": [{}]}, {"may_autorun": False}),
        ({"cells": ["quiz()"]}, 400),
        ({}, 400),
        ([], 400),
    ],
)
def test_the_server_says_whether_a_lesson_may_autorun(workbook, sent, answer):
    assert asked(workbook, sent, token=workbook.token) == answer


def test_the_autorun_endpoint_needs_a_token(workbook):
    assert asked(workbook, {"cells": []}, token="") == 403


def asked(workbook, sent, *, token):
    """The server's reply, or its status code."""
    request = urllib.request.Request(
        urllib.parse.urljoin(workbook.address, f"/{MAY_AUTORUN}"),
        data=json.dumps(sent).encode(),
        headers={"Authorization": f"token {token}"},
    )
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code


FOREIGN = "Foreign.ipynb"


@pytest.fixture(scope="module")
def foreign(browser, workbook):
    workbook.write_lesson(FOREIGN, ASLEEP, text("# Foreign"), button("Press"))
    with new_page(browser, workbook) as page:
        with page.expect_response(ASKS):
            page.goto(workbook.address_of(FOREIGN))
        yield page


def sleeps(page, workbook):
    workbook.wait_for_kernel_of(FOREIGN)
    expect(page.locator("text=This lesson is asleep >> visible=true")).to_have_count(1)
    expect(page.locator(".mw-lesson")).to_have_count(0)
    expect(page.locator(".jp-OutputArea-child")).to_have_count(0)
    expect(page.locator("button:text-is('Press')")).to_have_count(0)


def test_a_foreign_lesson_does_not_run_and_says_how_to_run_it(workbook, foreign):
    sleeps(foreign, workbook)


def test_a_foreign_lesson_trusted_by_jupyter_does_not_run(workbook, foreign):
    there = lessons.read(workbook.folder / FOREIGN)
    NotebookNotary(data_dir=str(workbook.jupyter_data)).sign(there)
    with foreign.expect_response(ASKS):
        foreign.reload()
    sleeps(foreign, workbook)


def test_a_saved_foreign_lesson_does_not_run(workbook, foreign):
    foreign.get_by_role("heading", name="Foreign").dblclick()
    foreign.locator(".jp-MarkdownCell .cm-content >> visible=true").fill("# My note")
    with foreign.expect_response(saves):
        foreign.keyboard.press("Control+s")

    with foreign.expect_response(ASKS):
        foreign.reload()
    expect(foreign.get_by_role("heading", name="My note")).to_be_visible()
    sleeps(foreign, workbook)


def test_a_foreign_lesson_works_once_the_learner_runs_it(workbook, foreign):
    run_by_hand(foreign, workbook, FOREIGN)
    alive(foreign)
    expect(foreign.locator("text=This lesson is asleep >> visible=true")).to_have_count(0)


def test_a_lesson_with_added_code_does_not_run_when_restarted(workbook, open_lesson, page):
    open_lesson(workbook.write_lesson("Grown.ipynb", ASLEEP, text("# Top"), *QUIZ))
    page.locator(".mw-quiz").wait_for()
    page.get_by_role("button", name="Show code").click()
    page.locator(".jp-CodeCell .cm-content").last.fill("open('grown', 'w')")
    os.kill(workbook.kernel_of("Grown.ipynb"), signal.SIGKILL)
    answer(page, "Ok")
    page.get_by_role("button", name="Wake it").click()
    expect(page.locator(".mw-if-changed")).to_be_visible()
    assert not (workbook.folder / "grown").exists()
    page.problems.clear()  # JupyterLab's own, of the kernel that has gone


def test_a_section_that_is_tagged_so_is_folded_until_it_is_opened(open_lesson, workbook):
    below = [new_markdown_cell(each) for each in ("First.", "### Second", "## Third")]
    folded = new_markdown_cell("## More", metadata={"tags": ["folded"]})
    page = open_lesson(workbook.write_lesson("folded.ipynb", ASLEEP, folded, *below))
    inside, outside = [
        [page.locator(".jp-MarkdownOutput", has_text=each) for each in texts]
        for texts in (("First.", "Second"), ("More", "Third"))
    ]

    def shows(*, whole):
        for each in inside:
            expect(each).to_be_visible(visible=whole)
        for each in outside:
            expect(each).to_be_visible()

    opener = page.get_by_role("button", name="Open this part: More", expanded=False)
    expect(opener).to_be_visible()
    shows(whole=False)
    opener.press("Enter")
    shows(whole=True)
    page.get_by_role("button", name="Fold this part up: More", expanded=True).press("Enter")
    shows(whole=False)
    page.emulate_media(media="print")
    shows(whole=True)


# --- a lesson with one of each kind of widget -------------------------------------------------

NAME = "One of each.ipynb"


@pytest.fixture(scope="module")
def lesson(browser, workbook):
    """An open lesson, shared by tests that restore its state."""
    words = [text(f"Paragraph {number}") for number in range(40)]
    workbook.write_lesson(NAME, ASLEEP, text("# Top"), code(WIDGETS), code(SHADOW), *QUIZ, *words)
    with opened(browser, workbook, NAME, by_hand=True) as page:
        is_whole(page)
        yield page


def is_whole(page):
    alive(page)
    page.locator("input[type=range]").wait_for()
    page.locator(".mw-quiz").wait_for()


def test_a_lesson_runs_on_every_opening_without_a_click(workbook, open_lesson, page):
    words = [text(f"Paragraph {number}") for number in range(40)]
    # An earlier edition named Python's own kernel, which this JupyterLab does not offer.
    name = workbook.write_lesson(
        "Words.ipynb", ASLEEP, text("# Top"), *QUIZ, *words, kernel="python3"
    )
    open_lesson(name)
    page.locator(".mw-quiz").wait_for()
    expect(page.locator("text=This lesson is asleep >> visible=true")).to_have_count(0)
    page.locator(".mw-quiz input").first.check()

    with page.expect_response(saves):
        page.reload()
        page.locator(".mw-quiz").wait_for()

    expect(page.get_by_role("heading", name="Top")).to_be_in_viewport()
    assert [path for path, _ in workbook.kernel_states()].count(name) == 1
    saved = lessons.read(workbook.folder / name)
    assert [cell.outputs for cell in saved.cells if cell.cell_type == "code"] == [[], []]
    assert "widgets" not in saved.metadata  # what was answered is no part of a lesson
    assert lessons.is_unchanged(saved)


def test_code_is_hidden_until_requested(lesson):
    editor = lesson.locator(".cm-content", has_text="ipywidgets.Button")
    expect(editor).to_be_hidden()

    lesson.get_by_role("button", name="Show code").click()
    expect(editor).to_be_visible()
    expect(lesson.locator(".jp-NotebookPanel-toolbar")).to_be_visible()

    lesson.get_by_role("button", name="Hide code").click()
    expect(editor).to_be_hidden()
    expect(lesson.locator(".jp-NotebookPanel-toolbar")).to_be_hidden()


@pytest.mark.parametrize("noise", [".jp-InputPrompt", ".jp-OutputPrompt", ".jp-Placeholder"])
def test_a_lesson_hides_the_notebook_s_toolbar_and_prompts(lesson, noise):
    expect(lesson.locator(noise).locator("visible=true")).to_have_count(0)
    expect(lesson.locator(".jp-SideBar:visible")).to_have_count(0)


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
    lesson.locator(".noUi-handle").focus()
    lesson.keyboard.press("Home")
    lesson.keyboard.press("ArrowUp")
    expect(lesson.locator(".widget-readout")).to_have_text("1")

    lesson.locator(".widget-radio input").first.focus()
    lesson.keyboard.press("ArrowDown")
    expect(lesson.locator(".widget-radio input").nth(1)).to_be_checked()

    lesson.locator("input[type=range]").focus()
    lesson.keyboard.press("Home")
    lesson.keyboard.press("ArrowRight")
    expect(lesson.locator("input[type=range]")).to_have_value("1")


def test_control_s_in_a_widget_saves_the_lesson(lesson):
    lesson.get_by_role("button", name="I don't know").focus()
    with lesson.expect_response(saves):
        lesson.keyboard.press("Control+s")


def test_jupyterlab_s_keys_work_outside_outputs(lesson):
    cells = lesson.locator(".jp-Cell").count()
    lesson.get_by_role("heading", name="Top").click()
    lesson.keyboard.press("b")
    expect(lesson.locator(".jp-Cell")).to_have_count(cells + 1)
    for _ in range(2):
        lesson.keyboard.press("d")
    expect(lesson.locator(".jp-Cell")).to_have_count(cells)


def test_a_double_click_does_not_open_the_markdown_source(lesson):
    lesson.get_by_role("heading", name="Top").dblclick()

    expect(lesson.get_by_role("heading", name="Top")).to_be_visible()
    expect(lesson.locator(".jp-mod-editMode")).to_have_count(0)


def test_a_restarted_kernel_leaves_the_lesson_asleep_until_it_is_woken(lesson):
    lesson.get_by_role("menuitem", name="Kernel").click()
    lesson.locator("[data-command='kernelmenu:restart']").click()
    lesson.locator("dialog button.jp-mod-warn, .jp-Dialog button.jp-mod-warn").click()
    lesson.get_by_role("button", name="Wake it").click()

    expect(lesson.locator(".mw-lesson[data-lesson=awake]")).to_be_visible()
    is_whole(lesson)


def test_a_lesson_whose_kernel_died_can_be_read_and_woken(workbook, lesson):
    os.kill(workbook.kernel_of(NAME), signal.SIGKILL)
    asleep(lesson)
    answer(lesson, "Ok")
    lesson.get_by_role("button", name="Wake it").click()

    expect(lesson.locator(".mw-lesson[data-lesson=awake]")).to_be_visible()
    is_whole(lesson)
