// Beats and chimes by Web Audio.

import { tone } from "../shared/tone.js";
import { MISSING } from "./missing.js";
import { makeSoundWatchdog } from "./session_clock.js";

export const WARM_UP = 1.5; // seconds of inaudible sound first, since a wireless speaker swallows its beginning
const RESUME_INTERVAL = 1; // seconds between attempts to resume a device that the system has stopped

/** A sound device, which may be missing, stopped or interrupted; `check`, called often, finds that out. */
class Device {
  #context = openContext();
  #isRunning = makeSoundWatchdog();
  #runs = true;
  #resumedAt = 0;
  #playing = new Set();

  get isAudible() {
    return this.#runs && this.#context?.state === "running";
  }

  /** The time of the device in seconds, or null while it is not audible. */
  get time() {
    return this.isAudible ? this.#context.currentTime : null;
  }

  missing() {
    if (!this.#context) return MISSING.sound;
    return this.#runs ? null : MISSING.stopped;
  }

  wake() {
    if (this.#context && this.#runs) this.#resume();
    else this.retry();
  }

  retry() {
    if (this.#context && this.#runs) return;
    this.close();
    this.#context = openContext();
    this.#isRunning = makeSoundWatchdog();
    this.#runs = true;
    this.#resume();
  }

  check() {
    if (!this.#context) return;
    const { state, currentTime } = this.#context;
    const now = performance.now() / 1000;
    const ran = this.#runs;
    this.#runs = this.#isRunning(state, currentTime, now);
    if (ran && !this.#runs) this.silence(); // or all of it would sound at once when the device resumes
    // An interruption, such as a call, ends without an event.
    if (state !== "running" && now - this.#resumedAt > RESUME_INTERVAL) this.#resume();
  }

  silence() {
    for (const source of this.#playing) source.stop();
    this.#playing.clear();
  }

  close() {
    this.#context?.close().catch(() => {});
    this.#playing.clear();
  }

  /** A tone after some seconds; frequency in hertz, volume from 0 to 1. */
  play(delay, frequency, seconds, volume) {
    const source = tone(this.#context, this.#context.currentTime + delay, frequency, seconds, volume);
    this.#playing.add(source);
    source.onended = () => this.#playing.delete(source);
  }

  #resume() {
    this.#resumedAt = performance.now() / 1000;
    this.#context?.resume().catch(() => {});
  }
}

/** The sounds of a practice, of which none is heard without a device or while that is stopped. */
export class Sound extends Device {
  #settings;

  constructor(settings) {
    super();
    this.#settings = settings;
  }

  /** A beat after some seconds. */
  beat(delay, isFirst) {
    if (!this.isAudible || !this.#settings.beat.on) return;
    this.play(Math.max(0, delay), isFirst ? 1320 : 980, 0.07, 0.5 * this.#volume("beat"));
  }

  chime(name) {
    if (!this.isAudible || !this.#settings.chime.on) return;
    const volume = 0.4 * this.#volume("chime");
    if (name === "tick") return this.play(0, 520, 0.25, volume / 2);
    this.play(0, 660, 1.2, volume);
    this.play(0, 990, 0.9, volume / 2);
  }

  #volume(name) {
    return this.#settings[name].volume / 100;
  }
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
