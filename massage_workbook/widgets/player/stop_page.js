// The page of a practice that was stopped because something is wrong.

import { button, node } from "../shared/elements.js";
import { signList } from "./parts.js";

/** Stop signs, emergencies first. */
export function makeStopPage({ stop_signs, emergency }, onResume, onEnd) {
  const urgent = stop_signs.filter((each) => each.emergency);
  const others = stop_signs.filter((each) => !each.emergency);
  return node(
    "div",
    { className: "stop-page" },
    node("h2", {}, "Hands off. What is it?"),
    node(
      "div",
      { className: "big-buttons" },
      button("It is all right, go on", onResume, "big"),
      button("End here", onEnd, "big main"),
    ),
    node("section", { className: "urgent" }, node("h3", {}, emergency), signList(urgent)),
    node("section", {}, node("h3", {}, "Otherwise"), signList(others)),
  );
}
