// The safety questions as short checklists of native checkboxes, follow-ups as radio buttons below
// the list that opened them, and the result at the end. Of the lists that are not answered the first
// alone is open, unless the form is `whole`; where all are open, one button below them says "none" for
// those without an answer. Nothing above what else is pressed ever moves, and what stays keeps its
// place and focus.

import { rove, stepOf } from "./shared/arrows.js";
import { connect } from "./shared/channel.js";
import { button, node, status, svgNode, write } from "./shared/elements.js";
import { plate, ZONES } from "./shared/plate.js";
import { print } from "./shared/printing.js";
import { folded, source } from "./shared/sources.js";
import { follow, widget } from "./shared/widget.js";

const REPLIES = [
  ["yes", "Yes"],
  ["no", "No"],
  ["not sure", "Not sure"],
];
const LOST =
  "No reply: your last answer does not count. Nobody massages before you have given it again.";
let forms = 0; // radio buttons of two forms on a page must not share a name

function render({ model, el }) {
  // Without a reply the result lacks the last answer, so it is cleared.
  const channel = connect(model, el, LOST, () => parts.result.show("", null));
  const send = (message) => {
    const sent = channel.request(message).then(show);
    el.dataset.waiting = "true";
    return sent;
  };
  const asked = model.get("whole") ? model.get("page").sections.map(({ id }) => id) : [];
  const form = { name: `screening-${++forms}`, asked, opened: new Set(asked), send };
  const parts = {
    notice: node("p", { className: "notice", hidden: true }),
    lists: node("div", { className: "lists" }),
    rest: button("", () => noneOfTheRest(parts), "main rest"),
    allow: node("div", { className: "allow", hidden: true }),
    marker: marker(model.get("back"), model.get("zones"), send),
    waiting: node("p", { className: "waiting" }),
    result: result(),
    buttons: /** @type {any} */ (null),
  };
  parts.buttons = buttons(parts.result.section, { send, isIdle: channel.isIdle }, () => clear(el, form, parts));
  parts.lists.onchange = () => inTurn(parts, form);
  parts.notice.setAttribute("role", "status");
  el.append(
    oneLine(el, model.get("page")),
    node("p", { className: "hint" }, "Tick what holds. The second box, ?, is for “not sure”, which counts as the careful answer."),
    parts.lists,
    parts.rest,
    parts.allow,
    parts.marker.section,
    parts.waiting,
    parts.result.section,
    parts.notice,
    channel.notice,
    parts.buttons.section,
  );
  const show = () => {
    update(model.get("page"), form, parts, channel.isIdle());
    el.dataset.waiting = String(!channel.isIdle());
  };
  return [follow(model, ["page"], show), channel.close];
}

/** A screening saved for today: one line, and the form hidden until "Change" is pressed. */
function oneLine(el, { saved, result, status: title }) {
  const change = button("Change", () => {
    el.classList.remove("folded");
    line.remove();
    el.querySelector("input").focus();
  });
  const said = [title, ...(result?.left_out ?? [])].join(" ");
  const line = node("p", { className: "one-line" }, node("b", {}, `\u2713 ${said}`), " Kept for today. ", change);
  const fold = saved && ["go", "adapt"].includes(result?.outcome);
  el.classList.toggle("folded", fold);
  return fold ? line : "";
}

/** Show the page. While a request is pending, ticks and marks may be newer than the page. */
function update(page, form, parts, isSettled) {
  lists(parts.lists, page.sections, form, isSettled);
  inTurn(parts, form);
  allowing(parts.allow, page.allow, form, isSettled);
  parts.marker.show(page.marker, isSettled);
  parts.waiting.textContent = page.waiting;
  parts.result.show(page.status, page.result);
  parts.buttons.show(page);
  parts.notice.textContent = page.notice ?? "";
  parts.notice.hidden = !page.notice;
}

/** Clear all answers at once, before the kernel replies. */
function clear(el, form, parts) {
  const { lists, waiting, result, marker } = parts;
  for (const each of el.querySelectorAll("input")) each.checked = false;
  for (const each of lists.querySelectorAll(".lines")) each.hidden = false;
  for (const each of lists.querySelectorAll(".questions")) each.replaceChildren();
  waiting.textContent = "";
  result.show("", null);
  marker.clear();
  form.opened = new Set(form.asked);
  inTurn(parts, form);
  lists.querySelector("input").focus();
}

