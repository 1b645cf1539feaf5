// A number from 0 up, in a unit.

import { node } from "../shared/elements.js";

export function number({ unit, step }, form) {
  const input = node("input", { type: "number", min: 0, step: "any", inputMode: "decimal" });
  // Browsers validate against `step`; here it is only the increment of the arrow keys.
  input.onkeydown = (event) => {
    const by = { ArrowUp: step, ArrowDown: -step }[event.key];
    if (!by) return;
    event.preventDefault();
    if (!form.isClosed()) input.value = Math.max(0, Math.round((Number(input.value) + by) / step) * step);
  };
  return {
    nodes: [node("label", { className: "number" }, input, node("span", {}, unit))],
    missing: () => (input.value === "" ? "Enter a number first" : ""),
    read: () => Number(input.value),
    reveal: ({ response, answer }) => {
      input.value = response ?? "";
      return [node("p", {}, `The answer: ${answer}.`)];
    },
  };
}
