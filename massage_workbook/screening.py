"""Whether this person should be massaged today, and what is left out if so. Answers to a decision.

It asks and weighs; it never diagnoses. "Not sure" always counts as the careful answer.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal, get_args

from massage_workbook.course.model import unknown
from massage_workbook.course.schema import Contraindication, TakesAway

Reply = Literal["yes", "not sure", "no"]
REPLIES: tuple[Reply, ...] = get_args(Reply)
Outcome = Literal["go", "adapt", "ask a doctor", "stop", "emergency"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""From the mildest to the most careful."""
Side = Literal["left", "right", "both"]
MASSAGE: tuple[Outcome, ...] = "go", "adapt"
"""Outcomes with which there may be a massage today."""


@dataclass(frozen=True)
class Area:
    """A zone of the back, on one side or on both, that is left out."""

    zone: str
    side: Side = "both"


@dataclass(frozen=True)
class Restrictions:
    """What a plan and a practice have to do without.

    `everything` leaves no massage at all; `own_area` is set where an affected place has to be left
    out and nobody has said yet where it is. No force is above `force_ceiling`, 10 without one.
    """

    everything: bool = False
    areas: frozenset[Area] = frozenset()
    blocks: frozenset[str] = frozenset()
    techniques: frozenset[str] = frozenset()
    lubricants: frozenset[str] = frozenset()
    positions: frozenset[str] = frozenset()
    own_area: bool = False
    force_ceiling: float = 10


@dataclass(frozen=True)
class Reason:
    """An answer that speaks against going ahead as planned, and what to do about it."""

    contraindication: Contraindication
    reply: Reply
    leads_to: Outcome
    do: str


@dataclass(frozen=True)
class Decision:
    """The most careful of all that the answers lead to, the gravest reasons first."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    restrictions: Restrictions = field(default_factory=Restrictions)


@dataclass(frozen=True)
class Answers:
    """All that was said in a screening.

    `areas` are the affected places that were marked on the back; `elsewhere` says that there are
    none on it. `agreed` are ids of contraindications about which a doctor or midwife has agreed.
    """

    replies: Mapping[str, Reply] = field(default_factory=dict)
    areas: frozenset[Area] = frozenset()
    elsewhere: bool = False
    agreed: frozenset[str] = frozenset()


# --- what follows from the answers -----------------------------------------------------------


def decide(
    replies: Mapping[str, Reply],
    contraindications: Iterable[Contraindication],
    areas: Collection[Area] = (),
    *,
    elsewhere: bool = False,
    agreed: Collection[str] = (),
) -> Decision:
    """What the replies, by the id of a contraindication, lead to; one that is missing says nothing.

    A doctor's word turns "ask a doctor" into "adapt", and nothing else: not a stop and not an
    emergency. Whether enough has been asked is told by `concluded`.

    Raises:
        LookupError: a contraindication does not exist.
        ValueError: a reply is none of `REPLIES`.
    """
    known = {each.id: each for each in contraindications}
    for name in (*replies, *agreed):
        if name not in known:
            raise LookupError(unknown("contraindication", name, known))
    for reply in replies.values():
        if reply not in REPLIES:
            raise ValueError(unknown("reply", str(reply), REPLIES))
    found = (
        _reason(each, replies[each.id], agreed=each.id in agreed)
        for each in known.values()
        if replies.get(each.id, "no") != "no"
    )
    # Of equally grave ones, those that say most come before a first question that gathers many.
    reasons = tuple(sorted(found, key=lambda r: (-_gravity(r.leads_to), r.contraindication.first)))
    outcome = reasons[0].leads_to if reasons else "go"
    return Decision(outcome, reasons, _taken_away(outcome, reasons, areas, elsewhere=elsewhere))


def _reason(one: Contraindication, reply: Reply, *, agreed: bool) -> Reason:
    answer = one.yes if reply == "yes" else one.not_sure
    if agreed and answer.leads_to == "ask a doctor":
        return Reason(one, reply, "adapt", answer.do)
    return Reason(one, reply, answer.leads_to, answer.do)


def _gravity(outcome: Outcome) -> int:
    return OUTCOMES.index(outcome)


def _taken_away(
    outcome: Outcome, reasons: Iterable[Reason], areas: Collection[Area], *, elsewhere: bool
) -> Restrictions:
    """All that any of the reasons takes away, taken together."""
    taken = [each.contraindication.takes_away for each in reasons]
    placed = [each for each in taken if each.own_area]
    ceilings = (each.force_ceiling for each in taken if each.force_ceiling is not None)
    return Restrictions(
        everything=outcome not in MASSAGE or any(each.everything for each in taken),
        areas=frozenset(map(Area, _all("zones", taken))) | frozenset(areas if placed else ()),
        blocks=_all("blocks", taken),
        techniques=_all("techniques", taken),
        lubricants=_all("lubricants", taken),
        positions=_all("positions", taken),
        own_area=not areas and not all(elsewhere and each.elsewhere for each in placed),
        force_ceiling=min(ceilings, default=Restrictions.force_ceiling),
    )


def _all(field_: str, taken: Iterable[TakesAway]) -> frozenset[str]:
    return frozenset(chain.from_iterable(getattr(each, field_) for each in taken))


# --- what is asked ---------------------------------------------------------------------------


def asked(
    replies: Mapping[str, Reply], contraindications: Iterable[Contraindication]
) -> tuple[Contraindication, ...]:
    """The questions that are to be put, in order, given the replies so far.

    The first ones are put to everybody, others after one of those that was not answered with
    "no". Behind a reply that leads to an emergency nothing more is asked.
    """
    found = []
    for each in _opened(replies, contraindications):
        found.append(each)
        reply = replies.get(each.id, "no")
        if reply != "no" and _reason(each, reply, agreed=False).leads_to == "emergency":
            break
    return tuple(found)


def _opened(
    replies: Mapping[str, Reply], contraindications: Iterable[Contraindication]
) -> list[Contraindication]:
    """The first questions, and then those that the replies to them open."""
    everything = sorted(contraindications, key=lambda each: not each.first)
    opening = {each.id for each in everything if replies.get(each.id, "no") != "no"}
    return [each for each in everything if each.first or opening & {*each.asked_after}]


def still_open(
    replies: Mapping[str, Reply], contraindications: Iterable[Contraindication]
) -> tuple[Contraindication, ...]:
    """The questions that are to be put and have no reply yet."""
    return tuple(each for each in asked(replies, contraindications) if each.id not in replies)


def concluded(answers: Answers, contraindications: Collection[Contraindication]) -> Decision | None:
    """The decision, or None as long as it cannot be told.

    It can once everything that is to be asked has a reply, and before that where what was said
    rules a massage out already. A reply to a question that is no longer asked does not count.

    Raises:
        LookupError: a contraindication does not exist.
        ValueError: a reply is none of `REPLIES`.
    """
    decide(
        answers.replies, contraindications
    )  # what is unknown is told, also where it is no longer asked
    asked_now = {each.id for each in _opened(answers.replies, contraindications)}
    counted = {name: reply for name, reply in answers.replies.items() if name in asked_now}
    decision = decide(
        counted,
        contraindications,
        answers.areas,
        elsewhere=answers.elsewhere,
        agreed=answers.agreed,
    )
    if decision.outcome in {"stop", "emergency"}:
        return decision
    return None if still_open(answers.replies, contraindications) else decision
