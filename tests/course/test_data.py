"""The course itself: within its own rules, whole, honest, and of one spelling.

What has to agree across the course, such as strokes with zones, is held together by
`massage_workbook.invariants`; `test_invariants.py` tries that.
"""

import ast
import json
import re

import pytest

from massage_workbook import paths
from massage_workbook.body import anatomy
from massage_workbook.course import coverage

from ..shipped import COURSE

SPINE = next(zone for zone in COURSE.zones if zone.id == "spine")


def each(items):
    return pytest.mark.parametrize("item", items, ids=lambda item: item.id)


each_technique = each(COURSE.techniques)


# --- techniques keep to their block, the rules and the zones -----------------------------------


@each_technique
def test_tempo_and_force_are_within_the_block_s_or_say_why(item):
    blocks = [block for block in COURSE.blocks if block.family == item.family]
    assert any(within(item, block) for block in blocks) or item.exceeds


def within(technique, block):
    """Whether a technique's figures lie within a block's."""
    spans = [(technique.pressure.range, block.force)]
    if block.per_minute:
        spans.append((technique.tempo.per_minute, block.per_minute))
    return all(low <= least and most <= high for (least, most), (low, high) in spans)


@each_technique
def test_nothing_presses_the_spine(item):
    most = SPINE.ceiling.get(item.motion, 0)
    for stroke in item.strokes:
        for ways in anatomy.ways(stroke).values():
            for way in ways:
                crosses = any(anatomy.inside(place, SPINE.outline) for place in way)
                crosses |= min(u for u, _ in way) < 0 < max(u for u, _ in way)
                assert not crosses or stroke.force <= most, stroke.id


@each_technique
def test_no_stroke_is_firmer_than_the_technique(item):
    assert max(stroke.force for stroke in item.strokes) <= item.pressure.range[1]


@each_technique
def test_keep_off_zones_are_kept_off_by_all_but_a_light_flat_hand(item):
    for zone in COURSE.zones:
        if zone.kind == "keep-off":
            assert zone.id in item.keep_off or zone.ceiling.get(item.motion), zone.id


@each_technique
def test_a_light_return_is_light(item):
    for stroke in item.strokes:
        assert not stroke.light_return or stroke.force <= 2, stroke.id


# --- sessions ----------------------------------------------------------------------------------


@each(COURSE.sessions)
def test_minutes_add_up_to_what_the_name_says(item):
    assert item.total == int(re.search(r"(\d+) minutes", item.name)[1])


@each(COURSE.sessions)
def test_a_session_is_the_course_s_own_and_says_how(item):
    assert item.basis != "stated"
    assert item.note


@each(COURSE.sessions)
def test_a_session_opens_and_closes_with_strokes_and_keeps_every_block_s_bounds(item):
    assert item.minutes["opening"] > 0
    assert item.minutes["closing"] > 0
    for block in COURSE.blocks:
        low, high = block.minutes
        assert not item.minutes.get(block.id) or low <= item.minutes[block.id] <= high


# --- safety ------------------------------------------------------------------------------------


@each([c for c in COURSE.contraindications if c.yes.leads_to == "emergency"])
def test_an_emergency_of_the_screening_says_to_call(item):
    for answer in item.answers.values():
        assert "emergency number" in answer.do


@each([sign for sign in COURSE.stop_signs if sign.emergency])
def test_an_emergency_sign_says_to_call(item):
    assert "call" in item.do.lower()


# --- nothing stands alone ----------------------------------------------------------------------


KINDS = (
    "zones", "blocks", "techniques", "rules", "preparation", "contraindications", "stop_signs",
    "not_taught", "disagreements",
)  # fmt: skip


