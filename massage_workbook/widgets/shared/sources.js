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
 * The sources of a fact with its basis and note, folded. `about` tells several of them apart for
 * screen readers, `reason` is a text before the note.
 * @param {{ basis: string, note: string | null, sources: string[] }} attribution
 * @param {{ about?: string, reason?: string }} options
 */
export function foldedSources({ basis, note, sources }, { about = "", reason = "" } = {}) {
  const summary = `${reason ? "Reason and sources" : "Sources"} (${basis})`;
  const texts = [reason, note].filter(Boolean).map((each) => node("p", {}, each));
  return folded(summary, [...texts, list(sources)], { label: about && `${summary}: ${about}` });
}

/**
 * The disagreements of the sources, and what the course follows; empty if there are none.
 * @param {{ question: string, follows: string, where: string }[]} disagreements
 */
export function foldedDisagreements(disagreements) {
  if (!disagreements.length) return [];
  const rows = disagreements.map(({ question, follows, where }) =>
    node("li", {}, node("b", {}, question), ` ${follows} `, node("span", { className: "aside" }, `(${where})`)),
  );
  return [folded(`Where the sources differ (${disagreements.length})`, [node("ul", {}, ...rows)], { className: "differ" })];
}
