"""Where the hands are at each moment of a pass, by the script that shows them."""

from itertools import pairwise
from math import ceil, dist

import numpy as np
import pytest
from matplotlib.path import Path

from massage_workbook.body import anatomy
from massage_workbook.body.frame import svg_transform
from massage_workbook.course.model import CM_PER_UNIT
from massage_workbook.views.tour import pass_tours
from massage_workbook.widgets.back_map import BackMap
from massage_workbook.widgets.bundle import bundle

from ..shipped import COURSE
from .conftest import blank_page
from .widget_page import as_json, widget_page

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
SCRIPT = BackMap.script.parent / "shared" / "motion.js"
FINE = 0.04
"""Seconds between two moments that are looked at."""
MOST = 8
"""Pixels that a hand may go from one to the next: 40 cm a second."""


@pytest.fixture(scope="module")
def page(browser):
    """A page that has `posesAt`."""
    with blank_page(browser) as page:
        page.evaluate(
            """async text => {
                const made = new Blob([text], { type: "text/javascript" });
                window.motion = await import(URL.createObjectURL(made));
            }""",
            bundle(SCRIPT),
        )
        yield page


def poses(page, tour, times):
    """What `posesAt` gives at these times."""
    both = [as_json(tour), list(times)]
    return page.evaluate("([tour, times]) => times.map(time => motion.posesAt(tour, time))", both)


STILL = [0, 0, 0, 0, 1]
"""A hand that presses on the spot."""
MOVES = {
    "ahead": [STILL, [10, 0, 0, 0, 1], STILL],
    "outward": [STILL, [0, 10, 0, 0, 1], STILL],
    "along its fingers": [STILL, [0, 0, 10, 0, 1], STILL],
    "presses": [[0, 0, 0, 0, 0], STILL, [0, 0, 0, 0, 0]],
    "lifts": [STILL, [0, 0, 0, 1, 0], STILL],
}


def leg(kind="stop", **given):
    """A leg of two seconds, by the hand on the right half alone."""
    return {
        "kind": kind,
        "at": 0,
        "seconds": 2,
        "places": {"right": [[100, 100]]},
        "movements": 1,
        "leaving": 0,
        "heading": [0, -1],
        "force": 4,
        "stroke": "up",
        "look": 0,
        "beside": [[-20, 0], [20, 0]],
        "turn": 90,
    } | given


def hand(on="right", **given):
    return {"on": on, "flip": on == "right", "second": False} | given


def pass_of(*legs, moves="presses", hands=(), through_air=False, beat=2):
    made = []
    for each in legs:
        at = made[-1]["at"] + made[-1]["seconds"] if made else 0
        made.append(each | {"at": at})
    frames = MOVES[moves]
    return {
        "seconds": sum(each["seconds"] for each in made),
        "beat": beat,
        "through_air": through_air,
        "hands": list(hands) or [hand()],
        "lasts": 1,
        "times": [0, 0.5, 1],
        "states": [frames, [frames[1], frames[0], frames[1]]],
        "looks": [{"outline": "M0 0L10 0L10 10Z", "touch": "M0 0L5 0L5 5Z", "lean": 0}],
        "legs": made,
    }


def right(page, tour, *times):
    return [pose[0] for pose in poses(page, tour, times)]


def place(pose):
    return pose["x"], pose["y"]


def test_a_glide_goes_along_its_way_at_an_even_speed_and_force(page):
    way = {"right": [[0, 0], [30, 0], [30, 10]]}
    found = right(page, pass_of(leg("glide", places=way)), 0, 0.5, 1, 1.5, 1.75)
    assert [place(each) for each in found] == [(0, 0), (10, 0), (20, 0), (30, 0), (30, 5)]
    assert {(each["lift"], each["press"]) for each in found} == {(0, 4)}


def test_after_a_pass_the_next_one_begins(page):
    tour = pass_tours(TECHNIQUES["sawing"], COURSE.zones)[0]
    times = [0.1, 7, 23]
    later = [time + tour["seconds"] for time in times]
    for one, other in zip(right(page, tour, *times), right(page, tour, *later), strict=True):
        assert place(one) == pytest.approx(place(other), abs=1e-6)


