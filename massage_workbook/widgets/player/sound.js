// Sound, voice and screen: what a practice needs of the computer.

import { tone } from "../shared/tone.js";
import { MUTE, watchSound, watchVoice } from "./timing.js";
import { LACKS } from "./words.js";

const TICK = 25; // milliseconds
export const LEAD = 1.5; // seconds of inaudible sound ahead of all others, which a wireless speaker swallows
const RESUME = 1; // seconds between two tries to resume a sound device that the system stopped

/** A chime and a few words; `tell` hears what is missing, or else that it should have been heard. */
export function trySound(settings, tell) {
  const sound = makeSound(settings);
  const voice = makeVoice(settings);
  const began = performance.now();
  let given = false;
  const stop = () => {
    beat.stop();
    voice.silence();
    sound.close();
  };
  tell("Listen …");
  sound.wake();
  const beat = heartbeat(() => {
    const seconds = (performance.now() - began) / 1000;
    sound.look();
    voice.look();
    if (!given && seconds >= LEAD) {
      given = true;
      sound.chime("chime");
      voice.say("This is the voice of the practice.");
    }
    const lacks = [voice.lacks(), sound.lacks()].filter(Boolean);
    if (lacks.length) tell(lacks.join(" "));
    if (seconds < LEAD + MUTE + 1) return;
    if (!lacks.length) tell("You should have heard what is switched on above. If not, see to the volume and to the speaker.");
    stop();
  });
  return { stop };
}

/**
 * Beats and chimes by Web Audio; without a sound device all of it does nothing. `look` is called
 * often: it finds out whether the device runs.
 */
export function makeSound(settings) {
  const device = makeDevice();
  const loud = (name, most) => (most * settings[name].volume) / 100;
  return {
    ...device,
    time: () => (device.isHeard() ? device.now() : null),
    beat(after, speed, strong) {
      if (!device.isHeard() || !settings.beat.on || speed !== 1) return;
      device.play(Math.max(0, after), strong ? 1320 : 980, 0.07, loud("beat", 0.5));
    },
    chime(name) {
      if (!device.isHeard() || !settings.chime.on) return;
      const volume = loud("chime", 0.4);
      if (name === "soft") return device.play(0, 520, 0.25, volume / 2);
      device.play(0, 660, 1.2, volume);
      device.play(0, 990, 0.9, volume / 2);
    },
  };
}

/** A sound device that may be missing, stop, or be interrupted. */
function makeDevice() {
  const waiting = new Set();
  let context = null;
  let watch = watchSound();
  let runs = true;
  let asked = 0;
  const open = () => {
    try {
      context = new AudioContext({ latencyHint: "interactive" });
      hum(context);
    } catch {
      context = null; // no device, or none that may be used
    }
    [watch, runs] = [watchSound(), true];
  };
  const silence = () => {
    for (const source of waiting) source.stop();
    waiting.clear();
  };
  const close = () => {
    context?.close().catch(() => {});
    waiting.clear();
  };
  const resume = () => {
    asked = performance.now() / 1000;
    context?.resume().catch(() => {});
  };
  const renew = () => {
    if (context && runs) return;
    close();
    open();
    resume();
  };
  open();
  return {
    silence,
    close,
    renew,
    now: () => context.currentTime,
    isHeard: () => runs && context?.state === "running",
    wake: () => (context && runs ? resume() : renew()),
    look() {
      if (!context) return;
      const [now, before] = [performance.now() / 1000, runs];
      runs = watch(context.state, context.currentTime, now);
      if (before && !runs) silence(); // or all of it would be heard at once as the device goes on
      // It was interrupted, by a call for example, and may be resumed when that is over.
      if (context.state !== "running" && now - asked > RESUME) resume();
    },
    /** A tone after some seconds. */
    play(after, frequency, seconds, volume) {
      const source = tone(context, context.currentTime + after, frequency, seconds, volume);
      waiting.add(source);
      source.onended = () => waiting.delete(source);
    },
    lacks: () => (context ? (runs ? null : LACKS.stopped) : LACKS.sound),
  };
}

/** Too low and too soft to be heard: it keeps a wireless speaker from falling asleep, which would
 *  swallow the next second of what is to be heard. */
