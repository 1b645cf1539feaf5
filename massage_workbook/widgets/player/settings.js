// What the learner chose to hear and see, stored in the browser.

import { node } from "../shared/elements.js";

const KEY = "massage-workbook.player";
const CHANNELS = { voice: "Voice", chime: "Chimes", beat: "Beat" };
const DEFAULTS = {
  voice: { on: true, volume: 80 },
  chime: { on: true, volume: 60 },
  beat: { on: true, volume: 40 },
  flash: { on: true },
};

/** The browser's storage; null in private mode, or if it is full or forbidden. */
export const storage = (() => {
  try {
    localStorage.setItem(`${KEY}.try`, "1");
    localStorage.removeItem(`${KEY}.try`);
    return localStorage;
  } catch {
    return null;
  }
})();

export function loadSettings() {
  const settings = structuredClone(DEFAULTS);
  try {
    const stored = JSON.parse(storage?.getItem(KEY) ?? "{}");
    settings.place = stored.place;
    for (const name of Object.keys(DEFAULTS)) {
      const { on, volume } = stored[name] ?? {};
      if (typeof on === "boolean") settings[name].on = on;
      if (volume >= 0 && volume <= 100) settings[name].volume = volume;
    }
  } catch {
    // Invalid settings are replaced by the next choice.
  }
  return settings;
}

function save(settings) {
  try {
    storage?.setItem(KEY, JSON.stringify(settings));
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** Where the person lies or sits, which decides the picture of the giver. */
export function placeChoice(settings, places) {
  const select = node("select", {}, ...places.map((each) => node("option", {}, each)));
  select.value = places.includes(settings.place) ? settings.place : places[0];
  select.onchange = () => {
    settings.place = select.value;
    save(settings);
  };
  return node("label", { className: "place-choice" }, node("span", {}, "Where"), select);
}

/** Switches and volumes of what is heard and seen; `more` stands below them. */
export function soundSettings(settings, ...more) {
  const rows = Object.entries(CHANNELS).map(([name, title]) => {
    const volume = node("input", { type: "range", min: 0, max: 100, step: 5, value: settings[name].volume });
    volume.setAttribute("aria-label", `${title}: volume`);
    volume.oninput = () => {
      settings[name].volume = Number(volume.value);
      save(settings);
    };
    return node("div", { className: "sound" }, toggle(settings, name, title), volume);
  });
  const flash = node("div", { className: "sound" }, toggle(settings, "flash", "Light for beats and cues"));
  return node("fieldset", {}, node("legend", {}, "Sound and light"), ...rows, flash, ...more);
}

function toggle(settings, name, title) {
  const input = node("input", { type: "checkbox", checked: settings[name].on });
  input.onchange = () => {
    settings[name].on = input.checked;
    save(settings);
  };
  return node("label", {}, input, node("span", {}, title));
}
