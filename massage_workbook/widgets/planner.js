// Sliders that send wishes, and charts that follow them: what sums can tell at once, and all else as
// the kernel answers.

const STEP = 15; // seconds
const PATIENCE = 5000; // milliseconds that the kernel may take to answer
const UNHEARD =
  "No answer comes, so nothing was changed or saved. The lesson may have fallen asleep: wake it at the top of the page, and try again.";
const SIDES = { both: "both sides", right: "right side", left: "left side" };

function render({ model, el }) {
  el.classList.add("mw", "mw-planner");
  // Keys pressed here stay here: in any notebook `x` would cut the cell. Jupyter asks what has the focus.
  el.addEventListener("focusin", ({ target }) => (target.dataset.lmSuppressShortcuts = ""));
  const wishes = sender(model, {
    onWish: () => showMinutes(),
    onSilence: () => {
      showMinutes();
      say(parts.message, { refused: UNHEARD });
    },
  });
  const parts = {
    top: node("div", { className: "top" }),
    rows: node("div", { className: "rows" }),
    message: status("message"),
    findings: node("section", { className: "findings" }),
    table: table(model.get("columns")),
    pictures: pictures(wishes),
  };
  const form = node("form", {}, parts.top, parts.rows);
  form.onsubmit = (event) => event.preventDefault();
  const seen = node("div", { className: "seen" }, parts.pictures.node, parts.findings);
  el.append(
    node("p", { className: "screening" }),
    form,
    seen,
    parts.message,
    parts.table,
    files(model, wishes),
  );
  parts.top.append(...top(model, wishes));

  const drawWays = () => parts.pictures.drawWays(model.get("ways"));
  const drawReach = () => parts.pictures.drawReach(model.get("reach"));
  const showMinutes = () => {
    const state = expected(model.get("state"), wishes.unanswered());
    showTotal(parts.top, state.total, wishes);
    for (const row of state.rows) showSlider(parts.rows, row, totalOf(state.rows), wishes);
    parts.pictures.chart(state, model.get("bands"));
  };
  const follow = () => {
    const state = model.get("state");
    wishes.heard(state.wish);
    screening(el.querySelector(".screening"), state.screening, wishes);
    arrange(parts.rows, state, wishes);
    showTop(parts.top, state);
    for (const row of state.rows) showRow(parts.rows, row, wishes);
    showMinutes();
    parts.pictures.shade(state.seconds_per_cm);
    showFindings(parts.findings, state.findings, wishes);
    showSteps(parts.table, state.steps);
    say(parts.message, state.said);
  };
  const names = () => showSaved(el, model);
  const receive = (message, buffers) => download(message, buffers);
  el.addEventListener("seen-again", () => model.send({ do: "look again" }));
  drawWays();
  drawReach();
  follow();
  names();
  model.on("change:ways", drawWays);
  model.on("change:reach", drawReach);
  model.on("change:state", follow);
  model.on("change:saved", names);
  model.on("msg:custom", receive);
  return () => {
    model.off("change:ways", drawWays);
    model.off("change:reach", drawReach);
    model.off("change:state", follow);
    model.off("change:saved", names);
    model.off("msg:custom", receive);
  };
}

// --- wishes ----------------------------------------------------------------------------------

/** Sends one wish at a time; of those that wait for the same slider only the last one is kept. */
function sender(model, { onWish, onSilence }) {
  let sent = 0;
  let under_way = null;
  let silent = false; // no answer came in time
  let patience = null;
  const waiting = [];
  const send = (wish) => {
    under_way = wish;
    sent += 1;
    patience = setTimeout(() => {
      silent = true;
      onSilence();
    }, PATIENCE);
    try {
      model.send({ ...wish, wish: sent });
    } catch {
      // The kernel has gone, which is said once it has not answered.
    }
  };
  return {
    wish(wish) {
      if (wish.set && waiting.at(-1)?.set === wish.set) waiting.pop();
      if (under_way) waiting.push(wish);
      else send(wish);
      onWish();
    },
    heard(number) {
      if (number !== sent) return;
      clearTimeout(patience);
      under_way = null;
      silent = false;
      if (waiting.length) send(waiting.shift());
    },
    held: null, // the block whose slider is under the finger
    /** The wishes that are likely to be granted: none while the kernel is silent. */
    unanswered: () => (silent || !under_way ? [] : [under_way, ...waiting]),
  };
}

// --- above the rows --------------------------------------------------------------------------

