// Signs that end a massage, and what to do then; printed on one page.

import { button, list, node, opener } from "./shared/elements.js";
import { print } from "./shared/printing.js";
import { widget } from "./shared/widget.js";

function render({ model, el }) {
  const card = node("div", { className: "card" }, ...model.get("groups").map(group));
  let frame = null;
  const tidy = () => frame?.remove();
  const paper = button("Print this card", () => {
    tidy();
    frame = print(card, {
      title: "Stop signs",
      name: "The card, as it is printed",
      css: `@page { margin: 7mm } ${model.get("_css")}`,
      className: "mw mw-stop-signs printed",
    });
  });
  const shown = model.get("folded") ? [opener(card, ["Show the stop signs", "Fold the stop signs up"])] : [];
  const reasons = opener(el, ["Show reasons and sources", "Hide reasons and sources"], { className: "brief" });
  el.append(node("div", { className: "buttons" }, ...shown, paper, reasons), card);
  return tidy;
}

function group({ id, title, signs }) {
  const rows = signs.map(({ sign, do: act, why, attribution }) =>
    node("li", {}, node("b", {}, sign), node("p", {}, act), reason(why, attribution)),
  );
  return node("section", { className: `${id} framed` }, node("h3", {}, title), node("ul", { className: "bare" }, ...rows));
}

function reason(why, { basis, note, sources }) {
  const says = [why, `In the course: ${basis}. ${note ?? ""}`].map((each) => node("p", {}, each));
  return node("div", { className: "reason aside" }, ...says, list(sources));
}

export default widget("mw-stop-signs", render);
