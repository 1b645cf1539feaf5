// What a practice shows when something is wrong, and when it is over.

import { clock } from "../shared/clock.js";
import { button, lessonLink, node, status, write } from "../shared/elements.js";
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

/** Signs to stop, each with what to do. */
export function signList(signs) {
  return node("dl", {}, ...signs.map((each) => node("div", {}, node("dt", {}, each.sign), node("dd", {}, each.do))));
}

// --- afterwards ------------------------------------------------------------------------------------

export function afterPage({ session, kept }, record, finished, close) {
  const said = status("p", "kept");
  const next = node("p", { className: "next-step" });
  const tell = () => {
    write(said, kept.stateOf(record));
    const { text, notebook } = kept.nextStep() ?? {};
    if (notebook) next.replaceChildren("Next in the lessons: ", closing(lessonLink(notebook, text), close));
  };
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
    node("p", { className: "lead" }, whatWasDone(session, record)),
    said,
    node("p", {}, session.rest),
    ...(secondsOf(record) > 0 ? [form] : []), // how it felt is kept with what was practised
    folded("What to watch for in the next days", [signList(session.later)]),
    next,
    node("div", { className: "buttons" }, button("Done", close)),
  );
}

/** What was done, in one sentence. */
function whatWasDone({ steps, total }, record) {
  const done = clock(secondsOf(record));
  const left = [...new Set(record.skipped.map((index) => steps[index].name.toLowerCase()))];
  if (left.length) return `You gave ${done} minutes of massage, and left out or cut short: ${left.join(", ")}.`;
  return record.finished ? `You gave the whole massage, ${done} minutes.` : `You gave ${done} of ${clock(total)} minutes.`;
}

/** A link that closes the practice: it would lie over the lesson that opens. */
function closing(link, close) {
  link.addEventListener("click", () => setTimeout(close));
  return link;
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
