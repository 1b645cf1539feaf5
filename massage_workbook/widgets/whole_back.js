// The map of the whole back: descriptions of places, filters by kind, and a search game. The shapes
// come from matplotlib; this module knows only their ids.

import { stepOf, directionOf } from "./shared/arrows.js";
import { connect } from "./shared/channel.js";
import { button, node, svgNode } from "./shared/elements.js";
import { layers } from "./shared/layers.js";
import { beside, cross, inWords, makeDrawable, onPicture, pointedAt } from "./shared/places.js";
import { plate, PRESSED } from "./shared/plate.js";
import { source } from "./shared/sources.js";
import { follow, widget } from "./shared/widget.js";

const LOOKS = `
  ${PRESSED}
  .place { cursor: pointer; outline: none }
  .place path { pointer-events: all }
  .off { display: none }
  .zone:is(:hover, :focus-visible, .shown) path {
    fill: var(--mw-ink) !important; fill-opacity: 0.16 !important;
    stroke: var(--mw-ink) !important; stroke-width: 2.5 !important;
  }
  .landmark:is(:hover, :focus-visible, .shown) path { stroke: var(--mw-ink) !important; stroke-width: 3.5 !important }
  .search .place path { pointer-events: none }
  .search { cursor: crosshair; touch-action: manipulation }
  .search:focus-visible { outline: 3px solid var(--mw-motion); outline-offset: 2px }
  .pen, .mark { fill: none; stroke: var(--mw-ink); stroke-width: 2 }
  .mark { stroke: var(--mw-hand); stroke-width: 4; stroke-linecap: round }
  svg:not(:focus-visible) .pen { visibility: hidden }
`;

function render({ model, el }) {
  const channel = connect(model, el, "No reply.");
  const shown = plate(model.get("svg"), { looks: LOOKS });
  const picture = shown.picture();
  const groups = model.get("groups");
  const map = places(picture, groups);
  const panel = node("div", { className: "panel framed" });
  panel.setAttribute("aria-live", "polite");
  const look = lookup(map, panel);
  const lists = node("div", { className: "lists" }, ...groups.map((group) => list(group, look)));
  const hint = node("p", { className: "hint aside" });
  const switches = kindSwitches(groups, map, lists, look, hint, model.get("words"));
  const search = searching(picture, panel, model, channel);
  const under = layers(shown, channel);
  const toggle = button("Find it yourself", () => channel.request({ do: "search", on: !("ask" in model.get("search")) }), "toggle");
  el.append(
    node("div", { className: "controls flow" }, switches, toggle, hint),
    node("div", { className: "map" }, shown.host, under.node),
    node("div", { className: "side" }, panel, channel.notice, lists),
  );
  const show = () => {
    const state = model.get("search");
    const on = "ask" in state;
    toggle.textContent = on ? "Back to the map" : "Find it yourself";
    switches.hidden = lists.hidden = hint.hidden = on;
    under.rest(on);
    if (on) search.ask(state, map);
    else {
      search.end();
      switches.follow();
      look.rest();
    }
  };
  return [follow(model, ["search"], show), channel.close];
}

/** Each place with its parts in the picture, and the fill of each kind. */
function places(picture, groups) {
  const parts = (ids) => ids.map((id) => picture.getElementById(id)).filter(Boolean);
  const all = groups.flatMap(({ id: kind, items }) => items.map((item) => ({ kind, item })));
  const of = (id) => parts([`zone-${id}`, `disc-${id}`, `number-${id}`, `landmark-${id}`, `letter-${id}`]);
  return {
    picture,
    places: all.map(({ kind, item }) => ({ kind, item, parts: of(item.id) })),
    fill: (kind) => [...picture.querySelectorAll(`[id^="kind-${kind}-"]`)],
  };
}

function hide(parts, off) {
  for (const part of parts) part.classList.toggle("off", off);
}

// --- descriptions ------------------------------------------------------------------------------

/** Show the place under the pointer in the panel, else the chosen one. */
function lookup({ picture, places: all }, panel) {
  let chosen = all[0];
  const buttons = new Map();
  const describe = (place) => {
    for (const { parts } of all) parts[0].classList.toggle("shown", parts === place?.parts);
    panel.replaceChildren(...(place ? described(place.item) : []));
  };
  const rest = () => describe(chosen);
  const choose = (place) => {
    chosen = place;
    press();
    rest();
  };
  const press = () => {
    for (const [id, button] of buttons) button.setAttribute("aria-pressed", String(id === chosen?.item.id));
  };
  const inSight = () => all.filter(({ parts }) => !parts[0].classList.contains("off"));
  // Roving tabindex: Tab reaches one place, arrows move to the others.
  const reachable = (place) => {
    for (const { parts } of all) parts[0].setAttribute("tabindex", parts === place?.parts ? "0" : "-1");
  };
  const step = (place, by) => {
    const open = inSight();
    const next = open[(open.indexOf(place) + by + open.length) % open.length];
    reachable(next);
    next.parts[0].focus();
  };
  for (const place of all) listenTo(place, { describe, rest, step, choose, reachable });
  picture.setAttribute("role", "group"); // an image would hide its places from a screen reader
  return {
    rest,
    /** Choose a visible place, if the chosen one is hidden. */
    settle: () => {
      if (!inSight().includes(chosen)) choose(inSight()[0]);
      reachable(chosen);
    },
    button: (id, button) => {
      const place = all.find(({ item }) => item.id === id);
      buttons.set(id, button);
      press();
      button.onclick = () => {
        choose(place);
        panel.scrollIntoView({ block: "nearest" });
      };
    },
  };
}

