// One question at a time. Native controls wherever there is one, so that the keyboard works as
// everywhere: arrows or Tab and Space choose, Enter checks and then goes on. A control is its
// `nodes`, what to do first if it is not `ready`, what it can `read` (null: nothing yet), and how
// to `reveal` the answer in place.

import { stepOf, directionOf } from "./shared/arrows.js";
import { connect, refresh } from "./shared/channel.js";
import { button, node, notices, reword, status, svgNode } from "./shared/elements.js";
import { tapPad } from "./shared/pad.js";
import { beside, CM, cross, inWords, makeDrawable, onPicture, pointedAt } from "./shared/places.js";
import { plate, PRESSED, ZONES } from "./shared/plate.js";
import { differences, source } from "./shared/sources.js";
import { movingHands } from "./shared/tour.js";
import { follow, widget } from "./shared/widget.js";

const LOST = "No answer comes, so nothing was saved.";
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
  const channel = connect(model, el, LOST);
  // What is due may have changed meanwhile; a question stays, with what was chosen so far.
  refresh(el, channel, () => model.get("page").show === "result");
  return [follow(model, ["page"], asking(model, el, channel)), channel.close];
}

/** What shows the page of a quiz in a place of its own, again and again. */
export function asking(model, place, channel) {
  let open = null;
  return () => {
    const page = model.get("page");
    if (page.show === "feedback" && open?.id === page.id) return open.reveal(page);
    if (page.show === "question" && page.back && open?.id === page.id) return open.turn(page.back);
    const hadFocus = place.contains(document.activeElement);
    open = page.show === "result" ? null : asked(page, channel);
    place.replaceChildren(open ? open.form : result(page, channel), channel.notice);
    if (hadFocus) place.querySelector(FOCUSABLE)?.focus();
  };
}

const FOCUSABLE = "fieldset input, fieldset button, fieldset [tabindex='0'], button";

// --- a question ------------------------------------------------------------------------------

function asked(page, channel) {
  const control = CONTROLS[page.kind](page, () => channel.request({ do: "turn", question: page.id }));
  // What is said stands below the buttons, so that nothing moves under the pointer.
  const form = node("form", {}, howFar(page), question(page, control), buttons(), status("div", "feedback"));
  const began = performance.now();
  const send = (sure) => {
    const wanting = sure && control.ready();
    if (wanting) return say(form, `${wanting}, or press Not sure.`);
    channel.request({
      do: "check",
      question: page.id,
      response: control.read(),
      sure,
      seconds: (performance.now() - began) / 1000,
    });
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    if (isAnswered(form)) channel.request({ do: "next" });
    else send(true);
  };
  form.querySelector(".unsure").onclick = () => send(false);
  const reveal = (told) => answered(form, control, told);
  if (page.back) control.turn(page.back);
  if (page.show === "feedback") reveal(page);
  return { id: page.id, form, reveal, turn: control.turn };
}

function howFar({ topic, number: place, of, answered: done, passing, notice }) {
  const bar = node("progress", { max: of, value: done });
  bar.setAttribute("aria-label", `${done} of ${of} questions answered`);
  return node(
    "div",
    { className: "how-far" },
    node("span", {}, `${topic} · question ${place} of ${of}`),
    bar,
    ...(passing ? [node("p", { className: "passing" }, passing)] : []),
    ...notices(notice),
  );
}

function question({ prompt, code: lines, tex, picture, tours }, control) {
  const shown = picture ? illustration(picture, tours) : [];
  const formulas = tex ? [hint("Formulas are shown as TeX writes them.")] : [];
  return node("fieldset", {}, node("legend", { dir: "auto" }, prompt), ...code(lines), ...formulas, ...shown, ...control.nodes);
}

/** A picture; hands move on that of strokes. */
function illustration(svg, tours) {
  const { host, picture } = plate(svg, { looks: PRESSED });
  return tours ? [host, movingHands(picture(), tours, host).bar] : [host];
}

/** Lines of a program, if there are any; they run from left to right in every language. */
function code(lines) {
  return lines ? [node("pre", { dir: "ltr" }, node("code", {}, lines))] : [];
}

/** A paragraph whose direction is that of its own words. */
const said = (text) => node("p", { dir: "auto" }, text);

