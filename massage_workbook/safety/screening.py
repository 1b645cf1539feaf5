"""Whether this person should be massaged today, and what is left out if so. Answers to a decision.

It asks and weighs; it never diagnoses. "Not sure" always counts as the careful answer.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal, get_args

from massage_workbook.course.model import unknown_message
from massage_workbook.course.schema import Contraindication, Exclusions

Reply = Literal["yes", "not sure", "no"]
REPLIES: tuple[Reply, ...] = get_args(Reply)
Outcome = Literal["go", "adapt", "ask a doctor", "stop", "emergency"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""From the mildest to the most careful."""
Side = Literal["left", "right", "both"]
MASSAGE_OUTCOMES: tuple[Outcome, ...] = "go", "adapt"
"""Outcomes with which there may be a massage today."""
Permission = Literal["light", "ordinary"]
"""What a doctor or midwife has allowed: light stroking alone, or an ordinary gentle massage."""

LIGHT_STROKING_ONLY = Exclusions(
    blocks=("squeezing", "rubbing", "kneading", "vibration"),
    techniques=("deep-stroking", "tender-spot-hold"),
    force_ceiling=2,
)
"""What is left out where a doctor has allowed light stroking alone."""
GENTLE_MASSAGE = Exclusions(force_ceiling=4)
"""What is left out where a doctor has allowed an ordinary gentle massage."""


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
    """A reply that says something, what it leads to and takes away, and what to do about it."""

    contraindication: Contraindication
    reply: Reply
    leads_to: Outcome
    do: str
    takes_away: tuple[Exclusions, ...] = ()

    @property
    def own_area(self) -> bool:
        """Whether a place is left out that has to be marked."""
        return any(each.own_area for each in self.takes_away)

    @property
    def elsewhere(self) -> bool:
        """Whether that place may lie away from the back."""
        return all(each.elsewhere for each in self.takes_away if each.own_area)