/** Make a place of the picture a button that shows its description. */
function listenTo(place, { describe, rest, step, choose, reachable }) {
  const [part] = place.parts;
  part.classList.add("place", place.kind === "landmarks" ? "landmark" : "zone");
  part.setAttribute("role", "button");
  part.setAttribute("aria-label", `${place.item.name}: ${place.item.kind}`);
  part.onpointerenter = () => describe(place);
  part.onpointerleave = rest;
  part.onclick = part.onfocus = () => {
    reachable(place);
    choose(place);
  };
  part.onkeydown = (event) => {
    const by = stepOf(event);
    if (by) step(place, by);
    else if (event.key === " " || event.key === "Enter") choose(place);
    else return;
    event.preventDefault();
  };
}

function described({ name, kind, facts, who }) {
  const rows = facts.map(([title, text]) => node("div", {}, node("dt", {}, title), node("dd", {}, text)));
  return [
    node("h3", {}, name),
    node("p", { className: "kind" }, kind),
    node("dl", {}, ...rows),
    source(who),
  ];
}

function list({ id, title, items }, look) {
  const rows = items.map((item) => {
    const mark = node("span", { className: "number" }, item.mark);
    const choose = node("button", { type: "button" }, mark, item.name);
    look.button(item.id, choose);
    return node("li", {}, choose);
  });
  const section = node("section", {}, node("h3", {}, title), node("ul", { className: "bare" }, ...rows));
  section.dataset.kind = id;
  return section;
}

/** A filter for each kind, in the picture and in the list. */
function kindSwitches(groups, map, lists, look, hint, words) {
  const rows = groups.map(({ id, title, items }) => {
    const input = node("input", { type: "checkbox", checked: true, value: id });
    return { id, input, node: node("label", {}, input, `${title} (${items.length})`) };
  });
  const follow = () => {
    for (const { id, input } of rows) {
      const off = !input.checked;
      hide([...map.fill(id), ...map.places.filter(({ kind }) => kind === id).flatMap(({ parts }) => parts)], off);
      lists.querySelector(`[data-kind="${id}"]`).hidden = off;
    }
    hint.textContent = rows.every(({ input }) => input.checked) ? words.hint : words.hidden;
    look.settle();
  };
  for (const { input } of rows) input.onchange = follow;
  const made = node("fieldset", { className: "flow" }, node("legend", {}, "Show"), ...rows.map((row) => row.node));
  return Object.assign(made, { follow });
}

// --- search ---------------------------------------------------------------------------------

function searching(picture, panel, model, channel) {
  const frame = model.get("frame");
  const { how } = model.get("words");
  const [pen, mark] = ["pen", "mark"].map((name) => svgNode("path", { class: name }));
  picture.append(pen, mark);
  const put = (path, place, size) => path.setAttribute("d", place ? cross(onPicture(place, frame), size) : "");
  let at = [0, 0.4];
  let asked = null;
  const open = () => model.get("search").result === null;
  const send = (place) => open() && channel.request({ do: "mark", place });
  const where = node("p", { className: "hint aside" });
  const move = (way, far) => {
    at = beside(at, way, far);
    put(pen, at, 9);
    where.textContent = `The cross is ${inWords(at)}.`;
  };
  const onclick = (event) => send(pointedAt(event, picture, frame));
  const onkeydown = (event) => {
    const way = directionOf(event);
    if (way && open()) move(way, event.shiftKey);
    else if ((event.key === "Enter" || event.key === " ") && open()) send(at);
    else return;
    event.preventDefault();
  };
  const begin = () => {
    picture.classList.add("search");
    makeDrawable(picture);
    Object.assign(picture, { onclick, onkeydown });
    move([0, 0], false);
  };
  const ask = ({ ask: name, number, of, result }, map) => {
    if (asked === null) begin();
    showAlone(map, result?.shown);
    put(mark, result?.mark, 8);
    const next = result ? button("Next", () => channel.request({ do: "next" }), "main") : button("Show me", () => send(null), "main");
    const hadFocus = panel.contains(document.activeElement);
    panel.replaceChildren(
      node("p", { className: "hint aside" }, `${number} of ${of}`),
      node("h3", {}, `Find: ${name}`),
      ...(result
        ? [node("p", { className: "verdict" }, result.verdict), ...result.says.map((each) => node("p", {}, each))]
        : [node("p", {}, how), where]),
      node("div", { className: "buttons" }, next),
    );
    if (hadFocus || result) next.focus({ preventScroll: true });
    if (result) panel.scrollIntoView({ block: "nearest" });
    asked = name;
  };
  const end = () => {
    if (asked === null) return;
    asked = null;
    picture.classList.remove("search");
    picture.setAttribute("role", "group");
    picture.removeAttribute("aria-roledescription");
    picture.removeAttribute("tabindex");
    Object.assign(picture, { onclick: null, onkeydown: null });
    mark.removeAttribute("d");
  };
  return { ask, end };
}

/** Hide all places of the picture but one, if there is one. */
function showAlone({ places: all, fill }, shown) {
  for (const kind of new Set(all.map((each) => each.kind))) hide(fill(kind), true);
  for (const { item, parts } of all) {
    hide(parts, item.id !== shown);
    parts[0].classList.toggle("shown", item.id === shown);
    parts[0].setAttribute("tabindex", "-1");
  }
}

export default widget("mw-whole-back", render);
