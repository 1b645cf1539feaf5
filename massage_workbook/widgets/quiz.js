// One question at a time, with native controls where possible: arrows or Tab and Space choose, Enter
// checks and then goes on. A control has `nodes`; perhaps a `figure` to answer on, with a `note` that
// explains how; `ready`, which returns what is missing; `read`, which returns the response (null: none
// yet); and `reveal`, which shows the answer in place.

import { stepOf, directionOf } from "./shared/arrows.js";
import { connect, followIdle, refresh } from "./shared/channel.js";
import { button, node, notices, reword, status, svgNode } from "./shared/elements.js";
import { tapPad } from "./shared/pad.js";
import { beside, CM, cross, inWords, makeDrawable, onPicture, pointedAt } from "./shared/places.js";
import { plate, PRESSED, ZONES } from "./shared/plate.js";
import { compared } from "./shared/rhythms.js";
import { differences, folded, source } from "./shared/sources.js";
import { movingHands } from "./shared/tour.js";
import { widget } from "./shared/widget.js";

const LOST = "No reply: nothing was saved.";
const UNKNOWN = "I don't know";
const CONTROLS = {
  single: (page) => choices(page, "radio"),
  case: (page) => choices(page, "radio"),
  many: (page) => choices(page, "checkbox"),
  number,
  values,
  recall,
  order,
  match,
  zones,
  stroke,
  tempo,
};

function render({ model, el }) {
  const channel = connectQuestions(model, el);
  // The review may have changed meanwhile; an open question and its choices stay.
  refresh(el, channel, () => model.get("page").show === "result");
  return [followIdle(model, channel, ["page"], questionRenderer(model, el, channel)), channel.close];
}

/** The channel of a quiz: after a timeout the question can be answered again. */
export function connectQuestions(model, el) {
  return connect(model, el, LOST, () => {
    for (const form of el.querySelectorAll("form")) delete form.dataset.checking;
  });
}

/** A function that renders the current page of a quiz into a place. */
export function questionRenderer(model, place, channel) {
  let open = null;
  if (model.get("short")) return shortRenderer(model, place, channel);
  return () => {
    const page = model.get("page");
    if (page.show === "feedback" && open?.id === page.id) return open.reveal(page);
    if (page.show === "question" && page.back && open?.id === page.id) return open.turn(page.back);
    const hadFocus = place.contains(document.activeElement);
    open = page.show === "result" ? null : questionForm(page, channel);
    place.replaceChildren(open ? open.form : result(page, channel), channel.notice);
    if (hadFocus) place.querySelector(FOCUSABLE)?.focus();
  };
}

/** The same for short questions: a press on a choice answers, and the next question is added below. */
function shortRenderer(model, place, channel) {
  let shown = null;
  let open = null;
  place.append(channel.notice);
  return () => {
    const page = model.get("page");
    if (page === shown) return;
    shown = page;
    place.querySelector(".result")?.remove();
    if (page.show === "feedback" && open?.id === page.id) open.reveal(page);
    else {
      open = page.show === "result" ? null : questionForm(page, channel, true);
      channel.notice.before(open ? open.form : shortResult(page, channel));
    }
    if (page.show === "feedback") channel.request({ do: "next" });
  };
}

const FOCUSABLE = "fieldset input, fieldset button, fieldset [tabindex='0'], button";

// --- a question ------------------------------------------------------------------------------