function top(model, wishes) {
  const from = source("from", "Begin from", "start_from", wishes);
  const beside = source("beside", "Compare with", "compare", wishes);
  const note = node("p", { className: "note" });
  const where = node("details", {}, node("summary", {}, "Where do these minutes come from?"), note);
  const explain = () => {
    const id = model.get("state").beside.replace(/^session:/, "");
    const session = model.get("sessions").find((each) => each.id === id);
    note.textContent = !session
      ? "From you: you saved this plan."
      : session.basis === "stated"
        ? "The articles say so."
        : `They are ${session.basis}. ${session.note}`;
  };
  where.ontoggle = explain;
  const undo = button("Undo", () => wishes.wish({ do: "undo" }), "undo");
  from.append(node("span", { className: "position" }));
  return [from, beside, where, node("div", { className: "undoing" }, undo), total(wishes)];
}

/** A choice among the ready-made sessions and the saved plans. */
function source(name, words, wish, wishes) {
  const select = node("select", { name });
  select.onchange = () => wishes.wish({ [wish]: select.value });
  return node("label", { className: "source" }, node("span", {}, words), select);
}

function showSaved(el, model) {
  const options = () => [
    group("Ready-made", model.get("sessions").map(({ id, name }) => [`session:${id}`, name])),
    group("Saved by you", model.get("saved").map((name) => [`saved:${name}`, name])),
  ];
  for (const select of el.querySelectorAll(".source select")) {
    select.replaceChildren(...options().filter((each) => each.children.length));
  }
  // Not to be chosen: it stands there once the plan is no longer what it was begun from.
  el.querySelector('[name="from"]').append(node("option", { value: "", hidden: true }, "as you shaped it"));
  showSources(el, model.get("state"));
  el.querySelector(".forget").replaceChildren(
    ...model.get("saved").map((name) => node("option", { value: name }, name)),
  );
  el.querySelector(".forgetting").hidden = model.get("saved").length === 0;
}

function showSources(el, { from, beside }) {
  for (const [name, source] of Object.entries({ from, beside })) {
    const select = el.querySelector(`[name="${name}"]`);
    const there = [...select.options].some(({ value }) => value === source);
    select.value = there ? source : "";
  }
}

function group(label, entries) {
  return node("optgroup", { label }, ...entries.map(([value, name]) => node("option", { value }, name)));
}

function total(wishes) {
  const row = slider({ block: "total", name: "Whole session" }, wishes);
  return node("div", { className: "row total" }, row);
}

function showTotal(top, { seconds, longest }, wishes) {
  const row = top.querySelector('[data-block="total"]');
  show(row, { block: "total", seconds, least: 0, most: longest, share: "" }, wishes);
}

function showTop(top, { from, beside, position, can_undo }) {
  showSources(top, { from, beside });
  top.querySelector(".position").textContent = position;
  top.querySelector(".undo").disabled = !can_undo;
}

// --- the rows --------------------------------------------------------------------------------

/** Rows in the order of the plan; made anew only where that has changed. */
function arrange(rows, state, wishes) {
  const order = state.rows.map(({ block }) => block).join();
  if (rows.dataset.order === order) return;
  rows.dataset.order = order;
  rows.replaceChildren(...state.rows.map((row, i) => blockRow(row, i, state.rows.length, wishes)));
}

function blockRow(row, i, count, wishes) {
  const { block, name, family, purpose } = row;
  const include = check("in the session", (on) => wishes.wish({ include: block, on }));
  const lock = button("Lock", () => {
    wishes.wish({ lock: block, on: lock.getAttribute("aria-pressed") !== "true" });
  });
  lock.classList.add("lock");
  include.classList.add("include");
  include.querySelector("input").setAttribute("aria-label", `${name} in the session`);
  const range = slider({ block, name }, wishes);
  const passes = node("p", { className: "passes", id: `${range.querySelector('[type="range"]').id}-passes` });
  range.querySelector('[type="range"]').setAttribute("aria-describedby", passes.id);
  range.append(node("span", { className: "room" }));
  const middle = i > 0 && i < count - 1;
  const move = (by, words) => {
    const made = button(words, () => wishes.wish({ move: block, by }), "move");
    made.setAttribute("aria-label", `${name}: ${words.toLowerCase()}`);
    made.disabled = !middle || (by < 0 ? i === 1 : i === count - 2);
    return made;
  };
  const made = node(
    "div",
    { className: "row" },
    range,
    passes,
    node("div", { className: "tools" }, include, lock, move(-1, "Earlier"), move(1, "Later")),
    node(
      "details",
      { className: "techniques" },
      node("summary", {}, ""),
      node("p", { className: "note" }, purpose),
      node("ul", {}),
    ),
  );
  made.dataset.row = block;
  made.style.setProperty("--family", `var(--mw-${family})`);
  return made;
}

