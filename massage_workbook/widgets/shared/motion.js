// Hands that make a pass of `views/tour.py`: where they are at a moment, and how that looks.

import { svgNode } from "./elements.js";
import { frameAt } from "./keyframes.js";

/**
 * @typedef {import("./places.js").Pair} Pair
 * @typedef {{ outline: string, touch: string, lean: number }} Look
 * @typedef {{ on: string, rests?: Pair, beside?: number, second?: boolean, flip?: boolean, tilt?: number, top?: boolean }} Hand
 *
 * @typedef {object} Leg see `pass_tour`
 * @property {"glide" | "stop" | "between"} kind
 * @property {number} at
 * @property {number} seconds
 * @property {number} leaving
 * @property {Record<string, Pair[]>} places
 * @property {Pair[]} beside
 * @property {number} turn
 * @property {Pair} heading
 * @property {number} [reach]
 * @property {number} force
 * @property {number} look
 * @property {string} stroke
 *
 * @typedef {{ times: number[], states: number[][][] }} KeyFrames
 * @typedef {KeyFrames & { seconds: number, beat: number, lasts: number, through_air: boolean, legs: Leg[], hands: Hand[], looks: Look[] }} Tour
 *
 * @typedef {object} Pose
 * @property {number} x in the picture, to the right
 * @property {number} y in the picture, down
 * @property {number} turn to the right, in degrees
 * @property {number} lift from 0 on the skin to 1 in the air
 * @property {number} press the force of 10
 * @property {number} look the number of the drawing
 *
 * @typedef {Omit<Pose, "turn" | "look">} Place
 */

const LIGHT_FORCE = 1; // of 10, of a hand that only moves on over the skin

// --- where the hands are: values in, values out ----------------------------------------------------

/**
 * The pose of each hand at a moment of a pass, null where it is not on the back. A pass repeats.
 * @param {Tour} tour
 * @param {number} time in seconds
 * @returns {(Pose | null)[]}
 */
export function posesAt(tour, time) {
  const into = time % tour.seconds;
  const number = Math.max(0, tour.legs.findLastIndex(({ at }) => at <= into + 1e-6));
  const leg = tour.legs[number];
  const next = tour.legs[(number + 1) % tour.legs.length];
  const since = Math.max(0, Math.min(into - leg.at, leg.seconds));
  return tour.hands.map((hand) => {
    if (hand.rests) return restingPose(tour, hand.rests);
    return leg.places[hand.on] ? poseOf(tour, hand, leg, next, since) : null;
  });
}

/**
 * A hand that lies still, flat, its fingers to the head.
 * @param {Tour} tour
 * @param {Pair} place
 * @returns {Pose}
 */
function restingPose({ looks }, [x, y]) {
  return { x, y, turn: 0, lift: 0, press: LIGHT_FORCE, look: looks.length - 1 };
}

/**
 * @param {Tour} tour
 * @param {Hand} hand
 * @param {Leg} leg
 * @param {Leg} next
 * @param {number} since the leg began, in seconds
 * @returns {Pose}
 */
function poseOf(tour, hand, leg, next, since) {
  const leaves = leg.kind === "stop" ? leg.leaving : leg.seconds;
  const gone = leaves ? Math.max(0, (since - (leg.seconds - leaves)) / leaves) : 0; // share of the way to the next leg
  const [x, y] = besideOf(hand, leg, next, gone);
  const mirror = hand.on === "left" ? -1 : 1;
  const turn = mirror * between(leg.turn, next.turn, gone);
  const { x: right, y: down, ...pose } = placeOf(tour, hand, leg, next, since, turn);
  return { x: right + x, y: down + y, turn, look: leg.look, ...pose };
}

/**
 * Where the first or the second of two hands on one half is, from the place of both.
 * @param {Hand} hand
 * @param {Leg} leg
 * @param {Leg} next
 * @param {number} gone share of the way to the next leg
 * @returns {Pair}
 */
function besideOf({ beside, on }, leg, next, gone) {
  if (!beside) return [0, 0];
  const number = beside < 0 ? 0 : 1;
  const [x, y] = leg.beside[number].map((each, i) => between(each, next.beside[number][i], gone));
  return on === "left" ? [-x, y] : [x, y];
}

/**
 * @param {number} one
 * @param {number} other
 * @param {number} share
 */
function between(one, other, share) {
  return one + (other - one) * share;
}

/**
 * @param {Tour} tour
 * @param {Hand} hand
 * @param {Leg} leg
 * @param {Leg} next
 * @param {number} since
 * @param {number} turn
 * @returns {Place}
 */
