"""A lesson in the real JupyterLab: alive, calm, and deaf to JupyterLab's keys where it must be."""

import os
import signal

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from playwright.sync_api import expect

from massage_workbook.lab import lessons

PATIENCE = 30_000
ASLEEP = new_markdown_cell(
    "This lesson is asleep: click Run, then Run All Cells.", metadata={"tags": ["asleep"]}
)


def text(source):
    return new_markdown_cell(source)


def code(source):
    return new_code_cell(source, metadata={"jupyter": {"source_hidden": True}})


def button(label):
    return code(f"import ipywidgets\nipywidgets.Button(description={label!r})")


def alive(page, label):
    """Wait for the widget of that label."""
    expect(page.locator(f"button:text-is('{label}')")).to_be_visible(timeout=PATIENCE)


def saves(answer):
    return answer.request.method == "PUT" and "/api/contents/" in answer.url


def in_sight(page):
    return page.locator(".jp-NotebookPanel:visible")


def test_a_lesson_is_alive_on_opening_without_a_click(workbook, open_lesson):
    page = open_lesson(workbook.lay("Alive.ipynb", ASLEEP, text("# Alive"), button("Press")))

    alive(page, "Press")

    expect(page.locator("text=This lesson is asleep >> visible=true")).to_have_count(0)


def test_an_unsigned_lesson_does_not_run_and_says_what_to_click(workbook, open_lesson):
    name = workbook.lay("Unsigned.ipynb", ASLEEP, button("Press"), signed=False)
    page = open_lesson(name)

    workbook.wait_for_kernel_of(name)

    expect(page.locator("text=This lesson is asleep >> visible=true")).to_have_count(1)
    expect(page.locator(".mw-lesson")).to_have_count(0)
    expect(page.locator(".jp-OutputArea-child")).to_have_count(0)
    expect(page.locator("button:text-is('Press')")).to_have_count(0)


def test_an_unsigned_lesson_that_was_saved_sleeps_on(workbook, open_lesson):
    name = workbook.lay("Saved unsigned.ipynb", ASLEEP, button("Press"), signed=False)
    page = open_lesson(name)
    workbook.wait_for_kernel_of(name)
    page.locator(".jp-MarkdownOutput").dblclick()
    page.locator(".jp-MarkdownCell .cm-content").fill("My note.")
    with page.expect_response(saves):
        page.keyboard.press("Control+s")

    page = open_lesson(name)
    workbook.wait_for_kernel_of(name)

    saved = lessons.read(workbook.folder / name)
    assert saved.cells[0].source == "My note."
    assert not workbook.has_signed(saved)
    expect(page.locator(".mw-lesson")).to_have_count(0)
    expect(page.locator("button:text-is('Press')")).to_have_count(0)


def test_an_unsigned_lesson_comes_alive_when_the_learner_runs_it(workbook, open_lesson):
    name = workbook.lay("By hand.ipynb", ASLEEP, button("Press"), signed=False)
    page = open_lesson(name)
    workbook.wait_for_kernel_of(name)

    page.get_by_role("menuitem", name="Run").click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()

    alive(page, "Press")
    expect(page.locator("text=This lesson is asleep >> visible=true")).to_have_count(0)


def test_code_is_out_of_sight_until_asked_for(workbook, open_lesson):
    page = open_lesson(workbook.lay("Code.ipynb", text("# Code"), button("Press")))
    alive(page, "Press")
    editor = page.locator(".cm-content", has_text="import ipywidgets")
    expect(editor).to_be_hidden()

    page.get_by_role("button", name="Show code").click()
    expect(editor).to_be_visible()
    expect(page.locator(".jp-NotebookPanel-toolbar")).to_be_visible()

    page.get_by_role("button", name="Hide code").click()
    expect(editor).to_be_hidden()
    expect(page.locator(".jp-NotebookPanel-toolbar")).to_be_hidden()


@pytest.mark.parametrize("noise", [".jp-InputPrompt", ".jp-OutputPrompt", ".jp-Placeholder"])
def test_a_lesson_shows_none_of_the_notebook_s_furniture(workbook, open_lesson, noise):
    page = open_lesson(workbook.lay("Calm.ipynb", text("# Calm"), button("Press")))
    alive(page, "Press")

    expect(page.locator(noise).locator("visible=true")).to_have_count(0)
    expect(page.locator(".jp-SideBar:visible")).to_have_count(0)


