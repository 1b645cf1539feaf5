// How far the learner is. Each picture has the table that says the same.

import { connect, refresh } from "./shared/channel.js";
import { button, grid, lessonLink, node, notices } from "./shared/elements.js";
import { plate } from "./shared/plate.js";
import { folded } from "./shared/sources.js";
import { follow, widget } from "./shared/widget.js";

function render({ model, el }) {
  const channel = connect(model, el, "No reply: this may be out of date.");
  const refreshNow = () => channel.request({ do: "refresh" });
  refresh(el, channel);
  const show = () => {
    const { next, wrong, tables, notice } = model.get("page");
    const again = button("Refresh", refreshNow, "again");
    const hadFocus = el.contains(document.activeElement);
    el.replaceChildren(
      ...notices(notice),
      step(next),
      ...(wrong.length ? [surelyWrong(wrong)] : []),
      ...tables.map(table),
      again,
      channel.notice,
    );
    if (hadFocus) again.focus({ preventScroll: true });
  };
  return [follow(model, ["page"], show), channel.close];
}

function step({ text, notebook }) {
  const words = notebook ? lessonLink(notebook, text) : text;
  return node("p", { className: "next framed" }, node("b", {}, "Next: "), words);
}

function surelyWrong(questions) {
  return node(
    "section",
    { className: "wrong notice" },
    node("h3", {}, "Wrong where it matters most"),
    node("p", {}, "Each stays here until you have answered it right."),
    node("ul", {}, ...questions.map(({ prompt, why }) => node("li", {}, node("b", {}, prompt), ` ${why}`))),
  );
}

function table({ title, svg, note, columns, rows }) {
  return node(
    "figure",
    {},
    node("figcaption", {}, title),
    ...(svg ? [plate(svg).host] : []),
    ...(note ? [node("p", {}, note)] : []),
    folded("The same as a table", [grid(columns, rows)]),
  );
}

export default widget("mw-progress", render);
