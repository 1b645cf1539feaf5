// The back as the kernel drew it, and hands that follow its strokes.
// The shapes are matplotlib's: this file knows only their ids.

const SVG = "http://www.w3.org/2000/svg";
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
  const hands = [hand("left"), hand("right")];
  picture.append(...hands);
  const stage = { hands, steps: steps(picture, model.get("tour")), at: 0, speed: FULL };
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

// A palm with its fingers together and the thumb beside it, seen from above; 34 by 44 units.
const HAND =
  "M-11 20C-15 14-16 6-15-1L-13-15C-12.7-18-8.5-18-8.5-14.5L-8-7L-7.5-19C-7.3-22.5-2.8-22.5-2.7-19" +
  "L-2.5-8L-1.5-20.5C-1.2-24 3.3-24 3.3-20.5L3.4-8L5-17.5C5.6-20.7 9.8-20 9.4-16.8L8.6-3" +
  "C11-6 13.5-8.5 16-9C19-9.4 19.5-6 17.5-4C14-.5 12 5 10.5 10C9.5 14 9 17 8 20C3 23-6 23-11 20Z";

/** A hand; the left one is the right one mirrored, both with the fingers towards the head. */
function hand(side) {
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", HAND);
  shape.style.cssText = "fill: var(--mw-hand); fill-opacity: 0.75; stroke: var(--mw-ink); stroke-width: 0.8";
  shape.dataset.turn = side === "left" ? "scale(-1 1)" : "";
  return shape;
}

function steps(picture, tour) {
  return tour.map(({ ways, ...times }) => ({
    paths: ways.map((id) => picture.getElementById(id).querySelector("path")),
    ...times,
  }));
}

/** Put the hands where they are at `stage.at` seconds of the tour. */
function draw(stage) {
  const total = stage.steps.reduce((sum, step) => sum + step.seconds + step.rest, 0);
  let left = stage.at % total;
  for (const step of stage.steps) {
    if (left < step.seconds + step.rest) return place(stage.hands, step, Math.min(1, left / step.seconds));
    left -= step.seconds + step.rest;
  }
}

function place(hands, { paths }, share) {
  hands.forEach((each, i) => {
    each.style.display = paths[i] ? "" : "none";
    if (!paths[i]) return;
    const { x, y } = paths[i].getPointAtLength(share * paths[i].getTotalLength());
    each.setAttribute("transform", `translate(${x} ${y}) ${each.dataset.turn}`);
  });
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

/** Where the hands are at the beginning, the middle and the end of each stroke, one by one. */
function stages(stage) {
  const places = [];
  let begins = 0;
  for (const { seconds, rest } of stage.steps) {
    // At its very end, where no rest follows, the next step would begin.
    for (const share of [0, 0.5, 0.999]) places.push(begins + share * seconds);
    begins += seconds + rest;
  }
  let shown = 0;
  const where = document.createElement("span");
  const go = (by) => {
    shown = (shown + by + places.length) % places.length;
    stage.at = places[shown];
    draw(stage);
    where.textContent = `${shown + 1} of ${places.length}`;
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
