"""The course keeps its invariants, and the check reports violations."""

import re

import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st

from massage_workbook import invariants
from massage_workbook.cli import main
from massage_workbook.course.model import cited_lines
from massage_workbook.course.schema import Consequence
from massage_workbook.invariants import (
    coverage,
    limits,
    pace,
    places,
    questions,
    reporting,
    screening,
    sessions,
    subjects,
    texts,
)
from massage_workbook.reader import problems_at, read

from ..shipped import COURSE, TECHNIQUES

FILES = {each.id: f"techniques/{each.family}/{each.id}.yaml" for each in COURSE.techniques}
technique = st.sampled_from(COURSE.techniques)
contraindication = st.sampled_from(COURSE.contraindications)


def problems(folder):
    return [str(each) for each in problems_at(folder, invariants.violations(read(folder)))]


def test_the_command_prints_violations_and_fails_while_reading_reports_none(data):
    data.edit(FILES["cupping"], "  maximum: 5\n", "  maximum: 6\n")
    data.edit("stances.yaml", "  position: seated\n", "  position: prone\n")
    said = CliRunner().invoke(main, ["check", "--data", str(data.root)])
    assert said.exit_code == 1
    assert said.output.splitlines() == problems(data.root)
    assert data.problems == []
    assert "has no stance for the position seated; give one" in said.output
    assert not any(each.startswith("sessions.yaml") for each in said.output.splitlines())


def test_the_command_reports_a_shape_of_a_structure_that_is_no_line_of_points(data):
    file, point = "structure_shapes.yaml", "[[0.07, 0.59], [0.07, 0.59]"
    data.edit(file, point, "[[0.07, 0.59], [0.07]")
    said = CliRunner().invoke(main, ["check", "--data", str(data.root)])
    assert said.exit_code == 1
    line = data.line_of(file, "[0.07]")
    assert said.output.startswith(f"{file}:{line}: 0.shapes.0.outlines.0.1.1: is missing; give it")


def test_a_step_is_named_by_the_line_on_which_it_begins(data):
    file = FILES["sawing"]
    data.edit(file, "four times to and fro. The", "ten times to and fro. The")
    line = data.line_of(file, "ten times to and fro")
    (found,) = problems(data.root)
    assert found.startswith(f'{file}:{line}: steps.1: "ten times" ')


def found(checks, **items):
    """What checks find in the course with other items in the place of its own."""
    return reporting.run_checks(COURSE.model_copy(update=items), [checks])


@given(technique, st.data())
def test_a_stroke_firmer_than_its_technique_is_reported(one, data):
    i = data.draw(st.integers(0, len(one.strokes) - 1))
    force = data.draw(st.floats(one.pressure.range[1] + 0.1, 10))
    strokes = [*one.strokes]
    strokes[i] = strokes[i].model_copy(update={"force": force})
    firm = one.model_copy(update={"strokes": tuple(strokes)})
    assert ("strokes", i, "force") in {
        each.loc for each in found(limits.CHECKS, techniques=(firm,))
    }


@given(technique, st.data())
def test_a_stroke_over_the_spine_is_reported(one, data):
    stroke = data.draw(st.sampled_from(one.strokes))
    down = stroke.model_copy(
        update={"points": ((0.0, 0.2), (0.0, 0.7)), "force": 9, "mark": "line", "side": "middle"}
    )
    spoilt = one.model_copy(update={"strokes": (down,)})
    assert any('"spine"' in each.message for each in found(places.CHECKS, techniques=(spoilt,)))


@given(technique, st.data())
def test_a_missing_keep_off_zone_of_a_card_is_reported(one, data):
    shut = [z.id for z in COURSE.zones if z.kind == "keep-off" and not z.ceiling.get(one.motion)]
    gone = data.draw(st.sampled_from(shut))
    spoilt = one.model_copy(
        update={"keep_off": tuple(name for name in one.keep_off if name != gone)}
    )
    (told,) = [e for e in found(places.CHECKS, techniques=(spoilt,)) if e.loc == ("keep_off",)]
    assert told.message.startswith(f'"{gone}" is missing')


