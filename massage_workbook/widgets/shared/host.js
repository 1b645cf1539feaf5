// A page that shows a widget without Jupyter.

/**
 * What a widget takes for its model, with these values of its traits. `carryOut(message)` resolves
 * to what has `changed` of them, and to the `reply` with its `buffers`.
 */
export function makeHost(state, carryOut) {
  const heard = new Map(); // event → its listeners
  const tell = (event, ...said) => {
    for (const listener of [...(heard.get(event) ?? [])]) listener(...said);
  };
  const each = (events, act) => events.split(" ").forEach(act);
  const change = (changed) => {
    Object.assign(state, changed);
    for (const name of Object.keys(changed)) tell(`change:${name}`);
  };
  return {
    change,
    get: (trait) => state[trait],
    on: (events, listener) => each(events, (name) => heard.set(name, [...(heard.get(name) ?? []), listener])),
    off: (events, listener) => each(events, (name) => heard.set(name, (heard.get(name) ?? []).filter((one) => one !== listener))),
    async send({ id, ...message }) {
      const { changed = {}, reply = {}, buffers = [] } = await carryOut(message);
      change(changed);
      tell("msg:custom", { reply: id, ...reply }, buffers);
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
