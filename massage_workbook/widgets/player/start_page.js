// The page before a practice: whether it may start, what it consists of, and what is to be heard.

import { clock } from "../shared/clock.js";
import { button, grid, lessonLink, node, status, write } from "../shared/elements.js";
import { folded } from "../shared/sources.js";
import { MISSING } from "./missing.js";
import { bulleted, formatMoment, signList } from "./parts.js";
import { placeChoice, soundSettings } from "./settings.js";
import { startSoundCheck } from "./sound_check.js";
import { missingVoice } from "./voice.js";

const RESUMABLE = 2 * 3600 * 1000; // milliseconds for which a practice may be resumed

/** `onStart` takes a record to resume, or nothing; `onEnd` is called when an unfinished one was ended. */
export function makeStartPage(player, onStart, onEnd) {
  const { session, recorder, settings, safety, pictures, channel } = player;
  const isRefused = safety.state === "refused";
  const messages = status("div", "messages");
  const start = button(safety.agreement ? `${safety.agreement}: start` : "Start", () => onStart(), "main");
  const place = placeChoice(settings, Object.keys(pictures.places));
  recorder.onChange = () => messages.replaceChildren(...bulleted([...missing(recorder, settings), ...recorder.messages()]));
  recorder.onChange();
  return node(
    "section",
    {},
    node("h2", {}, session.title),
    node("p", { className: "lead" }, session.summary),
    safetyNotice(safety, channel),
    ...recorder.unfinished().map((record) => unfinishedPractice(record, player, onStart, onEnd)),
    ...(isRefused ? [] : [node("div", { className: "buttons" }, start, place)]),
    node(
      "div",
      { className: "details" },
      ...(isRefused ? [] : [folded("Sound and light", [soundSettings(settings, ...soundCheck(player))]), stepTable(session)]),
      folded("When to stop", [signList(session.stop_signs)]),
    ),
    messages,
    channel.notice,
  );
}

function safetyNotice({ state, text, reasons, link, alternatives = [] }, channel) {
  const lesson = link ? [" ", screeningLink(link)] : [];
  const update = button("Refresh", () => channel.request({ do: "refresh" }));
  const choose = ({ id, name }) => button(name, () => channel.request({ do: "choose", session: id }));
  return node(
    "section",
    { className: `safety ${state}` },
    node("p", {}, text, ...lesson, " ", update),
    ...bulleted(reasons),
    ...(alternatives.length ? [node("p", {}, "Practise instead: ", ...alternatives.map(choose))] : []),
  );
}

/** A link to the lesson with the screening, or to the screening on the same page. */
function screeningLink({ notebook, title }) {
  const link = lessonLink(notebook, title);
  link.onclick = (event) => {
    const screening = link.closest(".jp-Notebook")?.querySelector(".mw-screening");
    if (!screening) return;
    event.preventDefault();
    screening.scrollIntoView();
  };
  return link;
}

function unfinishedPractice(record, { session, safety, recorder }, onStart, onEnd) {
  const isRecent = Date.now() - Date.parse(record.at) < RESUMABLE;
  const mayResume = isRecent && record.key === session.key && safety.state !== "refused";
  const resume = button(`Go on at ${clock(record.position)}`, () => onStart(record), "main");
  const end = button("End it and save what was practised", () => {
    recorder.finish(record, false);
    onEnd();
  });
  return node(
    "section",
    { className: "unfinished" },
    node("p", {}, `“${record.plan}”, begun ${formatMoment(record.at)}, was not finished.`),
    node("div", { className: "buttons" }, ...(mayResume ? [resume] : []), end),
  );
}

function soundCheck(player) {
  const result = status("p", "sound-check");
  const start = button("Try sound and voice", () => {
    player.soundCheck?.stop();
    player.soundCheck = startSoundCheck(player.settings, (text) => write(result, text));
  });
  return [start, result];
}

function stepTable({ steps }) {
  const rows = steps.map(({ start, name, side_label, passes }) => [clock(start), name, side_label, passes]);
  return folded(`The ${rows.length} steps`, [grid(["Start", "Technique", "Side", "Passes"], rows)]);
}

/** What is known to be missing before a practice. */
function missing(recorder, settings) {
  return [
    settings.voice.on ? missingVoice() : null,
    window.AudioContext ? null : MISSING.sound,
    "wakeLock" in navigator ? null : MISSING.wakeLock,
    recorder.missing(),
  ].filter(Boolean);
}
