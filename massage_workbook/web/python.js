// Python in a worker, started when it is first asked, and what a line says of it.

import { write } from "../widgets/shared/elements.js";

const STARTING = "Answers are accepted in a moment: Python is starting.";
const READY = "Answers are accepted.";
const SHOWN = 4000; // milliseconds that the line still says so
const STORELESS = "This browser stores nothing here, as in a private window or a frame: save your answers as a file before you close the page.";

export function makePython(drawn, line) {
  const open = new Map(); // requests without a reply, by their ids
  let worker = null;
  let count = 0;
  const request = (act, given) =>
    new Promise((resolve, reject) => {
      if (stopped) return reject(new Error("Python is not running. Reload the page."));
      count += 1;
      open.set(count, { resolve, reject });
      worker.postMessage({ id: count, act, given });
    });
  let stopped = false;
  const failed = (why) => {
    stopped = true;
    write(line, `Python did not start or has stopped: ${why}. Reload the page; the pages to read need no Python.`);
    for (const { reject } of open.values()) reject(new Error(why));
    open.clear();
  };
  const start = async () => {
    worker = new Worker("worker.js", { type: "module" });
    worker.onerror = ({ message }) => failed(message ?? "its script cannot be loaded");
    worker.onmessage = ({ data: { id, result, error } }) => {
      const { resolve, reject } = open.get(id) ?? {};
      open.delete(id);
      if (error === undefined) resolve?.(result);
      else reject?.(new Error(error));
    };
    write(line, STARTING);
    const { stores } = await request("begin", [drawn]);
    write(line, stores ? READY : STORELESS);
    if (stores) setTimeout(() => line.textContent === READY && write(line, ""), SHOWN);
  };
  let started = null;
  return {
    /** What Python tells, or null where it cannot. */
    async ask(act, ...given) {
      started ??= start().catch(({ message }) => failed(message));
      await started;
      return request(act, given).then(JSON.parse).catch(({ message }) => {
        write(line, `This did not work: ${message}`);
        return null;
      });
    },
    forget: (page) => worker && request("close", [page]).catch(() => {}),
  };
}
