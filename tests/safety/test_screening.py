"""Decisions of the screening: more replies and "not sure" never make them milder."""

import csv
import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook import paths
from massage_workbook.course.model import cited_lines
from massage_workbook.safety.screening import (
    GENTLE_MASSAGE,
    LIGHT_STROKING_ONLY,
    MASSAGE_OUTCOMES,
    OUTCOMES,
    Answers,
    Area,
    Decision,
    checklists,
    conclude,
    decide,
    inconsistencies,
    milder_aspects,
    questions_shown,
    unanswered,
    with_line_reply,
    with_none_of_these,
)

from ..shipped import COURSE

ALL = COURSE.contraindications
BY_ID = {each.id: each for each in ALL}
LINES = [each for each in ALL if each.section]
FOLLOW_UPS = [each for each in ALL if not each.section]
SAYING = [(each, reply) for each in ALL for reply in each.answers]
ALLOWED = [None, "light", "ordinary"]


def with_no_to_the_rest(answers):
    """Everything else that is asked is answered with "no"."""
    replies = dict(answers.replies)
    while waiting := unanswered(replies, ALL):
        replies |= {each.id: "no" for each in waiting}
    return replace(answers, replies=replies)


TABLE = Path(__file__).with_name("screening_cases.csv")
CASES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["situation"][:60])


def listed(cell):
    return [each.strip() for each in cell.split(";") if each.strip()]


def pairs(cell):
    return dict(each.split("=") for each in listed(cell))


def answers_of(case):
    marked = [each for each in listed(case["marked"]) if each != "elsewhere"]
    return Answers(
        replies=pairs(case["answers"]),
        areas=frozenset(Area(*each.rsplit(" ", 1)) for each in marked),
        elsewhere="elsewhere" in listed(case["marked"]),
        permissions=pairs(case["agreed"]),
    )


RESTRICTS = {
    "everything": lambda left, _: left.everything,
    "placed": lambda left, _: not left.own_area,
    "own": lambda left, _: left.own_area,
    "no": lambda left, block: block in left.blocks,
    "may": lambda left, position: position not in left.positions,
    "not": lambda left, position: position in left.positions,
    "out": lambda left, technique: technique in left.techniques,
    "without": lambda left, oil: oil in left.lubricants,
    "force": lambda left, ceiling: left.force_ceiling <= float(ceiling),
    "area": lambda left, area: Area(*area.rsplit(" ", 1)) in left.areas,
}
"""What the words of the table say of restrictions."""


@each_case
def test_a_reviewed_situation_has_the_expected_decision(case):
    decision = conclude(with_no_to_the_rest(answers_of(case)), ALL)
    assert decision.outcome == case["decision"]
    for words in listed(case["restrictions"]):
        kind, _, rest = words.partition(" ")
        assert RESTRICTS[kind](decision.restrictions, rest), words
    if decision.outcome == "go":
        assert decision.restrictions == Decision("go").restrictions


def test_the_answers_of_each_situation_are_possible_and_its_sources_exist():
    references = {each.id for each in COURSE.references}
    for case in CASES:
        replies, sources = answers_of(case).replies, case["source"].split()
        calm = {n: r for n, r in replies.items() if BY_ID[n].answers[r].leads_to != "emergency"}
        assert {*replies} <= {each.id for each in questions_shown(calm, ALL)}, case
        assert sources, case
        assert all(each in references or cited_lines(each) for each in sources), case
    assert len({case["situation"] for case in CASES}) == len(CASES) >= 160


def test_the_table_has_all_outcomes_lines_and_most_follow_ups_and_many_ordinary_people():
    assert {case["decision"] for case in CASES} == {*OUTCOMES}
    answered = {name for case in CASES for name in pairs(case["answers"])}
    assert {each.id for each in LINES} - answered == set()
    assert len(answered & {each.id for each in FOLLOW_UPS}) > 0.8 * len(FOLLOW_UPS)
    ordinary = [c for c in CASES if c["decision"] in MASSAGE_OUTCOMES and not c["agreed"]]
    assert len(ordinary) * 2 >= len(CASES)


def test_an_inconsistency_is_reported():
    fever = BY_ID["fever"]
    mild = fever.model_copy(update={"not_sure": BY_ID["blood-pressure"].yes})
    assert inconsistencies([mild]) == (
        ("fever", "not sure is milder than yes in outcome"),
        ("fever", "not sure is milder than yes in everything"),
    ) * 3  # fmt: skip
    alone = BY_ID["heart-worse"].model_copy(update={"asked_after": ("heart-worse",)})
    assert "never asked" in inconsistencies([alone])[0][1]


