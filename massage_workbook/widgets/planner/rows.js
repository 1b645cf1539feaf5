// A row for each block: its minutes, passes and techniques.

import { button, ifChanged, node } from "../shared/elements.js";
import { folded } from "../shared/sources.js";
import { slider } from "./slider.js";
import { checkbox, techniqueList } from "./techniques.js";

/** The rows in the order of the plan. `show` shows all of a state but its minutes and passes. */
export function blockRows(requests, sides) {
  const element = node("div", { className: "rows" });
  const rows = new Map();
  const arrange = ifChanged((blocks) => {
    const focused = /** @type {HTMLElement | null} */ (element.querySelector(":focus"));
    element.replaceChildren(...blocks.map((block) => rows.get(block).element));
    for (const [i, block] of blocks.entries()) rows.get(block).showPlace(i, blocks.length);
    focused?.focus();
  });
  return {
    element,
    show(state) {
      for (const row of state.rows) if (!rows.has(row.block)) rows.set(row.block, blockRow(row, sides, requests));
      arrange(state.rows.map(({ block }) => block));
      for (const row of state.rows) rows.get(row.block).show(row);
    },
    showMinutes(state) {
      for (const row of state.rows) rows.get(row.block).showMinutes(row, state.total);
    },
    showPasses(state) {
      for (const row of state.rows) rows.get(row.block).showPasses(row);
    },
  };
}

function blockRow({ block, name, family, purpose }, sides, requests) {
  const include = checkbox(name, (on) => requests.request({ do: "include", block, on }), `${name} in the session`);
  include.element.classList.add("include");
  const lock = lockButton(block, name, requests);
  const minutes = slider({ block, name, label: include.element }, requests);
  const band = node("span", { className: "room" });
  minutes.element.append(lock.element, band);
  const passes = passesLine(`${minutes.input.id}-passes`);
  minutes.input.setAttribute("aria-describedby", passes.line.id);
  const techniques = techniqueList(block, sides, requests);
  const [earlier, later] = [mover(-1, "Earlier", block, name, requests), mover(1, "Later", block, name, requests)];
  const tools = node("div", { className: "tools" }, earlier, later);
  const details = folded("", [node("p", { className: "note" }, purpose), techniques.element, tools], { className: "techniques" });
  details.querySelector("summary")?.append(passes.line, passes.chosen);
  const element = node("div", { className: "row" }, minutes.element, minutes.problem, details);
  element.dataset.row = block;
  element.style.setProperty("--family", `var(--mw-${family})`);
  return {
    element,
    /** The first and the last block stay at their places. */
    showPlace(place, count) {
      const isFixed = place === 0 || place === count - 1;
      earlier.disabled = isFixed || place === 1;
      later.disabled = isFixed || place === count - 2;
    },
    show(row) {
      element.classList.toggle("out", !row.included);
      include.input.checked = row.included;
      include.input.disabled = row.fixed || Boolean(row.unavailable);
      lock.show(row);
      techniques.show(row.techniques);
    },
    showMinutes(row, { longest, step }) {
      minutes.show({ ...row, longest, step, locked: row.locked || row.unavailable });
      showUsefulTime(band, row.useful_time, longest);
    },
    showPasses: passes.show,
  };
}

function lockButton(block, name, requests) {
  const press = () => {
    const on = element.getAttribute("aria-pressed") !== "true";
    showLocked(on);
    requests.request({ do: "lock", block, on });
  };
  const element = button("Lock", press, "lock");
  const showLocked = (isLocked) => {
    element.setAttribute("aria-pressed", String(isLocked));
    element.setAttribute("aria-label", isLocked ? `${name} is locked: unlock` : `Lock ${name}`);
    element.textContent = isLocked ? "Locked" : "Lock";
  };
  const show = ({ locked, included }) => {
    showLocked(locked);
    element.disabled = !included;
  };
  return { element, show };
}

function mover(by, text, block, name, requests) {
  const element = button(text, () => requests.request({ do: "move", block, by }), text.toLowerCase());
  element.setAttribute("aria-label", `${name}: ${text.toLowerCase()}`);
  return element;
}

/** A band below the slider: from the fewest passes of each technique to the most. */
function showUsefulTime(band, useful, longest) {
  band.hidden = !useful;
  if (!useful) return;
  band.style.setProperty("--from", String(useful.least / longest));
  band.style.setProperty("--to", String(Math.min(1, useful.most / longest)));
}

/** The passes of a block in words, with those in bold that are too few. */
function passesLine(id) {
  const line = node("span", { className: "passes", id });
  const chosen = node("span", { className: "chosen" });
  const show = ifChanged(({ passes, useful_time, unavailable }) => {
    const parts = passes.map(({ text, is_short }) => node(is_short ? "b" : "span", {}, text));
    line.replaceChildren(...parts.flatMap((part, i) => (i ? [", ", part] : [part])));
    if (passes.some(({ is_short }) => is_short) && useful_time) line.append(". ", node("span", {}, useful_time.text));
    if (!passes.length) line.textContent = unavailable || "not in the session";
  });
  return {
    line,
    chosen,
    show({ passes, useful_time, unavailable, techniques }) {
      show({ passes, useful_time, unavailable });
      const count = techniques.filter(({ on }) => on).length;
      chosen.textContent = ` · ${count} of ${techniques.length} techniques`;
    },
  };
}
