"""Where the hands are at each moment of a pass, by the script that shows them."""

import json
import subprocess
from functools import cache
from itertools import pairwise
from math import ceil, dist
from pathlib import Path
from subprocess import PIPE

import numpy as np
import pytest
from matplotlib.path import Path as Outline

from massage_workbook.body import anatomy
from massage_workbook.body.frame import svg_transform, to_svg
from massage_workbook.course.model import CM_PER_UNIT
from massage_workbook.views.hands import PER_CM
from massage_workbook.views.tour import pass_tours

from ..shipped import COURSE
from ..test_javascript import NODE
from .tours import away, hand, leg, pass_of

each_technique = pytest.mark.parametrize("technique", COURSE.techniques, ids=lambda t: t.id)
TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
SCRIPT = Path(__file__).parents[1] / "javascript" / "poses.js"
FINE = 0.04
"""Seconds between two moments that are looked at."""
MOST = 8
"""Pixels that a hand may go from one to the next: 40 cm a second."""


@pytest.fixture(scope="module")
def poses():
    """A function that gives what `posesAt` does of a tour at each of some times."""
    with subprocess.Popen([NODE, SCRIPT], stdin=PIPE, stdout=PIPE, text=True) as node:

        def ask(tour, times):
            node.stdin.write(json.dumps([tour, list(times)], default=dict) + "\n")
            node.stdin.flush()
            return json.loads(node.stdout.readline())

        yield ask
        node.stdin.close()


def right(poses, tour, *times):
    return [pose[0] for pose in poses(tour, times)]


def place(pose):
    return pose["x"], pose["y"]


CORNER, DOWN = [[0, 0], [30, 0], [30, 10]], [[100, 100], [100, 200]]
NEXT = leg(places={"right": [[100, 80]]})
GOES_ON = leg(seconds=2.5, leaving=0.5)
TURNED = leg(places={"right": [[100, 80]]}, turn=0)
POSES = {
    "a glide is even along its way": (
        pass_of(leg("glide", places={"right": CORNER})),
        {
            0: (0, 0, 0, 4),
            0.5: (10, 0, 0, 4),
            1: (20, 0, 0, 4),
            1.5: (30, 0, 0, 4),
            1.75: (30, 5, 0, 4),
        },
    ),
    "a hand moves ahead and comes back": (
        pass_of(leg(), moves="ahead"),
        {0: (100, 100, 0, 4), 1: (100, 90, 0, 4), 1.999: (100, 100, 0, 4)},
    ),
    "a hand moves outward and comes back": (
        pass_of(leg(), moves="outward"),
        {0: (100, 100, 0, 4), 1: (110, 100, 0, 4), 1.999: (100, 100, 0, 4)},
    ),
    "a press deepens and lets go on the spot": (
        pass_of(leg()),
        {0: (100, 100, 0, 0), 1: (100, 100, 0, 4), 1.999: (100, 100, 0, 0)},
    ),
    "a lifted hand presses nothing": (
        pass_of(leg(), moves="lifts"),
        {0: (100, 100, 0, 4), 1: (100, 100, 1, 0)},
    ),
    "a hand goes on to the next stop on the skin": (
        pass_of(GOES_ON, NEXT),
        {1.999: (100, 100, 0, 0), 2.25: (100, 90, 0, 1), 2.5: (100, 80, 0, 0)},
    ),
    "a hand goes on to the next stop through the air": (
        pass_of(GOES_ON, NEXT, through_air=True),
        {1.999: (100, 100, 0, 0), 2.25: (100, 90, 1, 0), 2.5: (100, 80, 0, 0)},
    ),
    "a hand goes to the next stroke on the skin": (
        pass_of(leg("between", places={"right": DOWN})),
        {0: (100, 100, 0, 1), 1: (100, 150, 0, 1)},
    ),
    "a hand goes to the next stroke through the air": (
        pass_of(leg("between", places={"right": DOWN}), through_air=True),
        {0: (100, 100, 0, 1), 1: (100, 150, 1, 0)},
    ),
}
"""A pass, and at some seconds of it the place, the lift and the press of the right hand."""


