"""What has to agree across the course agrees, and where it does not, the check names the line."""

import re

import pytest
from click.testing import CliRunner

from massage_workbook import invariants
from massage_workbook.cli import main
from massage_workbook.reader import located, read

from ..shipped import COURSE

TECHNIQUES = {each.id: each for each in COURSE.techniques}
FILES = {each.id: f"techniques/{each.family}/{each.id}.yaml" for each in COURSE.techniques}


def problems(folder):
    return [str(each) for each in located(folder, invariants.contradictions(read(folder)))]


def technique(name, **update):
    return TECHNIQUES[name].model_copy(update=update)


def with_step(name, text):
    """A technique whose first step is another one."""
    return technique(name, steps=(text, *TECHNIQUES[name].steps[1:]))


def flagged(one):
    """The phrases of a technique's texts that its fields do not support."""
    return [re.match('"(.*?)"', message)[1] for _, message in invariants._texts(one, COURSE)]


def test_the_course_as_it_ships_agrees_with_itself():
    assert invariants.contradictions(COURSE) == []


# --- each one is found, at its line --------------------------------------------------------------

CONTRADICTIONS = {
    "a count in a step": (
        FILES["finger-pad-rubbing"],
        "  - Two circles, then step up by",
        "  - Three or four circles, then step up by",
        ("steps.2", '"Three or four circles" does not follow from the fields; movements at a stop'),
        "Three or four circles",
    ),
    "a body measure in a step": (
        FILES["finger-pad-rubbing"],
        "then step up by two broad fingers.",
        "then step up by a finger's width.",
        ("steps.2", "does not follow from the fields; cm to the next stop: 4"),
        "a finger's width",
    ),
    "seconds in a summary": (
        FILES["shaking"],
        "for three or four seconds; nothing",
        "for eight seconds; nothing",
        ("summary", '"eight seconds" does not follow from the fields; seconds of a movement'),
        "eight seconds",
    ),
    "a number in what to do instead": (
        FILES["one-thumb-kneading"],
        "instead: Two circles as everywhere",
        "instead: Three circles as everywhere",
        ("mistakes.2.instead", '"Three circles"'),
        "Three circles",
    ),
    "movements that the texts do not know of": (
        FILES["dough-kneading"],
        "stops: {movements: 3, step_cm: 4.5}",
        "stops: {movements: 2, step_cm: 4.5}",
        ("steps.3", '"three squeezes" does not follow from the fields; movements at a stop: 2'),
        "  - After three squeezes",
    ),
    "more glides a minute than the hand makes": (
        FILES["planar-stroking"],
        "  per_minute: [3, 8]\n",
        "  per_minute: [6, 20]\n",
        ("tempo.per_minute", "is 6 to 20; 3 to 10 cm a second makes 2.6 to 8.7 glides a minute"),
        "per_minute: [6, 20]",
    ),
    "work near the armpit": (
        FILES["picking-up"],
        "[0.256, 0.423], [0.23, 0.371]]",
        "[0.265, 0.42], [0.285, 0.35]]",
        ("strokes.1", "within 3.6 cm of the armpit; 6.5 cm is the least"),
        "  - id: side",
    ),
    "a stay beyond what the card allows": (
        FILES["blade-border-rubbing"],
        "stops: {movements: 2,",
        "stops: {movements: 4,",
        ("one_pass.stops.movements", "is 4, which takes 11.5 s in one place at 20 a minute"),
        "movements: 4",
    ),
    "a stay at the stops of one stroke": (
        FILES["collar-kneading"],
        "    stops: {movements: 2,",
        "    stops: {movements: 3,",
        ("strokes.0.stops.movements", "is 3, which takes 6.92 s in one place"),
        "movements: 3",
    ),
    "a stay that the block does not allow": (
        FILES["hatching"],
        "  seconds: 10\n",
        "  seconds: 15\n",
        ("per_spot.seconds", "is 15; the block allows 10"),
        "seconds: 15",
    ),
    "percussion that goes on too long in one area": (
        FILES["cupping"],
        "  maximum: 5\n",
        "  maximum: 6\n",
        ("passes.maximum", 'is 6, which makes 12 s of percussion in the area "below-the-blade"'),
        "maximum: 6",
    ),
    "no time to go on": (
        FILES["transverse-kneading"],
        "step_cm: 9, move_on: 1}",
        "step_cm: 9}",
        ("one_pass.stops.step_cm", "is 9, which takes 0.9 s at 10 cm a second; at 50 a minute"),
        "step_cm: 9}",
    ),
    "a stroke that is too firm for a zone": (
        FILES["semicircle-rubbing"],
        "    force: 2\n",
        "    force: 4\n",
        ("strokes.0", 'stroke "small-of-the-back" enters "kidneys"'),
        "  - id: small-of-the-back",
    ),
    "a zone that is not named": (
        FILES["hatching"],
        "zones: [long-muscles, side-of-back,",
        "zones: [long-muscles,",
        ("zones", '"side-of-back" is missing, which a stroke enters; name it or move the stroke'),
        "zones: [long-muscles,",
    ),
    "a zone that is to be kept off": (
        FILES["hatching"],
        "keep_off: [spine,",
        "keep_off: [side-of-back, spine,",
        ("keep_off.0", 'is "side-of-back", which a stroke enters; keep the stroke out of it'),
        "keep_off: [side-of-back,",
    ),
    "a stance for another position": (
        FILES["hatching"],
        "stance: facing-head",
        "stance: behind-lying",
        ("stance", 'is "behind-lying", for somebody who is side-lying; positions are prone'),
        "stance: behind-lying",
    ),
    "too few minutes for a technique": (
        "sessions.yaml",
        "  minutes: {opening: 3, rubbing: 3.25,",
        "  minutes: {opening: 3, rubbing: 2.25,",
        (
            "3.techniques.rubbing.0",
            "is semicircle-rubbing, with time for 2 passes on the right; its card has 3 to 6",
        ),
        "rubbing: [semicircle-rubbing]",
    ),
    "no time at all for a technique": (
        "sessions.yaml",
        "kneading: 9.75, vibration: 0.75,",
        "kneading: 9.75, vibration: 0.25,",
        ("0.techniques.vibration.0", "is finger-drumming, with time for 0 passes on both sides"),
        "vibration: [finger-drumming]",
    ),
    "too many minutes for a technique": (
        "sessions.yaml",
        "kneading: 9.75, vibration: 0.75,",
        "kneading: 9.75, vibration: 3,",
        ("0.minutes.vibration", "leaves a rest of"),
        "vibration: 3",
    ),
    "something quick in the evening": (
        "sessions.yaml",
        "planar-stroking, grasping-stroking]\n    rubbing: [semicircle-rubbing]\n",
        "planar-stroking, grasping-stroking]\n    rubbing: [hatching]\n",
        ("4.techniques.rubbing.0", "is hatching, with up to 80 a minute; 60 are the most in the"),
        "rubbing: [hatching]",
    ),
    "a technique for another position": (
        "sessions.yaml",
        "kneading: [palm-circle-kneading, collar-kneading]",
        "kneading: [palm-circle-kneading, picking-up]",
        ("11.techniques.kneading.1", "is picking-up, which is not done on somebody who is seated"),
        "kneading: [palm-circle-kneading, picking-up]",
    ),
    "a second stance for somebody who sits": (
        "stances.yaml",
        "  position: side-lying\n",
        "  position: seated\n",
        ("6.position", "is seated, which has a stance already; keep one"),
        "  position: seated",
    ),
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_a_contradiction_is_named_with_its_line(data, case):
    file, old, new, (field, said), on = CONTRADICTIONS[case]
    told = problems(data.edit(file, old, new).root)
    (found,) = [each for each in told if f": {field}: " in each and said in each]
    line = int(re.match(rf"{file}:(\d+): {field}: ", found)[1])
    lines = (data.root / file).read_text(encoding="utf-8").splitlines()
    assert on in lines[line - 1]
    if field[0].isdigit():  # of a list of items, it is in the right one
        begins = [i for i, each in enumerate(lines) if each.startswith("- id: ")]
        number = int(field.split(".")[0])
        assert begins[number] < line - 1 < [*begins, len(lines)][number + 1]


def test_a_step_is_named_by_the_line_on_which_it_begins(data):
    file = FILES["sawing"]
    data.edit(file, "four times to and fro. The", "ten times to and fro. The")
    line = data.line_of(file, "ten times to and fro")
    (found,) = problems(data.root)
    assert found.startswith(f'{file}:{line}: steps.1: "ten times" ')


def test_a_position_without_a_stance_is_named_and_its_sessions_are_not_worked_out(data):
    data.edit("stances.yaml", "  position: seated\n", "  position: prone\n")
    told = problems(data.root)
    assert [each for each in told if "has no stance for somebody who is seated; give one" in each]
    assert not [each for each in told if each.startswith("sessions.yaml")]


def test_the_command_prints_them_and_fails_while_reading_does_not_look_for_them(data):
    data.edit(FILES["cupping"], "  maximum: 5\n", "  maximum: 6\n")
    said = CliRunner().invoke(main, ["check", "--data", str(data.root)])
    assert said.exit_code == 1
    assert said.output.splitlines() == problems(data.root)
    assert data.problems == []


# --- which phrases are looked at -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("finger-pad-rubbing", "Two small circles, then on by two fingers."),
        ("semicircle-rubbing", "Set the next half-moon two fingers higher."),
        ("palm-circle-kneading", "One circle, then half a palm further out."),
        ("transverse-kneading", "Both hands lie a palm's width apart."),
        ("sawing", "Hold the edges 2-3 cm apart, four times to and fro."),
        ("shaking", "Rock it two or three times a second, eight times."),
        ("thumb-press", "Stay two or three seconds."),
        ("hacking", "About 100 a minute, and 90 to 110 touches a minute."),
        ("hacking", "Three to five runs."),
        ("figure-of-eight", "Take ten to fifteen breaths, or 12 seconds, for a whole eight."),
    ],
)
def test_what_the_fields_support_is_no_contradiction(name, text):
    assert flagged(with_step(name, text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Keep two fingers clear of the row of bumps.",
        "Begin a hand's width below the tip, three fingers below the hairline.",
        "Lay two or three pads two fingers out from the row of bumps.",
        "One draws while the other waits; one presses at a time.",
        "At 5 of 10 you go no further, light over the kidneys (T11 to L3).",
        "Use both hands on the two long muscles, from the three named places.",
        "Textbooks stay for nine circles; one article makes 20 passes.",
    ],
)
def test_a_distance_from_a_landmark_and_what_others_do_are_not_looked_at(text):
    assert flagged(with_step("thumb-press", text)) == []


