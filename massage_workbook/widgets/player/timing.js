// The time of a session: values in, values out.
//
// Times of a session are seconds from its first step; the time before it is negative. They follow
// from one clock and are never counted. A page that stood still goes on where the time is by now:
// what it missed is left out, for the hands have gone on as well. If it stood still for longer
// than AWAY, nobody can have followed it, and it waits where it was.

const TINY = 0.01; // seconds by which rounding may move a beat
export const LATE = 2; // seconds after which a cue is left out
export const AWAY = 120; // seconds after which nobody can have followed
const BEHIND = 0.25; // seconds that a clock may be off before it counts as stopped
const SLEPT = 2; // seconds that the date may run ahead of the other clocks
const STUCK = 1.5; // seconds that a sound clock may stand still before it counts as stopped
export const MUTE = 2.5; // seconds within which a voice begins
const A_LETTER = 0.09; // seconds that a slow voice takes for a letter

/** Where a session is: getting ready, in a step, or over. */
export function positionAt({ steps, total }, time) {
  if (time >= total) return { phase: "over", index: steps.length - 1, into: 0, left: 0, share: 1 };
  if (time < 0) return { phase: "ready", index: 0, into: 0, left: -time, share: 0 };
  const index = steps.findLastIndex((step) => step.start <= time);
  const { start, seconds } = steps[index];
  const into = time - start;
  return { phase: "step", index, into, left: seconds - into, share: into / seconds };
}

/** Whether a step may have one more pass: not beyond its own limit, nor that of an evening. */
export function mayLengthen({ steps, total, limit }, index) {
  const { passes, most, pass_seconds: more } = steps[index];
  return passes < most && total + more <= limit;
}

/** The session with one more pass of a step; all that follows is later. */
export function lengthened(session, index) {
  const { start, lead, passes, pass_seconds: more } = session.steps[index];
  const last = start + lead + (passes - 1) * more; // the beginning of the last pass, done again
  return {
    ...session,
    total: session.total + more,
    steps: session.steps.map((step, i) => {
      if (i === index) return { ...step, seconds: step.seconds + more, passes: passes + 1 };
      return i > index ? { ...step, start: step.start + more } : step;
    }),
    cues: session.cues.flatMap((cue) => cuesLater(cue, last, more)),
    beats: session.beats.flatMap(([first, every, until, cycle]) => {
      const later = [first + more, every, until + more, cycle];
      if (first >= last + more - TINY) return [later];
      return first >= last - TINY ? [[first, every, until, cycle], later] : [[first, every, until, cycle]];
    }),
  };
}

function cuesLater(cue, last, more) {
  const later = { ...cue, at: cue.at + more };
  if (cue.kind === "last minute" || cue.at > last + TINY) return [later];
  return cue.kind === "last" && cue.at > last - TINY ? [{ ...cue, say: "", kind: "pass" }, later] : [cue];
}

/** The cues after `last` up to `now`; of those that are not too `late`, the last one `speaks`. */
export function dueCues(cues, last, now, late = LATE) {
  const due = cues.filter(({ at }) => at > last && at <= now);
  const fresh = due.filter(({ at }) => now - at <= late);
  return { cues: fresh, speaks: fresh.findLast(({ say }) => say), skipped: due.length - fresh.length };
}

/**
 * The beats from `a` until before `b`, with whether each is the first at a stop; `rows` hold the
 * first beat, the gap, the end, and how many beats a stop has.
 */
export function beatsBetween(rows, a, b) {
  return rows.flatMap(([first, every, until, cycle]) => {
    const found = [];
    const end = Math.min(b, until);
    if (first >= b || until <= a) return found;
    for (let k = Math.max(0, Math.ceil((a - first) / every - 1e-9)); first + k * every < end - 1e-6; k += 1) {
      found.push({ at: first + k * every, strong: cycle > 1 && k % cycle === 0 });
    }
    return found;
  });
}

/** Seconds since the beat before, and its number within its run; null where there is none. */
export function beatAt(rows, time) {
  const row = rows.find(([first, , until]) => first <= time && time < until);
  if (!row) return null;
  const number = Math.floor((time - row[0]) / row[1] + 1e-9);
  return { since: time - row[0] - number * row[1], number };
}

/**
 * Where a step is `into` seconds after its start: before its first pass, in a pass (its number from
 * 1 on, and the seconds into it), or at rest after the last.
 */
export function passAt({ lead, passes, pass_seconds: seconds }, into) {
  if (into < lead) return { phase: "before", number: 0, into: 0 };
  const number = Math.floor((into - lead) / seconds + 1e-9);
  if (number >= passes) return { phase: "rest", number: passes, into: 0 };
  return { phase: "pass", number: number + 1, into: into - lead - number * seconds };
}

/** The leg of a tour in which its hands are at a moment of a pass. */
export function legAt({ legs }, into) {
  return legs.findLast(({ at }) => at <= into + 1e-6) ?? legs[0];
}