function placeOf(tour, hand, leg, next, since, turn) {
  const path = leg.places[hand.on];
  if (leg.kind === "glide") return { ...pointOn(path, since / leg.seconds), lift: 0, press: leg.force };
  if (leg.kind === "between") return moveOn(tour, hand, path, since / leg.seconds);
  const staying = leg.seconds - leg.leaving;
  if (since < staying) return atStop(tour, hand, leg, since, turn);
  const [place] = path;
  return moveOn(tour, hand, [place, next.places[hand.on]?.[0] ?? place], (since - staying) / (leg.leaving || 1));
}

/**
 * The point at a share of a path, along which the hand moves at a constant speed.
 * @param {Pair[]} path
 * @param {number} share
 */
function pointOn(path, share) {
  const lengths = path.slice(1).map(([x, y], i) => Math.hypot(x - path[i][0], y - path[i][1]));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [i, length] of lengths.entries()) {
    if (left <= length && length > 0) {
      const part = Math.max(0, left) / length;
      const [[x, y], [u, v]] = [path[i], path[i + 1]];
      return { x: x + part * (u - x), y: y + part * (v - y) };
    }
    left -= length;
  }
  const [x, y] = path[path.length - 1];
  return { x, y };
}

/**
 * From one place to another, off the skin in between if the technique does so.
 * @param {Tour} tour
 * @param {Hand} hand
 * @param {Pair[]} path
 * @param {number} share
 * @returns {Place}
 */
function moveOn({ through_air, states }, { second }, path, share) {
  const [, , , begins] = states[second ? 1 : 0][0]; // a hand that begins in the air stays there
  const lift = through_air ? Math.max(begins, Math.min(1, 4 * share, 4 * (1 - share))) : 0;
  return { ...pointOn(path, share), lift: Math.max(0, lift), press: LIGHT_FORCE * (1 - Math.sign(lift)) };
}

/**
 * One movement after the other; smaller at first, and again before the hand moves on.
 * @param {Tour} tour
 * @param {Hand} hand
 * @param {Leg} leg
 * @param {number} since
 * @param {number} turn
 * @returns {Place}
 */
function atStop(tour, { on, second }, leg, since, turn) {
  const { beat, lasts } = tour;
  const staying = leg.seconds - leg.leaving;
  const [ahead, out, along, lift, press] = stateAt(tour, second, (since / (beat * lasts)) % 1);
  const moves = (leg.reach ?? 1) * Math.max(0, Math.min(1, since / (beat / 5), (staying - since) / (beat / 5)));
  const [x, y] = leg.places[on][0];
  const [right, down] = leg.heading;
  const mirror = on === "left" ? -1 : 1;
  const angle = (turn * Math.PI) / 180;
  return {
    x: x + moves * (mirror * (ahead * right - out * down) + along * Math.sin(angle)),
    y: y + moves * (ahead * down + out * right - along * Math.cos(angle)),
    lift,
    press: leg.force * press,
  };
}

/**
 * The state of a hand at a share of its movement, interpolated between two key frames.
 * @param {KeyFrames} tour
 * @param {boolean | undefined} second
 * @param {number} share
 */
function stateAt({ times, states }, second, share) {
  const frames = states[second ? 1 : 0];
  const [number, part] = frameAt(times, share);
  return frames[number].map((before, i) => between(before, frames[number + 1][i], part));
}

// --- how they look ---------------------------------------------------------------------------------

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
  const element = svgNode("g", {});
  const shadow = svgNode("path", { style: "fill: #000" });
  const palm = svgNode("path", { style: HAND });
  const contact = svgNode("path", { style: "fill: var(--mw-hand)" });
  element.append(shadow, palm, ...(top || rests ? [] : [contact]));
  let drawn = -1;
  let angle = tilt;
  /** @param {number} look */
  const draw = (look) => {
    if (look === drawn) return;
    drawn = look;
    const { outline, touch, lean } = looks[look];
    angle = tilt + (flip ? -lean : lean);
    for (const path of [shadow, palm]) path.setAttribute("d", outline);
    contact.setAttribute("d", touch);
  };
  /** @param {Pose | null} pose */
  const put = (pose) => {
    element.style.display = pose ? "" : "none";
    if (!pose) return;
    const { x, y, turn, lift, press, look } = pose;
    draw(look);
    const large = 1 + 0.12 * lift;
    const size = `rotate(${turn + angle}) scale(${flip ? -large : large} ${large})`;
    for (const path of [palm, contact]) path.setAttribute("transform", `translate(${x} ${y}) ${size}`);
    shadow.setAttribute("transform", `translate(${x + 2 + 8 * lift} ${y + 2 + 8 * lift}) ${size}`);
    shadow.style.opacity = String(0.16 + 0.06 * lift);
    contact.style.opacity = String(lift > 0.05 ? 0 : Math.min(1, 0.25 + 0.15 * press));
  };
  return { element, put };
}

const HAND =
  "fill: var(--mw-skin); fill-opacity: 0.86; stroke: var(--mw-ink); stroke-width: 1; stroke-linejoin: round";
