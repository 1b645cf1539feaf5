// Charts of a plan, and its expected state: numbers in, numbers or SVG elements out.
//
// A plan is its `blocks`, each with `name`, `family`, `seconds`, `comparison_seconds` in the plan that it
// is compared with, and its `pace` from and to, in movements a minute; `comparison_name`, the name of
// that plan; the seconds of the `longest` session; and the `bands` of tempo, each with its ends and words.
// Lengths are those of the view box, which is so narrow that words are readable on a phone.

import { clock } from "../shared/clock.js";
import { svgNode } from "../shared/elements.js";

const WIDTH = 360;
const EDGE = 4; // left of the minutes
const SECOND = 7.6 / 60; // of a timeline
const ROW = 24;
const NAMES = 92; // for the names of the blocks
const SHARE = 6.4 / 60; // a second in a row, which has room for the longest block and its words
const NARROW = 26; // in less, a block's length has no room
const BAND = 30; // of tempo
const THIN = 5; // of a pace at least

function totalOf(blocks) {
  return blocks.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** What per cent of the whole a part is. */
function percent(part, whole) {
  return Math.round((100 * part) / (whole || 1));
}

/** The position of a tempo in the bands, which are equally high: 1.5 is the middle of the second. */
export function levelOf(bands, perMinute) {
  const number = bands.findIndex(([, high]) => perMinute <= high);
  if (number < 0) return bands.length;
  const [low, high] = bands[number];
  return number + (perMinute - low) / (high - low);
}

/** The state with the minutes of pending requests applied, before the kernel replies. */
export function expected(state, requests) {
  return requests.filter((each) => each.do === "set").reduce(withMinutes, state);
}

function withMinutes(state, { block: set, seconds }) {
  const moved = state.rows.find(({ block }) => block === set);
  const total = moved ? state.total.seconds + seconds - moved.seconds : seconds;
  if (total > state.total.longest) return state; // the kernel will refuse it
  const rows = state.rows.map((row) => (row === moved ? { ...row, seconds } : row));
  return { ...state, total: { ...state.total, seconds: total }, rows };
}

/** The blocks one after the other in time, those of the other plan below. */
export function timeline(plan) {
  const { blocks, comparison_name, longest } = plan;
  const total = totalOf(blocks);
  const most = across(longest);
  const others = blocks.map((block) => ({ ...block, seconds: block.comparison_seconds }));
  return chart(112, timelineInWords(plan), [
    ...inTurn(blocks).flatMap((block) => span(block, 11, 44)),
    words(across(total) + 4, 33, clock(total), "total"),
    ...inTurn(others).map((block) => bar(block, across(block.start), 65, block.seconds * SECOND, 21, "other")),
    words(EDGE + 2, 76, comparison_name),
    svgNode("path", { d: `M${most} 0V93`, class: "most" }),
    words(most + 3, 8, "most", "quiet"),
    ...minutes(93, longest),
  ]);
}

/** A block's part of the timeline, with its length where there is room. */
function span(block, y, height) {
  const [x, width] = [across(block.start), block.seconds * SECOND];
  const length = words(x + width / 2, y + height / 2, clock(block.seconds), "length middle");
  length.dataset.family = block.family;
  return [bar(block, x, y, width, height), ...(width < NARROW ? [] : [length])];
}

/** A row for each block: its minutes and its share, with a mark at those of the other plan. */
export function shares({ blocks }) {
  const total = totalOf(blocks);
  const rows = blocks.flatMap((block, i) => {
    const [y, width, other] = [i * ROW, block.seconds * SHARE, block.comparison_seconds * SHARE];
    const said = `${clock(block.seconds)} · ${percent(block.seconds, total)} %`;
    return [
      words(NAMES - 4, y + ROW / 2, block.name, "end"),
      bar(block, NAMES, y + 5, width, ROW - 10),
      ...(block.comparison_seconds ? [svgNode("path", { d: `M${NAMES + other} ${y + 2}v${ROW - 4}`, class: "mark" })] : []),
      words(NAMES + Math.max(width, other) + 4, y + ROW / 2, said),
    ];
  });
  const axis = svgNode("path", { d: `M${NAMES} 0v${blocks.length * ROW}` });
  const inWords = blocks.map(({ name, seconds }) => `${name} ${percent(seconds, total)} %`).join(", ");
  return chart(blocks.length * ROW, `Share of each block: ${inWords}.`, [...rows, axis]);
}

/** How fast each block is, along the same minutes as in the timeline. */
export function paces({ blocks, bands, longest }) {
  const foot = bands.length * BAND;
  const lines = bands.flatMap(([, , word, range], i) => [
    svgNode("path", { d: `M${EDGE} ${i * BAND}H${WIDTH}`, class: "line" }),
    words(WIDTH - 2, foot - (i + 0.72) * BAND, word, "quiet end"),
    words(WIDTH - 2, foot - (i + 0.28) * BAND, range, "quiet end"),
  ]);
  const bars = inTurn(blocks)
    .filter(({ pace: [slow] }) => slow)
    .map((block) => {
      const [low, high] = block.pace.map((each) => foot - BAND * levelOf(bands, each));
      const height = Math.max(low - high, THIN);
      const y = Math.max(0, (low + high - height) / 2);
      return bar(block, across(block.start), y, block.seconds * SECOND, height);
    });
  return chart(foot + 18, pacesInWords(blocks), [...lines, ...bars, ...minutes(foot, longest)]);
}

function timelineInWords({ blocks, comparison_name }) {
  const said = blocks
    .filter((block) => block.seconds || block.comparison_seconds)
    .map(({ name, seconds, comparison_seconds: other }) => {
      const compared = seconds === other ? "" : ` (${comparison_name} ${clock(other)})`;
      return `${name} ${clock(seconds)}${compared}`;
    });
  return `Timeline of a session of ${clock(totalOf(blocks))} minutes: ${said.join(", ")}.`;
}

function pacesInWords(blocks) {
  const said = blocks
    .filter(({ pace: [slow] }) => slow)
    .map(({ name, pace }) => `${name} ${[...new Set(pace.map(Math.round))].join(" to ")}`);
  return `Movements a minute: ${said.join(", ")}.`;
}

// --- parts -----------------------------------------------------------------------------------

function across(seconds) {
  return EDGE + seconds * SECOND;
}

/** The blocks, each with the second at which it starts. */
function inTurn(blocks) {
  return blocks.map((block, i) => ({ ...block, start: totalOf(blocks.slice(0, i)) }));
}

/** An axis of minutes below a chart. */
function minutes(y, longest) {
  const ticks = [svgNode("path", { d: `M${EDGE} ${y}H${across(longest)}` })];
  for (let at = 0; at <= longest; at += 600) {
    const said = at + 600 > longest ? `${at / 60} min` : at / 60;
    ticks.push(svgNode("path", { d: `M${across(at)} ${y}v3` }));
    ticks.push(words(across(at), y + 11, said, at ? "quiet middle" : "quiet"));
  }
  return ticks;
}

function chart(height, label, children) {
  const made = svgNode("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": label });
  made.append(...children);
  return made;
}

function bar({ block, family }, x, y, width, height, kind = "") {
  const made = svgNode("rect", { x, y, width, height, class: `bar ${kind}` });
  made.style.setProperty("--family", `var(--mw-${family})`);
  made.dataset.bar = block;
  return made;
}

function words(x, y, text, kind = "") {
  const made = svgNode("text", { x, y, class: kind });
  made.textContent = text;
  return made;
}
