// The back as the kernel drew it, and hands that follow its strokes.
// The shapes are matplotlib's: this file knows only their ids.

const SVG = "http://www.w3.org/2000/svg";
const PAUSE = 0.4; // seconds of rest between two strokes
const FULL = 1;
const SLOWER = 0.5;

function render({ model, el }) {
  el.classList.add("mw", "mw-back-map");
  const picture = plate(model.get("svg"));
  const hands = [hand(), hand()];
  picture.append(...hands);
  const stage = { hands, steps: steps(picture, model.get("tour")), at: 0, speed: FULL };
  draw(stage);
  const { node, play, stop } = controls(stage);
  el.append(picture.getRootNode().host, node);
  const watch = new IntersectionObserver(([entry]) => (entry.isIntersecting ? play() : stop()), {
    threshold: 0.5,
  });
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) watch.observe(el);
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
  style.textContent = "svg{display:block;width:100%;height:auto} .hand{pointer-events:none}";
  host.attachShadow({ mode: "open" }).append(style, svg);
  return svg;
}

function hand() {
  const palm = document.createElementNS(SVG, "ellipse");
  palm.setAttribute("class", "hand");
  palm.setAttribute("rx", 12);
  palm.setAttribute("ry", 16);
  palm.style.cssText = "fill: var(--mw-hand); opacity: 0.85; stroke: var(--mw-ink); stroke-width: 1";
  return palm;
}

function steps(picture, tour) {
  return tour.map(({ ways, seconds }) => ({
    paths: ways.map((id) => picture.getElementById(id).querySelector("path")),
    seconds,
  }));
}

/** Put the hands where they are at `stage.at` seconds of the tour. */
function draw(stage) {
  const total = stage.steps.reduce((sum, step) => sum + step.seconds + PAUSE, 0);
  let rest = stage.at % total;
  for (const step of stage.steps) {
    if (rest < step.seconds + PAUSE) return place(stage.hands, step, Math.min(1, rest / step.seconds));
    rest -= step.seconds + PAUSE;
  }
}

function place(hands, { paths }, share) {
  hands.forEach((each, i) => {
    each.style.display = paths[i] ? "" : "none";
    if (!paths[i]) return;
    const { x, y } = paths[i].getPointAtLength(share * paths[i].getTotalLength());
    each.setAttribute("transform", `translate(${x} ${y})`);
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

function button(text) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  return made;
}

export default { render };