def test_a_lesson_that_ran_is_seen_from_its_beginning(workbook, open_lesson):
    paragraphs = [text(f"Paragraph {number}") for number in range(40)]
    page = open_lesson(workbook.lay("Long.ipynb", text("# Top"), *paragraphs, button("Press")))
    expect(page.locator("button:text-is('Press')")).to_be_attached(timeout=PATIENCE)

    expect(page.get_by_role("heading", name="Top")).to_be_in_viewport()


def test_a_reload_brings_the_lesson_back_alive(workbook, open_lesson):
    page = open_lesson(workbook.lay("Again.ipynb", text("# Again"), button("Press")))
    alive(page, "Press")
    page.reload()
    alive(page, "Press")
    assert kernels_of(workbook, "Again.ipynb") == 1


def test_a_linked_lesson_comes_alive_in_the_same_page(workbook, open_lesson):
    workbook.lay("Linked to.ipynb", ASLEEP, text("# Second"), button("Second"))
    page = open_lesson(workbook.lay("Linking.ipynb", text("[Go on](Linked%20to.ipynb)")))

    page.get_by_role("link", name="Go on").click()

    alive(page, "Second")
    assert page.url.endswith("Linked%20to.ipynb")


def test_the_browser_s_back_and_forward_lead_from_lesson_to_lesson(workbook, open_lesson):
    workbook.lay("Next.ipynb", text("# The next"))
    page = open_lesson(workbook.lay("Before.ipynb", text("# The one before\n\n[Go](Next.ipynb)")))
    page.get_by_role("link", name="Go").click()
    expect(page.get_by_role("heading", name="The next")).to_be_visible()

    page.go_back()
    expect(page.get_by_role("heading", name="The one before")).to_be_visible()

    page.go_forward()
    expect(page.get_by_role("heading", name="The next")).to_be_visible()


def test_a_lesson_that_ran_is_saved_still_signed_and_still_unchanged(workbook, open_lesson):
    name = workbook.lay("Saved.ipynb", text("# Saved"), button("Press"))
    page = open_lesson(name)
    with page.expect_response(saves):
        alive(page, "Press")

    saved = lessons.read(workbook.folder / name)
    assert saved.cells[1].outputs == []
    assert lessons.unchanged(saved)
    assert workbook.has_signed(saved)


def test_the_first_lesson_finds_its_kernel_started(workbook, open_lesson):
    workbook.restart()
    [warm] = workbook.sessions_once_there()
    assert warm["path"] == "00 Start here.ipynb"
    if not (workbook.folder / warm["path"]).exists():
        workbook.lay(warm["path"], text("# Start"), button("Press"))

    page = open_lesson(warm["path"])
    expect(page.locator(".mw-lesson[data-lesson=awake]")).to_be_visible(timeout=PATIENCE)

    assert [each["kernel"]["id"] for each in workbook.ask("api/sessions")] == [warm["kernel"]["id"]]


def test_a_restarted_kernel_leaves_the_lesson_asleep_until_it_is_woken(workbook, open_lesson):
    page = open_lesson(workbook.lay("Restarted.ipynb", text("# Restarted"), button("Press")))
    alive(page, "Press")

    page.get_by_role("menuitem", name="Kernel").click()
    page.locator("[data-command='kernelmenu:restart']").click()
    page.locator("dialog button.jp-mod-warn, .jp-Dialog button.jp-mod-warn").click()
    page.get_by_role("button", name="Wake it").click()

    expect(page.locator(".mw-lesson[data-lesson=awake]")).to_be_visible()
    alive(page, "Press")


