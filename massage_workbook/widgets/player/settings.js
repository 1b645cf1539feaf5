// What the learner chose to hear and see, remembered in the browser.

import { node } from "../shared/elements.js";

const SETTINGS = "massage-workbook.player";
/** The browser's storage; null in private mode, or where it is full or shut. */
export const storage = (() => {
  try {
    localStorage.setItem(`${SETTINGS}.try`, "1");
    localStorage.removeItem(`${SETTINGS}.try`);
    return localStorage;
  } catch {
    return null;
  }
})();

const SOUNDS = { voice: "Voice", chime: "Chimes", beat: "Beat" };
const DEFAULTS = {
  voice: { on: true, volume: 80 },
  chime: { on: true, volume: 60 },
  beat: { on: true, volume: 40 },
  flash: { on: true },
};

/** Keep what the learner chose. */
function keep(settings) {
  try {
    storage?.setItem(SETTINGS, JSON.stringify(settings));
  } catch {
    // Not remembered then.
  }
}

export function remembered() {
  const settings = structuredClone(DEFAULTS);
  try {
    const known = JSON.parse(storage?.getItem(SETTINGS) ?? "{}");
    settings.place = known.place;
    for (const name of Object.keys(DEFAULTS)) {
      const { on, volume } = known[name] ?? {};
      if (typeof on === "boolean") settings[name].on = on;
      if (volume >= 0 && volume <= 100) settings[name].volume = volume;
    }
  } catch {
    // What cannot be read is chosen anew.
  }
  return settings;
}

/** Where the person lies, which the giver's picture follows. */
export function placeChoice(settings, places) {
  const choice = node("select", {}, ...places.map((each) => node("option", {}, each)));
  choice.value = places.includes(settings.place) ? settings.place : places[0];
  choice.onchange = () => {
    settings.place = choice.value;
    keep(settings);
  };
  return node("label", { className: "place" }, node("span", {}, "Where"), choice);
}

export function sounds(settings, ...more) {
  const rows = Object.entries(SOUNDS).map(([name, title]) => {
    const on = toggle(settings, name, title);
    const volume = node("input", { type: "range", min: 0, max: 100, step: 5, value: settings[name].volume });
    volume.setAttribute("aria-label", `${title}: how loud`);
    volume.oninput = () => {
      settings[name].volume = Number(volume.value);
      keep(settings);
    };
    return node("div", { className: "sound" }, on, volume);
  });
  const flash = node("div", { className: "sound" }, toggle(settings, "flash", "Light for beats and cues"));
  return node("fieldset", { className: "sounds" }, node("legend", {}, "Sound and light"), ...rows, flash, ...more);
}

function toggle(settings, name, title) {
  const input = node("input", { type: "checkbox", checked: settings[name].on });
  input.onchange = () => {
    settings[name].on = input.checked;
    keep(settings);
  };
  return node("label", {}, input, node("span", {}, title));
}
