const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** How far an arrow key goes in a row: 1 or -1; undefined for another key. */
export function stepOf({ key }) {
  return STEPS[key];
}

/** Where an arrow key goes on a plane, to the right and down; undefined for another key. */
export function wayOf({ key }) {
  return WAYS[key];
}

/** Put the focus on one of some parts, which alone takes the Tab key from now on. */
export function rove(parts, index) {
  const next = parts[(index + parts.length) % parts.length];
  for (const part of parts) part.setAttribute("tabindex", part === next ? "0" : "-1");
  next.focus();
}
