// The words of a technique's card.

import { button, list, node } from "./shared/elements.js";
import { movementFigure } from "./shared/movement.js";
import { plate } from "./shared/plate.js";
import { practiseLink } from "./shared/practise.js";
import { differences, folded } from "./shared/sources.js";
import { widget } from "./shared/widget.js";

function render({ model, el }) {
  const card = model.get("card");
  const head = header(card);
  const movement = movementFigure(model.get("movement"));
  const pictures = [plate(model.get("hand"), { className: "hand" }).host, movement.figure];
  const beside = node("div", { className: "beside" }, facts(card, pictures), where(card, model.get("stance")), care(card));
  el.append(head, beside, how(card), ...differences(card.differ));
  el.classList.toggle("short", model.get("short"));
  if (model.get("folded") || model.get("short")) head.append(opener(el, card));
  return movement.stop;
}

/** A button that shows what a folded card holds, and folds it up again. */
function opener(el, { title }) {
  const toggle = button("", () => fold(!el.classList.contains("folded")));
  const fold = (folded) => {
    el.classList.toggle("folded", folded);
    toggle.textContent = folded ? "Open the card" : "Fold the card up";
    toggle.setAttribute("aria-expanded", String(!folded));
    toggle.setAttribute("aria-label", `${toggle.textContent}: ${title}`);
  };
  fold(true);
  return toggle;
}

function header({ title, names, family, blocks, summary, say, practise }) {
  const tag = node("p", { className: "family" }, node("span", {}, family), ...(blocks ? [` · ${blocks}`] : []));
  tag.style.setProperty("--family", `var(--mw-${family})`);
  return node(
    "div",
    { className: "head" },
    node("h3", {}, title),
    tag,
    node("p", { className: "names" }, names, " ", practiseLink(practise, "Practise")),
    node("p", { className: "say" }, say),
    node("p", { className: "summary" }, summary),
  );
}

function facts({ facts, bases }, pictures) {
  const rows = facts.map(({ name, value, scale, who }) =>
    node(
      "div",
      {},
      node("dt", {}, name),
      node("dd", {}, node("span", {}, value, ...(scale ? [force(scale)] : [])), basisOf(bases, who, name)),
    ),
  );
  return node("section", { className: "facts" }, ...pictures, node("dl", {}, ...rows));
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

/** The basis is always in sight; the note and the sources come on demand. */
function basisOf(bases, { basis, note, sources }, name = "this technique") {
  const texts = [bases[basis], note].filter(Boolean).map((each) => node("p", {}, each));
  const label = `${basis}. Who says so about ${name}?`;
  const made = folded(basis, [...texts, list(sources)], { className: "who", label });
  made.querySelector("summary").title = "Who says so?";
  return made;
}

function how({ direction, steps }) {
  return node(
    "section",
    { className: "how" },
    node("h4", {}, "How it goes"),
    node("p", {}, direction),
    node("ol", {}, ...steps.map((step) => node("li", {}, step))),
  );
}

/** Where the giver is: at a table in sight, elsewhere on demand. */
function where({ bases, stance: { name, places, who } }, picture) {
  const [first, ...others] = places.map(({ name, do: says }) => node("p", {}, node("b", {}, `${name}: `), says));
  const title = places
    .slice(1)
    .map(({ name }, i) => (i ? name.toLowerCase() : name))
    .join(", ");
  return node(
    "section",
    { className: "where" },
    node("h4", {}, "Where you are"),
    node("p", {}, `${name}. `, basisOf(bases, who, "where you are")),
    plate(picture, { className: "plan" }).host,
    node("p", { className: "quiet" }, "Dashed: for the other half. The arrow is your weight, which comes from the legs."),
    first,
    folded(title, others, { className: "elsewhere" }),
  );
}

function care({ receiver_feels, giver_feels, stop_if, mistakes, why, who, bases }) {
  return node(
    "section",
    { className: "care" },
    node("h4", {}, "What it should feel like"),
    node("p", {}, node("b", {}, "Lying down: "), receiver_feels),
    node("p", {}, node("b", {}, "Under your hands: "), giver_feels),
    node("p", { className: "stop" }, node("b", {}, "Stop if: "), stop_if),
    node("h4", {}, "Common slips"),
    node("ul", {}, ...mistakes.map(({ slip, instead }) => node("li", {}, node("b", {}, slip), ` ${instead}`))),
    node("h4", {}, "Why"),
    node("p", {}, why, " ", basisOf(bases, who)),
  );
}

export default widget("mw-technique", render);
