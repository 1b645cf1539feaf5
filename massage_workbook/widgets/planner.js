// Sliders that send wishes, and the kernel's timeline, whose moving parts follow its answers.

const STEP = 15; // seconds

function render({ model, el }) {
  el.classList.add("mw", "mw-planner");
  const wishes = sender(model);
  const { total, rows } = model.get("state");
  const form = node(
    "form",
    {},
    sessions(model, wishes),
    slider({ ...total, block: "total", name: "Whole session", most: total.longest }, wishes),
    ...rows.map((row) => slider(row, wishes)),
  );
  form.onsubmit = (event) => event.preventDefault();
  const message = node("p", { className: "message" });
  message.setAttribute("role", "status");
  const plate = node("div", { className: "plate" });
  plate.attachShadow({ mode: "open" });
  el.append(form, node("div", { className: "picture" }, plate, message));

  const draw = () => replace(plate.shadowRoot, model.get("svg"));
  const follow = () => {
    const state = model.get("state");
    wishes.heard(state.wish);
    move(plate.shadowRoot, state);
    for (const row of [{ ...state.total, block: "total", share: 100 }, ...state.rows]) {
      show(form.querySelector(`[data-block="${row.block}"]`), row, wishes);
    }
    form.elements.session.value = state.session;
    message.textContent = state.refused ?? "";
  };
  draw();
  follow();
  model.on("change:svg", draw);
  model.on("change:state", follow);
  return () => {
    model.off("change:svg", draw);
    model.off("change:state", follow);
  };
}

// --- wishes ----------------------------------------------------------------------------------

/** Sends one wish at a time; while it is under way only the last further one is kept. */
function sender(model) {
  let sent = 0;
  let under_way = null;
  let next = null;
  const send = (wish) => {
    under_way = wish;
    sent += 1;
    model.send({ ...wish, wish: sent });
  };
  return {
    wish: (wish) => (under_way ? (next = wish) : send(wish)),
    heard: (number) => {
      if (number !== sent) return;
      under_way = null;
      if (next) send(next);
      next = null;
    },
    held: null, // the block whose slider is under the finger
    /** Whether a slider has moved on since: the answer to an older wish must not put it back. */
    isAhead(block) {
      return block === this.held || block === under_way?.set;
    },
  };
}

// --- controls --------------------------------------------------------------------------------

function sessions(model, wishes) {
  const options = model.get("sessions").map(({ id, name }) => node("option", { value: id }, name));
  const select = node("select", { name: "session" }, ...options);
  const note = node("p", { className: "note" });
  const explain = () => {
    const { basis, note: how } = model.get("sessions").find(({ id }) => id === select.value);
    note.textContent = basis === "stated" ? "" : `This is ${basis}. ${how}`;
  };
  select.value = model.get("state").session;
  explain();
  select.onchange = () => {
    explain();
    wishes.wish({ start_from: select.value });
  };
  const about = node("details", {}, node("summary", {}, "Where do these minutes come from?"), note);
  return node("div", { className: "session" }, node("label", {}, "Ready-made session ", select), about);
}

function slider({ block, name, family, least, most, seconds }, wishes) {
  const input = node("input", { type: "range", min: least, max: most, step: STEP, value: seconds });
  // The slider itself says its value; an <output> a slider would announce every one at each move.
  const value = node("span", { className: "value", ariaHidden: "true" });
  const row = node("label", { className: "slider" }, node("span", { className: "name" }, name), input, value);
  row.dataset.block = block;
  row.style.setProperty("--family", family ? `var(--mw-${family})` : "var(--mw-ink)");
  input.oninput = () => {
    wishes.held = block;
    wishes.wish({ set: block, seconds: Number(input.value) });
  };
  input.onchange = () => (wishes.held = null);
  return row;
}

function show(row, { block, seconds, least, most, text, share }, wishes) {
  const input = row.querySelector("input");
  if (block !== "total") Object.assign(input, { min: least, max: most });
  if (!wishes.isAhead(block)) input.value = seconds;
  input.setAttribute("aria-valuetext", `${text} minutes`);
  row.querySelector(".value").textContent = block === "total" ? text : `${text} · ${share} %`;
}

// --- the picture -----------------------------------------------------------------------------

function replace(root, text) {
  const svg = document.importNode(
    new DOMParser().parseFromString(text, "image/svg+xml").documentElement,
    true,
  );
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  const style = node("style", {}, "svg{display:block;width:100%;height:auto}");
  root.replaceChildren(style, svg);
}

/** Put each moving part where the kernel's own transforms say that it stands. */
function move(root, { places, alt }) {
  root.querySelector("svg").setAttribute("aria-label", alt);
  for (const [id, { d, x, text, opacity }] of Object.entries(places)) {
    const group = root.getElementById(id);
    if (d !== undefined) {
      group.querySelector("path").setAttribute("d", d);
      continue;
    }
    const words = group.querySelector("text");
    words.setAttribute("x", x);
    words.textContent = text;
    words.style.opacity = opacity;
  }
}

function node(tag, props, ...children) {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children);
  return made;
}

export default { render };
