// The affected place to leave out, marked on the back or by name.

import { rove, stepOf } from "../shared/arrows.js";
import { labelledInput, node, svgNode } from "../shared/elements.js";
import { plate, zoneCheckboxes, ZONES } from "../shared/plate.js";
import { folded } from "../shared/sources.js";

const CSS = `
  ${ZONES}
  [aria-checked="true"] path {
    fill: var(--mw-keep-off) !important; fill-opacity: 0.55 !important;
    stroke: var(--mw-keep-off) !important; stroke-width: 3 !important;
  }
`;

export function marker(svg, zones, send) {
  const { host, picture } = plate(svg, { css: CSS });
  const prompt = node("p", {});
  const elsewhere = labelledInput("checkbox", "None of it lies on the back, neck or shoulders.");
  const marks = makeMarks(picture(), zones, (zone, marked) => {
    if (marked) elsewhere.input.checked = false;
    send({ do: "mark", zone: zone.zone, side: zone.side, marked });
  });
  elsewhere.input.onchange = () => {
    if (elsewhere.input.checked) marks.set([]);
    send({ do: "elsewhere", on: elsewhere.input.checked });
  };
  const names = node("fieldset", { className: "names columns" }, node("legend", {}, "Places that are left out"), ...marks.labels);
  const title = node("h3", {}, "Which place is left out?");
  const element = node("section", { className: "marker", hidden: true }, title, prompt, elsewhere.label, host, marks.note, folded("Choose by name instead", [names]));
  return {
    element,
    clear: () => marks.set([]),
    /** While a request is pending, marks may be newer than the page. */
    show(page, isSettled) {
      element.hidden = !page;
      if (!page) return;
      prompt.textContent = `Mark whatever it touches, on the back as you look at it from behind: ${page.reasons.join("; ").toLowerCase()}.`;
      elsewhere.label.hidden = !page.may_be_elsewhere;
      if (!isSettled) return;
      elsewhere.input.checked = page.elsewhere;
      marks.set(page.marked);
    },
  };
}

/** Zones that can be marked on a picture, and as checkboxes; `onToggle` reports what the learner does. */
function makeMarks(picture, zones, onToggle) {
  const marked = new Set();
  const note = node("p", { className: "hint" });
  note.setAttribute("aria-live", "polite");
  const boxes = zones.map(({ text }) => labelledInput("checkbox", text));
  const parts = zoneCheckboxes(picture, zones);
  parts.forEach((part, i) => {
    part.setAttribute("tabindex", i === 0 ? "0" : "-1"); // arrows lead to the others
    part.prepend(tooltip(zones[i].text));
  });
  const show = () => {
    zones.forEach(({ id }, i) => {
      boxes[i].input.checked = marked.has(id);
      parts[i].setAttribute("aria-checked", String(marked.has(id)));
    });
    const names = zones.filter(({ id }) => marked.has(id)).map(({ text }) => text.toLowerCase());
    note.textContent = names.length ? `Left out: ${names.join("; ")}.` : "Nothing is marked yet.";
  };
  const toggle = (zone) => {
    const isMarked = !marked.has(zone.id);
    marked[isMarked ? "add" : "delete"](zone.id);
    show();
    onToggle(zone, isMarked);
  };
  for (const [i, zone] of zones.entries()) boxes[i].input.onchange = () => toggle(zone);
  onPress(parts, (i) => toggle(zones[i]));
  const set = (ids) => {
    marked.clear();
    for (const id of ids) marked.add(id);
    show();
  };
  return { note, labels: boxes.map(({ label }) => label), set };
}

/** Call `press` for a part that is pressed by a click or a key; arrows go from one to the next. */
function onPress(parts, press) {
  parts.forEach((part, i) => {
    part.onclick = () => press(i);
    part.onkeydown = (event) => {
      const by = stepOf(event);
      if (event.key === " " || event.key === "Enter") press(i);
      else if (by) rove(parts, i + by);
      else return;
      event.preventDefault();
    };
  });
}

function tooltip(text) {
  const title = svgNode("title", {});
  title.textContent = text;
  return title;
}