@pytest.mark.parametrize(
    ("name", "text", "phrase"),
    [
        ("blade-border-rubbing", "Two or three circles, then up.", "Two or three circles"),
        ("finger-pad-rubbing", "Three single slow circles.", "Three single slow circles"),
        ("sawing", "After eight to ten movements go on.", "eight to ten movements"),
        ("sawing", "Go on by a hand's thickness.", "by a hand's thickness"),
        ("sawing", "Set the edges 5 cm apart.", None),
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
    ],
)
def test_what_they_do_not_support_is_one(name, text, phrase):
    assert flagged(with_step(name, text)) == ([phrase] if phrase else [])


def numbers_in(one):
    """The texts of a technique with a number that is looked at, once for each, with its place."""
    for _, text in invariants._texts_of(one):
        looked_at = invariants.ELSEWHERE.sub("...", text)
        for kind in invariants.KINDS:
            for found in kind.phrase.finditer(looked_at):
                if found.groupdict().get("low"):
                    yield looked_at[: found.start("low")], looked_at[found.end("low") :]
            looked_at = kind.phrase.sub("...", looked_at)


@pytest.mark.parametrize("name", TECHNIQUES)
def test_any_number_that_is_looked_at_is_found_when_it_is_far_off(name):
    found = list(numbers_in(TECHNIQUES[name]))
    assert found or TECHNIQUES[name].motion in {"slide", "push"}
    for before, after in found:
        assert flagged(with_step(name, f"{before}400{after}")), f"{before}400{after}"


