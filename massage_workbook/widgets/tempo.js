// A beat to hear and a pad to tap it on. The picture and the figures are made in the page, so that
// each tap shows at once; the words are the kernel's, with # where a figure goes.

import { node, status, svgNode, write } from "./shared/elements.js";
import { tapPad } from "./shared/pad.js";
import { tone } from "./shared/tone.js";
import { widget } from "./shared/widget.js";

const TICK = 25; // milliseconds
const SOON = 0.12; // seconds that beats are given to the sound device ahead of their time
const REMEMBERED = 24; // taps that count
const WIDEST = 0.3; // of a beat: what the picture shows above and below
const [WIDTH, HEIGHT] = [600, 180];
const DRIFTS = 0.05; // from which change of tempo on it is said

// --- the figures of some taps: values in, values out ---------------------------------------------

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** Tempo, steadiness and drift of taps in seconds, as the questions on tempo are graded. */
export function figures(taps) {
  const gaps = taps.slice(1).map((tap, i) => tap - taps[i]);
  const usual = median(gaps);
  const half = gaps.length >> 1;
  return {
    perMinute: 60 / usual,
    astray: median(gaps.map((gap) => Math.abs(gap - usual))) / usual,
    drift: median(gaps.slice(0, half)) / median(gaps.slice(-half)) - 1,
  };
}

/**
 * How far each tap is from its beat, as a share of it, from -0.5 to 0.5. With `beat`, a moment at
 * which one was heard, from the nearest one heard; else from where the tap before leads to.
 */
export function deviations(taps, every, beat = null) {
  const around = (share) => share - Math.round(share);
  if (beat !== null) return taps.map((tap) => around((tap - beat) / every));
  return taps.map((tap, i) => (i ? Math.max(-0.5, Math.min(0.5, (tap - taps[i - 1]) / every - 1)) : 0));
}

// --- the widget ------------------------------------------------------------------------------------

function render({ model, el }) {
  const trainer = model.get("trainer");
  const head = [node("h3", {}, trainer.title), node("p", { className: "pace" }, trainer.pace)];
  if (!trainer.band) {
    el.append(...head, node("p", {}, trainer.says));
    return () => {};
  }
  const [low, high] = trainer.band;
  const middle = Math.round((low + high) / 2);
  const beat = makeBeat((text) => write(trouble, text));
  const slider = node("input", { type: "range", min: low, max: high, step: 1, value: middle });
  const value = node("output", {});
  const listen = node("button", { type: "button", className: "main" }, "Listen");
  const pad = node("button", { type: "button", className: "pad" }, "Tap here");
  const again = node("button", { type: "button" }, "Start again");
  const trouble = status("p", "trouble");
  const words = status("div", "words");
  const picture = makePicture(trainer.steady);
  let taps = [];

  const every = () => 60 / Number(slider.value);
  const chosen = () => {
    write(value, `${slider.value} a minute`);
    beat.set(every());
    show();
  };
  const show = () => {
    const found = deviations(taps, every(), beat.heardAt());
    picture.draw(found);
    const lines = said(trainer, taps, found, beat.runs).map((text) => node("li", {}, text));
    words.replaceChildren(node("ul", {}, ...lines));
  };
  const tap = (time) => {
    taps = [...taps, time].slice(-REMEMBERED);
    pad.animate([{ opacity: 0.5 }, { opacity: 1 }], { duration: 150 });
    show();
  };
  slider.oninput = chosen;
  listen.onclick = () => {
    if (beat.runs) beat.stop();
    else beat.start(every(), () => pad.animate([{ outlineColor: "var(--mw-hand)" }, { outlineColor: "transparent" }], { duration: 250 }));
    listen.textContent = beat.runs ? "Stop listening" : "Listen";
    taps = [];
    show();
  };
  again.onclick = () => {
    taps = [];
    show();
  };
  tapPad(pad, tap);
  el.append(
    ...head,
    node("label", { className: "slider" }, node("span", {}, "Beat"), slider, value),
    node("div", { className: "buttons" }, listen, again),
    trouble,
    pad,
    picture.node,
    words,
  );
  chosen();
  return () => beat.close();
}

