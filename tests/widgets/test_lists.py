"""Lists of the course: each item once, with its texts and sources, in a helpful order."""

import pytest

import massage_workbook
from massage_workbook.views import rules
from massage_workbook.views.claims import VERDICT_LABELS
from massage_workbook.widgets.claims import Claims
from massage_workbook.widgets.glossary import Glossary
from massage_workbook.widgets.stop_signs import StopSigns

from ..shipped import COURSE

CLAIMS, TERMS, SIGNS = Claims(COURSE), Glossary(COURSE).terms, StopSigns(COURSE).groups


def rows(groups, name="items"):
    return [row for group in groups for row in group[name]]


LISTS = {
    "claims": (CLAIMS.claims, COURSE.claims, lambda e: (e.claim, e.honest, e.known)),
    "glossary": (
        TERMS,
        COURSE.glossary,
        lambda e: (e.names.english, e.names.swedish, e.names.russian, e.meaning, e.article_says),
    ),
    "stop signs": (rows(SIGNS, "signs"), COURSE.stop_signs, lambda e: (e.sign, e.do, e.why)),
    "rules": (
        rows(rules.rule_groups(COURSE)), COURSE.rules, lambda e: (e.rule, e.why, e.severity)
    ),
    "preparation": (rows(rules.preparation_groups(COURSE)), COURSE.preparation, lambda e: (e.why,)),
    "not taught": (
        rows(rules.not_taught_groups(COURSE)),
        COURSE.not_taught,
        lambda e: (f"Instead: {e.instead}", e.why, "Why not: "),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_each_item_is_a_row_with_its_texts_and_sources(name):
    shown, items, texts_of = LISTS[name]
    assert len(shown) == len(items)
    for item in items:
        texts = {*texts_of(item)}
        (row,) = [row for row in shown if texts <= {v for v in row.values() if isinstance(v, str)}
                  | {None}]  # fmt: skip
        assert row["attribution"]["sources"]


def test_verdicts_of_claims_are_counted():
    counted = {each["id"]: each["count"] for each in CLAIMS.verdicts}
    assert counted.keys() <= VERDICT_LABELS.keys()
    for verdict, count in counted.items():
        assert count == sum(row["verdict"] == verdict for row in CLAIMS.claims) > 0
    assert sum(counted.values()) == len(COURSE.claims)


def test_terms_are_in_alphabetical_order():
    english = [row["english"].lower().removeprefix("a ") for row in TERMS]
    assert english == sorted(english)


def test_emergencies_come_first_and_say_to_call():
    first, *others = SIGNS
    assert [each["id"] for each in SIGNS] == ["emergency", "stop", "after"]
    urgent = {sign.sign for sign in COURSE.stop_signs if sign.emergency}
    assert {row["sign"] for row in first["signs"]} == urgent
    assert all("your local emergency number" in row["do"] for row in first["signs"])
    assert not urgent & {row["sign"] for row in rows(others, "signs")}


def test_safety_comes_first_and_only_the_preparation_is_ticked():
    asking, *_ = rules.preparation_groups(COURSE)
    harm, others = rules.not_taught_groups(COURSE)
    assert asking["title"] == "Asking and agreeing"
    for group, severity in ((asking, "safety"), (harm, "safety"), (others, "craft")):
        assert {item["severity"] for item in group["items"]} == {severity}
    ticks = [
        getattr(massage_workbook, name)().tick for name in ("rules", "not_taught", "preparation")
    ]
    assert ticks == [False, False, True]