function hum(context) {
  const gain = new GainNode(context, { gain: 0.002 });
  const source = new OscillatorNode(context, { frequency: 40 });
  source.connect(gain).connect(context.destination);
  source.start();
}

/** The English voice there is, the British one first. */
function englishVoice() {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  const speaks = (voice, tongue) => voice.lang.toLowerCase().replace("_", "-").startsWith(tongue);
  return voices.find((voice) => speaks(voice, "en-gb")) ?? voices.find((voice) => speaks(voice, "en"));
}

/** Why nothing can be said, or null; a browser that lists no voices may have one all the same. */
export function voiceLacks() {
  const synthesis = window.speechSynthesis;
  if (!synthesis) return LACKS.voice;
  return synthesis.getVoices().length && !englishVoice() ? LACKS.english : null;
}

/** What is said aloud. `look` is called often: it finds out whether the voice still answers. */
export function makeVoice(settings) {
  const synthesis = window.speechSynthesis;
  const watch = watchVoice();
  const seconds = () => performance.now() / 1000;
  let last = null; // held, or some browsers let it go in the middle of a word
  let mute = false;
  const say = (text) => {
    if (!settings.voice.on || voiceLacks()) return;
    if (synthesis.speaking || synthesis.pending) synthesis.cancel();
    const words = new SpeechSynthesisUtterance(text);
    last = Object.assign(words, { lang: "en-GB", volume: settings.voice.volume / 100 });
    const voice = englishVoice();
    if (voice) words.voice = voice;
    const ifLast = (act) => () => words === last && act();
    words.onstart = ifLast(() => {
      mute = false;
      watch.began(seconds());
    });
    words.onend = ifLast(() => {
      mute = false;
      watch.ended();
    });
    words.onerror = ({ error }) => {
      if (words !== last) return;
      watch.ended();
      mute ||= !["interrupted", "canceled"].includes(error);
    };
    watch.given(text, seconds());
    synthesis.speak(words);
  };
  const silence = () => {
    watch.ended();
    synthesis?.cancel();
  };
  return {
    say,
    silence,
    look: () => (mute ||= watch.isStuck(seconds(), Boolean(synthesis?.speaking))),
    renew() {
      if (!mute) return;
      mute = false;
      silence();
      if (last) say(last.text);
    },
    lacks: () => (settings.voice.on ? (voiceLacks() ?? (mute ? LACKS.mute : null)) : null),
  };
}

/** Called every 25 ms by a worker, whose timer goes on while the page is hidden; else by a timer. */
export function heartbeat(act) {
  try {
    const worker = timer();
    worker.postMessage(TICK);
    worker.onmessage = act;
    let instead = null;
    worker.onerror = () => (instead = setInterval(act, TICK));
    return {
      stop() {
        worker.terminate();
        clearInterval(instead);
      },
    };
  } catch {
    const instead = setInterval(act, TICK);
    return { stop: () => clearInterval(instead) };
  }
}

/** A worker that beats once it is told how often; a strict host has it in a file. */
function timer() {
  const file = document.documentElement.dataset.heartbeat;
  const beats = "onmessage = ({ data }) => setInterval(() => postMessage(0), data)";
  const address = file ?? URL.createObjectURL(new Blob([beats]));
  const worker = new Worker(address);
  if (!file) URL.revokeObjectURL(address);
  return worker;
}

/** The screen stays on while this is held; it is asked for again after the page was hidden. */
export function keepAwake() {
  let lock = null;
  let lacks = !("wakeLock" in navigator);
  let over = false;
  const ask = async () => {
    if (!("wakeLock" in navigator) || document.hidden || over) return;
    try {
      const found = await navigator.wakeLock.request("screen");
      // A battery that runs low may take it away while the page is in sight.
      found.addEventListener?.("release", () => (lacks ||= found === lock && !document.hidden && !over));
      [lock, lacks] = [found, false];
      if (over) lock.release();
    } catch {
      lacks = true;
    }
  };
  document.addEventListener("visibilitychange", ask);
  ask();
  return {
    lacks: () => lacks,
    renew: () => lacks && ask(),
    release() {
      over = true;
      document.removeEventListener("visibilitychange", ask);
      lock?.release().catch(() => {});
    },
  };
}

export async function fullScreen(face, control) {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await face.requestFullscreen();
    control.refused = false;
  } catch {
    control.refused = true;
  }
}
