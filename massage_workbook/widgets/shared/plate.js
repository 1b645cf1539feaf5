// Pictures that Python has drawn, in the page.

/** @typedef {import("./widget.js").Model} Model */

/** @type {HTMLElement | null} */
let body = null;

/**
 * Get the body that all maps of a kernel leave out, for those of this widget.
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
 * picture, `picture()` returns the one that is shown; `looks` is CSS for it.
 * @param {string} text of the first picture
 */
export function plate(text = "", { className = "plate", looks = "", height = "auto" } = {}) {
  const host = document.createElement("div");
  host.className = className;
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet(); // a page with a strict policy takes no style element
  style.replaceSync(`svg { display: block; width: 100%; height: ${height} } ${LINES} ${looks} ${NAMED}`);
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

/** How lines end and meet in all pictures, as each says in a style element of its own. */
const LINES = "svg * { stroke-linejoin: round; stroke-linecap: butt }";

/** The CSS of what lies under the skin: paler below what is marked on it, and its names. */
const NAMED = `
  .under { opacity: 0.85 }
  svg:has(.under) pattern path { stroke-opacity: 1 !important }
  [id^="structure-"] { outline: none }
  [id^="structure-"] path { pointer-events: all }
  [id^="structure-"]:is(:focus-visible, .named) path { stroke: var(--mw-ink) !important }
`;

/** The CSS of a picture of which only some parts are pressed. */
export const PRESSED = "path, text { pointer-events: none }";

/** The CSS of a picture whose zones are pressed. */
export const ZONES = `
  ${PRESSED}
  [id^="zone-"] { outline: none; cursor: pointer }
  [id^="zone-"] path { pointer-events: all }
  [id^="zone-"]:is(:hover, :focus-visible) path { stroke: var(--mw-ink) !important; stroke-width: 3 !important }
`;

/**
 * The picture that a text is, as large as its place. A page with a strict policy parses no styles:
 * those that elements have or name by their class are set one by one, and LINES is in the plate.
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