function questionForm(page, channel, short = false) {
  const control = short ? choiceButtons(page, (response) => isClosed(form) || send(response, true)) : CONTROLS[page.kind](page, () => channel.request({ do: "turn", question: page.id }));
  const feedback = status("div", "feedback");
  const below = [...(short ? [node("div", { className: "buttons" }, unknown())] : submitButtons()), feedback];
  const form = node("form", {}, ...(short ? notices(page.notice) : [roundProgress(page)]), question(page, control, below));
  const began = performance.now();
  const send = async (response, sure) => {
    form.dataset.checking = "";
    const seconds = (performance.now() - began) / 1000;
    await channel.request({ do: "check", question: page.id, response, sure, seconds });
    delete form.dataset.checking;
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    if (isAnswered(form)) channel.request({ do: "next" });
    else if (isClosed(form)) return;
    else if (control.ready()) feedback.replaceChildren(node("p", {}, `${control.ready()}, or press ${UNKNOWN}.`));
    else send(control.read(), !form.querySelector(".guess input").checked);
  };
  form.querySelector(".unknown").onclick = () => isClosed(form) || send(null, false);
  // A question cannot be edited while its answer is being checked, nor afterwards.
  form.onbeforeinput = (event) => {
    if (isClosed(form)) event.preventDefault();
  };
  const reveal = (answered) => showFeedback(form, control, answered, !short);
  if (page.back) control.turn(page.back);
  if (page.show === "feedback") reveal(page);
  return { id: page.id, form, reveal, turn: control.turn };
}

function roundProgress({ topic, number: place, of, answered: done, passing, notice }) {
  const bar = node("progress", { max: of, value: done });
  bar.setAttribute("aria-label", `${done} of ${of} questions answered`);
  return node(
    "div",
    { className: "how-far flow aside" },
    node("span", {}, `${topic} · question ${place} of ${of}`),
    bar,
    ...(passing ? [node("p", { className: "passing" }, passing)] : []),
    ...notices(notice),
  );
}

/** A question and its feedback, which is below it or beside its figure. */
function question({ prompt, code: lines, tex, picture, tours }, control, below) {
  const formulas = tex ? [hint("Formulas are shown as TeX writes them.")] : [];
  const shown = picture ? illustration(picture, tours) : [];
  const figure = control.figure ? [control.figure] : shown;
  const parts = figure.length ? [node("div", { className: "figure" }, ...figure)] : [];
  const side = node("div", { className: "side" }, ...control.nodes, ...below);
  const work = node("div", { className: "work" }, ...(control.note ? [control.note] : []), ...parts, side);
  return node("fieldset", {}, node("legend", { dir: "auto" }, prompt), ...code(lines), ...formulas, work);
}

/** A picture, with moving hands on a map of strokes. */
function illustration(svg, tours) {
  const { host, picture } = plate(svg, { looks: PRESSED });
  return tours ? [host, movingHands(picture(), tours, host).bar] : [host];
}

/** Lines of code, if any; left to right in every language. */
function code(lines) {
  return lines ? [node("pre", { dir: "ltr" }, node("code", {}, lines))] : [];
}

/** A paragraph in the writing direction of its text. */
const paragraph = (text) => node("p", { dir: "auto" }, text);

const isAnswered = (form) => "answered" in form.dataset;

/** Whether a question can no longer be edited. */
const isClosed = (form) => isAnswered(form) || "checking" in form.dataset;

/** The buttons below a question, and a tick for a guess, which is repeated sooner. */
function submitButtons() {
  const guess = node("input", { type: "checkbox" });
  guess.onkeydown = (event) => {
    if (event.key === "Enter") submit(event);
  };
  return [
    node(
      "div",
      { className: "buttons" },
      node("button", { type: "submit", className: "main" }, "Check"),
      unknown(),
      node("label", { className: "guess" }, guess, "Only a guess"),
    ),
  ];
}

const unknown = () => button(UNKNOWN, null, "unknown");

const hint = (text) => node("p", { className: "hint" }, text);

/** A hint whose changes a screen reader announces. */
function liveHint() {
  const made = hint("");
  made.setAttribute("aria-live", "polite");
  return made;
}

// --- its feedback ----------------------------------------------------------------------------

function showFeedback(form, control, page, goesOn) {
  const hadFocus = form.querySelector(".buttons").contains(document.activeElement);
  form.dataset.answered = page.right ? "right" : "wrong";
  const feedback = form.querySelector(".feedback");
  feedback.replaceChildren(
    node("p", { className: "verdict" }, page.verdict),
    ...page.says.map(paragraph),
    ...(control.reveal(page) ?? []),
    ...(page.kind === "recall" ? [] : [paragraph(page.why)]), // the card shows it already
    source(page.who),
    ...differences(page.differ),
    saved(page.saved),
  );
  form.querySelector(".buttons").remove();
  if (goesOn) {
    const next = node("button", { type: "submit", className: "main" }, page.last ? "See the result" : "Next");
    feedback.after(node("div", { className: "buttons" }, next));
    if (hadFocus) next.focus({ preventScroll: true });
    if ("checking" in form.dataset) next.parentElement.scrollIntoView({ block: "nearest" });
  }
  if ("checking" in form.dataset) feedback.scrollIntoView({ block: "nearest" });
}

