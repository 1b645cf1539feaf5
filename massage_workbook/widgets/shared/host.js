// A page that shows a widget without Jupyter.

/**
 * What a widget takes for its model, with these values of its traits. `carryOut(message)` resolves
 * to what has `changed` of them, and to the `reply` with its `buffers`.
 * @param {Record<string, any>} state
 * @param {(message: any) => Promise<{ changed?: object, reply?: object, buffers?: any[] }>} carryOut
 */
export function makeHost(state, carryOut) {
  /** @type {Map<string, ((...args: any[]) => void)[]>} */
  const registered = new Map(); // listeners by event
  /** @param {string} event */
  const listeners = (event) => registered.get(event) ?? [];
  /** @type {(event: string, ...args: any[]) => void} */
  const emit = (event, ...args) => {
    for (const listener of listeners(event)) listener(...args);
  };
  /** @param {object} changed */
  const change = (changed) => {
    Object.assign(state, changed);
    for (const name of Object.keys(changed)) emit(`change:${name}`);
  };
  return {
    change,
    // In Jupyter the body of all maps is a model of its own; here it is a plain value.
    widget_manager: { get_model: async (/** @type {string} */ svg) => /** @type {any} */ ({ get: () => svg }) },
    get: (/** @type {string} */ trait) => state[trait],
    /** @type {(events: string, listener: (...args: any[]) => void) => void} */
    on(events, listener) {
      for (const event of events.split(" ")) registered.set(event, [...listeners(event), listener]);
    },
    /** @type {(events: string, listener: (...args: any[]) => void) => void} */
    off(events, listener) {
      for (const event of events.split(" ")) registered.set(event, listeners(event).filter((each) => each !== listener));
    },
    /** @param {any} message */
    async send({ id, ...message }) {
      const { changed = {}, reply = {}, buffers = [] } = await carryOut(message);
      change(changed);
      emit("msg:custom", { reply: id, ...reply }, buffers);
    },
  };
}

/** Give the widgets of a page the colours of the system, in light and in dark, now and as they change. */
export function followSystemColours() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const tell = () => {
    document.body.dataset.jpThemeLight = String(!dark.matches);
  };
  dark.addEventListener("change", tell);
  tell();
}
