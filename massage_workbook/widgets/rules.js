// Rules, or a list to tick; the reasons of a group, and who says so, open by its button.

import { button, node, opener } from "./shared/elements.js";
import { source } from "./shared/sources.js";
import { widget } from "./shared/widget.js";

function render({ model, el }) {
  const tick = model.get("tick");
  const groups = model.get("groups");
  el.append(...groups.map((each) => (tick ? checks(each) : rules(each))));
  if (tick) el.append(progress(el));
}

function rules({ title, items }) {
  const rows = items.map((item) =>
    node("li", {}, node("p", {}, node("b", {}, item.title), severity(item)), node("p", {}, item.says), ...reason(item)),
  );
  const section = node("section", {}, node("h3", {}, title), node("ul", {}, ...rows));
  section.append(reasons(section, title));
  return section;
}

function checks({ title, items }) {
  const rows = items.map((item) => {
    const input = node("input", { type: "checkbox" });
    const name = node("label", {}, input, node("b", {}, item.title), severity(item));
    return node("li", {}, name, node("p", {}, item.says), ...reason(item));
  });
  const group = node("fieldset", {}, node("legend", {}, title), node("ul", {}, ...rows));
  group.append(reasons(group, title));
  return group;
}

/** Why, and who says so. */
function reason({ because, why, title, who }) {
  const says = node("p", { className: "why" }, node("i", {}, because), why);
  return [says, source(who, { about: title })];
}

/** The reasons of a group, which are printed in any case. */
function reasons(group, about) {
  return node("div", { className: "tools" }, opener(group, ["Why?", "Fold the reasons up"], { about }));
}

/** How many are done, and a button to begin anew; nothing of it outlives the page. */
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
  return node("div", { className: "done" }, done, clear);
}

function severity({ severity: named }) {
  return node("span", { className: `severity ${named}` }, named);
}

export default widget("mw-rules", render);
