// Beats and chimes by Web Audio.

import { tone } from "../shared/tone.js";
import { MISSING } from "./missing.js";
import { makeSoundWatchdog } from "./session_clock.js";

export const WARM_UP = 1.5; // seconds of inaudible sound first, since a wireless speaker swallows its beginning
const RESUME_INTERVAL = 1; // seconds between attempts to resume a device that the system has stopped

/** What sounds in a practice; without a device, or while it is stopped, nothing does. */
export function makeSound(settings) {
  const device = makeDevice();
  const volume = (name, max) => (max * settings[name].volume) / 100;
  return {
    ...device,
    time: () => (device.isAudible() ? device.now() : null),
    /** A beat after some seconds; faster than in reality there are none. */
    beat(delay, speed, isFirst) {
      if (!device.isAudible() || !settings.beat.on || speed !== 1) return;
      device.play(Math.max(0, delay), isFirst ? 1320 : 980, 0.07, volume("beat", 0.5));
    },
    chime(name) {
      if (!device.isAudible() || !settings.chime.on) return;
      const loud = volume("chime", 0.4);
      if (name === "tick") return device.play(0, 520, 0.25, loud / 2);
      device.play(0, 660, 1.2, loud);
      device.play(0, 990, 0.9, loud / 2);
    },
  };
}

/** A sound device, which may be missing, stopped or interrupted; `check`, called often, finds that out. */
function makeDevice() {
  const playing = new Set();
  let context = openContext();
  let isRunning = makeSoundWatchdog();
  let runs = true;
  let resumedAt = 0;
  const silence = () => {
    for (const source of playing) source.stop();
    playing.clear();
  };
  const close = () => {
    context?.close().catch(() => {});
    playing.clear();
  };
  const resume = () => {
    resumedAt = performance.now() / 1000;
    context?.resume().catch(() => {});
  };
  const retry = () => {
    if (context && runs) return;
    close();
    [context, isRunning, runs] = [openContext(), makeSoundWatchdog(), true];
    resume();
  };
  return {
    silence,
    close,
    retry,
    now: () => context.currentTime,
    isAudible: () => runs && context?.state === "running",
    wake: () => (context && runs ? resume() : retry()),
    missing: () => (context ? (runs ? null : MISSING.stopped) : MISSING.sound),
    check() {
      if (!context) return;
      const [now, ran] = [performance.now() / 1000, runs];
      runs = isRunning(context.state, context.currentTime, now);
      if (ran && !runs) silence(); // or all of it would sound at once when the device resumes
      // An interruption, such as a call, ends without an event.
      if (context.state !== "running" && now - resumedAt > RESUME_INTERVAL) resume();
    },
    /** A tone after some seconds; frequency in hertz, volume from 0 to 1. */
    play(delay, frequency, seconds, loud) {
      const source = tone(context, context.currentTime + delay, frequency, seconds, loud);
      playing.add(source);
      source.onended = () => playing.delete(source);
    },
  };
}

/**
 * An audio context, or null without a device that may be used.
 * @returns {any}
 */
function openContext() {
  try {
    const context = new AudioContext({ latencyHint: "interactive" });
    hum(context);
    return context;
  } catch {
    return null;
  }
}

/** Play a tone too low to be heard: a wireless speaker falls asleep in silence, and swallows what follows. */
function hum(context) {
  const gain = new GainNode(context, { gain: 0.002 });
  const source = new OscillatorNode(context, { frequency: 40 });
  source.connect(gain).connect(context.destination);
  source.start();
}