def asleep(page):
    """Wait until a lesson says that it sleeps; its text can be read all the same."""
    expect(page.locator(".mw-lesson[data-lesson=asleep]")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Read on")).to_be_visible()
    expect(page.locator(".jp-MarkdownOutput", has_text="Everything else is text.")).to_be_visible()


def answer(page, *buttons):
    """Answer JupyterLab's own dialogs, one after the other."""
    for name in buttons:
        page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


READABLE = text("# Read on\n\nEverything else is text.")


def test_a_lesson_whose_kernel_does_not_start_can_be_read_and_woken(workbook, open_lesson, page):
    page.route("**/api/sessions*", lambda route: route.fulfill(status=500, json={"message": "no"}))
    open_lesson(workbook.lay("Refused.ipynb", ASLEEP, READABLE, button("Press")))
    asleep(page)
    page.unroute_all()
    answer(page, "Ok", "No Kernel")
    page.get_by_role("button", name="Wake it").click()

    alive(page, "Press")
    page.problems.clear()  # the server's refusal, which the browser reports


PID = "import os, pathlib\npathlib.Path('pid').write_text(str(os.getpid()))"


def test_a_lesson_whose_kernel_died_can_be_read_and_woken(workbook, open_lesson):
    lesson = workbook.lay("Died.ipynb", ASLEEP, READABLE, code(PID), button("Press"))
    page = open_lesson(lesson)
    alive(page, "Press")

    os.kill(int((workbook.folder / "pid").read_text()), signal.SIGKILL)
    asleep(page)
    answer(page, "Ok")
    page.get_by_role("button", name="Wake it").click()

    alive(page, "Press")


WIDGETS = """\
import ipywidgets
ipywidgets.VBox([
    ipywidgets.Button(description="Press"),
    ipywidgets.IntSlider(value=50),
    ipywidgets.RadioButtons(options=["one", "two", "three"]),
    ipywidgets.Text(),
])"""
CONTROLS = {
    "button": "button:text-is('Press')",
    "slider": ".noUi-handle",
    "radio": "input[type=radio]",
    "text": "input[type=text]",
}
KEYS = ["b", "a", "x", "m", "y", "d", "d", "z", "Enter", "Shift+Enter", "Control+Enter"]


@pytest.mark.parametrize("control", CONTROLS)
def test_keys_in_a_widget_stay_in_the_widget(workbook, open_lesson, control):
    page = open_lesson(workbook.lay("Keys.ipynb", text("# Keys"), code(WIDGETS), text("The end")))
    alive(page, "Press")
    focused = in_sight(page).locator(CONTROLS[control]).first
    focused.focus()

    for key in [*KEYS, "ArrowDown", "ArrowUp"]:
        page.keyboard.press(key)

    expect(in_sight(page).locator(".jp-Cell")).to_have_count(3)
    expect(in_sight(page).locator(".jp-CodeCell")).to_have_count(1)
    expect(page.locator(".jp-mod-editMode")).to_have_count(0)
    assert focused.evaluate("element => element.getRootNode().activeElement === element")


def test_arrow_keys_move_a_slider_and_choose_among_radio_buttons(workbook, open_lesson):
    page = open_lesson(workbook.lay("Arrows.ipynb", code(WIDGETS)))
    alive(page, "Press")

    page.locator(".noUi-handle").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".widget-readout")).to_have_text("51")

    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[type=radio]").nth(1)).to_be_checked()


SHADOW = '''\
import anywidget
class Shadow(anywidget.AnyWidget):
    _esm = """
    export default { render({ el }) {
      const root = el.attachShadow({ mode: "open" });
      const input = document.createElement("input");
      input.type = "range";
      root.append(input);
    } }
    """
Shadow()'''


def test_keys_in_a_shadow_root_stay_there(workbook, open_lesson):
    page = open_lesson(workbook.lay("Shadow.ipynb", text("# Shadow"), code(SHADOW)))
    page.locator("input[type=range]").focus()

    for key in ["b", "x", "d", "d", "ArrowRight"]:
        page.keyboard.press(key)

    expect(page.locator(".jp-Cell")).to_have_count(2)
    expect(page.locator("input[type=range]")).to_have_value("51")


def test_control_s_in_a_widget_saves_the_lesson_and_not_a_copy_of_the_page(workbook, open_lesson):
    quiz = code("from massage_workbook import quiz\nquiz('stroking')")
    page = open_lesson(workbook.lay("Saving.ipynb", text("# Saving"), quiz))
    with page.expect_response(saves):
        page.locator(".mw-quiz").wait_for()

    page.get_by_role("button", name="Not sure").focus()
    with page.expect_response(saves):
        page.keyboard.press("Control+s")


def test_jupyterlab_s_keys_work_outside_outputs(workbook, open_lesson):
    page = open_lesson(workbook.lay("Outside.ipynb", text("# Outside"), button("Press")))
    alive(page, "Press")

    page.get_by_role("heading", name="Outside").click()
    page.keyboard.press("b")

    expect(page.locator(".jp-Cell")).to_have_count(3)


def test_a_double_click_does_not_turn_text_into_its_source(workbook, open_lesson):
    page = open_lesson(workbook.lay("Double.ipynb", text("# Double click"), button("Press")))
    alive(page, "Press")

    page.get_by_role("heading", name="Double click").dblclick()

    expect(page.get_by_role("heading", name="Double click")).to_be_visible()
    expect(page.locator(".jp-mod-editMode")).to_have_count(0)


def kernels_of(workbook, name):
    return sum(session["path"] == name for session in workbook.ask("api/sessions"))
