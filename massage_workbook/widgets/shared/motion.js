// Hands that make a pass, as `tour.py` gives it: where they are at a moment, and how that looks.

import { svgNode } from "./elements.js";


const LIGHT_PRESS = 1; // force of 10 of a hand that only goes from one place to another on the skin

// --- where the hands are: values in, values out ----------------------------------------------------

/**
 * What each of the tour's hands does at a moment of a pass, null where it is not on the back: `x` and
 * `y` in the picture, `lift` from 0 on the skin to 1 in the air, and `press`, the force of 10. After a
 * pass the next one begins.
 */
export function posesAt(tour, time) {
  const into = time % tour.seconds;
  const number = Math.max(0, tour.legs.findLastIndex(({ at }) => at <= into + 1e-6));
  const leg = tour.legs[number];
  const next = tour.legs[(number + 1) % tour.legs.length];
  const since = Math.max(0, Math.min(into - leg.at, leg.seconds));
  return tour.hands.map((hand) => {
    if (hand.rests) return restingPose(tour, hand);
    return leg.places[hand.on] ? poseOf(tour, hand, leg, next, since) : null;
  });
}

/** A hand that lies still, flat, its fingers to the head. */
function restingPose({ looks }, { rests: [x, y] }) {
  return { x, y, turn: 0, lift: 0, press: LIGHT_PRESS, look: looks.length - 1 };
}

function poseOf(tour, hand, leg, next, since) {
  const leaves = leg.kind === "stop" ? leg.leaving : leg.seconds;
  const gone = leaves ? Math.max(0, (since - (leg.seconds - leaves)) / leaves) : 0; // share of the way to the next leg
  const [x, y] = besideOf(hand, leg, next, gone);
  const mirror = hand.on === "left" ? -1 : 1;
  const turn = mirror * between(leg.turn, next.turn, gone);
  const { x: right, y: down, ...pose } = poseOnWay(tour, hand, leg, next, since, turn);
  return { x: right + x, y: down + y, turn, look: leg.look, ...pose };
}

/** Where the first or the second of two hands on one half is, from the place of both. */
function besideOf({ beside, on }, leg, next, gone) {
  if (!beside) return [0, 0];
  const number = beside < 0 ? 0 : 1;
  const [x, y] = leg.beside[number].map((each, i) => between(each, next.beside[number][i], gone));
  return on === "left" ? [-x, y] : [x, y];
}

function between(one, other, share) {
  return one + (other - one) * share;
}

function poseOnWay(tour, hand, leg, next, since, turn) {
  const way = leg.places[hand.on];
  if (leg.kind === "glide") return { ...onWay(way, since / leg.seconds), lift: 0, press: leg.force };
  if (leg.kind === "between") return onTheWay(tour, hand, way, since / leg.seconds);
  const staying = leg.seconds - leg.leaving;
  if (since < staying) return atStop(tour, hand, leg, since, turn);
  const [place] = way;
  return onTheWay(tour, hand, [place, next.places[hand.on]?.[0] ?? place], (since - staying) / (leg.leaving || 1));
}

/** The place at a share of a way: the hand goes along it at an even speed. */
export function onWay(way, share) {
  const lengths = way.slice(1).map(([x, y], i) => Math.hypot(x - way[i][0], y - way[i][1]));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [i, length] of lengths.entries()) {
    if (left <= length && length > 0) {
      const part = Math.max(0, left) / length;
      const [[x, y], [u, v]] = [way[i], way[i + 1]];
      return { x: x + part * (u - x), y: y + part * (v - y) };
    }
    left -= length;
  }
  const [x, y] = way.at(-1);
  return { x, y };
}

/** From one place to another, off the skin in between where the technique says so. */
function onTheWay({ through_air, states }, { second }, way, share) {
  const [, , , begins] = states[second ? 1 : 0][0]; // a hand that begins in the air stays there
  const lift = through_air ? Math.max(begins, Math.min(1, 4 * share, 4 * (1 - share))) : 0;
  return { ...onWay(way, share), lift: Math.max(0, lift), press: LIGHT_PRESS * (1 - Math.sign(lift)) };
}

/** One movement after the other; moving gently at first, and again before the hand goes on. */
function atStop(tour, { on, second }, leg, since, turn) {
  const { beat, lasts } = tour;
  const staying = leg.seconds - leg.leaving;
  const [ahead, out, along, lift, press] = stateAt(tour, second, (since / (beat * lasts)) % 1);
  const settled = Math.max(0, Math.min(1, since / (beat / 5), (staying - since) / (beat / 5)));
  const [x, y] = leg.places[on][0];
  const [right, down] = leg.heading;
  const mirror = on === "left" ? -1 : 1;
  const angle = (turn * Math.PI) / 180;
  return {
    x: x + settled * (mirror * (ahead * right - out * down) + along * Math.sin(angle)),
    y: y + settled * (ahead * down + out * right - along * Math.cos(angle)),
    lift,
    press: leg.force * press,
  };
}

/** What a hand does at a share of its movement: between two key frames it goes straight on. */
export function stateAt({ times, states }, second, share) {
  const frames = states[second ? 1 : 0];
  const number = Math.min(times.length - 2, Math.max(0, times.findLastIndex((time) => time <= share)));
  const part = (share - times[number]) / (times[number + 1] - times[number]);
  return frames[number].map((before, i) => between(before, frames[number + 1][i], part));
}

// --- how they look ---------------------------------------------------------------------------------

/**
 * Hands on a picture: `show` puts them where they are at a moment of a tour. A hand in the air is
 * larger and throws a shadow; the firmer it is, the deeper is the colour of what touches.
 */
export function makeHands(picture) {
  // A layer of its own, so that the picture below is not drawn anew for each frame.
  const layer = svgNode("g", { class: "hands", style: "will-change: transform" });
  picture.append(layer);
  let shown = null;
  let hands = [];
  return {
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

function drawnHand({ looks }, { flip, tilt = 0, top, rests }) {
  const element = svgNode("g", {});
  const shadow = svgNode("path", { style: "fill: #000" });
  const palm = svgNode("path", { style: HAND });
  const contact = svgNode("path", { style: "fill: var(--mw-hand)" });
  element.append(shadow, palm, ...(top || rests ? [] : [contact]));
  let looked = null;
  let own = tilt;
  const dress = (look) => {
    if (look === looked) return;
    looked = look;
    const { outline, touch, lean } = looks[look];
    own = tilt + (flip ? -lean : lean);
    for (const path of [shadow, palm]) path.setAttribute("d", outline);
    contact.setAttribute("d", touch);
  };
  const put = (pose) => {
    element.style.display = pose ? "" : "none";
    if (!pose) return;
    const { x, y, turn, lift, press, look } = pose;
    dress(look);
    const large = 1 + 0.12 * lift;
    const size = `rotate(${turn + own}) scale(${flip ? -large : large} ${large})`;
    for (const path of [palm, contact]) path.setAttribute("transform", `translate(${x} ${y}) ${size}`);
    shadow.setAttribute("transform", `translate(${x + 2 + 8 * lift} ${y + 2 + 8 * lift}) ${size}`);
    shadow.style.opacity = String(0.16 + 0.06 * lift);
    contact.style.opacity = String(lift > 0.05 ? 0 : Math.min(1, 0.25 + 0.15 * press));
  };
  return { element, put };
}

const HAND =
  "fill: var(--mw-skin); fill-opacity: 0.86; stroke: var(--mw-ink); stroke-width: 1; stroke-linejoin: round";
