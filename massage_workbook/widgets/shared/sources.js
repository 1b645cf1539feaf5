// Who says so: always in reach, and folded until it is asked for.

import { list, node } from "./elements.js";

/** Something folded below its summary; `label` is what a screen reader says instead of it. */
export function folded(summary, children, { className = "", label = "" } = {}) {
  const head = node("summary", {}, summary);
  if (label) head.setAttribute("aria-label", label);
  return node("details", { className }, head, ...children);
}

/**
 * The basis of a fact, its note and sources. `about` tells two of them apart where there are several,
 * `says` is what stands before the note.
 */
export function source({ basis, note, sources }, { asked = "Who says so", about = "", says = [] } = {}) {
  const texts = [...says, note].filter(Boolean).map((each) => node("p", {}, each));
  const label = about && `${asked} about ${about}? (${basis})`;
  return folded(`${asked}? (${basis})`, [...texts, list(sources)], { label });
}

/** What the sources disagree about, and what the course follows; nothing where they agree. */
export function differences(found) {
  if (!found.length) return [];
  const rows = found.map(({ question, follows, where }) =>
    node("li", {}, node("b", {}, question), ` ${follows} `, node("span", { className: "cited" }, `(${where})`)),
  );
  return [folded(`Where the sources differ (${found.length})`, [node("ul", {}, ...rows)], { className: "differ" })];
}
