// Pictures as the kernel drew them, each with its title below it.

import { connect } from "./shared/channel.js";
import { node } from "./shared/elements.js";
import { layers, names, STRUCTURE } from "./shared/layers.js";
import { plate } from "./shared/plate.js";
import { widget } from "./shared/widget.js";

function render({ model, el }) {
  const channel = connect(model, el, "No reply: muscles and bones cannot be shown.");
  el.append(...model.get("pictures").map((each) => figure(each, channel)), channel.notice);
  return channel.close;
}

function figure({ svg, title, large }, channel) {
  const shown = plate(svg, { className: "" });
  const caption = node("figcaption", {}, title);
  const { width, height } = shown.picture().viewBox.baseVal;
  const className = large ? `large${width > 1.2 * height ? " chart" : ""}` : "";
  return node("figure", { className }, shown.host, caption, ...under(shown, channel));
}

/** A switch of the layers where there is one body on its skin, names where it is drawn without. */
function under(shown, channel) {
  const picture = shown.picture();
  if (picture.querySelectorAll("#skin").length === 1) return [layers(shown, channel).node];
  return picture.querySelector(STRUCTURE) ? [names(shown)] : [];
}

export default widget("mw-picture", render);