function mark({ chosen, right }) {
  if (right) return chosen ? "right" : "missed";
  return chosen ? "wrong" : "";
}

const MARKS = { right: "✓ right", wrong: "✗ not this", "": "" };

/** The feedback on a choice; none on a wrong one that was not chosen. */
function remark(text, { chosen, right, feedback }, missed) {
  if (chosen === right && !chosen) return [];
  const verdict = right ? (chosen ? "right." : `${missed}.`) : "not this.";
  return [node("li", {}, node("q", { dir: "auto" }, text), `: ${verdict} `, node("span", { dir: "auto" }, feedback ?? ""))];
}

/** The verdict on a right choice that was not chosen; milder if nothing was chosen. */
const missedBy = (response) => (response?.length ? "you missed this" : "this is right");

const listed = (items) => (items.length ? [node("ul", {}, ...items)] : []);

function saved(text) {
  return node("p", { className: text === "saved" ? "saved aside" : "notice" }, text === "saved" ? "Saved" : text);
}

// --- one or several choices ------------------------------------------------------------------

function choices({ choices: all, kind }, type) {
  const rows = all.map(({ id, text, code: lines }) => choice(type, "choice", id, text, lines));
  const chosen = () => rows.map(inputOf).filter((input) => input.checked);
  return {
    nodes: [...(type === "checkbox" ? [hint("One or more are right.")] : []), ...rows],
    ready: () => (chosen().length ? "" : `Choose ${kind === "case" ? "what to do" : "an answer"} first`),
    read: () => chosen().map((input) => input.value),
    reveal: ({ remarks, response }) =>
      listed(
        rows.flatMap((row) => {
          const result = remarks[inputOf(row).value];
          const missed = type === "checkbox" ? missedBy(response) : "this one";
          inputOf(row).checked = result.chosen;
          setMark(row, mark(result), missed);
          // A single right choice needs no list: the mark and the reason are enough.
          return result.right && type === "radio" ? [] : remark(row.querySelector(".text").textContent, result, missed);
        }),
      ),
  };
}

/** Choices as buttons: the first that is pressed is the answer. */
function choiceButtons({ choices: all }, answer) {
  const rows = all.map(({ id, text }) =>
    node("button", { type: "button", className: "choice", value: id, onclick: () => answer([id]) }, node("span", { className: "text", dir: "auto" }, text), node("span", { className: "mark" })),
  );
  return {
    nodes: [node("div", { className: "choices columns" }, ...rows)],
    reveal: ({ remarks }) =>
      listed(
        rows.flatMap((row) => {
          const result = remarks[row.value];
          setMark(row, mark(result));
          return result.right ? [] : remark(row.querySelector(".text").textContent, result, "this one");
        }),
      ),
  };
}

function choice(type, name, id, text, lines) {
  const input = node("input", { type, name, value: id });
  // A click on an answered question changes nothing; the focus may stay there.
  input.onclick = (event) => {
    if (isClosed(input.form)) event.preventDefault();
  };
  input.onkeydown = (event) => {
    if (event.key === "Enter") submit(event);
    else if (isClosed(input.form) && event.key.startsWith("Arrow")) event.preventDefault();
  };
  const shown = node("span", { className: "text", dir: "auto" }, text, ...code(lines));
  return node("label", {}, input, shown, node("span", { className: "mark" }));
}

const inputOf = (label) => label.querySelector("input");

/** Submit with Enter from any control: browsers do so by default only for radio buttons. */
function submit(event) {
  event.preventDefault();
  event.target.closest("form").requestSubmit();
}

