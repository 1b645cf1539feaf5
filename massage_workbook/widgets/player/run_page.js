// The page of a running practice: what is done now, with which hand, how many times, for how long.

import { clock } from "../shared/clock.js";
import { button, node, status, svgNode, write } from "../shared/elements.js";
import { isStill, label } from "./parts.js";
import { makePictures } from "./pictures.js";
import { soundSettings } from "./settings.js";
import { beatAt, legAt, mayAddPass, passAt, positionAt } from "./timing.js";

/** The page with a notice; each button calls the method of `actions` with its name. */
export function makeRunPage({ pictures, session, settings }, notice, actions) {
  const texts = makeTexts();
  const buttons = makeButtons(actions);
  const graphics = {
    ring: makeRing(),
    bar: makeBar(),
    pictures: makePictures(session.midline, pictures, settings),
    lights: makeLights(settings),
  };
  const page = layOut(texts, buttons, graphics, soundSettings(settings), notice);
  let shown = "";
  return {
    node: page,
    focus: () => buttons.toggle.focus(),
    note: (text) => write(texts.note, text),
    /** Whether cues are heard; if not, their text is visible, and announced by a screen reader. */
    setAudible(isAudible) {
      if (page.dataset.audible === String(isAudible)) return;
      page.dataset.audible = String(isAudible);
      texts.caption.setAttribute("aria-live", isAudible ? "off" : "polite");
    },
    showCue({ text }) {
      if (text) write(texts.caption, text);
      graphics.lights.flash(text ? 1 : 0.5);
    },
    draw(session, time, isPlaying) {
      const { phase, index, elapsed, remaining, fraction } = positionAt(session, time);
      const step = session.steps[index];
      if (shown !== `${phase} ${index}`) {
        shown = `${phase} ${index}`;
        showStep(texts, step, phase === "ready");
        graphics.pictures.showStep(step);
      }
      const pass = phase === "step" ? passAt(step, elapsed) : { phase: "ready", number: 0, elapsed: 0 };
      const leg = legAt(step.tour, pass.elapsed);
      showPass(texts, step, pass, leg);
      graphics.pictures.draw(pass.elapsed, leg);
      showState(page, buttons.toggle, isPlaying);
      buttons.longer.disabled = phase !== "step" || !mayAddPass(session, index);
      write(texts.countdown, clock(Math.ceil(remaining - 1e-6)));
      const beat = settings.flash.on && isPlaying ? beatAt(session.beats, time) : null;
      graphics.ring.draw(fraction, beat);
      graphics.lights.draw(beat);
      graphics.bar.draw(session, time);
    },
  };
}

function makeTexts() {
  const texts = {
    name: node("h2", {}),
    countdown: node("output", { className: "countdown" }),
    note: status("p", "note"),
  };
  for (const name of ["side", "instruction", "pass", "force", "restrictions", "caption", "next"]) {
    texts[name] = node("p", { className: name });
  }
  texts.countdown.setAttribute("aria-label", "Time left in this step");
  texts.countdown.setAttribute("aria-live", "off");
  return texts;
}

function makeButtons(actions) {
  const stop = node("span", { className: "label" }, node("i", {}), "Stop", node("span", {}, ": something is wrong"));
  const buttons = {
    back: withKey(button(label("↶", "Back"), null, "big back"), "Back a step", "ArrowLeft"),
    toggle: button("", null, "big toggle"),
    longer: withKey(button(label("+", "Longer"), null, "big longer"), "A little longer", "+"),
    skip: withKey(button(label("↷", "Skip"), null, "big skip"), "Skip this step", "ArrowRight"),
    stop: withKey(button(stop, null, "big stop"), "Stop: something is wrong", "S"),
    end: button("End here", null, "small"),
    fullScreen: Object.assign(button("Full screen", null, "small"), { hidden: !document.fullscreenEnabled }),
  };
  for (const [name, element] of Object.entries(buttons)) element.onclick = () => actions[name]();
  return buttons;
}

/** A button with its full name and the key that does the same. */
function withKey(element, name, key) {
  element.setAttribute("aria-label", name);
  element.setAttribute("aria-keyshortcuts", key);
  element.title = `${name} (key ${key.replace("Arrow", "").toLowerCase()})`;
  return element;
}

