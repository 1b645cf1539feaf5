// Items to be matched with options.

import { node } from "../shared/elements.js";
import { listed, rowMark, rowText, setMark, submitWithEnter } from "./parts.js";

export function match({ pairs, options }, form) {
  const rows = pairs.map((pair) => pairRow(pair, options, form));
  const matched = () => rows.filter(({ select }) => select.value);
  return {
    nodes: rows.map(({ row }) => row),
    missing: () => {
      const open = rows.length - matched().length;
      return open ? `${open} of ${rows.length} are still open: match them first` : "";
    },
    read: () => Object.fromEntries(matched().map(({ id, select }) => [id, select.value])),
    reveal: ({ response, remarks, answer }) => {
      for (const { id, row, select } of rows) {
        select.value = response?.[id] ?? "";
        if (select.value) setMark(row, select.value === answer[id] ? "right" : "wrong");
      }
      const texts = Object.fromEntries(options.map(({ id, text }) => [id, text]));
      const wrong = pairs.filter(({ id }) => remarks[id] && !remarks[id].right);
      return listed(wrong.map(({ id, text }) => node("li", {}, node("q", {}, text), `: ${texts[answer[id]]}. ${remarks[id].feedback}`)));
    },
  };
}

function pairRow({ id, text }, options, form) {
  const choices = options.map((each) => node("option", { value: each.id }, each.text));
  const select = node("select", {}, node("option", { value: "" }, "Choose"), ...choices);
  select.onkeydown = (event) => submitWithEnter(event, form, (key) => key !== "Tab");
  // The list stays closed after the answer.
  select.onmousedown = (event) => {
    if (form.isClosed()) event.preventDefault();
  };
  const row = node("label", { className: "pair" }, rowText(text), select, rowMark());
  row.dataset.id = id;
  return { id, row, select };
}
