// The progress of the learner with some questions, as a bar and in words.

import { node } from "./elements.js";

/** @param {{ [name: string]: any }} counts */
export function progressWithCounts({ questions, answered, right, passed }) {
  const bar = node("progress", { max: questions, value: answered });
  bar.setAttribute("aria-hidden", "true");
  const counts = answered ? `${answered} of ${questions} answered, ${right} right` : "not begun";
  return [bar, node("span", {}, passed ? `${counts}: passed` : counts)];
}
