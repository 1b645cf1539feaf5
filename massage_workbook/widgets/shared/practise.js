// A link that opens the lesson of the practice and begins it there.

import { lessonLink } from "./elements.js";

const WISH = "massage-workbook.begin";
const FRESH = 120_000; // milliseconds that a lesson may take to open

/** A link to the practice; with it the learner has pressed start as well. */
export function practiseLink(notebook, text, className = "") {
  const link = lessonLink(notebook, text, className);
  link.addEventListener("click", () => {
    try {
      sessionStorage.setItem(WISH, String(Date.now()));
    } catch {
      // Without a storage the practice waits to be started there.
    }
  });
  return link;
}

/** Whether the learner came by such a link just now; told once. */
export function wantsToBegin() {
  try {
    const at = Number(sessionStorage.getItem(WISH));
    sessionStorage.removeItem(WISH);
    return Date.now() - at < FRESH;
  } catch {
    return false;
  }
}
