// Where the hands of a pass of `views/tour.py` are at a moment: values in, values out.

import { frameAt } from "./keyframes.js";

/**
 * @typedef {import("./places.js").Pair} Pair
 * @typedef {{ outline: string, touch: string }} Look
 * @typedef {{ on?: string, rests?: Pair, second?: boolean, flip?: boolean, tilt?: number, top?: boolean }} Hand
 *
 * @typedef {object} Leg see `pass_tour`; places, turns and axes are those of each hand, by its `on`
 * @property {"glide" | "stop" | "between"} kind
 * @property {number} at
 * @property {number} seconds
 * @property {number} leaving
 * @property {Record<string, Pair[]>} places
 * @property {Record<string, number>} turns
 * @property {Record<string, [Pair, Pair]>} axes
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
  return tour.hands.map(({ on = "", second, rests }) => {
    if (rests) return restingPose(tour, rests);
    if (!leg.places[on]) return null;
    return { ...placeOf(tour, on, second, leg, next, since), turn: turnOf(on, leg, next, since), look: leg.look };
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
 * Hands of one drawing turn on their way to the next leg.
 * @param {string} on
 * @param {Leg} leg
 * @param {Leg} next
 * @param {number} since the leg began, in seconds
 */
function turnOf(on, leg, next, since) {
  const turn = leg.turns[on];
  if (leg.look !== next.look) return turn;
  const leaves = leg.kind === "stop" ? leg.leaving : leg.seconds;
  const gone = leaves ? Math.max(0, (since - (leg.seconds - leaves)) / leaves) : 0;
  return between(turn, next.turns[on] ?? turn, gone);
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
 * @param {string} on
 * @param {boolean | undefined} second
 * @param {Leg} leg
 * @param {Leg} next
 * @param {number} since
 * @returns {Place}
 */
function placeOf(tour, on, second, leg, next, since) {
  const path = leg.places[on];
  if (leg.kind === "glide") return { ...pointOn(path, since / leg.seconds), lift: 0, press: leg.force };
  if (leg.kind === "between") return moveOn(tour, second, path, since / leg.seconds);
  const staying = leg.seconds - leg.leaving;
  if (since < staying) return atStop(tour, on, second, leg, since);
  const [place] = path;
  return moveOn(tour, second, [place, next.places[on]?.[0] ?? place], (since - staying) / (leg.leaving || 1));
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
 * @param {boolean | undefined} second
 * @param {Pair[]} path
 * @param {number} share
 * @returns {Place}
 */
function moveOn({ through_air, states }, second, path, share) {
  const [, , begins] = states[second ? 1 : 0][0]; // a hand that begins in the air stays there
  const lift = through_air ? Math.max(begins, Math.min(1, 4 * share, 4 * (1 - share))) : 0;
  return { ...pointOn(path, share), lift: Math.max(0, lift), press: LIGHT_FORCE * (1 - Math.sign(lift)) };
}

/**
 * One movement after the other; smaller at first, and again before the hand moves on.
 * @param {Tour} tour
 * @param {string} on
 * @param {boolean | undefined} second
 * @param {Leg} leg
 * @param {number} since
 * @returns {Place}
 */
function atStop(tour, on, second, leg, since) {
  const { beat, lasts } = tour;
  const staying = leg.seconds - leg.leaving;
  const [ahead, out, lift, press] = stateAt(tour, second, (since / (beat * lasts)) % 1);
  const size = Math.max(0, Math.min(1, since / (beat / 5), (staying - since) / (beat / 5)));
  const [x, y] = leg.places[on][0];
  const [[a, b], [c, d]] = leg.axes[on];
  return {
    x: x + size * (ahead * a + out * c),
    y: y + size * (ahead * b + out * d),
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
