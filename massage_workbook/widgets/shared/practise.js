// A link that opens the lesson of the practice and begins it there.

import { lessonLink } from "./elements.js";

const KEY = "massage-workbook.begin";
const EXPIRY = 120_000; // milliseconds that a lesson may take to open

/**
 * A link to the practice that also starts it.
 * @param {string} notebook
 * @param {string} [text]
 */
export function practiseLink(notebook, text, className = "") {
  const link = lessonLink(notebook, text, className);
  link.addEventListener("click", () => {
    try {
      sessionStorage.setItem(KEY, String(Date.now()));
    } catch {
      // Without storage the learner starts the practice by hand.
    }
  });
  return link;
}

/** Whether the learner has just followed such a link; true once per click. */
export function wantsToBegin() {
  try {
    const at = Number(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
    return Date.now() - at < EXPIRY;
  } catch {
    return false;
  }
}
