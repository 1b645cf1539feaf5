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
export class Voice {
  #settings;
  #synthesis = window.speechSynthesis;
  #watchdog = makeVoiceWatchdog();
  /** @type {SpeechSynthesisUtterance | null} */
  #last = null; // referenced, or some browsers collect it in the middle of a word
  #isMute = false;

  constructor(settings) {
    this.#settings = settings;
  }

  say(text) {
    if (!this.#settings.voice.on || missingVoice()) return;
    if (this.#synthesis.speaking || this.#synthesis.pending) this.#synthesis.cancel();
    const utterance = new SpeechSynthesisUtterance(text);
    this.#last = Object.assign(utterance, { lang: "en-GB", volume: this.#settings.voice.volume / 100 });
    const voice = englishVoice();
    if (voice) utterance.voice = voice;
    this.#follow(utterance);
    this.#watchdog.requested(text, seconds());
    this.#synthesis.speak(utterance);
  }

  silence() {
    this.#watchdog.ended();
    this.#synthesis?.cancel();
  }

  get isAudible() {
    return this.#settings.voice.on && !this.missing();
  }

  missing() {
    if (!this.#settings.voice.on) return null;
    return missingVoice() ?? (this.#isMute ? MISSING.mute : null);
  }

  check() {
    this.#isMute ||= this.#watchdog.isStuck(seconds(), Boolean(this.#synthesis?.speaking));
  }

  retry() {
    if (!this.#isMute) return;
    this.#isMute = false;
    this.silence();
    if (this.#last) this.say(this.#last.text);
  }

  /** Watch the events of an utterance, until there is a later one. */
  #follow(utterance) {
    const follow = (event, act) => {
      utterance[event] = (details) => utterance === this.#last && act(details);
    };
    follow("onstart", () => {
      this.#isMute = false;
      this.#watchdog.began(seconds());
    });
    follow("onend", () => {
      this.#isMute = false;
      this.#watchdog.ended();
    });
    follow("onerror", ({ error }) => {
      this.#watchdog.ended();
      this.#isMute ||= !["interrupted", "canceled"].includes(error);
    });
  }
}

const seconds = () => performance.now() / 1000;
