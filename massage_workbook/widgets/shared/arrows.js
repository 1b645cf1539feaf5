/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
/** @type {Record<string, [number, number]>} */
const DIRECTIONS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/**
 * How far an arrow key goes in a row: 1 or -1; undefined for another key.
 * @param {{ key: string }} event
 */
export function stepOf({ key }) {
  return STEPS[key];
}

/**
 * The direction of an arrow key on a plane, to the right and down; undefined for another key.
 * @param {{ key: string }} event
 */
export function directionOf({ key }) {
  return DIRECTIONS[key];
}

/**
 * Move the focus within a group of which one element is reached by Tab (a roving tabindex).
 * @param {(HTMLElement | SVGElement)[]} elements
 * @param {number} index
 */
export function rove(elements, index) {
  const next = elements[(index + elements.length) % elements.length];
  for (const each of elements) each.setAttribute("tabindex", each === next ? "0" : "-1");
  next.focus();
}
