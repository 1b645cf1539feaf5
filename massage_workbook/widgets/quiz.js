// One question at a time. Native controls wherever there is one, so that the keyboard works as
// everywhere: arrows or Tab and Space choose, Enter checks and then goes on. A control is its
// `nodes`, what to do first if it is not `ready`, what it can `read` (null: nothing yet), and how
// to `reveal` the answer in place.

const SVG = "http://www.w3.org/2000/svg";
const PATIENCE = 5000; // milliseconds that the kernel may take to answer
const UNHEARD =
  "No answer comes, so nothing was saved. The lesson may have fallen asleep: wake it at the top of the page, and answer again.";
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
  el.classList.add("mw", "mw-quiz");
  // Keys pressed here stay here: in any notebook `x` would cut the cell. Jupyter asks what has the focus.
  el.addEventListener("focusin", ({ target }) => (target.dataset.lmSuppressShortcuts = ""));
  let open = null;
  const show = () => {
    const page = model.get("page");
    if (page.show === "feedback" && open?.id === page.id) return open.reveal(page);
    if (page.show === "question" && page.back && open?.id === page.id) return open.turn(page.back);
    const hadFocus = el.contains(document.activeElement);
    open = page.show === "result" ? null : asked(page, model);
    el.replaceChildren(open ? open.form : result(page, model));
    if (hadFocus) el.querySelector(FOCUSABLE)?.focus();
  };
  // What is due may have changed meanwhile; a question stays, with what was chosen so far.
  el.addEventListener("seen-again", () => model.get("page").show === "result" && model.send({ do: "look again" }));
  show();
  model.on("change:page", show);
  return () => model.off("change:page", show);
}

const FOCUSABLE = "fieldset input, fieldset button, fieldset [tabindex='0'], button";

// --- a question ------------------------------------------------------------------------------

function asked(page, model) {
  const control = CONTROLS[page.kind](page, () => tell(model, form, { do: "turn", question: page.id }));
  // What is said stands below the buttons, so that nothing moves under the pointer.
  const form = node("form", {}, howFar(page), question(page, control), buttons(), feedback());
  const began = performance.now();
  const send = (sure) => {
    const wanting = sure && control.ready();
    if (wanting) return say(form, `${wanting}, or press Not sure.`);
    tell(model, form, {
      do: "check",
      question: page.id,
      response: control.read(),
      sure,
      seconds: (performance.now() - began) / 1000,
    });
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    if (isAnswered(form)) tell(model, form, { do: "next" });
    else send(true);
  };
  form.querySelector(".unsure").onclick = () => send(false);
  const reveal = (told) => answered(form, control, told);
  if (page.back) control.turn(page.back);
  if (page.show === "feedback") reveal(page);
  return { id: page.id, form, reveal, turn: control.turn };
}

/** Tell the kernel; where it does not answer in time, say that nothing was saved. */
function tell(model, form, message) {
  const before = heard(form);
  try {
    model.send(message);
  } catch {
    // The kernel has gone, which is said below.
  }
  setTimeout(() => {
    if (!form.isConnected || heard(form) !== before) return;
    form.querySelector(".unheard")?.remove();
    form.querySelector(".feedback").append(node("p", { className: "notice unheard" }, UNHEARD));
  }, PATIENCE);
}

const heard = ({ dataset }) => `${dataset.turned} ${dataset.answered}`;

function howFar({ topic, number: place, of, answered: done, passing, notice }) {
  const bar = node("progress", { max: of, value: done });
  bar.setAttribute("aria-label", `${done} of ${of} questions answered`);
  return node(
    "div",
    { className: "how-far" },
    node("span", {}, `${topic} · question ${place} of ${of}`),
    bar,
    ...(passing ? [node("p", { className: "passing" }, passing)] : []),
    ...(notice ? [node("p", { className: "notice" }, notice)] : []),
  );
}