// --- checklists ------------------------------------------------------------------------------

function lists(box, sections, form, isSettled) {
  const made = reconcile(box, sections, (each) => each.dataset.section, (each) => list(each, form));
  for (const [i, section] of sections.entries()) {
    if (isSettled) tick(made[i], section);
    const under = made[i].querySelector(".questions");
    const asked = reconcile(under, section.follow_ups, (each) => each.dataset.id, (each) => question(each, form));
    for (const [j, { about, reply }] of section.follow_ups.entries()) {
      asked[j].querySelector(".about").textContent = about;
      if (isSettled) choose(asked[j], reply);
    }
  }
}

/** Set the ticks of a list from the page. */
function tick(made, { none, lines }) {
  made.querySelector(".none input").checked = none;
  made.querySelector(".lines").hidden = none;
  for (const { id, reply } of lines) {
    const [yes, unsure] = made.querySelectorAll(`[data-line="${id}"] input`);
    yes.checked = reply === "yes";
    unsure.checked = reply === "not sure";
  }
}

/** Choose one of some radio buttons, or none. */
function choose(box, value) {
  for (const each of box.querySelectorAll("input")) each.checked = each.value === value;
}

/** The unanswered lists. */
const unanswered = (box) => [...box.children].filter((each) => !each.querySelector("fieldset:not([data-id]) input:checked"));

/** Of the unanswered lists, only the first and those that the learner opened are open. */
function inTurn({ lists: box, rest }, { opened }) {
  const waiting = unanswered(box);
  for (const each of box.children) {
    each.classList.toggle("later", waiting.indexOf(each) > 0 && !opened.has(each.dataset.section));
  }
  // Only lists in view can be answered together.
  rest.hidden = waiting.length < 2 || Boolean(box.querySelector(".later"));
  rest.textContent = waiting.length < box.children.length ? "None of the other lists applies to us" : "None of all this applies to us";
}

/** Answer each unanswered list with "None of these", and show the result where the button was. */
function noneOfTheRest({ lists: box, waiting, result }) {
  for (const each of unanswered(box)) each.querySelector(".none input").click();
  result.section.tabIndex = -1;
  result.section.focus({ preventScroll: true });
  waiting.scrollIntoView({ block: "center" });
}

/** Reconcile a box with items: elements that remain are not moved, so that focus stays. */
function reconcile(box, items, nameOf, make) {
  const there = new Map([...box.children].map((each) => [nameOf(each), each]));
  const wanted = new Set(items.map(({ id }) => id));
  for (const [id, each] of there) if (!wanted.has(id)) each.remove();
  return items.map((item, i) => {
    const made = there.get(item.id) ?? make(item);
    if (box.children[i] !== made) box.insertBefore(made, box.children[i] ?? null);
    return made;
  });
}

function list({ id, title, hint, lines }, form) {
  const nothing = checkbox("None of these");
  const rows = lines.map(line);
  const box = node("div", { className: "lines columns" }, ...rows.map(({ row }) => row));
  nothing.label.className = "none";
  nothing.input.onchange = () => {
    const on = nothing.input.checked;
    box.hidden = on;
    if (on) for (const { yes, unsure } of rows) yes.checked = unsure.checked = false;
    form.send({ do: "none", section: id, on });
  };
  rows.forEach(({ yes, unsure }, i) => {
    const say = (pressed, other, reply) => {
      other.checked = false;
      form.send({ do: "reply", question: lines[i].id, reply: pressed.checked ? reply : "no" });
    };
    yes.onchange = () => say(yes, unsure, "yes");
    unsure.onchange = () => say(unsure, yes, "not sure");
  });
  const says = node("p", { className: "hint" }, hint);
  const now = button("Read it now", () => {
    form.opened.add(id);
    made.classList.remove("later");
    nothing.input.focus();
  });
  now.setAttribute("aria-label", `Read it now: ${title}`);
  const fieldset = node("fieldset", {}, node("legend", {}, node("h3", {}, title)), now, says, nothing.label, box);
  const made = node("section", { className: "list" }, fieldset, node("div", { className: "questions" }));
  made.dataset.section = id;
  return made;
}

