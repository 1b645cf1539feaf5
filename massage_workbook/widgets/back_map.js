// The back as the kernel drew it, with hands that make a pass on it.
// The shapes are matplotlib's: this file knows only their ids.

import { rove, stepOf } from "./shared/arrows.js";
import { connect } from "./shared/channel.js";
import { button, node } from "./shared/elements.js";
import { layers } from "./shared/layers.js";
import { makeHands } from "./shared/motion.js";
import { plate, PRESSED } from "./shared/plate.js";
import { widget } from "./shared/widget.js";

const LOOKS = `
  ${PRESSED}
  [id^="zone-"] path { pointer-events: all }
  [id^="zone-"] { outline: none }
  [id^="zone-"]:is(:hover, :focus) path {
    fill: var(--mw-ink) !important; fill-opacity: 0.12 !important;
    stroke: var(--mw-ink) !important; stroke-width: 2 !important;
  }
`;
const FULL = 1;
const SLOWER = 0.5;

function render({ model, el }) {
  const map = plate(model.get("svg"), { looks: LOOKS });
  const { host, picture } = map;
  const stage = { hands: makeHands(picture()), tours: model.get("tours"), at: 0, speed: FULL };
  draw(stage);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const { bar, play, stop } = still ? stages(stage) : controls(stage);
  const channel = connect(model, el, "The layers of the body do not come.");
  el.append(host, bar, layers(map, channel).node, channel.notice, zoneNotes(picture(), model.get("zones")));
  const watch = new IntersectionObserver(([entry]) => (entry.isIntersecting ? play() : stop()), {
    threshold: 0.5,
  });
  watch.observe(el);
  return () => {
    watch.disconnect();
    channel.close();
    stop();
  };
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
  return { bar: node("div", { className: "controls" }, toggle, slower), play, stop };
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
  const bar = node("div", { className: "controls" }, button("Back", () => go(-1)), where, button("Next", () => go(1)));
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

/** Zones say their rule when pointed at; one of them takes the Tab key, arrows lead to others. */
function zoneNotes(picture, zones) {
  picture.setAttribute("role", "group"); // an image would hide its zones from a screen reader
  const hint = "Point at a zone to read its rule.";
  const note = node("p", { className: "zone" }, hint);
  const groups = zones.map((zone) => picture.getElementById(`zone-${zone.id}`));
  groups.forEach((group, i) => {
    const { name, kind, rule } = zones[i];
    group.setAttribute("role", "img");
    group.setAttribute("aria-label", `${name}: ${kind}. ${rule}`);
    group.setAttribute("tabindex", i === 0 ? "0" : "-1");
    group.onpointerenter = group.onfocus = () => note.replaceChildren(node("b", {}, `${name}: ${kind}. `), rule);
    group.onpointerleave = group.onblur = () => note.replaceChildren(hint);
    group.onkeydown = (event) => {
      const step = stepOf(event);
      if (!step) return;
      event.preventDefault();
      rove(groups, i + step);
    };
  });
  return note;
}

export default widget("mw-back-map", render);
