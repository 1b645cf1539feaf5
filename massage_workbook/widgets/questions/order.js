// Steps to be put in order, with buttons or by dragging.

import { button, node } from "../shared/elements.js";
import { liveHint, markOf, rowMark, rowText, setMark } from "./parts.js";

export function order({ steps }, form) {
  const list = node("ol", { className: "steps bare" });
  const note = liveHint("Use the buttons, or drag, until the first step stands at the top.");
  let isTouched = false;
  const move = (row, to) => {
    if (form.isClosed() || to < 0 || to >= list.children.length) return;
    isTouched = true;
    const others = [...list.children].filter((each) => each !== row);
    list.insertBefore(row, others[to] ?? null);
    note.textContent = `${row.dataset.text}: now step ${to + 1} of ${list.children.length}.`;
  };
  list.append(...steps.map((step) => stepRow(step, list, move)));
  return {
    nodes: [note, list],
    missing: () => (isTouched ? "" : "Put the steps in order first"),
    read: () => [...list.children].map((row) => row.dataset.id),
    reveal: (answered) => {
      revealSteps(list, answered);
      return rightOrder(steps, answered);
    },
  };
}

function stepRow({ id, text }, list, move) {
  const row = node("li", { draggable: true }, rowText(text));
  Object.assign(row.dataset, { id, text });
  for (const [name, by] of Object.entries({ Up: -1, Down: 1 })) {
    const mover = button(name, () => {
      move(row, [...list.children].indexOf(row) + by);
      mover.focus(); // moving a row in the page takes the focus from it
    });
    mover.setAttribute("aria-label", `${name}: ${text}`);
    row.append(mover);
  }
  row.append(rowMark());
  row.ondragstart = (event) => {
    event.dataTransfer.setData("text/plain", id);
    event.dataTransfer.effectAllowed = "move";
  };
  row.ondragover = (event) => event.preventDefault();
  row.ondrop = (event) => {
    event.preventDefault();
    const dragged = rowOf(list, event.dataTransfer.getData("text/plain"));
    if (dragged) move(dragged, [...list.children].indexOf(row));
  };
  return row;
}

const rowOf = (list, id) => [...list.children].find((row) => row.dataset.id === id);

/** Show the response with its marks. */
function revealSteps(list, { response, remarks, answer }) {
  list.append(...(response ?? []).map((id) => rowOf(list, id)));
  for (const row of list.children) {
    row.draggable = false;
    const { id } = row.dataset;
    if (!remarks[id]) continue;
    setMark(row, markOf(remarks[id]));
    if (!remarks[id].right) row.querySelector(".mark").textContent = `✗ step ${answer.indexOf(id) + 1}`;
  }
}

/** The right order; the steps that were misplaced stand out, with their reason. */
function rightOrder(steps, { remarks, answer }) {
  const texts = Object.fromEntries(steps.map(({ id, text }) => [id, text]));
  const rows = answer.map((id) => {
    const isMisplaced = remarks[id] && !remarks[id].right;
    return node("li", {}, ...(isMisplaced ? [node("b", {}, texts[id]), ` ${remarks[id].feedback}`] : [node("span", {}, texts[id])]));
  });
  return [node("p", {}, "The right order:"), node("ol", {}, ...rows)];
}
