import { followLinks } from "./links.js";
import { loadBody } from "./plate.js";

/**
 * @typedef {object} Model traits, and messages to and from Python
 * @property {(trait: string) => any} get
 * @property {(message: object) => unknown} send
 * @property {{ get_model: (id: string) => Promise<Model> }} widget_manager
 * @property {(events: string, listener: (...content: any[]) => void) => unknown} on
 * @property {(events: string, listener: (...content: any[]) => void) => unknown} off
 *
 * @typedef {(() => unknown) | undefined} Cleanup
 */

/**
 * A widget with that CSS class, for anywidget; `render` returns functions that clean up.
 * @param {string} name
 * @param {(view: { model: Model, el: HTMLElement }) => Cleanup | Cleanup[] | void} render
 */
export function widget(name, render) {
  return {
    /** @param {{ model: Model, el: HTMLElement }} view */
    async render({ model, el }) {
      el.classList.add("mw", name);
      keepKeys(el);
      followLinks();
      await loadBody(model);
      const cleanups = /** @type {Cleanup[]} */ ([render({ model, el })].flat());
      return () => {
        for (const cleanup of cleanups) cleanup?.();
      };
    },
  };
}

/**
 * Keep key presses in the widget: in a notebook `x` would cut the cell. Jupyter asks the focused
 * element.
 * @param {HTMLElement} el
 */
function keepKeys(el) {
  el.addEventListener("focusin", ({ target }) => {
    /** @type {HTMLElement} */ (target).dataset.lmSuppressShortcuts = "";
  });
}

/**
 * Call `show` now and whenever one of those traits changes; returns a function that ends it.
 * @param {Model} model
 * @param {string[]} traits
 * @param {() => unknown} show
 */
export function follow(model, traits, show) {
  const events = traits.map((each) => `change:${each}`).join(" ");
  show();
  model.on(events, show);
  return () => model.off(events, show);
}
