// Sources of facts, folded below a summary.

import { list, node } from "./elements.js";

/**
 * Something folded below its summary; `label` is what a screen reader says instead of it.
 * @param {string} summary
 * @param {(string | Node)[]} children
 * @returns {HTMLDetailsElement}
 */
export function folded(summary, children, { className = "", label = "" } = {}) {
  const head = node("summary", {}, summary);
  if (label) head.setAttribute("aria-label", label);
  return node("details", { className }, head, ...children);
}

/**
 * The basis of a fact, its note and sources. `about` tells two of them apart where there are several,
 * `before` are texts before the note.
 * @param {{ basis: string, note: string | null, sources: string[] }} who
 * @param {{ asked?: string, about?: string, before?: string[] }} options
 */
export function source({ basis, note, sources }, { asked = "Who says so", about = "", before = [] } = {}) {
  const texts = [...before, note].filter(Boolean).map((each) => node("p", {}, each));
  const label = about && `${asked} about ${about}? (${basis})`;
  return folded(`${asked}? (${basis})`, [...texts, list(sources)], { label });
}

/**
 * The disagreements of the sources, and what the course follows; empty if there are none.
 * @param {{ question: string, follows: string, where: string }[]} disagreements
 */
export function differences(disagreements) {
  if (!disagreements.length) return [];
  const rows = disagreements.map(({ question, follows, where }) =>
    node("li", {}, node("b", {}, question), ` ${follows} `, node("span", { className: "aside" }, `(${where})`)),
  );
  return [folded(`Where the sources differ (${disagreements.length})`, [node("ul", {}, ...rows)], { className: "differ" })];
}
