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

export function remembered() {
  const settings = structuredClone(DEFAULTS);
  try {
    const known = JSON.parse(storage?.getItem(SETTINGS) ?? "{}");
    for (const name of Object.keys(settings)) {
      const { on, volume } = known[name] ?? {};
      if (typeof on === "boolean") settings[name].on = on;
      if (volume >= 0 && volume <= 100) settings[name].volume = volume;
    }
  } catch {
    // What cannot be read is chosen anew.
  }
  return settings;
}

export function sounds(settings, ...more) {
  const keep = () => {
    try {
      storage?.setItem(SETTINGS, JSON.stringify(settings));
    } catch {
      // Not remembered then.
    }
  };
  const rows = Object.entries(SOUNDS).map(([name, title]) => {
    const on = toggle(settings[name], title, keep);
    const volume = node("input", { type: "range", min: 0, max: 100, step: 5, value: settings[name].volume });
    volume.setAttribute("aria-label", `${title}: how loud`);
    volume.oninput = () => {
      settings[name].volume = Number(volume.value);
      keep();
    };
    return node("div", { className: "sound" }, on, volume);
  });
  const flash = node("div", { className: "sound" }, toggle(settings.flash, "Light for beats and cues", keep));
  return node("fieldset", { className: "sounds" }, node("legend", {}, "Sound and light"), ...rows, flash, ...more);
}

function toggle(setting, title, keep) {
  const input = node("input", { type: "checkbox", checked: setting.on });
  input.onchange = () => {
    setting.on = input.checked;
    keep();
  };
  return node("label", {}, input, node("span", {}, title));
}
