// Charts of the plan and of another one that it is compared with.

import { node } from "../shared/elements.js";
import { folded } from "../shared/sources.js";
import { paces, shares, timeline } from "./charts.js";
import { sourceSelect } from "./sources.js";

export function comparison(model, requests) {
  const select = sourceSelect("Compare with", "compare", requests);
  const note = node("p", { className: "note" });
  const origin = folded("Where do these minutes come from?", [note]);
  origin.ontoggle = () => {
    const id = model.get("state").comparison.replace(/^session:/, "");
    const session = model.get("sessions").find((each) => each.id === id);
    note.textContent = session?.origin ?? "From you: you saved this plan.";
  };
  const [upper, lower] = ["upper", "lower"].map((each) => node("div", { className: `chart ${each}` }));
  return {
    element: node("div", { className: "compared" }, select.element, origin, upper, node("p", { className: "heading" }, "How fast"), lower),
    select,
    show({ rows, total, comparison_name }) {
      const plan = { blocks: rows, longest: total.longest, comparison_name, bands: model.get("bands") };
      upper.replaceChildren(timeline(plan), shares(plan));
      lower.replaceChildren(paces(plan));
    },
  };
}
