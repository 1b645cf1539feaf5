// The safety questions as short checklists of native checkboxes, follow-ups as radio buttons below the
// list that opened them, and the result at the end.

import { checklists, choose, radioGroup } from "./screening_form/checklists.js";
import { marker } from "./screening_form/marker.js";
import { result } from "./screening_form/result.js";
import { connect } from "./shared/channel.js";
import { button, node, status } from "./shared/elements.js";
import { follow, widget } from "./shared/widget.js";

const NO_REPLY =
  "No reply: your last answer does not count. Nobody massages before you have given it again.";

function render({ model, el }) {
  // Without a reply the result lacks the last answer, so it is cleared.
  const channel = connect(model, el, NO_REPLY, () => parts.result.show(null));
  const send = (message) => {
    const sent = channel.request(message).then(show);
    el.dataset.waiting = "true";
    return sent;
  };
  const parts = makeParts(model, send);
  const { element: section, show: showButtons } = buttons(parts.result, { send, isIdle: channel.isIdle }, () => clear(el, parts));
  const hint = "Tick what holds. The second box, ?, is for “not sure”, which counts as the careful answer.";
  el.append(
    savedLine(el, model.get("page")),
    node("p", { className: "hint" }, hint),
    parts.lists.element,
    parts.lists.rest,
    parts.permission.element,
    parts.marker.element,
    parts.open,
    parts.result.element,
    parts.notice,
    channel.notice,
    section,
  );
  const show = () => {
    const page = model.get("page");
    update(parts, page, channel.isIdle());
    showButtons(page);
    el.dataset.waiting = String(!channel.isIdle());
  };
  return [follow(model, ["page"], show), channel.close];
}

function makeParts(model, send) {
  const open = node("p", { className: "waiting" });
  const shown = result();
  /** Show the result where the button was. */
  const onRest = () => {
    shown.element.tabIndex = -1;
    shown.element.focus({ preventScroll: true });
    open.scrollIntoView({ block: "center" });
  };
  const opened = model.get("whole") ? model.get("page").sections.map(({ id }) => id) : [];
  return {
    lists: checklists(send, opened, onRest),
    permission: permissionQuestion(send),
    marker: marker(model.get("back"), model.get("zones"), send),
    open,
    result: shown,
    notice: status("p", "notice"),
  };
}

/** A screening saved for today: one line, and the form hidden until "Change" is pressed. */
function savedLine(el, { saved, result: shown }) {
  const isFolded = saved && ["go", "adapt"].includes(shown?.outcome);
  el.classList.toggle("folded", isFolded);
  if (!isFolded) return "";
  const change = button("Change", () => {
    el.classList.remove("folded");
    line.remove();
    el.querySelector("input").focus();
  });
  const text = [shown.title, ...shown.left_out].join(" ");
  const line = node("p", { className: "one-line" }, node("b", {}, `✓ ${text}`), " Saved for today. ", change);
  return line;
}

/** Show the page. While a request is pending, ticks and marks may be newer than the page. */
function update({ lists, permission, marker: marks, open, result: shown, notice }, page, isSettled) {
  lists.show(page.sections, isSettled);
  permission.show(page.permission, isSettled);
  marks.show(page.marker, isSettled);
  open.textContent = page.open_questions;
  shown.show(page.result);
  notice.textContent = page.notice ?? "";
  notice.hidden = !page.notice;
}

/** Clear all answers at once, before the kernel replies. */
function clear(el, { lists, open, result: shown, marker: marks }) {
  for (const each of el.querySelectorAll("input")) each.checked = false;
  open.textContent = "";
  shown.show(null);
  marks.clear();
  lists.clear();
}

/** The question what a doctor or midwife has allowed. */
function permissionQuestion(send) {
  const element = node("div", { className: "allow", hidden: true });
  const show = (question, isSettled) => {
    element.hidden = !question;
    if (!question) return element.replaceChildren();
    const options = question.options.map(({ value, text }) => [value ?? "nothing", text]);
    const onchoose = (value) => send({ do: "permission", permission: value === "nothing" ? null : value });
    if (!element.children.length) element.append(radioGroup([question.text], options, onchoose));
    if (isSettled) choose(element, question.value ?? "nothing");
  };
  return { element, show };
}

/** Print, save, start over. */
function buttons(shown, { send, isIdle }, onStartOver) {
  // While a request is pending, the result lacks the last answer.
  const paper = button("Print the result", () => isIdle() && shown.print(paper));
  const save = button("Save it for today", () => send({ do: "save" }));
  const remove = button("Delete what is saved", () => send({ do: "delete" }));
  const again = button("Start over", () => {
    onStartOver();
    send({ do: "start over" });
  });
  const state = node("p", { className: "kept" });
  state.setAttribute("aria-live", "polite");
  const privacy =
    "Your answers are private. They are gone when this lesson is closed, and other lessons know of them only if you save them: in one file on this computer, for today alone, and in no backup and no export.";
  const show = ({ result: page, saved }) => {
    for (const each of [paper, save]) each.disabled = !page;
    if (!saved && remove.matches(":focus")) again.focus();
    remove.hidden = !saved;
    state.textContent = saved ? "✓ Saved on this computer for today." : "Nothing is saved.";
  };
  const row = node("div", { className: "buttons" }, paper, save, remove, again);
  return { element: node("section", { className: "keep" }, row, state, node("p", { className: "small" }, privacy)), show };
}

export default widget("mw-screening", render);
