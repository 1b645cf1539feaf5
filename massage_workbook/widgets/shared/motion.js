// Hands that make a pass, as `tour.py` gives it: where they are at a moment, and how that looks.


const LIGHT_PRESS = 1; // force of 10 of a hand that only goes from one place to another on the skin

// --- where the hands are: values in, values out ----------------------------------------------------

/**
 * Where each hand is at a moment of a pass, by the hand: `x` and `y` in the picture, `lift` from 0 on
 * the skin to 1 in the air, and `press`, the force of 10. After a pass the next one begins.
 */
export function poseAt(tour, time) {
  const into = time % tour.seconds;
  const number = Math.max(0, tour.legs.findLastIndex(({ at }) => at <= into + 1e-6));
  const leg = tour.legs[number];
  const next = tour.legs[(number + 1) % tour.legs.length];
  const since = Math.max(0, Math.min(into - leg.at, leg.seconds));
  const poses = Object.keys(leg.places).map((hand) => [hand, poseOfHand(tour, leg, next, since, hand)]);
  return Object.fromEntries(poses);
}

function poseOfHand(tour, leg, next, since, hand) {
  const way = leg.places[hand];
  if (leg.kind === "glide") return { ...onWay(way, since / leg.seconds), lift: 0, press: leg.force };
  if (leg.kind === "between") return onTheWay(tour, way, since / leg.seconds);
  const staying = leg.seconds - leg.leaving;
  if (since < staying) return atStop(tour, leg, since, hand);
  const [place] = way;
  return onTheWay(tour, [place, next.places[hand]?.[0] ?? place], (since - staying) / (leg.leaving || 1));
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
function onTheWay({ through_air }, way, share) {
  const lift = through_air ? Math.min(1, 4 * share, 4 * (1 - share)) : 0;
  return { ...onWay(way, share), lift: Math.max(0, lift), press: LIGHT_PRESS * (1 - Math.sign(lift)) };
}

/** One movement after the other; the last is the shorter by the time that it takes to go on. */
function atStop({ beat, alternating }, leg, since, hand) {
  const { places, movements, radius, force, heading, seconds, leaving } = leg;
  const staying = seconds - leaving;
  const number = Math.min(movements - 1, Math.floor(since / beat));
  const end = number === movements - 1 ? staying : (number + 1) * beat;
  const [x, y] = places[hand][0];
  const hands = Object.keys(places);
  if (alternating && number % hands.length !== hands.indexOf(hand)) return { x, y, lift: 0, press: LIGHT_PRESS };
  const share = (since - number * beat) / (end - number * beat);
  const settled = Math.min(1, since / (beat / 5), (staying - since) / (beat / 5));
  const { ahead = 0, across = 0, lift = 0, press = 1 } = manner(leg.mark)(share, settled);
  const [right, down] = heading;
  const mirror = hand === "left" ? -1 : 1;
  return {
    x: x + mirror * radius * (ahead * right - across * down),
    y: y + radius * (ahead * down + across * right),
    lift,
    press: force * press,
  };
}

/**
 * How a hand moves at its stop, at a share of a movement: `ahead` and `across` the path in radii,
 * `lift`, and `press` as a share of the force. A movement ends where it began. `settled` goes from 0
 * to 1 as the hand begins to move at a stop, and back before it leaves.
 */
const MANNERS = {
  circles: (share, settled) => ({
    ahead: settled * Math.cos(2 * Math.PI * share),
    across: settled * Math.sin(2 * Math.PI * share),
  }),
  semicircles: (share) => {
    const turn = Math.PI * swell(share);
    return { ahead: 1 - Math.cos(turn), across: Math.sin(turn) };
  },
  zigzag: (share) => ({ across: Math.sin(2 * Math.PI * share) }),
  line: (share) => ({ ahead: swell(share) }),
  press: (share) => ({ press: swell(share) }),
  lifts: (share) => ({ press: swell(share) }),
  taps: (share) => ({ lift: Math.sin(Math.PI * share), press: Math.max(0, 1 - 4 * Math.sin(Math.PI * share)) }),
};

function manner(mark) {
  return MANNERS[{ spiral: "circles", saw: "zigzag" }[mark] ?? mark];
}

/** From 0 to 1 and back to 0, without a jerk. */
function swell(share) {
  return (1 - Math.cos(2 * Math.PI * share)) / 2;
}

// --- how they look ---------------------------------------------------------------------------------

// A palm with its fingers together and the thumb beside it, seen from above; 34 by 44 pixels.
const HAND_OUTLINE =
  "M-11 20C-15 14-16 6-15-1L-13-15C-12.7-18-8.5-18-8.5-14.5L-8-7L-7.5-19C-7.3-22.5-2.8-22.5-2.7-19" +
  "L-2.5-8L-1.5-20.5C-1.2-24 3.3-24 3.3-20.5L3.4-8L5-17.5C5.6-20.7 9.8-20 9.4-16.8L8.6-3" +
  "C11-6 13.5-8.5 16-9C19-9.4 19.5-6 17.5-4C14-.5 12 5 10.5 10C9.5 14 9 17 8 20C3 23-6 23-11 20Z";

/**
 * Hands on a picture, the fingers towards the head: `show` puts them where they are at a moment of a
 * tour. A hand in the air is larger and lighter; the firmer it is, the wider and darker is the shadow
 * around it.
 */
export function makeHands(picture) {
  const [right, left] = [handShape(-1), handShape(1)];
  const paths = [right, left].flatMap(({ shadow, palm }) => [shadow, palm]);
  picture.append(...paths);
  return {
    show(tour, time) {
      const poses = poseAt(tour, time);
      right.put(poses.right ?? poses.middle);
      left.put(poses.left);
    },
    remove() {
      for (const path of paths) path.remove();
    },
  };
}

/** The outline has its thumb on the right; `mirror` is -1 for a thumb on the left. */
function handShape(mirror) {
  const shadow = handPath("fill: #000; stroke: #000; stroke-width: 3; stroke-linejoin: round");
  const palm = handPath("fill: var(--mw-hand); stroke: var(--mw-ink); stroke-width: 0.8");
  const put = (pose) => {
    for (const each of [shadow, palm]) each.style.display = pose ? "" : "none";
    if (!pose) return;
    const { x, y, lift, press } = pose;
    const large = 1 + 0.2 * lift;
    const wide = lift ? large : 1 + 0.04 * press;
    const away = 7 * lift; // the shadow of a hand in the air lies beside it
    palm.setAttribute("transform", `translate(${x} ${y}) scale(${mirror * large} ${large})`);
    palm.style.opacity = String(0.8 - 0.35 * lift);
    shadow.setAttribute("transform", `translate(${x + away} ${y + away}) scale(${mirror * wide} ${wide})`);
    shadow.style.opacity = String(lift ? 0.12 : 0.08 + 0.09 * press);
  };
  return { shadow, palm, put };
}

function handPath(style) {
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", HAND_OUTLINE);
  path.style.cssText = style;
  return path;
}
