"""What answers lead to: never milder for one more of them, never mild for what is not known."""

import csv
import shutil
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook import paths
from massage_workbook.course import CourseError, read
from massage_workbook.course.model import cited_lines
from massage_workbook.screening import (
    MASSAGE,
    OUTCOMES,
    REPLIES,
    Answers,
    Area,
    Decision,
    Restrictions,
    asked,
    concluded,
    decide,
    still_open,
)

from .shipped import COURSE

ALL = COURSE.contraindications
BY_ID = {each.id: each for each in ALL}
FIRST = [each for each in ALL if each.first]
LATER = [each for each in ALL if not each.first]
CAREFUL = ("yes", "not sure")
each_first = pytest.mark.parametrize("item", FIRST, ids=lambda item: item.id)
each_later = pytest.mark.parametrize("item", LATER, ids=lambda item: item.id)
each_item = pytest.mark.parametrize("item", ALL, ids=lambda item: item.id)


def weight(outcome):
    return OUTCOMES.index(outcome)


def milder_than(one, other):
    """What of a decision is milder than in another; nothing where it is as careful in all."""
    mine, theirs = one.restrictions, other.restrictions
    found = [] if weight(one.outcome) >= weight(other.outcome) else ["outcome"]
    found += [f for f in ("everything", "own_area") if getattr(mine, f) < getattr(theirs, f)]
    sets = ("areas", "blocks", "techniques", "lubricants", "positions")
    found += [name for name in sets if not getattr(mine, name) >= getattr(theirs, name)]
    return found + (["force_ceiling"] if mine.force_ceiling > theirs.force_ceiling else [])


# --- the table -------------------------------------------------------------------------------

TABLE = Path(__file__).with_name("screening_cases.csv")
CASES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["situation"][:60])


def listed(cell):
    return [each.strip() for each in cell.split(";") if each.strip()]


def answers_of(case):
    marked = [each for each in listed(case["marked"]) if each != "elsewhere"]
    return Answers(
        replies=dict(each.split("=") for each in listed(case["answers"])),
        areas=frozenset(Area(*each.rsplit(" ", 1)) for each in marked),
        elsewhere="elsewhere" in listed(case["marked"]),
        agreed=frozenset(listed(case["agreed"])),
    )


def with_no_to_the_rest(answers):
    """Everything else that is asked is answered with "no"."""
    replies = dict(answers.replies)
    while waiting := still_open(replies, ALL):
        replies |= {each.id: "no" for each in waiting}
    return replace(answers, replies=replies)


RESTRICTS = {
    "everything": lambda left, _: left.everything,
    "placed": lambda left, _: not left.own_area,
    "own": lambda left, _: left.own_area,
    "no": lambda left, block: block in left.blocks,
    "not": lambda left, position: position in left.positions,
    "without": lambda left, oil: oil in left.lubricants,
    "force": lambda left, ceiling: left.force_ceiling <= float(ceiling),
    "area": lambda left, area: Area(*area.rsplit(" ", 1)) in left.areas,
}
"""What the words of the table say of restrictions."""


def restricts(restrictions, words):
    kind, _, rest = words.partition(" ")
    return RESTRICTS[kind](restrictions, rest)


@each_case
def test_a_situation_comes_out_as_a_careful_physiotherapist_would_have_it(case):
    answers = with_no_to_the_rest(answers_of(case))
    decision = concluded(answers, ALL)
    assert decision.outcome == case["decision"]
    for words in listed(case["restrictions"]):
        assert restricts(decision.restrictions, words), words
    if decision.outcome == "go":
        assert decision == Decision("go")


@each_case
def test_a_situation_s_answers_can_be_given_and_its_sources_exist(case):
    replies = answers_of(case).replies
    put = {each.id for each in asked(replies, ALL)}
    reached_an_emergency = case["decision"] == "emergency"
    opened = {n for n in replies if BY_ID[n].first or {*BY_ID[n].asked_after} & {*replies}}
    assert opened == {*replies}
    assert {*replies} <= put or reached_an_emergency
    references = {each.id for each in COURSE.references}
    sources = case["source"].split()
    assert sources
    assert all(each in references or cited_lines(each) for each in sources)