function line({ id, text }) {
  const yes = checkbox(text);
  const unsure = checkbox("?");
  Object.assign(unsure.label, { className: "unsure", title: "Not sure" });
  unsure.input.setAttribute("aria-label", `Not sure: ${text}`);
  const row = node("div", { className: "line" }, yes.label, unsure.label);
  row.dataset.line = id;
  return { row, yes: yes.input, unsure: unsure.input };
}

// --- follow-ups, and permissions ---------------------------------------------------------

function question({ id, text }, { name, send }) {
  const options = REPLIES.map(([value, words]) =>
    radio(words, `${name}-${id}`, value, () => send({ do: "reply", question: id, reply: value })),
  );
  const made = node("fieldset", {}, node("legend", {}, node("span", { className: "about" }), text), node("div", { className: "options" }, ...options));
  made.dataset.id = id;
  return made;
}

function allowing(box, allow, { name, send }, isSettled) {
  box.hidden = !allow;
  if (!allow) return box.replaceChildren();
  if (!box.children.length) {
    const options = allow.options.map(({ value, text }) =>
      radio(text, `${name}-allow`, value ?? "nothing", () => send({ do: "allow", permission: value })),
    );
    box.append(node("fieldset", {}, node("legend", {}, allow.text), node("div", { className: "options" }, ...options)));
  }
  if (isSettled) choose(box, allow.value ?? "nothing");
}

function radio(text, name, value, onchange) {
  const input = node("input", { type: "radio", name, value, onchange });
  return node("label", {}, input, node("span", {}, text));
}

// --- the place to leave out ------------------------------------------------------------------

const LOOKS = `
  ${ZONES}
  [aria-checked="true"] path {
    fill: var(--mw-keep-off) !important; fill-opacity: 0.55 !important;
    stroke: var(--mw-keep-off) !important; stroke-width: 3 !important;
  }
`;

function marker(svg, zones, send) {
  const { host, picture: drawn } = plate(svg, { looks: LOOKS });
  const picture = drawn();
  picture.setAttribute("role", "group"); // an image would hide its zones from a screen reader
  const what = node("p", {});
  const note = node("p", { className: "hint" });
  note.setAttribute("aria-live", "polite");
  const elsewhere = node("input", { type: "checkbox" });
  const away = node("label", {}, elsewhere, node("span", {}, "None of it lies on the back, neck or shoulders."));
  const marked = new Set();
  const boxes = zones.map(({ text }) => checkbox(text));
  const parts = zones.map((zone, i) => part(picture, zone, i));
  const say = () => {
    zones.forEach(({ id }, i) => {
      boxes[i].input.checked = marked.has(id);
      parts[i].setAttribute("aria-checked", String(marked.has(id)));
    });
    const names = zones.filter(({ id }) => marked.has(id)).map(({ text }) => text.toLowerCase());
    note.textContent = names.length ? `Left out: ${names.join("; ")}.` : "Nothing is marked yet.";
  };
  const toggle = ({ id, zone, side }) => {
    const now = !marked.has(id);
    marked[now ? "add" : "delete"](id);
    if (now) elsewhere.checked = false;
    say();
    send({ do: "mark", zone, side, marked: now });
  };
  for (const [i, zone] of zones.entries()) boxes[i].input.onchange = () => toggle(zone);
  onPress(parts, (i) => toggle(zones[i]));
  elsewhere.onchange = () => {
    if (elsewhere.checked) marked.clear();
    say();
    send({ do: "elsewhere", on: elsewhere.checked });
  };
  const names = node("fieldset", { className: "names columns" }, node("legend", {}, "Places that are left out"), ...boxes.map((each) => each.label));
  const title = node("h3", {}, "Which place is left out?");
  const section = node("section", { className: "marker", hidden: true }, title, what, away, host, note, folded("Choose by name instead", [names]));
  return {
    section,
    clear: () => {
      marked.clear();
      say();
    },
    show: (page, isSettled) => {
      section.hidden = !page;
      if (!page) return;
      what.textContent = `Mark whatever it touches, on the back as you look at it from behind: ${page.for.join("; ").toLowerCase()}.`;
      away.hidden = !page.may_be_elsewhere;
      if (!isSettled) return;
      marked.clear();
      for (const id of page.marked) marked.add(id);
      elsewhere.checked = page.elsewhere;
      say();
    },
  };
}

