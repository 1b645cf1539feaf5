// A flash card: the kernel sends its other side; then the learner says what was known.

import { button, node } from "../shared/elements.js";
import { choiceRow } from "./choices.js";
import { hint, paragraph } from "./parts.js";

export function recall({ choices }, form) {
  const rows = choices.map((choice) => choiceRow("radio", choice, form));
  const inputs = rows.map(({ input }) => input);
  const group = node("div", { hidden: true }, ...rows.map(({ row }) => row));
  const back = node("div", { className: "back" });
  back.setAttribute("role", "status");
  const turner = button("Show the other side", form.turn);
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const turn = (text) => {
    if (!group.hidden) return;
    back.replaceChildren(paragraph(text));
    const hadFocus = turner === document.activeElement;
    turner.hidden = true;
    group.hidden = false;
    if (hadFocus) inputs[0].focus();
  };
  return {
    nodes: [hint("Recall it first; then look."), turner, back, group],
    turn,
    missing: () => (group.hidden ? "Show the other side first" : chosen().length ? "" : "Say whether you knew it first"),
    read: chosen,
    reveal: ({ response, why }) => {
      turn(why);
      for (const input of inputs) input.checked = response?.includes(input.value) ?? false;
    },
  };
}
