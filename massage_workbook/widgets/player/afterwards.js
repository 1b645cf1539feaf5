// What a practice shows when something is wrong, and when it is over.

import { clock } from "../shared/clock.js";
import { button, node, status, write } from "../shared/elements.js";
import { folded } from "../shared/sources.js";
import { secondsOf } from "./recorder.js";

export function stopPage({ signs, number }, goOn, end) {
  const [urgent, others] = [true, false].map((each) => signs.filter(({ emergency }) => emergency === each));
  return node(
    "div",
    { className: "wrong" },
    node("h2", {}, "Hands off. What is it?"),
    node(
      "div",
      { className: "big-buttons" },
      button("It is all right, go on", goOn, "big"),
      button("End here", end, "big main"),
    ),
    node("section", { className: "urgent" }, node("h3", {}, number), signList(urgent)),
    node("section", {}, node("h3", {}, "Otherwise"), signList(others)),
  );
}

export function signList(signs) {
  return node("dl", {}, ...signs.map((each) => node("div", {}, node("dt", {}, each.sign), node("dd", {}, each.do))));
}

// --- afterwards ------------------------------------------------------------------------------------

export function afterPage({ session, kept }, record, finished, close) {
  const said = status("p", "kept");
  const tell = () => write(said, kept.stateOf(record));
  kept.onstate = tell;
  const form = feelings(session, (feeling) => {
    kept.over(Object.assign(record, { feeling }), finished);
    tell();
  });
  tell();
  return node(
    "div",
    { className: "after" },
    node("h2", {}, finished ? "Hands rest" : "Ended here"),
    node("p", { className: "lead" }, session.rest),
    node("p", {}, `Practised: ${clock(secondsOf(record))} of ${clock(session.total)}.`),
    said,
    ...(secondsOf(record) > 0 ? [form] : []), // how it felt is kept with what was practised
    folded("What to watch for in the next days", [signList(session.later)]),
    node("div", { className: "buttons" }, button("Done", close)),
  );
}

function feelings({ zones, asks }, keep) {
  const comfort = Array.from({ length: 11 }, (_, i) => {
    const input = node("input", { type: "radio", name: "comfort", value: i });
    return node("label", {}, input, node("span", {}, i));
  });
  const spots = zones.map(({ id, name }) => {
    const input = node("input", { type: "checkbox", name: "spot", value: id });
    return node("label", {}, input, node("span", {}, name));
  });
  const other = node("input", { type: "text", maxLength: 120 });
  const note = node("textarea", { maxLength: 500, rows: 2 });
  const form = node(
    "form",
    {},
    node("fieldset", { className: "comfort" }, node("legend", {}, asks.comfort), ...comfort),
    node(
      "fieldset",
      { className: "spots" },
      node("legend", {}, asks.spots),
      folded("Mark places", [node("div", { className: "zones" }, ...spots)]),
      node("label", { className: "line" }, node("span", {}, asks.other), other),
    ),
    node("label", { className: "line" }, node("span", {}, asks.note), note),
    node("div", { className: "buttons" }, node("button", { type: "submit", className: "main" }, "Keep this too")),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const said = other.value.trim();
    keep({
      comfort: data.has("comfort") ? Number(data.get("comfort")) : null,
      spots: [...data.getAll("spot"), ...(said ? [said] : [])],
      note: note.value.trim(),
    });
  };
  return form;
}
