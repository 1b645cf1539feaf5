// The pictures of a step: the hands on the back, one movement from the side, and the giver from above.

import { node, svgNode } from "../shared/elements.js";
import { makeHands } from "../shared/motion.js";
import { movementPicture } from "../shared/movement.js";
import { plate } from "../shared/plate.js";
import { isStill } from "./parts.js";

/** The pictures of the present step; `midline` is the x of the spine in a map. */
export function makePictures(midline, { maps, bare, movements, stances, places }, settings) {
  const map = makeMap(midline, maps, bare);
  const movement = makeMovement(movements);
  const giver = makeGiver(stances, places, settings);
  let pace = 1;
  return {
    node: node("div", { className: "pictures" }, ...map.nodes, movement.node, giver.node),
    showStep(step) {
      for (const each of [map, movement, giver]) each.showStep(step);
      pace = step.pace;
    },
    /** Show a moment of a pass, in one of its legs; without motion the hands go from stop to stop. */
    draw(elapsed, leg) {
      map.draw(isStill() ? leg.at : elapsed);
      movement.draw(leg.kind === "between" || isStill() ? 0 : (elapsed - leg.at) / pace);
    },
  };
}

const NO_MAP = "Strokes and areas to leave out are not drawn here: follow the hands.";

/** The hands on the strokes of the back, with the other side veiled. */
function makeMap(midline, maps, bare) {
  const veil = svgNode("rect", { y: 0, height: "100%", class: "veil" });
  const { host, draw, picture } = plate("", { className: "map", css: VEIL, height: "100%" });
  const noMap = node("p", { className: "no-map" }, NO_MAP);
  let hands = null;
  let tour = null;
  return {
    nodes: [host, noMap],
    showStep({ map, side, tour: next }) {
      noMap.hidden = Boolean(maps[map]);
      draw(maps[map] || bare);
      const svg = picture();
      const { width } = svg.viewBox.baseVal;
      veil.setAttribute("x", side === "left" ? midline : 0);
      veil.setAttribute("width", { both: 0, left: width - midline, right: midline }[side]);
      hands?.remove();
      svg.append(veil);
      hands = makeHands(svg);
      tour = next;
    },
    draw: (elapsed) => hands.show(tour, elapsed),
  };
}

const VEIL = `
  .veil { fill: #101418; opacity: 0.66 }
`;

/** One movement of the hands. */
function makeMovement(movements) {
  const host = node("div", { className: "movement" });
  let movement = null;
  let shown = "";
  return {
    node: host,
    showStep({ technique }) {
      if (shown === technique) return;
      shown = technique;
      movement = movementPicture(movements[technique]);
      host.replaceChildren(movement.svg);
    },
    draw: (seconds) => movement.show(seconds),
  };
}

/** The giver's place; the picture is of the right side, and mirrored for the left. */
function makeGiver(stances, places, settings) {
  const { host, draw, picture } = plate("", { className: "giver", css: OTHER_SIDE, height: "100%" });
  return {
    node: host,
    showStep({ stance, stance_label, mirrored }) {
      draw(stances[stance]);
      const box = places[settings.place] ?? Object.values(places)[0];
      picture().setAttribute("viewBox", box.join(" "));
      picture().setAttribute("aria-label", stance_label);
      host.classList.toggle("mirrored", mirrored);
    },
  };
}

/** Hides the outline of a giver on the other side. */
const OTHER_SIDE = `
  path[style*="fill: none"][style*="dasharray"] { display: none }
`;
