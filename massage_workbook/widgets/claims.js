// Claims of the articles with honest sentences, false claims first.

import { list, node } from "./shared/elements.js";
import { folded } from "./shared/sources.js";
import { widget } from "./shared/widget.js";

function render({ model, el }) {
  const verdicts = model.get("verdicts");
  const texts = Object.fromEntries(verdicts.map(({ id, text }) => [id, text]));
  const claims = model.get("claims");
  const rows = claims.map((claim) => card(claim, texts[claim.verdict]));
  const shown = node("output", { className: "aside" });
  const select = node(
    "select",
    {},
    node("option", { value: "" }, `All of them (${claims.length})`),
    ...verdicts.map(({ id, text, count }) => node("option", { value: id }, `${text} (${count})`)),
  );
  const filter = () => {
    for (const [i, row] of rows.entries()) row.hidden = select.value !== "" && claims[i].verdict !== select.value;
    shown.textContent = `${rows.filter((row) => !row.hidden).length} of ${claims.length} shown`;
  };
  select.value = verdicts[0].id;
  select.onchange = filter;
  filter();
  const choose = node("label", {}, "Which promises ", select);
  el.append(node("div", { className: "flow" }, choose, shown), node("ul", { className: "claims bare columns" }, ...rows));
}

function card({ honest, claim, known, claimed_in, attribution }, verdict) {
  return node(
    "li",
    { className: "framed" },
    node("p", { className: "honest" }, honest),
    node("p", {}, node("b", {}, "Promised: "), node("q", {}, claim)),
    node("p", {}, node("b", {}, verdict), "."),
    evidence(known, attribution, claimed_in),
  );
}

function evidence(known, { basis, note, sources }, claimed_in) {
  return folded("What is known?", [
    node("p", { className: "known" }, known),
    node("p", {}, `Sources (${basis} by the course):`),
    ...(note ? [node("p", {}, note)] : []),
    list(sources),
    node("p", {}, "Promised in:"),
    list(claimed_in),
  ]);
}

export default widget("mw-claims", render);