def mentioned():
    """Ids that a lesson, question, rule, session, disagreement or other item mentions."""
    found = set()
    for path in paths.notebooks().glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                tree = ast.parse("".join(cell["source"]))
                found |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    for topic in COURSE.topics:
        found |= {name for question in topic.questions for name in question.about}
    found |= {name for each in COURSE.disagreements for name in each.about}
    found |= {name for session in COURSE.sessions for name in session.minutes}
    for technique in COURSE.techniques:
        found |= {*technique.zones, *technique.keep_off}
    for reason in COURSE.contraindications:
        for taken in (reason.takes_away, reason.allowed or reason.takes_away):
            found |= {*taken.zones, *taken.blocks, *taken.techniques}
    return found


def test_nothing_is_there_that_no_lesson_or_question_takes_up():
    exists = {item.id for kind in KINDS for item in getattr(COURSE, kind)}
    assert sorted(exists - mentioned()) == []


def test_every_lesson_has_its_notebook_and_every_topic_is_asked_in_one():
    notebooks = sorted(paths.notebooks().glob("*.ipynb"))
    assert [each.notebook for each in COURSE.lessons] == [path.name for path in notebooks]
    asked = "".join(path.read_text(encoding="utf-8") for path in notebooks)
    assert [t.id for t in COURSE.topics if f'quiz(\\"{t.id}\\")' not in asked] == []


def test_a_technique_s_name_in_the_glossary_is_its_own():
    terms = {term.names.english.lower() for term in COURSE.glossary}
    for technique in COURSE.techniques:
        assert technique.names.english.lower() in terms, technique.id


def test_the_articles_are_used_up():
    assert coverage.shortfalls(coverage.coverage(COURSE)) == []


# --- words -------------------------------------------------------------------------------------

TEXTS = sorted([*paths.data().rglob("*.yaml"), *paths.data().glob("*.csv")])
LESSONS = sorted(paths.notebooks().glob("*.ipynb"))
AMERICAN = re.compile(
    r"\b(colors?|centers?|favou?rites? color|fibers?|gray|behaviors?|neighbors?|labor|odors?|"
    r"tumors?|anesthe\w+|estrogen|diarrhea|edema|hematoma|hemorrhage|practic(?:es|ing) the|"
    r"liters?|meters?|traveled|traveling|labeled|canceled|program for|mold(?:s|ed|ing)?|"
    r"(?:real|recogn|organ|relax|apolog|minim|maxim|normal)iz(?:e[sd]?|ing))\b",
    re.IGNORECASE,
)
PROMISES = re.compile(
    r"\b(?:cures?|cured|heals?|healed|detox\w*|toxins?|slags?|purif\w+|immun\w+|rejuvenat\w+)\b|"
    r"capillar\w+|blood pressure|lymph flow|dissolv\w+|cellulite",
    re.IGNORECASE,
)
SPEAK_OF_HEALTH = {
    "claims.yaml", "disagreements.yaml", "contraindications.yaml", "sources.yaml", "glossary.yaml",
    "stop_signs.yaml", "not_taught.yaml", "not_used.yaml",
    # The questions about those speak of illness as they do.
    "situations.yaml", "reasons.yaml", "stop-signs.yaml",
}  # fmt: skip
"""Files that deny a promise or ask about an illness."""


@pytest.mark.parametrize("path", [*TEXTS, *LESSONS], ids=lambda path: path.name)
def test_the_spelling_is_british(path):
    text = re.sub(r"(?m)^.*(?:title|supports):.*$", "", path.read_text(encoding="utf-8"))
    assert AMERICAN.findall(text) == []


@pytest.mark.parametrize(
    "path",
    [path for path in [*TEXTS, *LESSONS] if path.name not in SPEAK_OF_HEALTH],
    ids=lambda path: path.name,
)
def test_nothing_else_promises_anything_for_health(path):
    allowed = {
        "Blood pressure lags behind after lying still, and people fall.",
        "Pain makes muscles brace, can raise blood pressure, and may be a warning.",
        "How lymph flows from the skin of the back differs from person to person",
    }
    text = path.read_text(encoding="utf-8")
    for sentence in allowed:
        text = text.replace(sentence, "")
    assert PROMISES.findall(text) == []
