// Pictures drawn by Python, in the page.

/** @typedef {import("./widget.js").Model} Model */

/** @type {HTMLElement | null} */
let body = null;

/**
 * Load the body that the maps of a kernel share, for those of this widget.
 * @param {Model} model
 */
export async function loadBody(model) {
  const name = model.get("body");
  if (!name) return;
  const shared = await model.widget_manager.get_model(name.replace("IPY_MODEL_", ""));
  body = parsed(shared.get("svg"));
}

/**
 * A place for an SVG in a shadow root, where its ids do not clash with others. `draw` shows another
 * picture, `picture()` returns the one that is shown; `css` styles it.
 * @param {string} text of the first picture
 */
export function plate(text = "", { className = "plate", css = "", height = "auto" } = {}) {
  const host = document.createElement("div");
  host.className = className;
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet(); // a page with a strict policy takes no style element
  style.replaceSync(`svg { display: block; width: 100%; height: ${height} } ${LINES} ${css} ${NAMED}`);
  root.adoptedStyleSheets = [style];
  let drawn = "";
  /** @param {string} svg */
  const draw = (svg) => {
    if (svg === drawn) return;
    drawn = svg;
    const picture = parsed(svg);
    picture.querySelector("#body")?.append(...(body?.cloneNode(true).childNodes ?? []));
    root.replaceChildren(picture);
  };
  if (text) draw(text);
  const picture = () => /** @type {SVGSVGElement} */ (root.querySelector("svg"));
  return { host, draw, picture };
}

/** Line joins and caps of all pictures, which are also in a style element of each. */
const LINES = "svg * { stroke-linejoin: round; stroke-linecap: butt }";

/** CSS of muscles and bones below a map: paler, and highlighted when named. */
const NAMED = `
  .under { opacity: 0.85 }
  svg:has(.under) pattern path { stroke-opacity: 1 !important }
  [id^="structure-"] { outline: none }
  [id^="structure-"] path { pointer-events: all }
  [id^="structure-"]:is(:focus-visible, .named) path { stroke: var(--mw-ink) !important }
`;

/** CSS of a picture of which only some parts are clickable. */
export const PRESSED = "path, text { pointer-events: none }";

/**
 * Show the parts of a picture to screen readers, which hide those of an image.
 * @param {SVGElement} picture
 */
export function exposeParts(picture) {
  picture.setAttribute("role", "group");
}

/**
 * The zones of a picture as checkboxes that are not checked.
 * @param {SVGSVGElement} picture
 * @param {{ id: string, text: string }[]} zones
 */
export function zoneCheckboxes(picture, zones) {
  exposeParts(picture);
  return zones.map(({ id, text }) => {
    const part = /** @type {SVGElement} */ (picture.getElementById(`zone-${id}`));
    part.setAttribute("role", "checkbox");
    part.setAttribute("aria-checked", "false");
    part.setAttribute("aria-label", text);
    return part;
  });
}

/** CSS of a picture whose zones are clickable. */
export const ZONES = `
  ${PRESSED}
  [id^="zone-"] { outline: none; cursor: pointer }
  [id^="zone-"] path { pointer-events: all }
  [id^="zone-"]:is(:hover, :focus-visible) path { stroke: var(--mw-ink) !important; stroke-width: 3 !important }
`;

/**
 * Parse a picture, scaled to its container. A strict content security policy blocks inline styles, so
 * the styles of elements and of their classes are set one by one; LINES is in the plate.
 * @param {string} text
 */
export function parsed(text) {
  const [, rules = ""] = text.match(/<style>(.*?)<\/style>/s) ?? [];
  const looks = new Map(Array.from(rules.matchAll(/\.(\w+)\{([^}]*)\}/g), ([, name, look]) => [name, look]));
  const bare = text.replace(/<style.*?<\/style>/s, "").replaceAll(' style="', ' data-style="');
  const { documentElement } = new DOMParser().parseFromString(bare, "image/svg+xml");
  const svg = document.importNode(documentElement, true);
  for (const each of /** @type {NodeListOf<SVGElement>} */ (svg.querySelectorAll("[class], [data-style]"))) {
    const named = Array.from(each.classList, (name) => looks.get(name) ?? "");
    each.style.cssText = [...named, each.dataset.style ?? ""].join(";");
    delete each.dataset.style;
  }
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  return svg;
}
