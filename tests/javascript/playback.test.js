import assert from "node:assert/strict";
import { test } from "node:test";

import { Playback } from "../../massage_workbook/widgets/player/playback.js";
import { beatsBetween } from "../../massage_workbook/widgets/player/timing.js";
import { near, range } from "./helpers.js";
import { SESSION } from "./session.js";

const BEATS = beatsBetween(SESSION.beats, 0, 120);

/** A session played on a clock of the test, with a log of what it reports. */
function played() {
  const log = { cues: [], beats: [], gaps: [], ends: 0 };
  let now = 100;
  let began = 110; // the clock at the session's time zero
  const on = {
    cue: ({ at }, isSpoken) => log.cues.push({ at, seen: now - began, isSpoken }),
    beat: (time, isFirst) => log.beats.push({ at: time - began, isFirst }),
    gap: (minutes) => log.gaps.push(minutes),
    end: () => {
      log.ends += 1;
    },
  };
  const playback = new Playback(SESSION, { now: () => now }, on, { from: -10 });
  playback.resume();
  return {
    playback,
    log,
    run(seconds, interval = 0.025) {
      for (const until = now + seconds; now < until - 1e-9; ) {
        now = Math.min(until, now + interval);
        playback.tick(0.12);
      }
    },
    block(seconds) {
      now += seconds;
      playback.tick(0.12);
    },
    pause(seconds) {
      playback.pause();
      now += seconds;
      began += seconds;
    },
  };
}

const cueTimes = ({ cues }) => cues.map(({ at }) => at);

/** Each beat is at a time of a beat of the session, and none comes twice. */
function areOnTime(beats) {
  for (const { at } of beats) near(at, BEATS.find((each) => each.at > at - 0.01).at);
  for (const [i, { at }] of beats.slice(1).entries()) assert.ok(at > beats[i].at);
}

test("every cue and every beat is reported once and on time, whatever the interval of ticks", () => {
  for (const intervals of [[0.025], [0.025, 0.29, 0.1]]) {
    const { log, run } = played();
    for (let i = 0; i < 1200; i += 1) run(0.3, intervals[i % intervals.length]);
    assert.deepEqual(cueTimes(log), SESSION.cues.map(({ at }) => at));
    for (const { at, seen } of log.cues) assert.ok(seen - at >= -1e-6 && seen - at <= 0.3);
    assert.deepEqual(log.cues.map(({ isSpoken }) => isSpoken), SESSION.cues.map(({ text }) => Boolean(text)));
    areOnTime(log.beats);
    assert.equal(log.ends, 1);
  }
});

test("with a lookahead longer than the interval of ticks no beat is missing", () => {
  const { log, run } = played();
  run(131);
  assert.equal(log.beats.length, BEATS.length);
  const firsts = log.beats.filter(({ isFirst }) => isFirst);
  for (const [i, { at }] of firsts.slice(0, 7).entries()) near(at, 3.2 * i);
});

test("after a minute without ticks it goes on at the present time without a backlog", () => {
  const { playback, log, run, block } = played();
  run(35);
  log.cues.length = 0;
  block(60);
  near(playback.time, 85);
  assert.deepEqual(log.cues, []);
  assert.ok(playback.isPlaying);
  near(playback.done.b, 45);
});

test("after a longer gap it pauses where it was", () => {
  const { playback, log, run, block } = played();
  run(35);
  block(600);
  near(playback.time, 25, 0.03);
  assert.ok(!playback.isPlaying);
  assert.deepEqual(log.gaps, [10]);
  near(playback.done.a, 25, 0.03);
});

test("a pause takes no time and repeats nothing", () => {
  const { playback, log, run, pause } = played();
  run(15.5);
  pause(1000);
  near(playback.time, 5.5);
  playback.resume();
  run(10);
  near(playback.time, 15.5);
  assert.deepEqual(cueTimes(log), [-10, 0]);
});

test("beats after a pause are on time", () => {
  const { playback, log, run, pause } = played();
  run(15.5);
  pause(1000);
  log.beats.length = 0;
  playback.resume();
  run(10);
  areOnTime(log.beats);
  assert.equal(log.beats.length, beatsBetween(SESSION.beats, 5.5, 15.6).length);
});

test("a repeated step is announced and counted again, and a skipped one is not counted", () => {
  const { playback, log, run } = played();
  run(60);
  playback.seek(40);
  run(5);
  playback.seek(100);
  run(21);
  assert.deepEqual(cueTimes(log), [-10, 0, 20, 40, 50, 40, 100, 120]);
  near(playback.done.a, 60);
  near(playback.done.b, 15);
});

test("an added pass repeats the end of the step and moves the end of the session", () => {
  const { playback, log, run } = played();
  run(10 + 85);
  playback.addPass(1);
  run(70);
  assert.deepEqual(cueTimes(log), [-10, 0, 20, 40, 50, 65, 80, 95, 115, 135]);
  assert.equal(log.ends, 1);
  near(playback.done.a + playback.done.b, 135);
});

test("at ten times the speed, a second of the clock is ten of the session", () => {
  let now = 0;
  const beats = [];
  const on = { cue() {}, beat: (time) => beats.push(time), end() {} };
  const playback = new Playback(SESSION, { now: () => now }, on, { from: 0, speed: 10 });
  playback.resume();
  for (const tick of range(300, (i) => i / 20)) {
    now = tick;
    playback.tick(0.12);
  }
  assert.equal(playback.time, 120);
  near(beats[1], 0.08);
  near(playback.done.a, 60);
});
