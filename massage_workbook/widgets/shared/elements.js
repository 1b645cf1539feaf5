// Functions that create elements of a page.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with its properties and children.
 * @param {string} tag
 * @param {object} props
 * @param {...any} children
 * @returns {any}
 */
export function node(tag, props, ...children) {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children);
  return made;
}

/**
 * An SVG element with its attributes.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @returns {any}
 */
export function svgNode(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "style") made.style.cssText = String(value); // allowed by a strict policy
    else made.setAttribute(name, String(value));
  }
  return made;
}

/**
 * @param {any} text
 * @param {((event: Event) => unknown) | null} onclick
 * @returns {HTMLButtonElement}
 */
export function button(text, onclick, className = "") {
  return node("button", { type: "button", className, onclick }, text);
}

/**
 * A checkbox or a radio button with its label.
 * @param {string} type
 * @param {string} text
 * @param {object} props of the input
 */
export function labelledInput(type, text, props = {}) {
  const input = node("input", { type, ...props });
  return { input, label: node("label", {}, input, node("span", {}, text)) };
}

/**
 * A button that toggles the class `folded`, or another, of an element. `texts` are its labels while
 * the element is folded and unfolded; `about` is added for screen readers.
 * @param {HTMLElement} element
 * @param {string[]} texts
 * @param {{ className?: string, about?: string }} options
 */
export function opener(element, texts, { className = "folded", about = "" } = {}) {
  const made = button("", () => fold(!element.classList.contains(className)));
  const fold = (/** @type {boolean} */ folded) => {
    element.classList.toggle(className, folded);
    made.textContent = texts[folded ? 0 : 1];
    made.setAttribute("aria-expanded", String(!folded));
    if (about) made.setAttribute("aria-label", `${made.textContent}: ${about}`);
  };
  fold(true);
  return made;
}

/**
 * A list with a text, or an element, in each item.
 * @param {(string | Node)[]} items
 * @returns {HTMLUListElement}
 */
export function list(items) {
  return node("ul", {}, ...items.map((each) => node("li", {}, each)));
}

/**
 * An element whose changes a screen reader announces.
 * @param {string} tag
 * @param {string} className
 * @returns {any}
 */
export function status(tag, className) {
  const made = node(tag, { className });
  made.setAttribute("role", "status");
  return made;
}

/**
 * A warning, if there is one to give.
 * @param {string | null | undefined} text
 * @returns {HTMLElement[]}
 */
export function notices(text) {
  return text ? [node("p", { className: "notice" }, text)] : [];
}

/**
 * Write a text only where it has changed: most frames change nothing.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * A function that calls `show` with each value that differs from the last one, so that the focus stays
 * where nothing has changed. `reset` makes it show the next one in any case.
 * @param {(value: any) => unknown} show
 */
export function ifChanged(show) {
  let last = "";
  const showChanged = (/** @type {any} */ value) => {
    const now = JSON.stringify(value);
    if (now === last) return;
    last = now;
    show(value);
  };
  const reset = () => {
    last = "";
  };
  return Object.assign(showChanged, { reset });
}

/**
 * Write a text and keep the height of a longer one before it, so that nothing below moves.
 * @param {HTMLElement} element
 * @param {string} text
 */
export function reword(element, text) {
  element.style.minHeight = `${element.offsetHeight}px`;
  element.textContent = text;
}

/**
 * A link to a lesson.
 * @param {string} notebook
 */
export function lessonLink(notebook, text = notebook.replace(".ipynb", ""), className = "") {
  return node("a", { className, href: encodeURIComponent(notebook) }, text);
}

/**
 * A table of texts.
 * @param {string[]} columns
 * @param {any[][]} rows
 */
export function grid(columns, rows) {
  const heads = columns.map((each) => node("th", { scope: "col" }, each));
  const lines = rows.map((cells) => node("tr", {}, ...cells.map((cell) => node("td", {}, cell))));
  return node("table", {}, node("thead", {}, node("tr", {}, ...heads)), node("tbody", {}, ...lines));
}
