// Skin, muscles or bones on a picture of the back, and the names of muscles and bones.

import { rove, stepOf } from "./arrows.js";
import { node, status, svgNode } from "./elements.js";
import { exposeParts, parsed } from "./plate.js";

/** @typedef {{ host: HTMLElement, picture: () => SVGSVGElement }} Plate */

const LABELS = { skin: "Skin", muscles: "Muscle", bones: "Bone" };
/** @type {Record<string, string[]>} */
const GROUPS = {
  muscles: ["bones-right", "bones-middle", "muscles"],
  bones: ["bones-left", "bones-right", "bones-middle"],
};
/** Selects the named structures of a picture. */
export const STRUCTURE = '[id^="structure-"][aria-label]';
const HINT = "Point at a muscle or a bone to read its name.";

// All widgets of a page share one drawing of muscles and bones, and the layer chosen last.
const everywhere = /** @type {any} */ (globalThis);
everywhere.massageWorkbookLayers ??= { chosen: "skin", under: null };
const page = everywhere.massageWorkbookLayers;

/**
 * A switch for the layer of a plate, and a line that names the structure pointed at. A map begins
 * with the layer chosen last. Call `renew` after its picture has changed; `suspend(true)` hides the
 * switch and shows the skin, `suspend(false)` undoes that.
 * @param {Plate} plate
 * @param {import("./channel.js").Channel} channel
 */
export function layers({ host, picture }, channel) {
  const note = namer(host);
  let layer = page.chosen;
  let isSuspended = false;
  const renew = async () => {
    if (layer !== "skin") page.under ??= await requestLayers(channel);
    note.name(picture() ? showLayer(picture(), isSuspended ? "skin" : layer) : []);
  };
  /** @param {string} value */
  const choose = (value) => {
    layer = page.chosen = value;
    renew();
  };
  const name = `layer-${Math.random().toString(36).slice(2)}`;
  const choices = Object.entries(LABELS).map(([value, label]) => {
    const onchange = () => choose(value);
    return node("label", {}, node("input", { type: "radio", name, value, checked: value === layer, onchange }), label);
  });
  const chooser = node("fieldset", { className: "layers" }, ...choices);
  chooser.setAttribute("aria-label", "Layer of the body");
  const element = node("div", {}, chooser, note.node);
  /** @param {boolean} isOn */
  const suspend = (isOn) => {
    isSuspended = element.hidden = isOn;
    renew();
  };
  renew();
  return { node: element, renew, suspend };
}

/**
 * A line that names the structures of a plate that already has them.
 * @param {Plate} plate
 */
export function names({ host, picture }) {
  const note = namer(host);
  exposeParts(picture());
  note.name(structuresOf(picture()));
  return note.node;
}

/** @param {import("./channel.js").Channel} channel */
async function requestLayers(channel) {
  const { svg } = await channel.request({ do: "layers" });
  return svg && parsed(svg);
}

/**
 * @param {Element} parent
 * @returns {SVGElement[]}
 */
function structuresOf(parent) {
  return [...parent.querySelectorAll(STRUCTURE)].map((each) => /** @type {SVGElement} */ (each));
}

/**
 * Replace the layer of a picture; return the structures that it shows.
 * @param {SVGSVGElement} picture
 * @param {string} layer
 */
function showLayer(picture, layer) {
  picture.querySelector(".under")?.remove();
  const skin = /** @type {SVGElement} */ (picture.getElementById("skin"));
  const isSkin = layer === "skin" || !page.under;
  const clear = /** @type {NodeListOf<SVGElement>} */ (picture.querySelectorAll('[id*="-clear-"]'));
  for (const part of [skin, ...clear]) part.style.display = isSkin ? "" : "none";
  if (isSkin) return [];
  const under = svgNode("g", { class: "under" });
  under.append(...GROUPS[layer].map((id) => copy(id, picture)));
  skin.after(under);
  exposeParts(picture);
  return structuresOf(under);
}

/**
 * A group of muscles or bones; bones of the left are those of the right, mirrored.
 * @param {string} id
 * @param {SVGSVGElement} picture
 * @returns {SVGElement}
 */
function copy(id, picture) {
  if (id !== "bones-left") return picture.ownerDocument.importNode(page.under.getElementById(id), true);
  const left = copy("bones-right", picture);
  left.setAttribute("transform", `matrix(-1 0 0 1 ${page.under.viewBox.baseVal.width} 0)`);
  for (const part of [left, ...left.querySelectorAll("[id]")]) part.id = part.id.replace("right", "left");
  return left;
}

/**
 * A line with the name of the structure that is pointed at or has the focus. One structure is reached
 * by Tab, the others by arrow keys.
 * @param {HTMLElement} host
 */
function namer(host) {
  const line = status("p", "structure");
  /** @type {SVGElement[]} */
  let shown = [];
  /** @param {SVGElement | null | undefined} structure */
  const describe = (structure) => {
    for (const each of shown) each.classList.toggle("named", each === structure);
    const [name, ...sentences] = (structure?.getAttribute("aria-label") ?? "").split(". ");
    const words = structure ? [node("b", {}, `${name}. `), sentences.join(". ")] : [HINT];
    line.replaceChildren(...words);
  };
  /**
   * Found by position, not by events of the structures, which zones and strokes may cover.
   * @param {PointerEvent} event
   */
  const pointedAt = ({ clientX, clientY }) => {
    const there = host.shadowRoot?.elementsFromPoint(clientX, clientY) ?? [];
    return there.map((each) => shown.find((structure) => structure.contains(each))).find(Boolean);
  };
  for (const type of /** @type {const} */ (["pointermove", "pointerdown"])) {
    host.addEventListener(type, (event) => shown.length && describe(pointedAt(event)));
  }
  host.addEventListener("pointerleave", ({ pointerType }) => {
    if (shown.length && pointerType !== "touch") describe(null); // a finger leaves as soon as it has tapped
  });
  return {
    node: line,
    /** @param {SVGElement[]} structures */
    name(structures) {
      shown = structures;
      line.hidden = !shown.length;
      describe(null);
      shown.forEach((each, i) => {
        each.setAttribute("role", "img");
        each.setAttribute("tabindex", i === 0 ? "0" : "-1");
        each.onfocus = () => describe(each);
        each.onblur = () => describe(null);
        each.onkeydown = (event) => {
          const step = stepOf(event);
          if (!step) return;
          event.preventDefault();
          event.stopPropagation();
          rove(shown, i + step);
        };
      });
    },
  };
}
