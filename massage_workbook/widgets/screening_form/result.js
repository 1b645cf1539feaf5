// The result of the screening, on the page and on paper.

import { ifChanged, node, status, write } from "../shared/elements.js";
import { print } from "../shared/printing.js";
import { foldedSources } from "../shared/sources.js";

const PAPER = `
  body { font: 12pt/1.5 system-ui, sans-serif; color: #000; background: #fff }
  .title { font-size: 18pt; font-weight: 600; margin: 0 0 8pt }
  h3 { font-size: 13pt; margin: 14pt 0 4pt }
  li { margin: 4pt 0; break-inside: avoid }
`;

export function result() {
  // Present from the beginning, so that screen readers announce changes.
  const title = status("p", "title");
  const body = node("div", { className: "body" });
  const element = node("section", { className: "result" }, title, body);
  const show = ifChanged((shown) => {
    write(title, shown?.title ?? "");
    element.dataset.outcome = shown?.outcome ?? "";
    body.replaceChildren(...(shown ? parts(shown) : []));
  });
  return {
    element,
    show,
    /** Print the result by itself; the focus goes to a button again. */
    print(button) {
      document.querySelector("iframe.mw-paper")?.remove();
      print(element, { title: "Screening", name: "The result on paper", css: PAPER, after: () => button.focus() });
    },
  };
}

function parts({ next, reasons, hints, left_out_title, left_out, spoken_questions, day }) {
  return [
    node("p", {}, next),
    ...titled("Why, and what to do", reasons.map(reason)),
    ...titled(left_out_title, left_out.map((each) => node("li", {}, each))),
    ...titled("Keep in mind", hints.map(reason)),
    ...titled("Ask each other aloud, before hands touch", spoken_questions.map(spokenQuestion)),
    node("p", { className: "small" }, `${day}. It counts for that day. These questions replace neither an examination nor a doctor.`),
  ];
}

const titled = (title, items) => (items.length ? [node("h3", {}, title), node("ul", {}, ...items)] : []);

function reason({ name, reply, do: advice, why, attribution }) {
  return node("li", {}, node("b", {}, name), ` (you said: ${reply}). ${advice} `, foldedSources(attribution, { about: name, reason: why }));
}

function spokenQuestion({ ask, do: advice, attribution }) {
  return node("li", {}, node("b", {}, ask), ` ${advice} `, foldedSources(attribution, { about: ask }));
}
