// Pictures as the kernel drew them, each with what it is called below it.

function render({ model, el }) {
  el.classList.add("mw", "mw-picture");
  el.append(...model.get("pictures").map(figure));
}

function figure({ svg, title, large }) {
  const made = document.createElement("figure");
  made.classList.toggle("large", large);
  const caption = document.createElement("figcaption");
  caption.textContent = title;
  made.append(plate(svg), caption);
  return made;
}

/** The SVG in a shadow root, where its ids meet no others. */
function plate(text) {
  const host = document.createElement("div");
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const svg = document.importNode(parsed, true);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  const style = document.createElement("style");
  style.textContent = "svg { display: block; width: 100%; height: auto }";
  host.attachShadow({ mode: "open" }).append(style, svg);
  return host;
}

export default { render };
