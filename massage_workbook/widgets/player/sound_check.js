// A try of sound and voice before a practice.

import { startHeartbeat } from "./heartbeat.js";
import { missingFeatures } from "./missing.js";
import { MAX_SILENCE } from "./session_clock.js";
import { Sound, WARM_UP } from "./sound.js";
import { Voice } from "./voice.js";

/** Play a chime and speak a few words; `report` gets what is missing, or else what should have been heard. */
export function startSoundCheck(settings, report) {
  const sound = new Sound(settings);
  const voice = new Voice(settings);
  const begun = performance.now();
  let isPlayed = false;
  const stop = () => {
    heartbeat.stop();
    voice.silence();
    sound.close();
  };
  const play = () => {
    isPlayed = true;
    sound.chime("chime");
    voice.say("This is the voice of the practice.");
  };
  report("Listen …");
  sound.wake();
  const heartbeat = startHeartbeat(() => {
    const seconds = (performance.now() - begun) / 1000;
    sound.check();
    voice.check();
    if (!isPlayed && seconds >= WARM_UP) play();
    const missing = missingFeatures([voice, sound]);
    if (missing.length) report(missing.join(" "));
    if (seconds < WARM_UP + MAX_SILENCE + 1) return;
    if (!missing.length) report("You should have heard what is switched on above. If not, check the volume and the speaker.");
    stop();
  });
  return { stop };
}
