// The page of a practice that runs: what is done now, with which hand, how often, and for how long.

import { clock } from "../shared/clock.js";
import { button, node, status, svgNode, write } from "../shared/elements.js";
import { makePicture } from "./pictures.js";
import { sounds } from "./settings.js";
import { beatAt, legAt, mayLengthen, passAt, positionAt } from "./timing.js";
import { label } from "./words.js";

/** The page of a practice that runs; `troubles` is an element that stands on it. */
export function runPage({ pictures, session, settings }, troubles) {
  const words = makeWords();
  const buttons = makeButtons();
  const parts = { ring: makeRing(), bar: makeBar(), picture: makePicture(session.middle, pictures, settings) };
  const lights = { edge: node("div", { className: "edge cue" }), pulse: node("div", { className: "edge beat" }) };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const content = laidOut(words, buttons, parts, lights, settings, troubles);
  const show = { step: stepShower(words, parts.picture), state: stateShower(buttons, content) };
  return {
    node: content,
    full: buttons.full,
    focus: () => buttons.toggle.focus(),
    note: (text) => write(words.note, text),
    on(acts) {
      for (const [name, element] of Object.entries(buttons)) element.onclick = acts[name];
    },
    /** Show a cue; what is said stands there for those who cannot hear it. */
    tell({ say }, heard) {
      if (say) write(words.told, say);
      words.told.setAttribute("aria-live", heard ? "off" : "polite");
      content.dataset.heard = String(heard);
      if (!settings.flash.on || still) return;
      lights.edge.animate([{ opacity: say ? 1 : 0.5 }, { opacity: 0 }], { duration: 900, easing: "ease-out" });
    },
    draw(session, time, running) {
      const { phase, index, into, left, share } = positionAt(session, time);
      const step = session.steps[index];
      show.step(phase, index, step);
      show.state(running);
      buttons.longer.disabled = phase !== "step" || !mayLengthen(session, index);
      write(words.left, clock(Math.ceil(left - 1e-6)));
      const beat = settings.flash.on && running ? beatAt(session.beats, time) : null;
      parts.ring.draw(share, beat, still);
      lights.pulse.style.opacity = beat && !still ? Math.max(0, 0.6 - 2 * beat.since) : 0;
      parts.bar.draw(session, time);
      parts.picture.draw(...within(words, step, phase === "step" ? into : null), still);
    },
  };
}

function makeWords() {
  const words = {
    name: node("h2", {}),
    left: node("output", { className: "left" }),
    note: status("p", "note"),
    paused: node("b", {}, "Paused"),
  };
  for (const name of ["side", "say", "pass", "force", "shut", "told", "next"]) words[name] = node("p", { className: name });
  words.left.setAttribute("aria-label", "Time left in this step");
  words.left.setAttribute("aria-live", "off");
  return words;
}

function makeButtons() {
  const wrong = node("span", { className: "label" }, node("i", {}), "Stop", node("span", {}, ": something is wrong"));
  return {
    back: keyed(button(label("↶", "Back"), null, "big back"), "Back a step", "ArrowLeft"),
    toggle: button("", null, "big toggle"),
    longer: keyed(button(label("+", "Longer"), null, "big longer"), "A little longer", "+"),
    skip: keyed(button(label("↷", "Skip"), null, "big skip"), "Skip this step", "ArrowRight"),
    stop: keyed(button(wrong, null, "big stop"), "Stop: something is wrong", "S"),
    end: button("End here", null, "small end"),
    full: Object.assign(button("Full screen", null, "small"), { hidden: !document.fullscreenEnabled }),
  };
}

/** A button with its whole name, and the key that does the same. */
function keyed(made, name, key) {
  made.setAttribute("aria-label", name);
  made.setAttribute("aria-keyshortcuts", key);
  made.title = `${name} (key ${key.replace("Arrow", "").toLowerCase()})`;
  return made;
}

