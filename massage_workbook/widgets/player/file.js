// A practice in a file of its own: it needs no kernel and no network, and its records leave the
// browser as a file.

import player from "../player.js";
import { clock } from "../shared/clock.js";
import { download } from "../shared/download.js";
import { button, list, node } from "../shared/elements.js";
import { followSystemColours, makeHost } from "../shared/host.js";
import { formatMoment } from "./parts.js";
import { storage } from "./settings.js";

const UNSAVED = "This browser stores nothing: close this practice, and save the record as a file below.";

async function start() {
  const { state, day, today, later, questions } = await unpacked(document.getElementById("practice")?.textContent);
  const records = makeRecords(state.storage_key);
  const screening = screeningQuestions(questions);
  const update = () => {
    const safety = isToday(day) ? today : later;
    screening.hidden = safety.state !== "unscreened";
    return safety;
  };
  const host = makeHost({ ...state, safety: update() }, async (message) => {
    if (message.do === "save") return { reply: records.save(message) };
    const safety = update();
    return { changed: safety === host.get("safety") ? {} : { safety } };
  });
  const el = node("div", {});
  const main = node("main", {}, node("h1", {}, "Massage practice"), screening, el, records.section);
  document.querySelector("main")?.replaceWith(main);
  followSystemColours();
  player.render({ model: host, el });
  document.addEventListener("visibilitychange", () => el.dispatchEvent(new CustomEvent("mw-refresh")));
}

/** The values in compressed JSON, as base64. */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** Whether an ISO date is today, where the browser is. */
function isToday(day) {
  const [year, month, date] = day.split("-").map(Number);
  return new Date().toDateString() === new Date(year, month - 1, date).toDateString();
}

function screeningQuestions(sections) {
  const parts = sections.flatMap(({ title, hint, lines }) => [node("h3", {}, title), node("p", { className: "hint" }, hint), list(lines)]);
  return node("section", { className: "screening" }, node("h2", {}, "The questions of the screening"), ...parts);
}

/** The practices of this file, in the browser's storage, or in memory if that is not available. */
function makeRecords(storageKey) {
  const key = `massage-workbook.record.${storageKey}`;
  const practices = new Map(JSON.parse(storage?.getItem(key) ?? "[]").map((each) => [each.id, each]));
  const section = node("section", { className: "record", ariaLabel: "What was practised" });
  const show = () => {
    const rows = [...practices.values()].map(({ plan, at, seconds }) => `${plan}, ${formatMoment(at)}: ${clock(seconds)}`);
    const file = button("Save the record as a file", () => downloadAll([...practices.values()]), "main");
    const hint = node("p", { className: "hint" }, "To add it to your workbook: massage-workbook progress import FILE");
    section.replaceChildren(...(rows.length ? [node("h2", {}, "What was practised"), list(rows), file, hint] : []));
  };
  show();
  return {
    section,
    save({ practice, revision }) {
      practices.set(practice.id, practice);
      show();
      try {
        /** @type {Storage} */ (storage).setItem(key, JSON.stringify([...practices.values()]));
        return { saved: revision };
      } catch {
        return { failed: UNSAVED };
      }
    },
  };
}

function downloadAll(practices) {
  const text = JSON.stringify({ format: "massage-workbook progress", version: 1, answers: [], practices }, null, 1);
  download(`massage-${practices.at(-1).at.slice(0, 10)}.json`, "application/json", [text]);
}

start();
