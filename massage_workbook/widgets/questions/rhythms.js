// Two rhythms, one below the other: taps and the right tempo, drawn and playable.

import { button, node, svgNode } from "../shared/elements.js";
import { tone } from "../shared/tone.js";

const [WIDTH, ROW, LEFT] = [360, 34, 64];
const SECONDS = 6; // that are shown and played at most

/**
 * Both, with a button each that plays it.
 * @param {number[]} taps seconds of each
 * @param {number} perMinute
 */
export function comparedRhythms(taps, perMinute) {
  const beats = Array.from({ length: Math.ceil((SECONDS * perMinute) / 60) }, (_, i) => (60 * i) / perMinute);
  /** @type {[string, number[]][]} */
  const rows = [["Right", beats], ["Yours", taps.filter((each) => each < SECONDS)]];
  const shown = rows.filter(([, times]) => times.length);
  const picture = svgNode("svg", { viewBox: `0 0 ${WIDTH} ${ROW * shown.length}`, role: "img" });
  picture.setAttribute("aria-label", shown.map(([name, { length }]) => `${name}: ${length} beats in ${SECONDS} seconds.`).join(" "));
  const buttons = shown.map(([name, times], i) => {
    const marks = times.map((each) => mark(each, i));
    picture.append(words(name, i), ...marks);
    return button(name === "Right" ? "Hear the right tempo" : "Hear yours", () => play(times, marks));
  });
  return node("div", { className: "rhythms" }, picture, node("div", { className: "buttons" }, ...buttons));
}

/**
 * @param {number} seconds
 * @param {number} row
 */
function mark(seconds, row) {
  const x = LEFT + (seconds / SECONDS) * (WIDTH - LEFT - 4);
  return svgNode("rect", { x, y: row * ROW + 6, width: 4, height: ROW - 12, rx: 2 });
}

/**
 * @param {string} name
 * @param {number} row
 */
function words(name, row) {
  const made = svgNode("text", { x: 0, y: row * ROW + ROW / 2, "dominant-baseline": "central" });
  made.textContent = name;
  return made;
}

/** @type {AudioContext | null} */
let playing = null;

/**
 * Sound each beat and light up its mark, from now on; what was played before ends.
 * @param {number[]} times
 * @param {Element[]} marks
 */
function play(times, marks) {
  playing?.close().catch(() => {});
  const context = new AudioContext();
  playing = context;
  for (const [i, each] of times.entries()) {
    tone(context, context.currentTime + 0.1 + each, 980, 0.07, 0.25);
    marks[i].animate([{ opacity: 1 }, { opacity: 0.35 }], { delay: 100 + 1000 * each, duration: 300 });
  }
}
