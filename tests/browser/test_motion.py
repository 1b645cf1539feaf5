"""Where the hands are at each moment of a pass, by the script that shows them."""

from itertools import pairwise
from math import ceil, dist, hypot

import pytest

from massage_workbook.views.tour import tours
from massage_workbook.widgets.back_map import BackMap
from massage_workbook.widgets.bundle import bundle

from ..shipped import COURSE
from .bare import bare_page, plain
from .conftest import blank_page

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
SCRIPT = BackMap.script.parent / "shared" / "motion.js"
FINE = 0.04
"""Seconds between two moments that are looked at."""
MOST = 8
"""Pixels that a hand may go from one to the next: 40 cm a second."""


@pytest.fixture(scope="module")
def page(browser):
    """A page that has `poseAt`."""
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
    """What `poseAt` gives at these times."""
    both = [plain(tour), list(times)]
    return page.evaluate("([tour, times]) => times.map(time => motion.poseAt(tour, time))", both)


def leg(kind="stop", **given):
    """A leg of two seconds, by the hand on the right half alone."""
    return {
        "kind": kind,
        "at": 0,
        "seconds": 2,
        "places": {"right": [[100, 100]]},
        "movements": 1,
        "leaving": 0,
        "mark": "circles",
        "radius": 10,
        "heading": [0, -1],
        "force": 4,
        "stroke": "up",
    } | given


def pass_of(*legs, alternating=False, through_air=False, beat=2):
    made = []
    for each in legs:
        at = made[-1]["at"] + made[-1]["seconds"] if made else 0
        made.append(each | {"at": at})
    return {
        "seconds": sum(each["seconds"] for each in made),
        "beat": beat,
        "alternating": alternating,
        "through_air": through_air,
        "legs": made,
    }


def right(page, tour, *times):
    return [pose["right"] for pose in poses(page, tour, times)]


def place(pose):
    return pose["x"], pose["y"]


def test_a_glide_goes_along_its_way_at_an_even_speed_and_force(page):
    way = {"right": [[0, 0], [30, 0], [30, 10]]}
    found = right(page, pass_of(leg("glide", places=way)), 0, 0.5, 1, 1.5, 1.75)
    assert [place(each) for each in found] == [(0, 0), (10, 0), (20, 0), (30, 0), (30, 5)]
    assert {(each["lift"], each["press"]) for each in found} == {(0, 4)}


def test_after_a_pass_the_next_one_begins(page):
    tour = tours(TECHNIQUES["sawing"])[0]
    times = [0.1, 7, 23]
    later = [time + tour["seconds"] for time in times]
    for one, other in zip(right(page, tour, *times), right(page, tour, *later), strict=True):
        assert place(one) == pytest.approx(place(other), abs=1e-6)


def test_a_circle_goes_round_its_stop_once_a_movement_outward_from_the_way_up(page):
    tour = pass_of(leg(movements=2, seconds=4))
    start, up, out, down, between = right(page, tour, 0, 1 / 2, 3 / 4, 3 / 2, 2)
    assert place(start) == (100, 100)
    assert hypot(out["x"] - 100, out["y"] - 100) == pytest.approx(10)
    assert up["x"] > 100
    assert out["y"] > up["y"]
    assert place(down) == pytest.approx((90, 100))
    assert place(between) == pytest.approx((100, 90))


def test_the_left_hand_circles_in_a_mirror(page):
    places = {"right": [[120, 100]], "left": [[80, 100]]}
    for time in (0.3, 0.7, 1.4):
        (pose,) = poses(page, pass_of(leg(places=places)), [time])
        assert pose["right"]["x"] - 120 == pytest.approx(80 - pose["left"]["x"])
        assert pose["right"]["y"] == pytest.approx(pose["left"]["y"])


@pytest.mark.parametrize("mark", ["zigzag", "saw"])
def test_to_and_fro_goes_across_the_way(page, mark):
    tour = pass_of(leg(mark=mark))
    found = right(page, tour, 0, 0.5, 1, 1.5)
    assert [each["y"] for each in found] == pytest.approx([100] * 4)
    assert [each["x"] for each in found] == pytest.approx([100, 110, 100, 90])


