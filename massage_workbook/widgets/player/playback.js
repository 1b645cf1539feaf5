// Plays a session on a clock.

import { beatsBetween, dueCues, MAX_DELAY, secondsByTechnique, withAddedPass } from "./timing.js";

export const MAX_GAP = 120; // seconds without a tick after which nobody can have followed
const JUST_BEFORE = 1e-6; // seconds

/**
 * The position in a session follows from a clock and is never counted. After a gap, for which the
 * page was blocked, the session goes on at the present time, as the hands have done; after a gap
 * longer than MAX_GAP it pauses where it was.
 *
 * `tick` reports through `on` what has become due: `cue(cue, isSpoken)`, `beat(time, isFirst)` with
 * the time on the clock, `gap(minutes)` and `end()`. `done` are the seconds practised by technique.
 */
export class Playback {
  isPlaying = false;
  #clock; #on; #speed;
  #anchor = { time: 0, clock: 0 }; // the session and the clock when playing began
  #counted = 0; // the time up to which `done` is counted
  #cued = 0; // the time up to which cues are reported
  #scheduled = 0; // the time up to which beats are reported

  constructor(session, clock, on, { from, speed = 1, done = {} }) {
    this.session = session;
    this.done = done;
    this.#clock = clock;
    this.#on = on;
    this.#speed = speed;
    this.seek(from);
  }

  get time() {
    const { time, clock } = this.#anchor;
    return this.isPlaying ? time + (this.#clock.now() - clock) * this.#speed : time;
  }

  pause() {
    this.tick(0);
    if (this.isPlaying) this.#pauseAt(this.time);
  }

  resume() {
    this.#setAnchor(this.time);
    this.isPlaying = true;
  }

  seek(time) {
    if (this.isPlaying) this.#count(this.time);
    this.#setAnchor(time);
    this.#counted = time;
    this.#cued = time - JUST_BEFORE;
  }

  addPass(index) {
    this.session = withAddedPass(this.session, index);
  }

  /** Report what is due, and beats some seconds ahead. */
  tick(lookahead) {
    if (!this.isPlaying) return;
    const gap = (this.time - this.#counted) / this.#speed;
    if (gap > MAX_GAP) {
      this.#pauseAt(this.#counted);
      return this.#on.gap(Math.round(gap / 60));
    }
    const { total } = this.session;
    const now = Math.min(this.time, total);
    this.#count(now);
    this.#reportBeats(now, now + lookahead * this.#speed);
    this.#reportCues(now);
    if (now < total) return;
    this.#pauseAt(total);
    this.#on.end();
  }

  #pauseAt(time) {
    this.#setAnchor(time);
    this.isPlaying = false;
  }

  #setAnchor(time) {
    this.#anchor = { time, clock: this.#clock.now() };
    this.#scheduled = time;
  }

  #count(until) {
    const found = secondsByTechnique(this.session.steps, this.#counted, until);
    for (const [name, seconds] of Object.entries(found)) this.done[name] = (this.done[name] ?? 0) + seconds;
    this.#counted = until;
  }

  #reportBeats(now, until) {
    const { time, clock } = this.#anchor;
    for (const { at, isFirst } of beatsBetween(this.session.beats, Math.max(this.#scheduled, now), until)) {
      this.#on.beat(clock + (at - time) / this.#speed, isFirst);
    }
    this.#scheduled = Math.max(this.#scheduled, until);
  }

  #reportCues(now) {
    const { due, spoken } = dueCues(this.session.cues, this.#cued, now, MAX_DELAY * this.#speed);
    this.#cued = now;
    for (const cue of due) this.#on.cue(cue, cue === spoken);
  }
}