/** Show a mark in words as well as in colour. */
function setMark(row, name, missed = "this one") {
  row.dataset.mark = name;
  row.querySelector(".mark").textContent = name === "missed" ? `✓ ${missed}` : MARKS[name];
}

// --- a number --------------------------------------------------------------------------------

function number({ unit, step }) {
  const input = node("input", { type: "number", min: 0, step: "any", inputMode: "decimal" });
  // Browsers validate against `step`; here it is only the increment of the arrow keys.
  input.onkeydown = (event) => {
    const by = { ArrowUp: step, ArrowDown: -step }[event.key];
    if (!by) return;
    event.preventDefault();
    if (!isClosed(input.form)) input.value = Math.max(0, Math.round((Number(input.value) + by) / step) * step);
  };
  return {
    nodes: [node("label", { className: "number" }, input, node("span", {}, unit))],
    ready: () => (input.value === "" ? "Enter a number first" : ""),
    read: () => (input.value === "" ? null : Number(input.value)),
    reveal: ({ response, answer }) => {
      input.value = response ?? "";
      return [node("p", {}, `The answer: ${answer}.`)];
    },
  };
}

/** A number of any sign, as a decimal or a fraction. */
function values({ unit }) {
  const input = node("input", { type: "text", autocomplete: "off" });
  input.setAttribute("aria-label", `A number ${unit}`.trim());
  const note = hint("Type a number, such as 2.5 or 1/3.");
  const typed = () => numberIn(input.value);
  return {
    nodes: [note, node("label", { className: "number" }, input, node("span", {}, unit))],
    ready: () => (typed() === null ? "Type a number such as 2.5 or 1/3 first" : ""),
    read: typed,
    reveal: ({ response, answer }) => {
      if (typed() !== response) input.value = response ?? "";
      return [node("p", {}, `The answer: ${answer}.`)];
    },
  };
}

function numberIn(text) {
  const parts = text.replace(",", ".").replace("\u2212", "-").split("/").map((each) => each.trim());
  if (parts.length > 2 || parts.some((each) => !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(each))) return null;
  const number = parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(parts[0]);
  return Number.isFinite(number) ? number : null;
}

// --- a flash card ----------------------------------------------------------------------------

/** The other side is requested from the kernel; then the learner says what was known. */
function recall({ choices: all }, ask) {
  const rows = all.map(({ id, text }) => choice("radio", "choice", id, text));
  const group = node("div", { hidden: true }, ...rows);
  const back = node("div", { className: "back" });
  back.setAttribute("role", "status");
  const turner = button("Show the other side", ask);
  const chosen = () => rows.map(inputOf).find((input) => input.checked);
  const turn = (text) => {
    if (!group.hidden) return;
    back.replaceChildren(paragraph(text));
    const hadFocus = turner === document.activeElement;
    turner.hidden = true;
    group.hidden = false;
    if (hadFocus) inputOf(rows[0]).focus();
  };
  return {
    nodes: [hint("Recall it first; then look."), turner, back, group],
    turn,
    ready: () => (group.hidden ? "Show the other side first" : chosen() ? "" : "Say whether you knew it first"),
    read: () => (chosen() ? [chosen().value] : null),
    reveal: ({ response, why }) => {
      turn(why);
      for (const input of rows.map(inputOf)) input.checked = response?.includes(input.value) ?? false;
    },
  };
}

// --- steps in order --------------------------------------------------------------------------