function slider({ block, name }, wishes) {
  const id = `mw-${block}-${Math.random().toString(36).slice(2)}`;
  const input = node("input", { type: "range", step: STEP, id });
  const typed = node("input", { type: "text", inputMode: "decimal", className: "typed" });
  typed.setAttribute("aria-label", `${name}, minutes, such as 2:30`);
  const share = node("span", { className: "share" });
  const row = node(
    "div",
    { className: "slider" },
    node("label", { className: "name", htmlFor: id }, name),
    node("span", { className: "value" }, typed, share),
    input,
  );
  row.dataset.block = block;
  let dragged = false;
  input.oninput = () => {
    dragged = wishes.held === block;
    wishes.held = block;
    wishes.wish({ set: block, seconds: Number(input.value), held: dragged });
  };
  input.onchange = () => {
    wishes.held = null;
    if (dragged) wishes.wish({ do: "keep" }); // what is held is not kept at each move
    dragged = false;
  };
  typed.onchange = () => {
    const seconds = parsed(typed.value);
    if (seconds === null) typed.value = typed.dataset.text;
    else wishes.wish({ set: block, seconds });
  };
  // A handler that returns false would take every other key away.
  typed.onkeydown = (event) => {
    if (event.key === "Enter") typed.blur();
  };
  return row;
}

/** Seconds of `2:30`, `2.5` or `2`; null of anything else. */
function parsed(text) {
  const [, minutes, seconds] = text.trim().match(/^(\d{1,2}):(\d{2})$/) ?? [];
  if (minutes) return 60 * Number(minutes) + Number(seconds);
  const decimal = Number(text.trim().replace(",", "."));
  return text.trim() && decimal >= 0 && decimal <= 60 ? Math.round(60 * decimal) : null;
}

function show(row, { block, seconds, least, most, share, locked }, wishes) {
  const input = row.querySelector('[type="range"]');
  const typed = row.querySelector(".typed");
  const text = clock(seconds);
  Object.assign(input, { min: least, max: most, disabled: Boolean(locked) });
  typed.disabled = Boolean(locked);
  if (block !== wishes.held) input.value = seconds;
  input.setAttribute("aria-valuetext", `${text} minutes`);
  typed.dataset.text = text;
  if (document.activeElement !== typed && typed.getRootNode().activeElement !== typed) {
    typed.value = text;
  }
  row.querySelector(".share").textContent = share;
}

function showSlider(rows, row, total, wishes) {
  const slider = rows.querySelector(`[data-block="${row.block}"]`);
  const share = `${percent(row.seconds, total)} %`;
  show(slider, { ...row, share, locked: row.locked || row.barred }, wishes);
}

function showRow(rows, row, wishes) {
  const made = rows.querySelector(`[data-row="${row.block}"]`);
  showRoom(made.querySelector(".room"), row);
  showPasses(made.querySelector(".passes"), row);
  made.classList.toggle("out", !row.included);
  const include = made.querySelector(".include input");
  include.checked = row.included;
  include.disabled = row.fixed || Boolean(row.barred);
  const lock = made.querySelector(".lock");
  lock.setAttribute("aria-pressed", String(row.locked));
  lock.setAttribute("aria-label", row.locked ? `${row.name} is locked: unlock` : `Lock ${row.name}`);
  lock.textContent = row.locked ? "Locked" : "Lock";
  lock.disabled = !row.included;
  made.querySelector("summary").textContent = summary(row);
  showTechniques(made.querySelector("ul"), row, wishes);
}

function summary({ barred, techniques }) {
  const on = techniques.filter((each) => each.on).length;
  return barred || `Techniques: ${on} of ${techniques.length} chosen`;
}

/** A band below the slider: from the fewest passes of each technique to the most. */
function showRoom(band, { room, least, most }) {
  band.hidden = !room;
  if (!room) return;
  const share = (seconds) => Math.min(1, Math.max(0, (seconds - least) / (most - least || 1)));
  band.style.setProperty("--from", share(room.least));
  band.style.setProperty("--to", share(room.most));
}

function showPasses(line, { done, room }) {
  const shown = JSON.stringify([done, room]);
  if (line.dataset.shown === shown) return;
  line.dataset.shown = shown;
  const each = done.map(({ text, short }) => node(short ? "b" : "span", {}, text));
  line.replaceChildren(...each.flatMap((one, i) => (i ? [", ", one] : [one])));
  if (done.some(({ short }) => short) && room) line.append(". ", node("span", {}, room.text));
}

