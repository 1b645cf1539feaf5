"""No sentence makes an unproven promise; nothing here may be weakened to pass."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from massage_workbook import paths
from massage_workbook.course.schema import Claim, Course
from massage_workbook.invariants.promises import (
    _ALLOWED,
    _PROMISES,
    _REFUTED,
    _find_promises,
    _is_allowed,
    _promises,
    _texts_stated,
)
from massage_workbook.invariants.wording import _AMERICAN, texts_in

from .shipped import COURSE

ROOT = Path(__file__).parents[1]
LITERAL = re.compile(r'"([^"\n]*)"|`([^`]*)`')
"""A text in a script."""


def elsewhere() -> Iterator[tuple[str, str]]:
    """The file and each text of lessons, code, scripts and pages about the workbook."""
    for path in sorted(paths.notebooks().glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            yield path.name, "".join(cell["source"])
    for path in sorted((ROOT / "massage_workbook").rglob("*.py")):
        if path.parent.name != "invariants":  # which has the patterns themselves
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield path.name, node.value
    for path in sorted((ROOT / "massage_workbook").rglob("*.js")):
        for literal in LITERAL.findall(path.read_text(encoding="utf-8")):
            yield path.name, "".join(literal)
    for name in ("README.md", "CHANGELOG.md"):
        yield name, (ROOT / name).read_text(encoding="utf-8")


def items():
    """Every item of the course."""
    return [item for name in Course.model_fields for item in getattr(COURSE, name)]


@cache
def found():
    """Every sentence with a promise, except quotations that are refuted."""
    in_data = (("data", text) for item in items() for *_, text in _texts_stated(item))
    return [
        (file, name, sentence)
        for file, text in (*in_data, *elsewhere())
        for name, sentence in _find_promises(text)
    ]


def test_no_sentence_makes_an_unproven_promise():
    assert [each for each in found() if not _is_allowed(each[-1])] == []


def test_every_exception_is_still_needed_and_every_exempt_field_exists():
    """An unused exception must be removed, since it could hide a new promise."""
    sentences = [sentence for *_, sentence in found()]
    assert [
        pattern
        for pattern in _ALLOWED
        if not any(re.search(pattern, each, re.IGNORECASE) for each in sentences)
    ] == []
    fields = {(type(owner), loc[-1]) for item in items() for loc, owner, _ in texts_in(item, item)}
    assert _REFUTED.keys() <= fields


def test_the_spelling_of_lessons_is_british():
    lessons = sorted(paths.notebooks().glob("*.ipynb"))
    assert [_AMERICAN.findall(path.read_text(encoding="utf-8")) for path in lessons] == [[]] * len(
        lessons
    )


BAD = [
    "Massage cures back pain.", "Deep strokes heal the muscle.",
    "Kneading treats tension headaches.", "This is a therapeutic massage.",
    "Rubbing removes toxins from the tissue.", "Drink water to flush out the waste.",
    "It gets rid of pain in the lower back.", "You can get rid of your headaches.",
    "Ten minutes take away stress.",
    "Your partner's stress will disappear, and so ends the back pain.",
    "Sawing breaks down fat and salt.", "Circles dissolve the salt deposits.",
    "Firm thumbs break up knots.", "It improves circulation.", "Stroking boosts the blood flow.",
    "Rubbing normalises the metabolism.", "Better sleep comes with it.",
    "Upward strokes make the lymph flow better.", "The hand drains the lymph.",
    "It strengthens the immune system.", "New capillaries open.",
    "Percussion lowers the blood pressure.", "Success is guaranteed.", "It always helps.",
    "The pressure is quite harmless.", "This is completely safe.", "It is good for sciatica.",
    "Massage works against migraines.", "It prevents injuries.", "Rubbing warms the muscles.",
    "Only the repeats let muscle give way.", "It does not hurt. It cures.",
    "It is not only pleasant but therapeutic.", "The spasm goes away.",
    "Cells get their nutrients faster.", "The body is brought back to normal.",
    "A slow rhythm relaxes the nervous system.", "It is the safest kind.",
    "Back pain is treated by kneading, and it has healed many.",
    "Nothing is pressed; the strokes heal.",
]  # fmt: skip


@pytest.mark.parametrize("sentence", BAD)
def test_a_bad_sentence_is_caught(sentence):
    caught = list(_find_promises(sentence))
    assert caught
    assert not all(_is_allowed(text) for _, text in caught)


def test_each_pattern_catches_an_example_and_most_claims_of_the_articles():
    caught = {name for sentence in BAD for name, _ in _find_promises(sentence)}
    assert caught == _PROMISES.keys()
    claims = [each.claim for each in COURSE.claims]
    assert sum(any(_find_promises(claim)) for claim in claims) > len(claims) / 2


HONEST = [
    "It does not cure anything.",
    "This is for comfort, not for treatment.",
    "Nothing is dissolved, and no toxins are flushed out.",
    "Rubbed skin becomes warmer and pinker.",
    "Many people feel calmer for a while.",
    "It may feel looser for a while.",
    "Swelling is shown to a doctor.",
    "Slow strokes tend to calm.",
]


@pytest.mark.parametrize("sentence", HONEST)
def test_an_honest_sentence_passes(sentence):
    assert list(_find_promises(sentence)) == []


BAD_TEXT = "Stroking it cures the nerves."


@pytest.mark.parametrize("name", ["zones", "rules", "claims", "topics", "techniques"])
def test_a_bad_sentence_in_any_field_is_caught_unless_it_is_quoted_to_be_refuted(name):
    """Only a field is exempt, not its file or item."""
    one = getattr(COURSE, name)[0]
    for loc, owner, _ in _texts_stated(one):
        if len(loc) == 1:
            spoilt = one.model_copy(update={loc[0]: BAD_TEXT})
            assert [place for place, _ in _promises(spoilt, COURSE)] == [loc], owner
    claim = COURSE.claims[0].model_copy(update={"claim": BAD_TEXT})
    assert (Claim, "claim") in _REFUTED
    assert list(_promises(claim, COURSE)) == []


def test_a_bad_sentence_in_a_script_is_caught():
    script = 'const a = "It cures.";\nconst b = `It ${heals} the muscle.`;'
    texts = ["".join(literal) for literal in LITERAL.findall(script)]
    assert [[name for name, _ in _find_promises(text)] for text in texts] == [["cures"], ["heals"]]


@pytest.mark.parametrize("odd", ["-" * 20_000, "it's " * 5_000, "removes - " * 2_000])
def test_the_search_terminates_on_any_text(odd):
    """The patterns must not backtrack exponentially."""
    assert list(_find_promises(f"It eases {odd}")) == []
