// Rules, or a checklist. Brief items, reasons and sources are unfolded by group.

import { button, node, opener } from "./shared/elements.js";
import { foldedSources } from "./shared/sources.js";
import { widget } from "./shared/widget.js";

function render({ model, el }) {
  const [tick, brief] = [model.get("tick"), model.get("brief")];
  el.append(...model.get("groups").map((each) => (tick ? checks(each, brief) : rules(each))));
  el.classList.toggle("side-by-side", brief);
  if (tick && brief) el.append(progress(el));
}

/** Rules of safety first and in full, then the titles of those of craft. */
function rules({ title, items }) {
  const lists = ["safety", "craft"]
    .map((named) => items.filter(({ severity }) => severity === named))
    .filter((some) => some.length)
    .map((some) => node("ul", { className: "bare" }, ...some.map(rule)));
  const section = node("section", {}, node("h3", {}, title), ...lists);
  section.append(reasons(section, title));
  return section;
}

function rule(item) {
  const name = node("p", {}, node("b", {}, item.title), ...severity(item));
  return node("li", { className: "framed" }, name, ...texts(item, item.severity === "craft"));
}

function checks({ title, items }, brief) {
  const rows = items.map((item) => {
    const input = node("input", { type: "checkbox" });
    const name = node("label", {}, input, node("b", {}, item.title), ...(brief ? severity(item) : []));
    return node("li", { className: "framed" }, name, ...texts(item, brief));
  });
  const group = node("fieldset", {}, node("legend", {}, title), node("ul", { className: "bare" }, ...rows));
  group.append(reasons(group, title, "How?"));
  return group;
}

/** The text of an item (folded if `brief`), its reason and its source. */
function texts({ says, because, why, title, attribution }, brief) {
  const reason = node("p", { className: "more" }, node("i", {}, because), why);
  return [node("p", { className: brief ? "more" : "" }, says), reason, foldedSources(attribution, { about: title })];
}

/** A button that unfolds a group; print shows all of it. */
function reasons(group, about, asked = "How, and why?") {
  return node("div", { className: "tools" }, opener(group, [asked, "Fold it up"], { about }));
}

/** The number of ticks, and a button that clears them; ticks are not stored. */
function progress(el) {
  const inputs = [...el.querySelectorAll("input")];
  const done = node("output", {});
  const count = () => (done.textContent = `${inputs.filter((each) => each.checked).length} of ${inputs.length} done`);
  for (const each of inputs) each.onchange = count;
  const clear = button("Clear the ticks", () => {
    for (const each of inputs) each.checked = false;
    count();
  });
  count();
  return node("div", { className: "done flow" }, done, clear);
}

/** Those of safety are marked. */
function severity({ severity: named }) {
  return named === "safety" ? [node("span", { className: "severity" }, named)] : [];
}

export default widget("mw-rules", render);
