// Sliders that request changes, and charts that follow: sums at once, all else as the kernel replies.

import { expected, paces, shares, timeline } from "./charts.js";
import { connect, oneAtATime, refresh } from "./shared/channel.js";
import { clock } from "./shared/clock.js";
import { download } from "./shared/download.js";
import { button, grid, lessonLink, list, node, status } from "./shared/elements.js";
import { layers } from "./shared/layers.js";
import { plate } from "./shared/plate.js";
import { practiseLink } from "./shared/practise.js";
import { folded } from "./shared/sources.js";
import { follow, widget } from "./shared/widget.js";

const STEP = 15; // seconds
const LOST = "No reply: nothing was changed or saved.";
const UNDRAWN = "There is no map here: this page cannot draw one without the areas that today's screening leaves out. Minutes and findings do leave them out.";

function render({ model, el }) {
  const channel = connect(model, el, LOST, () => showState());
  const requests = requestQueue(channel, {
    onRequest: () => {
      for (const each of el.querySelectorAll(".problem")) each.textContent = "";
      showMinutes();
    },
    onReply: (reply) => {
      if (reply.name) download(reply.name, reply.type, reply.buffers);
      showState();
      // In JupyterLab its lesson opens at once; elsewhere that would replace the page.
      if (reply.practise && document.querySelector(".jp-LabShell")) parts.message.querySelector("a")?.click();
    },
  });
  const parts = {
    top: node("div", { className: "top" }, ...top(requests)),
    message: status("p", "message"),
    screening: node("div", { className: "screening notice" }),
    rows: node("div", { className: "rows" }),
    findings: node("section", { className: "findings" }),
    compared: compared(model, requests),
    files: files(requests, model.get("draws")),
    table: table(model.get("columns")),
    pictures: pictures(requests, channel),
  };
  const form = node("form", {}, total(requests), parts.rows);
  form.onsubmit = (event) => event.preventDefault();
  const board = node("div", { className: "board" }, form, parts.pictures.back, parts.findings);
  el.append(
    parts.screening,
    parts.top,
    parts.message,
    channel.notice,
    board,
    node("div", { className: "below" }, parts.compared, node("div", {}, parts.files, parts.table, ...(model.get("draws") ? [parts.pictures.minutes] : []))),
  );

  const showMinutes = () => {
    const state = expected(model.get("state"), requests.pending());
    showTotal(form, state.total, requests);
    for (const row of state.rows) showSlider(parts.rows, row, state.total, requests);
    chart(parts.compared, state, model.get("bands"));
  };
  const showState = () => {
    const state = model.get("state");
    showScreening(parts.screening, state, requests);
    // Controls pressed since then are newer than this state.
    if (requests.areSliders()) {
      arrange(parts.rows, state, requests);
      showTop(el, state);
      for (const row of state.rows) showRow(parts.rows, row, model.get("sides"), requests);
      showFindings(parts.findings, state.findings, requests);
    }
    for (const row of state.rows) showPasses(parts.rows, row);
    showMinutes();
    parts.pictures.shade(state.seconds_per_cm);
    showSteps(parts.table, state.steps);
    showNotice(el, state.notice);
  };
  refresh(el, channel);
  return [
    follow(model, ["ways"], () => parts.pictures.drawWays(model.get("ways"))),
    follow(model, ["reach"], () => parts.pictures.drawReach(model.get("reach"))),
    // The reply to a pending request shows the state.
    follow(model, ["state"], () => requests.isBusy() || showState()),
    follow(model, ["saved"], () => showSaved(el, model)),
    channel.close,
  ];
}

// --- requests ----------------------------------------------------------------------------------

/** Requests that may be repeated on purpose before their reply. */
const REPEATED = ["set", "move", "undo"];

/** Requests one at a time, and the block whose slider is `dragged`. */
function requestQueue(channel, { onRequest, onReply }) {
  const line = oneAtATime(channel, onReply);
  const request = (message) => {
    const before = line.pending().at(-1);
    if (!REPEATED.includes(message.do) && JSON.stringify(before) === JSON.stringify(message)) return;
    line.request(message);
    onRequest();
  };
  /** Whether only requests of sliders are pending. */
  const areSliders = () => line.pending().every(({ do: what }) => what === "set" || what === "autosave");
  return { ...line, request, areSliders, dragged: null };
}

// --- above the rows --------------------------------------------------------------------------

