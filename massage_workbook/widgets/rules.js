// Things to keep to, each with its reason and who says so; a list to tick where it is one.

function render({ model, el }) {
  el.classList.add("mw", "mw-rules");
  // Keys pressed here stay here: in any notebook `x` would cut the cell. Jupyter asks what has the focus.
  el.addEventListener("focusin", ({ target }) => (target.dataset.lmSuppressShortcuts = ""));
  const tick = model.get("tick");
  const groups = model.get("groups");
  el.append(...groups.map((each) => (tick ? checks(each) : rules(each))));
  if (tick) el.append(progress(el));
}

function rules({ title, items }) {
  const rows = items.map((item) => {
    const name = node("p", {}, node("b", {}, item.title), severity(item));
    return node("li", {}, name, node("p", {}, item.says), reason(item));
  });
  return node("section", {}, node("h3", {}, title), node("ul", {}, ...rows));
}

function checks({ title, items }) {
  const rows = items.map((item) => {
    const input = node("input", { type: "checkbox" });
    const name = node("label", {}, input, node("b", {}, item.title), severity(item));
    return node("li", {}, name, node("p", {}, item.says), reason(item));
  });
  return node("fieldset", {}, node("legend", {}, title), node("ul", {}, ...rows));
}

/** How many are done, and a button to begin anew; nothing of it outlives the page. */
function progress(el) {
  const inputs = [...el.querySelectorAll("input")];
  const done = node("output", {});
  const clear = node("button", { type: "button" }, "Clear the ticks");
  const count = () => (done.textContent = `${inputs.filter((each) => each.checked).length} of ${inputs.length} done`);
  for (const each of inputs) each.onchange = count;
  clear.onclick = () => {
    for (const each of inputs) each.checked = false;
    count();
  };
  count();
  return node("div", { className: "done" }, done, clear);
}

function severity({ severity: named }) {
  return node("span", { className: `severity ${named}` }, named);
}

function reason({ title, because, why, who: { basis, note, sources } }) {
  const summary = node("summary", {}, `Who says so? (${basis})`);
  summary.setAttribute("aria-label", `Who says so about ${title}? (${basis})`);
  return node(
    "div",
    { className: "why" },
    node("p", {}, node("i", {}, because), why),
    node(
      "details",
      {},
      summary,
      ...(note ? [node("p", {}, note)] : []),
      node("ul", {}, ...sources.map((each) => node("li", {}, each))),
    ),
  );
}

function node(tag, props, ...children) {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children);
  return made;
}

export default { render };
