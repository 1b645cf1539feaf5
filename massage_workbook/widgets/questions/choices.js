// One or several choices.

import { node } from "../shared/elements.js";
import { code, feedbackOn, hint, listed, markOf, missedBy, rowMark, rowText, setMark, submitWithEnter } from "./parts.js";

/** @typedef {import("./parts.js").Form} Form */

/** The control of a question with one right choice. */
export function oneChoice(page, form) {
  const missing = page.kind === "case" ? "Choose what to do first" : "Choose an answer first";
  return choices("radio", page, form, missing);
}

/** The control of a question with one right choice or more. */
export function manyChoices(page, form) {
  const control = choices("checkbox", page, form, "Choose an answer first");
  return { ...control, nodes: [hint("One or more are right."), ...control.nodes] };
}

function choices(type, page, form, missing) {
  const rows = page.choices.map((choice) => choiceRow(type, choice, form));
  const chosen = () => rows.filter(({ input }) => input.checked).map(({ id }) => id);
  return {
    nodes: rows.map(({ row }) => row),
    missing: () => (chosen().length ? "" : missing),
    read: chosen,
    reveal: (answered) => {
      for (const { id, input } of rows) input.checked = answered.remarks[id].chosen;
      return revealRows(rows, answered, type === "checkbox");
    },
  };
}

/**
 * A choice with its radio button or checkbox.
 * @param {string} type
 * @param {{ id: string, text: string, code?: string }} choice
 * @param {Form} form
 */
export function choiceRow(type, { id, text, code: lines }, form) {
  const input = node("input", { type, name: "choice", value: id });
  // A click on an answered question changes nothing; the focus may stay there.
  input.onclick = (event) => {
    if (form.isClosed()) event.preventDefault();
  };
  input.onkeydown = (event) => submitWithEnter(event, form, (key) => key.startsWith("Arrow"));
  const row = node("label", {}, input, rowText(text, ...code(lines)), rowMark());
  return { id, text, input, row };
}

/** Choices as buttons: the first that is pressed is the answer. */
export function choiceButtons({ choices: all }, answer) {
  const rows = all.map(({ id, text }) => {
    const onclick = () => answer([id]);
    return { id, text, row: node("button", { type: "button", className: "choice", value: id, onclick }, rowText(text), rowMark()) };
  });
  return {
    nodes: [node("div", { className: "choices columns" }, ...rows.map(({ row }) => row))],
    reveal: (answered) => revealRows(rows, answered, false),
  };
}

/** Mark the choices; the mark and the reason are enough on a single right one, which is not listed. */
function revealRows(rows, { remarks, response }, isMany) {
  const missed = isMany ? missedBy(response) : "this one";
  for (const { id, row } of rows) setMark(row, markOf(remarks[id]), missed);
  const listedRows = rows.filter(({ id }) => isMany || !remarks[id].right);
  return listed(listedRows.flatMap(({ id, text }) => feedbackOn(text, remarks[id], missed)));
}
