import re

import massage_workbook
from massage_workbook import paths
from massage_workbook.views import rules

from ..shipped import COURSE

RULES = rules.rule_groups(COURSE)
LIST = rules.preparation_groups(COURSE)
LEFT_OUT = rules.not_taught_groups(COURSE)


def items(listed):
    return [item for group in listed for item in group["items"]]


def test_every_rule_stands_in_its_group_with_reason_severity_and_source():
    assert [item["id"] for item in items(RULES)] == [rule.id for rule in COURSE.rules]
    for item, rule in zip(items(RULES), COURSE.rules, strict=True):
        assert (item["says"], item["why"], item["severity"]) == (rule.rule, rule.why, rule.severity)
        assert item["who"]["sources"]


def test_the_groups_are_the_sections_of_the_file():
    text = (paths.data() / "rules.yaml").read_text(encoding="utf-8")
    sections = [each.capitalize() for each in re.findall(r"(?m)^# --- (.+?) -+$", text)]
    assert [group["title"] for group in RULES] == sections


def test_the_rules_are_read_and_the_preparation_is_ticked():
    assert not massage_workbook.rules().tick
    assert not massage_workbook.not_taught().tick
    assert massage_workbook.preparation().tick


def test_all_of_the_preparation_is_there_topic_by_topic():
    assert [item["id"] for item in items(LIST)] == [each.id for each in COURSE.preparation]
    titles = [group["title"] for group in LIST]
    assert len({*titles}) == len(titles) == len(rules.TOPICS)


def test_asking_comes_before_everything_else():
    assert LIST[0]["title"] == "Asking and agreeing"
    assert {item["severity"] for item in LIST[0]["items"]} == {"safety"}


def test_what_is_left_out_says_why_not_and_what_to_do_instead():
    said = {item["id"]: item for item in items(LEFT_OUT)}
    assert said.keys() == {each.id for each in COURSE.not_taught}
    for each in COURSE.not_taught:
        row = said[each.id]
        assert (row["says"], row["why"]) == (f"Instead: {each.instead}", each.why)
        assert row["because"] == "Why not: "
        assert row["who"]["sources"]


def test_of_what_is_left_out_what_could_do_harm_stands_first():
    harm, others = LEFT_OUT
    assert {item["severity"] for item in harm["items"]} == {"safety"}
    assert {item["severity"] for item in others["items"]} == {"craft"}