function order({ steps }) {
  const list = node("ol", { className: "steps bare" });
  const note = hint("Use the buttons, or drag, until the first step stands at the top.");
  note.setAttribute("aria-live", "polite");
  let touched = false;
  const move = (row, to) => {
    if (isClosed(list.closest("form")) || to < 0 || to >= list.children.length) return;
    touched = true;
    const rest = [...list.children].filter((each) => each !== row);
    list.insertBefore(row, rest[to] ?? null);
    note.textContent = `${row.dataset.text}: now step ${to + 1} of ${list.children.length}.`;
  };
  const put = (ids) => {
    for (const id of ids) list.append(list.querySelector(`[data-id="${CSS.escape(id)}"]`));
  };
  list.append(...steps.map((each) => stepRow(each, list, move)));
  return {
    nodes: [note, list],
    ready: () => (touched ? "" : "Put the steps in order first"),
    read: () => (touched ? [...list.children].map((row) => row.dataset.id) : null),
    reveal: ({ response, remarks, answer }) => {
      if (response) put(response);
      for (const row of list.children) {
        row.draggable = false;
        const result = remarks[row.dataset.id];
        if (!result) continue;
        setMark(row, mark(result));
        if (!result.right) row.querySelector(".mark").textContent = `✗ step ${answer.indexOf(row.dataset.id) + 1}`;
      }
      const texts = Object.fromEntries(steps.map(({ id, text }) => [id, text]));
      const step = (id) => {
        const result = remarks[id];
        const why = result && !result.right ? [` ${result.feedback}`] : [];
        return node("li", {}, node(why.length ? "b" : "span", {}, texts[id]), ...why);
      };
      return [node("p", {}, "The right order:"), node("ol", {}, ...answer.map(step))];
    },
  };
}

function stepRow({ id, text }, list, move) {
  const row = node("li", { draggable: true }, node("span", { className: "text", dir: "auto" }, text));
  Object.assign(row.dataset, { id, text });
  for (const [name, by] of Object.entries({ Up: -1, Down: 1 })) {
    const mover = button(name, () => {
      move(row, [...list.children].indexOf(row) + by);
      mover.focus(); // moving a row in the page takes the focus from it
    });
    mover.setAttribute("aria-label", `${name}: ${text}`);
    row.append(mover);
  }
  row.append(node("span", { className: "mark" }));
  row.ondragstart = (event) => {
    event.dataTransfer.setData("text/plain", id);
    event.dataTransfer.effectAllowed = "move";
  };
  row.ondragover = (event) => event.preventDefault();
  row.ondrop = (event) => {
    event.preventDefault();
    const moved = [...list.children].find((each) => each.dataset.id === event.dataTransfer.getData("text/plain"));
    if (moved) move(moved, [...list.children].indexOf(row));
  };
  return row;
}

// --- pairs -----------------------------------------------------------------------------------

function match({ pairs, options }) {
  const rows = pairs.map((pair) => pairRow(pair, options));
  const selectOf = (row) => row.querySelector("select");
  const open = () => rows.filter((row) => !selectOf(row).value).length;
  const matched = () => rows.filter((row) => selectOf(row).value).map((row) => [row.dataset.id, selectOf(row).value]);
  const texts = Object.fromEntries(options.map(({ id, text }) => [id, text]));
  return {
    nodes: rows,
    ready: () => (open() ? `${open()} of ${rows.length} are still open: match them first` : ""),
    read: () => Object.fromEntries(matched()),
    reveal: ({ response, remarks, answer }) => {
      for (const row of rows) {
        const { id } = row.dataset;
        const chosen = response?.[id] ?? "";
        selectOf(row).value = chosen;
        if (chosen) setMark(row, chosen === answer[id] ? "right" : "wrong");
      }
      const wrong = pairs.filter(({ id }) => remarks[id] && !remarks[id].right);
      return listed(
        wrong.map(({ id, text }) => node("li", {}, node("q", {}, text), `: ${texts[answer[id]]}. ${remarks[id].feedback}`)),
      );
    },
  };
}

function pairRow({ id, text }, options) {
  const choices = options.map((each) => node("option", { value: each.id }, each.text));
  const select = node("select", { onmousedown: keepClosed, onkeydown: keepClosed }, node("option", { value: "" }, "Choose"), ...choices);
  const row = node("label", { className: "pair" }, node("span", { className: "text", dir: "auto" }, text), select, node("span", { className: "mark" }));
  row.dataset.id = id;
  return row;
}

/** Submit with Enter; after the answer the list stays closed. */
function keepClosed(event) {
  if (event.key === "Enter") submit(event);
  else if (isClosed(event.target.form) && event.key !== "Tab") event.preventDefault();
}

// --- zones on the back -----------------------------------------------------------------------