/** Press one of some parts by a click or a key, and go from one to the next by an arrow. */
function onPress(parts, press) {
  parts.forEach((part, i) => {
    part.onclick = () => press(i);
    part.onkeydown = (event) => {
      const by = stepOf(event);
      if (event.key === " " || event.key === "Enter") press(i);
      else if (by) rove(parts, i + by);
      else return;
      event.preventDefault();
    };
  });
}

function part(picture, { id, text }, i) {
  const made = picture.getElementById(`zone-${id}`);
  made.setAttribute("role", "checkbox");
  made.setAttribute("aria-label", text);
  made.setAttribute("tabindex", i === 0 ? "0" : "-1");
  const name = svgNode("title", {}); // tooltip
  name.textContent = text;
  made.prepend(name);
  return made;
}

function checkbox(text) {
  const input = node("input", { type: "checkbox" });
  return { input, label: node("label", {}, input, node("span", {}, text)) };
}

// --- the result ------------------------------------------------------------------------------

function result() {
  // Present from the beginning, so that screen readers announce changes.
  const heading = status("p", "title");
  const body = node("div", { className: "body" });
  const section = node("section", { className: "result" }, heading, body);
  let shown = null;
  return {
    section,
    show: (title, page) => {
      const state = JSON.stringify(page);
      if (state === shown) return;
      shown = state;
      write(heading, title);
      section.dataset.outcome = page?.outcome ?? "";
      body.replaceChildren(...(page ? says(page) : []));
    },
  };
}

function says({ next, reasons, hints, left_out_title, left_out, aloud, day }) {
  return [
    node("p", {}, next),
    ...listed("Why, and what to do", reasons.map(reason)),
    ...listed(left_out_title, left_out.map((each) => node("li", {}, each))),
    ...listed("Keep in mind", hints.map(reason)),
    ...listed("Ask each other aloud, before hands touch", aloud.map(spoken)),
    node("p", { className: "small" }, `${day}. It counts for that day. These questions are no examination and take no doctor's place.`),
  ];
}

function listed(title, items) {
  return items.length ? [node("h3", {}, title), node("ul", {}, ...items)] : [];
}

function reason({ name, reply, do: what, why, who }) {
  return node("li", {}, node("b", {}, name), ` (you said: ${reply}). ${what} `, source(who, { about: name, before: [why] }));
}

function spoken({ ask, do: what, who }) {
  return node("li", {}, node("b", {}, ask), ` ${what} `, source(who, { about: ask }));
}

// --- print, save, start over -----------------------------------------------------------------

function buttons(section, { send, isIdle }, clear) {
  // While a request is pending, the result lacks the last answer.
  const paper = button("Print the result", () => isIdle() && printResult(section, paper));
  const keep = button("Keep it for today", () => send({ do: "save" }));
  const remove = button("Remove what is kept", () => send({ do: "remove" }));
  const again = button("Start over", () => {
    clear();
    send({ do: "start over" });
  });
  const says = node("p", { className: "kept" });
  says.setAttribute("aria-live", "polite");
  const privacy = node(
    "p",
    { className: "small" },
    "Your answers are private. They are gone when this lesson is closed, and other lessons know of them only if you keep them: in one file on this computer, for today alone, and in no backup and no export.",
  );
  return {
    section: node("section", { className: "keep" }, node("div", { className: "buttons" }, paper, keep, remove, again), says, privacy),
    show: ({ result: shown, saved }) => {
      for (const each of [paper, keep]) each.disabled = !shown;
      if (!saved && remove.matches(":focus")) again.focus();
      remove.hidden = !saved;
      says.textContent = saved ? "✓ Kept on this computer for today." : "Nothing is kept.";
    },
  };
}

const PAPER = `
  body { font: 12pt/1.5 system-ui, sans-serif; color: #000; background: #fff }
  .title { font-size: 18pt; font-weight: 600; margin: 0 0 8pt }
  h3 { font-size: 13pt; margin: 14pt 0 4pt }
  li { margin: 4pt 0; break-inside: avoid }
`;

/** Print the result by itself. */
function printResult(section, button) {
  document.querySelector("iframe.mw-paper")?.remove();
  print(section, { title: "Screening", name: "The result on paper", css: PAPER, after: () => button.focus() });
}

export default widget("mw-screening", render);
