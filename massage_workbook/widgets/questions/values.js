// A number of any sign, as a decimal or a fraction.

import { node } from "../shared/elements.js";
import { hint } from "./parts.js";

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

export function values({ unit }) {
  const input = node("input", { type: "text", autocomplete: "off" });
  input.setAttribute("aria-label", `A number ${unit}`.trim());
  const read = () => parsedNumber(input.value);
  return {
    nodes: [hint("Type a number, such as 2.5 or 1/3."), node("label", { className: "number" }, input, node("span", {}, unit))],
    missing: () => (read() === null ? "Type a number such as 2.5 or 1/3 first" : ""),
    read,
    reveal: ({ response, answer }) => {
      if (read() !== response) input.value = response ?? "";
      return [node("p", {}, `The answer: ${answer}.`)];
    },
  };
}

/**
 * The number of a decimal or a fraction; null of any other text.
 * @param {string} text
 */
export function parsedNumber(text) {
  const parts = text.replace(",", ".").replace("\u2212", "-").split("/").map((each) => each.trim());
  if (parts.length > 2 || !parts.every((each) => DECIMAL.test(each))) return null;
  const number = parts.map(Number).reduce((above, below) => above / below);
  return Number.isFinite(number) ? number : null;
}