@given(st.sampled_from(SAYING))
def test_a_single_reply_has_its_outcome_of_the_data(saying):
    item, reply = saying
    decision, answer = decide({item.id: reply}, ALL), item.answers[reply]
    (reason,) = decision.reasons
    assert decision.outcome == reason.leads_to == answer.leads_to
    assert (reason.contraindication, reason.reply, reason.do) == (item, reply, answer.do)
    assert decision.restrictions.everything == (decision.outcome not in MASSAGE_OUTCOMES)


@pytest.mark.parametrize("allowed", ALLOWED)
def test_two_replies_are_never_milder_than_one_of_them(allowed):
    """Of all pairs, each decided once from what it leads to alone; no third reply is in it."""
    agreed = {each.id: allowed for each in ALL} if allowed else {}
    single = {}
    for item, reply in SAYING:
        mine = {item.id: allowed} if allowed else {}
        single[item.id, reply] = decide({item.id: reply}, [item], permissions=mine)
    for (one, first), (other, second) in combinations(SAYING, 2):
        if one is not other:
            mine = {name: agreed[name] for name in (one.id, other.id) if agreed}
            both = decide({one.id: first, other.id: second}, [one, other], permissions=mine)
            assert not milder_aspects(both, single[one.id, first]), (one.id, first, other.id)
            assert not milder_aspects(both, single[other.id, second]), (one.id, other.id, second)


REPLY = st.sampled_from(["yes", "no", "not sure"])
IDS = st.sampled_from([each.id for each in ALL])
LINE_IDS = st.sampled_from([each.id for each in LINES])
SOME = st.dictionaries(IDS, REPLY, max_size=len(ALL))
ZONES = [each.id for each in COURSE.zones]
MARKED = st.frozensets(
    st.builds(Area, st.sampled_from(ZONES), st.sampled_from(["left", "right", "both"])), max_size=4
)
AGREED = st.dictionaries(IDS, st.sampled_from(["light", "ordinary"]))
BESIDES = st.fixed_dictionaries(
    {"areas": MARKED, "elsewhere": st.booleans(), "permissions": AGREED}
)
more = settings(max_examples=200)


def whole(replies, **said):
    return conclude(with_no_to_the_rest(Answers(replies, **said)), ALL)


@more
@given(SOME, LINE_IDS, st.sampled_from(["yes", "not sure"]), BESIDES)
def test_another_ticked_line_never_makes_the_decision_milder(replies, name, reply, said):
    before = {**replies, name: "no"}
    assert not milder_aspects(whole({**before, name: reply}, **said), whole(before, **said))


@more
@given(SOME, IDS, BESIDES)
def test_not_sure_never_makes_the_decision_milder(replies, name, said):
    unsure = whole({**replies, name: "not sure"}, **said)
    for reply in ("yes", "no"):
        assert not milder_aspects(unsure, whole({**replies, name: reply}, **said))


@more
@given(SOME, AGREED, BESIDES)
def test_a_permission_changes_neither_stop_nor_emergency(replies, agreed, said):
    before = whole(replies, **said | {"permissions": {}})
    after = whole(replies, **said | {"permissions": agreed})
    if before.outcome in {"stop", "emergency"}:
        assert after.outcome == before.outcome
    assert after.outcome in {before.outcome, "adapt"}


@more
@given(SOME, BESIDES)
def test_permission_for_light_stroking_is_never_milder_than_for_an_ordinary_massage(replies, said):
    light = decide(replies, ALL, **said | {"permissions": dict.fromkeys(BY_ID, "light")})
    ordinary = decide(replies, ALL, **said | {"permissions": dict.fromkeys(BY_ID, "ordinary")})
    assert not milder_aspects(light, ordinary)


@more
@given(SOME, AGREED)
def test_the_decision_does_not_depend_on_the_order_of_answers_or_data(replies, agreed):
    turned = dict(reversed(replies.items()))
    one, other = (
        decide(replies, ALL, permissions=agreed),
        decide(turned, ALL[::-1], permissions=agreed),
    )
    assert (one.outcome, one.restrictions) == (other.outcome, other.restrictions)
    gravity = [OUTCOMES.index(each.leads_to) for each in one.reasons]
    assert gravity == sorted(gravity, reverse=True)


