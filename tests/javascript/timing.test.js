import assert from "node:assert/strict";
import { test } from "node:test";

import { beatAt, beatsBetween, dueCues, passAt, positionAt, practised } from "../../massage_workbook/widgets/player/timing.js";

const STEPS = [
  { technique: "a", start: 0, seconds: 60 },
  { technique: "b", start: 60, seconds: 30 },
];

test("a session is in one step at each moment, and over at its end", () => {
  for (let time = -5; time < 95; time += 0.5) {
    const { phase, index, into, left } = positionAt({ steps: STEPS, total: 90 }, time);
    assert.equal(phase, time < 0 ? "ready" : time < 90 ? "step" : "over");
    if (phase === "step") assert.equal(into + left, STEPS[index].seconds);
  }
});

test("of cues that are due only the last fresh one speaks", () => {
  const cues = [{ at: 1, say: "one" }, { at: 5, say: "two" }, { at: 6, say: null }];
  const due = dueCues(cues, 0, 6, 2);
  assert.deepEqual(due.cues.map(({ at }) => at), [5, 6]);
  assert.equal(due.speaks.say, "two");
  assert.equal(due.skipped, 1);
});

test("beats of neighbouring spans are those of the whole", () => {
  const rows = [[0, 0.8, 40, 2], [40, 1.5, 100, 1]];
  const whole = beatsBetween(rows, 0, 100);
  const parts = Array.from({ length: 1000 }, (_, i) => beatsBetween(rows, i / 10, (i + 1) / 10)).flat();
  assert.deepEqual(parts, whole);
  assert.equal(beatAt(rows, 40.1).number, 0);
  assert.equal(beatAt(rows, 101), null);
});

test("passes are counted between what comes before and the rest", () => {
  const step = { lead: 3, passes: 2, pass_seconds: 10 };
  const at = (into) => [passAt(step, into).phase, passAt(step, into).number];
  assert.deepEqual([2, 3, 13, 23].map(at), [["before", 0], ["pass", 1], ["pass", 2], ["rest", 2]]);
});

test("what is practised between two times adds up to them", () => {
  assert.deepEqual(practised(STEPS, 50, 70), { a: 10, b: 10 });
  assert.deepEqual(practised(STEPS, 90, 95), {});
});
