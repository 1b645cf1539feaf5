// Rules, each with its reason and who says so; a list to tick where it is one.

import { button, node } from "./shared/elements.js";
import { source } from "./shared/sources.js";
import { widget } from "./shared/widget.js";

function render({ model, el }) {
  const tick = model.get("tick");
  const groups = model.get("groups");
  el.append(...groups.map((each) => (tick ? checks(each) : rules(each))));
  if (tick) el.append(progress(el));
}

function rules({ title, items }) {
  const rows = items.map((item) => {
    const name = node("p", {}, node("b", {}, item.title), severity(item));
    const why = node("p", {}, node("i", {}, item.because), item.why);
    return node("li", {}, name, node("p", {}, item.says), why, source(item.who, { about: item.title }));
  });
  return node("section", {}, node("h3", {}, title), node("ul", {}, ...rows));
}

/** Of what is ticked the reason is folded as well, so that the list stays short. */
function checks({ title, items }) {
  const rows = items.map((item) => {
    const input = node("input", { type: "checkbox" });
    const name = node("label", {}, input, node("b", {}, item.title), severity(item));
    const who = source(item.who, { asked: "Why, and who says so", about: item.title, before: [item.why] });
    return node("li", {}, name, node("p", {}, item.says), who);
  });
  return node("fieldset", {}, node("legend", {}, title), node("ul", {}, ...rows));
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
