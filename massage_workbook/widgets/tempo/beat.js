// A beat by Web Audio, given to the sound device ahead of its time; without sound it only shows.

import { tone } from "../shared/tone.js";

const TICK = 25; // milliseconds
const AHEAD = 0.12; // seconds that beats are given to the sound device ahead of their time

/**
 * A beat. `onSound` is called with whether it can be heard, `onBeat` at each beat.
 * @param {{ onSound: (isAudible: boolean) => unknown, onBeat: () => unknown }} listeners
 */
export function makeBeat({ onSound, onBeat }) {
  const clock = makeClock();
  const flashes = makeFlashes(onBeat);
  let timer = null;
  let interval = 1; // seconds
  let next = 0; // in the clock's seconds
  let last = null; // a beat that was given, in seconds of the page
  let audible = null; // which of the clocks `next` belongs to
  const tick = () => {
    if (audible !== clock.isAudible()) {
      audible = clock.isAudible();
      next = clock.now() + 0.1;
    }
    if (next < clock.now()) next += Math.ceil((clock.now() - next) / interval) * interval; // skip missed beats
    for (; next < clock.now() + AHEAD; next += interval) {
      clock.sound(next);
      last = clock.inPage(next);
      flashes.at(last);
    }
    onSound(audible);
  };
  const stop = () => {
    clearInterval(timer);
    flashes.clear();
    timer = null;
  };
  return {
    stop,
    isRunning: () => timer !== null,
    /** The page's time of a beat, in seconds; null while it is silent. */
    heardAt: () => (timer === null ? null : last),
    setInterval: (seconds) => (interval = seconds),
    start() {
      [audible, last] = [null, null];
      clock.wake();
      timer = setInterval(tick, TICK);
    },
    close() {
      stop();
      clock.close();
    },
  };
}

/** The clock of the sound device, or the page's where there is no sound. */
function makeClock() {
  let context = null;
  const isAudible = () => context?.state === "running";
  return {
    isAudible,
    now: () => (isAudible() ? context.currentTime : performance.now() / 1000),
    /** The page's time at which a moment of the clock is heard. */
    inPage(at) {
      if (!isAudible()) return at;
      const { contextTime, performanceTime } = context.getOutputTimestamp();
      if (!performanceTime) return performance.now() / 1000 + at - context.currentTime;
      return performanceTime / 1000 + at - contextTime;
    },
    sound(at) {
      if (isAudible()) tone(context, at, 980, 0.07, 0.25);
    },
    wake() {
      try {
        context ??= new AudioContext({ latencyHint: "interactive" });
        context.resume().catch(() => {});
      } catch {
        // No device; the beat shows.
      }
    },
    close: () => context?.close().catch(() => {}),
  };
}

/** Calls a function at given seconds of the page, until they are cleared. */
function makeFlashes(flash) {
  const timers = new Set();
  return {
    at(seconds) {
      const show = () => {
        timers.delete(timer);
        flash();
      };
      const timer = setTimeout(show, Math.max(0, 1000 * seconds - performance.now()));
      timers.add(timer);
    },
    clear: () => timers.forEach(clearTimeout),
  };
}
