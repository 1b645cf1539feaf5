// The techniques of a block, each with its share of the time and its side.

import { ifChanged, labelledInput, node } from "../shared/elements.js";

const SHARES = { 1: "usual share", 2: "2 ×", 3: "3 ×", 4: "4 ×", 5: "5 ×" };

/** The techniques, rendered again only if they changed, so that the focus stays. */
export function techniqueList(block, sides, requests) {
  const element = node("ul", {});
  const show = ifChanged((techniques) => {
    const focused = /** @type {HTMLElement | null} */ (element.querySelector(":focus"))?.dataset.key;
    element.replaceChildren(...techniques.map((each) => techniqueRow(each, sides, (chosen) => change(each.id, chosen))));
    if (focused) element.querySelector(`[data-key="${focused}"]`)?.focus();
  });
  const change = (technique, chosen) => {
    show.reset(); // the page differs from the state shown last
    requests.request({ do: "technique", technique, block, ...chosen });
  };
  return { element, show };
}

function techniqueRow({ id, name, on, weight, side, note }, sides, change) {
  // The values of the controls, which may have changed since this row was rendered.
  const changed = () => change({ on: box.input.checked, weight: Number(share.value), side: where.value });
  const box = checkbox(name, changed);
  box.input.checked = on;
  box.input.dataset.key = `${id}-on`;
  const share = choice(`Share of ${name}`, SHARES, weight, changed);
  const where = choice(`Side of ${name}`, sides, side, changed);
  for (const [select, what] of [[share, "share"], [where, "side"]]) {
    select.disabled = !on;
    select.dataset.key = `${id}-${what}`;
  }
  return node("li", {}, box.element, share, where, node("span", { className: "times" }, note));
}

function choice(ariaLabel, options, value, onchange) {
  const items = Object.entries(options).map(([each, text]) => node("option", { value: each }, text));
  const select = node("select", { ariaLabel, onchange }, ...items);
  select.value = value;
  return select;
}

/** A checkbox; `name` is what a screen reader says instead of its text. */
export function checkbox(text, onchange, name = "") {
  const { input, label } = labelledInput("checkbox", text, { onchange: () => onchange(input.checked) });
  label.className = "check";
  if (name) input.setAttribute("aria-label", name);
  return { input, element: label };
}
