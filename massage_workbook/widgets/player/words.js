// Small parts of what a practice shows.

import { list, node } from "../shared/elements.js";

export function moment(text) {
  return new Date(text).toLocaleString("en-GB", { weekday: "long", hour: "2-digit", minute: "2-digit" });
}

export function label(sign, text) {
  const shown = node("span", {}, sign);
  shown.setAttribute("aria-hidden", "true");
  return node("span", { className: "label" }, shown, ` ${text}`);
}

export function bulleted(texts) {
  return texts.length ? [list(texts)] : [];
}

/** What a device lacks, and what stands in for it. */
export const LACKS = {
  voice: "No voice here: what would be said stands on the screen.",
  english: "No English voice here: what would be said stands on the screen.",
  mute: "The voice does not answer: what would be said stands on the screen.",
  sound: "No sound here: the edge of the screen lights up instead.",
  stopped: "No sound: the system has stopped it. The time goes on, and the edge of the screen lights up.",
  wake: "The screen cannot be kept awake from here: set it so that it stays on.",
  storage: "This browser keeps nothing: leave the page open until it says “Kept”.",
  full: "Full screen is not allowed here; the page is filled instead.",
};
export const MENDED = [LACKS.mute, LACKS.stopped, LACKS.sound, LACKS.wake];
