// A practice in its dialog, from its start until it is closed.

import { clock as formatSeconds } from "../shared/clock.js";
import { frames } from "../shared/frames.js";
import { makeAfterPage } from "./after_page.js";
import { openDialog } from "./dialog.js";
import { startHeartbeat } from "./heartbeat.js";
import { makeMissingNotice } from "./missing.js";
import { Playback } from "./playback.js";
import { makeRunPage } from "./run_page.js";
import { keepAwake } from "./screen.js";
import { makeClock } from "./session_clock.js";
import { Sound, WARM_UP } from "./sound.js";
import { makeStopPage } from "./stop_page.js";
import { mayAddPass, passAt, positionAt, withAddedPass } from "./timing.js";
import { Voice } from "./voice.js";

const MIN_LOOKAHEAD = 0.12; // seconds that beats are scheduled ahead on the sound device
const MAX_LOOKAHEAD = 2.5; // the same while the page is hidden, where timers may be slow
const STORE_INTERVAL = 1000; // milliseconds
const RESTART_AFTER = 5; // seconds into a step after which "back" leads to its start
const MIN_TAP_INTERVAL = 300; // milliseconds; an oily hand that bounces taps twice

/** Opens a dialog and plays a session from where its record is; `onClose` is called when it is closed. */
export class Practice {
  /** @type {"run" | "stop" | "after"} */
  #page = "run";
  #storedAt = 0;
  #lookahead = makeLookahead();
  #listeners = new AbortController();
  #wakeLock = keepAwake();
  #player; #record; #onClose;
  #sound; #voice; #playback; #heartbeat;
  #dialog; #runPage; #missing; #painting;

