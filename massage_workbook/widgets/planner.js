// Sliders that send wishes, and charts that follow them: what sums can tell at once, and all else as
// the kernel answers.

import { expected, paces, percent, shares, timeline, totalOf } from "./charts.js";
import { connect, oneAtATime, refresh } from "./shared/channel.js";
import { clock } from "./shared/clock.js";
import { button, grid, lessonLink, list, node, status } from "./shared/elements.js";
import { layers } from "./shared/layers.js";
import { plate } from "./shared/plate.js";
import { practiseLink } from "./shared/practise.js";
import { folded } from "./shared/sources.js";
import { follow, widget } from "./shared/widget.js";

const STEP = 15; // seconds
const LOST = "No answer comes, so nothing was changed or saved.";

function render({ model, el }) {
  const channel = connect(model, el, LOST, () => showMinutes());
  const wishes = wishing(channel, {
    onWish: () => showMinutes(),
    onReply: (reply) => {
      if (reply.name) download(reply);
      showState();
      // In JupyterLab its lesson opens at once; elsewhere that would replace the page.
      if (reply.practise && document.querySelector(".jp-LabShell")) parts.message.querySelector("a")?.click();
    },
  });
  const parts = {
    top: node("div", { className: "top" }),
    rows: node("div", { className: "rows" }),
    message: status("p", "message"),
    findings: node("section", { className: "findings" }),
    table: table(model.get("columns")),
    pictures: pictures(wishes, channel),
  };
  const form = node("form", {}, parts.top, parts.rows);
  form.onsubmit = (event) => event.preventDefault();
  const seen = node("div", { className: "seen" }, parts.pictures.node, parts.findings);
  el.append(
    node("p", { className: "screening" }),
    form,
    seen,
    channel.notice,
    parts.table,
    files(wishes),
    parts.message,
  );
  parts.top.append(...top(model, wishes));

  const showMinutes = () => {
    const state = expected(model.get("state"), wishes.pending());
    showTotal(parts.top, state.total, wishes);
    for (const row of state.rows) showSlider(parts.rows, row, totalOf(state.rows), wishes);
    parts.pictures.chart(state, model.get("bands"));
  };
  const showState = () => {
    const state = model.get("state");
    screening(el.querySelector(".screening"), state.screening, wishes);
    arrange(parts.rows, state, wishes);
    showTop(parts.top, state);
    for (const row of state.rows) showRow(parts.rows, row, model.get("sides"), wishes);
    showMinutes();
    parts.pictures.shade(state.seconds_per_cm);
    showFindings(parts.findings, state.findings, wishes);
    showSteps(parts.table, state.steps);
    say(parts.message, state.said);
  };
  refresh(el, channel);
  return [
    follow(model, ["ways"], () => parts.pictures.drawWays(model.get("ways"))),
    follow(model, ["reach"], () => parts.pictures.drawReach(model.get("reach"))),
    // While a request is under way its reply comes next, and shows the state.
    follow(model, ["state"], () => wishes.isBusy() || showState()),
    follow(model, ["saved"], () => showSaved(el, model)),
    channel.close,
  ];
}

// --- wishes ----------------------------------------------------------------------------------

/** Requests one at a time, and the block whose slider is `held` under the finger. */
function wishing(channel, { onWish, onReply }) {
  const line = oneAtATime(channel, onReply);
  const request = (message) => {
    line.request(message);
    onWish();
  };
  return { ...line, request, held: null };
}

// --- above the rows --------------------------------------------------------------------------

function top(model, wishes) {
  const from = source("from", "Begin from", "start from", wishes);
  const beside = source("beside", "Compare with", "compare", wishes);
  const note = node("p", { className: "note" });
  const where = folded("Where do these minutes come from?", [note]);
  const explain = () => {
    const id = model.get("state").beside.replace(/^session:/, "");
    const session = model.get("sessions").find((each) => each.id === id);
    note.textContent = session?.says ?? "From you: you saved this plan.";
  };
  where.ontoggle = explain;
  const undo = button("Undo", () => wishes.request({ do: "undo" }), "undo");
  from.append(node("span", { className: "position" }));
  return [from, beside, where, node("div", { className: "undoing" }, undo), total(wishes)];
}

