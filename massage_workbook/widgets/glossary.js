// The words of the field, folded until they are wanted, and filtered while the learner types.

import { list, node } from "./shared/elements.js";
import { folded } from "./shared/sources.js";
import { widget } from "./shared/widget.js";

function render({ model, el }) {
  const terms = model.get("terms");
  const rows = terms.map(entry);
  const shown = node("output", { className: "aside" });
  const input = node("input", { type: "search", autocomplete: "off", spellcheck: false });
  const nothing = node("p", { className: "nothing" }, "No word fits. Try fewer letters.");
  const filter = () => {
    const typed = plain(input.value.trim());
    for (const [i, row] of rows.entries()) show(row, terms[i], typed);
    const count = rows.filter((row) => !row.hidden).length;
    shown.textContent = `${count} of ${terms.length} shown`;
    nothing.hidden = count > 0;
  };
  input.oninput = filter;
  filter();
  const label = node("label", {}, "Find a word ", input);
  el.append(
    folded(
      `${terms.length} words in English, of the Swedish school, and in Russian`,
      [node("div", { className: "find flow" }, label, shown), nothing, node("ul", { className: "terms bare columns" }, ...rows)],
      { className: "all" },
    ),
  );
}

/** A row is shown if a name, the meaning or the garbled words hold what was typed; the last unfold. */
function show(row, { english, swedish, russian, meaning, article_says: garbled }, typed) {
  const holds = (text) => plain(text ?? "").includes(typed);
  const inSight = [english, swedish, russian, meaning].some(holds);
  row.hidden = !inSight && !holds(garbled);
  row.querySelector("details").open = !inSight && !row.hidden;
}

/** Letters to compare: small, and without the accents that a keyboard may lack. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function entry({ english, swedish, russian, meaning, article_says: garbled, attribution }) {
  const summary = `${garbled ? "How it was garbled, and sources" : "Sources"} (${attribution.basis})`;
  const quoted = garbled ? [node("p", {}, "An article says: ", node("q", {}, garbled))] : [];
  const note = attribution.note ? [node("p", {}, attribution.note)] : [];
  return node(
    "li",
    {},
    node("p", {}, node("b", {}, english)),
    node("p", { className: "aside" }, "Swedish school: ", node("i", {}, swedish)),
    node("p", { className: "aside" }, "Russian: ", node("i", { lang: "ru-Latn" }, russian)),
    node("p", {}, meaning),
    folded(summary, [...quoted, ...note, list(attribution.sources)], { label: `${summary}: ${english}` }),
  );
}

export default widget("mw-glossary", render);
