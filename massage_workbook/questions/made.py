"""Questions that the course's data ask by themselves: hands, contact, zones, strokes, rhythms.

Their ids are made from the ids of what they ask about, so that they are as permanent.
"""

from collections.abc import Iterable, Iterator, Sequence

from massage_workbook.body import anatomy
from massage_workbook.course import Course
from massage_workbook.course.model import join_words, uncapitalised
from massage_workbook.course.schema import QuestionPicture, Stroke, Technique, Zone
from massage_workbook.questions import (
    Question,
    SingleQuestion,
    StrokeQuestion,
    TempoQuestion,
    Topic,
)
from massage_workbook.questions.choosing import Choice

CHOICES = 4
"""Choices of a question that is made."""
LONG_CM = 8
"""Length from which on a stroke's direction can be drawn."""


def complete(course: Course, own: Iterable[Topic] = ()) -> Course:
    """A course with the topics that are made from it, and a teacher's own."""
    return course.model_copy(update={"topics": (*course.topics, *topics(course), *own)})


def topics(course: Course) -> tuple[Topic, ...]:
    """The topics that are made from a course's data."""
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


def _hands(techniques: Sequence[Technique]) -> Iterator[Question]:
    """A picture of hands; the other names are neighbours whose hands look otherwise."""
    for one in techniques:
        unlike = [each for each in _nearest(one, techniques) if each.hands.pose != one.hands.pose]
        yield SingleQuestion(
            id=f"made-hands-{one.id}",
            kind="single",
            prompt="Which technique has these hands?",
            picture=QuestionPicture(technique=one.id, of="hands"),
            choices=[
                Choice(id=one.id, text=one.names.english, right=True),
                *(
                    Choice(id=each.id, text=each.names.english, feedback=each.hands.shape)
                    for each in unlike[: CHOICES - 1]
                ),
            ],
            why=one.hands.shape,
            about=[one.id],
            sources=one.sources,
            basis=one.basis,
            note=one.note,
        )


def _contacts(techniques: Sequence[Technique]) -> Iterator[Question]:
    """A name; the other contacts are those of neighbours."""
    for one in techniques:
        others: dict[str, Technique] = {}
        for each in _nearest(one, techniques):
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
                    for contact, each in [*others.items()][: CHOICES - 1]
                ),
            ],
            why=one.hands.shape,
            about=[one.id],
            sources=one.sources,
            basis=one.basis,
            note=one.note,
        )


def _contact(technique: Technique) -> str:
    named = join_words(technique.hands.contact)
    return named[0].upper() + named[1:]


def _nearest(one: Technique, techniques: Iterable[Technique]) -> list[Technique]:
    """The others: those of the same family first, then those that move tissue the same way."""
    return sorted(
        (each for each in techniques if each.id != one.id),
        key=lambda each: (each.family != one.family, each.motion != one.motion),
    )


def _zones(zones: Sequence[Zone]) -> Iterator[Question]:
    """A zone; the other rules are those of zones of other kinds."""
    for i, zone in enumerate(zones):
        after = [*zones[i + 1 :], *zones[:i]]
        others = sorted(after, key=lambda each: each.kind == zone.kind)[: CHOICES - 1]
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
            sources=zone.sources,
            basis=zone.basis,
            note=zone.note,
        )


def _strokes(techniques: Sequence[Technique]) -> Iterator[Question]:
    """The longest stroke of a technique that is no loop, where it is long enough to have a way."""
    for one in techniques:
        drawn = [stroke for stroke in one.strokes if _has_way(stroke)]
        if not drawn:
            continue
        stroke = max(drawn, key=lambda each: anatomy.length_cm(each.points))
        where = stroke.id.replace("-", " ")
        yield StrokeQuestion(
            id=f"made-stroke-{one.id}",
            kind="stroke",
            prompt=f"{one.names.english}: draw the way of the hand, part “{where}”, on one side.",
            technique=one.id,
            strokes=[stroke.id],
            why=one.direction,
            about=[one.id],
            sources=one.sources,
            basis=one.basis,
            note=one.note,
        )


def _has_way(stroke: Stroke) -> bool:
    long = anatomy.length_cm(stroke.points) >= LONG_CM
    return long and not stroke.light_return and not anatomy.is_closed(stroke.points)


def _tempos(techniques: Sequence[Technique]) -> Iterator[Question]:
    """Those that work on the spot: a glide is measured by the speed of the hand, not by taps."""
    for one in techniques:
        if one.one_pass.stops is None:
            continue
        low, high = one.tempo.per_minute
        yield TempoQuestion(
            id=f"made-tempo-{one.id}",
            kind="tempo",
            prompt=f"Tap the tempo of {uncapitalised(one.names.english)}.",
            technique=one.id,
            why=f"It goes at {low:g} to {high:g} movements a minute.",
            about=[one.id],
            sources=one.tempo.sources,
            basis=one.tempo.basis,
            note=one.tempo.note,
        )
