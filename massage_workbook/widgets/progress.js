// How far the learner is. Each picture has the table that says the same.

function render({ model, el }) {
  el.classList.add("mw", "mw-progress");
  // Keys pressed here stay here: in any notebook `x` would cut the cell. Jupyter asks what has the focus.
  el.addEventListener("focusin", ({ target }) => (target.dataset.lmSuppressShortcuts = ""));
  const lookAgain = () => model.send({ do: "look again" });
  el.addEventListener("seen-again", lookAgain);
  const show = () => {
    const { next, wrong, tables, notice } = model.get("page");
    const again = node("button", { type: "button", className: "again" }, "Look again");
    again.onclick = lookAgain;
    const hadFocus = el.contains(document.activeElement);
    el.replaceChildren(
      ...(notice ? [node("p", { className: "notice" }, notice)] : []),
      step(next),
      ...(wrong.length ? [surelyWrong(wrong)] : []),
      ...tables.map(table),
      again,
    );
    if (hadFocus) again.focus({ preventScroll: true });
  };
  show();
  model.on("change:page", show);
  return () => model.off("change:page", show);
}

function step({ text, notebook }) {
  const words = notebook ? node("a", { href: encodeURIComponent(notebook) }, text) : text;
  return node("p", { className: "next" }, node("b", {}, "Next: "), words);
}

function surelyWrong(questions) {
  return node(
    "section",
    { className: "wrong" },
    node("h3", {}, "Sure, and wrong, about safety"),
    node("p", {}, "Each stays here until you have answered it right."),
    node(
      "ul",
      {},
      ...questions.map(({ prompt, why }) => node("li", {}, node("b", {}, prompt), ` ${why}`)),
    ),
  );
}

function table({ title, svg, note, columns, rows }) {
  return node(
    "figure",
    {},
    node("figcaption", {}, title),
    ...(svg ? [plate(svg)] : []),
    ...(note ? [node("p", {}, note)] : []),
    node(
      "details",
      {},
      node("summary", {}, "The same as a table"),
      node(
        "table",
        {},
        node("thead", {}, node("tr", {}, ...columns.map(heading))),
        node("tbody", {}, ...rows.map((row) => node("tr", {}, ...row.map((cell) => node("td", {}, cell))))),
      ),
    ),
  );
}

function heading(name) {
  const cell = node("th", {}, name);
  cell.scope = "col";
  return cell;
}

/** The SVG in a shadow root, where its ids meet no others. */
function plate(text) {
  const host = node("div", { className: "plate" });
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const svg = document.importNode(parsed, true);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  const style = node("style", {}, "svg { display: block; width: 100%; height: auto }");
  host.attachShadow({ mode: "open" }).append(style, svg);
  return host;
}

export default { render };
