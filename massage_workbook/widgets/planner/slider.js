// Minutes by a slider, or typed.

import { clock } from "../shared/clock.js";
import { node, status } from "../shared/elements.js";

/**
 * A slider with a field for its time, and a `problem` line that says why an entry was not accepted.
 * All sliders have one scale, on which a block goes from its least to its most.
 */
export function slider({ block, name, label = null }, requests) {
  const id = `mw-${block}-${Math.random().toString(36).slice(2)}`;
  const input = node("input", { type: "range", min: 0, id });
  const typed = node("input", { type: "text", inputMode: "decimal", className: "typed" });
  input.setAttribute("aria-label", name);
  typed.setAttribute("aria-label", `${name}, minutes, such as 2:30`);
  const element = node("div", { className: "slider" }, label ?? node("label", { className: "name", htmlFor: id }, name), input, typed);
  element.dataset.block = block;
  const problem = status("p", "problem");
  const refuse = (text) => (problem.textContent = text);
  onSlide(input, block, requests, refuse);
  onType(typed, block, requests, refuse);
  const show = ({ seconds, least, most, longest, step, locked = false }) => {
    const text = clock(seconds);
    Object.assign(input, { max: longest, step, disabled: Boolean(locked) });
    Object.assign(input.dataset, { least, most });
    typed.disabled = Boolean(locked);
    if (block !== requests.dragged) input.value = seconds;
    input.setAttribute("aria-valuetext", `${text} minutes`);
    typed.dataset.text = text;
    if (document.activeElement !== typed && typed.getRootNode().activeElement !== typed) typed.value = text;
  };
  return { element, input, problem, show };
}

function onSlide(input, block, requests, refuse) {
  let isDragging = false;
  input.oninput = () => {
    const [wanted, least, most] = [input.value, input.dataset.least, input.dataset.most].map(Number);
    const seconds = Math.max(least, Math.min(most, wanted));
    input.value = seconds;
    isDragging = requests.dragged === block;
    requests.dragged = block;
    requests.request({ do: "set", block, seconds, dragging: isDragging });
    if (seconds < wanted) refuse(`${clock(most)} is the most.`);
    if (seconds > wanted) refuse(`${clock(least)} is the least.`);
  };
  input.onchange = () => {
    requests.dragged = null;
    if (isDragging) requests.request({ do: "autosave" }); // moves of a drag are not saved each
    isDragging = false;
  };
}

function onType(typed, block, requests, refuse) {
  typed.onchange = () => {
    const seconds = parsedSeconds(typed.value);
    if (seconds !== null) return requests.request({ do: "set", block, seconds, dragging: false });
    refuse(`“${typed.value}” is no time: type minutes such as 2:30 or 2.5.`);
    typed.value = typed.dataset.text;
  };
  // A handler that returns false would take every other key away.
  typed.onkeydown = (event) => {
    if (event.key === "Enter") typed.blur();
  };
}

/** Seconds of `2:30`, `2.5` or `2`; null of anything else. */
export function parsedSeconds(text) {
  const [, minutes, seconds] = text.trim().match(/^(\d{1,2}):(\d{2})$/) ?? [];
  if (minutes) return 60 * Number(minutes) + Number(seconds);
  const decimal = Number(text.trim().replace(",", "."));
  return text.trim() && decimal >= 0 && decimal <= 60 ? Math.round(60 * decimal) : null;
}
