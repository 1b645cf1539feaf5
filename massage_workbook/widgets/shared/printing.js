import { node } from "./elements.js";

/**
 * Print a copy of an element alone, from a hidden page, which is returned. Details are left out,
 * unless `details`; `after` is called once it is printed.
 * @param {HTMLElement} element
 * @param {{ title: string, name: string, css: string, className?: string, details?: boolean, after?: () => unknown }} options
 * @returns {HTMLIFrameElement}
 */
export function print(element, { title, name, css, className = "", details = false, after = () => {} }) {
  const frame = node("iframe", { className: "mw-paper", title: name });
  frame.style.cssText = "position: fixed; width: 0; height: 0; border: 0; visibility: hidden";
  frame.srcdoc = `<!doctype html><html lang="en"><title>${title}</title></html>`;
  frame.onload = () => {
    const page = frame.contentDocument;
    page.head.append(Object.assign(page.createElement("style"), { textContent: css }));
    page.body.className = className;
    page.body.append(page.importNode(element, true));
    if (!details) for (const each of page.querySelectorAll("details")) each.remove();
    frame.contentWindow.onafterprint = () => {
      frame.remove();
      after();
    };
    frame.contentWindow.print();
  };
  document.body.append(frame);
  return frame;
}