const isAnswered = (form) => "answered" in form.dataset;

function buttons() {
  return node(
    "div",
    { className: "buttons" },
    node("button", { type: "submit", className: "main" }, "Check"),
    node("button", { type: "button", className: "unsure" }, "Not sure"),
  );
}

function say(form, text) {
  form.querySelector(".feedback").replaceChildren(node("p", {}, text));
}

const hint = (text) => node("p", { className: "hint" }, text);

/** A hint whose changes a screen reader reads out. */
function liveHint() {
  const made = hint("");
  made.setAttribute("aria-live", "polite");
  return made;
}

// --- its feedback ----------------------------------------------------------------------------

function answered(form, control, page) {
  form.dataset.answered = page.right ? "right" : "wrong";
  form.querySelector(".feedback").replaceChildren(
    node("p", { className: "verdict" }, page.verdict),
    ...page.says.map(said),
    ...(control.reveal(page) ?? []),
    ...(page.kind === "recall" ? [] : [said(page.why)]), // the card shows it already
    source(page.who),
    ...differences(page.differ),
    saved(page.saved),
  );
  form.querySelector(".main").textContent = page.last ? "See the result" : "Next";
  // Hidden, not removed, so that nothing moves; focus goes on to what comes next.
  const unsure = form.querySelector(".unsure");
  if (unsure === document.activeElement) form.querySelector(".main").focus();
  unsure.style.visibility = "hidden";
}

function mark({ chosen, right }) {
  if (right) return chosen ? "right" : "missed";
  return chosen ? "wrong" : "";
}

const MARKS = { right: "✓ right", missed: "✓ this one", wrong: "✗ not this", "": "" };

/** What is said of a choice; nothing of one that was rightly left. */
function remark(text, { chosen, right, feedback: told }) {
  if (chosen === right && !chosen) return [];
  const verdict = right ? (chosen ? "right." : "this was right.") : "not this.";
  return [node("li", {}, node("q", { dir: "auto" }, text), `: ${verdict} `, node("span", { dir: "auto" }, told ?? ""))];
}

const listed = (items) => (items.length ? [node("ul", {}, ...items)] : []);

function saved(text) {
  return node("p", { className: text === "saved" ? "saved" : "notice" }, text === "saved" ? "Saved" : text);
}

// --- one or several choices ------------------------------------------------------------------

function choices({ choices: all, kind }, type) {
  const rows = all.map(({ id, text, code: lines }) => choice(type, "choice", id, text, lines));
  const chosen = () => rows.map(inputOf).filter((input) => input.checked);
  return {
    nodes: [...(type === "checkbox" ? [hint("One or more are right.")] : []), ...rows],
    ready: () => (chosen().length ? "" : `Choose ${kind === "case" ? "what to do" : "an answer"} first`),
    read: () => chosen().map((input) => input.value),
    reveal: ({ remarks }) =>
      listed(
        rows.flatMap((row) => {
          const told = remarks[inputOf(row).value];
          inputOf(row).checked = told.chosen;
          setMark(row, mark(told));
          // One right choice needs no list: the mark and the reason say it.
          return told.right && type === "radio" ? [] : remark(row.querySelector(".text").textContent, told);
        }),
      ),
  };
}

function choice(type, name, id, text, lines) {
  const input = node("input", { type, name, value: id });
  // A click on an answered question changes nothing, and the focus can stay where it is.
  input.onclick = (event) => {
    if (isAnswered(input.form)) event.preventDefault();
  };
  input.onkeydown = (event) => {
    if (event.key === "Enter") submit(event);
    else if (isAnswered(input.form) && event.key.startsWith("Arrow")) event.preventDefault();
  };
  const shown = node("span", { className: "text", dir: "auto" }, text, ...code(lines));
  return node("label", {}, input, shown, node("span", { className: "mark" }));
}

const inputOf = (label) => label.querySelector("input");

/** Enter in a control is Check or Next; browsers agree on that for radios, not for the others. */
function submit(event) {
  event.preventDefault();
  event.target.closest("form").requestSubmit();
}

/** The mark in its own place, in words as well as in colour. */
function setMark(row, name) {
  row.dataset.mark = name;
  row.querySelector(".mark").textContent = MARKS[name];
}