function top(requests) {
  const from = source("from", "Begin from", "start from", requests);
  from.append(node("span", { className: "position" }));
  const undo = button("Undo", () => requests.request({ do: "undo" }), "undo");
  return [from, undo, button("Practise this plan", () => requests.request({ do: "practise" }), "main")];
}

/** A choice among the ready-made sessions and the saved plans. */
function source(name, words, action, requests) {
  const select = node("select", { name });
  select.onchange = () => requests.request({ do: action, source: select.value });
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
  // Cannot be chosen: shown once the plan differs from its origin.
  el.querySelector('[name="from"]').append(node("option", { value: "", hidden: true }, "your changes"));
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

function total(requests) {
  return node("div", { className: "row total" }, slider({ block: "total", name: "Whole session" }, requests), problem());
}

function showTotal(form, total, requests) {
  const row = form.querySelector('[data-block="total"]');
  show(row, { block: "total", ...total }, requests);
}

function showTop(el, { from, beside, position, can_undo }) {
  showSources(el, { from, beside });
  el.querySelector(".position").textContent = position;
  el.querySelector(".undo").disabled = !can_undo;
}

// --- the rows --------------------------------------------------------------------------------

/** Rows in the order of the plan; where that has changed, the focus goes along. */
function arrange(rows, state, requests) {
  const order = state.rows.map(({ block }) => block).join();
  if (rows.dataset.order === order) return;
  rows.dataset.order = order;
  const focused = rows.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  const there = new Map([...rows.children].map((each) => [each.dataset.row, each]));
  rows.replaceChildren(...state.rows.map((row) => there.get(row.block) ?? blockRow(row, requests)));
  for (const [i, each] of [...rows.children].entries()) {
    const middle = i > 0 && i < rows.children.length - 1;
    each.querySelector(".earlier").disabled = !middle || i === 1;
    each.querySelector(".later").disabled = !middle || i === rows.children.length - 2;
  }
  focused?.focus();
}

function blockRow(row, requests) {
  const { block, name, family, purpose } = row;
  const include = check(name, (on) => requests.request({ do: "include", block, on }), `${name} in the session`);
  const lock = button("Lock", () => {
    const on = lock.getAttribute("aria-pressed") !== "true";
    showLock(lock, name, on);
    requests.request({ do: "lock", block, on });
  });
  lock.classList.add("lock");
  include.classList.add("include");
  const range = slider({ block, name }, requests);
  const passes = node("span", { className: "passes", id: `${range.querySelector('[type="range"]').id}-passes` });
  range.querySelector('[type="range"]').setAttribute("aria-describedby", passes.id);
  range.querySelector(".name").replaceWith(include);
  range.append(lock, node("span", { className: "room" }));
  const move = (by, words, className) => {
    const made = button(words, () => requests.request({ do: "move", block, by }), className);
    made.setAttribute("aria-label", `${name}: ${words.toLowerCase()}`);
    return made;
  };
  const tools = node("div", { className: "tools" }, move(-1, "Earlier", "earlier"), move(1, "Later", "later"));
  const techniques = folded("", [node("p", { className: "note" }, purpose), node("ul", {}), tools], { className: "techniques" });
  techniques.querySelector("summary")?.append(passes, node("span", { className: "chosen" }));
  const made = node("div", { className: "row" }, range, problem(), techniques);
  made.dataset.row = block;
  made.style.setProperty("--family", `var(--mw-${family})`);
  return made;
}

/** Why an entry was not taken, next to its field. */
const problem = () => status("p", "problem");

function slider({ block, name }, requests) {
  const id = `mw-${block}-${Math.random().toString(36).slice(2)}`;
  const input = node("input", { type: "range", step: STEP, min: 0, id });
  const typed = node("input", { type: "text", inputMode: "decimal", className: "typed" });
  input.setAttribute("aria-label", name);
  typed.setAttribute("aria-label", `${name}, minutes, such as 2:30`);
  const label = node("label", { className: "name", htmlFor: id }, name);
  const row = node("div", { className: "slider" }, label, input, typed);
  row.dataset.block = block;
  const set = (seconds, dragging) => requests.request({ do: "set", block, seconds, dragging });
  let isDragging = false;
  // All sliders have one scale, on which a block goes from its least to its most.
  input.oninput = () => {
    const [wanted, least, most] = [input.value, input.dataset.least, input.dataset.most].map(Number);
    const seconds = Math.max(least, Math.min(most, wanted));
    const edge = seconds < wanted ? `${clock(most)} is the most.` : `${clock(least)} is the least.`;
    input.value = seconds;
    isDragging = requests.dragged === block;
    requests.dragged = block;
    set(seconds, isDragging);
    if (seconds !== wanted) refuse(row, edge);
  };
  input.onchange = () => {
    requests.dragged = null;
    if (isDragging) requests.request({ do: "autosave" }); // moves of a drag are not saved each
    isDragging = false;
  };
  typed.onchange = () => {
    const seconds = parsed(typed.value);
    if (seconds === null) {
      refuse(row, `“${typed.value}” is no time: type minutes such as 2:30 or 2.5.`);
      typed.value = typed.dataset.text;
    } else set(seconds, false);
  };
  // A handler that returns false would take every other key away.
  typed.onkeydown = (event) => {
    if (event.key === "Enter") typed.blur();
  };
  return row;
}

function refuse(slider, text) {
  slider.parentElement.querySelector(".problem").textContent = text;
}

/** Seconds of `2:30`, `2.5` or `2`; null of anything else. */
function parsed(text) {
  const [, minutes, seconds] = text.trim().match(/^(\d{1,2}):(\d{2})$/) ?? [];
  if (minutes) return 60 * Number(minutes) + Number(seconds);
  const decimal = Number(text.trim().replace(",", "."));
  return text.trim() && decimal >= 0 && decimal <= 60 ? Math.round(60 * decimal) : null;
}

/** @param {any} row */
function show(row, { block, seconds, least, most, longest, locked = false }, requests) {
  const input = row.querySelector('[type="range"]');
  const typed = row.querySelector(".typed");
  const text = clock(seconds);
  Object.assign(input, { max: longest, disabled: Boolean(locked) });
  Object.assign(input.dataset, { least, most });
  typed.disabled = Boolean(locked);
  if (block !== requests.dragged) input.value = seconds;
  input.setAttribute("aria-valuetext", `${text} minutes`);
  typed.dataset.text = text;
  if (document.activeElement !== typed && typed.getRootNode().activeElement !== typed) {
    typed.value = text;
  }
}

function showSlider(rows, row, { longest }, requests) {
  const slider = rows.querySelector(`[data-block="${row.block}"]`);
  show(slider, { ...row, longest, locked: row.locked || row.barred }, requests);
  showRoom(slider.querySelector(".room"), row.room, longest);
}

function showRow(rows, row, sides, requests) {
  const made = rows.querySelector(`[data-row="${row.block}"]`);
  made.classList.toggle("out", !row.included);
  const include = made.querySelector(".include input");
  include.checked = row.included;
  include.disabled = row.fixed || Boolean(row.barred);
  const lock = made.querySelector(".lock");
  showLock(lock, row.name, row.locked);
  lock.disabled = !row.included;
  showTechniques(made.querySelector("ul"), row, sides, requests);
}

function showLock(lock, name, isLocked) {
  lock.setAttribute("aria-pressed", String(isLocked));
  lock.setAttribute("aria-label", isLocked ? `${name} is locked: unlock` : `Lock ${name}`);
  lock.textContent = isLocked ? "Locked" : "Lock";
}

/** A band below the slider: from the fewest passes of each technique to the most. */
function showRoom(band, room, longest) {
  band.hidden = !room;
  if (!room) return;
  band.style.setProperty("--from", String(room.least / longest));
  band.style.setProperty("--to", String(Math.min(1, room.most / longest)));
}

function showPasses(rows, { block, done, room, barred, techniques }) {
  const row = rows.querySelector(`[data-row="${block}"]`);
  const line = row?.querySelector(".passes");
  const shown = JSON.stringify([done, room, barred]);
  if (!line || line.dataset.shown === shown) return;
  line.dataset.shown = shown;
  const each = done.map(({ text, short }) => node(short ? "b" : "span", {}, text));
  line.replaceChildren(...each.flatMap((one, i) => (i ? [", ", one] : [one])));
  if (done.some(({ short }) => short) && room) line.append(". ", node("span", {}, room.text));
  if (!done.length) line.textContent = barred || "not in the session";
  const on = techniques.filter((one) => one.on).length;
  row.querySelector(".chosen").textContent = ` · ${on} of ${techniques.length} techniques`;
}

/** Rendered again only if they changed, so that focus stays. */
function showTechniques(list, { block, techniques }, sides, requests) {
  const now = JSON.stringify(techniques);
  if (list.dataset.shown === now) return;
  const focused = list.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.key : null;
  list.dataset.shown = now;
  list.replaceChildren(...techniques.map((each) => techniqueRow(each, block, sides, requests)));
  if (focused) list.querySelector(`[data-key="${focused}"]`)?.focus();
}

function techniqueRow({ id, name, on, weight, side, note }, block, sides, requests) {
  // The values of the controls, which may have changed since this row was made.
  const change = () => {
    const chosen = { on: box.querySelector("input").checked, weight: Number(share.value), side: where.value };
    delete row.parentElement.dataset.shown; // the row differs from the state shown last
    requests.request({ do: "technique", technique: id, block, ...chosen });
  };
  const box = check(name, change);
  box.querySelector("input").checked = on;
  box.querySelector("input").dataset.key = `${id}-on`;
  const share = choice(`Share of ${name}`, { 1: "usual share", 2: "2 ×", 3: "3 ×", 4: "4 ×", 5: "5 ×" });
  share.value = weight;
  share.onchange = change;
  const where = choice(`Side of ${name}`, sides);
  where.value = side;
  where.onchange = change;
  for (const [select, what] of [[share, "share"], [where, "side"]]) {
    select.disabled = !on;
    select.dataset.key = `${id}-${what}`;
  }
  const row = node("li", {}, box, share, where, node("span", { className: "times" }, note));
  return row;
}

function choice(label, options) {
  const select = node(
    "select",
    { ariaLabel: label },
    ...Object.entries(options).map(([value, words]) => node("option", { value }, words)),
  );
  return select;
}

function check(words, act, label = "") {
  const input = node("input", { type: "checkbox" });
  if (label) input.setAttribute("aria-label", label);
  input.onchange = () => act(input.checked);
  return node("label", { className: "check" }, input, node("span", {}, words));
}

// --- pictures --------------------------------------------------------------------------------

function pictures(requests, channel) {
  const plates = { ways: plate(), reach: plate() };
  const under = layers(plates.ways, channel);
  const minutes = folded("Minutes and force by place", [plates.reach.host], { className: "minutes" });
  const ask = () => minutes.open && requests.request({ do: "minutes" });
  minutes.ontoggle = ask;
  let timer = 0;
  let first = true;
  const map = node("div", {}, heading("The darker, the longer"), plates.ways.host, under.node);
  const undrawn = node("p", { className: "note" }, UNDRAWN);
  return {
    back: node("div", { className: "back" }, map, undrawn),
    minutes,
    drawWays(svg) {
      map.hidden = !svg;
      undrawn.hidden = Boolean(svg);
      if (!svg) return;
      plates.ways.draw(svg);
      under.renew();
    },
    drawReach: (svg) => svg && plates.reach.draw(svg),
    shade(seconds) {
      const most = Math.max(0, ...Object.values(seconds)) || 1;
      for (const band of /** @type {NodeListOf<SVGElement>} */ (plates.ways.host.shadowRoot?.querySelectorAll('[id^="ways-"]') ?? [])) {
        band.style.opacity = String((seconds[band.id.replace("ways-", "")] ?? 0) / most);
      }
      // Debounced: the map with minutes takes the kernel half a second.
      clearTimeout(timer);
      if (!first && minutes.open && !minutes.dataset.asked) {
        timer = setTimeout(() => {
          minutes.dataset.asked = "once";
          ask();
        }, 400);
      } else delete minutes.dataset.asked;
      first = false;
    },
  };
}

/** Another plan, and charts of both. */
function compared(model, requests) {
  const note = node("p", { className: "note" });
  const where = folded("Where do these minutes come from?", [note]);
  where.ontoggle = () => {
    const id = model.get("state").beside.replace(/^session:/, "");
    const session = model.get("sessions").find((each) => each.id === id);
    note.textContent = session?.says ?? "From you: you saved this plan.";
  };
  const charts = ["upper", "lower"].map((each) => node("div", { className: `chart ${each}` }));
  const [upper, lower] = charts;
  const beside = source("beside", "Compare with", "compare", requests);
  return node("div", { className: "compared" }, beside, where, upper, heading("How fast"), lower);
}

function chart(box, { rows, total, beside_name }, bands) {
  const plan = { blocks: rows, longest: total.longest, beside: beside_name, bands };
  box.querySelector(".upper").replaceChildren(timeline(plan), shares(plan));
  box.querySelector(".lower").replaceChildren(paces(plan));
}

function heading(words) {
  return node("p", { className: "heading" }, words);
}

// --- findings ---------------------------------------------------------------------------

/** The notice of today's screening and what it leaves out; red only if no massage is allowed. */
function showScreening(box, { screening: notice, left_out }, requests) {
  box.hidden = !notice;
  const shown = JSON.stringify([notice, left_out]);
  if (!notice || box.dataset.shown === shown) return;
  box.dataset.shown = shown;
  box.dataset.outcome = notice.outcome;
  const asked = notice.outcome === "not asked" ? [button("I have done it", () => requests.request({ do: "screen" }))] : [];
  box.replaceChildren(
    node("p", {}, node("span", {}, notice.text, " "), lessonLink(notice.notebook, asked.length ? "Do it now" : "Change"), ...asked),
    ...(left_out.length ? [list(left_out)] : []),
  );
}

function showFindings(section, findings, requests) {
  const shown = JSON.stringify(findings);
  if (section.dataset.shown === shown) return;
  section.dataset.shown = shown;
  const items = findings.map((finding) => findingRow(finding, requests));
  const head = node("h3", {}, findings.length ? "What to fix" : "Nothing to fix");
  section.replaceChildren(head, node("ul", {}, ...items));
}

function findingRow({ says, title, severity, sources, fixes }, requests) {
  const buttons = fixes.map((fix) => button(fix, () => requests.request({ do: "fix", finding: says, fix })));
  const who = folded(`Rule: ${title}`, [list(sources)], { className: "who" });
  const kind = node("b", {}, severity === "safety" ? "Safety: " : "");
  const item = node("li", {}, node("p", {}, kind, says), node("div", { className: "fixes" }, ...buttons), who);
  item.dataset.severity = severity;
  return item;
}

// --- the steps, and files --------------------------------------------------------------------

function table(columns) {
  const wide = node("div", { className: "wide", tabIndex: 0 }, grid(columns, []));
  wide.setAttribute("role", "region");
  wide.setAttribute("aria-label", "The session step by step");
  const made = folded("The session step by step", [wide], { className: "steps" });
  made.ontoggle = () => fillSteps(made);
  return made;
}

function showSteps(details, steps) {
  details.steps = steps;
  fillSteps(details);
}

/** Only while visible: forty rows a change would slow the sliders down. */
function fillSteps(details) {
  if (!details.open) return;
  const rows = details.steps.map((cells) => node("tr", {}, ...cells.map((cell) => node("td", {}, cell))));
  details.querySelector("tbody").replaceChildren(...rows);
}

/** @param {boolean} draws whether pictures and pages can be drawn, which a page without a kernel cannot */
function files(requests, draws) {
  const name = node("input", { type: "text", maxLength: 60, className: "name-of-plan" });
  const save = button("Save", () => requests.request({ do: "save", name: name.value }));
  name.onkeydown = (event) => {
    if (event.key === "Enter") save.click();
  };
  const forget = node("select", { className: "forget", ariaLabel: "Saved plan" });
  const forgetting = node(
    "div",
    { className: "forgetting" },
    forget,
    button("Delete it", () => requests.request({ do: "forget", name: forget.value })),
  );
  const start = node("input", { type: "datetime-local", className: "start" });
  start.value = thisEvening();
  const says = status("p", "said");
  const export_ = (kind, words, how = () => ({})) =>
    button(words, () => {
      says.textContent = "Making the file …";
      requests.request({ do: "export", kind, ...how() });
    });
  const drawn = [export_("pdf", "Pages for the wall (PDF)"), export_("png", "Picture (PNG)")];
  const calendar = node("div", {}, node("label", {}, "When ", start), export_("ics", "Into the calendar", () => ({ start: start.value })));
  return node(
    "div",
    { className: "files" },
    heading("Save and print"),
    node("div", {}, node("label", {}, "Name ", name), save, forgetting),
    node("div", {}, export_("html", "Practice for the phone (one file)"), ...(draws ? drawn : []), export_("csv", "Table (CSV)")),
    ...(draws ? [calendar] : []),
    says,
  );
}

/** Eight o'clock of this day, in the page's own time. */
function thisEvening() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}T20:00`;
}

/** Show the notice of a reply where the request was made: at a block, at the files, or at the top. */
function showNotice(el, { refused, done, practise, at }) {
  const line = el.querySelector(".message");
  if (practise) {
    line.replaceChildren("This plan is ready. Open ", practiseLink(practise), " to be led through it.");
    return;
  }
  const text = refused ? `Not possible: ${refused}` : (done ?? "");
  const slider = el.querySelector(`.slider[data-block="${at}"]`);
  line.textContent = slider || at === "files" ? "" : text;
  if (at === "files") el.querySelector(".said").textContent = text;
  if (slider && text) refuse(slider, text);
}

export default widget("mw-planner", render);
