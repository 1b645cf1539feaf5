// Hands that repeat a pass on a map, with controls.

import { button, node } from "./elements.js";
import { frames, isSeen } from "./frames.js";
import { makeHands } from "./motion.js";

/**
 * @typedef {import("./poses.js").Tour} Tour
 * @typedef {{ hands: ReturnType<typeof makeHands>, tours: Tour[], at: number, speed: number }} Stage
 */

const FULL = 1;
const SLOWER = 0.5;

/**
 * Hands on a picture that make these tours while an element is in sight. `bar` pauses and slows
 * them; without motion it leads from stage to stage. `stop` ends it.
 * @param {SVGSVGElement} picture
 * @param {Tour[]} tours one after the other
 * @param {HTMLElement} element
 */
export function movingHands(picture, tours, element) {
  const stage = { hands: makeHands(picture), tours, at: 0, speed: FULL };
  draw(stage);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const { bar, play, stop } = still ? stages(stage) : controls(stage);
  const watch = new IntersectionObserver((entries) => (isSeen(entries) ? play() : stop()), { threshold: 0.5 });
  watch.observe(element);
  const end = () => {
    watch.disconnect();
    stop();
  };
  return { bar, stop: end };
}

/**
 * Put the hands where they are at `stage.at` seconds, one tour after the other.
 * @param {Stage} stage
 */
function draw({ hands, tours, at }) {
  let left = at % tours.reduce((sum, { seconds }) => sum + seconds, 0);
  for (const tour of tours) {
    if (left < tour.seconds || tour === tours.at(-1)) return hands.show(tour, left);
    left -= tour.seconds;
  }
}

/** @param {Stage} stage */
function controls(stage) {
  const loop = frames((now, before) => {
    stage.at += ((now - before) / 1000) * stage.speed;
    draw(stage);
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
  const toggle = button("Play", () => (loop.isRunning() ? stop() : play()));
  const slower = button("Slower", () => {
    stage.speed = stage.speed === FULL ? SLOWER : FULL;
    slower.setAttribute("aria-pressed", String(stage.speed === SLOWER));
  });
  slower.setAttribute("aria-pressed", "false");
  return { bar: node("div", { className: "tour-bar" }, toggle, slower), play, stop };
}

/**
 * Where a pass begins, and the middle of each of its strokes, one by one.
 * @param {Stage} stage
 */
function stages(stage) {
  const moments = momentsOf(stage.tours);
  let shown = 0;
  const where = node("span", {});
  /** @param {number} by */
  const go = (by) => {
    shown = (shown + by + moments.length) % moments.length;
    stage.at = moments[shown];
    draw(stage);
    where.textContent = `${shown + 1} of ${moments.length}`;
  };
  where.setAttribute("role", "status");
  go(0);
  const bar = node("div", { className: "tour-bar" }, button("Back", () => go(-1)), where, button("Next", () => go(1)));
  return { bar, play: () => {}, stop: () => {} };
}

/**
 * Seconds of those stages, from the beginning of the first tour.
 * @param {Tour[]} tours
 */
function momentsOf(tours) {
  const found = [];
  let begins = 0;
  for (const { legs, seconds } of tours) {
    found.push(begins);
    for (const name of new Set(legs.map(({ stroke }) => stroke))) {
      const own = legs.filter(({ stroke, kind }) => stroke === name && kind !== "between");
      const [first, last] = [own[0], own[own.length - 1]];
      found.push(begins + (first.at + last.at + last.seconds) / 2);
    }
    begins += seconds;
  }
  return found;
}