def test_the_table_is_long_enough_and_has_each_outcome():
    assert len(CASES) >= 60
    assert {case["decision"] for case in CASES} == {*OUTCOMES}
    assert len({case["situation"] for case in CASES}) == len(CASES)


def test_the_table_answers_every_first_question():
    answered = {each.split("=")[0] for case in CASES for each in listed(case["answers"])}
    assert {each.id for each in FIRST} <= answered


# --- never milder ----------------------------------------------------------------------------

SINGLE = {(each.id, reply): decide({each.id: reply}, ALL) for each in ALL for reply in CAREFUL}


@each_item
@pytest.mark.parametrize("reply", CAREFUL)
def test_a_single_answer_leads_to_what_the_data_say(item, reply):
    decision = SINGLE[item.id, reply]
    answer = item.yes if reply == "yes" else item.not_sure
    assert decision.outcome == answer.leads_to
    (reason,) = decision.reasons
    assert (reason.contraindication, reason.reply) == (item, reply)
    assert reason.do == answer.do
    assert reason.contraindication.sources


@each_item
def test_not_sure_is_no_milder_than_yes(item):
    assert milder_than(SINGLE[item.id, "not sure"], SINGLE[item.id, "yes"]) == []


@each_item
def test_a_no_says_nothing(item):
    assert decide({item.id: "no"}, ALL) == decide({}, ALL) == Decision("go")


def test_no_pair_of_answers_is_milder_than_either_of_them():
    for one, other in combinations(ALL, 2):
        for first, second in product(CAREFUL, CAREFUL):
            both = decide({one.id: first, other.id: second}, ALL)
            assert milder_than(both, SINGLE[one.id, first]) == [], (one.id, other.id)
            assert milder_than(both, SINGLE[other.id, second]) == [], (one.id, other.id)


IDS = st.sampled_from([each.id for each in ALL])
SOME = st.dictionaries(IDS, st.sampled_from(REPLIES), max_size=len(ALL))
ZONES = [each.id for each in COURSE.zones]
MARKED = st.frozensets(
    st.builds(Area, st.sampled_from(ZONES), st.sampled_from(["left", "right", "both"])), max_size=4
)
BESIDES = st.fixed_dictionaries(
    {"areas": MARKED, "elsewhere": st.booleans(), "agreed": st.frozensets(IDS)}
)
more = settings(max_examples=400)


@more
@given(SOME, IDS, st.sampled_from(CAREFUL), BESIDES)
def test_one_more_answer_makes_nothing_milder(replies, name, reply, said):
    before = {**replies, name: "no"}
    one = decide(before, ALL, **said)
    other = decide({**before, name: reply}, ALL, **said)
    assert milder_than(other, one) == []


@more
@given(SOME, IDS, BESIDES)
def test_not_sure_in_place_of_yes_makes_nothing_milder(replies, name, said):
    yes = decide({**replies, name: "yes"}, ALL, **said)
    unsure = decide({**replies, name: "not sure"}, ALL, **said)
    assert milder_than(unsure, yes) == []


@more
@given(SOME, IDS, st.sampled_from(CAREFUL), MARKED, st.frozensets(IDS))
def test_it_is_so_for_a_whole_screening_as_well(replies, name, reply, areas, agreed):
    def whole(said):
        return concluded(with_no_to_the_rest(Answers(said, areas, agreed=agreed)), ALL)

    before = {**replies, name: "no"}
    assert milder_than(whole({**before, name: reply}), whole(before)) == []


@more
@given(SOME, st.frozensets(IDS))
def test_the_order_of_answers_and_of_the_data_changes_nothing(replies, agreed):
    turned = dict(reversed(replies.items()))
    one = decide(replies, ALL, agreed=agreed)
    other = decide(turned, ALL[::-1], agreed=agreed)
    assert (one.outcome, one.restrictions) == (other.outcome, other.restrictions)


@more
@given(SOME)
def test_the_gravest_reasons_come_first(replies):
    told = [weight(each.leads_to) for each in decide(replies, ALL).reasons]
    assert told == sorted(told, reverse=True)
    assert len(told) == sum(reply != "no" for reply in replies.values())


# --- what is taken away ----------------------------------------------------------------------


