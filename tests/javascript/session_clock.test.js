import assert from "node:assert/strict";
import { test } from "node:test";

import { makeClock, makeSoundWatchdog, makeVoiceWatchdog } from "../../massage_workbook/widgets/player/session_clock.js";
import { near, range } from "./helpers.js";

/** A clock out of three that the test moves; `pass` moves the sound clock at another rate. */
function threeClocks() {
  const time = { audio: null, steady: 1000, wall: 5e9 };
  const clock = makeClock({ audio: () => time.audio, steady: () => time.steady, wall: () => time.wall });
  const pass = (seconds, { audio = 1, interval = 0.05 } = {}) => {
    const before = clock.now();
    for (let last = before, t = 0; t < seconds - 1e-9; t += interval) {
      const passed = Math.min(interval, seconds - t);
      if (time.audio !== null) time.audio += passed * audio;
      time.steady += passed;
      time.wall += passed;
      assert.ok(clock.now() >= last);
      last = clock.now();
    }
    return clock.now() - before;
  };
  return { time, clock, pass };
}

test("without a sound device it follows the computer's clock", () => {
  const { clock, pass } = threeClocks();
  near(pass(60), 60);
  assert.equal(clock.source, "steady");
});

test("it follows a sound device from its start until it stops", () => {
  const { time, clock, pass } = threeClocks();
  pass(1);
  time.audio = 0.01;
  const seen = [1.00005, 0, 1].map((audio) => [pass(60, { audio }), clock.source]);
  assert.deepEqual(seen.map(([, source]) => source), ["audio", "steady", "steady"]);
  for (const [passed] of seen) near(passed, 60, 0.06);
});

test("an inaccurate sound device makes an hour no longer or shorter", () => {
  for (const audio of [0.99995, 1, 1.00005]) {
    const { time, clock, pass } = threeClocks();
    time.audio = 3;
    near(pass(3600, { audio, interval: 0.1 }), 3600, 0.25);
    assert.equal(clock.source, "audio");
  }
});

test("it follows the date after the computer has slept, but not a date that is changed", () => {
  const { time, clock, pass } = threeClocks();
  time.audio = 3;
  pass(10);
  const before = clock.now();
  time.wall += 60; // with the lid closed both other clocks stand still
  pass(10);
  near(clock.now() - before, 70, 0.1);
  time.wall -= 3600;
  near(pass(10), 10, 0.01);
  time.wall += 1.5;
  near(pass(10), 10, 0.01);
});

test("a stopped sound device is noticed within three seconds, and so is its return", () => {
  for (const state of ["suspended", "interrupted", "closed", "running"]) {
    const runs = makeSoundWatchdog();
    const seen = [
      ...range(20, (i) => runs("running", i / 10, i / 10)),
      ...range(31, (i) => runs(state, 1.9, 2 + i / 10)),
      ...range(3, (i) => runs("running", 2 + i / 10, 6 + i / 10)),
    ];
    assert.ok(seen.slice(0, 21).every(Boolean)); // it was not stopped for long
    assert.ok(!seen.slice(40, 51).some(Boolean));
    assert.ok(seen.slice(51).every(Boolean));
  }
  const runs = makeSoundWatchdog();
  assert.ok(runs("running", 1, 1) && runs("running", 60, 60)); // the page stood still, not the device
});

const TEXT = "Slowly, with both hands";
const LONG = 1 + 0.09 * TEXT.length;

/** The result of the last of some calls, each a name with its arguments. */
function voiceAfter(...events) {
  const voice = makeVoiceWatchdog();
  return events.map(([name, ...rest]) => voice[name](...rest)).at(-1);
}

test("a voice that does not begin, or does not end, is noticed within three seconds", () => {
  const requested = ["requested", TEXT, 0];
  const began = ["began", 1];
  assert.ok(!voiceAfter(["isStuck", 9, true]));
  assert.ok(!voiceAfter(requested, ["isStuck", 2, false]));
  assert.ok(voiceAfter(requested, ["isStuck", 2.9, false]));
  assert.ok(!voiceAfter(requested, began, ["isStuck", LONG, true]));
  assert.ok(voiceAfter(requested, began, ["isStuck", LONG + 2.9, true]));
  assert.ok(!voiceAfter(requested, began, ["isStuck", 60, false])); // without an "end" event
  assert.ok(!voiceAfter(requested, began, ["ended"], ["isStuck", 60, true]));
  assert.ok(!voiceAfter(requested, began, ["requested", TEXT, 50], ["isStuck", 51, true]));
});
