// The topics of the course; the quiz beside the list asks the chosen one.

import { connect, refresh } from "./shared/channel.js";
import { button, node } from "./shared/elements.js";
import { soFar } from "./shared/counts.js";
import { follow, widget } from "./shared/widget.js";

function render({ model, el }) {
  const channel = connect(model, el);
  refresh(el, channel);
  const first = row({ id: null, title: "Review: what is due" }, channel);
  const rows = [first, ...model.get("topics").map((each) => row(each, channel))];
  el.append(node("ul", { className: "bare lists" }, ...rows.map(({ item }) => item)), channel.notice);
  const show = () => {
    const found = [null, ...model.get("topics")];
    for (const [i, each] of rows.entries()) each.show(found[i], model.get("chosen"));
  };
  return [follow(model, ["topics", "chosen"], show), channel.close];
}

function row({ id, title }, channel) {
  const open = button(title, () => channel.request({ do: "open", topic: id }));
  const far = node("span", { className: "so-far aside" });
  const show = (topic, chosen) => {
    open.setAttribute("aria-pressed", String(id === chosen));
    far.replaceChildren(...(topic?.answered ? soFar(topic) : []));
  };
  return { item: node("li", { className: "flow" }, open, far), show };
}

export default widget("mw-topics", render);