function question({ prompt, code: lines, tex, picture }, control) {
  const shown = picture ? [plate(picture).host] : [];
  const formulas = tex ? [hint("Formulas are shown as TeX writes them.")] : [];
  return node("fieldset", {}, node("legend", { dir: "auto" }, prompt), ...code(lines), ...formulas, ...shown, ...control.nodes);
}

/** Lines of a program, if there are any; they run from left to right in every language. */
function code(lines) {
  return lines ? [node("pre", { dir: "ltr" }, node("code", {}, lines))] : [];
}

/** A paragraph whose direction is that of its own words. */
const said = (text) => node("p", { dir: "auto" }, text);

const isAnswered = (form) => "answered" in form.dataset;

function feedback() {
  const region = node("div", { className: "feedback" });
  region.setAttribute("role", "status");
  return region;
}

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

function mark({ chose, right }) {
  if (right) return chose ? "right" : "missed";
  return chose ? "wrong" : "";
}

const MARKS = { right: "✓ right", missed: "✓ this one", wrong: "✗ not this", "": "" };

/** What is said of a choice; nothing of one that was rightly left. */
function remark(text, { chose, right, feedback: told }) {
  if (chose === right && !chose) return [];
  const verdict = right ? (chose ? "right." : "this was right.") : "not this.";
  return [node("li", {}, node("q", { dir: "auto" }, text), `: ${verdict} `, node("span", { dir: "auto" }, told ?? ""))];
}

const listed = (items) => (items.length ? [node("ul", {}, ...items)] : []);

function saved(text) {
  return node("p", { className: text === "saved" ? "saved" : "notice" }, text === "saved" ? "Saved" : text);
}

function source({ basis, note, sources }) {
  return node(
    "details",
    {},
    node("summary", {}, `Who says so? (${basis})`),
    ...(note ? [node("p", {}, note)] : []),
    node("ul", {}, ...sources.map((each) => node("li", {}, each))),
  );
}

/** What the sources disagree about here, and what the course follows; nothing where they agree. */
function differences(differ) {
  if (!differ.length) return [];
  const rows = differ.map(({ question: asked, follows, where }) => node("li", {}, node("b", {}, asked), ` ${follows} (${where})`));
  const summary = node("summary", {}, `Where the sources differ (${differ.length})`);
  return [node("details", { className: "differ" }, summary, node("ul", {}, ...rows))];
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
          inputOf(row).checked = told.chose;
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
  const number = parts.length === 2 ? parts[0] / parts[1] : Number(parts[0]);
  return Number.isFinite(number) ? number : null;
}

// --- a flash card ----------------------------------------------------------------------------