/** Made anew only where something about them has changed: focus stays where it is. */
function showTechniques(list, { block, techniques }, wishes) {
  const now = JSON.stringify(techniques);
  if (list.dataset.shown === now) return;
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  list.dataset.shown = now;
  list.replaceChildren(...techniques.map((each) => techniqueRow(each, block, wishes)));
  if (focused) list.querySelector(`[data-key="${focused}"]`)?.focus();
}

function techniqueRow({ id, name, on, weight, side, note }, block, wishes) {
  const wish = (how) => wishes.wish({ technique: id, block, on, weight, side, ...how });
  const box = check(name, (checked) => wish({ on: checked }));
  box.querySelector("input").checked = on;
  box.querySelector("input").dataset.key = `${id}-on`;
  const share = choice(`Share of ${name}`, { 1: "usual share", 2: "2 ×", 3: "3 ×", 4: "4 ×", 5: "5 ×" });
  share.value = weight;
  share.onchange = () => wish({ weight: Number(share.value) });
  const where = choice(`Side of ${name}`, SIDES);
  where.value = side;
  where.onchange = () => wish({ side: where.value });
  for (const [select, what] of [[share, "share"], [where, "side"]]) {
    select.disabled = !on;
    select.dataset.key = `${id}-${what}`;
  }
  return node("li", {}, box, share, where, node("span", { className: "times" }, note));
}

function choice(label, options) {
  const select = node(
    "select",
    { ariaLabel: label },
    ...Object.entries(options).map(([value, words]) => node("option", { value }, words)),
  );
  return select;
}

function check(words, act) {
  const input = node("input", { type: "checkbox" });
  input.onchange = () => act(input.checked);
  return node("label", { className: "check" }, input, node("span", {}, words));
}

// --- pictures --------------------------------------------------------------------------------

function pictures(wishes) {
  const plates = { ways: plate(), reach: plate() };
  const upper = node("div", { className: "chart" });
  const lower = node("div", { className: "chart" });
  const minutes = node(
    "details",
    { className: "minutes" },
    node("summary", {}, "Minutes and force by place"),
    plates.reach,
  );
  const ask = () => minutes.open && wishes.wish({ do: "minutes" });
  minutes.ontoggle = ask;
  const made = node(
    "div",
    { className: "pictures" },
    node("div", { className: "charts" }, upper, heading("How fast"), lower),
    node("div", { className: "back" }, heading("Where the hands go: the darker, the longer"), plates.ways),
    minutes,
  );
  let quiet = 0;
  let first = true;
  return {
    node: made,
    drawWays: (svg) => replace(plates.ways, svg),
    drawReach: (svg) => svg && replace(plates.reach, svg),
    chart({ rows, total, beside_name }, bands) {
      const plan = { blocks: rows, longest: total.longest, beside: beside_name, bands };
      upper.replaceChildren(timeline(plan), shares(plan));
      lower.replaceChildren(paces(plan));
    },
    shade(seconds) {
      const most = Math.max(0, ...Object.values(seconds)) || 1;
      for (const band of plates.ways.shadowRoot.querySelectorAll('[id^="ways-"]')) {
        band.style.opacity = (seconds[band.id.replace("ways-", "")] ?? 0) / most;
      }
      // The map with its minutes takes the kernel half a second: only once the hand rests.
      clearTimeout(quiet);
      if (!first && minutes.open && !minutes.dataset.asked) {
        quiet = setTimeout(() => {
          minutes.dataset.asked = "once";
          ask();
        }, 400);
      } else delete minutes.dataset.asked;
      first = false;
    },
  };
}

function heading(words) {
  return node("p", { className: "heading" }, words);
}

function plate() {
  const made = node("div", { className: "plate" });
  made.attachShadow({ mode: "open" });
  return made;
}

function replace({ shadowRoot }, text) {
  const svg = document.importNode(
    new DOMParser().parseFromString(text, "image/svg+xml").documentElement,
    true,
  );
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  const style = node("style", {}, "svg{display:block;width:100%;height:auto}");
  shadowRoot.replaceChildren(style, svg);
}

// --- what is found ---------------------------------------------------------------------------

function screening(line, notice, wishes) {
  line.hidden = !notice;
  const shown = JSON.stringify(notice);
  if (!notice || line.dataset.shown === shown) return;
  line.dataset.shown = shown;
  const link = node("a", { href: encodeURIComponent(notice.notebook) }, notice.notebook.replace(".ipynb", ""));
  const again = button("I have done it", () => wishes.wish({ do: "screen" }));
  line.replaceChildren(node("span", {}, notice.text, " "), link, again);
}

