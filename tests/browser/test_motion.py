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
from .widget_page import as_json

SCRIPT = BackMap.script.parent / "shared" / "motion.js"
LOAD = """async text => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    window.motion = await import(url);
}"""
HALVES = {"right": [[120, 100]], "left": [[80, 100]]}
STILL = [0, 0, 0, 0, 1]
"""A hand that presses on the spot: ahead, outward, along its fingers, lift, press."""
MOVES = {
    "ahead": [STILL, [10, 0, 0, 0, 1], STILL],
    "outward": [STILL, [0, 10, 0, 0, 1], STILL],
    "along its fingers": [STILL, [0, 0, 10, 0, 1], STILL],
    "presses": [[0, 0, 0, 0, 0], STILL, [0, 0, 0, 0, 0]],
    "lifts": [STILL, [0, 0, 0, 1, 0], STILL],
}


@pytest.fixture(scope="module")
def page(browser):
    with blank_page(browser) as page:
        page.evaluate(LOAD, bundle(SCRIPT))
        yield page


@pytest.fixture
def poses(page):
    """The poses of all hands of a tour at these times."""
    script = "([tour, times]) => times.map(time => motion.posesAt(tour, time))"
    return lambda tour, *times: page.evaluate(script, [as_json(tour), times])


@pytest.fixture
def right(poses):
    """The poses of its first hand."""
    return lambda tour, *times: [each[0] for each in poses(tour, *times)]


def leg(kind="stop", **given):
    """A leg of two seconds, by the hand on the right half alone."""
    places = {"right": [[100, 100]]}
    time = {"at": 0, "seconds": 2, "movements": 1, "leaving": 0}
    look = {"look": 0, "heading": [0, -1], "beside": [[-20, 0], [20, 0]], "turn": 90}
    return {"kind": kind, "places": places, "force": 4, "stroke": "up"} | time | look | given


def hand(on="right", **given):
    return {"on": on, "flip": on == "right", "second": False} | given


def pass_of(*legs, moves="presses", hands=(), through_air=False):
    starts = np.cumsum([0, *(each["seconds"] for each in legs)]).tolist()
    frames = MOVES[moves]
    return {
        "seconds": starts[-1],
        "beat": 2,
        "through_air": through_air,
        "hands": list(hands) or [hand()],
        "lasts": 1,
        "times": [0, 0.5, 1],
        "states": [frames, [frames[1], frames[0], frames[1]]],
        "looks": [{"outline": "M0 0L10 0L10 10Z", "touch": "M0 0L5 0L5 5Z", "lean": 0}],
        "legs": [each | {"at": at} for each, at in zip(legs, starts, strict=False)],
    }


def place(pose):
    return pose["x"], pose["y"]


def test_a_glide_goes_along_its_way_at_an_even_speed_and_force(right):
    way = {"right": [[0, 0], [30, 0], [30, 10]]}
    found = right(pass_of(leg("glide", places=way)), 0, 0.5, 1, 1.5, 1.75)
    assert [place(each) for each in found] == [(0, 0), (10, 0), (20, 0), (30, 0), (30, 5)]
    assert {(each["lift"], each["press"]) for each in found} == {(0, 4)}


@pytest.mark.parametrize(
    ("moves", "there", "lift", "press"),
    [
        ("ahead", (100, 90), 0, [4, 4, 4]),
        ("outward", (110, 100), 0, [4, 4, 4]),
        ("along its fingers", (110, 100), 0, [4, 4, 4]),
        ("presses", (100, 100), 0, [0, 4, 0]),
        ("lifts", (100, 100), 1, [4, 0, 4]),
    ],
)
def test_a_hand_moves_at_its_stop_and_comes_back(right, moves, there, lift, press):
    found = right(pass_of(leg(), moves=moves), 0, 1, 1.9999)
    assert [place(each) for each in found] == [
        pytest.approx(each, abs=0.1) for each in ((100, 100), there, (100, 100))
    ]
    assert found[1]["lift"] == lift
    assert [each["press"] for each in found] == pytest.approx(press, abs=0.01)


def test_two_hands_mirror_alternate_or_stand_beside_each_other(poses):
    both = leg(places=HALVES)
    mirrored = pass_of(both, moves="outward", hands=[hand(), hand("left")])
    for one, other in poses(mirrored, 0.3, 0.7, 1.4):
        assert one["x"] - 120 == pytest.approx(80 - other["x"])
        assert one["y"] == pytest.approx(other["y"])
    alternating = pass_of(both, hands=[hand(), hand("left", second=True)])
    presses = [[each["press"] for each in pair] for pair in poses(alternating, 0, 1)]
    assert presses == [[0, 4], [4, 0]]
    beside = pass_of(leg(), hands=[hand(beside=-1), hand(beside=1, second=True)])
    assert [place(each) for each in poses(beside, 0)[0]] == [(80, 100), (120, 100)]


@pytest.mark.parametrize("through_air", [True, False])
def test_hands_go_on_through_the_air_or_on_the_skin(right, through_air):
    """To the next stop at the end of their time, and from stroke to stroke."""
    there = leg(places={"right": [[100, 80]]})
    tour = pass_of(leg(seconds=2.5, leaving=0.5), there, through_air=through_air)
    before, halfway, after = right(tour, 1.999, 2.25, 2.5)
    assert place(before) == pytest.approx((100, 100), abs=0.1)
    assert place(halfway) == pytest.approx((100, 90))
    assert place(after) == (100, 80)
    assert (halfway["lift"], halfway["press"]) == ((1, 0) if through_air else (0, 1))
    between = leg("between", places={"right": [[100, 100], [100, 200]]})
    start, middle = right(pass_of(between, through_air=through_air), 0, 1)
    assert place(middle) == (100, 150)
    assert (start["lift"], middle["lift"]) == (0, int(through_air))


