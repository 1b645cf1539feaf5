// A timer that runs on while the page is hidden.

const INTERVAL = 25; // milliseconds

/** Call `tick` every 25 ms, from a worker, since a page's own timers are slow while it is hidden. */
export function startHeartbeat(tick) {
  let timer = 0;
  const useTimer = () => {
    timer = setInterval(tick, INTERVAL);
  };
  const worker = makeWorker();
  if (worker) {
    Object.assign(worker, { onmessage: tick, onerror: useTimer });
    worker.postMessage(INTERVAL);
  } else useTimer();
  return {
    stop() {
      worker?.terminate();
      clearInterval(timer);
    },
  };
}

/** A worker that ticks at the interval it is sent, or null; under a strict policy its script is a file. */
function makeWorker() {
  const file = document.documentElement.dataset.heartbeat;
  const script = "onmessage = ({ data }) => setInterval(() => postMessage(0), data)";
  try {
    const address = file ?? URL.createObjectURL(new Blob([script]));
    const worker = new Worker(address);
    if (!file) URL.revokeObjectURL(address);
    return worker;
  } catch {
    return null;
  }
}
