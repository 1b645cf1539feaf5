/**
 * Call `step` at each frame of the page while it is running, with the time of the frame and of the
 * one before it, in milliseconds.
 * @param {(now: number, before: number) => unknown} step
 */
export function frames(step) {
  let frame = 0;
  let last = 0;
  /** @param {number} now */
  const tick = (now) => {
    step(now, last);
    last = now;
    frame = requestAnimationFrame(tick);
  };
  return {
    isRunning: () => frame !== 0,
    start() {
      last = performance.now();
      frame = requestAnimationFrame(tick);
    },
    stop() {
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}

/**
 * Whether an element is in sight after what an IntersectionObserver reports: a busy page reports
 * several changes at once, of which the last holds.
 * @param {IntersectionObserverEntry[]} entries
 */
export function isSeen(entries) {
  return entries[entries.length - 1].isIntersecting;
}
