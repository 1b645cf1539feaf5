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
 *
 * @typedef {{ do: string, [field: string]: any }} Message
 * @typedef {{ error?: string, buffers: any[], [field: string]: any }} Reply
 * @typedef {{ resolve: (reply: Reply) => void, timer: ReturnType<typeof setTimeout> }} Open
 * @typedef {ReturnType<typeof connect>} Channel
 */

export const TIMEOUT = 5000; // milliseconds that a reply may take

const NO_REPLY = "The kernel, which runs this lesson, is not running or is busy.";
const HOW_TO_RESTART = "To restart it, choose Kernel, then Restart Kernel and Run All Cells.";

/**
 * The channel of a widget. `noReply` says what a missing reply means, and `onNoReply` is called then.
 * What went wrong is shown in `notice`, an element that the widget places, until the next good reply.
 * @param {Host} model
 * @param {HTMLElement} el
 */
export function connect(model, el, noReply = "", onNoReply = () => {}) {
  const { send, ...state } = exchange(model);
  const notice = node("div", { className: "channel", role: "alert" });
  let isSilent = false;
  const showSilence = () => {
    isSilent = true;
    notice.replaceChildren(node("p", { className: "notice" }, `${noReply} `, ...silence(el)));
    onNoReply();
  };
  return {
    notice,
    /**
     * Send what the learner asked for; without a reply in time the notice says so.
     * @param {Message} message
     */
    async request(message) {
      const reply = await send(message, showSilence);
      isSilent = false;
      notice.replaceChildren(...notices(reply.error));
      return reply;
    },
    /** Send what the page needs without being asked; `onTimeout` is called without a reply in time. */
    ask: (/** @type {Message} */ message, onTimeout = () => {}) => send(message, onTimeout),
    /** Whether the last request has timed out. */
    isSilent: () => isSilent,
    ...state,
  };
}

/**
 * Messages, each with an id, and the replies to them.
 * @param {Host} model
 */
function exchange(model) {
  const prefix = Math.random().toString(36).slice(2);
  /** @type {Map<string, Open>} */
  const open = new Map(); // requests without a reply, by their ids
  /** @type {(() => unknown)[]} */
  const idle = []; // called once none is left
  let count = 0;

  /**
   * @param {{ reply: string, [field: string]: any }} content
   * @param {any[]} buffers
   */
  const receive = ({ reply: id, ...reply }, buffers) => {
    if (!open.has(id)) return; // of another view
    // Replies come in the order of requests: earlier ones without a reply were lost.
    for (const [each, { timer, resolve }] of open) {
      clearTimeout(timer);
      open.delete(each);
      resolve(each === id ? { ...reply, buffers } : { buffers: [] });
      if (each === id) break;
    }
    if (!open.size) for (const listener of idle) listener();
  };
  /**
   * @param {Message} message
   * @param {() => unknown} onTimeout
   * @returns {Promise<Reply>}
   */
  const send = (message, onTimeout) =>
    new Promise((resolve) => {
      count += 1;
      const id = `${prefix}-${count}`;
      open.set(id, { resolve, timer: setTimeout(onTimeout, TIMEOUT) });
      try {
        model.send({ ...message, id });
      } catch {
        // The host is gone; the timeout reports it.
      }
    });
  model.on("msg:custom", receive);
  return {
    send,
    /** Whether Python has replied to every message, so that what it shows is up to date. */
    isIdle: () => open.size === 0,
    onIdle: (/** @type {() => unknown} */ listener) => idle.push(listener),
    close() {
      model.off("msg:custom", receive);
      for (const { timer } of open.values()) clearTimeout(timer);
    },
  };
}

/**
 * Follow traits, but not while a request is pending: controls pressed since then are newer.
 * @param {any} model
 * @param {Pick<Channel, "isIdle" | "onIdle">} channel
 * @param {string[]} traits
 * @param {() => unknown} show
 */
export function followIdle(model, channel, traits, show) {
  channel.onIdle(show);
  return follow(model, traits, () => channel.isIdle() && show());
}

/**
 * An explanation of a missing reply, with a button to restart the kernel, or instructions.
 * @param {HTMLElement} el
 */
function silence(el) {
  /** @type {{ text: string, label: string, restart: (() => void) | null }} */
  const detail = { text: NO_REPLY, label: "Restart the kernel", restart: null }; // for the host to set
  el.dispatchEvent(new CustomEvent("mw-restart", { bubbles: true, composed: true, detail }));
  return [`${detail.text} `, detail.restart ? button(detail.label, detail.restart) : HOW_TO_RESTART];
}

/**
 * Requests one at a time, for sliders. A waiting request that sets the same as the next one is
 * replaced by it; `onReply` is called with each reply, once the next request is under way.
 * @param {Pick<Channel, "request" | "isSilent">} channel
 * @param {(reply: Reply) => unknown} onReply
 */
export function oneAtATime(channel, onReply) {
  /** @type {Message[]} */
  const waiting = [];
  /** @type {Message | null} */
  let current = null;
  /** @param {Message} message */
  const send = async (message) => {
    current = message;
    const reply = await channel.request(message);
    current = null;
    const next = waiting.shift();
    if (next) send(next);
    onReply(reply);
  };
  return {
    /** @param {Message} message */
    request(message) {
      if (!current) return send(message);
      const last = waiting.at(-1);
      const moves = last?.do === "set" && message.do === "set" && last.block === message.block;
      if (moves) waiting.pop();
      // A drag whose first move was replaced still begins a change that can be undone.
      waiting.push(moves ? { ...message, dragging: Boolean(last.dragging && message.dragging) } : message);
    },
    isBusy: () => current !== null,
    /** Requests whose reply is still to be expected: none while Python is silent. */
    pending: () => (channel.isSilent() || !current ? [] : [current, ...waiting]),
  };
}

/**
 * Request the current values whenever the lesson becomes visible again.
 * @param {HTMLElement} el
 * @param {Pick<Channel, "ask">} channel
 */
export function refresh(el, channel, isWanted = () => true) {
  el.addEventListener("mw-refresh", () => isWanted() && channel.ask({ do: "refresh" }));
}
