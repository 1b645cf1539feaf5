// The notice of today's screening, the findings on the plan, and its steps.

import { button, grid, ifChanged, lessonLink, list, node } from "../shared/elements.js";
import { folded } from "../shared/sources.js";

/** The notice of today's screening and what it leaves out; red only if no massage is allowed. */
export function screeningNotice(requests) {
  const element = node("div", { className: "screening notice" });
  const show = ifChanged(({ screening: notice, left_out }) => {
    element.hidden = !notice;
    if (!notice) return;
    element.dataset.outcome = notice.outcome;
    const isAsked = notice.outcome !== "not asked";
    const done = button("I have done it", () => requests.request({ do: "screen" }));
    element.replaceChildren(
      node("p", {}, node("span", {}, notice.text, " "), lessonLink(notice.notebook, isAsked ? "Change" : "Do it now"), ...(isAsked ? [] : [done])),
      ...(left_out.length ? [list(left_out)] : []),
    );
  });
  return { element, show: ({ screening, left_out }) => show({ screening, left_out }) };
}

export function findingList(requests) {
  const element = node("section", { className: "findings" });
  const show = ifChanged((findings) => {
    const title = node("h3", {}, findings.length ? "What to fix" : "Nothing to fix");
    element.replaceChildren(title, node("ul", {}, ...findings.map((finding) => findingItem(finding, requests))));
  });
  return { element, show };
}

function findingItem({ message, title, severity, sources, fixes }, requests) {
  const buttons = fixes.map((fix) => button(fix, () => requests.request({ do: "fix", finding: message, fix })));
  const kind = node("b", {}, severity === "safety" ? "Safety: " : "");
  const rule = folded(`Rule: ${title}`, [list(sources)]);
  const item = node("li", {}, node("p", {}, kind, message), node("div", { className: "fixes" }, ...buttons), rule);
  item.dataset.severity = severity;
  return item;
}

/** The steps as a table, filled only while it is unfolded: forty rows a change would slow the sliders down. */
export function stepTable(columns) {
  const table = node("div", { className: "wide", tabIndex: 0 });
  table.setAttribute("role", "region");
  table.setAttribute("aria-label", "The session step by step");
  let steps = [];
  const fill = () => table.replaceChildren(grid(columns, element.open ? steps : []));
  const element = folded("The session step by step", [table], { className: "steps" });
  element.ontoggle = fill;
  fill();
  const show = (now) => {
    steps = now;
    if (element.open) fill();
  };
  return { element, show };
}
