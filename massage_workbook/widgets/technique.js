// The words of a technique's card.

import { connect, refresh } from "./shared/channel.js";
import { list, node, opener } from "./shared/elements.js";
import { movementFigure } from "./shared/movement.js";
import { plate } from "./shared/plate.js";
import { practiseLink } from "./shared/practise.js";
import { folded, foldedDisagreements } from "./shared/sources.js";
import { follow, widget } from "./shared/widget.js";

function render({ model, el }) {
  const card = model.get("card");
  const head = header(card);
  const movement = movementFigure(model.get("movement"));
  const pictures = [plate(model.get("hand"), { className: "hand" }).host, movement.figure];
  const facts = node("section", { className: "facts" }, ...pictures, figures(card, false));
  el.append(head, feel(card), facts, how(card), more(card, model.get("stance"), el));
  el.classList.toggle("short", model.get("short"));
  if (model.get("folded") || model.get("short")) {
    head.append(opener(el, ["Open the card", "Fold the card up"], { about: card.title }));
  }
  const channel = connect(model, el);
  refresh(el, channel);
  const show = () => {
    head.querySelector(".today").replaceChildren(...todaysLines(model.get("today")));
  };
  return [movement.stop, follow(model, ["today"], show), channel.close];
}

/** What today's screening leaves out, if anything. */
const todaysLines = (lines) => (lines.length ? [node("b", {}, "Today: "), lines.join(" ")] : []);

function header({ title, names, family, blocks, summary, say, practise }) {
  const tag = node("span", { className: "family" }, node("span", {}, family), ...(blocks ? [` · ${blocks}`] : []));
  tag.style.setProperty("--family", `var(--mw-${family})`);
  return node(
    "div",
    { className: "head" },
    node("h3", {}, title),
    node("p", { className: "names flow hint" }, tag, node("i", {}, names), practiseLink(practise, "Practise")),
    node("p", { className: "today notice" }),
    node("p", { className: "say" }, say),
    node("p", { className: "summary" }, summary),
  );
}

/** A list of figures, of those that are `rare`ly wanted or of the others. */
function figures({ facts, bases }, rare) {
  const rows = facts
    .filter((each) => each.rare === rare)
    .map(({ name, value, scale, attribution }) =>
      node(
        "div",
        {},
        node("dt", {}, name),
        node("dd", {}, node("span", {}, value, ...(scale ? [force(scale)] : [])), basisOf(bases, attribution, name)),
      ),
    );
  return node("dl", {}, ...rows);
}

/** Ten boxes, those of the technique's force filled; the words beside them say the same. */
function force([low, high]) {
  const boxes = Array.from({ length: 10 }, (_, i) =>
    node("i", { className: i + 1 >= low && i + 1 <= high ? "in" : "" }),
  );
  const scale = node("span", { className: "force" }, ...boxes);
  scale.setAttribute("aria-hidden", "true");
  return scale;
}

/** The basis of a figure, once it is asked for; its note and sources open from there. */
function basisOf(bases, { basis, note, sources }, name = "this technique") {
  const texts = [bases[basis], note].filter(Boolean).map((each) => node("p", {}, each));
  const label = `${basis}. Sources of ${name}`;
  return folded(basis, [...texts, list(sources)], { className: "cited aside", label });
}

function how({ steps, stop_if }) {
  return node(
    "section",
    { className: "how" },
    node("p", { className: "stop notice" }, node("b", {}, "Stop if: "), stop_if),
    node("h4", {}, "How it goes"),
    node("ol", {}, ...steps.map((step) => node("li", {}, step))),
  );
}

function feel({ receiver_feels, giver_feels }) {
  return node(
    "section",
    { className: "feel" },
    node("h4", {}, "What it should feel like"),
    node("p", {}, node("b", {}, "Lying down: "), receiver_feels),
    node("p", {}, node("b", {}, "Under your hands: "), giver_feels),
  );
}

/** What is wanted now and then, each part below its summary. */
function more(card, stance, el) {
  const sources = opener(el, ["Show sources", "Hide sources"], { className: "unsourced", about: card.title });
  const rare = folded("Direction, hands, oil", [node("p", {}, card.direction), figures(card, true)]);
  const parts = [where(card, stance), rare, care(card), ...foldedDisagreements(card.disagreements)];
  return node("section", { className: "more" }, ...parts, sources);
}

function where({ bases, stance: { name, places, attribution } }, picture) {
  return folded(
    "Your position",
    [
      node("p", {}, `${name}. `, basisOf(bases, attribution, "your position")),
      plate(picture, { className: "plan" }).host,
      node("p", {}, "Dashed: for the other half. The arrow is your weight, which comes from the legs."),
      ...places.map(({ name, do: says }) => node("p", {}, node("b", {}, `${name}: `), says)),
    ],
    { className: "where" },
  );
}

function care({ mistakes, why, attribution, bases }) {
  return folded(
    "Common mistakes, and why",
    [
      node("ul", {}, ...mistakes.map(({ slip, instead }) => node("li", {}, node("b", {}, slip), ` ${instead}`))),
      node("p", {}, node("b", {}, "Why: "), why, " ", basisOf(bases, attribution)),
    ],
    { className: "care" },
  );
}

export default widget("mw-technique", render);
