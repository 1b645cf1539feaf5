// Save the plan, delete a saved one, and export files.

import { button, node, status } from "../shared/elements.js";

/** @param {boolean} draws whether pictures and pages can be drawn, which a page without a kernel cannot */
export function files(requests, draws) {
  const message = status("p", "said");
  const exporter = (kind, text, options = () => ({})) =>
    button(text, () => {
      message.textContent = "Making the file …";
      requests.request({ do: "export", kind, ...options() });
    });
  const drawn = [exporter("pdf", "Pages for the wall (PDF)"), exporter("png", "Picture (PNG)")];
  const start = node("input", { type: "datetime-local", className: "start", value: thisEvening() });
  const calendar = node("div", {}, node("label", {}, "When ", start), exporter("ics", "Into the calendar", () => ({ start: start.value })));
  const deletion = deleter(requests);
  const element = node(
    "div",
    { className: "files" },
    node("p", { className: "heading" }, "Save and print"),
    node("div", {}, ...saver(requests), deletion.element),
    node("div", {}, exporter("html", "Practice for the phone (one file)"), ...(draws ? drawn : []), exporter("csv", "Table (CSV)")),
    ...(draws ? [calendar] : []),
    message,
  );
  return { element, message, showSaved: deletion.show };
}

function saver(requests) {
  const name = node("input", { type: "text", maxLength: 60, className: "name-of-plan" });
  const save = button("Save", () => requests.request({ do: "save", name: name.value }));
  name.onkeydown = (event) => {
    if (event.key === "Enter") save.click();
  };
  return [node("label", {}, "Name ", name), save];
}

function deleter(requests) {
  const select = node("select", { className: "forget", ariaLabel: "Saved plan" });
  const press = button("Delete it", () => requests.request({ do: "delete", name: select.value }));
  const element = node("div", { className: "forgetting" }, select, press);
  const show = (names) => {
    select.replaceChildren(...names.map((name) => node("option", { value: name }, name)));
    element.hidden = !names.length;
  };
  return { element, show };
}

/** Eight o'clock of this day, in the page's own time. */
function thisEvening() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}T20:00`;
}
