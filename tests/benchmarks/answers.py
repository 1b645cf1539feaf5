"""From an answer to its saved feedback; and ten questions on the screen beside jupyterquiz's.

Run: pip install jupyterquiz, then python tests/benchmarks/answers.py [answers]. All stand in one
lesson in one page. The clock is the page's own: to the frame after what was waited for is there.
The echo is the least that a message to the kernel and back can take.
"""

import json
import sys
import tempfile
from pathlib import Path

from start import lay_a_lesson, run_by_hand, served
from table import compare

from massage_workbook import exchange
from massage_workbook.questions import Topic
from massage_workbook.reader import read

REST = 300  # milliseconds
ROUNDS = 40
ECHO = """\
import anywidget, traitlets
class Echo(anywidget.AnyWidget):
    _esm = '''export default { render({ model, el }) {
        el.className = "echo";
        const button = document.createElement("button"), said = document.createElement("p");
        button.textContent = "Echo";
        button.onclick = () => model.send({});
        model.on("msg:custom", () => (said.textContent = String(performance.now())));
        el.append(button, said);
    } }'''
echo = Echo()
echo.on_msg(lambda widget, message, buffers: widget.send({}))
echo"""
ANSWERING = """\
from massage_workbook.widgets import quiz, widget
course = widget.course()
topic = max(course.topics, key=lambda topic: sum(q.kind == "single" for q in topic.questions))
singles = tuple(question for question in topic.questions if question.kind == "single")
asked = topic.model_copy(update={"questions": singles})
quiz.Quiz(course, [asked], widget.progress(), widget.now)"""
SHOWING = """\
import json, ipywidgets
from massage_workbook.questions import Topic
from massage_workbook.widgets import quiz, widget
from jupyterquiz import display_quiz
theirs = json.loads(open({theirs!r}).read())
topic = Topic.model_validate_json(open({ours!r}).read())
screen, kind = ipywidgets.Output(), ipywidgets.ToggleButtons(options=["none", "ours", "theirs"])
def show(change):
    screen.clear_output()
    with screen:
        if change["new"] == "ours":
            display(quiz.Quiz(widget.course(), [topic], widget.progress(), widget.now))
        if change["new"] == "theirs":
            display_quiz(theirs)
kind.observe(show, "value")
ipywidgets.VBox([kind, screen])"""
# Resolves to the milliseconds from a click on `button` to the frame after `what` is in `root`.
WATCH = """([root, button, what]) => {
    const there = () => [...root.querySelectorAll(what)].some(each => each.textContent.trim());
    return new Promise(resolve => {
        let began;
        const watch = new MutationObserver(() => {
            if (!there()) return;
            watch.disconnect();
            requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => resolve(performance.now() - began);
                port2.postMessage(0);
            });
        });
        watch.observe(root, { subtree: true, childList: true, characterData: true });
        began = performance.now();
        button.click();
    });
}"""


def main(answers):
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        theirs, ours = ten_questions(world)
        showing = SHOWING.format(theirs=str(theirs), ours=str(ours))
        lay_a_lesson(world, [ECHO, ANSWERING, showing])
        with served(world) as (browser, address):
            page = browser.new_page(viewport={"width": 1280, "height": 2400})
            run_by_hand(page, address)
            page.locator(".mw-quiz form").wait_for()
            compare(answered(page, answers), unit="ms")
            compare(shown(page, ROUNDS), unit="ms")


def ten_questions(world):
    """The same ten questions for both."""
    topic = next(each for each in read().topics if each.id == "rules")
    singles = [question for question in topic.questions if question.kind == "single"][:10]
    ten = Topic(id="ten", title="Ten", questions=singles)
    theirs, ours = world / "theirs.json", world / "ours.json"
    theirs.write_text(exchange.to_jupyterquiz([ten]).text)
    ours.write_text(ten.model_dump_json())
    assert len(json.loads(theirs.read_text())) == 10
    return theirs, ours


def click(page, root, button, what):
    handles = [root.element_handle(), button.element_handle(), what]
    return page.evaluate(WATCH, handles)


def answered(page, answers):
    """The first answers warm both up and are not counted."""
    echo, quiz = page.locator(".echo"), page.locator(".mw-quiz").first
    took = {"echo of the kernel": [], "answer to saved feedback": []}
    for i in range(answers + 3):
        page.wait_for_timeout(REST)
        echoed = click(page, echo, echo.locator("button"), "p")
        page.wait_for_timeout(REST)
        quiz.locator("input").first.check()
        seen = click(page, quiz, quiz.locator("button.main"), ".saved")
        if i > 2:
            took["echo of the kernel"].append(echoed)
            took["answer to saved feedback"].append(seen)
        quiz.locator("button.main").click()
        quiz.locator("form:not([data-answered]), .result").wait_for()
        if again := quiz.get_by_role("button", name="Ask all of them again").all():
            again[0].click()
            quiz.locator("form").wait_for()
    return took


def shown(page, rounds):
    took = {"ten questions of jupyterquiz": [], "ten questions of a quiz": []}
    for _ in range(rounds):
        for name, button, what in (
            ("ten questions of jupyterquiz", "theirs", ".Quiz"),
            ("ten questions of a quiz", "ours", ".mw-quiz legend"),
        ):
            page.get_by_role("button", name="none").click()
            page.locator(".Quiz").first.wait_for(state="detached")
            page.wait_for_timeout(REST)
            whole = page.locator(".widget-vbox:not(.widget-interact)")
            took[name].append(click(page, whole, page.get_by_role("button", name=button), what))
    return took


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