  constructor(player, record, onClose) {
    const session = record.longer.reduce((longer, index) => withAddedPass(longer, index), player.session);
    this.#player = player;
    this.#record = record;
    this.#onClose = onClose;
    this.#sound = new Sound(player.settings);
    this.#voice = new Voice(player.settings);
    this.#dialog = openDialog(session.title, this);
    const devices = [this.#voice, this.#sound, this.#wakeLock, player.recorder, this.#dialog.fullScreen];
    this.#missing = makeMissingNotice(devices, () => this.#runPage.focus());
    this.#runPage = makeRunPage(player, this.#missing.node, this);
    this.#playback = this.#makePlayback(session);
    this.#heartbeat = startHeartbeat(() => this.#tick());
    this.#painting = frames(() => this.isActive && this.#draw());
    this.#watchLeaving();
    this.#begin();
  }

  /** Whether the practice can be controlled: it is neither stopped nor over. */
  get isActive() {
    return this.#page === "run";
  }

  toggle = throttled(() => {
    if (!this.isActive) return;
    if (this.#playback.isPlaying) this.#pause();
    else this.#resume();
  });

  /** Restart the step, or the one before at its beginning. */
  back = throttled(() => {
    const { session, time } = this.#playback;
    const { index: current, elapsed } = positionAt(session, time);
    const index = elapsed > RESTART_AFTER ? current : Math.max(0, current - 1);
    this.#record.skipped = this.#record.skipped.filter((each) => each < index);
    this.#jump(session.steps[index].start);
  });

  skip = throttled(() => {
    const { session, time } = this.#playback;
    const { phase, index, elapsed } = positionAt(session, time);
    if (phase === "ready") return this.#jump(0);
    if (passAt(session.steps[index], elapsed).phase !== "rest") this.#record.skipped.push(index);
    this.#jump(session.steps[index + 1]?.start ?? session.total);
  });

  longer = throttled(() => {
    const { session, time } = this.#playback;
    const { phase, index } = positionAt(session, time);
    if (phase !== "step" || !mayAddPass(session, index)) return;
    this.#playback.addPass(index);
    this.#record.longer.push(index);
    this.#store();
    this.#draw();
    this.#runPage.note(`Once more. The practice now ends at ${formatSeconds(this.#playback.session.total)}.`);
  });

  stop() {
    this.#pause();
    const onResume = () => {
      this.#showRunPage();
      this.#resume();
    };
    this.#showPage("stop", makeStopPage(this.#player.session, onResume, () => this.end()));
  }

  escape() {
    if (this.isActive && this.#playback.isPlaying) this.#pause();
  }

  fullScreen() {
    this.#dialog.fullScreen.toggle();
  }

  /** End the practice; `isComplete` if it came to its end by itself. */
  end(isComplete = false) {
    this.#playback.pause();
    if (!isComplete) this.#silence();
    this.#store();
    this.#heartbeat.stop();
    this.#wakeLock.release();
    this.#player.recorder.finish(this.#record, isComplete);
    const player = { ...this.#player, session: this.#playback.session };
    this.#showPage("after", makeAfterPage(player, this.#record, isComplete, () => this.close()));
  }

  close() {
    if (this.#page !== "after") {
      this.#playback.pause();
      this.#store();
    }
    this.#silence();
    this.#heartbeat.stop();
    this.#wakeLock.release();
    this.#painting.stop();
    this.#listeners.abort();
    this.#sound.close();
    this.#dialog.close();
    this.#onClose();
  }

  #makePlayback(session) {
    const { speed } = this.#player;
    const clock = makeClock({
      audio: () => this.#sound.time,
      steady: () => performance.now() / 1000,
      wall: () => Date.now() / 1000,
    });
    const on = {
      beat: (time, isFirst) => speed === 1 && this.#sound.beat(time - clock.now(), isFirst),
      cue: (cue, isSpoken) => {
        if (cue.sound) this.#sound.chime(cue.sound);
        this.#showCue(cue, isSpoken);
      },
      gap: (minutes) => {
        this.#silence();
        this.#runPage.note(`The page did not run for ${minutes} minutes, and the practice waited here.`);
        this.#draw();
      },
      end: () => this.end(true),
    };
    const from = this.#record.position || -session.ready_seconds - WARM_UP * speed;
    return new Playback(session, clock, on, { from, speed, done: this.#record.done });
  }

  /** Store the record when the page is left, and have the browser ask before. */
  #watchLeaving() {
    const { signal } = this.#listeners;
    const isOpen = () => this.#page !== "after";
    window.addEventListener("pagehide", () => isOpen() && this.#store(), { signal });
    window.addEventListener("beforeunload", (event) => isOpen() && event.preventDefault(), { signal });
  }

  /** A new practice runs at once; a resumed one waits for the hands. */
  #begin() {
    this.#showRunPage();
    this.#painting.start();
    if (this.#record.position === 0) return this.#resume();
    this.#draw();
    this.#runPage.note("Tap anywhere when your hands are back in place.");
  }

  #tick() {
    this.#sound.check();
    this.#voice.check();
    this.#runPage.setAudible(this.#voice.isAudible);
    this.#playback.tick(this.#lookahead());
    if (this.#playback.isPlaying && performance.now() - this.#storedAt > STORE_INTERVAL) this.#store();
    this.#missing.update();
  }

  #store() {
    this.#storedAt = performance.now();
    this.#record.position = Math.max(0, this.#playback.time);
    this.#player.recorder.put(this.#record);
  }

  #pause() {
    this.#playback.pause();
    this.#silence();
    this.#store();
    this.#draw();
    this.#runPage.focus();
  }

  #resume() {
    this.#sound.wake();
    this.#runPage.note("");
    this.#playback.resume();
    this.#draw();
    this.#runPage.focus();
  }

  #jump(time) {
    this.#silence();
    this.#playback.seek(time);
    this.#resume();
    const { steps, cues } = this.#playback.session;
    const step = steps.find(({ start }) => start === time);
    const hasSpeech = cues.some(({ at, kind, text }) => at === time && kind === "step" && text);
    if (step && !hasSpeech) this.#showCue({ text: step.announcement }, true); // spoken with the step before
  }

  #showCue(cue, isSpoken) {
    if (isSpoken) this.#voice.say(cue.text);
    this.#runPage.showCue(cue);
  }

  #silence() {
    this.#sound.silence();
    this.#voice.silence();
  }

  #draw() {
    const { session, time, isPlaying } = this.#playback;
    this.#runPage.draw(session, time, isPlaying);
  }

  #showRunPage() {
    this.#showPage("run", this.#runPage.node);
    this.#runPage.focus();
  }

  #showPage(name, page) {
    this.#page = name;
    this.#dialog.showPage(page);
    if (name === "run") return;
    const title = page.querySelector("h2");
    title.tabIndex = -1;
    title.focus(); // on no button, which a hand that still taps the space bar would press
  }
}

/** How many seconds ahead beats are scheduled: more while the page is hidden, or was blocked just now. */
function makeLookahead() {
  let before = performance.now();
  let blocked = 0;
  return () => {
    const now = performance.now();
    blocked = Math.max((now - before) / 1000, 0.98 * blocked); // half of it is forgotten within a second
    before = now;
    return document.hidden ? MAX_LOOKAHEAD : Math.min(MAX_LOOKAHEAD, Math.max(MIN_LOOKAHEAD, 2 * blocked));
  };
}

/** A function that ignores calls soon after the last one. */
function throttled(act) {
  let calledAt = -MIN_TAP_INTERVAL;
  return () => {
    if (performance.now() - calledAt < MIN_TAP_INTERVAL) return;
    calledAt = performance.now();
    act();
  };
}
