"""The hands on a map: scale, orientation, and keep-off zones."""

import re
from math import cos, dist, radians, sin

from massage_workbook.body import anatomy
from massage_workbook.body.frame import svg_transform
from massage_workbook.course.schema import Pose
from massage_workbook.views.hands import PER_CM, SHAPES, finger_direction
from massage_workbook.views.tour import pass_tours

from ..shipped import COURSE, each_technique


def numbers(path):
    return [float(each) for each in re.findall(r"-?[\d.]+", path)]


def place_of(x, y):
    frame = svg_transform()
    return x / frame["scale"] + frame["left"], y / frame["scale"] + frame["top"]


def test_every_pose_has_an_outline():
    plain = {pose.removesuffix(", hand over hand") for pose in Pose.__args__}
    assert plain | {"two finger pads"} == set(SHAPES)


@each_technique
def test_a_hand_on_the_map_is_to_scale(technique):
    for look in pass_tours(technique, COURSE.zones)[0]["looks"]:
        across, along = (numbers(look["outline"])[i::2] for i in range(2))
        sides = sorted((max(each) - min(each)) / PER_CM for each in (across, along))
        assert 3 < sides[0] < 15
        assert 11 < sides[1] < 22


@each_technique
def test_as_many_hands_work_as_the_technique_says(technique):
    for tour in pass_tours(technique, COURSE.zones):
        shown = len(tour["hands"])
        assert shown == (1 if technique.hands.work.startswith("one") else 2) + (
            technique.hands.work in {"one on the other", "one, the other rests"}
        )
        assert len({each["flip"] for each in tour["hands"]}) == shown


@each_technique
def test_fingers_point_in_the_direction_of_the_technique_or_across_a_grip(technique):
    for tour in pass_tours(technique, COURSE.zones):
        for leg in tour["legs"]:
            for hand, turn in leg["turns"].items():
                angle = radians(-turn if "left" in hand else turn)
                pointing = sin(angle), -cos(angle)
                across = technique.hands.pose.startswith("clamp") and turn == 0
                own_pose = leg["look"] == 0
                assert dist(pointing, finger_direction(technique)) < 0.1 or across or not own_pose


@each_technique
def test_no_hand_is_put_down_on_a_keep_off_zone(technique):
    kept = [zone for zone in COURSE.zones if zone.id in technique.keep_off]
    for tour in pass_tours(technique, COURSE.zones):
        for leg in tour["legs"]:
            if leg["kind"] != "stop":
                continue
            for hand in tour["hands"]:
                x, y = hand.get("rests") or leg["places"][hand["on"]][0]
                found = [zone.id for zone in anatomy.zones_at(place_of(x, y), kept)]
                assert not found, (leg["stroke"], hand)
