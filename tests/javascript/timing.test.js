import assert from "node:assert/strict";
import { test } from "node:test";

import {
  beatAt, beatsBetween, conduct, dueCues, lengthened, makeClock, mayLengthen, passAt, positionAt, practised, watchSound, watchVoice,
} from "../../massage_workbook/widgets/player/timing.js";

const STEPS = [
  { technique: "a", start: 0, seconds: 40, lead: 0, rest: 0, passes: 2, most: 3, pass_seconds: 20 },
  { technique: "b", start: 40, seconds: 60, lead: 10, rest: 5, passes: 3, most: 5, pass_seconds: 15 },
  { technique: "a", start: 100, seconds: 20, lead: 0, rest: 0, passes: 1, most: 3, pass_seconds: 20 },
];
const cue = (at, kind, say = "") => ({ at, kind, say, sound: "chime" });
const SESSION = {
  total: 120,
  limit: 150,
  ready: 10,
  steps: STEPS,
  beats: [[0, 0.8, 20, 4], [20, 0.8, 40, 4], [50, 1.5, 65, 1], [65, 1.5, 80, 1], [80, 1.5, 95, 1]],
  cues: [
    cue(-10, "ready", "ready"), cue(0, "begin"), cue(20, "last", "then b"), cue(40, "begin", "b"), cue(50, "start"), cue(65, "pass"),
    cue(80, "last", "then a"), cue(100, "begin", "a"), cue(120, "end", "end"),
  ],
};

/** A session carried out on a clock of our own. */
function carriedOut() {
  const log = { cues: [], beats: [], away: [], over: 0 };
  let at = 100;
  let began = 110;
  const on = {
    cue: ({ at: due }, speaks) => log.cues.push([due, at - began, speaks]),
    beat: (beat, when, strong) => log.beats.push([beat, when - began, strong]),
    away: (minutes) => log.away.push(minutes),
    over: () => (log.over += 1),
  };
  const run = conduct(SESSION, { now: () => at }, on, { from: -10, done: {} });
  run.goOn();
  return {
    run,
    log,
    go(seconds, each = 0.025, ahead = 0.12) {
      for (const until = at + seconds; at < until - 1e-9; ) {
        at = Math.min(until, at + each);
        run.tick(ahead);
      }
    },
    freeze(seconds) {
      at += seconds;
      run.tick(0.12);
    },
    wait: (seconds) => (at += seconds),
    begins: () => (began = at - run.time()),
  };
}

const near = (one, other, by = 1e-6) => assert.ok(Math.abs(one - other) <= by, `${one} is not ${other}`);
const alike = (one, other) => assert.deepEqual(one.map((each) => Math.round(1e6 * each)), other.map((each) => Math.round(1e6 * each)));
const range = (count, act) => Array.from({ length: count }, (_, i) => act(i));

test("a session is in one step at each moment, and over at its end", () => {
  for (let time = -5; time < 125; time += 0.5) {
    const { phase, index, into, left } = positionAt(SESSION, time);
    assert.equal(phase, time < 0 ? "ready" : time < 120 ? "step" : "over");
    if (phase === "step") assert.equal(into + left, STEPS[index].seconds);
  }
});

test("passes are counted between what comes before and the rest", () => {
  const at = (into) => [passAt(STEPS[1], into).phase, passAt(STEPS[1], into).number];
  assert.deepEqual([0, 9.9, 10, 39, 54.9, 55].map(at), [["before", 0], ["before", 0], ["pass", 1], ["pass", 2], ["pass", 3], ["rest", 3]]);
});

test("seconds practised between two times add up to the time between", () => {
  assert.deepEqual(practised(STEPS, 30, 50), { a: 10, b: 10 });
  assert.deepEqual(practised(STEPS, 120, 125), {});
});

test("only the last of several due cues is spoken, and none that is late", () => {
  const due = dueCues([cue(1, "pass", "x"), cue(1.5, "pass", "y"), cue(1.6, "pass")], 0, 3.2);
  assert.deepEqual(due.cues.map(({ at }) => at), [1.5, 1.6]);
  assert.equal(due.speaks.say, "y");
  assert.equal(due.skipped, 1);
});

