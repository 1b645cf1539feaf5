// Hands that make a pass over and over on a map, with what pauses them.

import { button, node } from "./elements.js";
import { makeHands } from "./motion.js";

const FULL = 1;
const SLOWER = 0.5;

/**
 * Hands on a picture that make these tours while an element is in sight. `bar` pauses and slows
 * them; without motion it leads from stage to stage. `stop` ends it.
 */
export function movingHands(picture, tours, element) {
  const stage = { hands: makeHands(picture), tours, at: 0, speed: FULL };
  draw(stage);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const { bar, play, stop } = still ? stages(stage) : controls(stage);
  const watch = new IntersectionObserver(([entry]) => (entry.isIntersecting ? play() : stop()), { threshold: 0.5 });
  watch.observe(element);
  const end = () => {
    watch.disconnect();
    stop();
  };
  return { bar, stop: end };
}

/** Put the hands where they are at `stage.at` seconds, one tour after the other. */
function draw({ hands, tours, at }) {
  let left = at % tours.reduce((sum, { seconds }) => sum + seconds, 0);
  for (const tour of tours) {
    if (left < tour.seconds || tour === tours.at(-1)) return hands.show(tour, left);
    left -= tour.seconds;
  }
}

function controls(stage) {
  let frame = null;
  let last = 0;
  const tick = (time) => {
    stage.at += ((time - last) / 1000) * stage.speed;
    last = time;
    draw(stage);
    frame = requestAnimationFrame(tick);
  };
  const play = () => {
    if (frame !== null) return;
    last = performance.now();
    frame = requestAnimationFrame(tick);
    toggle.textContent = "Pause";
  };
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = null;
    toggle.textContent = "Play";
  };
  const toggle = button("Play", () => (frame === null ? play() : stop()));
  const slower = button("Slower", () => {
    stage.speed = stage.speed === FULL ? SLOWER : FULL;
    slower.setAttribute("aria-pressed", String(stage.speed === SLOWER));
  });
  slower.setAttribute("aria-pressed", "false");
  return { bar: node("div", { className: "passes" }, toggle, slower), play, stop };
}

/** Where a pass begins, and the middle of each of its strokes, one by one. */
function stages(stage) {
  const moments = momentsOf(stage.tours);
  let shown = 0;
  const where = node("span", {});
  const go = (by) => {
    shown = (shown + by + moments.length) % moments.length;
    stage.at = moments[shown];
    draw(stage);
    where.textContent = `${shown + 1} of ${moments.length}`;
  };
  where.setAttribute("role", "status");
  go(0);
  const bar = node("div", { className: "passes" }, button("Back", () => go(-1)), where, button("Next", () => go(1)));
  return { bar, play: () => {}, stop: () => {} };
}

/** Seconds of those stages, from the beginning of the first tour. */
function momentsOf(tours) {
  const found = [];
  let begins = 0;
  for (const { legs, seconds } of tours) {
    found.push(begins);
    for (const name of new Set(legs.map(({ stroke }) => stroke))) {
      const own = legs.filter(({ stroke, kind }) => stroke === name && kind !== "between");
      const last = own.at(-1);
      found.push(begins + (own[0].at + last.at + last.seconds) / 2);
    }
    begins += seconds;
  }
  return found;
}
