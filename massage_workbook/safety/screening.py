"""The screening: from answers to a decision and restrictions.

It asks and weighs; it never diagnoses. "Not sure" always counts as the careful answer.
"""

import re
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
"""Outcomes that permit a massage today."""
Permission = Literal["light", "ordinary"]
"""What a doctor or midwife has permitted: light stroking only, or an ordinary gentle massage."""

LIGHT_STROKING_ONLY = Exclusions(
    blocks=("squeezing", "rubbing", "kneading", "vibration"),
    techniques=("deep-stroking", "tender-spot-hold"),
    force_ceiling=2,
)
"""Exclusions if a doctor has permitted light stroking only."""
GENTLE_MASSAGE = Exclusions(force_ceiling=4)
"""Exclusions if a doctor has permitted an ordinary gentle massage."""


@dataclass(frozen=True)
class Area:
    """A zone of the back, on one side or both, that is left out."""

    zone: str
    side: Side = "both"


@dataclass(frozen=True)
class Restrictions:
    """The exclusions of all replies combined, which plans and practices respect.

    `everything` rules out any massage. `own_area` is set while an affected place has to be left
    out and is not marked yet. `force_ceiling` is on the scale 0-10; 10 is no limit.
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
    """A reply with a consequence: its outcome, its exclusions, and what to do."""

    contraindication: Contraindication
    reply: Reply
    leads_to: Outcome
    do: str
    takes_away: tuple[Exclusions, ...] = ()

    @property
    def own_area(self) -> bool:
        """Whether the affected place has to be marked and left out."""
        return any(each.own_area for each in self.takes_away)

    @property
    def elsewhere(self) -> bool:
        """Whether that place may lie away from the back."""
        return all(each.elsewhere for each in self.takes_away if each.own_area)


@dataclass(frozen=True)
class Decision:
    """The most careful outcome of all replies, its reasons, and the restrictions.

    The gravest reasons come first; those that lead to "go" only say what to keep in mind.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    restrictions: Restrictions = field(default_factory=Restrictions)


def restrictions_of(decision: Decision | None) -> Restrictions:
    """The restrictions of a decision; none where nobody was asked."""
    return decision.restrictions if decision else Restrictions()


@dataclass(frozen=True)
class Answers:
    """The answers of a screening.

    `replies` and `permissions`, the permissions of a doctor or midwife, are by contraindication id.
    `areas` are the affected places marked on the back; `elsewhere` says that none is on the back.
    """

    replies: Mapping[str, Reply] = field(default_factory=dict)
    areas: frozenset[Area] = frozenset()
    elsewhere: bool = False
    permissions: Mapping[str, Permission] = field(default_factory=dict)


@dataclass(frozen=True)
class Checklist:
    """A section of the page: its lines, and below them the follow-ups in view."""

    section: str
    lines: tuple[Contraindication, ...]
    follow_ups: tuple[Contraindication, ...] = ()


# --- decision --------------------------------------------------------------------------------


def decide(
    replies: Mapping[str, Reply],
    contraindications: Iterable[Contraindication],
    areas: Collection[Area] = (),
    *,
    elsewhere: bool = False,
    permissions: Mapping[str, Permission] | None = None,
) -> Decision:
    """The decision on replies, by contraindication id; missing replies have no effect.

    A doctor's permission turns "ask a doctor" into "adapt"; it changes neither "stop" nor
    "emergency". `conclude` also checks whether the replies are complete.

    Raises:
        LookupError: a contraindication does not exist.
        ValueError: a reply is none of `REPLIES`.
    """
    permissions = permissions or {}
    known = {each.id: each for each in contraindications}
    for name in (*replies, *permissions):
        if name not in known:
            raise LookupError(unknown_message("contraindication", name, known))
    for reply in replies.values():
        if reply not in REPLIES:
            raise ValueError(unknown_message("reply", str(reply), REPLIES))
    found = (
        _reason_for(each, replies[each.id], permissions.get(each.id))
        for each in known.values()
        if replies.get(each.id) in each.answers
    )
    # Of equally grave reasons, a follow-up is more specific than the line that opened it.
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
    always = (one.allowed,) if one.allowed else ()
    if allowed is None:
        return Reason(one, reply, "ask a doctor", answer.do, always)
    exclusions = LIGHT_STROKING_ONLY if allowed == "light" else GENTLE_MASSAGE
    return Reason(one, reply, "adapt", _once_allowed(answer.do, allowed), (exclusions, *always))


def _once_allowed(do: str, allowed: Permission) -> str:
    """What to do with a permission: the sentences without those that say to ask a doctor."""
    sentences = re.split(r"(?<=\.) ", do)
    others = [each for each in sentences if not each.startswith(("Ask ", "No massage until "))]
    return " ".join([f"Allowed by a doctor or midwife: {_ALLOWED[allowed]}.", *others])


_ALLOWED: dict[Permission, str] = {
    "light": "light stroking alone",
    "ordinary": "an ordinary gentle massage",
}


def _severity(reason: Reason) -> int:
    return OUTCOMES.index(reason.leads_to)


