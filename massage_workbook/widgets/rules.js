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
    const why = node("p", {}, node("i", {}, item.because), item.why);
    return node("li", {}, name, node("p", {}, item.says), why, who(item, "Who says so"));
  });
  return node("section", {}, node("h3", {}, title), node("ul", {}, ...rows));
}

function checks({ title, items }) {
  const rows = items.map((item) => {
    const input = node("input", { type: "checkbox" });
    const name = node("label", {}, input, node("b", {}, item.title), severity(item));
    return node("li", {}, name, node("p", {}, item.says), who(item, "Why, and who says so", item.why));
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

/** Where an item comes from; of what is ticked also the reason, so that the list stays short. */
function who({ title, who: { basis, note, sources } }, asked, ...said) {
  const summary = node("summary", {}, `${asked}? (${basis})`);
  summary.setAttribute("aria-label", `${asked} about ${title}? (${basis})`);
  const texts = note ? [...said, note] : said;
  return node(
    "details",
    {},
    summary,
    ...texts.map((each) => node("p", {}, each)),
    node("ul", {}, ...sources.map((each) => node("li", {}, each))),
  );
}

export default { render };
