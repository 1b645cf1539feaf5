// The kernel's pictures in the page.

/**
 * A place for an SVG, in a shadow root, where its ids meet no others. `draw` puts one in, which
 * `picture()` then is; `looks` is CSS for it.
 */
export function plate(text, { className = "plate", looks = "", height = "auto" } = {}) {
  const host = document.createElement("div");
  host.className = className;
  const root = host.attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = `svg { display: block; width: 100%; height: ${height} } ${looks}`;
  let drawn = null;
  const draw = (svg) => {
    if (svg !== drawn) root.replaceChildren(style, parsed(svg));
    drawn = svg;
  };
  if (text) draw(text);
  return { host, draw, picture: () => root.querySelector("svg") };
}

/** The CSS of a picture of which only some parts are pressed. */
export const PRESSED = "path, text { pointer-events: none }";

/** The CSS of a picture whose zones are pressed. */
export const ZONES = `
  ${PRESSED}
  [id^="zone-"] { outline: none; cursor: pointer }
  [id^="zone-"] path { pointer-events: all }
  [id^="zone-"]:is(:hover, :focus-visible) path { stroke: var(--mw-ink) !important; stroke-width: 3 !important }
`;

function parsed(text) {
  const { documentElement } = new DOMParser().parseFromString(text, "image/svg+xml");
  const svg = document.importNode(documentElement, true);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  return svg;
}