const MARKED = `
  ${ZONES}
  [aria-checked="true"] path { fill: var(--mw-motion) !important; fill-opacity: 0.55 !important }
  [data-mark="right"] path { fill: var(--mw-kneading) !important; fill-opacity: 0.6 !important }
  [data-mark="missed"] path {
    fill: var(--mw-kneading) !important; fill-opacity: 0.15 !important;
    stroke: var(--mw-kneading) !important; stroke-width: 3 !important; stroke-dasharray: 6 4;
  }
  [data-mark="wrong"] path { fill: var(--mw-keep-off) !important; fill-opacity: 0.55 !important }
  .label {
    fill: var(--mw-ink); font: 600 13px system-ui, sans-serif; text-anchor: middle; dominant-baseline: central;
    paint-order: stroke; stroke: var(--mw-paper); stroke-width: 4;
  }
`;

function zones({ svg, zones: all }) {
  const { host, picture: drawn } = plate(svg, { looks: MARKED });
  const picture = drawn();
  picture.setAttribute("role", "group"); // an image would hide its zones from a screen reader
  const note = liveHint();
  const parts = all.map(({ id, text }) => zone(picture, id, text));
  const marked = () => parts.filter((part) => part.getAttribute("aria-checked") === "true");
  const count = () => reword(note, `Press a zone to mark it. Marked: ${marked().length}.`);
  const toggle = (part) => {
    if (isClosed(host.closest("form"))) return;
    part.setAttribute("aria-checked", String(part.getAttribute("aria-checked") !== "true"));
    count();
  };
  parts.forEach((part, i) => {
    part.onclick = () => toggle(part);
    part.onkeydown = (event) => {
      const by = stepOf(event);
      if (event.key === "Enter") return host.closest("form")?.requestSubmit();
      if (event.key === " ") toggle(part);
      else if (by) parts[(i + by + parts.length) % parts.length].focus();
      else return;
      event.preventDefault();
    };
  });
  count();
  return {
    figure: host,
    note,
    nodes: [],
    ready: () => (marked().length ? "" : "Mark a zone first"),
    read: () => marked().map((part) => part.dataset.id),
    reveal: ({ remarks, response }) => {
      const items = [];
      for (const [i, part] of parts.entries()) {
        const result = remarks[part.dataset.id];
        part.setAttribute("aria-checked", String(result.chosen));
        part.dataset.mark = mark(result);
        if (part.dataset.mark === "missed" && response?.length) label(picture, part, "missed");
        items.push(...remark(all[i].text, result, missedBy(response)));
      }
      return listed(items);
    },
  };
}

function zone(picture, id, text) {
  const part = picture.getElementById(`zone-${id}`);
  part.dataset.id = id;
  part.setAttribute("role", "checkbox");
  part.setAttribute("aria-checked", "false");
  part.setAttribute("aria-label", text);
  part.setAttribute("tabindex", "0");
  return part;
}

/** Write a word into a zone, on each of its sides. */
function label(picture, part, word) {
  for (const points of outlines(part.querySelector("path"))) {
    const middle = (all) => (Math.min(...all) + Math.max(...all)) / 2;
    const x = middle(points.map((each) => each.x));
    const y = middle(points.map((each) => each.y));
    const text = svgNode("text", { x, y, class: "label" });
    text.textContent = word;
    picture.append(text);
  }
}

const SAMPLES = 200;

/** Points along each outline of a path; a jump separates outlines. */
function outlines(path) {
  const step = path.getTotalLength() / SAMPLES;
  /** @type {any[]} */
  const found = [];
  for (let i = 0; i < SAMPLES; i += 1) {
    const point = path.getPointAtLength(i * step);
    const last = found.at(-1)?.at(-1);
    if (last && Math.hypot(point.x - last.x, point.y - last.y) < 2 * step) found.at(-1).push(point);
    else found.push([point]);
  }
  return found;
}

// --- a stroke on the back --------------------------------------------------------------------

