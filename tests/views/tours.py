"""Passes of hands as a page gets them, made up for tests, and how far a place is from a path."""

from itertools import pairwise
from math import dist

import numpy as np

STILL = [0, 0, 0, 1]
"""A hand that presses on the spot."""
MOVES = {
    "ahead": [STILL, [10, 0, 0, 1], STILL],
    "outward": [STILL, [0, 10, 0, 1], STILL],
    "presses": [[0, 0, 0, 0], STILL, [0, 0, 0, 0]],
    "lifts": [STILL, [0, 0, 1, 0], STILL],
}


def leg(kind="stop", places=None, turn=90, **given):
    """A leg of two seconds, by the hand on the right half alone."""
    places = places or {"right": [[100, 100]]}
    mirrors = {hand: -1 if hand == "left" else 1 for hand in places}
    return {
        "kind": kind,
        "at": 0,
        "seconds": 2,
        "places": places,
        "turns": {hand: mirror * turn for hand, mirror in mirrors.items()},
        "axes": {hand: [[0, -1], [mirror, 0]] for hand, mirror in mirrors.items()},
        "leaving": 0,
        "force": 4,
        "stroke": "up",
        "look": 0,
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
        "looks": [{"outline": "M0 0L10 0L10 10Z", "touch": "M0 0L5 0L5 5Z"}],
        "legs": made,
    }


def away(place, path, *, beyond=False):
    """Distance from a place to a path, which with `beyond` goes straight on at both ends."""
    pieces = [*pairwise(path)]
    return min(
        (
            _to_piece(place, *piece, (beyond and i == 0, beyond and i == len(pieces) - 1))
            for i, piece in enumerate(pieces)
        ),
        default=dist(place, path[0]),
    )


def _to_piece(place, start, end, beyond):
    (x, y), (a, b) = np.subtract(place, start), np.subtract(end, start)
    share = (x * a + y * b) / max(a * a + b * b, 1e-9)
    low, high = (-np.inf if beyond[0] else 0), (np.inf if beyond[1] else 1)
    share = min(max(share, low), high)
    return dist((x, y), (share * a, share * b))
