// Requests to the widget's Python, each with an id, and the replies to them. A host is anything
// with `send`, `on` and `off`: `send(message)` takes a message to Python, and each "msg:custom"
// event brings a reply, `{ reply: id, ... }`, and perhaps bytes.

import { button, node, notices } from "./elements.js";
import { follow } from "./widget.js";

/**
 * @typedef {object} Host
 * @property {(message: object) => unknown} send
 * @property {(event: string, listener: (reply: any, bytes: any) => void) => unknown} on
 * @property {(event: string, listener: (reply: any, bytes: any) => void) => unknown} off
 */

export const PATIENCE = 5000; // milliseconds that a reply may take

const SILENT = "The kernel, which runs this lesson, is not running or is busy.";
const BY_HAND = "To restart it, choose Kernel, then Restart Kernel and Run All Cells.";

/**
 * The channel of a widget. `lost` says what it means that no reply comes, and `onLost` is called
 * then. What is wrong stands in `notice`, an element that the widget places, until a reply is right.
 * @param {Host} model
 * @param {HTMLElement} el
 */
export function connect(model, el, lost = "", onLost = () => {}) {
  const prefix = Math.random().toString(36).slice(2);
  const open = new Map(); // requests without a reply, by their ids
  const idle = []; // called once none is left
  const notice = node("div", { className: "channel", role: "alert" });
  let count = 0;

  const receive = ({ reply: id, ...reply }, buffers) => {
    if (!open.has(id)) return; // of another view
    // Replies come in the order of the requests: one before this that has none was lost.
    for (const [each, { timer, resolve }] of open) {
      clearTimeout(timer);
      open.delete(each);
      resolve(each === id ? { ...reply, buffers } : {});
      if (each === id) break;
    }
    if (!open.size) for (const listener of idle) listener();
  };
  const send = (message, unanswered) =>
    new Promise((resolve) => {
      count += 1;
      const id = `${prefix}-${count}`;
      open.set(id, { resolve, timer: setTimeout(unanswered, PATIENCE) });
      try {
        model.send({ ...message, id });
      } catch {
        // The host has gone, which is said once no reply has come.
      }
    });
  let isSilent = false;
  const silent = () => {
    isSilent = true;
    notice.replaceChildren(node("p", { className: "notice" }, `${lost} ${SILENT} `, restart(el)));
    onLost();
  };
  model.on("msg:custom", receive);
  return {
    notice,
    /** Send what the learner wants; the reply may come late. */
    async request(message) {
      const reply = await send(message, silent);
      isSilent = false;
      notice.replaceChildren(...notices(reply.error));
      return reply;
    },
    /** Send what the page wants; `unanswered` is called where no reply comes in time. */
    ask: (message, unanswered = () => {}) => send(message, unanswered),
    /** Whether a request has got no reply in time. */
    isSilent: () => isSilent,
    /** Whether Python has replied to all: what it shows is not older than what was pressed. */
    isIdle: () => open.size === 0,
    onIdle: (listener) => idle.push(listener),
    close() {
      model.off("msg:custom", receive);
      for (const { timer } of open.values()) clearTimeout(timer);
    },
  };
}

/** Follow traits, but not while a request is open: what was pressed since is newer than they are. */
export function followIdle(model, channel, traits, show) {
  channel.onIdle(show);
  return follow(model, traits, () => channel.isIdle() && show());
}

/** A button, where the host can restart the kernel, else how to do it. */
function restart(el) {
  const detail = { restart: null }; // a host that can restart the kernel puts in how
  el.dispatchEvent(new CustomEvent("mw-restart", { bubbles: true, composed: true, detail }));
  return detail.restart ? button("Restart the kernel", detail.restart) : BY_HAND;
}

/**
 * Requests one at a time, for sliders. Of those that wait, the last one replaces one before it that
 * sets the same; `replied` is called with each reply, once the next is under way.
 */
export function oneAtATime(channel, replied) {
  const waiting = [];
  let current = null;
  const send = async (message) => {
    current = message;
    const reply = await channel.request(message);
    current = null;
    if (waiting.length) send(waiting.shift());
    replied(reply);
  };
  return {
    request(message) {
      if (!current) return send(message);
      const last = waiting.at(-1);
      const moves = last?.do === "set" && message.do === "set" && last.block === message.block;
      if (moves) waiting.pop();
      // What begins a drag can be undone, also where only its end is sent.
      waiting.push(moves ? { ...message, held: Boolean(last.held && message.held) } : message);
    },
    isBusy: () => current !== null,
    /** The requests that are likely to be granted: none while Python is silent. */
    unanswered: () => (channel.isSilent() || !current ? [] : [current, ...waiting]),
  };
}

/** Ask Python to look again whenever the widget is seen again, as its lesson comes to the front. */
export function refresh(el, channel, wanted = () => true) {
  el.addEventListener("mw-refresh", () => wanted() && channel.ask({ do: "look again" }));
}