/** A choice among the ready-made sessions and the saved plans. */
function source(name, words, wish, wishes) {
  const select = node("select", { name });
  select.onchange = () => wishes.request({ do: wish, source: select.value });
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
  const include = check("in the session", (on) => wishes.request({ do: "include", block, on }));
  const lock = button("Lock", () => {
    wishes.request({ do: "lock", block, on: lock.getAttribute("aria-pressed") !== "true" });
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
    const made = button(words, () => wishes.request({ do: "move", block, by }), "move");
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
    folded("", [node("p", { className: "note" }, purpose), node("ul", {})], { className: "techniques" }),
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
    wishes.request({ do: "set", block, seconds: Number(input.value), held: dragged });
  };
  input.onchange = () => {
    wishes.held = null;
    if (dragged) wishes.request({ do: "keep" }); // what is held is not kept at each move
    dragged = false;
  };
  typed.onchange = () => {
    const seconds = parsed(typed.value);
    if (seconds === null) typed.value = typed.dataset.text;
    else wishes.request({ do: "set", block, seconds });
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

/** @param {any} row */
function show(row, { block, seconds, least, most, share, locked = false }, wishes) {
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

function showRow(rows, row, sides, wishes) {
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
  showTechniques(made.querySelector("ul"), row, sides, wishes);
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
function showTechniques(list, { block, techniques }, sides, wishes) {
  const now = JSON.stringify(techniques);
  if (list.dataset.shown === now) return;
  const focused = list.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.key : null;
  list.dataset.shown = now;
  list.replaceChildren(...techniques.map((each) => techniqueRow(each, block, sides, wishes)));
  if (focused) list.querySelector(`[data-key="${focused}"]`)?.focus();
}

function techniqueRow({ id, name, on, weight, side, note }, block, sides, wishes) {
  const wish = (how) => wishes.request({ do: "technique", technique: id, block, on, weight, side, ...how });
  const box = check(name, (checked) => wish({ on: checked }));
  box.querySelector("input").checked = on;
  box.querySelector("input").dataset.key = `${id}-on`;
  const share = choice(`Share of ${name}`, { 1: "usual share", 2: "2 ×", 3: "3 ×", 4: "4 ×", 5: "5 ×" });
  share.value = weight;
  share.onchange = () => wish({ weight: Number(share.value) });
  const where = choice(`Side of ${name}`, sides);
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

function pictures(wishes, channel) {
  const plates = { ways: plate(), reach: plate() };
  const under = layers(plates.ways, channel);
  const upper = node("div", { className: "chart" });
  const lower = node("div", { className: "chart" });
  const minutes = node(
    "details",
    { className: "minutes" },
    node("summary", {}, "Minutes and force by place"),
    plates.reach.host,
  );
  const ask = () => minutes.open && wishes.request({ do: "minutes" });
  minutes.ontoggle = ask;
  const made = node(
    "div",
    { className: "pictures" },
    node("div", { className: "charts" }, upper, heading("How fast"), lower),
    node("div", { className: "back" }, heading("Where the hands go: the darker, the longer"), plates.ways.host, under.node),
    minutes,
  );
  let quiet = 0;
  let first = true;
  return {
    node: made,
    drawWays(svg) {
      plates.ways.draw(svg);
      under.renew();
    },
    drawReach: (svg) => svg && plates.reach.draw(svg),
    chart({ rows, total, beside_name }, bands) {
      const plan = { blocks: rows, longest: total.longest, beside: beside_name, bands };
      upper.replaceChildren(timeline(plan), shares(plan));
      lower.replaceChildren(paces(plan));
    },
    shade(seconds) {
      const most = Math.max(0, ...Object.values(seconds)) || 1;
      for (const band of /** @type {NodeListOf<SVGElement>} */ (plates.ways.picture().querySelectorAll('[id^="ways-"]'))) {
        band.style.opacity = String((seconds[band.id.replace("ways-", "")] ?? 0) / most);
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

// --- what is found ---------------------------------------------------------------------------

function screening(line, notice, wishes) {
  line.hidden = !notice;
  const shown = JSON.stringify(notice);
  if (!notice || line.dataset.shown === shown) return;
  line.dataset.shown = shown;
  const again = button("I have done it", () => wishes.request({ do: "screen" }));
  line.replaceChildren(node("span", {}, notice.text, " "), lessonLink(notice.notebook), again);
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
  const ways = mends.map((words, way) => button(words, () => wishes.request({ do: "mend", finding, way })));
  const who = folded(`Rule: ${title}`, [list(sources)], { className: "who" });
  const kind = node("b", {}, severity === "safety" ? "Safety: " : "");
  const item = node("li", {}, node("p", {}, kind, says), node("div", { className: "mends" }, ...ways), who);
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

/** Only where it can be seen: forty rows a wish would slow the sliders down. */
function fillSteps(details) {
  if (!details.open) return;
  const rows = details.steps.map((cells) => node("tr", {}, ...cells.map((cell) => node("td", {}, cell))));
  details.querySelector("tbody").replaceChildren(...rows);
}

function files(wishes) {
  const name = node("input", { type: "text", maxLength: 60, className: "name-of-plan" });
  const save = button("Save", () => wishes.request({ do: "save", name: name.value }));
  name.onkeydown = (event) => {
    if (event.key === "Enter") save.click();
  };
  const forget = node("select", { className: "forget", ariaLabel: "Saved plan" });
  const forgetting = node(
    "div",
    { className: "forgetting" },
    forget,
    button("Forget it", () => wishes.request({ do: "forget", name: forget.value })),
  );
  const start = node("input", { type: "datetime-local", className: "start" });
  start.value = thisEvening();
  const export_ = (kind, words, how = () => ({})) =>
    button(words, () => {
      made.closest(".mw-planner").querySelector(".message").textContent = "Making the file …";
      wishes.request({ do: "export", kind, ...how() });
    });
  const made = node(
    "div",
    { className: "files" },
    node("div", {}, button("Practise this plan", () => wishes.request({ do: "practise" }), "main")),
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

function download({ name, type, buffers }) {
  const link = node("a", { href: URL.createObjectURL(new Blob(buffers, { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function say(line, { refused, done, practise }) {
  if (practise) {
    line.replaceChildren("This plan is laid ready. Open ", practiseLink(practise), " to be led through it.");
  } else line.textContent = refused ?? done ?? "";
  line.classList.toggle("refused", Boolean(refused));
}

export default widget("mw-planner", render);