def _combined_restrictions(
    outcome: Outcome, reasons: Iterable[Reason], areas: Collection[Area], *, elsewhere: bool
) -> Restrictions:
    """The union of the exclusions of all reasons, and the lowest force ceiling."""
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
    """The names of the aspects in which one decision is milder than another."""
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


# --- questions -------------------------------------------------------------------------------


def checklists(
    replies: Mapping[str, Reply], contraindications: Collection[Contraindication]
) -> tuple[Checklist, ...]:
    """The checklists in view, in order, given the replies so far.

    A follow-up belongs to the first section with a line that opened it. After a reply that leads
    to an emergency nothing more is asked.
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
    """All sections, each with its open follow-ups."""
    sections = _section_by_id(replies, contraindications)
    for section in dict.fromkeys(each.section for each in contraindications if each.section):
        here = [each for each in contraindications if sections.get(each.id) == section]
        lines = tuple(each for each in here if each.section)
        yield Checklist(section, lines, tuple(each for each in here if not each.section))


def _section_by_id(
    replies: Mapping[str, Reply], contraindications: Collection[Contraindication]
) -> dict[str, str]:
    """The section of each line and open follow-up, by contraindication id."""
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
    """The lines and follow-ups in view, in order."""
    return tuple(
        each
        for one in checklists(replies, contraindications)
        for each in (*one.lines, *one.follow_ups)
    )


def unanswered(
    replies: Mapping[str, Reply], contraindications: Collection[Contraindication]
) -> tuple[Contraindication, ...]:
    """The lines and follow-ups in view that have no reply yet."""
    return tuple(
        each for each in questions_shown(replies, contraindications) if each.id not in replies
    )


def conclude(answers: Answers, contraindications: Collection[Contraindication]) -> Decision | None:
    """The decision, or None while questions are unanswered.

    "stop" and "emergency" are final before all questions are answered. A reply to a follow-up
    that is no longer open does not count.

    Raises:
        LookupError: a contraindication does not exist.
        ValueError: a reply is none of `REPLIES`.
    """
    decide(answers.replies, contraindications)  # validates replies that are no longer asked, too
    asked_now = _section_by_id(answers.replies, contraindications)
    counted = {name: reply for name, reply in answers.replies.items() if name in asked_now}
    decision = decide(
        counted,
        contraindications,
        answers.areas,
        elsewhere=answers.elsewhere,
        permissions=answers.permissions,
    )
    if decision.outcome in {"stop", "emergency"}:
        return decision
    return None if unanswered(answers.replies, contraindications) else decision


# --- changing replies ------------------------------------------------------------------------


def with_line_reply(
    replies: Mapping[str, Reply],
    name: str,
    reply: Reply,
    contraindications: Iterable[Contraindication],
) -> dict[str, Reply]:
    """The replies after a line is ticked, marked as not sure, or (with "no") cleared.

    A tick answers the other lines of its section with "no"; without any tick the whole section is
    unanswered again.
    """
    lines = _section_lines(name, contraindications)
    others = {each: replies.get(each, "no") for each in lines}
    now: dict[str, Reply] = {**others, name: reply}
    unchanged = {each: given for each, given in replies.items() if each not in lines}
    return unchanged | (now if {*now.values()} != {"no"} else {})


def with_none_of_these(
    replies: Mapping[str, Reply],
    section: str,
    contraindications: Iterable[Contraindication],
    *,
    ticked: bool,
) -> dict[str, Reply]:
    """The replies after "None of these" of a section is ticked, or unticked."""
    lines = [each.id for each in contraindications if each.section == section]
    unchanged = {each: given for each, given in replies.items() if each not in lines}
    return unchanged | (dict.fromkeys(lines, "no") if ticked else {})


def _section_lines(name: str, contraindications: Iterable[Contraindication]) -> list[str]:
    """The ids of all lines in the section of a line."""
    known = {each.id: each for each in contraindications}
    return [each.id for each in known.values() if each.section == known[name].section]


# --- consistency of the data -----------------------------------------------------------------


def inconsistencies(contraindications: Collection[Contraindication]) -> tuple[tuple[str, str], ...]:
    """Errors in the data, each as a contraindication id and a message.

    An error is a "not sure" that is milder than another reply, or a follow-up that never opens.
    """
    everything = {each.id: "not sure" for each in contraindications}
    opened = _section_by_id(everything, contraindications)
    never = [each.id for each in contraindications if each.id not in opened]
    return (
        *((name, "is never asked: nothing opens what it is asked_after") for name in never),
        *chain.from_iterable(map(_too_mild, contraindications)),
    )


def _too_mild(one: Contraindication) -> Iterator[tuple[str, str]]:
    """Aspects in which "not sure" is milder than another reply, with or without permissions."""
    for reply in one.answers.keys() - {"not sure"}:
        for allowed in ({}, {one.id: "light"}, {one.id: "ordinary"}):
            unsure = decide({one.id: "not sure"}, [one], permissions=allowed)
            sure = decide({one.id: reply}, [one], permissions=allowed)
            for what in milder_aspects(unsure, sure):
                yield one.id, f"not sure is milder than {reply} in {what}"