test("beats of two neighbouring spans are those of both together", () => {
  const parts = range(1200, (i) => beatsBetween(SESSION.beats, i / 10, (i + 1) / 10)).flat();
  assert.deepEqual(parts, beatsBetween(SESSION.beats, 0, 120));
  assert.equal(beatAt(SESSION.beats, 50.1).number, 0);
  assert.equal(beatAt(SESSION.beats, 101), null);
});

// --- a little longer -------------------------------------------------------------------------------

test("one more pass moves all that follows, and the last pass is announced once more", () => {
  const { cues, steps, total, beats } = lengthened(SESSION, 1);
  assert.equal(total, 135);
  assert.deepEqual([steps[1].passes, steps[1].seconds, steps[2].start], [4, 75, 115]);
  assert.equal(steps[1].lead + steps[1].passes * steps[1].pass_seconds + steps[1].rest, steps[1].seconds);
  assert.deepEqual(cues.slice(5).map(({ at, say }) => [at, say]), [[65, ""], [80, ""], [95, "then a"], [115, "a"], [135, "end"]]);
  assert.deepEqual(cues.slice(0, 5), SESSION.cues.slice(0, 5));
  assert.deepEqual(beats.map(([first]) => first), [0, 20, 50, 65, 80, 95]);
});

test("a step that is one pass gets another, and the end moves with it", () => {
  const { cues, steps, total } = lengthened(SESSION, 2);
  assert.deepEqual([steps[2].passes, total, cues.at(-2).at, cues.at(-1).at], [2, 140, 100, 140]);
});

test("no step grows beyond its own limit, nor a session beyond an evening", () => {
  assert.ok(mayLengthen(SESSION, 0));
  assert.ok(!mayLengthen(lengthened(SESSION, 0), 0));
  assert.ok(!mayLengthen(lengthened(SESSION, 1), 2));
});

test("a practice that is made longer says the end of the step again and ends later", () => {
  const { run, log, go } = carriedOut();
  go(10 + 85);
  run.lengthen(1);
  go(70);
  assert.deepEqual(log.cues.map(([at]) => at), [-10, 0, 20, 40, 50, 65, 80, 95, 115, 135]);
  assert.equal(log.over, 1);
  near(run.done.a + run.done.b, 135);
});

// --- a practice on its clock -----------------------------------------------------------------------

test("every cue and every beat comes once and on time, however long frames take", () => {
  for (const steps of [[0.025], [0.025, 0.29, 0.1]]) {
    const { log, go } = carriedOut();
    for (let i = 0; i < 1200; i += 1) go(0.3, steps[i % steps.length]);
    assert.deepEqual(log.cues.map(([at]) => at), SESSION.cues.map(({ at }) => at));
    for (const [at, seen] of log.cues) assert.ok(seen - at >= -1e-6 && seen - at <= 0.3);
    assert.deepEqual(log.cues.map((each) => each[2]), SESSION.cues.map(({ say }) => Boolean(say)));
    const beats = log.beats.map(([beat]) => beat);
    alike(beats, [...new Set(beats)].toSorted((a, b) => a - b));
    for (const [beat, when] of log.beats) near(when, beat);
    if (steps.length > 1) continue;
    alike(beats, beatsBetween(SESSION.beats, 0, 120).map(({ at }) => at));
    alike(log.beats.filter(([, , strong]) => strong).map(([beat]) => beat).slice(0, 7), range(7, (i) => 3.2 * i));
    assert.equal(log.over, 1);
  }
});

test("a page blocked for a minute goes on at the present time without a backlog", () => {
  const { run, log, go, freeze } = carriedOut();
  go(35);
  log.cues.length = 0;
  freeze(60);
  near(run.time(), 85);
  assert.deepEqual(log.cues, []);
  assert.ok(run.running);
  near(run.done.b, 45);
});

test("a page blocked for long waits where it was", () => {
  const { run, log, go, freeze } = carriedOut();
  go(35);
  freeze(600);
  near(run.time(), 25, 0.03);
  assert.ok(!run.running);
  assert.deepEqual(log.away, [10]);
  near(run.done.a, 25, 0.03);
});

test("a pause takes no time and says nothing twice", () => {
  const { run, log, go, wait, begins } = carriedOut();
  go(15.5);
  run.pause();
  wait(1000);
  near(run.time(), 5.5);
  run.goOn();
  begins();
  log.beats.length = 0;
  go(10);
  near(run.time(), 15.5);
  assert.deepEqual(log.cues.map(([at]) => at), [-10, 0]);
  for (const [beat, when] of log.beats) near(when, beat);
});