@pytest.mark.parametrize("case", POSES)
def test_a_pose_has_a_place_a_lift_and_a_press(poses, case):
    tour, expected = POSES[case]
    for found, wanted in zip(right(poses, tour, *expected), expected.values(), strict=True):
        assert (*place(found), found["lift"], found["press"]) == pytest.approx(wanted, abs=0.1)


def test_after_a_pass_the_next_one_begins(poses):
    tour = pass_tours(TECHNIQUES["sawing"], COURSE.zones)[0]
    times = [0.1, 7, 23]
    later = [time + tour["seconds"] for time in times]
    for one, other in zip(right(poses, tour, *times), right(poses, tour, *later), strict=True):
        assert place(one) == pytest.approx(place(other), abs=1e-6)


def test_the_left_hand_moves_in_a_mirror_and_a_second_one_half_a_movement_later(poses):
    places = {"right": [[120, 100]], "left": [[80, 100]]}
    tour = pass_of(leg(places=places), moves="outward", hands=[hand(), hand("left")])
    for one, other in poses(tour, (0.3, 0.7, 1.4)):
        assert one["x"] - 120 == pytest.approx(80 - other["x"])
        assert one["y"] == pytest.approx(other["y"])
    in_turn = pass_of(leg(places=places), hands=[hand(), hand("left", second=True)])
    presses = [[each["press"] for each in found] for found in poses(in_turn, [0, 1])]
    assert presses == [[0, 4], [4, 0]]


@pytest.mark.parametrize(("look", "halfway"), [(0, 45), (1, 90)])
def test_hands_turn_on_their_way_to_the_next_leg(poses, look, halfway):
    found = right(poses, pass_of(GOES_ON, TURNED | {"look": look}), 1, 2.25, 2.5)
    assert [pose["turn"] for pose in found] == [90, halfway, 0]


OF_EACH_KIND = {(t.motion, t.hands.work, t.one_pass.between): t for t in COURSE.techniques}
"""A technique for each way in which hands move: a pass of it shows what those of its kind do."""
FARTHEST = 60
"""Pixels from its place to a hand: two hands a palm's width apart, and their way."""


def test_hands_never_jump_within_a_pass_and_keep_near_their_stops(poses):
    for technique in OF_EACH_KIND.values():
        for tour in pass_tours(technique, COURSE.zones):
            times = [i * FINE for i in range(ceil(tour["seconds"] / FINE))]
            found = poses(tour, times)
            for before, after in pairwise(found):
                for one, other in zip(before, after, strict=True):
                    if one and other:
                        assert dist(place(one), place(other)) <= MOST, technique.id
            for pose, time in zip(found, times, strict=True):
                now = next(each for each in reversed(tour["legs"]) if each["at"] <= time + 1e-6)
                for own, each in zip(tour["hands"], pose, strict=True):
                    if each is None or own.get("rests"):
                        continue
                    assert 0 <= each["lift"] <= 1
                    assert 0 <= each["press"] <= now["force"] + 1
                    if now["kind"] == "stop" and time < now["at"] + now["seconds"] - now["leaving"]:
                        assert dist(place(each), now["places"][own["on"]][0]) <= FARTHEST


def test_no_part_of_a_hand_presses_more_on_a_zone_than_it_allows(poses):
    """All that touches, through the whole pass, to four millimetres.

    A flat, light hand may glide wherever a zone lets a hand slide with that force.
    """
    kept = [zone for zone in COURSE.zones if zone.kind == "keep-off"]
    for technique in COURSE.techniques:
        touched = {zone.id: [] for zone in kept}
        for tour in pass_tours(technique, COURSE.zones):
            for found in poses(tour, np.arange(0, tour["seconds"], 0.1)):
                for own, pose in zip(tour["hands"], found, strict=True):
                    if pose is None or pose["lift"] > 0 or "rests" in own or "top" in own:
                        continue
                    for zone in kept:
                        gliding = zone.ceiling.get("slide", 0) if pose["press"] <= 1 else 0
                        if pose["press"] > max(gliding, zone.ceiling.get(technique.motion, 0)):
                            touched[zone.id].append(contact(tour, own, pose))
        for zone in kept:
            if touched[zone.id]:
                assert not deep_in(np.concatenate(touched[zone.id]), _outlines(zone)), zone.id


