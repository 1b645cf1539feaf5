// A beat to hear and a pad to tap it on. The page draws each tap at once; the feedback on the rhythm
// comes from Python.

import { connect } from "./shared/channel.js";
import { button, list, node, status, svgNode, write } from "./shared/elements.js";
import { tapPad } from "./shared/pad.js";
import { widget } from "./shared/widget.js";
import { makeBeat } from "./tempo/beat.js";

const REMEMBERED = 24; // taps that count
const WIDEST = 0.3; // of a beat: what the picture shows above and below
const [WIDTH, HEIGHT] = [600, 180];

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
  el.append(node("h3", {}, trainer.title), node("p", { className: "hint" }, trainer.pace));
  if (!trainer.band) return el.append(node("p", {}, trainer.why_no_beat));
  const channel = connect(model, el, "No reply: there is no feedback on your taps.");
  const trouble = status("p", "aside");
  const beat = makeBeat({
    onSound: (isAudible) => write(trouble, isAudible ? "" : "No sound here: the pad lights up with the beat."),
    onBeat: () => pad.animate([{ outlineColor: "var(--mw-hand)" }, { outlineColor: "transparent" }], { duration: 250 }),
  });
  const report = makeReport(trainer, channel);
  let taps = [];
  const show = () => report.show(taps, deviations(taps, every(), beat.heardAt()), beat.isRunning());
  const tap = (time) => {
    taps = [...taps, time].slice(-REMEMBERED);
    pad.animate([{ opacity: 0.5 }, { opacity: 1 }], { duration: 150 });
    show();
  };
  const beginAgain = () => {
    taps = [];
    show();
  };
  const [slider, every] = tempoSlider(trainer.band, () => {
    beat.setInterval(every());
    show();
  });
  const pad = button("Tap here", null, "pad");
  const listen = button("Listen", () => {
    if (beat.isRunning()) beat.stop();
    else beat.start();
    listen.textContent = beat.isRunning() ? "Stop listening" : "Listen";
    beginAgain();
  }, "main");
  tapPad(pad, tap);
  el.append(slider, node("div", { className: "buttons" }, listen, button("Start again", beginAgain)), trouble, pad, ...report.nodes);
  beat.setInterval(every());
  show();
  return [channel.close, beat.close];
}

/** A slider within a band, and a function that returns its seconds per beat. */
function tempoSlider([low, high], changed) {
  const input = node("input", { type: "range", min: low, max: high, step: 1, value: Math.round((low + high) / 2) });
  const value = node("output", {});
  const say = () => write(value, `${input.value} a minute`);
  input.oninput = () => {
    say();
    changed();
  };
  say();
  return [node("label", { className: "slider flow" }, node("span", {}, "Beat"), input, value), () => 60 / Number(input.value)];
}

/** The picture of the taps and the feedback on them. */
function makeReport({ max_jitter: steady, min_taps }, channel) {
  const picture = makePicture(steady);
  const words = status("div", "words");
  let shown = null;
  const say = (lines) => words.replaceChildren(list(lines));
  return {
    nodes: [picture.node, words, channel.notice],
    async show(taps, found, heard) {
      shown = taps;
      picture.draw(found);
      const missing = min_taps - taps.length;
      if (missing > 0) return say([`Tap with a finger, the mouse or the Space key: ${missing} more ${missing === 1 ? "tap" : "taps"} at least.`]);
      const { feedback = [] } = await channel.request({ do: "taps", taps });
      if (shown === taps) say([...feedback, hits(heard ? found : found.slice(1), steady)]);
    },
  };
}

function hits(found, steady) {
  const near = found.filter((share) => Math.abs(share) <= steady).length;
  return `${near} of ${found.length} taps fell within ${Math.round(100 * steady)}% of the beat.`;
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

export default widget("mw-tempo", render);
