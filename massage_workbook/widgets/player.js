// A practice of the session that is ready. The page gets all of it at once and then needs no kernel.

import { Practice } from "./player/practice.js";
import { newRecord, Recorder } from "./player/recorder.js";
import { loadSettings } from "./player/settings.js";
import { makeStartPage } from "./player/start_page.js";
import { connect, refresh } from "./shared/channel.js";
import { wantsToBegin } from "./shared/practise.js";
import { follow, widget } from "./shared/widget.js";

function render({ model, el }) {
  const channel = connect(model, el, "No reply.");
  const recorder = new Recorder(model.get("storage_key"), channel);
  /** @type {any} */
  const player = { recorder, channel, settings: loadSettings(), soundCheck: null };
  let practice = null;
  const start = (record = newRecord(player.session)) => {
    player.soundCheck?.stop();
    practice?.close();
    practice = new Practice(player, record, () => {
      practice = null;
      show();
    });
  };
  // A running practice keeps its session; after it the page shows the present one.
  const show = () => {
    if (practice) return;
    for (const name of ["session", "pictures", "safety", "speed"]) player[name] = model.get(name);
    keepFocus(el, () => el.replaceChildren(makeStartPage(player, start, show)));
  };
  const startIfWanted = async () => {
    if (practice || !wantsToBegin()) return;
    await channel.request({ do: "refresh" }); // the plan may have been chosen just now
    if (practice || !el.checkVisibility()) return; // the learner has gone elsewhere meanwhile
    if (mayStart(player.safety) && !recorder.unfinished().length) start();
    else el.scrollIntoView();
  };
  const listeners = new AbortController();
  refresh(el, channel);
  el.addEventListener("mw-refresh", startIfWanted, { signal: listeners.signal });
  // Voices are loaded some time after the page.
  window.speechSynthesis?.addEventListener?.("voiceschanged", () => recorder.onChange(), { signal: listeners.signal });
  recorder.sendAll();
  const stopFollowing = follow(model, ["safety", "session", "speed"], show);
  startIfWanted();
  return [stopFollowing, channel.close, () => listeners.abort(), () => player.soundCheck?.stop(), () => practice?.close()];
}

/** Whether a practice may start without any agreement. */
const mayStart = ({ state, agreement }) => state !== "refused" && !agreement;

/** Replace the content of an element, and focus the control with the same label as before. */
function keepFocus(el, replace) {
  const { activeElement } = document;
  const label = el.contains(activeElement) ? labelOf(activeElement) : null;
  replace();
  if (label === null) return;
  const controls = [...el.querySelectorAll("a, button, input, select, summary")];
  controls.find((each) => labelOf(each) === label)?.focus({ preventScroll: true });
}

const labelOf = (control) => (control.labels?.[0] ?? control).textContent;

export default widget("mw-player", render);
