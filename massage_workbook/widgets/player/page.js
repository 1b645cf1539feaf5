// A session carried out: the page gets all of it once and then needs no kernel.

import { connect, refresh } from "../shared/channel.js";
import { clock } from "../shared/clock.js";
import { button, grid, lessonLink, node, status, write } from "../shared/elements.js";
import { wantsToBegin } from "../shared/practise.js";
import { folded } from "../shared/sources.js";
import { follow, widget } from "../shared/widget.js";
import { signList } from "./afterwards.js";
import { keeping, newRecord } from "./recorder.js";
import { placeChoice, remembered, sounds } from "./settings.js";
import { trySound, voiceLacks } from "./sound.js";
import { stage } from "./stage.js";
import { bulleted, LACKS, moment } from "./words.js";

const FRESH = 2 * 3600 * 1000; // milliseconds in which a practice may be gone on with

function render({ model, el }) {
  const channel = connect(model, el, "No reply.");
  const kept = keeping(model.get("storage_key"), channel);
  const player = {
    kept,
    settings: remembered(),
    notice: channel.notice,
    again: () => channel.request({ do: "refresh" }),
    take: (session) => channel.request({ do: "take", session }),
  };
  let open = null;
  const begin = (record) => {
    player.trial?.stop();
    open?.close();
    open = stage(player, record, () => {
      open = null;
      show();
    });
  };
  // A practice that has begun keeps what it was given; after it the page shows what holds by then.
  const show = () => {
    if (open) return;
    for (const name of ["session", "pictures", "speed"]) player[name] = model.get(name);
    const { activeElement: before } = document;
    const had = el.contains(before) ? nameOf(before) : null;
    el.replaceChildren(startPage(player, model.get("safety"), begin, show));
    const controls = [...el.querySelectorAll("a, button, input, select, summary")];
    if (had !== null) controls.find((each) => nameOf(each) === had)?.focus({ preventScroll: true });
  };
  const beginIfWanted = async () => {
    if (open || !wantsToBegin()) return;
    await channel.request({ do: "refresh" }); // the plan may have been chosen just now
    if (open || !el.checkVisibility()) return; // the learner has gone elsewhere meanwhile
    if (canBegin(model.get("safety")) && !kept.running().length) begin(newRecord(player.session));
    else el.scrollIntoView();
  };
  refresh(el, channel);
  el.addEventListener("mw-refresh", beginIfWanted);
  const voices = window.speechSynthesis;
  const heard = () => kept.onchange(); // they come some time after the page
  voices?.addEventListener?.("voiceschanged", heard);
  kept.sendAll();
  const stopFollowing = follow(model, ["safety", "session", "speed"], show);
  beginIfWanted();
  return [
    stopFollowing,
    channel.close,
    () => {
      voices?.removeEventListener?.("voiceschanged", heard);
      player.trial?.stop();
      open?.close();
    },
  ];
}

/** Whether a practice may begin without anything else to agree on. */
const canBegin = ({ state, agree }) => state !== "no" && !agree;

function startPage(player, safety, begin, show) {
  const { session, kept, settings } = player;
  const start = button(safety.agree ? `${safety.agree}: start` : "Start", () => begin(newRecord(session)), "main");
  const lines = status("div", "lines");
  const tried = status("p", "tried");
  const listen = button("Try sound and voice", () => {
    player.trial?.stop();
    player.trial = trySound(settings, (text) => write(tried, text));
  });
  kept.onchange = () => lines.replaceChildren(...bulleted([...wanting(kept, settings), ...kept.says()]));
  kept.onchange();
  return node(
    "section",
    { className: "start" },
    node("h2", {}, session.title),
    node("p", { className: "lead" }, session.lead),
    asked(safety, player.again, player.take),
    ...unfinished(player, safety, begin, show),
    ...(safety.state === "no" ? [] : [node("div", { className: "buttons" }, start, placeChoice(settings, Object.keys(player.pictures.places)))]),
    node(
      "div",
      { className: "folds" },
      ...(safety.state === "no" ? [] : [folded("Sound and light", [sounds(settings, listen, tried)]), plannedSteps(session)]),
      folded("When to stop", [signList(session.signs)]),
    ),
    lines,
    player.notice,
  );
}

/** What a control is called: by this it is found again where the page was made anew. */
function nameOf(control) {
  return (control.labels?.[0] ?? control).textContent;
}

/** Whether it is safe comes first; what has to be agreed on stands on the button that starts. */
function asked({ state, says, reasons, link, instead = [] }, again, take) {
  const way = link ? [" ", screeningLink(link)] : [];
  const look = button("Refresh", again);
  return node(
    "section",
    { className: `safety ${state}` },
    node("p", {}, says, ...way, " ", look),
    ...bulleted(reasons),
    ...(instead.length ? [node("p", { className: "instead" }, "Practise instead: ", ...instead.map(({ id, name }) => button(name, () => take(id))))] : []),
  );
}

/** To the lesson with the screening, or to the one that stands on the same page. */
function screeningLink({ notebook, title }) {
  const made = lessonLink(notebook, title);
  made.onclick = (event) => {
    const here = made.closest(".jp-Notebook")?.querySelector(".mw-screening");
    if (!here) return;
    event.preventDefault();
    here.scrollIntoView();
  };
  return made;
}

function unfinished({ session, kept }, safety, begin, show) {
  return kept.running().map((record) => {
    const fresh = Date.now() - Date.parse(record.at) < FRESH;
    const same = fresh && record.key === session.key && safety.state !== "no";
    const end = button("End it and keep what was practised", () => {
      kept.over(record, false);
      show();
    });
    const go = button(`Go on at ${clock(record.position)}`, () => begin(record), "main");
    return node(
      "section",
      { className: "unfinished" },
      node("p", {}, `“${record.plan}”, begun ${moment(record.at)}, was not finished.`),
      node("div", { className: "buttons" }, ...(same ? [go] : []), end),
    );
  });
}

function plannedSteps({ steps }) {
  const rows = steps.map(({ start, name, side, passes }) => [clock(start), name, side, passes]);
  return folded(`The ${rows.length} steps`, [grid(["At", "Technique", "Side", "Passes"], rows)]);
}

/** What this browser lacks as far as can be told before a practice, and what stands in for it. */
function wanting(kept, settings) {
  const voice = settings.voice.on && voiceLacks();
  return [
    ...(voice ? [voice] : []),
    ...(window.AudioContext ? [] : [LACKS.sound]),
    ...("wakeLock" in navigator ? [] : [LACKS.wake]),
    ...(kept.stores ? [] : [LACKS.storage]),
  ];
}

export default widget("mw-player", render);
