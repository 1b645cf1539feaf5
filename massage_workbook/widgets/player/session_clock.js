// The clock of a session, and watchdogs of the devices that may stop.

const MAX_DRIFT = 0.25; // seconds that a sound clock may be off before it counts as stopped
const MIN_SLEEP = 2; // seconds that the date may be ahead of the other clocks before the computer has slept
const MAX_STANDSTILL = 1.5; // seconds that a sound clock may stand still before it counts as stopped
export const MAX_SILENCE = 2.5; // seconds within which a voice begins
const SECONDS_PER_LETTER = 0.09; // of a slow voice

/**
 * One clock out of three, in seconds: `audio` (null without a sound device), `steady` and `wall`. It
 * follows the sound device from when that starts until it stops, and the date where that is ahead of
 * both others, since the computer has slept.
 */
export function makeClock({ audio, steady, wall }) {
  const read = () => ({ audio: audio(), steady: steady(), wall: wall() });
  let source = "steady";
  let hasStopped = false; // the sound device
  let anchor = read();
  let base = 0;
  let latest = 0;
  return {
    get source() {
      return source;
    },
    now() {
      const present = read();
      const since = (name) => present[name] - anchor[name];
      if (source === "audio") {
        hasStopped = present.audio === null || Math.abs(since("steady") - since("audio")) > MAX_DRIFT;
        if (hasStopped) source = "steady";
      }
      const hasSlept = since("wall") - Math.max(since(source), since("steady")) > MIN_SLEEP;
      const time = base + since(hasSlept ? "wall" : source);
      const starts = source === "steady" && present.audio !== null && !hasStopped;
      if (hasSlept || starts || since("steady") > 5) [base, anchor] = [time, present];
      if (starts) source = "audio";
      latest = Math.max(latest, time);
      return latest;
    },
  };
}

/**
 * A function that returns whether a sound device runs, called often with its state, its own time and
 * that of another clock. On some tablets its time stands still while its state is "running".
 */
export function makeSoundWatchdog() {
  let before = null;
  let lastSeen = null; // when it was last seen to run
  return (state, time, now) => {
    if (lastSeen === null || (state === "running" && time !== before)) lastSeen = now;
    before = time;
    return now - lastSeen < MAX_STANDSTILL;
  };
}

/**
 * Whether a voice responds, with times in seconds of a clock: it has to begin soon after it was
 * `requested`, and to end in the time of a slow voice. Some browsers send no "end" event; `isSpeaking`
 * is what they say of their state.
 */
export function makeVoiceWatchdog() {
  let deadline = 0; // seconds by which the next event is expected
  let expected = null; // "begin" or "end"
  let letters = 0;
  return {
    requested(text, now) {
      [deadline, expected, letters] = [now + MAX_SILENCE, "begin", text.length];
    },
    began(now) {
      if (expected === "begin") [deadline, expected] = [now + MAX_SILENCE + letters * SECONDS_PER_LETTER, "end"];
    },
    ended() {
      expected = null;
    },
    isStuck: (now, isSpeaking) => now > deadline && (expected === "begin" || (expected === "end" && isSpeaking)),
  };
}