CAREFUL = {"adapt": 1, "ask a doctor": 2, "stop": 3, "emergency": 4}


@given(contraindication, st.data())
def test_a_not_sure_milder_than_yes_or_a_missing_question_is_reported(one, data):
    assume(one.yes.leads_to != "go")
    milder = [each for each in ("go", *CAREFUL) if CAREFUL.get(each, 0) < CAREFUL[one.yes.leads_to]]
    mild = Consequence(leads_to=data.draw(st.sampled_from(milder)), do="Go on.")
    i, others = COURSE.contraindications.index(one), [*COURSE.contraindications]
    others[i] = one.model_copy(update={"not_sure": mild})
    told = found(screening.CHECKS, contraindications=tuple(others))
    assert any(
        e.loc == (i,) and "not sure is milder than yes in outcome" in e.message for e in told
    )
    name = data.draw(st.sampled_from([*screening.WITHOUT_THE_NECK, *screening.BLEEDING]))
    left = tuple(each for each in COURSE.contraindications if each.id != name)
    told = found(screening.CHECKS, contraindications=left)
    assert any(f'"{name}" is missing' in each.message for each in told)


@given(st.sampled_from(COURSE.sessions), st.data())
def test_a_session_with_a_block_outside_its_bounds_is_reported_and_skipped(one, data):
    block = data.draw(st.sampled_from([b for b in COURSE.blocks if b.id in one.techniques]))
    spoilt = one.model_copy(update={"minutes": one.minutes | {block.id: block.minutes[1] + 0.25}})
    told = found(sessions.CHECKS, sessions=(spoilt,))
    assert {each.loc for each in told} == {(0, "name"), (0, "minutes", block.id)}


@pytest.mark.parametrize("kind", ["rules", "stop_signs", "zones", "techniques"])
def test_an_item_without_questions_or_mention_is_reported(kind):
    told = found(subjects.CHECKS, topics=())
    names = {e.message.split('"')[1] for e in told if "asked about by no question" in e.message}
    items = getattr(COURSE, kind)
    assert names >= {e.id for e in items if getattr(e, "standing", "core") == "core"}
    bare = {"topics": (), "disagreements": (), "contraindications": (), "sessions": ()}
    told = {e.message for e in found(subjects.CHECKS, **bare) if "mentioned nowhere" in e.message}
    assert len(told) > len(COURSE.preparation) + len(COURSE.not_taught)


def test_an_emergency_without_a_critical_question_is_reported():
    topics = changed_topics(lambda q: q.model_copy(update={"critical": False}))
    told = [e for e in found(subjects.CHECKS, topics=topics) if "is an emergency" in e.message]
    assert {each.file for each in told} == {"contraindications.yaml", "stop_signs.yaml"}


def changed_topics(change):
    """All topics once each question is changed."""
    return tuple(
        topic.model_copy(update={"questions": tuple(map(change, topic.questions))})
        for topic in COURSE.topics
    )


def choices(change):
    """A change of the choices of each question to choose from."""

    def changed(question):
        if question.kind not in {"single", "many"}:
            return question
        new = [each.model_copy(update=change(i, each)) for i, each in enumerate(question.choices)]
        return question.model_copy(update={"choices": tuple(new)})

    return changed


LONGER = choices(lambda _, each: {"text": each.text + " really" * 40 * each.right})


def to(decision):
    return lambda q: q.model_copy(update={"right": decision}) if q.kind == "case" else q