/** The other side comes from the kernel once it is asked for; then the learner says what was known. */
function recall({ choices: all }, ask) {
  const rows = all.map(({ id, text }) => choice("radio", "choice", id, text));
  const group = node("div", { hidden: true }, ...rows);
  const back = node("div", { className: "back" });
  back.setAttribute("role", "status");
  const turner = node("button", { type: "button", onclick: ask }, "Show the other side");
  const chosen = () => rows.map(inputOf).find((input) => input.checked);
  const turn = (text) => {
    if (!group.hidden) return;
    turner.closest("form").dataset.turned = "yes";
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
  const put = (ids) => ids.forEach((id) => list.append(list.querySelector(`[data-id="${CSS.escape(id)}"]`)));
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
  for (const [name, by] of [["Up", -1], ["Down", 1]]) {
    const button = node("button", { type: "button" }, name);
    button.setAttribute("aria-label", `${name}: ${text}`);
    button.onclick = () => {
      move(row, [...list.children].indexOf(row) + by);
      button.focus(); // moving a row in the page takes the focus from it
    };
    row.append(button);
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
          const chose = value === response?.[row.dataset.id];
          inputOf(label).checked = chose;
          setMark(label, mark({ chose, right: value === right }));
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

const ZONES = `
  [id^="zone-"] { outline: none; cursor: pointer }
  [id^="zone-"] path { pointer-events: all }
  [id^="zone-"]:is(:hover, :focus-visible) path { stroke: var(--mw-ink) !important; stroke-width: 3 !important }
  [aria-checked="true"] path { fill: var(--mw-motion) !important; fill-opacity: 0.55 !important }
  [data-mark="right"] path { fill: var(--mw-kneading) !important; fill-opacity: 0.6 !important }
  [data-mark="missed"] path {
    fill: var(--mw-kneading) !important; fill-opacity: 0.15 !important;
    stroke: var(--mw-kneading) !important; stroke-width: 3 !important; stroke-dasharray: 6 4;
  }
  [data-mark="wrong"] path { fill: var(--mw-keep-off) !important; fill-opacity: 0.55 !important }
`;

function zones({ svg, zones: all }) {
  const { host, picture } = plate(svg, ZONES);
  picture.setAttribute("role", "group"); // an image would hide its zones from a screen reader
  const note = hint("");
  note.setAttribute("aria-live", "polite");
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
      const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
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
        part.setAttribute("aria-checked", String(told.chose));
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
  svg { touch-action: none; cursor: crosshair }
  svg:focus-visible { outline: 3px solid var(--mw-motion); outline-offset: 2px }
  .way, .true { fill: none; stroke-width: 5; stroke-linecap: round; stroke-linejoin: round }
  .way { stroke: var(--mw-motion) }
  .true { stroke: var(--mw-kneading) }
  .true:not(.head) { stroke-dasharray: 9 8 }
  .pen { fill: none; stroke: var(--mw-ink); stroke-width: 1.5 }
  svg:not(:focus-visible) .pen { visibility: hidden }
`;
const CM = 0.02; // of a unit of the plane
const FAR = 5; // centimetres that the pen goes with Shift

function stroke({ svg, frame }) {
  const { host, picture } = plate(svg, PEN);
  const [drawn, real] = ["way", "true"].map((name) => lineWithHead(picture, name));
  const pen = child(picture, "path", "pen");
  const note = hint("");
  note.setAttribute("aria-live", "polite");
  let points = [];
  let at = [0.1, 0.5];
  let drags = false;
  const locked = () => isAnswered(host.closest("form"));
  const draw = (said) => {
    drawn(points, frame);
    const [x, y] = onPicture(at, frame);
    pen.setAttribute("d", `M${x - 9} ${y}h18M${x} ${y - 9}v18`);
    reword(note, said);
  };
  const add = (point) => {
    points.push(point);
    draw(points.length === 1 ? `It starts ${where(point)}. Now put its bends, if it has any, and its end.` : `It ends ${where(point)}.`);
  };
  const clear = () => {
    points = [];
    draw("Drag along the way of the hand, or click its start, wherever it bends, and its end. With keys: arrows move the pen, Space puts a point.");
  };
  picture.setAttribute("role", "application");
  picture.setAttribute("aria-roledescription", "drawing area");
  picture.setAttribute("tabindex", "0");
  picture.onpointerdown = (event) => {
    if (locked() || event.button) return;
    picture.setPointerCapture(event.pointerId);
    drags = "maybe";
    at = onBack(event, picture, frame);
  };
  picture.onpointermove = (event) => {
    if (!drags) return;
    const here = onBack(event, picture, frame);
    if (Math.hypot(here[0] - at[0], here[1] - at[1]) < CM / 2) return;
    if (drags === "maybe") points = [at];
    drags = true;
    at = here;
    add(at);
  };
  picture.onpointerup = () => {
    if (drags === "maybe") add(at);
    drags = false;
  };
  picture.onpointercancel = () => (drags = false);
  picture.onkeydown = (event) => {
    if (event.key === "Enter") return host.closest("form").requestSubmit();
    if (locked()) return;
    const by = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (by) {
      at = at.map((each, i) => each + by[i] * CM * (event.shiftKey ? FAR : 1));
      draw(`The pen is ${where(at)}.`);
    } else if (event.key === " ") add([...at]);
    else if (event.key === "Backspace") back();
    else return;
    event.preventDefault();
  };
  const back = () => {
    points.pop();
    if (points.length) draw(`It ends ${where(points.at(-1))}.`);
    else clear();
  };
  const tools = node("div", { className: "tools" }, tool("Take back", () => locked() || back()), tool("Clear", () => locked() || clear()));
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
      return [node("p", {}, `The dashed line is the hand's way: it starts ${where(answer[0])} and ends ${where(answer.at(-1))}.`)];
    },
  };
}

const onPicture = ([u, v], { left, top, scale }) => [(u - left) * scale, (v - top) * scale];

function onBack(event, picture, { left, top, scale }) {
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
  return [x / scale + left, y / scale + top];
}

/** What draws a line through places with a head at its end; a dot for a single place. */
function lineWithHead(picture, name) {
  const line = child(picture, "path", name);
  const head = child(picture, "path", `${name} head`);
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

function where([u, v]) {
  const across = Math.round(Math.abs(u) / CM);
  const along = Math.round(Math.abs(v) / CM);
  const side = across ? `${across} cm to the ${u > 0 ? "right" : "left"} of the spine` : "on the spine";
  return `${side}, ${along} cm ${v < 0 ? "above" : "below"} the large bump of the neck`;
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
  const tap = (event) => {
    if (isAnswered(pad.form)) return;
    taps.push(event.timeStamp / 1000);
    pad.classList.toggle("beat");
    show();
  };
  const clear = () => {
    taps = [];
    show();
  };
  pad.onpointerdown = (event) => event.button || tap(event);
  pad.onkeydown = (event) => {
    if (event.key === "Enter") return submit(event);
    if (event.key === " " && !event.repeat) tap(event);
  };
  pad.onkeyup = (event) => event.key === " " && event.preventDefault();
  // A click without a pointer comes from an assistive technology.
  pad.onclick = (event) => event.detail === 0 && event.pointerType === "" && tap(event);
  const tools = node("div", { className: "tools" }, tool("Start again", () => isAnswered(pad.form) || clear()));
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

/** The SVG in a shadow root, where its ids meet no others. */
function plate(text, looks = "") {
  const host = node("div", { className: "plate" });
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const picture = document.importNode(parsed, true);
  picture.removeAttribute("width");
  picture.removeAttribute("height");
  const style = node("style", {}, `svg { display: block; width: 100%; height: auto } path, text { pointer-events: none } ${looks}`);
  host.attachShadow({ mode: "open" }).append(style, picture);
  return { host, picture };
}

/** Shorter words leave the room of the longer ones: what is below stays under the pointer. */
function reword(note, text) {
  note.style.minHeight = `${note.offsetHeight}px`;
  note.textContent = text;
}

function child(picture, tag, name) {
  const made = document.createElementNS(SVG, tag);
  made.setAttribute("class", name);
  picture.append(made);
  return made;
}

function tool(text, onclick) {
  return node("button", { type: "button", onclick }, text);
}

// --- the result ------------------------------------------------------------------------------

function result({ topic, of, right, again, passing, next, due, more, minutes, notice }, model) {
  const ask = (text, message) => node("button", { type: "button", className: "main", onclick: () => model.send(message) }, text);
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
    ...(notice ? [node("p", { className: "notice" }, notice)] : []),
    ...(passing ? [node("p", {}, passing)] : []),
    ...(again.length
      ? [node("p", {}, "To look at once more:"), node("ul", {}, ...again.map((each) => node("li", { dir: "auto" }, each)))]
      : of
        ? [node("p", {}, "Nothing is left open here.")]
        : []),
    node("p", {}, next),
    node("div", { className: "buttons" }, ...buttons),
    ...(minutes ? [minutesADay(minutes, model)] : []),
  );
}

function minutesADay({ chosen, choices: all }, model) {
  const choose = (minutes) => () => model.send({ do: "minutes", minutes });
  const radio = (minutes) => {
    const input = node("input", { type: "radio", name: "minutes", checked: minutes === chosen, onchange: choose(minutes) });
    return node("label", {}, input, ` ${minutes}`);
  };
  return node("fieldset", { className: "minutes" }, node("legend", {}, "Minutes a day for reviews"), ...all.map(radio));
}

export default { render };