const PEN = `
  ${PRESSED}
  svg { touch-action: none; cursor: crosshair }
  svg:focus-visible { outline: 3px solid var(--mw-motion); outline-offset: 2px }
  .way, .true { fill: none; stroke-width: 5; stroke-linecap: round; stroke-linejoin: round }
  .way { stroke: var(--mw-motion) }
  .true { stroke: var(--mw-kneading) }
  .true:not(.head) { stroke-dasharray: 9 8 }
  .pen { fill: none; stroke: var(--mw-ink); stroke-width: 1.5 }
  svg:not(:focus-visible) .pen { visibility: hidden }
`;

const HOW_TO_DRAW =
  "Drag along the way of the hand, or click its start, its bends and its end. Keys: arrows move the pen, Space puts a point.";

function stroke({ svg, frame }) {
  const { host, ...plated } = plate(svg, { looks: PEN });
  const picture = plated.picture();
  const [drawn, real] = ["way", "true"].map((name) => lineWithHead(picture, name));
  const pen = picture.appendChild(svgNode("path", { class: "pen" }));
  const note = liveHint();
  let points = [];
  let at = [0.1, 0.5];
  const locked = () => isClosed(host.closest("form"));
  const draw = (text) => {
    drawn(points, frame);
    pen.setAttribute("d", cross(onPicture(at, frame), 9));
    reword(note, text);
  };
  const add = (point) => {
    at = point;
    points.push(point);
    const begins = `It starts ${inWords(point)}. Now put its bends, if it has any, and its end.`;
    draw(points.length === 1 ? begins : `It ends ${inWords(point)}.`);
  };
  const clear = () => {
    points = [];
    draw(HOW_TO_DRAW);
  };
  makeDrawable(picture);
  onDrag(picture, frame, {
    mayBegin: () => !locked(),
    begin: (place) => points.splice(0, points.length, place),
    go: add,
  });
  const move = (way, far) => {
    at = beside(at, way, far);
    draw(`The pen is ${inWords(at)}.`);
  };
  picture.onkeydown = (event) => {
    if (event.key === "Enter") host.closest("form")?.requestSubmit();
    else if (!locked()) penKey(event, { move, put: () => add([...at]), back });
  };
  const back = () => {
    points.pop();
    if (points.length) draw(`It ends ${inWords(points.at(-1))}.`);
    else clear();
  };
  const tool = (text, act) => button(text, () => locked() || act());
  const tools = node("div", { className: "tools" }, tool("Take back", back), tool("Clear", clear));
  clear();
  return {
    figure: host,
    note,
    nodes: [tools],
    ready: () => (points.length > 1 ? "" : "Draw the way of the hand first"),
    read: () => (points.length > 1 ? points : null),
    reveal: ({ response, answer }) => {
      points = response ?? [];
      draw("");
      real(answer, frame);
      tools.hidden = true;
      const [start, end] = [answer[0], answer.at(-1)].map(inWords);
      return [node("p", {}, `The dashed line is the hand's way: it starts ${start} and ends ${end}.`)];
    },
  };
}

/** Keys of the pen: arrows move it, Space puts a point, Backspace removes the last one. */
function penKey(event, { move, put, back }) {
  const way = directionOf(event);
  if (way) move(way, event.shiftKey);
  else if (event.key === " ") put();
  else if (event.key === "Backspace") back();
  else return;
  event.preventDefault();
}

/** Report pointer events on a picture as places: the start and the moves of a drag, or a click. */
function onDrag(picture, frame, { mayBegin, begin, go }) {
  let from = null;
  let drags = false;
  picture.onpointerdown = (event) => {
    if (event.button || !mayBegin()) return;
    picture.setPointerCapture(event.pointerId);
    from = pointedAt(event, picture, frame);
    drags = false;
  };
  picture.onpointermove = (event) => {
    if (!from) return;
    const here = pointedAt(event, picture, frame);
    if (Math.hypot(here[0] - from[0], here[1] - from[1]) < CM / 2) return;
    if (!drags) begin(from);
    drags = true;
    from = here;
    go(here);
  };
  picture.onpointerup = () => {
    if (from && !drags) go(from);
    from = null;
  };
  picture.onpointercancel = () => {
    from = null;
  };
}

