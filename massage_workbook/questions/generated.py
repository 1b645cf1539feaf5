"""Questions generated from the data: hands, contact, zones, strokes, tempos.

Their ids contain the ids of their subjects, which are permanent.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from massage_workbook.body import anatomy
from massage_workbook.course import Course
from massage_workbook.course.model import Sourced, capitalised, join_words, uncapitalised
from massage_workbook.course.schema import QuestionPicture, Stroke, Technique, Zone
from massage_workbook.questions import (
    Question,
    SingleQuestion,
    StrokeQuestion,
    TempoQuestion,
    Topic,
)
from massage_workbook.questions.choices import Choice

_MAX_CHOICES = 4
"""Maximum number of choices of a question."""
_MIN_STROKE_CM = 8
"""Minimum length of a stroke whose direction can be drawn."""


def complete(course: Course, own: Iterable[Topic] = ()) -> Course:
    """A course with the topics that are made from it, and a teacher's own."""
    return course.model_copy(update={"topics": (*course.topics, *topics(course), *own)})


def topics(course: Course) -> tuple[Topic, ...]:
    """The topics generated from a course."""
    core = [technique for technique in course.techniques if technique.standing == "core"]
    made = {
        ("made-hands", "Hands: which technique is it?"): _hands(core),
        ("made-contact", "What of the hand touches?"): _contacts(core),
        ("made-zones", "What may be done there?"): _zones(course.zones),
        ("made-strokes", "Draw the stroke"): _strokes(core),
        ("made-tempos", "Tap the tempo"): _tempos(core),
    }
    return tuple(
        Topic(id=name, title=title, questions=tuple(questions))
        for (name, title), questions in made.items()
    )


def _provenance(item: Sourced) -> dict[str, Any]:
    return {"sources": item.sources, "basis": item.basis, "note": item.note}


def _hands(techniques: Sequence[Technique]) -> Iterator[Question]:
    """A picture of hands; wrong choices are similar techniques with other hands."""
    for one in techniques:
        unlike = [
            each for each in _most_similar(one, techniques) if each.hands.pose != one.hands.pose
        ]
        yield SingleQuestion(
            id=f"made-hands-{one.id}",
            kind="single",
            prompt="Which technique has these hands?",
            picture=QuestionPicture(technique=one.id, of="hands"),
            choices=[
                Choice(id=one.id, text=one.names.english, right=True),
                *(
                    Choice(id=each.id, text=each.names.english, feedback=each.hands.shape)
                    for each in unlike[: _MAX_CHOICES - 1]
                ),
            ],
            why=one.hands.shape,
            about=[one.id],
            **_provenance(one),
        )


def _contacts(techniques: Sequence[Technique]) -> Iterator[Question]:
    """A technique; wrong choices are the contacts of similar techniques."""
    for one in techniques:
        others: dict[str, Technique] = {}
        for each in _most_similar(one, techniques):
            if _contact(each) != _contact(one):
                others.setdefault(_contact(each), each)
        yield SingleQuestion(
            id=f"made-contact-{one.id}",
            kind="single",
            prompt=f"{one.names.english}: what of the hand touches?",
            choices=[
                Choice(id="right", text=_contact(one), right=True),
                *(
                    Choice(
                        id=each.id,
                        text=contact,
                        feedback=f"That is {each.names.english.lower()}. {each.hands.shape}",
                    )
                    for contact, each in [*others.items()][: _MAX_CHOICES - 1]
                ),
            ],
            why=one.hands.shape,
            about=[one.id],
            **_provenance(one),
        )


def _contact(technique: Technique) -> str:
    return capitalised(join_words(technique.hands.contact))


def _most_similar(one: Technique, techniques: Iterable[Technique]) -> list[Technique]:
    """The other techniques: same family first, then same motion."""
    return sorted(
        (each for each in techniques if each.id != one.id),
        key=lambda each: (each.family != one.family, each.motion != one.motion),
    )


def _zones(zones: Sequence[Zone]) -> Iterator[Question]:
    """A zone; wrong choices are the rules of zones of other kinds."""
    for i, zone in enumerate(zones):
        after = [*zones[i + 1 :], *zones[:i]]
        others = sorted(after, key=lambda each: each.kind == zone.kind)[: _MAX_CHOICES - 1]
        yield SingleQuestion(
            id=f"made-zone-{zone.id}",
            kind="single",
            prompt=f"{zone.name}: what may be done there?",
            choices=[
                Choice(id=zone.id, text=zone.rule, right=True),
                *(
                    Choice(
                        id=each.id,
                        text=each.rule,
                        feedback=f"That is the rule of another place: {uncapitalised(each.name)}.",
                    )
                    for each in others
                ),
            ],
            why=zone.why,
            about=[zone.id],
            critical=zone.kind == "keep-off",
            **_provenance(zone),
        )


def _strokes(techniques: Sequence[Technique]) -> Iterator[Question]:
    """The longest stroke of a technique that can be drawn, if there is one."""
    for one in techniques:
        drawn = [stroke for stroke in one.strokes if _can_be_drawn(stroke)]
        if not drawn:
            continue
        stroke = max(drawn, key=lambda each: anatomy.length_cm(each.points))
        where = stroke.id.replace("-", " ")
        yield StrokeQuestion(
            id=f"made-stroke-{one.id}",
            kind="stroke",
            prompt=f"{one.names.english}: draw the path of the hand, part “{where}”, on one side.",
            technique=one.id,
            strokes=[stroke.id],
            why=one.direction,
            about=[one.id],
            **_provenance(one),
        )


def _can_be_drawn(stroke: Stroke) -> bool:
    """Whether a stroke is firm, long enough, and not a loop."""
    long = anatomy.length_cm(stroke.points) >= _MIN_STROKE_CM
    return long and not stroke.light_return and not anatomy.is_closed(stroke.points)


def _tempos(techniques: Sequence[Technique]) -> Iterator[Question]:
    """The techniques that do not glide: gliding ones have no beat."""
    for one in techniques:
        if one.glides:
            continue
        low, high = one.tempo.per_minute
        yield TempoQuestion(
            id=f"made-tempo-{one.id}",
            kind="tempo",
            prompt=f"Tap the tempo of {uncapitalised(one.names.english)}.",
            technique=one.id,
            why=f"It goes at {low:g} to {high:g} movements a minute.",
            about=[one.id],
            **_provenance(one.tempo),
        )