# --- times ---------------------------------------------------------------------------------------


def messages(check, one):
    return [message for _, message in check(one, COURSE)]


def test_glides_a_minute_may_be_rounded_either_way():
    one = TECHNIQUES["superficial-stroking"]  # 3.5 to 11.6 glides a minute
    for low, high in ((3, 11), (4, 12)):
        tempo = one.tempo.model_copy(update={"per_minute": (low, high)})
        assert not messages(invariants._glides, one.model_copy(update={"tempo": tempo}))


def test_a_beat_for_going_on_is_not_part_of_the_stay():
    stops = TECHNIQUES["fingertip-circles"].one_pass.stops
    one = TECHNIQUES["fingertip-circles"]
    assert invariants._stay(one, stops, invariants.LOW) == 3
    without = stops.model_copy(update={"move_on": 0})
    assert invariants._stay(one, without, invariants.LOW) == 2.75  # half of the last movement


def test_hands_that_alternate_stay_for_the_movements_of_both():
    one = TECHNIQUES["alternating-thumb-kneading"]
    assert invariants._work(one, one.one_pass.stops, invariants.LOW) == 6
    assert invariants._work(one, one.one_pass.stops, invariants.HIGH) == 3


def test_an_area_with_several_stops_is_struck_at_all_of_them():
    one = TECHNIQUES["beating"]
    stops = one.one_pass.stops.model_copy(update={"step_cm": 2})
    dense = one.model_copy(update={"one_pass": one.one_pass.model_copy(update={"stops": stops})})
    assert not messages(invariants._percussion, one)
    (first, *_) = messages(invariants._percussion, dense)
    assert "40 s of percussion" in first
