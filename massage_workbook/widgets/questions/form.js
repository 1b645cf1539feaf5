// The form of a question: its controls, and the feedback once it is answered.

import { button, node, notices, status } from "../shared/elements.js";
import { plate, PRESSED } from "../shared/plate.js";
import { foldedDisagreements, foldedSources } from "../shared/sources.js";
import { movingHands } from "../shared/tour.js";
import { choiceButtons } from "./choices.js";
import { CONTROLS } from "./kinds.js";
import { code, hint, paragraph, submitWithEnter } from "./parts.js";

const UNKNOWN = "I don't know";

/**
 * A question of the page. `reveal` shows its feedback, `turn` the other side of a flash card. If
 * `short`, a press on a choice is the answer.
 */
export function questionForm(page, channel, { short = false } = {}) {
  const element = node("form", {});
  const isAnswered = () => "answered" in element.dataset;
  const isClosed = () => isAnswered() || "checking" in element.dataset;
  const send = answerSender(element, page, channel, isClosed);
  const turn = () => channel.request({ do: "turn", question: page.id });
  const form = { isClosed, submit: () => element.requestSubmit(), turn };
  const control = short ? choiceButtons(page, (response) => send(response, true)) : CONTROLS[page.kind](page, form);
  const guess = node("input", { type: "checkbox" });
  guess.onkeydown = (event) => submitWithEnter(event, form);
  const unknown = button(UNKNOWN, () => send(null, false), "unknown");
  const submitters = short ? [unknown] : [submitter("Check"), unknown, node("label", { className: "guess" }, guess, "Only a guess")];
  const feedback = status("div", "feedback");
  element.append(...(short ? notices(page.notice) : [roundProgress(page)]), layout(page, control, [buttons(...submitters), feedback]));
  element.onsubmit = (event) => {
    event.preventDefault();
    if (isAnswered()) channel.request({ do: "next" });
    else if (!isClosed() && control.missing()) feedback.replaceChildren(node("p", {}, `${control.missing()}, or press ${UNKNOWN}.`));
    else send(control.read(), !guess.checked);
  };
  // A question cannot be edited while its answer is being checked, nor afterwards.
  element.onbeforeinput = (event) => {
    if (isClosed()) event.preventDefault();
  };
  const reveal = (answered) => showFeedback(element, control, answered, !short);
  if (page.back) control.turn(page.back);
  if (page.show === "feedback") reveal(page);
  return { id: page.id, element, reveal, turn: control.turn };
}

/** A function that sends one response at a time, and how long the learner took. */
function answerSender(element, page, channel, isClosed) {
  const began = performance.now();
  return async (response, sure) => {
    if (isClosed()) return;
    element.dataset.checking = "";
    const seconds = (performance.now() - began) / 1000;
    await channel.request({ do: "check", question: page.id, response, sure, seconds });
    delete element.dataset.checking;
  };
}

const buttons = (...children) => node("div", { className: "buttons" }, ...children);
const submitter = (text) => node("button", { type: "submit", className: "main" }, text);

function roundProgress({ topic, number, of, answered, passing, notice }) {
  const bar = node("progress", { max: of, value: answered });
  bar.setAttribute("aria-label", `${answered} of ${of} questions answered`);
  return node(
    "div",
    { className: "how-far flow aside" },
    node("span", {}, `${topic} · question ${number} of ${of}`),
    bar,
    ...(passing ? [node("p", { className: "passing" }, passing)] : []),
    ...notices(notice),
  );
}

/** A question and what stands below its controls, beside its figure if there is one. */
function layout({ prompt, code: lines, tex, picture, tours }, control, below) {
  const formulas = tex ? [hint("Formulas are shown as TeX writes them.")] : [];
  const illustrated = picture ? illustration(picture, tours) : [];
  const figure = control.figure ? [control.figure] : illustrated;
  const parts = figure.length ? [node("div", { className: "figure" }, ...figure)] : [];
  const side = node("div", { className: "side" }, ...control.nodes, ...below);
  const work = node("div", { className: "work" }, ...(control.note ? [control.note] : []), ...parts, side);
  return node("fieldset", {}, node("legend", { dir: "auto" }, prompt), ...code(lines), ...formulas, work);
}

/** A picture, with moving hands on a map of strokes. */
function illustration(svg, tours) {
  const { host, picture } = plate(svg, { css: PRESSED });
  return tours ? [host, movingHands(picture(), tours, host).bar] : [host];
}

/** Show the feedback in place of the buttons; what the learner has answered stays where it is. */
function showFeedback(element, control, page, hasNext) {
  const isNew = "checking" in element.dataset;
  const hadFocus = element.querySelector(".buttons").contains(document.activeElement);
  element.dataset.answered = page.right ? "right" : "wrong";
  const feedback = element.querySelector(".feedback");
  feedback.replaceChildren(
    node("p", { className: "verdict" }, page.verdict),
    ...page.feedback.map(paragraph),
    ...(control.reveal(page) ?? []),
    ...(page.kind === "recall" ? [] : [paragraph(page.why)]), // the card shows it already
    foldedSources(page.attribution),
    ...foldedDisagreements(page.disagreements),
    page.store_error ? node("p", { className: "notice" }, page.store_error) : node("p", { className: "saved aside" }, "Saved"),
  );
  element.querySelector(".buttons").remove();
  if (hasNext) {
    const next = submitter(page.last ? "See the result" : "Next");
    feedback.after(buttons(next));
    if (hadFocus) next.focus({ preventScroll: true });
    if (isNew) next.parentElement.scrollIntoView({ block: "nearest" });
  }
  if (isNew) feedback.scrollIntoView({ block: "nearest" });
}
