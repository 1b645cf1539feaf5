// The page of a practice that runs: what is done now, and for how long.

import { clock } from "../shared/clock.js";
import { button, node, status, svgNode, write } from "../shared/elements.js";
import { makeHands } from "../shared/motion.js";
import { plate } from "../shared/plate.js";
import { sounds } from "./settings.js";
import { beatAt, legAt, passAt, positionAt } from "./timing.js";
import { label } from "./words.js";

/** The page of a practice that runs; `troubles` is an element that stands above it. */
export function runPage({ session, pictures, settings }, troubles) {
  const words = makeWords();
  const buttons = makeButtons();
  const parts = { ring: makeRing(), bar: makeBar(session), picture: makePicture(session, pictures) };
  const lights = { edge: node("div", { className: "edge cue" }), pulse: node("div", { className: "edge beat" }) };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const content = laidOut(words, buttons, parts, lights, settings, troubles);
  const show = { step: stepShower(session, words, content, parts.picture), state: stateShower(buttons, content) };
  return {
    node: content,
    full: buttons.full,
    focus: () => buttons.toggle.focus(),
    note: (text) => write(words.note, text),
    on({ toggle, back, stop, end, fullScreen }) {
      Object.assign(buttons.toggle, { onclick: toggle });
      Object.assign(buttons.back, { onclick: back });
      Object.assign(buttons.stop, { onclick: stop });
      Object.assign(buttons.end, { onclick: () => end(false) });
      Object.assign(buttons.full, { onclick: fullScreen });
    },
    tell(cue) {
      if (cue.say) write(words.message, cue.say);
      words.message.setAttribute("aria-live", settings.voice.on ? "off" : "polite");
      if (!settings.flash.on || still) return;
      lights.edge.animate([{ opacity: cue.say ? 1 : 0.5 }, { opacity: 0 }], { duration: 900, easing: "ease-out" });
    },
    draw(time, running) {
      const { phase, index, into, left, share } = positionAt(session, time);
      show.step(phase, index);
      show.state(running);
      write(words.left, clock(Math.ceil(left - 1e-6)));
      write(words.whole, `${clock(Math.max(0, time))} of ${clock(session.total)}`);
      const beat = settings.flash.on && running ? beatAt(session.beats, time) : null;
      parts.ring.draw(share, beat, still);
      lights.pulse.style.opacity = beat && !still ? Math.max(0, 0.6 - 2 * beat.since) : 0;
      parts.bar.draw(time);
      parts.picture.draw(within(words, session.steps[index], phase === "step" ? into : 0, still));
    },
  };
}

function makeWords() {
  const words = {
    block: node("span", { className: "block" }),
    whole: node("span", { className: "whole" }),
    name: node("h2", {}),
    left: node("output", { className: "left" }),
    note: status("p", "note"),
    paused: node("p", { className: "paused" }, node("b", {}, "Paused"), " Tap anywhere to go on."),
  };
  for (const name of ["side", "pass", "force", "shut", "told", "next"]) words[name] = node("p", { className: name });
  words.left.setAttribute("aria-label", "Time left in this step");
  words.left.setAttribute("aria-live", "off");
  return words;
}

function makeButtons() {
  const wrong = node("span", { className: "label" }, node("i", {}), "Stop: something is wrong");
  return {
    toggle: button("", null, "big toggle"),
    back: button(label("↶", "Back a step"), null, "big back"),
    stop: button(wrong, null, "big stop"),
    end: button("End here", null, "small end"),
    full: Object.assign(button("Full screen", null, "small"), { hidden: !document.fullscreenEnabled }),
  };
}

function laidOut(words, { toggle, back, stop, end, full }, { ring, bar, picture }, { edge, pulse }, settings, troubles) {
  const panel = node("details", { className: "panel" }, node("summary", { className: "small" }, "Sound"), sounds(settings));
  const timer = node("div", { className: "timer" }, ring.node, words.left);
  const { name, side, note, paused, pass, force, shut, told, next } = words;
  return node(
    "div",
    { className: "run" },
    node("div", { className: "head" }, words.block, words.whole, troubles, node("div", { className: "tools" }, panel, full, end)),
    picture.node,
    node("div", { className: "now" }, name, side, timer, note, paused, pass, force, shut, told, next),
    bar.node,
    node("div", { className: "big-buttons" }, toggle, back, stop),
    pulse,
    edge,
  );
}

/** Writes what one step has of its own, where it is another than before. */
function stepShower(session, words, content, picture) {
  let shown = "";
  return (phase, index) => {
    if (shown === `${phase} ${index}`) return;
    shown = `${phase} ${index}`;
    const one = session.steps[index];
    const ready = phase === "ready";
    write(words.block, one.block);
    words.block.style.setProperty("--family", `var(--mw-${one.family})`);
    write(words.name, ready ? "Get ready" : one.name);
    write(words.side, ready ? `First: ${one.name}, ${one.side}` : one.side);
    write(words.shut, one.left_out);
    write(words.next, ready ? "" : `Next: ${one.next}`);
    content.dataset.long = String(one.name.length > 20);
    picture.turnTo(index);
  };
}

