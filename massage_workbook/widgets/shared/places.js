// Places on the picture of the back: (u, v) of the course's plane, and pixels of the picture. A
// frame is `left`, `top` and `scale` of the picture in the plane.

/** @typedef {number[]} Pair two numbers: (u, v), or x and y */
/** @typedef {{ left: number, top: number, scale: number }} Frame */

/** A centimetre as a share of the plane's unit. */
export const CM = 0.02;
/** Centimetres that an arrow key goes with Shift. */
const FAR = 5;

/**
 * A place in pixels of the picture.
 * @param {Pair} place
 * @param {Frame} frame
 * @returns {Pair}
 */
export function onPicture([u, v], { left, top, scale }) {
  return [(u - left) * scale, (v - top) * scale];
}

/**
 * The place that a pointer is at.
 * @param {{ clientX: number, clientY: number }} event
 * @param {SVGGraphicsElement} picture
 * @param {Frame} frame
 * @returns {Pair}
 */
export function pointedAt({ clientX, clientY }, picture, { left, top, scale }) {
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(/** @type {DOMMatrix} */ (picture.getScreenCTM()).inverse());
  return [x / scale + left, y / scale + top];
}

/**
 * A place moved by a centimetre, or by `FAR`, in a direction.
 * @param {Pair} place
 * @param {Pair} direction
 * @param {boolean} isFar
 * @returns {Pair}
 */
export function moved(place, direction, isFar) {
  return place.map((each, i) => each + direction[i] * CM * (isFar ? FAR : 1));
}

/**
 * The path of a cross of twice that size.
 * @param {Pair} pixels
 * @param {number} size
 */
export function cross([x, y], size) {
  return `M${x - size} ${y}h${2 * size}M${x} ${y - size}v${2 * size}`;
}

/**
 * Make a picture take the focus and all keys, for a pen that they move.
 * @param {SVGElement} picture
 */
export function makeDrawable(picture) {
  picture.setAttribute("role", "application");
  picture.setAttribute("aria-roledescription", "drawing area");
  picture.setAttribute("tabindex", "0");
}

/**
 * A place in words.
 * @param {Pair} place
 */
export function inWords([u, v]) {
  const across = Math.round(Math.abs(u) / CM);
  const along = Math.round(Math.abs(v) / CM);
  const side = across ? `${across} cm to the ${u > 0 ? "right" : "left"} of the spine` : "on the spine";
  return `${side}, ${along} cm ${v < 0 ? "above" : "below"} the large bump of the neck`;
}
