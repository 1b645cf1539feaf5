import assert from "node:assert/strict";
import { test } from "node:test";

import {
  beatAt, beatsBetween, dueCues, mayAddPass, passAt, positionAt, secondsByTechnique, withAddedPass,
} from "../../massage_workbook/widgets/player/timing.js";
import { range } from "./helpers.js";
import { cue, SESSION, STEPS } from "./session.js";


test("a session is in one step at each moment, and over at its end", () => {
  for (let time = -5; time < 125; time += 0.5) {
    const { phase, index, elapsed, remaining } = positionAt(SESSION, time);
    assert.equal(phase, time < 0 ? "ready" : time < 120 ? "step" : "over");
    if (phase === "step") assert.equal(elapsed + remaining, STEPS[index].seconds);
  }
});

test("passes are counted from the end of the lead to the rest", () => {
  const at = (elapsed) => [passAt(STEPS[1], elapsed).phase, passAt(STEPS[1], elapsed).number];
  assert.deepEqual([0, 9.9, 10, 39, 54.9, 55].map(at), [["before", 0], ["before", 0], ["pass", 1], ["pass", 2], ["pass", 3], ["rest", 3]]);
});

test("seconds practised between two times add up to the time between", () => {
  assert.deepEqual(secondsByTechnique(STEPS, 30, 50), { a: 10, b: 10 });
  assert.deepEqual(secondsByTechnique(STEPS, 120, 125), {});
});

test("only the last of several due cues is spoken, and none that is late", () => {
  const { due, spoken } = dueCues([cue(1, "pass", "x"), cue(1.5, "pass", "y"), cue(1.6, "pass")], 0, 3.2);
  assert.deepEqual(due.map(({ at }) => at), [1.5, 1.6]);
  assert.equal(spoken.text, "y");
});

test("beats of adjacent intervals are those of both together", () => {
  const parts = range(1200, (i) => beatsBetween(SESSION.beats, i / 10, (i + 1) / 10)).flat();
  assert.deepEqual(parts, beatsBetween(SESSION.beats, 0, 120));
  assert.equal(beatAt(SESSION.beats, 50.1).number, 0);
  assert.equal(beatAt(SESSION.beats, 101), null);
});

test("an added pass delays all that follows, and the last pass is announced again", () => {
  const { cues, steps, total, beats } = withAddedPass(SESSION, 1);
  assert.equal(total, 135);
  assert.deepEqual([steps[1].passes, steps[1].seconds, steps[2].start], [4, 75, 115]);
  assert.deepEqual(cues.slice(5).map(({ at, text }) => [at, text]), [[65, ""], [80, ""], [95, "then a"], [115, "a"], [135, "end"]]);
  assert.deepEqual(cues.slice(0, 5), SESSION.cues.slice(0, 5));
  assert.deepEqual(beats.map(([first]) => first), [0, 20, 50, 65, 80, 95]);
});

test("a step of one pass gets another, and the end is later", () => {
  const { cues, steps, total } = withAddedPass(SESSION, 2);
  assert.deepEqual([steps[2].passes, total, cues.at(-2).at, cues.at(-1).at], [2, 140, 100, 140]);
});

test("no step exceeds its own limit, nor a session its own", () => {
  assert.ok(mayAddPass(SESSION, 0));
  assert.ok(!mayAddPass(withAddedPass(SESSION, 0), 0));
  assert.ok(!mayAddPass(withAddedPass(SESSION, 1), 2));
});