@pytest.mark.parametrize(
    ("moves", "there"),
    [
        ("ahead", (100, 90)),
        ("outward", (110, 100)),
        ("along its fingers", (110, 100)),
        ("presses", (100, 100)),
    ],
)
def test_a_hand_moves_at_its_stop_and_comes_back(page, moves, there):
    tour = pass_of(leg(), moves=moves)
    start, far, end = right(page, tour, 0, 1, 1.999)
    assert place(start) == (100, 100)
    assert place(far) == pytest.approx(there)
    assert place(end) == pytest.approx((100, 100), abs=0.1)


def test_the_left_hand_moves_in_a_mirror(page):
    places = {"right": [[120, 100]], "left": [[80, 100]]}
    tour = pass_of(leg(places=places), moves="outward", hands=[hand(), hand("left")])
    for one, other in poses(page, tour, (0.3, 0.7, 1.4)):
        assert one["x"] - 120 == pytest.approx(80 - other["x"])
        assert one["y"] == pytest.approx(other["y"])


def test_two_hands_on_one_half_stand_beside_each_other(page):
    tour = pass_of(leg(), hands=[hand(beside=-1), hand(beside=1, second=True)])
    (first, second), *_ = poses(page, tour, [0])
    assert (place(first), place(second)) == ((80, 100), (120, 100))


def test_a_press_deepens_and_lets_go_on_the_spot(page):
    start, middle, end = right(page, pass_of(leg()), 0, 1, 1.999)
    assert [each["press"] for each in (start, middle, end)] == pytest.approx([0, 4, 0], abs=0.01)
    assert {place(each) for each in (start, middle, end)} == {(100, 100)}


def test_a_hand_that_lifts_presses_nothing_up_there(page):
    start, middle = right(page, pass_of(leg(), moves="lifts"), 0, 1)
    assert (start["lift"], start["press"]) == (0, 4)
    assert (middle["lift"], middle["press"]) == (1, 0)


def test_the_second_of_two_hands_does_the_other_half_of_the_movement(page):
    places = {"right": [[120, 100]], "left": [[80, 100]]}
    tour = pass_of(leg(places=places), hands=[hand(), hand("left", second=True)])
    (first, second), (then, after) = poses(page, tour, [0, 1])
    assert (first["press"], second["press"]) == (0, 4)
    assert (then["press"], after["press"]) == (4, 0)


@pytest.mark.parametrize("through_air", [True, False])
def test_a_hand_goes_on_to_the_next_stop_at_the_end_of_its_time(page, through_air):
    there = leg(places={"right": [[100, 80]]})
    tour = pass_of(leg(seconds=2.5, leaving=0.5), there, through_air=through_air)
    before, halfway, after = right(page, tour, 1.999, 2.25, 2.5)
    assert place(before) == pytest.approx((100, 100), abs=0.1)
    assert place(halfway) == pytest.approx((100, 90))
    assert place(after) == (100, 80)
    assert halfway["lift"] == (1 if through_air else 0)
    assert halfway["press"] == (0 if through_air else 1)


def test_between_two_strokes_a_hand_leaves_the_skin_where_the_technique_says_so(page):
    way = {"right": [[100, 100], [100, 200]]}
    for through_air, lift in ((True, 1), (False, 0)):
        tour = pass_of(leg("between", places=way), through_air=through_air)
        start, middle = right(page, tour, 0, 1)
        assert (start["lift"], middle["lift"]) == (0, lift)
        assert place(middle) == (100, 150)


OF_EACH_KIND = {(t.motion, t.hands.work, t.one_pass.between): t for t in COURSE.techniques}
"""A technique for each way in which hands move: a pass of it shows what those of its kind do."""
FARTHEST = 60
"""Pixels from its place to a hand: two hands a palm's width apart, and their way."""


