// A tempo to tap.

import { button, node, reword } from "../shared/elements.js";
import { tapPad } from "../shared/pad.js";
import { hint } from "./parts.js";
import { comparedRhythms } from "./rhythms.js";

export function tempo({ min_taps }, form) {
  let taps = [];
  const pad = button("Tap here", null, "pad");
  const note = hint("");
  const show = () => {
    const lacking = Math.max(0, min_taps - taps.length);
    const count = lacking ? `${lacking} more taps at least.` : `${taps.length} taps.`;
    reword(note, `Tap the rhythm with a finger, the mouse or the Space key. ${count}`);
  };
  const tap = (time) => {
    if (form.isClosed()) return;
    taps.push(time);
    pad.classList.toggle("beat");
    show();
  };
  const clear = () => {
    if (form.isClosed()) return;
    taps = [];
    show();
  };
  tapPad(pad, tap, (event) => {
    event.preventDefault();
    form.submit();
  });
  const tools = node("div", { className: "tools" }, button("Start again", clear));
  show();
  return {
    nodes: [note, pad, tools],
    missing: () => (taps.length < min_taps ? `Tap ${min_taps} times or more first` : ""),
    read: () => taps.map((time) => time - taps[0]),
    reveal: ({ answer, response }) => {
      tools.hidden = true;
      return [node("p", {}, `The right tempo: ${answer.words}.`), comparedRhythms(response ?? [], answer.per_minute)];
    },
  };
}
