// The map of the hands' paths, shaded by time, and the map of minutes and force by place.

import { node } from "../shared/elements.js";
import { layers } from "../shared/layers.js";
import { plate } from "../shared/plate.js";
import { folded } from "../shared/sources.js";

const NOT_DRAWN =
  "There is no map here: this page cannot draw one without the areas that today's screening leaves out. Minutes and findings do leave them out.";
const DEBOUNCE = 400; // milliseconds: the map of minutes takes the kernel half a second

export function pathMap(channel) {
  const paths = plate();
  const layer = layers(paths, channel);
  const map = node("div", {}, node("p", { className: "heading" }, "The darker, the longer"), paths.host, layer.node);
  const note = node("p", { className: "note" }, NOT_DRAWN);
  return {
    element: node("div", { className: "back" }, map, note),
    /** @param {string} svg empty where it cannot be drawn */
    draw(svg) {
      map.hidden = !svg;
      note.hidden = Boolean(svg);
      if (!svg) return;
      paths.draw(svg);
      layer.renew();
    },
    shade(secondsPerCm) {
      const most = Math.max(0, ...Object.values(secondsPerCm)) || 1;
      const bands = /** @type {NodeListOf<SVGElement>} */ (paths.host.shadowRoot?.querySelectorAll('[id^="path-"]') ?? []);
      for (const band of bands) band.style.opacity = String((secondsPerCm[band.id.replace("path-", "")] ?? 0) / most);
    },
  };
}

/** The map of minutes, drawn by the kernel while it is unfolded and the steps change. */
export function reachMap(requests) {
  const reach = plate();
  const element = folded("Minutes and force by place", [reach.host], { className: "minutes" });
  let timer = 0;
  let steps = "";
  let drawn = ""; // the steps that the map was requested for
  const request = () => {
    if (!element.open || steps === drawn) return;
    drawn = steps;
    requests.request({ do: "reach" });
  };
  element.ontoggle = () => {
    drawn = ""; // a request may have got no reply
    request();
  };
  return {
    element,
    draw: (svg) => svg && reach.draw(svg),
    follow(state) {
      steps = JSON.stringify(state.steps);
      clearTimeout(timer);
      timer = setTimeout(request, DEBOUNCE);
    },
  };
}
