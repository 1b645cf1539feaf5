// Pictures as the kernel drew them, each with its title below it.

import { node } from "./shared/elements.js";
import { plate } from "./shared/plate.js";
import { widget } from "./shared/widget.js";

function render({ model, el }) {
  el.append(...model.get("pictures").map(figure));
}

function figure({ svg, title, large }) {
  return node("figure", { className: large ? "large" : "" }, plate(svg, { className: "" }).host, node("figcaption", {}, title));
}

export default widget("mw-picture", render);
