"""A training workbook for giving a gentle back massage at home.

These are the words that a lesson uses. Each imports what it needs when it is called, so that a
lesson's first line costs nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from massage_workbook.session import Plan
    from massage_workbook.widgets.claims import Claims
    from massage_workbook.widgets.disagreements import Disagreements
    from massage_workbook.widgets.exam import FinalCheck
    from massage_workbook.widgets.glossary import Glossary
    from massage_workbook.widgets.lessons import Cover
    from massage_workbook.widgets.picture import Picture
    from massage_workbook.widgets.planner import Planner
    from massage_workbook.widgets.player import Player
    from massage_workbook.widgets.progress import ProgressPage
    from massage_workbook.widgets.quiz import Quiz
    from massage_workbook.widgets.rules import Listed
    from massage_workbook.widgets.screening_form import ScreeningForm
    from massage_workbook.widgets.stop_signs import StopSigns
    from massage_workbook.widgets.technique import TechniqueCard
    from massage_workbook.widgets.tempo import Tempo
    from massage_workbook.widgets.whole_back import WholeBack

__version__ = "0.1.0"
__all__ = [
    "back_map",
    "claims",
    "disagreements",
    "final_check",
    "glossary",
    "lessons",
    "not_taught",
    "picture",
    "planner",
    "player",
    "preparation",
    "progress",
    "quiz",
    "review",
    "rules",
    "screening",
    "stop_signs",
    "technique",
    "tempo",
]


def technique(name: str, *, folded: bool = False, short: bool = False) -> "TechniqueCard":
    """The card of a technique by its id, such as `"deep-stroking"`.

    One for another day is `folded`: name and hand in sight, the rest once it is opened. Of a
    `short` one the moving hands and one sentence are in sight as well.

    Raises:
        LookupError: there is none of that name; it says which is near.
    """
    from massage_workbook.widgets import technique, widget

    return technique.TechniqueCard(widget.course(), name, folded=folded, short=short)


def picture(*names: str) -> "Picture":
    """Pictures side by side, named as `massage-workbook export pictures` names its files.

    Raises:
        LookupError: there is none of a name; it says which is near.
    """
    from massage_workbook.widgets import picture, widget

    return picture.Picture(widget.course(), names)


def quiz(topic: str, *questions: str) -> "Quiz":
    """The questions of a topic, such as `"stroking"`, one at a time; the answers are kept.

    Where ids of questions are given, those alone are asked.

    Raises:
        LookupError: there is no such topic, or no such question in it.
    """
    from massage_workbook.widgets import quiz, widget

    return quiz.Quiz.of_topic(widget.course(), topic, widget.progress(), widget.now, questions)


def final_check() -> "FinalCheck":
    """Forty questions over the whole course, and at the end a certificate that can be printed."""
    from massage_workbook.widgets import exam, widget

    return exam.FinalCheck(widget.course(), widget.progress(), widget.now)


def review() -> "Quiz":
    """What is about to be forgotten, of all topics, safety first."""
    from massage_workbook.widgets import quiz, widget

    return quiz.Quiz.of_what_is_due(widget.course(), widget.progress(), widget.now)


def progress() -> "ProgressPage":
    """How far you are: what to do next, what you know of each topic and rule, how it fades."""
    from massage_workbook.widgets import progress, widget

    return progress.ProgressPage(widget.course(), widget.progress(), widget.now)


def planner(session: str | None = None) -> "Planner":
    """Minutes to shape, techniques to choose, and what they make of the session.

    It begins from a ready-made session, and saves, compares, prints and hands on what you make.
    Without the id of one it goes on with what you were shaping, or begins from the 20 minutes.

    Raises:
        LookupError: there is no such session.
    """
    from massage_workbook.widgets import planner, widget

    return planner.Planner(widget.course(), session, widget.plans(), widget.today(), widget.now)


def player(session: str | None = None) -> "Player":
    """A session to carry out, with voice, chimes and a beat; once begun it needs only the page.

    Without the id of a ready-made one it is the plan that was laid ready in the planner, else a
    session of 20 minutes.

    Raises:
        LookupError: there is no such session.
    """
    from massage_workbook.store.practices import Practices
    from massage_workbook.widgets import player, widget

    given = widget.ready_made(session) if session else None

    def ready() -> "tuple[str, Plan]":
        return given or widget.plan_to_practise()

    practices = Practices(widget.progress())
    return player.Player(widget.course(), ready, widget.today(), practices, widget.now)


def tempo(technique: str) -> "Tempo":
    """The tempo of a technique by its id, such as `"sawing"`, to hear and to tap.

    Raises:
        LookupError: there is none of that name; it says which is near.
    """
    from massage_workbook.widgets import tempo, widget

    return tempo.Tempo(widget.course(), technique)


def lessons() -> "Cover":
    """The lessons of the workbook, and how far you are in each."""
    from massage_workbook.widgets import lessons, widget

    return lessons.Cover(widget.course(), widget.progress(), widget.now)


def screening() -> "ScreeningForm":
    """Whether this person should be massaged today: ten questions and a last one, and a result."""
    from massage_workbook.widgets import screening_form, widget

    found = widget.course(), widget.screenings(), widget.today()
    return screening_form.ScreeningForm(*found, widget.now)


def rules() -> "Listed":
    """The rules of the course, each with its reason."""
    from massage_workbook.views import rules as view
    from massage_workbook.widgets import rules, widget

    return rules.Listed(groups=view.rules(widget.course()), tick=False)


def not_taught() -> "Listed":
    """What the course leaves out, each with its reason and with what to do instead."""
    from massage_workbook.views import rules as view
    from massage_workbook.widgets import rules, widget

    return rules.Listed(groups=view.not_taught(widget.course()), tick=False)


def preparation(*names: str) -> "Listed":
    """What to see to before the hands touch, as a list to tick; all of it, or what is named by id.

    Raises:
        LookupError: there is nothing of a name; it says which is near.
    """
    from massage_workbook.views import rules as view
    from massage_workbook.widgets import rules, widget

    return rules.Listed(groups=view.preparation(widget.course(), *names), tick=True)


def back_map() -> "WholeBack":
    """The whole back: what is kept off, touched lightly or worked, and the landmarks to find it."""
    from massage_workbook.widgets import whole_back, widget

    return whole_back.WholeBack(widget.course())


def stop_signs() -> "StopSigns":
    """What ends a massage, and what to do then, on a card that can be printed."""
    from massage_workbook.widgets import stop_signs, widget

    return stop_signs.StopSigns(widget.course())


def disagreements(topic: str | None = None) -> "Disagreements":
    """Where the sources differ, to guess first what the course follows.

    A topic is an id such as `"spine"`, `"safety"` or `"craft"`, or a word.

    Raises:
        LookupError: no disagreement has to do with the topic; it says which is near.
    """
    from massage_workbook.widgets import disagreements, widget

    return disagreements.Disagreements(widget.course(), topic)


def claims() -> "Claims":
    """What the articles promise, what is known of it, and what can honestly be said."""
    from massage_workbook.widgets import claims, widget

    return claims.Claims(widget.course())


def glossary() -> "Glossary":
    """The words of the field in English, Swedish and Russian use, to find one by typing."""
    from massage_workbook.widgets import glossary, widget

    return glossary.Glossary(widget.course())
