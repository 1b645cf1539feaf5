"""Check the screening: "not sure" is never milder, and an emergency says to call for help."""

from collections.abc import Iterator

from massage_workbook.course.model import join_words
from massage_workbook.course.schema import Contraindication, Course, Section, StopSign
from massage_workbook.invariants.reporting import Checks, Violations
from massage_workbook.safety.screening import Area, Restrictions, decide, inconsistencies

_CALL = "emergency number"
"""The words that every emergency text contains."""
_MAX_LINES, _MAX_LINE_WORDS, _MAX_FOLLOW_UP_WORDS, _MAX_HINT_WORDS = 12, 14, 40, 30
"""Limits that keep a section readable; set by the course."""
WITHOUT_THE_NECK = (
    "heart-or-lung-disease",
    "stroke",
    "vascular-disease",
    "pressure-steady",
    "unstable-neck",
    "neck-injury",
    "spinal-surgery",
    "herniated-disc",
    "epilepsy",
)
"""Conditions of heart, vessels or neck; no permission allows massage of the neck. Reviewed."""
_ON_THE_NECK = frozenset({"collar-stroking", "collar-kneading"})
"""Techniques for the neck."""
BLEEDING = ("blood-thinners", "daily-aspirin", "bruises-easily", "clotting-tendency")
_MAX_FORCE_IF_BLEEDING = 3
"""No permission allows more force, or percussion, with a risk of bleeding. Reviewed."""


def _careful(_: Course, course: Course) -> Violations:
    """No reply is more careful than "not sure", and every follow-up can open."""
    places = {each.id: i for i, each in enumerate(course.contraindications)}
    for name, message in inconsistencies(course.contraindications):
        yield (places[name],), message


def _reviewed(_: Course, course: Course) -> Violations:
    """All reviewed contraindications exist."""
    there = {each.id for each in course.contraindications}
    for name in (*WITHOUT_THE_NECK, *BLEEDING):
        if name not in there:
            yield (), f'"{name}" is missing, whose restrictions were reviewed; put it back'


def _emergency(one: Contraindication, _: Course) -> Violations:
    """If "yes" is an emergency, the text of every reply says to call."""
    if one.yes.leads_to != "emergency":
        return
    for field in ("yes", "no", "not_sure"):
        answer = getattr(one, field)
        if answer and _CALL not in answer.do:
            yield (field, "do"), f'does not say to call; name the "{_CALL}"'


def _sign(sign: StopSign, _: Course) -> Violations:
    """The text of an emergency sign says to call."""
    if sign.emergency and _CALL not in sign.do:
        yield ("do",), f'does not say to call; name the "{_CALL}"'


def _neck(one: Contraindication, _: Course) -> Violations:
    """A contraindication that excludes the neck excludes it with any permission."""
    named = any("neck-back" in each.zones for each in (one.takes_away, one.allowed) if each)
    if not named and one.id not in WITHOUT_THE_NECK:
        return
    for field, left in _left_out(one):
        if Area("neck-back") not in left.areas or not left.techniques >= _ON_THE_NECK:
            message = f'opens the neck; leave out "neck-back", {join_words(sorted(_ON_THE_NECK))}'
            yield (field,), message


def _bleeding(one: Contraindication, _: Course) -> Violations:
    """With a risk of bleeding, force is limited and percussion excluded."""
    for field, left in _left_out(one) if one.id in BLEEDING else ():
        if left.force_ceiling > _MAX_FORCE_IF_BLEEDING:
            limit = f"at most {_MAX_FORCE_IF_BLEEDING} is allowed"
            yield (field,), f"allows force {left.force_ceiling:g}; {limit}"
        if "vibration" not in left.blocks:
            yield (field,), 'allows percussion; take the block "vibration" away'


def _left_out(one: Contraindication) -> Iterator[tuple[str, Restrictions]]:
    """The field of each reply with a massage, and its restrictions after an ordinary permission."""
    for reply, answer in one.answers.items():
        if answer.leads_to in {"adapt", "ask a doctor"}:
            decision = decide({one.id: reply}, [one], permissions={one.id: "ordinary"})
            yield reply.replace(" ", "_"), decision.restrictions


def _question(one: Contraindication, _: Course) -> Violations:
    """A line is a short statement, a follow-up a question."""
    words, text = len(one.question.split()), one.question
    limit = _MAX_LINE_WORDS if one.section else _MAX_FOLLOW_UP_WORDS
    if words > limit:
        yield ("question",), f"has {words} words; at most {limit} are allowed"
    if one.section and text.endswith((".", "?")):
        yield (
            ("question",),
            f'ends with "{text[-1]}"; a line of a checklist ends without punctuation',
        )
    if not one.section and not text.endswith("?"):
        yield ("question",), 'does not end with "?"; a follow-up is a question'


def _section(section: Section, course: Course) -> Violations:
    """A section has at least one line, not too many, and a short hint."""
    lines = sum(each.section == section.id for each in course.contraindications)
    if not 1 <= lines <= _MAX_LINES:
        yield ("id",), f'"{section.id}" has {lines} lines; 1 to {_MAX_LINES} can be read in one go'
    if (words := len(section.hint.split())) > _MAX_HINT_WORDS:
        yield ("hint",), f"has {words} words; at most {_MAX_HINT_WORDS} are allowed"


CHECKS: Checks = {
    "contraindications.yaml": (_careful, _reviewed),
    "contraindications": (_emergency, _neck, _bleeding),
    "stop_signs": (_sign,),
}
WORDING: Checks = {"contraindications": (_question,), "sections": (_section,)}
