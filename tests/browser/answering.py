"""How a question in the page is answered with single clicks, whatever its kind."""

import re

from massage_workbook.answers.round import Round
from massage_workbook.body.frame import svg_transform
from massage_workbook.widgets import widget
from massage_workbook.widgets.quiz import Quiz

from ..shipped import COURSE

# A point amid those of a zone that are seen: no other zone lies over them, nor the body's edge.
VISIBLE_POINT = """zone => {
    const { left, top, width, height } = zone.getBoundingClientRect();
    const seen = [];
    for (let i = 1; i < 400; i += 1) {
        const [x, y] = [left + (width * (i % 20)) / 20, top + (height * Math.floor(i / 20)) / 20];
        if (zone.contains(zone.getRootNode().elementFromPoint(x, y))) seen.push([x, y]);
    }
    if (!seen.length) throw new Error(`Nothing is seen of ${zone.id}`);
    return seen[Math.floor(seen.length / 2)];
}"""

MOMENT = """milliseconds => {
    const native = Object.getOwnPropertyDescriptor(Event.prototype, "timeStamp").get;
    if (!("moment" in window))
        Object.defineProperty(Event.prototype, "timeStamp", {
            get() { return window.moment ?? native.call(this); },
        });
    window.moment = milliseconds;
}"""


def at_moments(page, seconds):
    """What is done in each turn happens, for the page, at those seconds."""
    for each in seconds:
        page.evaluate(MOMENT, 1000 * each)
        yield
    page.evaluate(MOMENT, None)


def spot(plate, u, v):
    """Where a place (u, v) is painted, from the corner of a picture of the back."""
    frame, box = svg_transform(), plate.bounding_box()
    share = frame["scale"] * box["width"] / float(plate.evaluate("s => s.viewBox.baseVal.width"))
    return {"x": (u - frame["left"]) * share, "y": (v - frame["top"]) * share}


def on_the_page(plate, *places):
    """Where places (u, v) of such a picture are in the window, as a pointer is told."""
    box, spots = plate.bounding_box(), [spot(plate, u, v) for u, v in places]
    return [(box["x"] + each["x"], box["y"] + each["y"]) for each in spots]


def quiz_with(topic, *questions):
    """A quiz of these questions of a topic alone."""
    quiz = Quiz(COURSE, [topic], widget.progress(), widget.now)
    quiz._round = Round.of([(topic, question) for question in questions], {}, {})
    quiz.page = quiz._next_page()
    return quiz


def go_on(quiz):
    """Go to a question that is not answered."""
    if quiz.locator(".verdict").count():
        quiz.locator("button.main").click()
    quiz.get_by_role("button", name="I don't know").wait_for()


def step_of(quiz, name):
    """A step of a question about an order, and the place where it is now."""
    find = "(all, id) => all.findIndex(e => e.dataset.id === id)"
    place = quiz.locator(".steps li").evaluate_all(find, name)
    return quiz.locator(f".steps li[data-id='{name}']"), place


class Mouse:
    """Somebody who only clicks, and drags nothing; gives the responses that the graders take."""

    def __init__(self, page, quiz):
        self.page, self.quiz = page, quiz

    def press(self, control, **where):
        control.click(**where)

    def press_at(self, x, y):
        self.page.mouse.click(x, y)

    def many(self, response):
        for name in response:
            self.press(self.quiz.locator(f"input[value='{name}']"))

    single = case = many

    def number(self, response):
        self.quiz.get_by_role("spinbutton").fill(f"{response:g}")

    def order(self, response):
        # An order that nobody touched is not checked, also where it happens to be meant.
        self.press(self.quiz.get_by_role("button", name=re.compile("^Down")).first)
        for place, step in enumerate(response):
            row, now = step_of(self.quiz, step)
            for _ in range(now - place):
                self.press(row.get_by_role("button", name=re.compile("^Up")))

    def match(self, response):
        for pair, option in response.items():
            self.quiz.locator(f".pair[data-id='{pair}'] select").select_option(option)

    def zones(self, response):
        for name in response:
            zone = self.quiz.locator(f".plate #zone-{name}")
            zone.scroll_into_view_if_needed()
            self.press_at(*zone.evaluate(VISIBLE_POINT))

    def stroke(self, response):
        """Its start, what lies between, so that a bend is not cut, and its end."""
        for place in (*response[:-1:5], response[-1]):
            self.click_on_the_back(*place)

    def click_on_the_back(self, u, v):
        plate = self.quiz.locator(".plate svg")
        self.press(plate, position=spot(plate, u, v))

    def tempo(self, response):
        """Taps at the seconds that the response says."""
        pad = self.quiz.get_by_role("button", name="Tap here")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        for _ in at_moments(self.page, response):
            self.press_at(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def check(self):
        self.press(self.quiz.get_by_role("button", name="Check"))


class Finger(Mouse):
    """The same on a touch screen."""

    def press(self, control, **where):
        control.tap(**where)

    def press_at(self, x, y):
        self.page.touchscreen.tap(x, y)


def wrong(question, right):
    """A response to a question that is not right."""
    match question.kind:
        case "number":
            return question.accepts[1] + 1000
        case "tempo":
            return [3 * each for each in right]
        case "match":
            return dict.fromkeys(right, question.options[0].id)
        case "order" | "stroke":
            return right[::-1]
        case "case":
            return ["go" if question.right != "go" else "stop"]
        case _:
            return [next(choice.id for choice in question.choices if not choice.right)]
