// Speech by the browser's voice.

import { MISSING } from "./missing.js";
import { makeVoiceWatchdog } from "./session_clock.js";

/** The browser's English voice, preferably British. */
function englishVoice() {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  const speaks = (voice, language) => voice.lang.toLowerCase().replace("_", "-").startsWith(language);
  return voices.find((voice) => speaks(voice, "en-gb")) ?? voices.find((voice) => speaks(voice, "en"));
}

/** Why nothing can be spoken, or null; a browser that lists no voices may still have one. */
export function missingVoice() {
  const synthesis = window.speechSynthesis;
  if (!synthesis) return MISSING.voice;
  return synthesis.getVoices().length && !englishVoice() ? MISSING.english : null;
}

/** A voice that speaks one text at a time; `check`, called often, finds out whether it still answers. */
export function makeVoice(settings) {
  const synthesis = window.speechSynthesis;
  const watchdog = makeVoiceWatchdog();
  const seconds = () => performance.now() / 1000;
  let last = null; // referenced, or some browsers collect it in the middle of a word
  let isMute = false;
  const handlers = {
    onstart() {
      isMute = false;
      watchdog.began(seconds());
    },
    onend() {
      isMute = false;
      watchdog.ended();
    },
    onerror({ error }) {
      watchdog.ended();
      isMute ||= !["interrupted", "canceled"].includes(error);
    },
  };
  const say = (text) => {
    if (!settings.voice.on || missingVoice()) return;
    if (synthesis.speaking || synthesis.pending) synthesis.cancel();
    if (last) Object.assign(last, { onstart: null, onend: null, onerror: null });
    last = new SpeechSynthesisUtterance(text);
    Object.assign(last, { lang: "en-GB", volume: settings.voice.volume / 100, ...handlers });
    last.voice = englishVoice() ?? null;
    watchdog.requested(text, seconds());
    synthesis.speak(last);
  };
  const silence = () => {
    watchdog.ended();
    synthesis?.cancel();
  };
  return {
    say,
    silence,
    missing: () => (settings.voice.on ? (missingVoice() ?? (isMute ? MISSING.mute : null)) : null),
    check() {
      isMute ||= watchdog.isStuck(seconds(), Boolean(synthesis?.speaking));
    },
    retry() {
      if (!isMute) return;
      isMute = false;
      silence();
      if (last) say(last.text);
    },
  };
}
