// One movement of a technique, repeated, from the key frames of `views/movement.py`.

import { button, node, svgNode, write } from "./elements.js";
import { frames, isSeen } from "./frames.js";
import { frameAt } from "./keyframes.js";

/**
 * @typedef {import("./places.js").Pair} Pair
 * @typedef {number[][]} Track the first frame, and how each other one differs from it
 * @typedef {number[][]} Values of each track
 * @typedef {{ times: number[], tracks: Track[] }} KeyFrames
 * @typedef {{ kind: string, ticked: boolean, edges: [number, number] }} Band
 * @typedef {{ kind: string, shape: number, into?: number, mix: number, place: number, strength: number, flip?: boolean }} Part
 * @typedef {{ from: number, at: number, say: string, takes: string }} Phase
 *
 * @typedef {object} Movement see `loop` of `views/movement.py`; bands and parts have numbers of tracks
 * @property {number} seconds
 * @property {string} alt
 * @property {[number, number, number, number]} box
 * @property {boolean} above
 * @property {Phase[]} moments
 * @property {Band[]} bands
 * @property {Part[]} parts
 * @property {number[]} trace
 * @property {number} dot
 *
 * @typedef {Movement & KeyFrames} Loop
 * @typedef {{ element: SVGElement, draw?: (values: Values) => void }} Layer
 */

const CLOSED = new Set(["hand", "behind", "bone", "fold", "glow"]);
/** @type {Record<string, string>} */
const FILLS = { hand: "skin", behind: "skin", bone: "bone", fold: "muscle", glow: "hand" };
const LINE = "fill: none; stroke: var(--mw-contour); vector-effect: non-scaling-stroke; stroke-linejoin: round";
const SEE_THROUGH = "0.72"; // of a hand seen from above, for the muscle shows under it
const FOLD = "0.75"; // of a fold of muscle, seen through the hand that holds it
const STEP = 1000 / 30; // milliseconds from one picture to the next, on all of a page in the same frame
/** @type {Record<string, number>} */
const WIDTHS = { hand: 1.4, behind: 1, crease: 0.8, bone: 1, fold: 1.6 };

/**
 * A movement that plays at its tempo while it is visible, and its phases side by side, for print and
 * for people who want no motion. `stop` ends it.
 * @param {Loop} loop
 */
export function movementFigure(loop) {
  const picture = movementPicture(loop);
  const words = node("span", {});
  /** @param {number} time */
  const show = (time) => {
    picture.show(time);
    const phase = loop.moments.findLast(({ from }) => from <= time) ?? loop.moments[loop.moments.length - 1];
    write(words, phase.say);
  };
  const { toggle, stop, watch } = player(show, loop.seconds);
  const playing = node("div", { className: "playing" }, picture.svg, node("p", {}, words, toggle));
  const figure = node("figure", { className: "movement" }, playing, strip(loop));
  watch(figure);
  show(0);
  return { figure, stop };
}

/**
 * The phases of a movement side by side, each with its caption and its time.
 * @param {Loop} loop
 */
function strip(loop) {
  const cells = loop.moments.map(({ at, say, takes }) => {
    const { svg, show } = movementPicture(loop);
    svg.setAttribute("aria-hidden", "true");
    show(at * loop.seconds);
    return node("li", {}, svg, takes ? `${say}, ${takes}` : say);
  });
  const phases = node("ol", { className: "phases" }, ...cells);
  phases.setAttribute("aria-label", loop.alt);
  return phases;
}

/**
 * Play while an element is visible and motion is welcome; a button pauses it.
 * @param {(time: number) => void} show
 * @param {number} seconds
 */
function player(show, seconds) {
  let time = 0;
  const loop = frames((now, before) => {
    time = (time + (now - before) / 1000) % seconds;
    if (Math.floor(now / STEP) !== Math.floor(before / STEP)) show(time);
  });
  const play = () => {
    if (loop.isRunning()) return;
    loop.start();
    toggle.textContent = "Pause";
  };
  const stop = () => {
    loop.stop();
    toggle.textContent = "Play";
  };
  let paused = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const toggle = button("Play", () => {
    paused = loop.isRunning();
    if (paused) stop();
    else play();
  });
  const seen = new IntersectionObserver((entries) => (isSeen(entries) && !paused ? play() : stop()));
  const end = () => {
    seen.disconnect();
    stop();
  };
  return { toggle, stop: end, watch: (/** @type {Element} */ element) => seen.observe(element) };
}

/**
 * The picture of a movement: `show` draws it as it is after some seconds.
 * @param {Loop} loop
 */
export function movementPicture(loop) {
  const svg = svgNode("svg", { viewBox: loop.box.join(" "), role: "img", "aria-label": loop.alt });
  /** @type {Layer[]} */
  const layers = [...(loop.above ? [ground(loop)] : []), ...loop.bands.map(band), ...loop.parts.map((each) => part(each, loop.above))];
  svg.append(...layers.map(({ element }) => element));
  if (loop.trace.length) {
    const path = trace(loop);
    layers.push(path);
    svg.append(path.element);
  }
  /** @param {number} time */
  const show = (time) => {
    const values = valuesAt(loop, (time / loop.seconds) % 1);
    for (const layer of layers) layer.draw?.(values);
  };
  return { svg, show };
}

/**
 * The value of each track at a share of the movement, interpolated between two key frames.
 * @param {KeyFrames} loop
 * @param {number} share
 * @returns {Values}
 */
