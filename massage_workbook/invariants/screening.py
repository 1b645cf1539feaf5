"""What the screening leads to: never milder for "not sure", and to a call in an emergency."""

from collections.abc import Iterator

from massage_workbook.course.model import listed
from massage_workbook.course.schema import Contraindication, Course, Section, StopSign
from massage_workbook.invariants.reporting import Checks, Found
from massage_workbook.safety.screening import Area, Restrictions, decide, inconsistencies

CALL = "emergency number"
"""What an emergency says to call."""
MOST_LINES, MOST_WORDS_OF_A_LINE, MOST_WORDS_OF_A_FOLLOW_UP, MOST_WORDS_OF_A_HINT = 12, 14, 40, 30
"""Of a section that is read in one go; the course's own."""
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
"""Reviewed: no doctor's word opens the neck for a heart, vessels or a neck that is not sound."""
ON_THE_NECK = frozenset({"collar-stroking", "collar-kneading"})
"""Techniques for the neck."""
BLEEDING = ("blood-thinners", "daily-aspirin", "bruises-easily", "clotting-tendency")
FIRMEST_WHERE_IT_BLEEDS = 3
"""Reviewed: no doctor's word allows firm work or percussion on blood that clots badly."""


def _careful(_: Course, course: Course) -> Found:
    """No reply is more careful than "not sure", and every follow-up can be reached."""
    places = {each.id: i for i, each in enumerate(course.contraindications)}
    for name, message in inconsistencies(course.contraindications):
        yield (places[name],), message


def _reviewed(_: Course, course: Course) -> Found:
    """Every reason that was reviewed is there."""
    there = {each.id for each in course.contraindications}
    for name in (*WITHOUT_THE_NECK, *BLEEDING):
        if name not in there:
            yield (), f'"{name}" is missing, whose restrictions were reviewed; put it back'


def _emergency(one: Contraindication, _: Course) -> Found:
    """Where a "yes" is an emergency, every reply that says something says to call."""
    if one.yes.leads_to != "emergency":
        return
    for field in ("yes", "no", "not_sure"):
        answer = getattr(one, field)
        if answer and CALL not in answer.do:
            yield (field, "do"), f'does not say to call; name the "{CALL}"'


def _sign(sign: StopSign, _: Course) -> Found:
    """An emergency sign says to call."""
    if sign.emergency and CALL not in sign.do:
        yield ("do",), f'does not say to call; name the "{CALL}"'


def _neck(one: Contraindication, _: Course) -> Found:
    """What leaves the neck out leaves it out whatever a doctor allows."""
    named = any("neck-back" in each.zones for each in (one.takes_away, one.allowed) if each)
    if not named and one.id not in WITHOUT_THE_NECK:
        return
    for field, left in _left_out(one):
        if Area("neck-back") not in left.areas or not left.techniques >= ON_THE_NECK:
            says = f'opens the neck; leave out "neck-back", {listed(sorted(ON_THE_NECK))}'
            yield (field,), says


def _bleeding(one: Contraindication, _: Course) -> Found:
    """Blood that clots badly is never worked on firmly or struck."""
    for field, left in _left_out(one) if one.id in BLEEDING else ():
        if left.force_ceiling > FIRMEST_WHERE_IT_BLEEDS:
            most = FIRMEST_WHERE_IT_BLEEDS
            yield (field,), f"allows force {left.force_ceiling:g}; {most} is the most"
        if "vibration" not in left.blocks:
            yield (field,), 'allows percussion; take the block "vibration" away'


def _left_out(one: Contraindication) -> Iterator[tuple[str, Restrictions]]:
    """The field of each answer with a massage, and what it leaves out once a doctor allows it."""
    for reply, answer in one.answers.items():
        if answer.leads_to in {"adapt", "ask a doctor"}:
            decision = decide({one.id: reply}, [one], agreed={one.id: "ordinary"})
            yield reply.replace(" ", "_"), decision.restrictions


def _question(one: Contraindication, _: Course) -> Found:
    """A line is a short plain statement, a follow-up a plain question."""
    words, said = len(one.question.split()), one.question
    most = MOST_WORDS_OF_A_LINE if one.section else MOST_WORDS_OF_A_FOLLOW_UP
    if words > most:
        yield ("question",), f"has {words} words; {most} are the most"
    if one.section and said.endswith((".", "?")):
        yield ("question",), f'ends with "{said[-1]}"; a line of a checklist has no mark at its end'
    if not one.section and not said.endswith("?"):
        yield ("question",), 'does not end with "?"; a follow-up is a question'


def _section(section: Section, course: Course) -> Found:
    """A section has some lines and not too many, and a short hint."""
    lines = sum(each.section == section.id for each in course.contraindications)
    if not 1 <= lines <= MOST_LINES:
        yield ("id",), f'"{section.id}" has {lines} lines; 1 to {MOST_LINES} can be read in one go'
    if (words := len(section.hint.split())) > MOST_WORDS_OF_A_HINT:
        yield ("hint",), f"has {words} words; {MOST_WORDS_OF_A_HINT} are the most"


CHECKS: Checks = {
    "contraindications.yaml": (_careful, _reviewed),
    "contraindications": (_emergency, _neck, _bleeding),
    "stop_signs": (_sign,),
}
WORDING: Checks = {"contraindications": (_question,), "sections": (_section,)}
