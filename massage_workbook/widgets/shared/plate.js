// Pictures that Python has drawn, in the page.

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
    if (svg !== drawn) root.replaceChildren(parsed(svg));
    drawn = svg;
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
 * those of the elements are set one by one, and LINES is in the place of the picture's own.
 * @param {string} text
 */
export function parsed(text) {
  const bare = text.replace(/<style.*?<\/style>/s, "").replaceAll(' style="', ' data-style="');
  const { documentElement } = new DOMParser().parseFromString(bare, "image/svg+xml");
  const svg = document.importNode(documentElement, true);
  for (const each of /** @type {NodeListOf<SVGElement>} */ (svg.querySelectorAll("[data-style]"))) {
    each.style.cssText = each.dataset.style ?? "";
    delete each.dataset.style;
  }
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  return svg;
}
