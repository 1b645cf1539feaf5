// What a practice shows of a step: the hands on the back, their movement from near, and the giver.

import { node, svgNode } from "../shared/elements.js";
import { makeHands } from "../shared/motion.js";
import { movementPicture } from "../shared/movement.js";
import { plate } from "../shared/plate.js";

/** The pictures of the present step. */
export function makePicture(middle, { maps, bare, movements, stances, places }, settings) {
  const back = makeBack(middle, maps, bare);
  const side = makeMovement(movements);
  const giver = makeGiver(stances, places, settings);
  let shown = {};
  return {
    node: node("div", { className: "picture" }, ...back.nodes, side.host, giver.host),
    turnTo(step) {
      for (const each of [back, side, giver]) each.turnTo(step);
      shown = step;
    },
    /** Show a moment of a pass, in one of its legs; a picture that stands `still` goes from stop to stop. */
    draw(into, leg, still) {
      back.draw(still ? leg.at : into);
      side.draw(leg.kind === "between" || still ? 0 : (into - leg.at) / shown.pace);
    },
  };
}

const UNDRAWN = "Areas to leave out are not drawn here, nor strokes: follow the hands.";

/** The strokes on the back with the hands on them, the other side veiled. */
function makeBack(middle, maps, bare) {
  const veil = svgNode("rect", { y: 0, height: "100%", class: "veil" });
  const { host, draw, picture } = plate("", { className: "map", css: MAP, height: "100%" });
  const undrawn = node("p", { className: "undrawn" }, UNDRAWN);
  let moving = null;
  let tour = null;
  return {
    nodes: [host, undrawn],
    turnTo({ map, works, tour: next }) {
      undrawn.hidden = Boolean(maps[map]);
      draw(maps[map] || bare);
      const svg = picture();
      const { width } = svg.viewBox.baseVal;
      veil.setAttribute("x", works === "left" ? middle : 0);
      veil.setAttribute("width", works === "both" ? 0 : works === "left" ? width - middle : middle);
      moving?.remove();
      svg.append(veil);
      moving = makeHands(svg);
      tour = next;
    },
    draw: (into) => moving.show(tour, into),
  };
}

const MAP = `
  .veil { fill: #101418; opacity: 0.66 }
`;

/** One movement of the hands, seen from near. */
function makeMovement(movements) {
  const host = node("div", { className: "movement" });
  let moving = null;
  let shown = null;
  return {
    host,
    turnTo({ technique }) {
      if (shown === technique) return;
      shown = technique;
      moving = movementPicture(movements[technique]);
      host.replaceChildren(moving.svg);
    },
    draw: (time) => moving.show(time),
  };
}

/** Where the giver is, from above: the picture is of the right half, and mirrored for the left. */
function makeGiver(stances, places, settings) {
  const { host, draw, picture } = plate("", { className: "giver", css: GIVER, height: "100%" });
  return {
    host,
    turnTo({ stance, stand, mirrored }) {
      draw(stances[stance]);
      const box = places[settings.place] ?? Object.values(places)[0];
      picture().setAttribute("viewBox", box.join(" "));
      picture().setAttribute("aria-label", stand);
      host.classList.toggle("mirrored", mirrored);
    },
  };
}

/** A giver in outline is that of the other half. */
const GIVER = `
  path[style*="fill: none"][style*="dasharray"] { display: none }
`;
