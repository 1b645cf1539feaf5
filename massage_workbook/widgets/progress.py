"""The progress page: the next step, what is known of each topic and rule, how memory fades."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import traitlets
from pydantic import TypeAdapter

from massage_workbook.answers.curve import knowledge_curve
from massage_workbook.answers.knowledge import Knowledge, questions_of
from massage_workbook.answers.mastery import Mastery, by_subject, sure_and_wrong
from massage_workbook.course import Course
from massage_workbook.session import mmss
from massage_workbook.store import Progress, StoreError, minutes
from massage_workbook.store.practices import Practice, Practices
from massage_workbook.views import progress as view
from massage_workbook.widgets.pictures import mastery_svg, memory_curve_svg, practised_svg
from massage_workbook.widgets.quiz import knowledge
from massage_workbook.widgets.widget import Interactive, Refresh


class ProgressPage(Interactive):
    """The next step, critical answers that were sure and wrong, and charts with their tables."""

    messages = TypeAdapter(Refresh)
    page = traitlets.Dict().tag(sync=True)

    def __init__(self, course: Course, progress: Progress, clock: Callable[[], datetime]) -> None:
        self._course, self._progress, self._clock = course, progress, clock
        super().__init__(page=self._page())

    def _carry_out(self, _: Refresh) -> None:
        try:
            self.page = self._page()
        except StoreError as error:
            self.page = self.page | {"notice": str(error)}

    def _page(self) -> dict[str, Any]:
        chosen = minutes.chosen(self._progress)
        known = knowledge(self._course, self._progress, self._clock())
        wrong = sure_and_wrong(questions_of(self._course), known.standings)
        return {
            "next": view.next_step(self._course, known, chosen),
            "wrong": [{"prompt": each.prompt, "why": each.why} for each in wrong],
            "tables": [*self._tables(known), *self._curve(known, chosen), *self._practised()],
            "notice": self._progress.notice,
        }

    def _tables(self, known: Knowledge) -> list[dict[str, Any]]:
        topics = {topic.title: topic.questions for topic in self._course.topics}
        titles = {rule.id: rule.title for rule in self._course.rules}
        subjects = by_subject(questions_of(self._course))
        rules = {titles[name]: found for name, found in subjects.items() if name in titles}
        weakest_first = sorted(
            view.by_mastery(rules, known).items(), key=lambda each: each[1].retained
        )
        return [
            _mastery_chart("What you know of each topic", view.by_mastery(topics, known)),
            _mastery_chart("What you know of each rule", dict(weakest_first)),
        ]

    def _curve(self, known: Knowledge, chosen: int) -> list[dict[str, Any]]:
        if not known.memories:
            return []
        zone = self._clock().astimezone().tzinfo
        around = knowledge_curve(self._course, known, chosen, zone)
        table = view.memory_table("What you know, day by day", around)
        return [table | {"svg": memory_curve_svg(around)}]

    def _practised(self) -> list[dict[str, Any]]:
        """Tables of practices, if there are any."""
        practices = Practices(self._progress).all()
        if not practices:
            return []
        return [_by_technique(practices, self._course), _by_day(practices)]


def _mastery_chart(title: str, of: Mapping[str, Mastery]) -> dict[str, Any]:
    begun = {name: each for name, each in of.items() if each.asked}
    return view.mastery_table(title, of) | {"svg": mastery_svg(begun) if begun else None}


def _by_technique(practices: Sequence[Practice], course: Course) -> dict[str, Any]:
    """Number, minutes and last day of practices of each technique, most minutes first."""
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
    drawn = practised_svg({name: minutes[name] for name, *_ in rows}) if rows else None
    table = view.table_view("What you practised", ("technique", "times", "minutes", "last"), rows)
    return table | {"svg": drawn}


def _by_day(practices: Sequence[Practice]) -> dict[str, Any]:
    """The practices, latest first."""
    rows = [
        (view.day_of(each.at), each.plan, mmss(round(each.seconds)), _comfort_label(each.comfort))
        for each in reversed(practices)
    ]
    return view.table_view("Your practices", ("day", "session", "practised", "comfort of 10"), rows)


def _comfort_label(comfort: int | None) -> str:
    return "not said" if comfort is None else str(comfort)
