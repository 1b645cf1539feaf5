// The page after a practice.

import { clock } from "../shared/clock.js";
import { button, lessonLink, node, status, write } from "../shared/elements.js";
import { folded } from "../shared/sources.js";
import { signList } from "./parts.js";
import { secondsOf } from "./recorder.js";

/** What was practised, and questions about how it felt, which are saved with it. */
export function makeAfterPage({ session, recorder }, record, isComplete, onClose) {
  const saved = status("p", "save-status");
  const next = node("p", { className: "next-step" });
  recorder.onChange = () => {
    write(saved, recorder.statusOf(record));
    if (recorder.nextStep?.notebook) next.replaceChildren("Next in the lessons: ", nextLink(recorder.nextStep, onClose));
  };
  recorder.onChange();
  const form = feedbackForm(session, (feeling) => recorder.finish(Object.assign(record, { feeling }), isComplete));
  return node(
    "div",
    { className: "after-page" },
    node("h2", {}, isComplete ? "Hands rest" : "Ended here"),
    node("p", { className: "lead" }, summary(session, record)),
    saved,
    node("p", {}, session.advice),
    ...(secondsOf(record) > 0 ? [form] : []), // without a practice nothing is saved
    folded("What to watch for in the next days", [signList(session.later_signs)]),
    next,
    node("div", { className: "buttons" }, button("Done", onClose)),
  );
}

/** What was practised, in one sentence. */
function summary({ steps, total }, record) {
  const done = clock(secondsOf(record));
  const skipped = [...new Set(record.skipped.map((index) => steps[index].name.toLowerCase()))];
  if (skipped.length) return `You gave ${done} minutes of massage, and left out or cut short: ${skipped.join(", ")}.`;
  return record.finished ? `You gave the whole massage, ${done} minutes.` : `You gave ${done} of ${clock(total)} minutes.`;
}

/** A link that also closes the practice, which would cover the lesson that opens. */
function nextLink({ text, notebook }, onClose) {
  const link = lessonLink(notebook, text);
  link.addEventListener("click", () => setTimeout(onClose));
  return link;
}

function feedbackForm({ zones, questions }, onSubmit) {
  const ratings = Array.from({ length: 11 }, (_, i) => option("radio", "comfort", i, i));
  const spots = zones.map(({ id, name }) => option("checkbox", "spot", id, name));
  const other = node("input", { type: "text", maxLength: 120 });
  const note = node("textarea", { maxLength: 500, rows: 2 });
  const form = node(
    "form",
    {},
    node("fieldset", { className: "comfort" }, node("legend", {}, questions.comfort), ...ratings),
    node(
      "fieldset",
      { className: "spots" },
      node("legend", {}, questions.spots),
      folded("Mark places", [node("div", { className: "zones" }, ...spots)]),
      field(questions.other, other),
    ),
    field(questions.note, note),
    node("div", { className: "buttons" }, node("button", { type: "submit", className: "main" }, "Save this too")),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const words = other.value.trim();
    onSubmit({
      comfort: data.has("comfort") ? Number(data.get("comfort")) : null,
      spots: [...data.getAll("spot"), ...(words ? [words] : [])],
      note: note.value.trim(),
    });
  };
  return form;
}

function option(type, name, value, text) {
  return node("label", {}, node("input", { type, name, value }), node("span", {}, text));
}

function field(text, input) {
  return node("label", { className: "field" }, node("span", {}, text), input);
}
