// The words of a technique's card.

const BASIS = {
  stated: "The articles say so.",
  reconstructed: "The articles do not give this figure; the course reconstructed it.",
  added: "The articles are silent here; the course added it.",
};

function render({ model, el }) {
  const card = model.get("card");
  el.classList.add("mw", "mw-technique");
  // Keys pressed here stay here: in any notebook `x` would cut the cell. Jupyter asks what has the focus.
  el.addEventListener("focusin", ({ target }) => (target.dataset.lmSuppressShortcuts = ""));
  const head = header(card);
  const beside = node("div", { className: "beside" }, facts(card, model.get("hand")), where(card), care(card));
  el.append(head, beside, how(card), ...differences(card));
  if (model.get("folded")) head.append(opener(el, card));
}

/** A button that shows what a folded card holds, and folds it up again. */
function opener(el, { title }) {
  const button = node("button", { type: "button" });
  const fold = (folded) => {
    el.classList.toggle("folded", folded);
    button.textContent = folded ? "Open the card" : "Fold the card up";
    button.setAttribute("aria-expanded", String(!folded));
    button.setAttribute("aria-label", `${button.textContent}: ${title}`);
  };
  button.onclick = () => fold(!el.classList.contains("folded"));
  fold(true);
  return button;
}

function header({ title, names, family, blocks, summary }) {
  const tag = node("p", { className: "family" }, node("span", {}, family), ...(blocks ? [` · ${blocks}`] : []));
  tag.style.setProperty("--family", `var(--mw-${family})`);
  return node(
    "div",
    { className: "head" },
    node("h3", {}, title),
    tag,
    node("p", { className: "names" }, names),
    node("p", { className: "summary" }, summary),
  );
}

function facts({ facts }, hand) {
  const rows = facts.map(({ name, value, scale, who }) =>
    node(
      "div",
      {},
      node("dt", {}, name),
      node("dd", {}, node("span", {}, value, ...(scale ? [force(scale)] : [])), source(who, name)),
    ),
  );
  return node("section", { className: "facts" }, picture(hand), node("dl", {}, ...rows));
}

/** The kernel's picture in a shadow root, where its ids meet no others. */
function picture(text) {
  const host = node("div", { className: "hand" });
  const svg = document.importNode(
    new DOMParser().parseFromString(text, "image/svg+xml").documentElement,
    true,
  );
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  const style = node("style", {}, "svg{display:block;width:100%;height:auto}");
  host.attachShadow({ mode: "open" }).append(style, svg);
  return host;
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
function source({ basis, note, sources }, name = "this technique") {
  const summary = node("summary", { title: "Who says so?" }, basis);
  summary.setAttribute("aria-label", `${basis}. Who says so about ${name}?`);
  return node(
    "details",
    { className: "who" },
    summary,
    node("p", {}, BASIS[basis]),
    ...(note ? [node("p", {}, note)] : []),
    node("ul", {}, ...sources.map((each) => node("li", {}, each))),
  );
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
function where({ stance: { name, places, who } }) {
  const [first, ...others] = places.map(({ name, do: says }) => node("p", {}, node("b", {}, `${name}: `), says));
  const title = places
    .slice(1)
    .map(({ name }, i) => (i ? name.toLowerCase() : name))
    .join(", ");
  return node(
    "section",
    { className: "where" },
    node("h4", {}, "Where you are"),
    node("p", {}, `${name}. `, source(who, "where you are")),
    first,
    node("details", { className: "elsewhere" }, node("summary", {}, title), ...others),
  );
}

function care({ receiver_feels, giver_feels, stop_if, mistakes, why, who }) {
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
    node("p", {}, why, " ", source(who)),
  );
}

/** What the sources disagree about here, and what the course follows; nothing where they agree. */
function differences({ differ }) {
  if (!differ.length) return [];
  const rows = differ.map(({ question, follows, where }) =>
    node("li", {}, node("b", {}, question), ` ${follows} `, node("span", { className: "cited" }, `(${where})`)),
  );
  const summary = node("summary", {}, `Where the sources differ (${differ.length})`);
  return [node("details", { className: "differ" }, summary, node("ul", {}, ...rows))];
}

export default { render };
