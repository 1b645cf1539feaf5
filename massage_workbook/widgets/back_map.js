// The back as the kernel drew it, with hands that make a pass on it (`motion.js`).
// The shapes are matplotlib's: this file knows only their ids.

const STYLE = `
  svg { display: block; width: 100%; height: auto }
  path, text { pointer-events: none }
  [id^="zone-"] path { pointer-events: all }
  [id^="zone-"] { outline: none }
  [id^="zone-"]:is(:hover, :focus) path {
    fill: var(--mw-ink) !important; fill-opacity: 0.12 !important;
    stroke: var(--mw-ink) !important; stroke-width: 2 !important;
  }
`;
const FULL = 1;
const SLOWER = 0.5;

function render({ model, el }) {
  el.classList.add("mw", "mw-back-map");
  // Keys pressed here stay here: in any notebook `x` would cut the cell. Jupyter asks what has the focus.
  el.addEventListener("focusin", ({ target }) => (target.dataset.lmSuppressShortcuts = ""));
  const picture = plate(model.get("svg"));
  const stage = { hands: makeHands(picture), tours: model.get("tours"), at: 0, speed: FULL };
  draw(stage);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const { node, play, stop } = still ? stages(stage) : controls(stage);
  const note = makeZonesTell(picture, model.get("zones"));
  el.append(picture.getRootNode().host, node, note);
  const watch = new IntersectionObserver(([entry]) => (entry.isIntersecting ? play() : stop()), {
    threshold: 0.5,
  });
  watch.observe(el);
  return () => {
    watch.disconnect();
    stop();
  };
}

/** The SVG in a shadow root, where its ids meet no others. */
function plate(text) {
  const host = document.createElement("div");
  host.className = "plate";
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const svg = document.importNode(parsed, true);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  const style = document.createElement("style");
  style.textContent = STYLE;
  host.attachShadow({ mode: "open" }).append(style, svg);
  return svg;
}

/** Put the hands where they are at `stage.at` seconds, one tour after the other. */
function draw({ hands, tours, at }) {
  let left = at % tours.reduce((sum, { seconds }) => sum + seconds, 0);
  for (const tour of tours) {
    if (left < tour.seconds || tour === tours.at(-1)) return hands.show(tour, left);
    left -= tour.seconds;
  }
}

function controls(stage) {
  const toggle = button("Play");
  const slower = button("Slower");
  let frame = null;
  let last = 0;

  const tick = (time) => {
    stage.at += ((time - last) / 1000) * stage.speed;
    last = time;
    draw(stage);
    frame = requestAnimationFrame(tick);
  };
  const play = () => {
    if (frame !== null) return;
    last = performance.now();
    frame = requestAnimationFrame(tick);
    toggle.textContent = "Pause";
  };
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = null;
    toggle.textContent = "Play";
  };
  toggle.onclick = () => (frame === null ? play() : stop());
  slower.setAttribute("aria-pressed", "false");
  slower.onclick = () => {
    stage.speed = stage.speed === FULL ? SLOWER : FULL;
    slower.setAttribute("aria-pressed", String(stage.speed === SLOWER));
  };

  const node = document.createElement("div");
  node.className = "controls";
  node.append(toggle, slower);
  return { node, play, stop };
}

/** Where a pass begins, and the middle of each of its strokes, one by one. */
function stages(stage) {
  const moments = momentsOf(stage.tours);
  let shown = 0;
  const where = document.createElement("span");
  const go = (by) => {
    shown = (shown + by + moments.length) % moments.length;
    stage.at = moments[shown];
    draw(stage);
    where.textContent = `${shown + 1} of ${moments.length}`;
  };
  const back = button("Back");
  const next = button("Next");
  back.onclick = () => go(-1);
  next.onclick = () => go(1);
  where.setAttribute("role", "status");
  go(0);
  const node = document.createElement("div");
  node.className = "controls";
  node.append(back, where, next);
  return { node, play: () => {}, stop: () => {} };
}

/** Seconds of those stages, from the beginning of the first tour. */
function momentsOf(tours) {
  const found = [];
  let begins = 0;
  for (const { legs, seconds } of tours) {
    found.push(begins);
    for (const name of new Set(legs.map(({ stroke }) => stroke))) {
      const own = legs.filter(({ stroke, kind }) => stroke === name && kind !== "between");
      const last = own.at(-1);
      found.push(begins + (own[0].at + last.at + last.seconds) / 2);
    }
    begins += seconds;
  }
  return found;
}

// --- zones -----------------------------------------------------------------------------------

/** Zones say their rule when pointed at; one of them takes the Tab key, arrows lead to others. */
function makeZonesTell(picture, zones) {
  picture.setAttribute("role", "group"); // an image would hide its zones from a screen reader
  const note = document.createElement("p");
  note.className = "zone";
  const hint = "Point at a zone to read its rule.";
  note.textContent = hint;
  const groups = zones.map((zone) => picture.getElementById(`zone-${zone.id}`));
  const tell = (zone) => {
    const name = document.createElement("b");
    name.textContent = `${zone.name}: ${zone.kind}. `;
    note.replaceChildren(name, zone.rule);
  };
  const quiet = () => note.replaceChildren(hint);
  const focus = (i) => {
    const next = groups[(i + groups.length) % groups.length];
    for (const group of groups) group.setAttribute("tabindex", group === next ? "0" : "-1");
    next.focus();
  };
  groups.forEach((group, i) => {
    const { name, kind, rule } = zones[i];
    group.setAttribute("role", "img");
    group.setAttribute("aria-label", `${name}: ${kind}. ${rule}`);
    group.setAttribute("tabindex", i === 0 ? "0" : "-1");
    group.onpointerenter = group.onfocus = () => tell(zones[i]);
    group.onpointerleave = group.onblur = quiet;
    group.onkeydown = (event) => {
      const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      focus(i + by);
    };
  });
  return note;
}

function button(text) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  return made;
}

export default { render };
