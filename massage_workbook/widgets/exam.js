// The final check: an introduction, questions as in any quiz, and a result with a certificate. The
// name on the certificate is entered in the page and not stored.

import { connectQuestions, questionRenderer } from "./quiz.js";
import { followIdle } from "./shared/channel.js";
import { button, list, node, notices } from "./shared/elements.js";
import { print } from "./shared/printing.js";
import { folded } from "./shared/sources.js";
import { widget } from "./shared/widget.js";

function render({ model, el }) {
  const channel = connectQuestions(model, el);
  let ask = null;
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
  const show = () => {
    const page = model.get("page");
    const own = PAGES[page.show];
    if (!own && ask) return ask();
    const hadFocus = el.contains(document.activeElement);
    const place = node("div", { className: own ? "" : "mw-quiz" });
    ask = own ? null : questionRenderer(model, place, channel);
    if (own) place.append(own(page, channel, printOut), channel.notice);
    else ask?.();
    el.replaceChildren(place);
    if (hadFocus) el.querySelector(FOCUSABLE)?.focus();
  };
  return [followIdle(model, channel, ["page"], show), channel.close, () => sheet?.remove()];
}

const PAGES = { beginning, end };
const FOCUSABLE = "h3, fieldset input, fieldset button, fieldset [tabindex='0']";

// --- the beginning ---------------------------------------------------------------------------

function beginning({ title: text, says, wants, why, of, answered, notice }, channel) {
  const begun = answered > 0;
  const start = begun ? `Go on with question ${answered + 1}` : "Begin";
  return panel(
    title(text),
    ...notices(notice),
    ...says.map((each) => node("p", {}, each)),
    node("p", {}, "It counts as passed when"),
    list(wants),
    node("p", {}, why),
    ...(begun ? [node("p", { className: "begun" }, `You have begun: ${answered} of ${of} are answered.`)] : []),
    buttons(
      button(start, () => channel.request({ do: "begin" }), "main"),
      ...(begun ? [button("Begin a new one", () => channel.request({ do: "another" }))] : []),
    ),
  );
}

// --- the end ---------------------------------------------------------------------------------

function end(page, channel, printOut) {
  const met = page.conditions.map(({ met: is, says }) => {
    const row = node("li", { className: "framed" }, node("span", { className: "mark" }, is ? "✓ met" : "✗ not met"), says);
    row.dataset.met = is;
    return row;
  });
  return node(
    "div",
    {},
    panel(
      title(page.title),
      ...notices(page.notice),
      node("ul", { className: "conditions bare" }, ...met),
      ...(page.then ? [node("p", {}, page.then)] : []),
      ...unsafe(page.unsafe),
      ...again(page.again),
      node("p", {}, page.next),
      buttons(button("Take another one", () => channel.request({ do: "another" }))),
    ),
    ...(page.certificate ? [paper(page.certificate, printOut)] : []),
  );
}

function unsafe(rows) {
  if (!rows.length) return [];
  const items = rows.map(({ prompt, why }) => node("li", {}, node("q", {}, prompt), ` ${why}`));
  return [node("p", {}, "Read these again, for here somebody could come to harm:"), node("ul", {}, ...items)];
}

function again(prompts) {
  if (!prompts.length) return [];
  return [folded(`To look at once more (${prompts.length})`, [list(prompts)])];
}

// --- the certificate -------------------------------------------------------------------------

function paper({ title: text, says, workbook, facts, is_not: isNot }, printOut) {
  const name = node("p", { className: "name" });
  const certificate = node(
    "div",
    { className: "certificate" },
    node("h4", {}, text),
    name,
    node("p", {}, says),
    node("p", { className: "workbook" }, workbook),
    Object.assign(list(facts), { className: "facts bare" }),
    node("h5", {}, "What this paper is not"),
    list(isNot),
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
    node("p", { className: "hint" }, "The name is kept nowhere. Without one a line is left to write on."),
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
