// The checklists, each with the follow-ups that it opened. Of those that are not answered only the first
// is open, unless all are; one button below them then answers "none" for those without an answer.
// Nothing above what is pressed ever moves, and what stays keeps its place and focus.

import { button, labelledInput, node } from "../shared/elements.js";

const REPLIES = { yes: "Yes", no: "No", "not sure": "Not sure" };

/**
 * @param {(message: object) => unknown} send
 * @param {string[]} first the sections that are open from the beginning
 * @param {() => unknown} onRest called once the rest is answered with "none"
 */
export function checklists(send, first, onRest) {
  const element = node("div", { className: "lists" });
  const rest = button("", () => {
    for (const each of unanswered(element)) each.querySelector(".none input").click();
    onRest();
  }, "main rest");
  let opened = new Set(first);
  const openInTurn = () => {
    const waiting = unanswered(element);
    for (const each of element.children) {
      each.classList.toggle("later", waiting.indexOf(each) > 0 && !opened.has(each.dataset.section));
    }
    // Only lists in view can be answered together.
    rest.hidden = waiting.length < 2 || Boolean(element.querySelector(".later"));
    rest.textContent = waiting.length < element.children.length ? "None of the other lists applies to us" : "None of all this applies to us";
  };
  element.onchange = openInTurn;
  const makeList = (section) => checklist(section, send, () => opened.add(section.id));
  return {
    element,
    rest,
    /** While a request is pending, ticks may be newer than the page. */
    show(sections, isSettled) {
      const lists = reconcile(element, sections, makeList);
      for (const [i, section] of sections.entries()) showSection(lists[i], section, send, isSettled);
      openInTurn();
    },
    clear() {
      for (const each of element.querySelectorAll(".lines")) each.hidden = false;
      for (const each of element.querySelectorAll(".questions")) each.replaceChildren();
      opened = new Set(first);
      openInTurn();
      element.querySelector("input").focus();
    },
  };
}

const unanswered = (box) => [...box.children].filter((each) => !each.querySelector("fieldset:not([data-id]) input:checked"));

/** Reconcile a box with items: elements that remain are not moved, so that focus stays. */
function reconcile(box, items, make) {
  const there = new Map([...box.children].map((each) => [each.dataset.id ?? each.dataset.section, each]));
  const wanted = new Set(items.map(({ id }) => id));
  for (const [id, each] of there) if (!wanted.has(id)) each.remove();
  return items.map((item, i) => {
    const element = there.get(item.id) ?? make(item);
    if (box.children[i] !== element) box.insertBefore(element, box.children[i] ?? null);
    return element;
  });
}

function showSection(list, section, send, isSettled) {
  if (isSettled) tick(list, section);
  const questions = reconcile(list.querySelector(".questions"), section.follow_ups, (each) => followUp(each, send));
  for (const [i, { about, reply }] of section.follow_ups.entries()) {
    questions[i].querySelector(".about").textContent = about;
    if (isSettled) choose(questions[i], reply);
  }
}

/** Set the ticks of a list from the page. */
function tick(list, { is_none, lines }) {
  list.querySelector(".none input").checked = is_none;
  list.querySelector(".lines").hidden = is_none;
  for (const { id, reply } of lines) {
    const [yes, unsure] = list.querySelectorAll(`[data-line="${id}"] input`);
    yes.checked = reply === "yes";
    unsure.checked = reply === "not sure";
  }
}

/** Choose one of some radio buttons, or none. */
export function choose(box, value) {
  for (const each of box.querySelectorAll("input")) each.checked = each.value === value;
}

function checklist({ id, title, hint, lines: all }, send, onOpen) {
  const lines = all.map((each) => line(each, send));
  const box = node("div", { className: "lines columns" }, ...lines.map(({ row }) => row));
  const none = labelledInput("checkbox", "None of these");
  none.label.className = "none";
  none.input.onchange = () => {
    const on = none.input.checked;
    box.hidden = on;
    if (on) for (const { yes, unsure } of lines) yes.checked = unsure.checked = false;
    send({ do: "none of these", section: id, on });
  };
  const open = button("Read it now", () => {
    onOpen();
    list.classList.remove("later");
    none.input.focus();
  });
  open.setAttribute("aria-label", `Read it now: ${title}`);
  const hintLine = node("p", { className: "hint" }, hint);
  const fieldset = node("fieldset", {}, node("legend", {}, node("h3", {}, title)), open, hintLine, none.label, box);
  const list = node("section", { className: "list" }, fieldset, node("div", { className: "questions" }));
  list.dataset.section = id;
  return list;
}

/** A line with its box for "yes" and one for "not sure", of which one at most is ticked. */
function line({ id, text }, send) {
  const [yes, unsure] = [labelledInput("checkbox", text), labelledInput("checkbox", "?")];
  Object.assign(unsure.label, { className: "unsure", title: "Not sure" });
  unsure.input.setAttribute("aria-label", `Not sure: ${text}`);
  const reply = (pressed, other, value) => () => {
    other.checked = false;
    send({ do: "reply", question: id, reply: pressed.checked ? value : "no" });
  };
  yes.input.onchange = reply(yes.input, unsure.input, "yes");
  unsure.input.onchange = reply(unsure.input, yes.input, "not sure");
  const row = node("div", { className: "line" }, yes.label, unsure.label);
  row.dataset.line = id;
  return { row, yes: yes.input, unsure: unsure.input };
}

function followUp({ id, text }, send) {
  const legend = [node("span", { className: "about" }), text];
  const element = radioGroup(legend, Object.entries(REPLIES), (reply) => send({ do: "reply", question: id, reply }));
  element.dataset.id = id;
  return element;
}

/** Radio buttons for values and their texts. */
export function radioGroup(legend, options, onchoose) {
  const name = `screening-${Math.random().toString(36).slice(2)}`;
  const labels = options.map(([value, text]) => labelledInput("radio", text, { name, value, onchange: () => onchoose(value) }).label);
  return node("fieldset", {}, node("legend", {}, ...legend), node("div", { className: "options" }, ...labels));
}