// --- a number --------------------------------------------------------------------------------

function number({ unit, step }) {
  const input = node("input", { type: "number", min: 0, step: "any", inputMode: "decimal" });
  // Browsers take `step` for a rule; here it is only what an arrow key adds.
  input.onkeydown = (event) => {
    const by = { ArrowUp: step, ArrowDown: -step }[event.key];
    if (!by) return;
    event.preventDefault();
    if (!input.readOnly) input.value = Math.max(0, Math.round((Number(input.value) + by) / step) * step);
  };
  return {
    nodes: [node("label", { className: "number" }, input, node("span", {}, unit))],
    ready: () => (input.value === "" ? "Enter a number first" : ""),
    read: () => (input.value === "" ? null : Number(input.value)),
    reveal: ({ response, answer }) => {
      input.readOnly = true;
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
      input.readOnly = true;
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

/** The other side comes from the kernel once it is asked for; then the learner says what was known. */
function recall({ choices: all }, ask) {
  const rows = all.map(({ id, text }) => choice("radio", "choice", id, text));
  const group = node("div", { hidden: true }, ...rows);
  const back = node("div", { className: "back" });
  back.setAttribute("role", "status");
  const turner = button("Show the other side", ask);
  const chosen = () => rows.map(inputOf).find((input) => input.checked);
  const turn = (text) => {
    if (!group.hidden) return;
    back.replaceChildren(said(text));
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
  const list = node("ol", { className: "steps" });
  const note = hint("Use the buttons, or drag, until the first step stands at the top.");
  note.setAttribute("aria-live", "polite");
  let touched = false;
  const move = (row, to) => {
    if (isAnswered(list.closest("form")) || to < 0 || to >= list.children.length) return;
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
        const told = remarks[row.dataset.id];
        if (!told) continue;
        setMark(row, mark(told));
        if (!told.right) row.querySelector(".mark").textContent = `✗ step ${answer.indexOf(row.dataset.id) + 1}`;
      }
      const texts = Object.fromEntries(steps.map(({ id, text }) => [id, text]));
      const step = (id) => {
        const told = remarks[id];
        const why = told && !told.right ? [` ${told.feedback}`] : [];
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
  const chosen = (row) => row.querySelector("input:checked")?.value;
  const open = () => rows.filter((row) => !chosen(row)).length;
  const read = () => Object.fromEntries(rows.filter(chosen).map((row) => [row.dataset.id, chosen(row)]));
  const texts = Object.fromEntries(options.map(({ id, text }) => [id, text]));
  return {
    nodes: rows,
    ready: () => (open() ? `${open()} of ${rows.length} are still open: match them first` : ""),
    read,
    reveal: ({ response, remarks, answer }) => {
      for (const row of rows) {
        const right = answer[row.dataset.id];
        for (const label of row.querySelectorAll("label")) {
          const { value } = inputOf(label);
          const picked = value === response?.[row.dataset.id];
          inputOf(label).checked = picked;
          setMark(label, mark({ chosen: picked, right: value === right }));
        }
      }
      const wrong = pairs.filter(({ id }) => remarks[id] && !remarks[id].right);
      return listed(
        wrong.map(({ id, text }) => node("li", {}, node("q", {}, text), `: ${texts[answer[id]]}. ${remarks[id].feedback}`)),
      );
    },
  };
}

function pairRow({ id, text }, options) {
  const labels = options.map((option) => choice("radio", `pair-${id}`, option.id, option.text));
  const row = node(
    "fieldset",
    { className: "pair" },
    node("legend", { dir: "auto" }, text),
    node("div", { className: "options" }, ...labels),
  );
  row.dataset.id = id;
  return row;
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
    if (isAnswered(host.closest("form"))) return;
    part.setAttribute("aria-checked", String(part.getAttribute("aria-checked") !== "true"));
    count();
  };
  parts.forEach((part, i) => {
    part.onclick = () => toggle(part);
    part.onkeydown = (event) => {
      const by = stepOf(event);
      if (event.key === "Enter") return host.closest("form").requestSubmit();
      if (event.key === " ") toggle(part);
      else if (by) parts[(i + by + parts.length) % parts.length].focus();
      else return;
      event.preventDefault();
    };
  });
  count();
  return {
    nodes: [note, host],
    ready: () => (marked().length ? "" : "Mark a zone first"),
    read: () => marked().map((part) => part.dataset.id),
    reveal: ({ remarks }) => {
      const said = [];
      for (const [i, part] of parts.entries()) {
        const told = remarks[part.dataset.id];
        part.setAttribute("aria-checked", String(told.chosen));
        part.dataset.mark = mark(told);
        said.push(...remark(all[i].text, told));
      }
      return listed(said);
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
  "Drag along the way of the hand, or click its start, wherever it bends, and its end. With keys: arrows move the pen, Space puts a point.";

function stroke({ svg, frame }) {
  const { host, ...plated } = plate(svg, { looks: PEN });
  const picture = plated.picture();
  const [drawn, real] = ["way", "true"].map((name) => lineWithHead(picture, name));
  const pen = picture.appendChild(svgNode("path", { class: "pen" }));
  const note = liveHint();
  let points = [];
  let at = [0.1, 0.5];
  const locked = () => isAnswered(host.closest("form"));
  const draw = (said) => {
    drawn(points, frame);
    pen.setAttribute("d", cross(onPicture(at, frame), 9));
    reword(note, said);
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
    if (event.key === "Enter") host.closest("form").requestSubmit();
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
    nodes: [note, host, tools],
    ready: () => (points.length > 1 ? "" : "Draw the way of the hand first"),
    read: () => (points.length > 1 ? points : null),
    reveal: ({ response, answer }) => {
      points = response ?? [];
      draw("");
      real(answer, frame);
      tools.style.visibility = "hidden";
      const [start, end] = [answer[0], answer.at(-1)].map(inWords);
      return [node("p", {}, `The dashed line is the hand's way: it starts ${start} and ends ${end}.`)];
    },
  };
}

/** What a key does with a pen: arrows move it, Space puts a point, Backspace takes one back. */
function penKey(event, { move, put, back }) {
  const way = directionOf(event);
  if (way) move(way, event.shiftKey);
  else if (event.key === " ") put();
  else if (event.key === "Backspace") back();
  else return;
  event.preventDefault();
}

/** Tells of places that are pressed on a picture: where a drag begins, and where it goes, or a click. */
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

/** What draws a line through places with a head at its end; a dot for a single place. */
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
    if (isAnswered(pad.form)) return;
    taps.push(time);
    pad.classList.toggle("beat");
    show();
  };
  const clear = () => {
    taps = [];
    show();
  };
  tapPad(pad, tap, submit);
  const tools = node("div", { className: "tools" }, button("Start again", () => isAnswered(pad.form) || clear()));
  show();
  return {
    nodes: [note, pad, tools],
    ready: () => (taps.length < fewest ? `Tap ${fewest} times or more first` : ""),
    read: () => (taps.length < fewest ? null : taps.map((time) => time - taps[0])),
    reveal: ({ answer }) => {
      tools.style.visibility = "hidden";
      return [node("p", {}, `The right tempo: ${answer}.`)];
    },
  };
}

// --- parts -----------------------------------------------------------------------------------

// --- the result ------------------------------------------------------------------------------

function result({ topic, of, right, again, passing, next, due, more, minutes, notice }, channel) {
  const ask = (text, message) => button(text, () => channel.request(message), "main");
  const buttons = [
    ...(due && !more ? [ask("Review", { do: "review" })] : []),
    ...(again.length ? [ask("Ask those again", { do: "again", all: false })] : []),
    ...(more ? [ask("More questions", { do: "more" })] : []),
    ...(of ? [ask("Ask all of them again", { do: "again", all: true })] : []),
  ];
  return node(
    "section",
    { className: "result" },
    node("p", { className: "verdict" }, of ? `${topic}: ${right} of ${of} right.` : `${topic}.`),
    ...notices(notice),
    ...(passing ? [node("p", {}, passing)] : []),
    ...(again.length
      ? [node("p", {}, "To look at once more:"), node("ul", {}, ...again.map((each) => node("li", { dir: "auto" }, each)))]
      : of
        ? [node("p", {}, "Nothing is left open here.")]
        : []),
    node("p", {}, next),
    node("div", { className: "buttons" }, ...buttons),
    ...(minutes ? [minutesADay(minutes, channel)] : []),
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