def test_hands_never_jump_within_a_pass_and_keep_near_their_stops(page):
    for technique in OF_EACH_KIND.values():
        for tour in pass_tours(technique, COURSE.zones):
            times = [i * FINE for i in range(ceil(tour["seconds"] / FINE))]
            found = poses(page, tour, times)
            for before, after in pairwise(found):
                for one, other in zip(before, after, strict=True):
                    if one and other:
                        assert dist(place(one), place(other)) <= MOST, technique.id
            for pose, time in zip(found, times, strict=True):
                now = next(each for each in reversed(tour["legs"]) if each["at"] <= time + 1e-6)
                for hand, each in zip(tour["hands"], pose, strict=True):
                    if each is None or hand.get("rests"):
                        continue
                    assert 0 <= each["lift"] <= 1
                    assert 0 <= each["press"] <= now["force"] + 1
                    if now["kind"] == "stop" and time < now["at"] + now["seconds"] - now["leaving"]:
                        assert dist(place(each), now["places"][hand["on"]][0]) <= FARTHEST


LOOK = """async ([text, tours]) => {
    const made = new Blob([text], { type: "text/javascript" });
    const { makeHands } = await import(URL.createObjectURL(made));
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const hands = makeHands(picture);
    return tours.map(tour => {
        hands.show(tour, 1);
        const [shadow, palm, contact] = picture.querySelectorAll("path");
        const [size] = palm.getAttribute("transform").match(/[\\d.]+(?=\\)$)/);
        return { size: Number(size), contact: Number(contact.style.opacity) };
    });
}"""


def test_a_hand_in_the_air_is_larger_and_a_firm_one_has_a_deeper_colour(browser):
    tours = [pass_of(leg()), pass_of(leg(), moves="lifts"), pass_of(leg(force=1))]
    with widget_page(browser) as host:
        pressed, lifted, soft = host.page.evaluate(LOOK, [bundle(SCRIPT), tours])
    assert lifted["size"] > pressed["size"] == soft["size"] == 1
    assert pressed["contact"] > soft["contact"] > lifted["contact"] == 0


def test_what_of_a_hand_touches_is_nowhere_that_its_force_is_not_allowed(page):
    """All of it, through the whole pass, to four millimetres.

    A flat, light hand may glide wherever a zone lets a hand slide with that force.
    """
    for technique in COURSE.techniques:
        for tour in pass_tours(technique, COURSE.zones):
            times = np.arange(0, tour["seconds"], 0.1)
            outlines = [(zone, _outlines(zone)) for zone in COURSE.zones if zone.kind == "keep-off"]
            for time, found in zip(times, poses(page, tour, times), strict=True):
                for hand, pose in zip(tour["hands"], found, strict=True):
                    if pose is None or pose["lift"] > 0 or "rests" in hand or "top" in hand:
                        continue
                    touched = contact(tour, hand, pose)
                    for zone, parts in outlines:
                        gliding = zone.ceiling.get("slide", 0) if pose["press"] <= 1 else 0
                        if pose["press"] > max(gliding, zone.ceiling.get(technique.motion, 0)):
                            assert not deep_in(touched, parts), (technique.id, zone.id, time)


def _outlines(zone):
    of = svg_transform()
    return [
        Path((np.array(outline) - (of["left"], of["top"])) * of["scale"])
        for outline in anatomy.outlines(zone)
    ]


def contact(tour, hand, pose):
    """What of a hand touches, in the picture: corners of its rings, and places between them."""
    look = tour["looks"][pose["look"]]
    flip = -1 if hand["flip"] else 1
    angle = np.radians(pose["turn"] + hand.get("tilt", 0) + flip * look["lean"])
    turned = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    rings = [
        np.array([[float(each) for each in place.split()] for place in ring.split("L")])
        for ring in look["touch"].replace("M", "").split("Z")
        if ring
    ]
    places = [ring + share * (np.roll(ring, -1, 0) - ring) for ring in rings for share in SHARES]
    return (np.concatenate(places) * (flip, 1)) @ turned + (pose["x"], pose["y"])


SHARES = (0, 0.25, 0.5, 0.75)
DEEP = 4 / 10 / CM_PER_UNIT * svg_transform()["scale"]
"""Four millimetres, in the picture."""


def deep_in(places, outlines):
    """Whether a place lies in an outline, and so does what is as far from it on all sides."""
    around = [np.array(way) * DEEP for way in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    return any(
        np.all([outline.contains_points(places + way) for way in around], axis=0).any()
        for outline in outlines
    )