/** What can be said of the taps, in the kernel's words. */
function said({ says, band, around, steady, fewest }, taps, found, heard) {
  if (taps.length < fewest) {
    const missing = fewest - taps.length;
    return [`Tap with a finger, the mouse or the Space key: ${missing} more ${missing === 1 ? "tap" : "taps"} at least.`];
  }
  const { perMinute, astray, drift } = figures(taps);
  const fill = (words, figure) => words.replace("#", figure);
  const percent = (share) => `${Math.round(100 * Math.abs(share))}%`;
  const tempo = perMinute < band[0] * (1 - around) ? "slow" : perMinute > band[1] * (1 + around) ? "fast" : "fits";
  const change = Math.abs(drift) < DRIFTS ? "even" : drift > 0 ? "quicker" : "slower";
  const counted = heard ? found : found.slice(1);
  const hits = counted.filter((share) => Math.abs(share) <= steady).length;
  return [
    fill(says[tempo], Math.round(perMinute)),
    fill(says.hits, `${hits} of ${counted.length}`),
    fill(says[astray <= steady ? "steady" : "unsteady"], percent(astray)),
    fill(says[change], percent(drift)),
  ];
}

/** Each tap as a mark, early ones above the line of the beat and late ones below. */
function makePicture(steady) {
  const svg = svgNode("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
  const y = (share) => HEIGHT / 2 + (share / WIDEST) * (HEIGHT / 2 - 14);
  const band = svgNode("rect", { x: 0, width: WIDTH, y: y(-steady), height: y(steady) - y(-steady), class: "band" });
  const line = svgNode("line", { x1: 0, x2: WIDTH, y1: y(0), y2: y(0), class: "beat" });
  const names = [["early", 18], ["late", HEIGHT - 8]].map(([text, at]) => {
    const made = svgNode("text", { x: 6, y: at });
    made.textContent = text;
    return made;
  });
  const marks = svgNode("g", {});
  svg.append(band, line, ...names, marks);
  return {
    node: svg,
    draw(shares) {
      const hits = shares.filter((share) => Math.abs(share) <= steady).length;
      svg.setAttribute("aria-label", shares.length ? `${hits} of ${shares.length} taps near the beat.` : "No taps yet.");
      const step = (WIDTH - 80) / (REMEMBERED - 1);
      marks.replaceChildren(
        ...shares.map((share, i) => {
          const at = Math.max(-WIDEST, Math.min(WIDEST, share));
          const hit = Math.abs(share) <= steady;
          // A filled round for a hit, an open square for a miss: no colour alone.
          return hit
            ? svgNode("circle", { cx: 60 + i * step, cy: y(at), r: 7, class: "hit" })
            : svgNode("rect", { x: 54 + i * step, y: y(at) - 6, width: 12, height: 12, class: "miss" });
        }),
      );
    },
  };
}

// --- the beat --------------------------------------------------------------------------------------

/** A beat by Web Audio, given ahead of its time; without sound it only shows. */
function makeBeat(say) {
  let context = null;
  let timer = null;
  let every = 1;
  let next = 0; // in the clock's seconds
  let last = null; // a beat that was given, in seconds of the page
  let flash = () => {};
  const flashes = new Set();
  const audible = () => context?.state === "running";
  const now = () => (audible() ? context.currentTime : performance.now() / 1000);
  let clock = null; // which of the two `next` belongs to

  /** The page's time at which a moment of the sound device is heard. */
  const inPage = (at) => {
    if (!audible()) return at;
    const { contextTime, performanceTime } = context.getOutputTimestamp();
    if (!performanceTime) return performance.now() / 1000 + at - context.currentTime;
    return performanceTime / 1000 + at - contextTime;
  };
  const sound = (at) => {
    if (audible()) tone(context, at, 980, 0.07, 0.25);
  };
  const tick = () => {
    if (clock !== audible()) {
      clock = audible();
      next = now() + 0.1;
    }
    if (next < now()) next += Math.ceil((now() - next) / every) * every; // what was missed is left out
    while (next < now() + SOON) {
      sound(next);
      last = inPage(next);
      const shown = setTimeout(() => {
        flashes.delete(shown);
        flash();
      }, Math.max(0, 1000 * last - performance.now()));
      flashes.add(shown);
      next += every;
    }
    say(audible() ? "" : "No sound here: the pad lights up with the beat.");
  };
  const self = {
    get runs() {
      return timer !== null;
    },
    heardAt: () => (timer === null ? null : last),
    set: (seconds) => (every = seconds),
    start(seconds, onBeat) {
      every = seconds;
      flash = onBeat;
      clock = null;
      last = null;
      try {
        context ??= new AudioContext({ latencyHint: "interactive" });
        context.resume().catch(() => {});
      } catch {
        // No device; the beat shows.
      }
      timer = setInterval(tick, TICK);
    },
    stop() {
      clearInterval(timer);
      flashes.forEach(clearTimeout);
      timer = null;
    },
    close() {
      self.stop();
      context?.close().catch(() => {});
    },
  };
  return self;
}

export default widget("mw-tempo", render);
