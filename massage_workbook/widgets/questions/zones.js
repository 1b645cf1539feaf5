// Zones to mark on the back.

import { stepOf } from "../shared/arrows.js";
import { reword, svgNode } from "../shared/elements.js";
import { plate, zoneCheckboxes, ZONES } from "../shared/plate.js";
import { feedbackOn, listed, liveHint, markOf, missedBy } from "./parts.js";

const CSS = `
  ${ZONES}
  [aria-checked="true"] path { fill: var(--mw-motion) !important; fill-opacity: 0.55 !important }
  [data-mark="right"] path { fill: var(--mw-kneading) !important; fill-opacity: 0.6 !important }
  [data-mark="missed"] path {
    fill: var(--mw-kneading) !important; fill-opacity: 0.15 !important;
    stroke: var(--mw-kneading) !important; stroke-width: 3 !important; stroke-dasharray: 6 4;
  }
  [data-mark="wrong"] path { fill: var(--mw-keep-off) !important; fill-opacity: 0.55 !important }
  .label {
    fill: var(--mw-ink); font: 600 13px system-ui, sans-serif; text-anchor: middle; dominant-baseline: central;
    paint-order: stroke; stroke: var(--mw-paper); stroke-width: 4;
  }
`;
const SAMPLES = 200; // points along the outlines of a zone

export function zones({ svg, zones: all }, form) {
  const { host, picture: shown } = plate(svg, { css: CSS });
  const picture = shown();
  const note = liveHint();
  const parts = zoneCheckboxes(picture, all);
  const marked = () => all.filter((_, i) => isMarked(parts[i])).map(({ id }) => id);
  const count = () => reword(note, `Press a zone to mark it. Marked: ${marked().length}.`);
  const toggle = (part) => {
    if (form.isClosed()) return;
    part.setAttribute("aria-checked", String(!isMarked(part)));
    count();
  };
  parts.forEach((part, i) => {
    part.setAttribute("tabindex", "0");
    part.onclick = () => toggle(part);
    part.onkeydown = (event) => {
      const by = stepOf(event);
      if (event.key === "Enter") form.submit();
      else if (event.key === " ") toggle(part);
      else if (by) parts[(i + by + parts.length) % parts.length].focus();
      else return;
      event.preventDefault();
    };
  });
  count();
  return {
    figure: host,
    note,
    nodes: [],
    missing: () => (marked().length ? "" : "Mark a zone first"),
    read: marked,
    reveal: ({ remarks, response }) => {
      for (const [i, { id }] of all.entries()) revealPart(parts[i], remarks[id], response, picture);
      return listed(all.flatMap(({ id, text }) => feedbackOn(text, remarks[id], missedBy(response))));
    },
  };
}

const isMarked = (part) => part.getAttribute("aria-checked") === "true";

function revealPart(part, remark, response, picture) {
  part.setAttribute("aria-checked", String(remark.chosen));
  part.dataset.mark = markOf(remark);
  if (part.dataset.mark === "missed" && response?.length) label(picture, part, "missed");
}

/** Write a word into a zone, on each of its sides. */
function label(picture, part, word) {
  const middle = (numbers) => (Math.min(...numbers) + Math.max(...numbers)) / 2;
  for (const points of outlines(part.querySelector("path"))) {
    const [x, y] = [middle(points.map((point) => point.x)), middle(points.map((point) => point.y))];
    const text = svgNode("text", { x, y, class: "label" });
    text.textContent = word;
    picture.append(text);
  }
}

/** Points along each outline of a path; a jump separates outlines. */
function outlines(path) {
  const step = path.getTotalLength() / SAMPLES;
  /** @type {any[]} */
  const found = [];
  for (let i = 0; i < SAMPLES; i += 1) {
    const point = path.getPointAtLength(i * step);
    const last = found.at(-1)?.at(-1);
    if (last && Math.hypot(point.x - last.x, point.y - last.y) < 2 * step) found.at(-1).push(point);
    else found.push([point]);
  }
  return found;
}
