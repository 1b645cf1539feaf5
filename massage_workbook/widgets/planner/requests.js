// The planner's requests, one at a time.

import { oneAtATime } from "../shared/channel.js";

/** Requests that may be repeated on purpose before their reply. */
const REPEATABLE = ["set", "move", "undo"];

/** The queue of requests, and the block whose slider is `dragged`. */
export function requestQueue(channel, { onRequest, onReply }) {
  const queue = oneAtATime(channel, onReply);
  const request = (message) => {
    const last = queue.pending().at(-1);
    if (!REPEATABLE.includes(message.do) && JSON.stringify(last) === JSON.stringify(message)) return;
    queue.request(message);
    onRequest();
  };
  /** Whether no other requests than those of sliders are pending. */
  const areSliders = () => queue.pending().every(({ do: what }) => what === "set" || what === "autosave");
  return { ...queue, request, areSliders, dragged: /** @type {string | null} */ (null) };
}
