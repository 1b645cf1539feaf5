"""A training workbook for giving a gentle back massage at home.

These are the functions that lessons call, also named the workbook's *words*. Each imports its
widget when it is called, so that the import in a lesson is fast.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from massage_workbook.session import Plan
    from massage_workbook.widgets.claims import Claims
    from massage_workbook.widgets.class_export import ClassExport
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
    from massage_workbook.widgets.topics import Topics
    from massage_workbook.widgets.whole_back import WholeBack

__version__ = "0.1.0"
__all__ = [
    "back_map",
    "claims",
    "class_export",
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
    "topics",
]


def technique(name: str, *, folded: bool = False, short: bool = False) -> "TechniqueCard":
    """The card of a technique by its id, such as `"deep-stroking"`.

    If `folded`, it shows name and hand, and the rest once it is opened. If `short`, it also shows
    the moving hands and one sentence.

    Raises:
        LookupError: there is no such technique; the message suggests the nearest name.
    """
    from massage_workbook.widgets import technique, widget

    given = widget.course(), name, widget.today(), widget.now
    return technique.TechniqueCard(*given, folded=folded, short=short)


def picture(*names: str) -> "Picture":
    """Pictures side by side, named as `massage-workbook export pictures` names its files.

    Raises:
        LookupError: a name is unknown; the message suggests the nearest one.
    """
    from massage_workbook.widgets import picture, widget

    return picture.Picture(widget.course(), names)


def quiz(*names: str, short: bool = False) -> "Quiz":
    """A short self-check on topics, such as `"stroking"`, followed by more of their questions.

    Ids of questions ask only these; if `short`, one below the other, each answered by one click.

    Raises:
        LookupError: there is no such topic.
    """
    from massage_workbook.widgets import quiz, widget

    found = widget.course(), names, widget.progress(), widget.now
    return quiz.Quiz.of_topics(*found, short=short)


def final_check() -> "FinalCheck":
    """Forty questions on the whole course, and a certificate to print."""
    from massage_workbook.widgets import exam, widget

    return exam.FinalCheck(widget.course(), widget.progress(), widget.now)


def review() -> "Quiz":
    """The best use of a few minutes: critical questions first, then what you are forgetting."""
    from massage_workbook.widgets import quiz, widget

    return quiz.Quiz.of_review(widget.course(), widget.progress(), widget.now)


def topics() -> "Topics":
    """The review, and all topics; each opens a short set of its questions."""
    from massage_workbook.widgets import topics, widget

    return topics.Topics(widget.course(), widget.progress(), widget.now)


def progress() -> "ProgressPage":
    """Your progress: the next step, and your knowledge of each topic and rule over time."""
    from massage_workbook.widgets import progress, widget

    return progress.ProgressPage(widget.course(), widget.progress(), widget.now)


def planner(session: str | None = None) -> "Planner":
    """Plan a session: minutes, order and techniques, with findings and pictures.

    It starts from the ready-made session of that id; without one from your unfinished plan, else
    from the session of 20 minutes. Plans can be saved, compared, printed and exported.

    Raises:
        LookupError: there is no such session.
    """
    from massage_workbook.widgets import planner, widget

    return planner.Planner(widget.course(), session, widget.plans(), widget.today(), widget.now)


def player(session: str | None = None) -> "Player":
    """Guide a session by voice, chimes and a beat; once started it needs no kernel.

    Without the id of a ready-made session it uses the plan chosen in the planner, else the session
    of 20 minutes.

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
        LookupError: there is no such technique; the message suggests the nearest name.
    """
    from massage_workbook.widgets import tempo, widget

    return tempo.Tempo(widget.course(), technique)


def lessons() -> "Cover":
    """The lessons of the workbook, and your progress in each."""
    from massage_workbook.widgets import lessons, widget

    return lessons.Cover(widget.course(), widget.progress(), widget.now)


def screening(*, whole: bool = False) -> "ScreeningForm":
    """The screening: may this person be massaged today? Checklists, follow-ups and a result.

    If `whole`, all lists are open from the beginning, and one click says that nothing applies.
    """
    from massage_workbook.widgets import screening_form, widget

    found = widget.course(), widget.screenings(), widget.today()
    return screening_form.ScreeningForm(*found, widget.now, whole=whole)


def rules() -> "Listed":
    """The rules of the course, each with its reason."""
    from massage_workbook.views import rules as view
    from massage_workbook.widgets import rules, widget

    return rules.Listed(groups=view.rule_groups(widget.course()), tick=False)


def not_taught() -> "Listed":
    """The techniques that the course does not teach, each with its reason and an alternative."""
    from massage_workbook.views import rules as view
    from massage_workbook.widgets import rules, widget

    return rules.Listed(groups=view.not_taught_groups(widget.course()), tick=False)


def preparation(*names: str) -> "Listed":
    """The preparation of a massage to tick: all of it in brief, or the items of these ids.

    Raises:
        LookupError: there is no such item.
    """
    from massage_workbook.views import rules as view
    from massage_workbook.widgets import rules, widget

    groups = view.preparation_groups(widget.course(), *names)
    return rules.Listed(groups=groups, tick=True, brief=not names)


def back_map() -> "WholeBack":
    """The map of the whole back: zones to work, to touch lightly or to avoid, and landmarks."""
    from massage_workbook.widgets import whole_back, widget

    return whole_back.WholeBack(widget.course())


def stop_signs(*, folded: bool = False) -> "StopSigns":
    """The signs to stop a massage, and what to do then, on a card that can be printed.

    If `folded`, it shows only its buttons until it is opened.
    """
    from massage_workbook.widgets import stop_signs, widget

    return stop_signs.StopSigns(widget.course(), folded=folded)


def disagreements(topic: str | None = None) -> "Disagreements":
    """Disagreements of the sources; the learner first guesses the course's choice.

    A topic is an id such as `"spine"`, `"safety"` or `"craft"`, or a word of the questions.

    Raises:
        LookupError: no disagreement matches the topic; the message suggests the nearest.
    """
    from massage_workbook.widgets import disagreements, widget

    return disagreements.Disagreements(widget.course(), topic)


def claims() -> "Claims":
    """The articles' health claims, the evidence for each, and an honest statement."""
    from massage_workbook.widgets import claims, widget

    return claims.Claims(widget.course())


def glossary() -> "Glossary":
    """The terms of the field in English, Swedish and Russian, with a filter."""
    from massage_workbook.widgets import glossary, widget

    return glossary.Glossary(widget.course())


def class_export() -> "ClassExport":
    """Your scores as a teacher would get them: see them first, then send them or write a file."""
    import os

    from massage_workbook.widgets import class_export, widget

    return class_export.ClassExport(lambda: widget.submission(widget.progress()), os.environ)
