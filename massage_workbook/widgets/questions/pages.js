// The pages of a quiz: a question, its feedback in place, and other pages such as the result.

import { connect } from "../shared/channel.js";
import { node } from "../shared/elements.js";
import { folded } from "../shared/sources.js";
import { questionForm } from "./form.js";

const NO_REPLY = "No reply: nothing was saved.";
const FIRST_CONTROL = "h3, fieldset input, fieldset button, fieldset [tabindex='0'], button";

/** The channel of a quiz: after a timeout the question can be answered again. */
export function connectQuestions(model, el) {
  return connect(model, el, NO_REPLY, () => {
    for (const form of el.querySelectorAll("form")) delete form.dataset.checking;
  });
}

/**
 * A function that renders the current page into a place. `others` are functions that return the
 * pages without a question, by what they `show`.
 */
export function pageRenderer(model, place, channel, others) {
  let open = null;
  return () => {
    const page = model.get("page");
    if (page.show === "feedback" && open?.id === page.id) return open.reveal(page);
    if (page.show === "question" && page.back && open?.id === page.id) return open.turn(page.back);
    const hadFocus = place.contains(document.activeElement);
    open = page.show in others ? null : questionForm(page, channel);
    place.replaceChildren(open?.element ?? others[page.show](page, channel), channel.notice);
    if (hadFocus) place.querySelector(FIRST_CONTROL)?.focus();
  };
}

/** The same for short questions: a press on a choice answers, and the next question is added below. */
export function shortRenderer(model, place, channel, others) {
  let shown = null;
  let open = null;
  place.append(channel.notice);
  return () => {
    const page = model.get("page");
    if (page === shown) return;
    shown = page;
    place.querySelector(".result")?.remove();
    if (page.show === "feedback" && open?.id === page.id) open.reveal(page);
    else {
      open = page.show in others ? null : questionForm(page, channel, { short: true });
      channel.notice.before(open?.element ?? others[page.show](page, channel));
    }
    if (page.show === "feedback") channel.request({ do: "next" });
  };
}

/** The prompts of questions that were missed, folded. */
export function missedQuestions(prompts) {
  const rows = prompts.map((prompt) => node("li", { dir: "auto" }, prompt));
  return folded(`Questions to look at again (${prompts.length})`, [node("ul", {}, ...rows)]);
}