/** A function that draws a line through places with an arrow head; a dot for a single place. */
function lineWithHead(picture, name) {
  const [line, head] = [name, `${name} head`].map((each) => svgNode("path", { class: each }));
  picture.append(line, head);
  return (points, frame) => {
    const drawn = points.map((point) => onPicture(point, frame));
    const dot = drawn.length === 1 ? "h0.01" : "";
    line.setAttribute("d", drawn.length ? `M${drawn.map((each) => each.join(" ")).join("L")}${dot}` : "");
    head.setAttribute("d", drawn.length > 1 ? barbs(drawn) : "");
  };
}

function barbs(drawn) {
  const [x, y] = drawn.at(-1);
  const from = drawn.findLast(([a, b]) => Math.hypot(x - a, y - b) > 12) ?? drawn[0];
  const angle = Math.atan2(y - from[1], x - from[0]);
  return [0.5, -0.5].map((turn) => `M${x} ${y}l${-16 * Math.cos(angle + turn)} ${-16 * Math.sin(angle + turn)}`).join("");
}

// --- a rhythm --------------------------------------------------------------------------------

function tempo({ fewest }) {
  let taps = [];
  const pad = node("button", { type: "button", className: "pad" }, "Tap here");
  const note = hint("");
  const show = () => {
    const missing = Math.max(0, fewest - taps.length);
    const left = missing ? `${missing} more taps at least.` : `${taps.length} taps.`;
    reword(note, `Tap the rhythm with a finger, the mouse or the Space key. ${left}`);
  };
  const tap = (time) => {
    if (isClosed(pad.form)) return;
    taps.push(time);
    pad.classList.toggle("beat");
    show();
  };
  const clear = () => {
    taps = [];
    show();
  };
  tapPad(pad, tap, submit);
  const tools = node("div", { className: "tools" }, button("Start again", () => isClosed(pad.form) || clear()));
  show();
  return {
    nodes: [note, pad, tools],
    ready: () => (taps.length < fewest ? `Tap ${fewest} times or more first` : ""),
    read: () => (taps.length < fewest ? null : taps.map((time) => time - taps[0])),
    reveal: ({ answer, response }) => {
      tools.hidden = true;
      return [node("p", {}, `The right tempo: ${answer.words}.`), compared(response ?? [], answer.per_minute)];
    },
  };
}

// --- the result ------------------------------------------------------------------------------

/** The result of short questions, with a button to repeat those that were missed. */
function shortResult({ says, again, step }, channel) {
  const { text, ...message } = step.button ?? {};
  const once = again.length ? [button(text, () => channel.request(message), "main")] : [];
  return node("section", { className: "result" }, node("p", { className: "verdict" }, says), node("div", { className: "buttons" }, ...once));
}

function result({ says, passing, again, step, others, minutes, notice }, channel) {
  const ask = ({ text, ...message }, className) => button(text, () => channel.request(message), className);
  const more = [...others.map((each) => ask(each, "")), ...(minutes ? [minutesADay(minutes, channel)] : [])];
  return node(
    "section",
    { className: "result" },
    node("p", { className: "verdict" }, says),
    ...notices(notice),
    ...(passing ? [node("p", {}, passing)] : []),
    ...(step.text ? [node("p", {}, step.text)] : []),
    ...(step.button ? [node("div", { className: "buttons" }, ask(step.button, "main"))] : []),
    ...(again.length ? [folded(`To look at once more (${again.length})`, [node("ul", {}, ...again.map((each) => node("li", { dir: "auto" }, each)))])] : []),
    ...(more.length ? [folded("Other ways to go on", [node("div", { className: "buttons" }, ...more)])] : []),
  );
}

function minutesADay({ chosen, choices: all }, channel) {
  const choose = (minutes) => () => channel.request({ do: "minutes", minutes });
  const radio = (minutes) => {
    const input = node("input", { type: "radio", name: "minutes", checked: minutes === chosen, onchange: choose(minutes) });
    return node("label", {}, input, ` ${minutes}`);
  };
  return node("fieldset", { className: "minutes" }, node("legend", {}, "Minutes a day for reviews"), ...all.map(radio));
}

export default widget("mw-quiz", render);