/** Shows whether the practice runs or is paused, where that has changed. */
function stateShower({ toggle, end }, content) {
  let ran = null;
  return (running) => {
    if (ran === running) return;
    ran = running;
    toggle.replaceChildren(running ? label("❚❚", "Pause") : label("▶", "Go on"));
    content.dataset.state = running ? "running" : "paused";
    end.hidden = running;
  };
}

/**
 * Say which pass it is and how firm the hands are where they are, before it where to be; return the
 * seconds of the pass that the picture shows.
 */
function within(words, one, into, still) {
  const now = passAt(one, into);
  const leg = legAt(one.tour, now.into);
  const place = one.lighter[leg.stroke];
  const force = `Force ${leg.force} of 10${place ? `, ${place}` : ""}`;
  write(words.pass, passWords(one, now));
  write(words.force, now.phase === "pass" ? force : one.stand);
  words.force.dataset.light = String(now.phase === "pass" && Boolean(place));
  return still ? leg.at : now.into; // without motion the hands go from stop to stop
}

/** What is to be done before the first pass, which pass it is, or that the hands rest. */
function passWords({ before, passes }, { phase, number }) {
  if (phase === "before") return before;
  if (phase === "rest") return "Rest your hands";
  if (number === passes && passes > 1) return `Pass ${number} of ${passes}, the last`;
  return `Pass ${number} of ${passes}`;
}

/** A ring that fills with the step; in it a mark that lights up with each beat. */
function makeRing() {
  const svg = svgNode("svg", { viewBox: "0 0 100 100", class: "ring", "aria-hidden": "true" });
  const full = svgNode("circle", { cx: 50, cy: 50, r: 42, class: "rest" });
  const done = svgNode("circle", { cx: 50, cy: 50, r: 42, class: "done", pathLength: 1, transform: "rotate(-90 50 50)" });
  const marks = [38, 62].map((cx) => svgNode("circle", { cx, cy: 50, r: 9, class: "beat" }));
  svg.append(full, done, ...marks);
  return {
    node: svg,
    draw(share, beat, still) {
      done.setAttribute("stroke-dasharray", `${share} 1`);
      marks.forEach((mark, i) => {
        const mine = beat && beat.number % 2 === i;
        // Without motion the marks change places at each beat, and nothing fades.
        const light = mine ? (still ? 1 : Math.max(0.2, 1 - beat.since / 0.35)) : 0.2;
        mark.style.opacity = beat ? light : 0;
      });
    },
  };
}

/** The session as its blocks, with what is done. */
function makeBar({ steps, total }) {
  const blocks = [];
  for (const { block, family, seconds } of steps) {
    if (blocks.at(-1)?.block === block) blocks.at(-1).seconds += seconds;
    else blocks.push({ block, family, seconds });
  }
  const parts = blocks.map(({ family, seconds }) => {
    const part = node("i", {});
    part.style.cssText = `flex: ${seconds}; --family: var(--mw-${family})`;
    return part;
  });
  const veil = node("b", {});
  const bar = node("div", { className: "bar" }, ...parts, veil);
  bar.setAttribute("role", "progressbar");
  bar.setAttribute("aria-label", "The session");
  bar.setAttribute("aria-valuemax", Math.round(total));
  let told = null;
  return {
    node: bar,
    draw(time) {
      const at = Math.max(0, Math.min(total, time));
      veil.style.left = `${(100 * at) / total}%`;
      if (told === Math.floor(at)) return;
      told = Math.floor(at);
      bar.setAttribute("aria-valuenow", told);
      bar.setAttribute("aria-valuetext", `${clock(at)} of ${clock(total)}`);
    },
  };
}

/** The strokes of the present step with the hands on them, the other side veiled. */
function makePicture({ steps, middle }, { maps, hands }) {
  const veil = svgNode("rect", { y: 0, height: "100%", class: "veil" });
  const plates = {
    map: plate(null, { className: "map", looks: MAP, height: "100%" }),
    hand: plate(null, { className: "hand", height: "100%" }),
  };
  let moving = null;
  let shown = {};
  return {
    node: node("div", { className: "picture" }, plates.map.host, plates.hand.host),
    turnTo(index) {
      const step = steps[index];
      if (shown.hand !== step.hand) plates.hand.draw(hands[step.hand]);
      if (shown.map !== step.map) plates.map.draw(maps[step.map]);
      shown = step;
      const svg = plates.map.picture();
      const { width } = svg.viewBox.baseVal;
      veil.setAttribute("x", step.works === "left" ? middle : 0);
      veil.setAttribute("width", step.works === "both" ? 0 : step.works === "left" ? width - middle : middle);
      moving?.remove();
      svg.append(veil);
      moving = makeHands(svg);
      moving.show(step.tour, 0);
    },
    draw: (into) => moving.show(shown.tour, into),
  };
}

const MAP = `
  .veil { fill: #101418; opacity: 0.66 }
`;
