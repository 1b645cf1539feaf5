// Small parts of several pages.

import { list, node } from "../shared/elements.js";

/** The weekday and time of an ISO date. */
export function formatMoment(date) {
  return new Date(date).toLocaleString("en-GB", { weekday: "long", hour: "2-digit", minute: "2-digit" });
}

/** Whether the learner prefers no motion. */
export const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A symbol, which a screen reader skips, and a text. */
export function label(symbol, text) {
  const hidden = node("span", {}, symbol);
  hidden.setAttribute("aria-hidden", "true");
  return node("span", { className: "label" }, hidden, ` ${text}`);
}

/** A list of texts, if there are any. */
export function bulleted(texts) {
  return texts.length ? [list(texts)] : [];
}

/** Signs to stop, each with what to do. */
export function signList(signs) {
  return node("dl", {}, ...signs.map((each) => node("div", {}, node("dt", {}, each.sign), node("dd", {}, each.do))));
}