@each_item
def test_everything_that_the_data_take_away_is_gone(item):
    taken, left = item.takes_away, SINGLE[item.id, "yes"].restrictions
    assert left.areas == {Area(zone, "both") for zone in taken.zones}
    assert left.blocks == {*taken.blocks}
    assert left.techniques == {*taken.techniques}
    assert left.lubricants == {*taken.lubricants}
    assert left.positions == {*taken.positions}
    assert left.own_area == taken.own_area
    assert left.force_ceiling == (10 if taken.force_ceiling is None else taken.force_ceiling)


@each_item
def test_without_a_doctor_s_word_there_is_no_massage_where_one_is_to_be_asked(item):
    decision = SINGLE[item.id, "yes"]
    assert decision.restrictions.everything == (decision.outcome not in MASSAGE)


@each_item
def test_a_doctor_s_word_opens_what_waits_for_it_and_nothing_else(item):
    for reply in CAREFUL:
        before = SINGLE[item.id, reply]
        after = decide({item.id: reply}, ALL, agreed=[item.id])
        if before.outcome != "ask a doctor":
            assert after == before
            continue
        assert after.outcome == "adapt"
        assert after.restrictions == replace(before.restrictions, everything=False)
        assert after.restrictions != Restrictions()


def test_a_doctor_s_word_about_one_thing_says_nothing_about_another():
    replies = {"osteoporosis": "yes", "pregnancy": "yes"}
    decision = decide(replies, ALL, agreed=["pregnancy"])
    assert decision.outcome == "ask a doctor"
    assert decision.restrictions.everything


def test_brittle_bones_with_a_doctor_s_word_are_never_struck_nor_pressed():
    left = decide({"osteoporosis": "yes"}, ALL, agreed=["osteoporosis"]).restrictions
    assert "vibration" in left.blocks
    assert left.force_ceiling <= 2
    assert not left.everything


def test_a_marked_place_is_left_out_where_a_reason_has_one():
    area = Area("waist", "left")
    left = decide({"bruise": "yes"}, ALL, [area]).restrictions
    assert left.areas == {area}
    assert not left.own_area


def test_a_place_that_is_needed_and_not_marked_stays_open():
    assert decide({"bruise": "yes"}, ALL).restrictions.own_area
    assert decide({"bruise": "yes"}, ALL, elsewhere=True).restrictions.own_area
    assert not decide({"varicose-veins": "yes"}, ALL, elsewhere=True).restrictions.own_area
    both = {"varicose-veins": "yes", "bruise": "yes"}
    assert decide(both, ALL, elsewhere=True).restrictions.own_area


# --- what is asked ---------------------------------------------------------------------------


def test_the_first_questions_are_few_and_short():
    assert len(FIRST) <= 11
    assert sum(len(each.question.split()) for each in FIRST) < 350


def test_a_healthy_person_is_asked_the_first_ones_and_nothing_else():
    replies = dict.fromkeys([each.id for each in FIRST], "no")
    assert asked(replies, ALL) == asked({}, ALL) == tuple(FIRST)
    assert concluded(Answers(replies), ALL) == Decision("go")


def test_emergencies_are_asked_about_first_and_the_wish_last():
    kinds = [each.kind for each in FIRST]
    assert kinds[: kinds.count("emergency")] == ["emergency"] * kinds.count("emergency")
    assert FIRST[-1].id == "rather-not"


@each_later
@pytest.mark.parametrize("reply", CAREFUL)
def test_every_other_question_is_asked_after_a_first_one(item, reply):
    assert item.asked_after
    for name in item.asked_after:
        assert BY_ID[name].first
        assert item in asked({name: reply}, ALL)
    assert item not in asked({}, ALL)


@each_later
def test_what_opens_a_question_is_careful_enough_alone(item):
    """Nothing that leaves a massage opens what forbids one; what stops is caught by a stop."""
    gravest = weight(item.yes.leads_to)
    openers = [weight(BY_ID[name].yes.leads_to) for name in item.asked_after]
    assert min(openers) >= min(gravest, weight("ask a doctor"))
    assert max(openers) >= min(gravest, weight("stop"))


