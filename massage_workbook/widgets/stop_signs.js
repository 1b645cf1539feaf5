// What ends a massage, and what to do then. Printed, it is one page and nothing else.

function render({ model, el }) {
  el.classList.add("mw", "mw-stop-signs");
  // Keys pressed here stay here: in any notebook `x` would cut the cell. Jupyter asks what has the focus.
  el.addEventListener("focusin", ({ target }) => (target.dataset.lmSuppressShortcuts = ""));
  const card = node("div", { className: "card" }, ...model.get("groups").map(group));
  const print = node("button", { type: "button" }, "Print this card");
  let frame = null;
  const tidy = () => frame?.remove();
  print.onclick = () => {
    tidy();
    frame = sheet(card, model.get("_css"));
  };
  el.append(print, card);
  return tidy;
}

function group({ id, title, signs }) {
  const rows = signs.map(({ sign, do: act, why, who }) =>
    node("li", {}, node("b", {}, sign), node("p", {}, act), reason(why, who)),
  );
  return node("section", { className: id }, node("h3", {}, title), node("ul", {}, ...rows));
}

function reason(why, { basis, note, sources }) {
  return node(
    "details",
    {},
    node("summary", {}, "Why, and who says so?"),
    node("p", {}, why),
    node("p", {}, `In the course: ${basis}. ${note ?? ""}`),
    node("ul", {}, ...sources.map((each) => node("li", {}, each))),
  );
}

/** A page of its own out of sight, which holds the card alone and prints itself. */
function sheet(card, css) {
  const frame = node("iframe", { title: "The card, as it is printed" });
  frame.style.cssText = "position: fixed; width: 0; height: 0; border: 0; visibility: hidden";
  frame.srcdoc = '<!doctype html><html lang="en"><title>Stop signs</title></html>';
  frame.onload = () => {
    const page = frame.contentDocument;
    const style = page.createElement("style");
    style.textContent = `@page { margin: 7mm } ${css}`;
    page.head.append(style);
    page.body.className = "mw mw-stop-signs printed";
    page.body.append(page.importNode(card, true));
    for (const each of page.querySelectorAll("details")) each.remove();
    frame.contentWindow.onafterprint = () => frame.remove();
    frame.contentWindow.print();
  };
  document.body.append(frame);
  return frame;
}

export default { render };
