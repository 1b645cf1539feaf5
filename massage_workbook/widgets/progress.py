"""How far the learner is: what to do next, what is known of each topic and rule, how it fades."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import traitlets
from pydantic import TypeAdapter

from massage_workbook.answers.mastery import (
    Mastery,
    Standings,
    by_subject,
    known_on,
    sure_and_wrong,
)
from massage_workbook.course import Course
from massage_workbook.figures import trend
from massage_workbook.questions import Question
from massage_workbook.session import clock
from massage_workbook.store import Progress, StoreError
from massage_workbook.store.practices import Practice, Practices
from massage_workbook.views import progress as view
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
            "next": view.next_step(self._course, standings, now),
            "wrong": [{"prompt": each.prompt, "why": each.why} for each in wrong],
            "tables": [*self._tables(questions, standings, now), *self._practised()],
            "notice": self._progress.notice,
        }

    def _tables(
        self, questions: Sequence[Question], standings: Standings, now: datetime
    ) -> list[dict[str, Any]]:
        topics = {topic.title: topic.questions for topic in self._course.topics}
        titles = {rule.id: rule.title for rule in self._course.rules}
        subjects = by_subject(questions)
        rules = {titles[name]: found for name, found in subjects.items() if name in titles}
        weakest_first = sorted(
            view.by_mastery(rules, standings, now).items(), key=lambda each: each[1].remembered
        )
        return [
            _mastered("What you know of each topic", view.by_mastery(topics, standings, now)),
            *self._curve(now),
            _mastered("What you know of each rule", dict(weakest_first)),
        ]

    def _curve(self, now: datetime) -> list[dict[str, Any]]:
        known = {question.id for topic in self._course.topics for question in topic.questions}
        answers = [answer for answer in self._progress.answers() if answer.question in known]
        if not answers:
            return []
        begun = min(BACK, max(1, (now - min(answer.at for answer in answers)).days + 1))
        days = [now.astimezone() + timedelta(days=day) for day in range(-begun, AHEAD + 1)]
        expected = known_on(days, answers, known)
        table = view.memory_table("What you know, day by day", days, expected, now)
        return [table | {"svg": trend.memory_curve(days, expected, now).svg()}]

    def _practised(self) -> list[dict[str, Any]]:
        """What was practised with the hands, and how it felt."""
        practices = Practices(self._progress).all()
        if not practices:
            return []
        return [_by_technique(practices, self._course), _by_day(practices)]


def _mastered(title: str, of: Mapping[str, Mastery]) -> dict[str, Any]:
    begun = {name: each for name, each in of.items() if each.answered}
    return view.mastery_table(title, of) | {
        "svg": trend.mastery_bars(begun).svg() if begun else None
    }


def _by_technique(practices: Sequence[Practice], course: Course) -> dict[str, Any]:
    """How often and how long each technique was practised, the longest first."""
    names = {each.id: each.names.english for each in course.techniques}
    done: dict[str, list[tuple[datetime, float]]] = {}
    for practice in practices:
        for name, seconds in practice.techniques.items():
            done.setdefault(names.get(name, name), []).append((practice.at, seconds / 60))
    minutes = {name: sum(each for _, each in times) for name, times in done.items()}
    rows = [
        (name, len(done[name]), round(minutes[name], 1), view.day_of(max(done[name])[0]))
        for name in sorted(minutes, key=minutes.__getitem__, reverse=True)
    ]
    drawn = trend.practised_bars({name: minutes[name] for name, *_ in rows}).svg() if rows else None
    table = view.table("What you practised", ("technique", "times", "minutes", "last"), rows)
    return table | {"svg": drawn}


def _by_day(practices: Sequence[Practice]) -> dict[str, Any]:
    """The practices, the last one first."""
    rows = [
        (view.day_of(each.at), each.plan, clock(round(each.seconds)), _felt(each.comfort))
        for each in reversed(practices)
    ]
    return view.table("Your practices", ("day", "session", "practised", "comfort of 10"), rows)


def _felt(comfort: int | None) -> str:
    return "not said" if comfort is None else str(comfort)
