// A choice among the ready-made sessions and the saved plans.

import { node } from "../shared/elements.js";

/**
 * A labelled list of plans; a press on one requests `action`. A plan that is in no list is shown as
 * `unlisted`, if there is such a text.
 */
export function sourceSelect(label, action, requests, unlisted = "") {
  const select = node("select", {});
  select.onchange = () => requests.request({ do: action, source: select.value });
  let shown = "";
  const show = (source) => {
    shown = source ?? "";
    select.value = [...select.options].some(({ value }) => value === shown) ? shown : "";
  };
  const showOptions = (sessions, saved) => {
    const groups = [
      group("Ready-made", sessions.map(({ id, name }) => [`session:${id}`, name])),
      group("Saved by you", saved.map((name) => [`saved:${name}`, name])),
    ];
    const other = unlisted ? [node("option", { value: "", hidden: true }, unlisted)] : [];
    select.replaceChildren(...groups.filter((each) => each.children.length), ...other);
    show(shown);
  };
  return { element: node("label", { className: "source" }, node("span", {}, label), select), show, showOptions };
}

function group(label, entries) {
  return node("optgroup", { label }, ...entries.map(([value, name]) => node("option", { value }, name)));
}