/** Seconds of each technique between two times. */
export function practised(steps, a, b) {
  const found = {};
  for (const { technique, start, seconds } of steps) {
    const span = Math.min(b, start + seconds) - Math.max(a, start);
    if (span > 0) found[technique] = (found[technique] ?? 0) + span;
  }
  return found;
}

/**
 * One clock in seconds out of three: `audio` (null without a sound device), `steady` and `wall`.
 * It follows the sound device from when that starts until it stops; where the date runs ahead of
 * both, the computer has slept, and the time goes on with the date.
 */
export function makeClock({ audio, steady, wall }) {
  const read = () => ({ audio: audio(), steady: steady(), wall: wall() });
  let source = "steady";
  let stopped = false;
  let anchor = read();
  let base = 0;
  let latest = 0;
  return {
    get source() {
      return source;
    },
    now() {
      const here = read();
      const since = (name) => here[name] - anchor[name];
      if (source === "audio") {
        stopped = here.audio === null || Math.abs(since("steady") - since("audio")) > BEHIND;
        if (stopped) source = "steady";
      }
      const slept = since("wall") - Math.max(since(source), since("steady")) > SLEPT;
      const time = base + (slept ? since("wall") : since(source));
      const starts = source === "steady" && here.audio !== null && !stopped;
      if (slept || starts || since("steady") > 5) [base, anchor] = [time, here];
      if (starts) source = "audio";
      latest = Math.max(latest, time);
      return latest;
    },
  };
}

/**
 * Whether a sound device runs, asked again and again with its state, its own time and the seconds of
 * another clock. On some tablets its time stands still while its state is "running".
 */
export function watchSound() {
  let before = null;
  let good = null; // when it was last seen to run
  return (state, time, now) => {
    if (good === null || (state === "running" && time !== before)) good = now;
    before = time;
    return now - good < STUCK;
  };
}

/**
 * Whether a voice does what it was told, in seconds of a clock: it has to begin soon after a text
 * was `given`, and to be `ended` by the time that a slow voice would be. Not all of them tell their
 * end: `busy` is whether the browser takes it to be speaking.
 */
export function watchVoice() {
  let latest = 0; // seconds by which the next event has to be there
  let waits = null; // for "begin" or "end"
  let letters = 0;
  return {
    given(text, now) {
      [waits, letters, latest] = ["begin", text.length, now + MUTE];
    },
    began(now) {
      if (waits === "begin") [waits, latest] = ["end", now + MUTE + letters * A_LETTER];
    },
    ended: () => (waits = null),
    isStuck: (now, busy) => now > latest && (waits === "begin" || (waits === "end" && busy)),
  };
}

/**
 * What carries a session out on a clock. `tick` tells what has come up since the one before, by
 * `on.cue`, `on.beat` (the beat, the clock's time of it, and whether it is the first at a stop), `on.away` and `on.over`.
 */
export function conduct(session, clock, on, { from, speed = 1, done = {} }) {
  let start = { time: from, clock: clock.now() };
  let running = false;
  let seen = from; // up to here it is practised and its cues are told
  let told = from - 1e-6;
  let given = from; // up to here beats are given away
  const time = () => (running ? start.time + (clock.now() - start.clock) * speed : start.time);
  const stay = (at) => {
    start = { time: at, clock: clock.now() };
    given = at;
  };
  const count = (until) => {
    for (const [name, seconds] of Object.entries(practised(session.steps, seen, until))) {
      done[name] = (done[name] ?? 0) + seconds;
    }
    seen = until;
  };
  const pause = () => {
    tick(0);
    if (!running) return;
    const at = time();
    running = false;
    stay(at);
  };
  const goOn = () => {
    stay(start.time);
    running = true;
  };
  const goTo = (at) => {
    if (running) count(time());
    stay(at);
    seen = at;
    told = at - 1e-6;
  };
  const tick = (ahead) => {
    if (!running) return;
    const away = (time() - seen) / speed;
    const now = Math.min(time(), session.total);
    if (away > AWAY) {
      const minutes = Math.round(away / 60);
      stay(seen);
      running = false;
      return on.away(minutes);
    }
    count(now);
    for (const { at, strong } of beatsBetween(session.beats, Math.max(given, now), now + ahead * speed)) {
      on.beat(at, start.clock + (at - start.time) / speed, strong);
    }
    given = Math.max(given, now + ahead * speed);
    const due = dueCues(session.cues, told, now, LATE * speed);
    told = now;
    for (const cue of due.cues) on.cue(cue, cue === due.speaks);
    if (now < session.total) return;
    running = false;
    start.time = session.total;
    on.over();
  };
  const lengthen = (index) => (session = lengthened(session, index));
  return { time, tick, pause, goOn, goTo, lengthen, done, get running() { return running; }, get session() { return session; } };
}