function laidOut(words, { back, toggle, longer, skip, stop, end, full }, { ring, bar, picture }, { edge, pulse }, settings, troubles) {
  const panel = node("details", { className: "panel" }, node("summary", { className: "small" }, "Sound"), sounds(settings));
  const { name, side, say, note, paused, left, pass, force, shut, told, next } = words;
  return node(
    "div",
    { className: "run" },
    picture.node,
    node(
      "div",
      { className: "now" },
      node("div", { className: "what" }, name, side),
      say,
      node("div", { className: "timer" }, ring.node, left, node("div", {}, pass, force)),
      ...[shut, next, told, note],
      node("div", { className: "tools" }, paused, panel, full, end),
      troubles,
    ),
    bar.node,
    node("div", { className: "big-buttons" }, back, toggle, longer, skip, stop),
    pulse,
    edge,
  );
}

/** Writes what one step has of its own, where it is another than before. */
function stepShower(words, picture) {
  let shown = "";
  return (phase, index, step) => {
    if (shown === `${phase} ${index}`) return;
    shown = `${phase} ${index}`;
    const ready = phase === "ready";
    words.name.dataset.ready = String(ready);
    write(words.name, ready ? `Get ready: ${step.name.toLowerCase()}` : step.name);
    write(words.side, `${step.side}, ${step.hands}`);
    write(words.shut, step.left_out);
    write(words.note, "");
    picture.turnTo(step);
  };
}

/** Shows whether the practice runs or is paused, where that has changed. */
function stateShower({ toggle }, content) {
  let ran = null;
  return (running) => {
    if (ran === running) return;
    ran = running;
    toggle.replaceChildren(running ? label("❚❚", "Pause") : label("▶", "Go on"));
    content.dataset.state = running ? "running" : "paused";
  };
}

/**
 * Say what to do, which pass it is and how firm the hands are where they are, and in the last what
 * comes next; return the seconds of the pass that the picture shows, and its leg.
 */
function within(words, step, into) {
  const now = into === null ? { phase: "ready", number: 0, into: 0 } : passAt(step, into);
  const leg = legAt(step.tour, now.into);
  const place = step.lighter[leg.stroke];
  const atWork = now.phase === "pass";
  write(words.say, now.phase === "before" ? step.before : step.say);
  write(words.pass, passWords(step, now));
  write(words.force, atWork ? `Force ${leg.force} of 10${place ? `, ${place}` : ""}` : "");
  write(words.next, now.number === step.passes ? `Then ${step.next}` : "");
  words.force.dataset.light = String(atWork && Boolean(place));
  return [now.into, leg];
}

/** Where to be, how many times it will be done, which of them this is, or that the hands rest. */
function passWords({ passes, stand }, { phase, number }) {
  const all = passes === 1 ? "1 time" : `${passes} times`;
  return { ready: stand, before: all, pass: `${number} of ${all}`, rest: "Rest your hands" }[phase];
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
function makeBar() {
  const veil = node("b", {});
  const bar = node("div", { className: "bar" });
  bar.setAttribute("role", "progressbar");
  bar.setAttribute("aria-label", "The session");
  let shown = null;
  let told = null;
  return {
    node: bar,
    draw(session, time) {
      const { total } = session;
      if (shown !== session) {
        bar.replaceChildren(...blocksOf(session), veil);
        bar.setAttribute("aria-valuemax", Math.round(total));
      }
      shown = session;
      const at = Math.max(0, Math.min(total, time));
      veil.style.left = `${(100 * at) / total}%`;
      if (told === Math.floor(at)) return;
      told = Math.floor(at);
      bar.setAttribute("aria-valuenow", told);
      bar.setAttribute("aria-valuetext", `${clock(at)} of ${clock(total)}`);
    },
  };
}

function blocksOf({ steps }) {
  /** @type {any[]} */
  const blocks = [];
  for (const { block, family, seconds } of steps) {
    if (blocks.at(-1)?.block === block) blocks.at(-1).seconds += seconds;
    else blocks.push({ block, family, seconds });
  }
  return blocks.map(({ family, seconds }) => {
    const part = node("i", {});
    part.style.cssText = `flex: ${seconds}; --family: var(--mw-${family})`;
    return part;
  });
}
