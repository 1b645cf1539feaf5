"""A training workbook for giving a gentle back massage at home.

These are the words that a lesson uses. Each imports what it needs when it is called, so that a
lesson's first line costs nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from massage_workbook.widgets.lessons import Cover
    from massage_workbook.widgets.planner import Planner
    from massage_workbook.widgets.progress import ProgressPage
    from massage_workbook.widgets.quiz import Quiz
    from massage_workbook.widgets.technique import TechniqueCard

__version__ = "0.1.0"
__all__ = ["lessons", "planner", "progress", "quiz", "review", "technique"]


def technique(name: str) -> "TechniqueCard":
    """The card of a technique by its id, such as `"deep-stroking"`.

    Raises:
        LookupError: there is none of that name; it says which is near.
    """
    from massage_workbook.widgets import technique, widget

    return technique.TechniqueCard(widget.course(), name)


def quiz(topic: str) -> "Quiz":
    """The questions of a topic, such as `"stroking"`, one at a time; the answers are kept.

    Raises:
        LookupError: there is no such topic.
    """
    from massage_workbook.widgets import quiz, widget

    return quiz.Quiz.of_topic(widget.course(), topic, widget.progress(), widget.now)


def review() -> "Quiz":
    """What is about to be forgotten, of all topics, safety first."""
    from massage_workbook.widgets import quiz, widget

    return quiz.Quiz.of_what_is_due(widget.course(), widget.progress(), widget.now)


def progress() -> "ProgressPage":
    """How far you are: what to do next, what you know of each topic and rule, how it fades."""
    from massage_workbook.widgets import progress, widget

    return progress.ProgressPage(widget.course(), widget.progress(), widget.now)


def planner(session: str = "standard-20") -> "Planner":
    """Sliders for the minutes of each block, begun from a ready-made session.

    Raises:
        LookupError: there is no such session.
    """
    from massage_workbook.widgets import planner, widget

    return planner.Planner(widget.course(), session)


def lessons() -> "Cover":
    """The lessons of the workbook, and how far you are in each."""
    from massage_workbook.widgets import lessons, widget

    return lessons.Cover(widget.course(), widget.progress())