@dataclass(frozen=True)
class Decision:
    """The most careful of all that the answers lead to, the gravest reasons first.

    Reasons that lead to "go" say what to keep in mind.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    restrictions: Restrictions = field(default_factory=Restrictions)


@dataclass(frozen=True)
class Answers:
    """All that was said in a screening.

    `areas` are the affected places that were marked on the back; `elsewhere` says that there are
    none on it. `agreed` is what a doctor or midwife has allowed, by the id of a contraindication.
    """

    replies: Mapping[str, Reply] = field(default_factory=dict)
    areas: frozenset[Area] = frozenset()
    elsewhere: bool = False
    agreed: Mapping[str, Permission] = field(default_factory=dict)


@dataclass(frozen=True)
class Checklist:
    """A section of the page: its lines, and below them the follow-ups that are open."""

    section: str
    lines: tuple[Contraindication, ...]
    follow_ups: tuple[Contraindication, ...] = ()


# --- what follows from the answers -----------------------------------------------------------


def decide(
    replies: Mapping[str, Reply],
    contraindications: Iterable[Contraindication],
    areas: Collection[Area] = (),
    *,
    elsewhere: bool = False,
    agreed: Mapping[str, Permission] | None = None,
) -> Decision:
    """What the replies, by the id of a contraindication, lead to; one that is missing says nothing.

    A doctor's word turns "ask a doctor" into "adapt", and nothing else: not a stop and not an
    emergency. Whether enough has been asked is told by `concluded`.

    Raises:
        LookupError: a contraindication does not exist.
        ValueError: a reply is none of `REPLIES`.
    """
    agreed = agreed or {}
    known = {each.id: each for each in contraindications}
    for name in (*replies, *agreed):
        if name not in known:
            raise LookupError(unknown_message("contraindication", name, known))
    for reply in replies.values():
        if reply not in REPLIES:
            raise ValueError(unknown_message("reply", str(reply), REPLIES))
    found = (
        _reason_for(each, replies[each.id], agreed.get(each.id))
        for each in known.values()
        if replies.get(each.id) in each.answers
    )
    # Of equally grave ones, a follow-up says more than the line that opened it.
    reasons = tuple(sorted(found, key=lambda r: (-_severity(r), bool(r.contraindication.section))))
    outcome = reasons[0].leads_to if reasons else "go"
    return Decision(
        outcome, reasons, _combined_restrictions(outcome, reasons, areas, elsewhere=elsewhere)
    )


def _reason_for(one: Contraindication, reply: Reply, allowed: Permission | None) -> Reason:
    answer = one.answers[reply]
    if answer.leads_to == "adapt":
        return Reason(one, reply, "adapt", answer.do, (answer.takes_away or one.takes_away,))
    if answer.leads_to != "ask a doctor":
        return Reason(one, reply, answer.leads_to, answer.do)
    even_then = (one.allowed,) if one.allowed else ()
    if allowed is None:
        return Reason(one, reply, "ask a doctor", answer.do, even_then)
    left = LIGHT_STROKING_ONLY if allowed == "light" else GENTLE_MASSAGE
    return Reason(one, reply, "adapt", answer.do, (left, *even_then))


def _severity(reason: Reason) -> int:
    return OUTCOMES.index(reason.leads_to)


def _combined_restrictions(
    outcome: Outcome, reasons: Iterable[Reason], areas: Collection[Area], *, elsewhere: bool
) -> Restrictions:
    """All that any of the reasons takes away, taken together."""
    taken = [each for reason in reasons for each in reason.takes_away]
    placed = [each for each in taken if each.own_area]
    ceilings = (each.force_ceiling for each in taken if each.force_ceiling is not None)
    return Restrictions(
        everything=outcome not in MASSAGE_OUTCOMES,
        areas=frozenset(map(Area, _union("zones", taken))) | frozenset(areas if placed else ()),
        blocks=_union("blocks", taken),
        techniques=_union("techniques", taken),
        lubricants=_union("lubricants", taken),
        positions=_union("positions", taken),
        own_area=not areas and not all(elsewhere and each.elsewhere for each in placed),
        force_ceiling=min(ceilings, default=Restrictions.force_ceiling),
    )


def _union(field_: str, taken: Iterable[Exclusions]) -> frozenset[str]:
    return frozenset(chain.from_iterable(getattr(each, field_) for each in taken))


def milder_aspects(one: Decision, other: Decision) -> tuple[str, ...]:
    """In what one decision is milder than another; nothing where it is as careful in all."""
    mine, theirs = one.restrictions, other.restrictions
    found = [] if OUTCOMES.index(one.outcome) >= OUTCOMES.index(other.outcome) else ["outcome"]
    if mine.everything:
        return tuple(found)
    found += [
        name for name in ("everything", "own_area") if getattr(mine, name) < getattr(theirs, name)
    ]
    sets = ("areas", "blocks", "techniques", "lubricants", "positions")
    found += [name for name in sets if not getattr(mine, name) >= getattr(theirs, name)]
    return (*found, *(["force_ceiling"] if mine.force_ceiling > theirs.force_ceiling else []))


# --- what is asked ---------------------------------------------------------------------------


def checklists(
    replies: Mapping[str, Reply], contraindications: Collection[Contraindication]
) -> tuple[Checklist, ...]:
    """What is on the page, in order, given the replies so far.

    A follow-up stands in the section of the first that opened it. Behind a reply that leads to an
    emergency nothing more is asked.
    """
    found: list[Checklist] = []
    for each in _all_checklists(replies, contraindications):
        if any(_is_emergency(one, replies) for one in each.lines):
            return (*found, replace(each, follow_ups=()))
        for place, one in enumerate(each.follow_ups, start=1):
            if _is_emergency(one, replies):
                return (*found, replace(each, follow_ups=each.follow_ups[:place]))
        found.append(each)
    return tuple(found)


def _is_emergency(one: Contraindication, replies: Mapping[str, Reply]) -> bool:
    answer = one.answers.get(replies.get(one.id, ""))
    return answer is not None and answer.leads_to == "emergency"


def _all_checklists(
    replies: Mapping[str, Reply], contraindications: Collection[Contraindication]
) -> Iterator[Checklist]:
    """All sections with the follow-ups that are open in each."""
    sections = _section_by_id(replies, contraindications)
    for section in dict.fromkeys(each.section for each in contraindications if each.section):
        here = [each for each in contraindications if sections.get(each.id) == section]
        lines = tuple(each for each in here if each.section)
        yield Checklist(section, lines, tuple(each for each in here if not each.section))


def _section_by_id(
    replies: Mapping[str, Reply], contraindications: Collection[Contraindication]
) -> dict[str, str]:
    """The sections in which lines and open follow-ups stand, by id of the contraindication."""
    found = {each.id: each.section for each in contraindications if each.section}
    order = list(dict.fromkeys(found.values()))
    waiting = [each for each in contraindications if not each.section]
    while True:
        opening = [name for name in found if replies.get(name, "no") != "no"]
        new = {
            each.id: min((found[name] for name in by), key=order.index)
            for each in waiting
            if each.id not in found and (by := {*each.asked_after} & {*opening})
        }
        if not new:
            return found
        found |= new


def questions_shown(
    replies: Mapping[str, Reply], contraindications: Collection[Contraindication]
) -> tuple[Contraindication, ...]:
    """The lines and the follow-ups that are on the page, in order."""
    return tuple(
        each
        for one in checklists(replies, contraindications)
        for each in (*one.lines, *one.follow_ups)
    )


def unanswered(
    replies: Mapping[str, Reply], contraindications: Collection[Contraindication]
) -> tuple[Contraindication, ...]:
    """Those of them that have no reply yet."""
    return tuple(
        each for each in questions_shown(replies, contraindications) if each.id not in replies
    )


def conclude(answers: Answers, contraindications: Collection[Contraindication]) -> Decision | None:
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
    asked_now = _section_by_id(answers.replies, contraindications)
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
    return None if unanswered(answers.replies, contraindications) else decision


# --- a checklist is answered -----------------------------------------------------------------


def with_line_reply(
    replies: Mapping[str, Reply],
    name: str,
    reply: Reply,
    contraindications: Iterable[Contraindication],
) -> dict[str, Reply]:
    """The replies once a line is ticked, marked as not sure, or (with "no") cleared.

    A tick answers the other lines of its section with "no"; without any tick they are open again.
    """
    lines = _section_lines(name, contraindications)
    others = {each: replies.get(each, "no") for each in lines}
    now: dict[str, Reply] = {**others, name: reply}
    kept = {each: said for each, said in replies.items() if each not in lines}
    return kept | (now if {*now.values()} != {"no"} else {})


def with_none_of_these(
    replies: Mapping[str, Reply],
    section: str,
    contraindications: Iterable[Contraindication],
    *,
    so: bool,
) -> dict[str, Reply]:
    """The replies once none of a section's lines holds, or once that was taken back."""
    lines = [each.id for each in contraindications if each.section == section]
    kept = {each: said for each, said in replies.items() if each not in lines}
    return kept | (dict.fromkeys(lines, "no") if so else {})


