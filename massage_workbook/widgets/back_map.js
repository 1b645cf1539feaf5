// A stroke map with hands that make a pass. The shapes come from matplotlib; this module knows only
// their ids.

import { rove, stepOf } from "./shared/arrows.js";
import { connect } from "./shared/channel.js";
import { node } from "./shared/elements.js";
import { layers } from "./shared/layers.js";
import { exposeParts, plate, PRESSED } from "./shared/plate.js";
import { movingHands } from "./shared/tour.js";
import { widget } from "./shared/widget.js";

const CSS = `
  ${PRESSED}
  [id^="zone-"] path { pointer-events: all }
  [id^="zone-"] { outline: none }
  [id^="zone-"]:is(:hover, :focus) path {
    fill: var(--mw-ink) !important; fill-opacity: 0.12 !important;
    stroke: var(--mw-ink) !important; stroke-width: 2 !important;
  }
`;

function render({ model, el }) {
  const map = plate(model.get("svg"), { css: CSS });
  const { host, picture } = map;
  const { bar, stop } = movingHands(picture(), model.get("tours"), el);
  const channel = connect(model, el, "No reply: muscles and bones cannot be shown.");
  el.append(host, bar, layers(map, channel).node, channel.notice, zoneNotes(picture(), model.get("zones")));
  return () => {
    channel.close();
    stop();
  };
}

/** Show the rule of a zone when it is pointed at or focused (roving tabindex). */
function zoneNotes(picture, zones) {
  exposeParts(picture);
  const hint = "Where a hand is coloured it presses; the rest only lies or hovers. Point at a zone to read its rule.";
  const note = node("p", { className: "zone" }, hint);
  const groups = zones.map((zone) => picture.getElementById(`zone-${zone.id}`));
  groups.forEach((group, i) => {
    const { name, kind, rule } = zones[i];
    group.setAttribute("role", "img");
    group.setAttribute("aria-label", `${name}: ${kind}. ${rule}`);
    group.setAttribute("tabindex", i === 0 ? "0" : "-1");
    group.onpointerenter = group.onfocus = () => note.replaceChildren(node("b", {}, `${name}: ${kind}. `), rule);
    group.onpointerleave = group.onblur = () => note.replaceChildren(hint);
    group.onkeydown = (event) => {
      const step = stepOf(event);
      if (!step) return;
      event.preventDefault();
      rove(groups, i + step);
    };
  });
  return note;
}

export default widget("mw-back-map", render);