LOOK = """tours => {
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const hands = motion.makeHands(picture);
    return tours.map(tour => {
        hands.show(tour, 1);
        const [shadow, palm, contact] = picture.querySelectorAll("path");
        const [size] = palm.getAttribute("transform").match(/[\\d.]+(?=\\)$)/);
        return [Number(size), Number(contact.style.opacity)];
    });
}"""


def test_a_hand_in_the_air_is_larger_and_a_firm_one_has_a_deeper_colour(page):
    tours = [pass_of(leg()), pass_of(leg(), moves="lifts"), pass_of(leg(force=1))]
    (pressed, firm), (lifted, none), (soft, light) = page.evaluate(LOOK, tours)
    assert lifted > pressed == soft == 1
    assert firm > light > none == 0


# --- all techniques ------------------------------------------------------------------------------

FINE = 0.04
"""Seconds between two moments that are looked at."""
MOST = 8
"""Pixels that a hand may go from one to the next: 40 cm a second."""
FARTHEST = 60
"""Pixels from its place to a hand: two hands a palm's width apart, and their way."""
BY_MOTION = {(t.motion, t.hands.work, t.one_pass.between): t for t in COURSE.techniques}
"""A technique for each way in which hands move: a pass of it shows what those of its kind do."""


@pytest.mark.parametrize("technique", BY_MOTION.values(), ids=lambda each: each.id)
def test_hands_never_jump_keep_near_their_stops_and_begin_again(poses, technique):
    for tour in pass_tours(technique, COURSE.zones):
        times = [i * FINE for i in range(ceil(tour["seconds"] / FINE))]
        found = poses(tour, *times)
        for before, after in pairwise(found):
            for one, other in zip(before, after, strict=True):
                if one and other:
                    assert dist(place(one), place(other)) <= MOST
        for pose, time in zip(found, times, strict=True):
            now = next(each for each in reversed(tour["legs"]) if each["at"] <= time + 1e-6)
            for on, each in zip(tour["hands"], pose, strict=True):
                if each is None or on.get("rests"):
                    continue
                assert 0 <= each["lift"] <= 1
                assert 0 <= each["press"] <= now["force"] + 1
                if now["kind"] == "stop" and time < now["at"] + now["seconds"] - now["leaving"]:
                    assert dist(place(each), now["places"][on["on"]][0]) <= FARTHEST
        (again,) = poses(tour, times[1] + tour["seconds"])
        for one, other in zip(found[1], again, strict=True):
            assert (one and place(one)) == (other and pytest.approx(place(other), abs=1e-6))


def outlines(zone):
    frame = svg_transform()
    corner = frame["left"], frame["top"]
    return [Path((np.array(each) - corner) * frame["scale"]) for each in anatomy.outlines(zone)]


KEEP_OFF = [(zone, outlines(zone)) for zone in COURSE.zones if zone.kind == "keep-off"]


@pytest.mark.parametrize("technique", COURSE.techniques, ids=lambda each: each.id)
def test_what_touches_lies_nowhere_that_its_force_is_not_allowed(poses, technique):
    """All of a hand that touches, through the whole pass, to four millimetres.

    A flat, light hand may glide wherever a zone lets a hand slide with that force.
    """
    for tour in pass_tours(technique, COURSE.zones):
        times = np.arange(0, tour["seconds"], 0.1).tolist()
        for time, found in zip(times, poses(tour, *times), strict=True):
            for on, pose in zip(tour["hands"], found, strict=True):
                if pose is None or pose["lift"] > 0 or "rests" in on or "top" in on:
                    continue
                touched = contact(tour, on, pose)
                for zone, parts in KEEP_OFF:
                    gliding = zone.ceiling.get("slide", 0) if pose["press"] <= 1 else 0
                    if pose["press"] > max(gliding, zone.ceiling.get(technique.motion, 0)):
                        assert not any(deep_in(touched, each) for each in parts), (zone.id, time)


def contact(tour, on, pose):
    """What of a hand touches, in the picture: corners of its rings, and places between them."""
    look = tour["looks"][pose["look"]]
    flip = -1 if on["flip"] else 1
    angle = np.radians(pose["turn"] + on.get("tilt", 0) + flip * look["lean"])
    turned = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    rings = [
        np.array([[float(each) for each in corner.split()] for corner in ring.split("L")])
        for ring in look["touch"].replace("M", "").split("Z")
        if ring
    ]
    shares = (0, 0.25, 0.5, 0.75)
    places = [ring + share * (np.roll(ring, -1, 0) - ring) for ring in rings for share in shares]
    return (np.concatenate(places) * (flip, 1)) @ turned + (pose["x"], pose["y"])


DEEP = 4 / 10 / CM_PER_UNIT * svg_transform()["scale"]
"""Four millimetres, in the picture."""
AROUND = [np.array(way) * DEEP for way in ((1, 0), (-1, 0), (0, 1), (0, -1))]


def deep_in(places, outline):
    """Whether a place lies in an outline, and so does what is as far from it on all sides."""
    low, high = outline.vertices.min(axis=0), outline.vertices.max(axis=0)
    near = places[np.all((places >= low) & (places <= high), axis=1)]
    return (
        bool(len(near))
        and np.all([outline.contains_points(near + way) for way in AROUND], axis=0).any()
    )
