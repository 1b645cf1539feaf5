"""How far the learner is: what to do next, what is known of each topic and rule, how it fades."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import traitlets
from pydantic import TypeAdapter

from massage_workbook.answers.mastery import (
    Standings,
    by_subject,
    known_on,
    mastery,
    passing,
    right_ones,
    sure_and_wrong,
)
from massage_workbook.answers.scheduling import due
from massage_workbook.course import Course
from massage_workbook.course.questions import Question
from massage_workbook.figures import trend
from massage_workbook.session import clock
from massage_workbook.store import Progress, StoreError
from massage_workbook.store.practices import Practices
from massage_workbook.widgets.widget import Interactive, LookAgain

HERE = Path(__file__).parent
AHEAD = 30
"""Days of the curve that are still to come."""
BACK = 90
"""Days of the curve that are past, at most."""


class ProgressPage(Interactive):
    """One step to do next; what was surely wrong about safety; pictures, each with its table."""

    script = HERE / "progress.js"
    stylesheets = (HERE / "progress.css",)
    messages = TypeAdapter(LookAgain)
    page = traitlets.Dict().tag(sync=True)

    def __init__(self, course: Course, progress: Progress, clock: Callable[[], datetime]) -> None:
        self._course, self._progress, self._clock = course, progress, clock
        super().__init__(page=self._page())

    def _carry_out(self, _: LookAgain) -> None:
        try:
            self.page = self._page()
        except StoreError as error:
            self.page = self.page | {"notice": str(error)}

    def _page(self) -> dict[str, Any]:
        now, standings = self._clock(), self._progress.standings()
        questions = [question for topic in self._course.topics for question in topic.questions]
        wrong = sure_and_wrong(questions, standings)
        return {
            "next": self._next(wrong, standings, now),
            "wrong": [{"prompt": each.prompt, "why": each.why} for each in wrong],
            "tables": [*self._tables(questions, standings, now), *self._practised()],
            "notice": self._progress.notice,
        }

    def _next(
        self, wrong: Sequence[Question], standings: Standings, now: datetime
    ) -> dict[str, str | None]:
        """One step: what could harm first, then what fades, then the lessons in their order."""
        asked = {q.id: topic for topic in self._course.topics for q in topic.questions}
        waiting = [name for name in due(standings, now) if name in asked]
        topics = {topic.id: topic for topic in self._course.topics}
        right = right_ones(standings)
        if wrong:
            return _step("Read again what you were sure of, and wrong about. It stands below.")
        if waiting:
            return _step(f"Review what is due: {len(waiting)}. The review asks it.")
        for lesson in self._course.lessons:
            topic = topics.get(lesson.topic or "")
            if topic and not passing(topic.questions, right).reached:
                return _step(f"Go on with {lesson.title}.", lesson.notebook)
        return _step("Every lesson is passed, and nothing is due today.")

    def _tables(
        self, questions: Sequence[Question], standings: Standings, now: datetime
    ) -> list[dict[str, Any]]:
        topics = {topic.title: topic.questions for topic in self._course.topics}
        titles = {rule.id: rule.title for rule in self._course.rules}
        subjects = by_subject(questions)
        rules = {titles[name]: found for name, found in subjects.items() if name in titles}
        return [
            _mastered("What you know of each topic", topics, standings, now),
            *self._curve(now),
            _mastered("What you know of each rule", rules, standings, now, weakest_first=True),
        ]

    def _practised(self) -> list[dict[str, Any]]:
        """What was practised with the hands, and how it felt."""
        practices = Practices(self._progress).all()
        if not practices:
            return []
        names = {each.id: each.names.english for each in self._course.techniques}
        by_name: dict[str, list[tuple[datetime, float]]] = {}
        for practice in practices:
            for name, seconds in practice.techniques.items():
                by_name.setdefault(names.get(name, name), []).append((practice.at, seconds))
        table = trend.practised_table(by_name)
        drawn = None if table.empty else trend.practised_bars(table).svg()
        shown = table.assign(minutes=table["minutes"].round(1), last=[*map(_day, table["last"])])
        rows = [
            (_day(each.at), each.plan, clock(round(each.seconds)), _felt(each.comfort))
            for each in reversed(practices)
        ]
        told = pd.DataFrame(rows, columns=["day", "session", "practised", "comfort of 10"])
        return [
            _with_table("What you practised", drawn, shown),
            _with_table("Your practices", None, told),
        ]

    def _curve(self, now: datetime) -> list[dict[str, Any]]:
        known = {question.id for topic in self._course.topics for question in topic.questions}
        answers = [answer for answer in self._progress.answers() if answer.question in known]
        if not answers:
            return []
        begun = min(BACK, max(1, (now - min(answer.at for answer in answers)).days + 1))
        days = [now.astimezone() + timedelta(days=day) for day in range(-begun, AHEAD + 1)]
        table = trend.memory_table(days, known_on(days, answers, known), now)
        shown = table.assign(
            day=[*map(_day, table["day"])],
            known=table["known"].round().astype(int),
            ahead=["still to come" if ahead else "" for ahead in table["ahead"]],
        )
        return [_with_table("What you know, day by day", trend.memory_curve(table).svg(), shown)]


def _day(moment: datetime) -> str:
    """The learner's own day of a moment, also of one that pandas made."""
    return f"{datetime.fromtimestamp(moment.timestamp()).astimezone():%d %B %Y}"


def _felt(comfort: int | None) -> str:
    return "not said" if comfort is None else str(comfort)


def _step(text: str, notebook: str | None = None) -> dict[str, str | None]:
    return {"text": text, "notebook": notebook}


def _mastered(
    title: str,
    groups: Mapping[str, Sequence[Question]],
    standings: Standings,
    now: datetime,
    *,
    weakest_first: bool = False,
) -> dict[str, Any]:
    table = trend.mastery_table(
        {name: mastery(questions, standings, now) for name, questions in groups.items()}
    )
    if weakest_first:
        table = table.sort_values("remembered", kind="stable").reset_index(drop=True)
    shown = table.assign(remembered=[f"{share:.0%}" for share in table["remembered"]])
    begun = table[table["answered"] > 0].reset_index(drop=True)
    drawn = None if begun.empty else trend.mastery_bars(begun).svg()
    open_ = len(table) - len(begun)
    note = f"Not begun yet: {open_} of {len(table)}. The table has them all." if open_ else None
    return _with_table(title, drawn, shown, note)


def _with_table(
    title: str, svg: str | None, table: pd.DataFrame, note: str | None = None
) -> dict[str, Any]:
    """A picture and the table that says the same, as plain values."""
    return {
        "title": title,
        "svg": svg,
        "note": note,
        "columns": list(table.columns),
        "rows": [[str(cell) for cell in row] for row in table.itertuples(index=False)],
    }