test("a step gone back to is announced again and counts again; one that is skipped does not count", () => {
  const { run, log, go } = carriedOut();
  go(60);
  run.goTo(40);
  run.goOn();
  go(5);
  run.goTo(100);
  run.goOn();
  go(21);
  assert.deepEqual(log.cues.map(([at]) => at), [-10, 0, 20, 40, 50, 40, 100, 120]);
  near(run.done.a, 60);
  near(run.done.b, 15);
});

// --- clocks and devices ----------------------------------------------------------------------------

/** A clock out of three that we turn; `pass` lets time pass, for each at its own rate. */
function threeClocks() {
  const time = { audio: null, steady: 1000, wall: 5e9 };
  const clock = makeClock({ audio: () => time.audio, steady: () => time.steady, wall: () => time.wall });
  const pass = (seconds, { audio = 1, each = 0.05 } = {}) => {
    const before = clock.now();
    for (let last = before, t = 0; t < seconds - 1e-9; t += each) {
      const gone = Math.min(each, seconds - t);
      if (time.audio !== null) time.audio += gone * audio;
      time.steady += gone;
      time.wall += gone;
      assert.ok(clock.now() >= last);
      last = clock.now();
    }
    return clock.now() - before;
  };
  return { time, clock, pass };
}

test("without a sound device the computer's clock counts", () => {
  const { clock, pass } = threeClocks();
  near(pass(60), 60);
  assert.equal(clock.source, "steady");
});

test("a sound device that starts is followed, and one that stops is left", () => {
  const { time, clock, pass } = threeClocks();
  pass(1);
  time.audio = 0.01;
  const seen = [1.00005, 0, 1].map((audio) => [pass(60, { audio }), clock.source]);
  assert.deepEqual(seen.map(([, source]) => source), ["audio", "steady", "steady"]);
  for (const [passed] of seen) near(passed, 60, 0.06);
});

test("an hour stays an hour beside an inaccurate sound device", () => {
  for (const audio of [0.99995, 1, 1.00005]) {
    const { time, clock, pass } = threeClocks();
    time.audio = 3;
    near(pass(3600, { audio, each: 0.1 }), 3600, 0.25);
    assert.equal(clock.source, "audio");
  }
});

test("a computer that slept finds the time as it is; a date that is set is not followed", () => {
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

test("a sound device that stops is found out within three seconds, and so is its return", () => {
  for (const state of ["suspended", "interrupted", "closed", "running"]) {
    const runs = watchSound();
    const seen = [
      ...range(20, (i) => runs("running", i / 10, i / 10)),
      ...range(31, (i) => runs(state, 1.9, 2 + i / 10)),
      ...range(3, (i) => runs("running", 2 + i / 10, 6 + i / 10)),
    ];
    assert.ok(seen.slice(0, 21).every(Boolean)); // a moment is no stop
    assert.ok(!seen.slice(40, 51).some(Boolean));
    assert.ok(seen.slice(51).every(Boolean));
  }
  const runs = watchSound();
  assert.ok(runs("running", 1, 1) && runs("running", 60, 60)); // the page stood still, not the device
});

const TEXT = "Slowly, with both hands";
const LONG = 1 + 0.09 * TEXT.length;

/** What a voice is found to be after some events, each a name with its arguments. */
function voiceAfter(...events) {
  const voice = watchVoice();
  return events.map(([name, ...rest]) => voice[name](...rest)).at(-1);
}

test("a voice that does not begin, or not end, is found out within three seconds", () => {
  const given = ["given", TEXT, 0];
  const began = ["began", 1];
  assert.ok(!voiceAfter(["isStuck", 9, true]));
  assert.ok(!voiceAfter(given, ["isStuck", 2, false]));
  assert.ok(voiceAfter(given, ["isStuck", 2.9, false]));
  assert.ok(!voiceAfter(given, began, ["isStuck", LONG, true]));
  assert.ok(voiceAfter(given, began, ["isStuck", LONG + 2.9, true]));
  assert.ok(!voiceAfter(given, began, ["isStuck", 60, false])); // its end was not told
  assert.ok(!voiceAfter(given, began, ["ended"], ["isStuck", 60, true]));
  assert.ok(!voiceAfter(given, began, ["given", TEXT, 50], ["isStuck", 51, true]));
});
