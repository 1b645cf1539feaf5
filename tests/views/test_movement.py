import json

import pytest

from massage_workbook.body import movement
from massage_workbook.body.illustration import scene
from massage_workbook.views.movement import PER_CM, key_frames, key_times

from ..shipped import each_technique

MOST_BYTES = 15_000


def frames(shown, number):
    first, *others = shown["tracks"][number]
    return [first, *([a + b for a, b in zip(first, each, strict=True)] for each in others)]


@each_technique
def test_key_frames_are_small_and_go_from_the_beginning_to_the_end_with_captions(technique):
    times, shown = key_times(technique), key_frames(technique)
    assert len(json.dumps(shown, separators=(",", ":")).encode()) <= MOST_BYTES
    assert times == sorted(set(times))
    assert (times[0], times[-1]) == (0, 1)
    said = [phase.say for phase in technique.movement.phases if phase.say]
    assert [each["say"] for each in shown["moments"]] == said
    assert all(say in shown["alt"] for say in said)
    assert shown["seconds"] == pytest.approx(movement.seconds(technique), abs=1e-3)


@each_technique
def test_an_animation_has_the_outlines_of_its_scenes(technique):
    shown, times = key_frames(technique), key_times(technique)
    for at, time in enumerate(times):
        for part, drawn in zip(scene(technique, time).parts, shown["parts"], strict=True):
            places = frames(shown, drawn["place"])
            right, down, turn = places[at] if len(places) > 1 else places[0]
            assert right == pytest.approx(PER_CM * part.place[0], abs=0.51)
            assert down == pytest.approx(-PER_CM * part.place[1], abs=0.51)
            assert turn == pytest.approx(1000 * part.place[2], abs=0.51)
