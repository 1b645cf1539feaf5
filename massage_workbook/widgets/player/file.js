// A practice in a file of its own: it needs no kernel and no network, and its record leaves the
// browser as a file.

import { clock } from "../shared/clock.js";
import { download } from "../shared/download.js";
import { button, list, node } from "../shared/elements.js";
import { followSystemColours, makeHost } from "../shared/host.js";
import player from "./page.js";
import { storage } from "./settings.js";
import { moment } from "./words.js";

const UNKEPT = "This browser keeps nothing: close this page, and save the record as a file below.";

async function start() {
  const given = await unpacked(document.getElementById("practice")?.textContent);
  const records = makeRecords(given.state.storage_key);
  const main = node("main", {}, node("h1", {}, "Massage practice"));
  const questions = screening(given.questions);
  const follow = () => {
    const safety = isToday(given.day) ? given.today : given.later;
    questions.hidden = safety.state !== "unasked";
    return { safety };
  };
  const host = makeHost({ ...given.state, ...follow() }, async (message) => {
    if (message.do === "keep") return { reply: records.keep(message) };
    const { safety } = follow();
    return { changed: safety === host.get("safety") ? {} : { safety } };
  });
  const el = node("div", {});
  main.append(questions, el, records.section);
  document.querySelector("main")?.replaceWith(main);
  followSystemColours();
  player.render({ model: host, el });
  document.addEventListener("visibilitychange", () => el.dispatchEvent(new CustomEvent("mw-refresh")));
}

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** Whether this is the day, such as 2026-05-01, where the browser is. */
function isToday(day) {
  const [year, month, date] = day.split("-").map(Number);
  return new Date().toDateString() === new Date(year, month - 1, date).toDateString();
}

function screening(sections) {
  const parts = sections.flatMap(({ title, hint, lines }) => [node("h3", {}, title), node("p", { className: "hint" }, hint), list(lines)]);
  return node("section", { className: "screening" }, node("h2", {}, "The questions of the screening"), ...parts);
}

// --- what was practised ------------------------------------------------------------------------

/** The records of this file, in the browser's storage, or in memory where that takes none. */
function makeRecords(key) {
  const place = `massage-workbook.record.${key}`;
  const kept = new Map(JSON.parse(storage?.getItem(place) ?? "[]").map((each) => [each.id, each]));
  const section = node("section", { className: "record", ariaLabel: "What was practised" });
  const show = () => {
    const rows = [...kept.values()].map(({ plan, at, seconds }) => `${plan}, ${moment(at)}: ${clock(seconds)}`);
    const file = button("Save the record as a file", () => save([...kept.values()]), "main");
    const hint = node("p", { className: "hint" }, "To add it to your workbook: massage-workbook progress import FILE");
    section.replaceChildren(...(rows.length ? [node("h2", {}, "What was practised"), list(rows), file, hint] : []));
  };
  show();
  return {
    section,
    keep({ practice, revision }) {
      kept.set(practice.id, practice);
      show();
      try {
        /** @type {Storage} */ (storage).setItem(place, JSON.stringify([...kept.values()]));
        return { kept: revision };
      } catch {
        return { failed: UNKEPT };
      }
    },
  };
}

function save(practices) {
  const text = JSON.stringify({ format: "massage-workbook progress", version: 1, answers: [], practices }, null, 1);
  download(`massage-${practices.at(-1).at.slice(0, 10)}.json`, "application/json", [text]);
}

start();