BANKS = {
    "the longest is right": (LONGER, "too long on average"),
    "the shortest is right": (
        choices(lambda _, each: {"text": "Yes" if each.right else each.text}),
        "too short on average",
    ),
    "everything is right": (choices(lambda *_: {"right": True}), "every choice is right in"),
    "only one is wrong": (choices(lambda i, _: {"right": i > 0}), "many have one wrong choice"),
    "all is critical": (lambda q: q.model_copy(update={"critical": True}), "are marked critical"),
    "everybody stops": (to("stop"), 'situations lead to "go"; at least 10% must'),
    "nobody stops": (to("go"), "too few or too many situations lead to a massage"),
    "one decision is missing": (to("go"), 'no situation leads to "emergency"'),
    "concepts have one question": (
        lambda q: q.model_copy(update={"about": (q.id,)}),
        "is the only question about",
    ),
    "one kind is missing": (
        lambda q: COURSE.topics[0].questions[0] if q.kind == "case" else q,
        "no question is of the kind case",
    ),
}


@pytest.mark.parametrize("case", BANKS)
def test_a_question_bank_that_reveals_its_answers_is_reported(case):
    change, said = BANKS[case]
    told = found(questions.CHECKS, topics=changed_topics(change))
    assert any(said in each.message for each in told if each.loc == ())
    if change is LONGER:
        revealing = [each for each in told if each.loc == ("questions",)]
        assert all("the right choice is the longest in" in each.message for each in revealing)
        assert {f"questions/{topic.id}.yaml" for topic in COURSE.topics} & {
            each.file for each in revealing
        }


def test_the_question_bank_is_large_and_most_contraindications_have_a_situation():
    every = [question for topic in COURSE.topics for question in topic.questions]
    cases = [question for question in every if question.kind == "case"]
    reasons = {each.id for each in COURSE.contraindications}
    assert len(every) >= 330
    assert len(cases) >= 60
    assert len(reasons & {name for q in cases for name in q.about}) >= 60


def test_an_uncited_line_needs_a_reason_and_nearly_all_lines_must_be_cited():
    (told,) = found(coverage.CHECKS, not_used=())
    assert told.message.startswith("article E: line 251 is not cited; cite it, or give the reason")
    names = ("rules", "disagreements", "claims", "glossary", "techniques")
    *_, last = found(coverage.CHECKS, **dict.fromkeys(names, ()))
    assert last.message.endswith("lines with content are cited; 98% must be")
    excused = {line for each in COURSE.not_used for one in each.lines for line in cited_lines(one)}
    assert 251 in excused


def with_step(name, text):
    """A technique whose first step is another one."""
    one = TECHNIQUES[name]
    return one.model_copy(update={"steps": (text, *one.steps[1:])})


def flagged(one):
    """The phrases of a technique's texts that its fields do not support."""
    return [re.match('"(.*?)"', message)[1] for _, message in texts._texts(one, COURSE)]


FOLLOW = [
    ("finger-pad-rubbing", "Two small circles, then on by two fingers."),
    ("semicircle-rubbing", "Set the next half-moon two fingers higher."),
    ("palm-circle-kneading", "One circle, then half a palm further out."),
    ("transverse-kneading", "Both hands lie a palm's width apart."),
    ("sawing", "Hold the edges 2-3 cm apart, four times to and fro."),
    ("sawing", "Set the edges 5 cm apart."),
    ("shaking", "Rock it two or three times a second, eight times."),
    ("thumb-press", "Stay two or three seconds."),
    ("hacking", "About 100 a minute, and 90 to 110 touches a minute."),
    ("hacking", "Three to five runs."),
    ("figure-of-eight", "Take ten to fifteen breaths, or 12 seconds, for a whole eight."),
]
OF_LANDMARKS_AND_OTHER_SOURCES = [
    "Keep two fingers clear of the row of bumps.",
    "Begin a hand's width below the tip, three fingers below the hairline.",
    "Lay two or three pads two fingers out from the row of bumps.",
    "One draws while the other waits; one presses at a time.",
    "At 5 of 10 you go no further, light over the kidneys (T11 to L3).",
    "Use both hands on the two long muscles, from the three named places.",
    "Textbooks stay for nine circles; one article makes 20 passes.",
]
CONTRADICT = [
    ("blade-border-rubbing", "Two or three circles, then up.", "Two or three circles"),
    ("finger-pad-rubbing", "Three single slow circles.", "Three single slow circles"),
    ("sawing", "After eight to ten movements go on.", "eight to ten movements"),
    ("sawing", "Go on by a hand's thickness.", "by a hand's thickness"),
    ("sawing", "Set the edges 9 cm apart.", "9 cm"),
    ("transverse-kneading", "Move both hands up by half a palm.", "by half a palm"),
    ("one-thumb-kneading", "A thumb's width further up.", "A thumb's width further"),
    ("palm-circle-kneading", "The next row a palm higher.", "a palm higher"),
    ("planar-stroking", "Three small circles on the way.", "Three small circles"),
    ("shaking", "Five times a second.", "Five times a second"),
    ("hacking", "70 touches a minute.", "70 touches a minute"),
    ("hacking", "Nine rounds.", "Nine rounds"),
    ("hacking", "Twelve times.", "Twelve times"),
    ("thumb-press", "Press for six seconds.", "six seconds"),
]
PHRASES = [
    *((*each, None) for each in FOLLOW),
    *(("thumb-press", text, None) for text in OF_LANDMARKS_AND_OTHER_SOURCES),
    *CONTRADICT,
]