def test_permission_for_light_stroking_keeps_the_stroking_blocks():
    others = {each.id for each in COURSE.blocks if each.family != "stroking"}
    assert {*LIGHT_STROKING_ONLY.blocks} == others
    techniques = {each.id for each in COURSE.techniques}
    assert {*LIGHT_STROKING_ONLY.techniques} <= techniques
    assert LIGHT_STROKING_ONLY.force_ceiling < GENTLE_MASSAGE.force_ceiling


@given(st.sampled_from([each for each in ALL if each.allowed]), st.sampled_from(ALLOWED[1:]))
def test_lasting_exclusions_hold_with_any_permission(item, allowed):
    reply = next(r for r, a in item.answers.items() if a.leads_to == "ask a doctor")
    left = decide({item.id: reply}, ALL, permissions={item.id: allowed}).restrictions
    assert {Area(zone) for zone in item.allowed.zones} <= left.areas
    assert {*item.allowed.blocks} <= left.blocks
    assert {*item.allowed.positions} <= left.positions
    assert left.own_area == item.allowed.own_area
    assert left.force_ceiling <= min(item.allowed.force_ceiling or 10, 4)
    other = next(each for each in ALL if each.allowed and each is not item)
    asks = next(r for r, a in other.answers.items() if a.leads_to == "ask a doctor")
    replies = {item.id: reply, other.id: asks}
    assert decide(replies, ALL, permissions={item.id: allowed}).outcome == "ask a doctor"


def test_a_marked_place_is_excluded_and_an_unmarked_one_is_still_required():
    area = Area("waist", "left")
    assert decide({"bruise": "yes"}, ALL, [area]).restrictions.areas == {area}
    assert decide({"bruise": "yes"}, ALL, elsewhere=True).restrictions.own_area
    assert not decide({"varicose-veins": "yes"}, ALL, elsewhere=True).restrictions.own_area
    both = {"varicose-veins": "yes", "bruise": "yes"}
    assert decide(both, ALL, elsewhere=True).restrictions.own_area


def test_a_follow_up_opens_unless_its_opener_is_answered_with_no():
    for item in FOLLOW_UPS:
        for opener in item.asked_after:
            before, replies = opener, {}
            while BY_ID[before].asked_after:
                replies[before], before = "yes", BY_ID[before].asked_after[0]
            for reply in ("yes", "not sure"):
                assert item in questions_shown({**replies, before: "yes", opener: reply}, ALL)
            assert item not in questions_shown({**replies, before: "yes", opener: "no"}, ALL)


def test_a_healthy_person_needs_one_click_a_section():
    replies = {}
    assert [each.section for each in checklists({}, ALL)] == [each.id for each in COURSE.sections]
    for section in COURSE.sections:
        assert conclude(Answers(replies), ALL) is None
        replies = with_none_of_these(replies, section.id, ALL, ticked=True)
    assert questions_shown(replies, ALL) == tuple(sorted(LINES, key=ALL.index))
    assert conclude(Answers(replies), ALL) == Decision("go")
    closed = {"heart-worse": "yes", "disc-lately": "yes"}  # follow-ups that are not shown
    assert conclude(Answers(replies | closed), ALL) == Decision("go")


def test_a_tick_answers_the_other_lines_of_its_section():
    once = with_line_reply({"bruise": "no"}, "diabetes", "yes", ALL)
    assert once["diabetes"] == "yes"
    assert {n for n in once if n != "bruise"} == {
        each.id for each in LINES if each.section == BY_ID["diabetes"].section
    }
    assert with_line_reply(once, "cancer", "not sure", ALL) == {**once, "cancer": "not sure"}
    assert with_line_reply(once, "diabetes", "no", ALL) == {"bruise": "no"}
    assert with_none_of_these(once, BY_ID["diabetes"].section, ALL, ticked=False) == {
        "bruise": "no"
    }


def test_a_follow_up_is_in_the_first_section_that_opened_it():
    def where(*names):
        lists = checklists(dict.fromkeys(names, "yes"), ALL)
        return [e.section for e in lists if BY_ID["spine-flare"] in e.follow_ups]

    assert where("spine-problem") == where("unstable-neck") == ["other-conditions"]
    assert where() == where("fever") == []


def test_there_is_no_decision_while_a_follow_up_is_unanswered():
    replies = {each.id: "no" for each in LINES} | {"blood-pressure": "yes"}
    assert conclude(Answers(replies), ALL) is None
    assert conclude(Answers(replies | {"pressure-steady": "no"}), ALL) is None
    replies |= {"pressure-high": "no"}
    for reply, outcome in {"yes": "go", "no": "adapt", "not sure": "ask a doctor"}.items():
        assert conclude(Answers(replies | {"pressure-steady": reply}), ALL).outcome == outcome