function layOut(texts, buttons, { ring, bar, pictures, lights }, settings, notice) {
  const { name, side, instruction, note, countdown, pass, force, restrictions, caption, next } = texts;
  const { back, toggle, longer, skip, stop, end, fullScreen } = buttons;
  const panel = node("details", { className: "panel" }, node("summary", { className: "small" }, "Sound"), settings);
  return node(
    "div",
    { className: "run-page" },
    pictures.node,
    node(
      "div",
      { className: "texts" },
      node("div", { className: "title" }, name, side),
      instruction,
      node("div", { className: "timer" }, ring.node, countdown, node("div", {}, pass, force)),
      ...[restrictions, next, caption, note],
      node("div", { className: "tools" }, node("b", {}, "Paused"), panel, fullScreen, end),
      notice,
    ),
    bar.node,
    node("div", { className: "big-buttons" }, back, toggle, longer, skip, stop),
    ...lights.nodes,
  );
}

function showStep(texts, step, isReady) {
  texts.name.dataset.ready = String(isReady);
  write(texts.name, isReady ? `Get ready: ${step.name.toLowerCase()}` : step.name);
  write(texts.side, `${step.side_label}, ${step.hands}`);
  write(texts.restrictions, step.restrictions);
  write(texts.note, "");
}

/** Show whether the practice is running or paused. */
function showState(page, toggle, isPlaying) {
  const state = isPlaying ? "running" : "paused";
  if (page.dataset.state === state) return;
  page.dataset.state = state;
  toggle.replaceChildren(isPlaying ? label("❚❚", "Pause") : label("▶", "Go on"));
}

/** Show what to do, the number of the pass, the force of a leg, and in the last pass what follows. */
function showPass(texts, step, pass, leg) {
  const isWorking = pass.phase === "pass";
  const hint = step.light_hints[leg.stroke];
  write(texts.instruction, pass.phase === "before" ? step.transitions : step.instruction);
  write(texts.pass, passLabel(step, pass));
  write(texts.force, isWorking ? `Force ${leg.force} of 10${hint ? `, ${hint}` : ""}` : "");
  write(texts.next, pass.number === step.passes ? `Then ${step.next}` : "");
  texts.force.dataset.light = String(isWorking && Boolean(hint));
}

function passLabel({ passes, stance_label }, { phase, number }) {
  const all = passes === 1 ? "1 time" : `${passes} times`;
  return { ready: stance_label, before: all, pass: `${number} of ${all}`, rest: "Rest your hands" }[phase];
}

/** Light at the edge of the screen for cues and beats. */
function makeLights(settings) {
  const [cue, beat] = ["cue", "beat"].map((name) => node("div", { className: `edge ${name}` }));
  return {
    nodes: [beat, cue],
    flash(opacity) {
      if (!settings.flash.on || isStill()) return;
      cue.animate([{ opacity }, { opacity: 0 }], { duration: 900, easing: "ease-out" });
    },
    draw(present) {
      beat.style.opacity = present && !isStill() ? Math.max(0, 0.6 - 2 * present.elapsed) : 0;
    },
  };
}

/** A ring that fills with the step; in it two marks light up in turn with the beats. */
function makeRing() {
  const svg = svgNode("svg", { viewBox: "0 0 100 100", class: "ring", "aria-hidden": "true" });
  const whole = svgNode("circle", { cx: 50, cy: 50, r: 42, class: "whole" });
  const done = svgNode("circle", { cx: 50, cy: 50, r: 42, class: "done", pathLength: 1, transform: "rotate(-90 50 50)" });
  const marks = [38, 62].map((cx) => svgNode("circle", { cx, cy: 50, r: 9, class: "beat" }));
  svg.append(whole, done, ...marks);
  const opacity = (beat, i) => {
    if (!beat) return 0;
    if (beat.number % 2 !== i) return 0.2;
    return isStill() ? 1 : Math.max(0.2, 1 - beat.elapsed / 0.35); // without motion nothing fades
  };
  return {
    node: svg,
    draw(fraction, beat) {
      done.setAttribute("stroke-dasharray", `${fraction} 1`);
      marks.forEach((mark, i) => {
        mark.style.opacity = opacity(beat, i);
      });
    },
  };
}

/** A progress bar of the session's blocks. */
function makeBar() {
  const rest = node("b", {});
  const bar = node("div", { className: "bar" });
  bar.setAttribute("role", "progressbar");
  bar.setAttribute("aria-label", "The session");
  let shown = null;
  let second = -1;
  return {
    node: bar,
    draw(session, time) {
      const { total } = session;
      if (shown !== session) {
        bar.replaceChildren(...blocksOf(session), rest);
        bar.setAttribute("aria-valuemax", Math.round(total));
        shown = session;
      }
      const done = Math.max(0, Math.min(total, time));
      rest.style.left = `${(100 * done) / total}%`;
      if (second === Math.floor(done)) return;
      second = Math.floor(done);
      bar.setAttribute("aria-valuenow", second);
      bar.setAttribute("aria-valuetext", `${clock(done)} of ${clock(total)}`);
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