def test_a_half_circle_swings_out_to_its_far_end_and_comes_back(page):
    start, out, far, back = right(page, pass_of(leg(mark="semicircles")), 0, 0.5, 1, 1.5)
    assert place(start) == (100, 100)
    assert place(far) == pytest.approx((100, 80))
    assert out["x"] > 100
    assert place(out) == pytest.approx(place(back))


def test_a_line_at_a_stop_is_a_short_shove_forward_and_back(page):
    found = right(page, pass_of(leg(mark="line")), 0, 1, 1.999)
    assert [place(each) for each in found] == [
        pytest.approx(each, abs=0.01) for each in [(100, 100), (100, 90), (100, 100)]
    ]


@pytest.mark.parametrize("mark", ["press", "lifts"])
def test_a_press_or_a_lift_deepens_and_lets_go_on_the_spot(page, mark):
    start, middle, end = right(page, pass_of(leg(mark=mark)), 0, 1, 1.999)
    assert [each["press"] for each in (start, middle, end)] == pytest.approx([0, 4, 0], abs=0.01)
    assert {place(each) for each in (start, middle, end)} == {(100, 100)}


def test_taps_touch_and_fly_up_again(page):
    start, middle = right(page, pass_of(leg(mark="taps")), 0, 1)
    assert (start["lift"], start["press"]) == (0, 4)
    assert (middle["lift"], middle["press"]) == (1, 0)


def test_hands_that_take_turns_move_at_every_other_movement(page):
    places = {"right": [[120, 100]], "left": [[80, 100]]}
    tour = pass_of(leg(places=places, mark="press", movements=2, seconds=4), alternating=True)
    first, second = poses(page, tour, [1, 3])
    assert (first["right"]["press"], first["left"]["press"]) == (4, 1)
    assert (second["right"]["press"], second["left"]["press"]) == (1, 4)


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


OF_EACH_KIND = {
    (frozenset(s.mark for s in t.strokes), t.one_pass.alternating, t.one_pass.between): t
    for t in COURSE.techniques
}
"""A technique for each way in which hands move: a pass of it shows what those of its kind do."""


def test_hands_never_jump_within_a_pass_and_keep_near_their_stops(page):
    for technique in OF_EACH_KIND.values():
        for tour in tours(technique):
            times = [i * FINE for i in range(ceil(tour["seconds"] / FINE))]
            found = poses(page, tour, times)
            for before, after in pairwise(found):
                for hand in before.keys() & after.keys():
                    assert dist(place(before[hand]), place(after[hand])) <= MOST
            for pose, time in zip(found, times, strict=True):
                now = next(each for each in reversed(tour["legs"]) if each["at"] <= time + 1e-6)
                for hand, each in pose.items():
                    assert 0 <= each["lift"] <= 1
                    assert 0 <= each["press"] <= now["force"] + 1
                    if now["kind"] == "stop" and time < now["at"] + now["seconds"] - now["leaving"]:
                        stop = now["places"][hand][0]
                        assert dist(place(each), stop) <= 2 * now["radius"] + 0.01


LOOK = """async ([text, tours]) => {
    const made = new Blob([text], { type: "text/javascript" });
    const { makeHands } = await import(URL.createObjectURL(made));
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const hands = makeHands(picture);
    const looks = path => ({
        size: Number(path.getAttribute("transform").match(/ ([\\d.]+)\\)$/)[1]),
        opacity: Number(path.style.opacity),
    });
    return tours.map(tour => {
        hands.show(tour, 1);
        const [shadow, palm] = picture.querySelectorAll("path");
        return { ...looks(palm), shadow: looks(shadow) };
    });
}"""


def test_a_hand_in_the_air_is_larger_and_lighter_and_a_firm_one_has_more_shadow(browser):
    firm = pass_of(leg(mark="press"))
    high = pass_of(leg(mark="taps"))
    light = pass_of(leg(mark="press", force=1))
    with bare_page(browser) as bare:
        text = bundle(SCRIPT)
        pressed, lifted, soft = bare.page.evaluate(LOOK, [text, [firm, high, light]])
    assert lifted["size"] > pressed["size"] == soft["size"] == 1
    assert lifted["opacity"] < pressed["opacity"] == soft["opacity"]
    assert pressed["shadow"]["size"] > soft["shadow"]["size"]
    assert pressed["shadow"]["opacity"] > soft["shadow"]["opacity"]
