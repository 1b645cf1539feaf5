// The map of the whole back: descriptions of places, filters by kind, and a search game. The shapes
// come from matplotlib; this module knows only their ids.

import { connect } from "./shared/channel.js";
import { button, node } from "./shared/elements.js";
import { layers } from "./shared/layers.js";
import { plate, PRESSED } from "./shared/plate.js";
import { follow, widget } from "./shared/widget.js";
import { lookup } from "./whole_back/lookup.js";
import { searchGame } from "./whole_back/search.js";

const CSS = `
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
  const shown = plate(model.get("svg"), { css: CSS });
  const [groups, words] = [model.get("groups"), model.get("words")];
  const map = placeMap(shown.picture(), groups);
  const panel = node("div", { className: "panel framed" });
  panel.setAttribute("aria-live", "polite");
  const look = lookup(map, panel);
  const lists = node("div", { className: "lists" }, ...groups.map((group) => list(group, look)));
  const hint = node("p", { className: "hint aside" });
  const filter = kindFilter(groups, (kind, isHidden) => {
    map.hideKind(kind, isHidden);
    lists.querySelector(`[data-kind="${kind}"]`).hidden = isHidden;
  });
  const showPlaces = () => {
    hint.textContent = filter.apply() ? words.hidden : words.hint;
    look.settle();
  };
  filter.element.onchange = showPlaces;
  const search = searchGame(map, panel, model, channel);
  const under = layers(shown, channel);
  const isSearching = () => "name" in model.get("search");
  const toggle = button("Find it yourself", () => channel.request({ do: "search", on: !isSearching() }), "toggle");
  el.append(
    node("div", { className: "controls flow" }, filter.element, toggle, hint),
    node("div", { className: "map" }, shown.host, under.node),
    node("div", { className: "side" }, panel, channel.notice, lists),
  );
  const show = () => {
    const on = isSearching();
    toggle.textContent = on ? "Back to the map" : "Find it yourself";
    filter.element.hidden = lists.hidden = hint.hidden = on;
    under.suspend(on);
    if (on) return search.find(model.get("search"));
    search.end();
    showPlaces();
    look.showChosen();
  };
  return [follow(model, ["search"], show), channel.close];
}

/** The places of the picture, each with its parts; kinds can be hidden, or all places but one. */
function placeMap(picture, groups) {
  const partsOf = (id) => {
    const ids = [`zone-${id}`, `disc-${id}`, `number-${id}`, `landmark-${id}`, `letter-${id}`];
    return ids.map((each) => picture.getElementById(each)).filter(Boolean);
  };
  const places = groups.flatMap(({ id: kind, items }) => items.map((item) => ({ kind, item, parts: partsOf(item.id) })));
  const hideFill = (kind, isHidden) => hide(picture.querySelectorAll(`[id^="kind-${kind}-"]`), isHidden);
  return {
    picture,
    places,
    hideKind(kind, isHidden) {
      hideFill(kind, isHidden);
      for (const place of places) if (place.kind === kind) hide(place.parts, isHidden);
    },
    showAlone(id) {
      for (const { id: kind } of groups) hideFill(kind, true);
      for (const { item, parts } of places) {
        hide(parts, item.id !== id);
        parts[0].classList.toggle("shown", item.id === id);
        parts[0].setAttribute("tabindex", "-1");
      }
    },
  };
}

function hide(parts, isHidden) {
  for (const part of parts) part.classList.toggle("off", isHidden);
}

function list({ id, title, items }, look) {
  const rows = items.map((item) => {
    const choose = node("button", { type: "button" }, node("span", { className: "number" }, item.mark), item.name);
    look.button(item.id, choose);
    return node("li", {}, choose);
  });
  const section = node("section", {}, node("h3", {}, title), node("ul", { className: "bare" }, ...rows));
  section.dataset.kind = id;
  return section;
}

/** A checkbox for each kind. `apply` shows and hides the kinds, and returns whether one is hidden. */
function kindFilter(groups, hideKind) {
  const boxes = groups.map(({ id, title, items }) => {
    const input = node("input", { type: "checkbox", checked: true, value: id });
    return { id, input, label: node("label", {}, input, `${title} (${items.length})`) };
  });
  const apply = () => {
    for (const { id, input } of boxes) hideKind(id, !input.checked);
    return boxes.some(({ input }) => !input.checked);
  };
  return { apply, element: node("fieldset", { className: "flow" }, node("legend", {}, "Show"), ...boxes.map(({ label }) => label)) };
}

export default widget("mw-whole-back", render);
