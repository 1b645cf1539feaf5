// Questions one at a time, with native controls where possible: arrows or Tab and Space choose, Enter
// checks and then goes on.

import { connectQuestions, missedQuestions, pageRenderer, shortRenderer } from "./questions/pages.js";
import { followIdle, refresh } from "./shared/channel.js";
import { button, node, notices } from "./shared/elements.js";
import { folded } from "./shared/sources.js";
import { widget } from "./shared/widget.js";

function render({ model, el }) {
  const channel = connectQuestions(model, el);
  // The review may have changed meanwhile; an open question and its choices stay.
  refresh(el, channel, () => model.get("page").show === "result");
  const show = model.get("short")
    ? shortRenderer(model, el, channel, { result: shortResult })
    : pageRenderer(model, el, channel, { result });
  return [followIdle(model, channel, ["page"], show), channel.close];
}

/** The result of short questions, with a button to repeat those that were missed. */
function shortResult({ summary, missed, next_step }, channel) {
  const steps = missed.length ? [stepButton(next_step.button, channel, "main")] : [];
  return node("section", { className: "result" }, node("p", { className: "verdict" }, summary), buttons(...steps));
}

function result({ summary, passing, missed, next_step, other_steps, minutes, notice }, channel) {
  const others = [...other_steps.map((step) => stepButton(step, channel)), ...(minutes ? [minutesADay(minutes, channel)] : [])];
  return node(
    "section",
    { className: "result" },
    node("p", { className: "verdict" }, summary),
    ...notices(notice),
    ...(passing ? [node("p", {}, passing)] : []),
    ...(next_step.text ? [node("p", {}, next_step.text)] : []),
    ...(next_step.button ? [buttons(stepButton(next_step.button, channel, "main"))] : []),
    ...(missed.length ? [missedQuestions(missed)] : []),
    ...(others.length ? [folded("Other ways to go on", [buttons(...others)])] : []),
  );
}

const buttons = (...children) => node("div", { className: "buttons" }, ...children);

/** A button that sends the message of a step. */
function stepButton({ text, ...message }, channel, className = "") {
  return button(text, () => channel.request(message), className);
}

function minutesADay({ chosen, choices }, channel) {
  const radios = choices.map((minutes) => {
    const onchange = () => channel.request({ do: "minutes", minutes });
    const input = node("input", { type: "radio", name: "minutes", checked: minutes === chosen, onchange });
    return node("label", {}, input, ` ${minutes}`);
  });
  return node("fieldset", { className: "minutes" }, node("legend", {}, "Minutes a day for reviews"), ...radios);
}

export default widget("mw-quiz", render);
