// The list of lessons with the progress of the learner.

import { connect, refresh } from "./shared/channel.js";
import { lessonLink, node, notices } from "./shared/elements.js";
import { soFar } from "./shared/counts.js";
import { practiseLink } from "./shared/practise.js";
import { follow, widget } from "./shared/widget.js";

function render({ model, el }) {
  const channel = connect(model, el);
  refresh(el, channel);
  const show = () => {
    el.replaceChildren(
      ...notices(model.get("notice")),
      tonight(model.get("first")),
      step(model.get("next")),
      node("ol", { className: "bare" }, ...model.get("lessons").map(lesson)),
    );
  };
  return [follow(model, ["lessons", "next", "notice"], show), channel.close];
}

/** Links to the first evening and to the practice. */
function tonight({ tonight: first, practise }) {
  return node(
    "section",
    { className: "tonight flow" },
    lessonLink(first.notebook, first.title, "main"),
    practiseLink(practise.notebook, practise.title, "again"),
    node("p", {}, first.promise),
  );
}

/** The next step, with a link to its lesson. */
function step({ text, notebook }) {
  const what = notebook ? lessonLink(notebook, text, "next") : text;
  return node("p", { className: "step" }, "Next in the lessons: ", what);
}

function lesson({ notebook, title, promise, ...far }) {
  return node(
    "li",
    {},
    node("span", { className: "number hint" }, notebook.slice(0, 2)),
    node("span", { className: "title" }, lessonLink(notebook, title)),
    node("span", { className: "promise" }, promise),
    node("span", { className: "how-long hint" }, howLong(far)),
    node("span", { className: "so-far flow aside" }, ...(far.questions ? soFar(far) : [])),
  );
}

/** @param {{ [name: string]: any }} lesson */
function howLong({ minutes, questions }) {
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"}${questions ? ` and ${questions} questions` : ""}`;
}

export default widget("mw-lessons", render);
