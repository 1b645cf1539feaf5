import { followLinks } from "./links.js";
import { loadBody } from "./plate.js";

/** A widget of that class name, for anywidget; `render` returns what ends it, if anything does. */
export function widget(name, render) {
  return {
    async render({ model, el }) {
      el.classList.add("mw", name);
      keepKeys(el);
      followLinks();
      await loadBody(model);
      const ends = [render({ model, el })].flat();
      return () => {
        for (const end of ends) end?.();
      };
    },
  };
}

/** Keep key presses in the widget: in a notebook `x` would cut the cell. Jupyter asks the focus. */
function keepKeys(el) {
  el.addEventListener("focusin", ({ target }) => {
    target.dataset.lmSuppressShortcuts = "";
  });
}

/** Call `show` now and whenever one of those traits changes; returns what ends it. */
export function follow(model, traits, show) {
  const events = traits.map((each) => `change:${each}`).join(" ");
  show();
  model.on(events, show);
  return () => model.off(events, show);
}