function showFindings(section, findings, wishes) {
  const shown = JSON.stringify(findings);
  if (section.dataset.shown === shown) return;
  section.dataset.shown = shown;
  const items = findings.map((finding) => findingRow(finding, wishes));
  const head = node("h3", {}, findings.length ? "What there is to say" : "No problems with this plan");
  section.replaceChildren(head, node("ul", {}, ...items));
}

function findingRow({ finding, says, title, severity, sources, mends }, wishes) {
  const ways = mends.map((words, way) => button(words, () => wishes.wish({ mend: finding, way })));
  const who = node(
    "details",
    { className: "who" },
    node("summary", {}, `Rule: ${title}`),
    node("ul", {}, ...sources.map((each) => node("li", {}, each))),
  );
  const kind = node("b", {}, severity === "safety" ? "Safety: " : "");
  const item = node("li", {}, node("p", {}, kind, says), node("div", { className: "mends" }, ...ways), who);
  item.dataset.severity = severity;
  return item;
}

// --- the steps, and files --------------------------------------------------------------------

function table(columns) {
  const head = node("tr", {}, ...columns.map((words) => node("th", { scope: "col" }, words)));
  const wide = node("div", { className: "wide", tabIndex: 0 }, node("table", {}, node("thead", {}, head), node("tbody", {})));
  wide.setAttribute("role", "region");
  wide.setAttribute("aria-label", "The session step by step");
  const made = node("details", { className: "steps" }, node("summary", {}, "The session step by step"), wide);
  made.ontoggle = () => fillSteps(made);
  return made;
}

function showSteps(details, steps) {
  details.steps = steps;
  fillSteps(details);
}

/** Only where it can be seen: forty rows a wish would slow the sliders down. */
function fillSteps(details) {
  if (!details.open) return;
  const rows = details.steps.map((cells) => node("tr", {}, ...cells.map((cell) => node("td", {}, cell))));
  details.querySelector("tbody").replaceChildren(...rows);
}

function files(model, wishes) {
  const name = node("input", { type: "text", maxLength: 60, className: "name-of-plan" });
  const save = button("Save", () => wishes.wish({ save: name.value }));
  name.onkeydown = (event) => {
    if (event.key === "Enter") save.click();
  };
  const forget = node("select", { className: "forget", ariaLabel: "Saved plan" });
  const forgetting = node(
    "div",
    { className: "forgetting" },
    forget,
    button("Forget it", () => wishes.wish({ forget: forget.value })),
  );
  const start = node("input", { type: "datetime-local", className: "start" });
  start.value = thisEvening();
  const export_ = (kind, words, how = () => ({})) =>
    button(words, () => {
      made.closest(".mw-planner").querySelector(".message").textContent = "Making the file …";
      wishes.wish({ export: kind, ...how() });
    });
  const made = node(
    "div",
    { className: "files" },
    node("div", {}, button("Practise this plan", () => wishes.wish({ do: "practise" }), "main")),
    node("div", {}, node("label", {}, "Name ", name), save, forgetting),
    node(
      "div",
      {},
      export_("pdf", "Page for the wall (PDF)"),
      export_("png", "Picture (PNG)"),
      export_("csv", "Table (CSV)"),
    ),
    node(
      "div",
      {},
      node("label", {}, "When ", start),
      export_("ics", "Into the calendar", () => ({ start: start.value })),
    ),
  );
  return made;
}

/** Eight o'clock of this day, in the page's own time. */
function thisEvening() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}T20:00`;
}

function download({ file, type }, [bytes]) {
  if (!file) return;
  const link = node("a", { href: URL.createObjectURL(new Blob([bytes], { type })), download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function say(line, { refused, done, practise }) {
  if (practise) {
    const link = node("a", { href: encodeURIComponent(practise) }, practise.replace(".ipynb", ""));
    line.replaceChildren("This plan is laid ready. Open ", link, " to be led through it.");
  } else line.textContent = refused ?? done ?? "";
  line.classList.toggle("refused", Boolean(refused));
}

// --- small parts -----------------------------------------------------------------------------

function status(className) {
  const made = node("p", { className });
  made.setAttribute("role", "status");
  return made;
}

function button(words, act, className = "") {
  const made = node("button", { type: "button", className }, words);
  made.onclick = act;
  return made;
}

export default { render };
