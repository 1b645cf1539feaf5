// What the controls of several kinds of question share.

import { node } from "../shared/elements.js";

/**
 * The form of a question, for its control.
 * @typedef {object} Form
 * @property {() => boolean} isClosed whether the response can no longer be changed
 * @property {() => unknown} submit
 * @property {() => unknown} turn request the other side of a flash card
 *
 * @typedef {{ chosen: boolean, right: boolean, feedback: string | null }} Remark
 */

const MARKS = { right: "✓ right", wrong: "✗ not this", "": "" };

/** A paragraph in the writing direction of its text. */
export const paragraph = (text) => node("p", { dir: "auto" }, text);

/** Lines of code, if any; left to right in every language. */
export const code = (lines) => (lines ? [node("pre", { dir: "ltr" }, node("code", {}, lines))] : []);

export const hint = (text) => node("p", { className: "hint" }, text);

/** A hint whose changes a screen reader announces. */
export function liveHint(text = "") {
  const element = hint(text);
  element.setAttribute("aria-live", "polite");
  return element;
}

/** The text of a row, and room for its mark. */
export const rowText = (text, ...more) => node("span", { className: "text", dir: "auto" }, text, ...more);
export const rowMark = () => node("span", { className: "mark" });

/**
 * The name of the mark on a choice.
 * @param {Remark} remark
 */
export function markOf({ chosen, right }) {
  if (right) return chosen ? "right" : "missed";
  return chosen ? "wrong" : "";
}

/** Mark a row, in words as well as in colour. */
export function setMark(row, name, missed = "this one") {
  row.dataset.mark = name;
  row.querySelector(".mark").textContent = name === "missed" ? `✓ ${missed}` : MARKS[name];
}

/**
 * The feedback on a choice; none on a wrong one that was not chosen.
 * @param {string} text
 * @param {Remark} remark
 * @param {string} missed
 */
export function feedbackOn(text, { chosen, right, feedback }, missed) {
  if (!chosen && !right) return [];
  const verdict = right ? (chosen ? "right." : `${missed}.`) : "not this.";
  return [node("li", {}, node("q", { dir: "auto" }, text), `: ${verdict} `, node("span", { dir: "auto" }, feedback ?? ""))];
}

/** The verdict on a right choice that was not chosen; milder if nothing was chosen. */
export const missedBy = (response) => (response?.length ? "you missed this" : "this is right");

/** A list of items, if there are any. */
export const listed = (items) => (items.length ? [node("ul", {}, ...items)] : []);

/**
 * Submit with Enter, which browsers do only from some controls. Once the response is closed, keys that
 * would change it (`edits`) do nothing; the focus may stay there.
 * @param {KeyboardEvent} event
 * @param {Form} form
 * @param {(key: string) => boolean} edits
 */
export function submitWithEnter(event, form, edits = () => false) {
  if (event.key === "Enter") form.submit();
  else if (!form.isClosed() || !edits(event.key)) return;
  event.preventDefault();
}
