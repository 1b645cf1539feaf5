// The final check: an introduction, questions as in any quiz, and a result with a certificate. The
// name on the certificate is entered in the page and not stored.

import { connectQuestions, missedQuestions, pageRenderer } from "./questions/pages.js";
import { followIdle } from "./shared/channel.js";
import { button, list, node, notices } from "./shared/elements.js";
import { print } from "./shared/printing.js";
import { widget } from "./shared/widget.js";

function render({ model, el }) {
  const channel = connectQuestions(model, el);
  let sheet = null;
  const printOut = (certificate) => {
    sheet?.remove();
    sheet = print(certificate, {
      title: "Certificate of completion",
      name: "The certificate, as it is printed",
      css: `@page { size: auto; margin: 20mm } ${model.get("_css")}`,
      className: "mw mw-exam printed",
    });
  };
  const pages = { beginning, end: (page) => end(page, channel, printOut) };
  const place = node("div", {});
  const showPage = pageRenderer(model, place, channel, pages);
  const show = () => {
    place.className = model.get("page").show in pages ? "" : "mw-quiz";
    showPage();
  };
  el.append(place);
  return [followIdle(model, channel, ["page"], show), channel.close, () => sheet?.remove()];
}

// --- the beginning ---------------------------------------------------------------------------

function beginning({ title: text, introduction, conditions, why, of, answered, notice }, channel) {
  const hasBegun = answered > 0;
  const start = hasBegun ? `Go on with question ${answered + 1}` : "Begin";
  return panel(
    title(text),
    ...notices(notice),
    ...introduction.map((each) => node("p", {}, each)),
    node("p", {}, "It counts as passed when"),
    list(conditions),
    node("p", {}, why),
    ...(hasBegun ? [node("p", { className: "begun" }, `You have begun: ${answered} of ${of} are answered.`)] : []),
    buttons(
      button(start, () => channel.request({ do: "begin" }), "main"),
      ...(hasBegun ? [button("Begin a new one", () => channel.request({ do: "another" }))] : []),
    ),
  );
}

// --- the end ---------------------------------------------------------------------------------

function end(page, channel, printOut) {
  return node(
    "div",
    {},
    panel(
      title(page.title),
      ...notices(page.notice),
      node("ul", { className: "conditions bare" }, ...page.conditions.map(condition)),
      ...(page.advice ? [node("p", {}, page.advice)] : []),
      ...unsafeAnswers(page.unsafe),
      ...(page.missed.length ? [missedQuestions(page.missed)] : []),
      node("p", {}, page.next),
      buttons(button("Take another one", () => channel.request({ do: "another" }))),
    ),
    ...(page.certificate ? [paper(page.certificate, printOut)] : []),
  );
}

function condition({ is_met, text }) {
  const row = node("li", { className: "framed" }, node("span", { className: "mark" }, is_met ? "✓ met" : "✗ not met"), text);
  row.dataset.met = is_met;
  return row;
}

function unsafeAnswers(rows) {
  if (!rows.length) return [];
  const items = rows.map(({ prompt, why }) => node("li", {}, node("q", {}, prompt), ` ${why}`));
  return [node("p", {}, "Read these again, for here somebody could come to harm:"), node("ul", {}, ...items)];
}

// --- the certificate -------------------------------------------------------------------------

function paper({ title: text, statement, workbook, facts, is_not }, printOut) {
  const name = node("p", { className: "name" });
  const certificate = node(
    "div",
    { className: "certificate" },
    node("h4", {}, text),
    name,
    node("p", {}, statement),
    node("p", { className: "workbook" }, workbook),
    Object.assign(list(facts), { className: "facts bare" }),
    node("h5", {}, "What this paper is not"),
    list(is_not),
  );
  const input = node("input", { type: "text", maxLength: 80, autocomplete: "name" });
  input.oninput = () => (name.textContent = input.value.trim());
  input.onkeydown = (event) => {
    if (event.key === "Enter") printOut(certificate);
  };
  return node(
    "section",
    { className: "paper" },
    node("label", { className: "flow" }, node("span", {}, "Name on the certificate"), input),
    node("p", { className: "hint" }, "The name is not saved. Without one, a line is left to write on."),
    certificate,
    button("Print the certificate", () => printOut(certificate), "main"),
  );
}

// --- parts -----------------------------------------------------------------------------------

/** A section that looks like a question. */
const panel = (...children) => node("section", { className: "mw-quiz" }, ...children);

/** The heading, which gets the focus of a new page, so that screen readers start there. */
const title = (text) => node("h3", { tabIndex: -1 }, text);

const buttons = (...children) => node("div", { className: "buttons" }, ...children);

export default widget("mw-exam", render);
