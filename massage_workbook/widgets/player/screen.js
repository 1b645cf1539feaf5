// The screen: it stays on, and may be filled.

import { MISSING } from "./missing.js";

/** Keep the screen on until `release`; the lock is requested again after the page was hidden. */
export function keepAwake() {
  const isSupported = "wakeLock" in navigator;
  let lock = null;
  let isMissing = !isSupported;
  let isOver = false;
  const request = async () => {
    if (!isSupported || document.hidden || isOver) return;
    try {
      const found = await navigator.wakeLock.request("screen");
      // A low battery may release it while the page is visible.
      found.addEventListener?.("release", () => {
        isMissing ||= found === lock && !document.hidden && !isOver;
      });
      [lock, isMissing] = [found, false];
      if (isOver) lock.release();
    } catch {
      isMissing = true;
    }
  };
  document.addEventListener("visibilitychange", request);
  request();
  return {
    missing: () => (isMissing ? MISSING.wakeLock : null),
    retry: () => isMissing && request(),
    release() {
      isOver = true;
      document.removeEventListener("visibilitychange", request);
      lock?.release().catch(() => {});
    },
  };
}

/** Full screen for an element. */
export function makeFullScreen(element) {
  let isRefused = false;
  return {
    missing: () => (isRefused ? MISSING.fullScreen : null),
    async toggle() {
      try {
        if (document.fullscreenElement) await document.exitFullscreen();
        else await element.requestFullscreen();
        isRefused = false;
      } catch {
        isRefused = true;
      }
    },
  };
}
