// The times of a session, as pure functions.
//
// Times are in seconds from the start of the first step; the time before it is negative.

const ROUNDING = 0.01; // seconds by which rounding may move a beat
export const MAX_DELAY = 2; // seconds after which a cue is skipped

/** The phase of a session, its step, and how much of the step has elapsed and remains. */
export function positionAt({ steps, total }, time) {
  if (time >= total) return { phase: "over", index: steps.length - 1, elapsed: 0, remaining: 0, fraction: 1 };
  if (time < 0) return { phase: "ready", index: 0, elapsed: 0, remaining: -time, fraction: 0 };
  const index = steps.findLastIndex((step) => step.start <= time);
  const { start, seconds } = steps[index];
  const elapsed = time - start;
  return { phase: "step", index, elapsed, remaining: seconds - elapsed, fraction: elapsed / seconds };
}

/** Whether a step may have another pass within its own limit and that of the session. */
export function mayAddPass({ steps, total, limit }, index) {
  const { passes, max_passes, pass_seconds } = steps[index];
  return passes < max_passes && total + pass_seconds <= limit;
}

/** The session with another pass of a step; all that follows is later. */
export function withAddedPass(session, index) {
  const { start, lead, passes, pass_seconds: added } = session.steps[index];
  const lastPass = start + lead + (passes - 1) * added; // the start of the last pass, which is repeated
  return {
    ...session,
    total: session.total + added,
    steps: session.steps.map((step, i) => {
      if (i === index) return { ...step, seconds: step.seconds + added, passes: passes + 1 };
      return i > index ? { ...step, start: step.start + added } : step;
    }),
    cues: session.cues.flatMap((cue) => withRepeatedCue(cue, lastPass, added)),
    beats: session.beats.flatMap((run) => withRepeatedBeats(run, lastPass, added)),
  };
}

/** A cue before the last pass, later if it is after the start of that, or both if it is at its start. */
function withRepeatedCue(cue, lastPass, added) {
  const later = { ...cue, at: cue.at + added };
  if (cue.kind === "last minute" || cue.at > lastPass + ROUNDING) return [later];
  const isLast = cue.kind === "last pass" && cue.at > lastPass - ROUNDING;
  return isLast ? [{ ...cue, text: "", kind: "pass" }, later] : [cue];
}

function withRepeatedBeats(run, lastPass, added) {
  const [first, interval, end, cycle] = run;
  const later = [first + added, interval, end + added, cycle];
  if (first >= lastPass + added - ROUNDING) return [later];
  return first >= lastPass - ROUNDING ? [run, later] : [run];
}

/** The cues after `last` up to `now` that are no later than `maxDelay`, and the one that is spoken. */
export function dueCues(cues, last, now, maxDelay = MAX_DELAY) {
  const due = cues.filter(({ at }) => at > last && at <= now && now - at <= maxDelay);
  return { due, spoken: due.findLast(({ text }) => text) };
}

/**
 * The beats from one time until before another, with whether each is the first at a stop. A run has
 * the first beat, the interval, the end, and the number of beats at each stop.
 */
export function beatsBetween(runs, from, until) {
  return runs.flatMap(([first, interval, runEnd, cycle]) => {
    const found = [];
    const end = Math.min(until, runEnd);
    const start = Math.max(0, Math.ceil((from - first) / interval - 1e-9));
    for (let k = start; first + k * interval < end - 1e-6; k += 1) {
      found.push({ at: first + k * interval, isFirst: cycle > 1 && k % cycle === 0 });
    }
    return found;
  });
}

/** Seconds since the last beat, and its number within its run; null between runs. */
export function beatAt(runs, time) {
  const run = runs.find(([first, , end]) => first <= time && time < end);
  if (!run) return null;
  const number = Math.floor((time - run[0]) / run[1] + 1e-9);
  return { elapsed: time - run[0] - number * run[1], number };
}

/**
 * The phase of a step some seconds after its start: before its first pass, in a pass (its number,
 * from 1, and the seconds elapsed in it), or at rest after the last.
 */
export function passAt({ lead, passes, pass_seconds: seconds }, elapsed) {
  if (elapsed < lead) return { phase: "before", number: 0, elapsed: 0 };
  const number = Math.floor((elapsed - lead) / seconds + 1e-9);
  if (number >= passes) return { phase: "rest", number: passes, elapsed: 0 };
  return { phase: "pass", number: number + 1, elapsed: elapsed - lead - number * seconds };
}

/** The leg of a tour some seconds after the start of a pass. */
export function legAt({ legs }, elapsed) {
  return legs.findLast(({ at }) => at <= elapsed + 1e-6) ?? legs[0];
}

/** Seconds of each technique between two times. */
export function secondsByTechnique(steps, from, until) {
  const found = {};
  for (const { technique, start, seconds } of steps) {
    const span = Math.min(until, start + seconds) - Math.max(from, start);
    if (span > 0) found[technique] = (found[technique] ?? 0) + span;
  }
  return found;
}