def _outlines(zone):
    of = svg_transform()
    return [
        Outline((np.array(outline) - (of["left"], of["top"])) * of["scale"])
        for outline in anatomy.outlines(zone)
    ]


def contact(tour, own, pose):
    """What of a hand touches, in the picture: corners of its rings, and places between them."""
    flip = -1 if own["flip"] else 1
    angle = np.radians(pose["turn"] + own.get("tilt", 0))
    turned = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    touch = _touch(tour["looks"][pose["look"]]["touch"])
    return (touch * (flip, 1)) @ turned + (pose["x"], pose["y"])


@cache
def _touch(rings):
    rings = [
        np.array([[float(each) for each in place.split()] for place in ring.split("L")])
        for ring in rings.replace("M", "").split("Z")
        if ring
    ]
    places = [ring + share * (np.roll(ring, -1, 0) - ring) for ring in rings for share in SHARES]
    return np.concatenate(places)


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


@each_technique
def test_the_middle_of_what_touches_follows_the_drawn_stroke_to_a_centimetre(poses, technique):
    """Two hands may also stand beyond its ends, or on both sides of it, alike far away."""
    lines = {each.id: drawn(each) for each in technique.strokes}
    for tour in pass_tours(technique, COURSE.zones):
        times = np.arange(0, tour["seconds"], 0.1)
        for time, found in zip(times, poses(tour, times), strict=True):
            now = next(each for each in reversed(tour["legs"]) if each["at"] <= time + 1e-6)
            if now["kind"] == "between":
                continue
            stays = now["kind"] == "stop" and time < now["at"] + now["seconds"] - now["leaving"]
            places = {
                own["on"]: now["places"][own["on"]][0] if stays else place(pose)
                for own, pose in zip(tour["hands"], found, strict=True)
                if pose and "rests" not in own and (stays or pose["lift"] == 0)
            }
            assert_follow(places, lines[now["stroke"]], (now["stroke"], time))


def assert_follow(places, lines, where):
    pairs = [[on for on in places if on.startswith(f"{half} ")] for half in ("right", "left")]
    for on, at in places.items():
        if not any(on in pair for pair in pairs):
            assert beside(at, lines, on) <= 1, where
    for first, second in filter(lambda pair: len(pair) == HANDS, pairs):
        both = np.mean([places[first], places[second]], axis=0)
        apart = [beside(places[on], lines, on, beyond=True) for on in (first, second)]
        assert beside(both, lines, first) <= 1, where
        assert max(apart) <= 1 or apart[0] == pytest.approx(apart[1], abs=2), where


HANDS = 2


def drawn(stroke):
    """Places of a stroke on the right half and of the marks along it, in the picture."""
    marks = next(iter(anatomy.hand_paths(stroke).values()))
    whole = [anatomy.along(stroke.points), *marks]
    if stroke.side == "left":
        whole = map(anatomy.mirrored, whole)
    return [np.array([to_svg(each) for each in way]) for way in whole]


def beside(at, lines, on, *, beyond=False):
    """Centimetres from a place to the nearest line; `beyond` leads the first on at its ends."""
    middle, _ = to_svg((0, 0))
    x, y = (2 * middle - at[0], at[1]) if "left" in on else at
    first, *others = lines
    pixels = [away((x, y), first, beyond=beyond), *(away((x, y), each) for each in others)]
    return min(pixels) / PER_CM
