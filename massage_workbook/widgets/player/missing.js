// Features that a device lacks, and what replaces them.

import { button, status } from "../shared/elements.js";
import { bulleted } from "./parts.js";

export const MISSING = {
  voice: "No voice here: read the words on the screen.",
  english: "No English voice here: read the words on the screen.",
  mute: "The voice does not answer: read the words on the screen.",
  sound: "No sound here: the edge of the screen lights up instead.",
  stopped: "No sound: the system has stopped it. The time goes on, and the edge of the screen lights up.",
  wakeLock: "The screen cannot be kept awake from here: set it so that it stays on.",
  storage: "This browser stores nothing: leave the page open until it says “Saved”.",
  fullScreen: "Full screen is not allowed here; the page is filled instead.",
};
const RETRIABLE = [MISSING.mute, MISSING.stopped, MISSING.sound, MISSING.wakeLock];

/** What these devices are missing: each is asked by `missing()` for one of MISSING, or null. */
export function missingFeatures(devices) {
  return devices.map((each) => each.missing()).filter(Boolean);
}

/** A notice of missing features, kept up to date by `update`, with a button to retry. */
export function makeMissingNotice(devices, onRetry) {
  const notice = status("div", "missing");
  const retry = () => {
    for (const each of devices) each.retry?.();
    onRetry();
  };
  let shown = "";
  return {
    node: notice,
    update() {
      const missing = missingFeatures(devices);
      if (missing.join() === shown) return;
      shown = missing.join();
      const canRetry = missing.some((each) => RETRIABLE.includes(each));
      notice.replaceChildren(...bulleted(missing), ...(canRetry ? [button("Try again", retry, "small")] : []));
    },
  };
}