function valuesAt({ times, tracks }, share) {
  const [number, part] = frameAt(times, share);
  return tracks.map((track) => {
    if (track.length === 1) return track[0];
    const before = number ? track[number] : null;
    const after = track[number + 1];
    return track[0].map((first, i) => {
      const from = before ? before[i] : 0;
      return first + from + (after[i] - from) * part;
    });
  });
}

/** @param {Loop} loop */
function ground({ box: [x, y, width, height] }) {
  return { element: svgNode("rect", { x, y, width, height, style: "fill: var(--mw-shade)" }) };
}

/**
 * Tissue between two edges, with its tick marks.
 * @param {Band} band
 * @returns {Layer}
 */
function band({ kind, ticked, edges: [one, other] }) {
  const fill = svgNode("path", { style: `fill: var(--mw-${kind})` });
  const ticks = svgNode("path", { style: `${LINE}; stroke-width: ${kind === "muscle" ? 0.6 : 1.1}` });
  const lines = svgNode("path", { style: `${LINE}; stroke-width: 1.4` });
  const element = svgNode("g", {}, fill, ticks, lines);
  let drawn = "";
  /** @param {Values} values */
  const draw = (values) => {
    const [top, bottom] = [one, other].map((edge) => pairs(values[edge].map(tenth)));
    const edges = `M${top.join("L")}M${bottom.join("L")}`;
    if (edges === drawn) return; // tissue is at rest for most of the time
    drawn = edges;
    lines.setAttribute("d", edges);
    fill.setAttribute("d", `M${top.concat(bottom.toReversed()).join("L")}Z`);
    if (ticked) ticks.setAttribute("d", top.map((each, i) => `M${each}L${bottom[i]}`).join(""));
  };
  return { element, draw };
}

/**
 * A part of a hand, or what it touches; redrawn only if its shape changes.
 * @param {Part} part
 * @param {boolean} above whether it is seen from above
 * @returns {Layer}
 */
function part({ kind, shape, into, mix, place, strength, flip }, above) {
  const element = svgNode("path", { style: styleOf(kind) });
  if (kind === "fold") element.style.opacity = FOLD;
  if (above && kind === "hand") element.style.fillOpacity = SEE_THROUGH;
  /** @type {number | number[] | null} */
  let drawn = null;
  /** @param {Values} values */
  const redraw = (values) => {
    const state = into === undefined ? values[shape] : values[mix][0]; // what does not change stays the same array
    if (state === drawn) return;
    drawn = state;
    const points = into === undefined ? values[shape] : mixed(values[shape], values[into], values[mix][0] / 100);
    element.setAttribute("d", smooth(pairs(points), CLOSED.has(kind)));
  };
  /** @param {Values} values */
  const draw = (values) => {
    redraw(values);
    const [x, y, turn] = values[place];
    const turned = `translate(${x} ${y}) rotate(${-turn * (0.18 / Math.PI)})`;
    element.setAttribute("transform", flip ? `${turned} scale(-1 1)` : turned);
    const firm = values[strength][0] / 100;
    if (kind === "glow") element.style.opacity = String(0.4 * firm);
    if (kind === "touch") element.style.opacity = String(firm && 0.3 + 0.7 * firm);
  };
  return { element, draw };
}

/** @param {string} kind */
function styleOf(kind) {
  if (kind === "touch") return `${LINE}; stroke: var(--mw-hand); stroke-width: 4; stroke-linecap: round`;
  const width = WIDTHS[kind] ? `stroke-width: ${WIDTHS[kind]}` : "stroke: none";
  return `${LINE}; ${width}${FILLS[kind] ? `; fill: var(--mw-${FILLS[kind]})` : ""}`;
}

/**
 * The path over the skin as seen from above, with a dot where the hand is.
 * @param {Loop} loop
 * @returns {Layer}
 */
function trace(loop) {
  const line = svgNode("path", { d: smooth(pairs(loop.trace), false), style: `${LINE}; stroke: var(--mw-motion)` });
  const dot = svgNode("circle", { r: 3.5, style: "fill: var(--mw-motion)" });
  const element = svgNode("g", {}, line, dot);
  /** @param {Values} values */
  const draw = (values) => dot.setAttribute("transform", `translate(${values[loop.dot].join(" ")})`);
  return { element, draw };
}

/**
 * @param {number[]} one
 * @param {number[]} other
 * @param {number} share
 */
function mixed(one, other, share) {
  return one.map((each, i) => each + (other[i] - each) * share);
}

/**
 * Points as `[x, y]`.
 * @param {number[]} numbers
 * @returns {Pair[]}
 */
function pairs(numbers) {
  return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i], numbers[2 * i + 1]]);
}

/**
 * A smooth curve through all points (Catmull-Rom), as in the pictures of matplotlib.
 * @param {Pair[]} points
 * @param {boolean} closed
 */
function smooth(points, closed) {
  const last = points.length - 1;
  /** @param {number} i */
  const at = (i) => points[closed ? (i + points.length) % points.length : Math.min(Math.max(i, 0), last)];
  const pieces = Array.from({ length: closed ? points.length : last }, (_, i) => {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    /** @type {(here: Pair, there: Pair, behind: Pair) => number[]} */
    const toward = (here, there, behind) => here.map((each, k) => tenth(each + (there[k] - behind[k]) / 6));
    return `C${toward(b, c, a)} ${toward(c, b, d)} ${c.map(tenth)}`;
  });
  return `M${points[0].map(tenth)}${pieces.join("")}${closed ? "Z" : ""}`;
}

/** @param {number} number */
function tenth(number) {
  return Math.round(10 * number) / 10;
}
