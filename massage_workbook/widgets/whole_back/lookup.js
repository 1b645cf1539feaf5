// Places of the picture as buttons that show their descriptions.

import { stepOf } from "../shared/arrows.js";
import { node } from "../shared/elements.js";
import { exposeParts } from "../shared/plate.js";
import { foldedSources } from "../shared/sources.js";

/** Show the place under the pointer in the panel, else the chosen one. */
export function lookup({ picture, places: all }, panel) {
  let chosen = all[0];
  const buttons = new Map();
  const describe = (place) => {
    for (const { parts } of all) parts[0].classList.toggle("shown", parts === place?.parts);
    panel.replaceChildren(...(place ? described(place.item) : []));
  };
  const showChosen = () => describe(chosen);
  const choose = (place) => {
    chosen = place;
    press();
    showChosen();
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
  for (const place of all) listenTo(place, { describe, showChosen, step, choose, reachable });
  exposeParts(picture);
  return {
    showChosen,
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
function listenTo(place, { describe, showChosen, step, choose, reachable }) {
  const [part] = place.parts;
  part.classList.add("place", place.kind === "landmarks" ? "landmark" : "zone");
  part.setAttribute("role", "button");
  part.setAttribute("aria-label", `${place.item.name}: ${place.item.kind}`);
  part.onpointerenter = () => describe(place);
  part.onpointerleave = showChosen;
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

function described({ name, kind, facts, attribution }) {
  const rows = facts.map(([title, text]) => node("div", {}, node("dt", {}, title), node("dd", {}, text)));
  return [
    node("h3", {}, name),
    node("p", { className: "kind" }, kind),
    node("dl", {}, ...rows),
    foldedSources(attribution),
  ];
}