SETTLED = {
    "pressure-high": {"blood-pressure": "yes", "pressure-steady": "no"},
    "lung-unsteady": {"asthma": "yes", "lung-disease": "yes"},
    "thinners-unsettled": {"blood-thinners": "yes"},
    "painkillers-unsettled": {"strong-painkillers": "yes"},
    "cancer-active": {"cancer": "yes", "cancer-recent": "yes"},
}
"""A follow-up that asks whether something is settled, and the replies that open it."""


@pytest.mark.parametrize("name", SETTLED)
def test_a_steady_condition_permits_light_work_and_an_unsteady_one_needs_a_doctor(name):
    settled = whole(SETTLED[name] | {name: "no"}, elsewhere=True)
    assert settled.outcome == "adapt"
    assert settled.restrictions.force_ceiling <= 3
    assert "vibration" in settled.restrictions.blocks
    for reply in ("yes", "not sure"):
        assert whole(SETTLED[name] | {name: reply}).outcome == "ask a doctor"


def test_stop_and_emergency_are_decided_at_once_and_an_emergency_ends_the_asking():
    assert conclude(Answers({"fever": "yes"}), ALL).outcome == "stop"
    assert conclude(Answers({"chest-pain": "yes"}), ALL).outcome == "emergency"
    assert {e.section for e in questions_shown({"chest-pain": "not sure"}, ALL)} == {"help-now"}
    lists = checklists({"dizzy-today": "yes", "fever": "yes", "dizzy-with-signs": "yes"}, ALL)
    assert [each.section for each in lists] == ["help-now", "today"]
    assert lists[-1].follow_ups[-1].id == "dizzy-with-signs"


def test_the_screening_document_lists_every_line():
    page = (paths.PACKAGE.parent / "docs" / "screening.md").read_text(encoding="utf-8").splitlines()
    for item in LINES:
        row = next(row for row in page if row.startswith(f"| {item.name} |"))
        _, _, tick, follow_ups, *_, sources, _ = (cell.strip() for cell in row.split("|"))
        assert (tick, sources) == (item.yes.leads_to, " ".join(item.sources))
        opened = [each for each in FOLLOW_UPS if item.id in each.asked_after]
        assert len([each for each in follow_ups.split("; ") if each]) == len(opened)
        assert all(each.name[1:] in follow_ups for each in opened)


def test_unknown_questions_and_replies_are_refused_with_the_nearest():
    for replies, agreed in (({"osteoporose": "yes"}, {}), ({}, {"osteoporose": "light"})):
        with pytest.raises(LookupError, match=r'Did you mean "osteoporosis"\?'):
            decide(replies, ALL, permissions=agreed)
    with pytest.raises(ValueError, match=r'Did you mean "yes"\?'):
        decide({"fever": "yess"}, ALL)
    with pytest.raises(ValueError, match=r"No reply"):
        conclude(Answers({"osteoporosis": True}), ALL)


@pytest.mark.parametrize("reply", ["yes", "not sure"])
@pytest.mark.parametrize("allowed", ["light", "ordinary"])
def test_a_permission_is_shown_and_not_asked_for_again(allowed, reply):
    words = {"light": "light stroking alone.", "ordinary": "an ordinary gentle massage."}
    for each in ALL:
        answer = each.answers.get(reply)
        if answer is None or answer.leads_to != "ask a doctor":
            continue
        decision = decide({each.id: reply}, ALL, permissions={each.id: allowed})
        (told,) = (one.do for one in decision.reasons if one.contraindication is each)
        assert told.startswith(f"Allowed by a doctor or midwife: {words[allowed]}")
        assert ". Ask " not in told
        kept = [s for s in answer.do.split(". ") if not s.startswith(("Ask ", "No massage until "))]
        assert all(sentence in told for sentence in kept)


def test_a_sentence_omitted_after_a_permission_contains_no_other_rule():
    """What is never done, whatever a doctor allows, has a sentence of its own."""
    answers = [answer for each in ALL for answer in each.answers.values()]
    asks = [answer.do for answer in answers if answer.leads_to == "ask a doctor"]
    gone = [s for do in asks for s in do.split(". ") if s.startswith(("Ask ", "No massage until "))]
    assert [s for s in gone if "; " in s or re.search(", and (?!where)", s)] == []
