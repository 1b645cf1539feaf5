// The dialog of a practice, over everything else.

import { node } from "../shared/elements.js";
import { makeFullScreen } from "./screen.js";

const KEYS = { ArrowLeft: "back", ArrowRight: "skip", "+": "longer", "=": "longer", s: "stop", S: "stop" };

/** Open a dialog whose keys and taps call the methods of a practice. */
export function openDialog(title, practice) {
  const content = node("div", { className: "practice", tabIndex: -1 });
  const dialog = node("dialog", { className: "mw mw-player-dialog", ariaLabel: title }, content);
  const listeners = new AbortController();
  const { signal } = listeners;
  content.onclick = ({ target }) => {
    if (!target.closest("button, input, label, fieldset, a, summary")) practice.toggle();
  };
  // In the capture phase of the window, before JupyterLab's shortcuts, wherever the focus is.
  window.addEventListener("keydown", (event) => handleKey(event, practice), { capture: true, signal });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => dialog.isConnected && dialog.showModal(), { signal });
  document.body.append(dialog);
  dialog.showModal();
  return {
    fullScreen: makeFullScreen(content),
    showPage(page) {
      content.replaceChildren(page);
      content.scrollTop = 0;
    },
    close() {
      listeners.abort();
      dialog.remove();
    },
  };
}

function handleKey(event, practice) {
  const { key, target, repeat } = event;
  const action = event.ctrlKey || event.metaKey || event.altKey ? null : KEYS[key];
  event.stopImmediatePropagation();
  if (key === "Escape") {
    event.preventDefault();
    practice.escape();
  } else if (action && practice.isActive && !repeat && !target.closest("input")) {
    practice[action]();
  } else if (key === " " && !target.closest("button, input, textarea, summary, a")) {
    event.preventDefault();
    if (!repeat) practice.toggle();
  }
}
