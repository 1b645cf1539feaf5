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
  const style = document.createElement("style");
  style.textContent = `svg { display: block; width: 100%; height: ${height} } ${looks} ${NAMED}`;
  let drawn = "";
  /** @param {string} svg */
  const draw = (svg) => {
    if (svg !== drawn) root.replaceChildren(style, parsed(svg));
    drawn = svg;
  };
  if (text) draw(text);
  const picture = () => /** @type {SVGSVGElement} */ (root.querySelector("svg"));
  return { host, draw, picture };
}

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
 * Parse an SVG, which then is as large as its container.
 * @param {string} text
 */
export function parsed(text) {
  const { documentElement } = new DOMParser().parseFromString(text, "image/svg+xml");
  const svg = document.importNode(documentElement, true);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  return svg;
}