@each_first
@pytest.mark.parametrize("reply", CAREFUL)
def test_yes_to_a_first_question_and_no_to_all_the_rest_is_still_careful(item, reply):
    decision = concluded(with_no_to_the_rest(Answers({item.id: reply})), ALL)
    assert decision.outcome == SINGLE[item.id, reply].outcome != "go"


def test_questions_stand_in_one_order_whatever_was_answered():
    everything = asked(dict.fromkeys(BY_ID, "not sure") | {
        each.id: "no" for each in ALL if each.not_sure.leads_to == "emergency"
    }, ALL)  # fmt: skip
    place = {each.id: i for i, each in enumerate(everything)}
    assert len(place) == len(everything) == len(ALL)
    for item in FIRST:
        if item.yes.leads_to != "emergency":
            places = [place[each.id] for each in asked({item.id: "yes"}, ALL)]
            assert places == sorted(places)


@pytest.mark.parametrize("reply", CAREFUL)
def test_behind_an_emergency_nothing_more_is_asked(reply):
    assert asked({"emergency-signs": reply}, ALL) == (BY_ID["emergency-signs"],)
    late = asked({"fever": "yes", "stiff-neck-fever": reply, "pregnancy": "yes"}, ALL)
    assert late[-1].id == "stiff-neck-fever"


def test_there_is_no_decision_before_everything_is_answered():
    replies = dict.fromkeys([each.id for each in FIRST], "no")
    for name in replies:
        some = {each: reply for each, reply in replies.items() if each != name}
        assert concluded(Answers(some), ALL) is None
    assert concluded(Answers(replies | {"other-illness": "yes"}), ALL) is None


@pytest.mark.parametrize(("name", "outcome"), [("fever", "stop"), ("emergency-signs", "emergency")])
def test_what_rules_a_massage_out_is_told_at_once(name, outcome):
    assert concluded(Answers({name: "yes"}), ALL).outcome == outcome


def test_a_reply_to_a_question_that_is_no_longer_asked_does_not_count():
    replies = dict.fromkeys([each.id for each in FIRST], "no") | {"osteoporosis": "yes"}
    assert concluded(Answers(replies), ALL).outcome == "go"


# --- what cannot be --------------------------------------------------------------------------


def test_an_unknown_contraindication_is_named_with_the_nearest():
    for replies, agreed in (({"osteoporose": "yes"}, ()), ({}, ["osteoporose"])):
        with pytest.raises(LookupError, match=r'Did you mean "osteoporosis"\?'):
            decide(replies, ALL, agreed=agreed)


def test_an_unknown_reply_is_named_with_those_that_there_are():
    with pytest.raises(ValueError, match=r'Did you mean "yes"\?'):
        decide({"fever": "yess"}, ALL)
    with pytest.raises(ValueError, match=r"No reply"):
        concluded(Answers({"osteoporosis": True}), ALL)


MISTAKES = {
    "asked after nothing and not first": (
        "  asked_after: [pregnancy]\n", "", "a question is either first, or asked_after first ones"
    ),
    "first and asked after another": (
        "  asked_after: [pregnancy]\n",
        "  asked_after: [pregnancy]\n  first: true\n",
        "a question is either first, or asked_after first ones",
    ),
    "asked after what does not exist": (
        "  asked_after: [pregnancy]\n",
        "  asked_after: [pregnanci]\n",
        'asked_after.0: No first question "pregnanci". Did you mean "pregnancy"?',
    ),
    "asked after one that is not first itself": (
        "  asked_after: [pregnancy]\n",
        "  asked_after: [osteoporosis]\n",
        'asked_after.0: No first question "osteoporosis".',
    ),
    "elsewhere without a place": (
        "  takes_away: {own_area: true, elsewhere: true}\n  why: Some people",
        "  takes_away: {elsewhere: true}\n  why: Some people",
        "elsewhere says where an own_area may lie",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_an_editor_s_mistake_is_named_with_its_place(tmp_path, mistake):
    old, new, said = MISTAKES[mistake]
    data = Path(shutil.copytree(paths.data(), tmp_path / "data"))
    file = data / "contraindications.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        read(data)
    told = [str(problem) for problem in caught.value.problems]
    assert any(each.startswith("contraindications.yaml:") and said in each for each in told), told
