// Hands that make a pass of `views/tour.py` on a picture.

import { svgNode } from "./elements.js";
import { posesAt } from "./poses.js";

/**
 * @typedef {import("./poses.js").Pose} Pose
 * @typedef {import("./poses.js").Hand} Hand
 * @typedef {import("./poses.js").Tour} Tour
 */

/**
 * Hands on a picture: `show` puts them where they are at a moment of a tour. A hand in the air is
 * larger and throws a shadow; the firmer it is, the deeper is the colour of what touches.
 * @param {SVGSVGElement} picture
 */
export function makeHands(picture) {
  // A layer of its own, so that the picture below is not drawn anew for each frame.
  const layer = svgNode("g", { class: "hands", style: "will-change: transform" });
  picture.append(layer);
  /** @type {Tour | null} */
  let shown = null;
  /** @type {ReturnType<typeof drawnHand>[]} */
  let hands = [];
  return {
    /**
     * @param {Tour} tour
     * @param {number} time in seconds
     */
    show(tour, time) {
      if (shown !== tour) {
        hands = tour.hands.map((hand) => drawnHand(tour, hand));
        layer.replaceChildren(...hands.map(({ element }) => element));
      }
      shown = tour;
      posesAt(tour, time).forEach((pose, i) => {
        hands[i].put(pose);
      });
    },
    remove: () => layer.remove(),
  };
}

/**
 * @param {Tour} tour
 * @param {Hand} hand
 */
function drawnHand({ looks }, { flip, tilt = 0, top, rests }) {
  const shadow = svgNode("path", { style: "fill: #000" });
  const palm = svgNode("path", { style: `${HAND}; fill-opacity: ${rests ? 0.86 : SEE_THROUGH}` });
  const contact = svgNode("path", { style: "fill: var(--mw-hand)" });
  const hand = svgNode("g", {}, palm, ...(top || rests ? [] : [contact]));
  const element = svgNode("g", {}, shadow, hand);
  const set = setter();
  /** @param {Pose | null} pose */
  const put = (pose) => {
    set(element, "display", pose ? "inline" : "none");
    if (!pose) return;
    const { x, y, turn, lift, press, look } = pose;
    const { outline, touch } = looks[look];
    for (const path of [shadow, palm]) set(path, "d", outline);
    set(contact, "d", touch);
    const large = 1 + 0.12 * lift;
    const size = `rotate(${turn + tilt}) scale(${flip ? -large : large} ${large})`;
    set(hand, "transform", `translate(${x} ${y}) ${size}`);
    set(contact, "opacity", String(lift > 0.05 ? 0 : Math.min(1, 0.25 + 0.15 * press)));
    set(shadow, "display", lift ? "inline" : "none");
    if (!lift) return;
    set(shadow, "transform", `translate(${x + 10 * lift} ${y + 10 * lift}) ${size}`);
    set(shadow, "opacity", String(0.22 * lift));
  };
  return { element, put };
}

/** A function that sets attributes, and leaves those alone that do not change. */
function setter() {
  /** @type {Map<Element, Record<string, string>>} */
  const known = new Map();
  /** @type {(element: Element, name: string, value: string) => void} */
  return (element, name, value) => {
    const seen = known.get(element) ?? {};
    if (seen[name] === value) return;
    known.set(element, Object.assign(seen, { [name]: value }));
    element.setAttribute(name, value);
  };
}

const HAND = "fill: var(--mw-skin); stroke: var(--mw-ink); stroke-width: 1; stroke-linejoin: round";
const SEE_THROUGH = 0.6; // of a working hand: what is below shows, unless the hand presses there