@pytest.mark.parametrize(("name", "text", "phrase"), PHRASES)
def test_only_numbers_that_contradict_the_fields_are_violations(name, text, phrase):
    assert flagged(with_step(name, text)) == ([phrase] if phrase else [])


def numbers_in(one):
    """The texts of a technique with a number that is looked at, once for each, with its place."""
    for _, text in texts._texts_of(one):
        looked_at = texts.OTHER_SOURCES.sub("...", text)
        for kind in texts.PHRASES:
            for found in re.finditer(kind.pattern, looked_at, re.IGNORECASE):
                if found.groupdict().get("low"):
                    yield looked_at[: found.start("low")], looked_at[found.end("low") :]
            looked_at = re.sub(kind.pattern, "...", looked_at, flags=re.IGNORECASE)


@pytest.mark.parametrize("name", TECHNIQUES)
def test_every_checked_number_is_reported_if_it_is_far_off(name):
    found = list(numbers_in(TECHNIQUES[name]))
    assert found or TECHNIQUES[name].motion in {"slide", "push"}
    for before, after in found:
        assert flagged(with_step(name, f"{before}400{after}")), f"{before}400{after}"


def messages(check, one):
    return [message for _, message in check(one, COURSE)]


def test_glides_a_minute_may_be_rounded_up_or_down():
    one = TECHNIQUES["superficial-stroking"]  # 3.9 to 13.0 glides a minute
    for low, high in ((3, 12), (4, 13)):
        tempo = one.tempo.model_copy(update={"per_minute": (low, high)})
        assert not messages(pace._glides, one.model_copy(update={"tempo": tempo}))


def test_stays_count_the_movements_of_both_hands_but_no_beat_for_moving_on():
    circles = TECHNIQUES["fingertip-circles"]
    stops = circles.one_pass.stops
    assert pace.stay_seconds(circles, stops, pace.LOW) == 3
    without = stops.model_copy(update={"move_on": 0})
    assert pace.stay_seconds(circles, without, pace.LOW) == 2.75  # half of the last movement
    thumbs = TECHNIQUES["alternating-thumb-kneading"]
    both = [pace.work_seconds(thumbs, thumbs.one_pass.stops, end) for end in (pace.LOW, pace.HIGH)]
    assert both == [6, 3]


def test_percussion_counts_all_stops_of_an_area():
    one = TECHNIQUES["beating"]
    stops = one.one_pass.stops.model_copy(update={"step_cm": 2})
    dense = one.model_copy(update={"one_pass": one.one_pass.model_copy(update={"stops": stops})})
    assert not messages(limits._percussion, one)
    (first, *_) = messages(limits._percussion, dense)
    assert "40 s of percussion" in first