def _section_lines(name: str, contraindications: Iterable[Contraindication]) -> list[str]:
    """The ids of the lines that stand in one section with a line."""
    known = {each.id: each for each in contraindications}
    return [each.id for each in known.values() if each.section == known[name].section]


# --- what the data must keep to --------------------------------------------------------------


def inconsistencies(
    contraindications: Collection[Contraindication],
) -> tuple[tuple[str, str], ...]:
    """What is wrong in the data: the id of each contraindication, and a sentence.

    "Not sure" is milder than another reply, or a follow-up can never be opened.
    """
    everything = {each.id: "not sure" for each in contraindications}
    opened = _section_by_id(everything, contraindications)
    never = [each.id for each in contraindications if each.id not in opened]
    return (
        *((name, "is never asked: nothing opens what it is asked_after") for name in never),
        *chain.from_iterable(map(_too_mild, contraindications)),
    )


def _too_mild(one: Contraindication) -> Iterator[tuple[str, str]]:
    """In what "not sure" is milder than another reply, whatever a doctor has allowed."""
    for reply in one.answers.keys() - {"not sure"}:
        for allowed in ({}, {one.id: "light"}, {one.id: "ordinary"}):
            unsure = decide({one.id: "not sure"}, [one], agreed=allowed)
            sure = decide({one.id: reply}, [one], agreed=allowed)
            for what in milder_aspects(unsure, sure):
                yield one.id, f"not sure is milder than {reply} in {what}"
