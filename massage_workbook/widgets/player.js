// A session carried out: the page gets all of it once and then needs no kernel.
//
// Times of a session are seconds from its first step; the time before it is negative. They follow
// from one clock and are never counted. A page that stood still goes on where the time is by now:
// what it missed is left out, for the hands have gone on as well. If it stood still for longer
// than AWAY, nobody can have followed it, and it waits where it was.

import { connect, refresh } from "./shared/channel.js";
import { button, grid, list, node, svgNode, write } from "./shared/elements.js";
import { makeHands } from "./shared/motion.js";
import { plate } from "./shared/plate.js";
import { folded } from "./shared/sources.js";
import { tone } from "./shared/tone.js";
import { follow, widget } from "./shared/widget.js";

export const LATE = 2; // seconds after which a cue is left out
export const AWAY = 120; // seconds after which nobody can have followed
const SOON = 0.12; // seconds that beats are given to the sound device ahead of their time
const HIDDEN = 2.5; // the same while the page is hidden, for its timer may be slow then
const SLOWER = 2; // times as far ahead as the page was blocked just now
const TICK = 25; // milliseconds
const BEHIND = 0.25; // seconds that a clock may be off before it counts as stopped
const SLEPT = 2; // seconds that the date may run ahead of the other clocks
const AGAIN = 5; // seconds into a step after which "back" leads to its own beginning
const BOUNCE = 300; // milliseconds within which a second tap is the same oily hand
const FRESH = 2 * 3600 * 1000; // milliseconds in which a practice may be gone on with
const STUCK = 1.5; // seconds that a sound clock may stand still before it counts as stopped
const MUTE = 2.5; // seconds within which a voice begins
const A_LETTER = 0.09; // seconds that a slow voice takes for a letter
const LEAD = 1.5; // seconds of inaudible sound ahead of all others, which a wireless speaker swallows
const RESUME = 1; // seconds between two tries to resume a sound device that the system stopped

// --- the time of a session: values in, values out ------------------------------------------------

/** Where a session is: getting ready, in a step, or over. */
export function positionAt({ steps, total }, time) {
  if (time >= total) return { phase: "over", index: steps.length - 1, into: 0, left: 0, share: 1 };
  if (time < 0) return { phase: "ready", index: 0, into: 0, left: -time, share: 0 };
  const index = steps.findLastIndex((step) => step.start <= time);
  const { start, seconds } = steps[index];
  const into = time - start;
  return { phase: "step", index, into, left: seconds - into, share: into / seconds };
}

/** The cues after `last` up to `now`; of those that are not too `late`, the last one `speaks`. */
export function dueCues(cues, last, now, late = LATE) {
  const due = cues.filter(({ at }) => at > last && at <= now);
  const fresh = due.filter(({ at }) => now - at <= late);
  return { cues: fresh, speaks: fresh.findLast(({ say }) => say), skipped: due.length - fresh.length };
}

/**
 * The beats from `a` until before `b`, with whether each is the first at a stop; `rows` hold the
 * first beat, the gap, the end, and how many beats a stop has.
 */
export function beatsBetween(rows, a, b) {
  return rows.flatMap(([first, every, until, cycle]) => {
    const found = [];
    const end = Math.min(b, until);
    if (first >= b || until <= a) return found;
    for (let k = Math.max(0, Math.ceil((a - first) / every - 1e-9)); first + k * every < end - 1e-6; k += 1) {
      found.push({ at: first + k * every, strong: cycle > 1 && k % cycle === 0 });
    }
    return found;
  });
}

/** Seconds since the beat before, and its number within its run; null where there is none. */
export function beatAt(rows, time) {
  const row = rows.find(([first, , until]) => first <= time && time < until);
  if (!row) return null;
  const number = Math.floor((time - row[0]) / row[1] + 1e-9);
  return { since: time - row[0] - number * row[1], number };
}

/**
 * Where a step is `into` seconds after its start: before its first pass, in a pass (its number from
 * 1 on, and the seconds into it), or at rest after the last.
 */
export function passAt({ lead, passes, pass_seconds: seconds }, into) {
  if (into < lead) return { phase: "before", number: 0, into: 0 };
  const number = Math.floor((into - lead) / seconds + 1e-9);
  if (number >= passes) return { phase: "rest", number: passes, into: 0 };
  return { phase: "pass", number: number + 1, into: into - lead - number * seconds };
}

/** The leg of a tour in which its hands are at a moment of a pass. */
export function legAt({ legs }, into) {
  return legs.findLast(({ at }) => at <= into + 1e-6) ?? legs[0];
}

/** Seconds of each technique between two times. */
export function practised(steps, a, b) {
  const found = {};
  for (const { technique, start, seconds } of steps) {
    const span = Math.min(b, start + seconds) - Math.max(a, start);
    if (span > 0) found[technique] = (found[technique] ?? 0) + span;
  }
  return found;
}

/**
 * One clock in seconds out of three: `audio` (null without a sound device), `steady` and `wall`.
 * It follows the sound device from when that starts until it stops; where the date runs ahead of
 * both, the computer has slept, and the time goes on with the date.
 */
export function makeClock({ audio, steady, wall }) {
  const read = () => ({ audio: audio(), steady: steady(), wall: wall() });
  let source = "steady";
  let stopped = false;
  let anchor = read();
  let base = 0;
  let latest = 0;
  return {
    get source() {
      return source;
    },
    now() {
      const here = read();
      const since = (name) => here[name] - anchor[name];
      if (source === "audio") {
        stopped = here.audio === null || Math.abs(since("steady") - since("audio")) > BEHIND;
        if (stopped) source = "steady";
      }
      const slept = since("wall") - Math.max(since(source), since("steady")) > SLEPT;
      const time = base + (slept ? since("wall") : since(source));
      const starts = source === "steady" && here.audio !== null && !stopped;
      if (slept || starts || since("steady") > 5) [base, anchor] = [time, here];
      if (starts) source = "audio";
      latest = Math.max(latest, time);
      return latest;
    },
  };
}

/**
 * Whether a sound device runs, asked again and again with its state, its own time and the seconds of
 * another clock. On some tablets its time stands still while its state is "running".
 */
export function watchSound() {
  let before = null;
  let good = null; // when it was last seen to run
  return (state, time, now) => {
    if (good === null || (state === "running" && time !== before)) good = now;
    before = time;
    return now - good < STUCK;
  };
}

/**
 * Whether a voice does what it was told, in seconds of a clock: it has to begin soon after a text
 * was `given`, and to be `ended` by the time that a slow voice would be. Not all of them tell their
 * end: `busy` is whether the browser takes it to be speaking.
 */
export function watchVoice() {
  let latest = 0; // seconds by which the next event has to be there
  let waits = null; // for "begin" or "end"
  let letters = 0;
  return {
    given(text, now) {
      [waits, letters, latest] = ["begin", text.length, now + MUTE];
    },
    began(now) {
      if (waits === "begin") [waits, latest] = ["end", now + MUTE + letters * A_LETTER];
    },
    ended: () => (waits = null),
    isStuck: (now, busy) => now > latest && (waits === "begin" || (waits === "end" && busy)),
  };
}

/**
 * What carries a session out on a clock. `tick` tells what has come up since the one before, by
 * `on.cue`, `on.beat` (the beat, the clock's time of it, and whether it is the first at a stop), `on.away` and `on.over`.
 */
export function conduct(session, clock, on, { from, speed = 1, done = {} }) {
  let start = { time: from, clock: clock.now() };
  let running = false;
  let seen = from; // up to here it is practised and its cues are told
  let told = from - 1e-6;
  let given = from; // up to here beats are given away
  const time = () => (running ? start.time + (clock.now() - start.clock) * speed : start.time);
  const stay = (at) => {
    start = { time: at, clock: clock.now() };
    given = at;
  };
  const count = (until) => {
    for (const [name, seconds] of Object.entries(practised(session.steps, seen, until))) {
      done[name] = (done[name] ?? 0) + seconds;
    }
    seen = until;
  };
  const pause = () => {
    tick(0);
    if (!running) return;
    const at = time();
    running = false;
    stay(at);
  };
  const goOn = () => {
    stay(start.time);
    running = true;
  };
  const goTo = (at) => {
    if (running) count(time());
    stay(at);
    seen = at;
    told = at - 1e-6;
  };
  const tick = (ahead) => {
    if (!running) return;
    const away = (time() - seen) / speed;
    const now = Math.min(time(), session.total);
    if (away > AWAY) {
      const minutes = Math.round(away / 60);
      stay(seen);
      running = false;
      return on.away(minutes);
    }
    count(now);
    for (const { at, strong } of beatsBetween(session.beats, Math.max(given, now), now + ahead * speed)) {
      on.beat(at, start.clock + (at - start.time) / speed, strong);
    }
    given = Math.max(given, now + ahead * speed);
    const due = dueCues(session.cues, told, now, LATE * speed);
    told = now;
    for (const cue of due.cues) on.cue(cue, cue === due.speaks);
    if (now < session.total) return;
    running = false;
    start.time = session.total;
    on.over();
  };
  return { time, tick, pause, goOn, goTo, done, get running() { return running; } };
}

// --- the widget ------------------------------------------------------------------------------------

function render({ model, el }) {
  const channel = connect(model, el, "No answer comes.");
  const kept = keeping(model.get("storage_key"), channel);
  const player = {
    kept,
    settings: remembered(),
    notice: channel.notice,
    again: () => channel.request({ do: "look again" }),
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
  refresh(el, channel);
  const voices = window.speechSynthesis;
  const heard = () => kept.onchange(); // they come some time after the page
  voices?.addEventListener?.("voiceschanged", heard);
  kept.sendAll();
  return [
    follow(model, ["safety", "session", "speed"], show),
    channel.close,
    () => {
      voices?.removeEventListener?.("voiceschanged", heard);
      player.trial?.stop();
      open?.close();
    },
  ];
}

function startPage(player, safety, begin, show) {
  const { session, kept, settings } = player;
  const sure = agreement(safety);
  const start = button("Start", () => begin(newRecord(session)), "main");
  const can = () => (start.disabled = safety.state === "no" || !(sure?.input.checked ?? true));
  sure?.input.addEventListener("change", can);
  can();
  const status = node("div", { className: "lines" });
  status.setAttribute("role", "status");
  const tried = node("p", { className: "tried" });
  tried.setAttribute("role", "status");
  const listen = button("Try sound and voice", () => {
    player.trial?.stop();
    player.trial = trySound(settings, (text) => write(tried, text));
  });
  kept.onchange = () => status.replaceChildren(...bulleted([...wanting(kept, settings), ...kept.says()]));
  kept.onchange();
  return node(
    "section",
    { className: "start" },
    node("h3", {}, session.title),
    node("p", { className: "lead" }, session.lead),
    asked(safety, sure, player.again, player.take),
    ...unfinished(player, safety, begin, show),
    ...(safety.state === "no" ? [] : [sounds(settings, listen, tried), plannedSteps(session), node("div", { className: "buttons" }, start)]),
    status,
    player.notice,
  );
}

/** What a control is called: by this it is found again where the page was made anew. */
function nameOf(control) {
  return (control.labels?.[0] ?? control).textContent;
}

/** Whether it is safe comes first, and nothing starts without it. */
function asked({ state, says, reasons, link, instead = [] }, sure, again, take) {
  const way = link ? [node("a", { href: encodeURIComponent(link.notebook) }, link.title)] : [];
  const look = button("Look again", again);
  return node(
    "section",
    { className: `safety ${state}` },
    node("p", {}, says, ...(way.length ? [" ", ...way] : [])),
    ...(reasons.length ? [node("ul", {}, ...reasons.map((each) => node("li", {}, each)))] : []),
    ...(sure ? [sure.label] : []),
    ...(instead.length ? [node("p", { className: "instead" }, "Practise instead: ", ...instead.map(({ id, name }) => button(name, () => take(id))))] : []),
    node("p", {}, look),
  );
}

function agreement({ agree }) {
  if (!agree) return null;
  const input = node("input", { type: "checkbox" });
  return { input, label: node("label", { className: "agree" }, input, node("span", {}, agree)) };
}

function unfinished({ session, kept }, safety, begin, show) {
  return kept.running().map((record) => {
    const fresh = Date.now() - Date.parse(record.at) < FRESH;
    const same = fresh && record.key === session.key && safety.state !== "no";
    const end = button("End it and keep what was practised", () => {
      kept.over(record, false);
      show();
    });
    const go = button(`Go on at ${clockOf(record.position)}`, () => begin(record), "main");
    return node(
      "section",
      { className: "unfinished" },
      node("p", {}, `“${record.plan}”, begun ${moment(record.at)}, was not finished.`),
      node("div", { className: "buttons" }, ...(same ? [go] : []), end),
    );
  });
}

function plannedSteps({ steps }) {
  const rows = steps.map(({ start, name, side, passes }) => [clockOf(start), name, side, passes]);
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

const LACKS = {
  voice: "No voice here: what would be said stands on the screen.",
  english: "No English voice here: what would be said stands on the screen.",
  mute: "The voice does not answer: what would be said stands on the screen.",
  sound: "No sound here: the edge of the screen lights up instead.",
  stopped: "No sound: the system has stopped it. The time goes on, and the edge of the screen lights up.",
  wake: "The screen cannot be kept awake from here: set it so that it stays on.",
  storage: "This browser keeps nothing: leave the page open until it says “Kept”.",
  full: "Full screen is not allowed here; the page is filled instead.",
};
const MENDED = [LACKS.mute, LACKS.stopped, LACKS.sound, LACKS.wake];

/** A chime and a few words; `tell` hears what is missing, or else that it should have been heard. */
function trySound(settings, tell) {
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

// --- the stage -------------------------------------------------------------------------------------

/** The practice itself, in the top layer over everything; `left` is called when it has gone. */
function stage(player, record, left) {
  const { session, kept, settings, speed } = player;
  const dialog = node("dialog", { className: "mw mw-player-dialog" });
  const face = node("div", { className: "stage", tabIndex: -1 });
  dialog.setAttribute("aria-label", session.title);
  dialog.append(face);
  const sound = makeSound(settings);
  const voice = makeVoice(settings);
  const clock = makeClock({ audio: sound.time, steady: () => performance.now() / 1000, wall: () => Date.now() / 1000 });
  const troubles = node("div", { className: "troubles" });
  troubles.setAttribute("role", "status");
  const scene = runPage(player, troubles);
  let missing = "";
  let page = "run";
  let pressed = -BOUNCE;
  let stored = 0;

  const silence = () => {
    sound.silence();
    voice.silence();
  };
  /** All that the system may have taken away is asked for anew, by one press. */
  const mend = () => {
    sound.renew();
    voice.renew();
    awake.renew();
    scene.focus();
  };
  const store = () => kept.put(Object.assign(record, { position: Math.max(0, run.time()), done: run.done }));
  const run = conduct(
    session,
    clock,
    {
      beat: (_beat, at, strong) => sound.beat(at - clock.now(), speed, strong),
      cue: (cue, speaks) => {
        if (cue.sound) sound.chime(cue.sound);
        if (speaks) voice.say(cue.say);
        scene.tell(cue);
      },
      away: (minutes) => {
        silence();
        scene.note(`The page stood still for ${minutes} minutes, and the practice waited here.`);
        show();
      },
      over: () => end(true),
    },
    { from: record.position > 0 ? record.position : -session.ready - LEAD * speed, speed, done: record.done },
  );

  const show = () => {
    face.dataset.state = run.running ? "running" : "paused";
    scene.draw(run.time(), run.running);
  };
  const toggle = () => {
    if (page !== "run" || performance.now() - pressed < BOUNCE) return;
    pressed = performance.now();
    if (run.running) pause();
    else goOn();
  };
  const pause = () => {
    run.pause();
    silence();
    store();
    show();
    scene.focus();
  };
  const goOn = () => {
    sound.wake();
    scene.note("");
    run.goOn();
    show();
    scene.focus();
  };
  const back = () => {
    const { index, into } = positionAt(session, run.time());
    const to = into > AGAIN ? index : Math.max(0, index - 1);
    silence();
    run.goTo(session.steps[to].start);
    goOn();
  };
  const stop = () => {
    pause();
    turnTo("stop", stopPage(session, () => (turnTo("run", scene.node), goOn()), () => end(false)));
  };
  const end = (finished) => {
    run.pause();
    if (!finished) silence();
    store();
    beat.stop();
    awake.release();
    kept.over(record, finished);
    const after = afterPage(player, record, finished, close);
    turnTo("after", after);
  };
  const turnTo = (name, content) => {
    page = name;
    face.dataset.page = name;
    face.replaceChildren(content);
    face.scrollTop = 0;
    if (name === "run") return scene.focus();
    const title = content.querySelector("h2");
    title.tabIndex = -1;
    title.focus(); // on no button: a hand that still taps the space bar must not press it
  };
  const troublesNow = () => {
    const found = [
      ...[voice.lacks(), sound.lacks()].filter(Boolean),
      ...(awake.lacks() ? [LACKS.wake] : []),
      ...(kept.stores ? [] : [LACKS.storage]),
      ...(scene.full.refused ? [LACKS.full] : []),
    ];
    if (found.join() === missing) return;
    missing = found.join();
    const again = found.some((each) => MENDED.includes(each)) ? [button("Try again", mend, "small")] : [];
    troubles.replaceChildren(...bulleted(found), ...again);
  };

  scene.on({ toggle, back, stop, end: () => end(false), fullScreen: () => fullScreen(face, scene.full) });
  const awake = keepAwake();
  let ticked = performance.now();
  let blocked = 0;
  const beat = heartbeat(() => {
    const gap = (performance.now() - ticked) / 1000;
    ticked = performance.now();
    blocked = Math.max(gap, 0.98 * blocked); // half of it is forgotten within a second
    sound.look();
    voice.look();
    run.tick(document.hidden ? HIDDEN : Math.min(HIDDEN, Math.max(SOON, SLOWER * blocked)));
    if (run.running && performance.now() - stored > 1000) {
      stored = performance.now();
      store();
    }
    troublesNow();
  });
  let frame = 0;
  const paint = () => {
    if (page === "run") scene.draw(run.time(), run.running);
    frame = requestAnimationFrame(paint);
  };

  face.onclick = (event) => {
    if (!event.target.closest("button, input, label, fieldset, a, summary")) toggle();
  };
  // Heard before anybody else, wherever the focus is: JupyterLab's shortcuts stay out.
  const hear = (event) => {
    event.stopImmediatePropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      if (page === "run" && run.running) pause();
    } else if (event.key === " " && !event.target.closest("button, input, textarea, summary, a")) {
      event.preventDefault();
      if (!event.repeat) toggle();
    }
  };
  dialog.oncancel = (event) => event.preventDefault();
  const closed = () => dialog.isConnected && dialog.showModal();
  dialog.addEventListener("close", closed);
  const leaving = () => page !== "after" && store();
  window.addEventListener("pagehide", leaving);
  window.addEventListener("keydown", hear, true);

  const close = () => {
    if (page !== "after") {
      run.pause();
      store();
    }
    silence();
    beat.stop();
    awake.release();
    cancelAnimationFrame(frame);
    window.removeEventListener("pagehide", leaving);
    window.removeEventListener("keydown", hear, true);
    sound.close();
    dialog.removeEventListener("close", closed);
    dialog.remove();
    left();
  };

  document.body.append(dialog);
  dialog.showModal();
  turnTo("run", scene.node);
  if (record.position > 0) {
    scene.note("Tap anywhere when your hands are there again.");
    show();
  } else goOn();
  paint();
  return { close };
}

// --- the running page ------------------------------------------------------------------------------

function runPage({ session, pictures, settings }, troubles) {
  const words = {
    block: node("span", { className: "block" }),
    whole: node("span", { className: "whole" }),
    name: node("h2", {}),
    side: node("p", { className: "side" }),
    left: node("output", { className: "left" }),
    pass: node("p", { className: "pass" }),
    force: node("p", { className: "force" }),
    shut: node("p", { className: "shut" }),
    told: node("p", { className: "told" }),
    next: node("p", { className: "next" }),
    note: node("p", { className: "note" }),
    paused: node("p", { className: "paused" }, node("b", {}, "Paused"), " Tap anywhere to go on."),
  };
  words.left.setAttribute("aria-label", "Time left in this step");
  words.left.setAttribute("aria-live", "off");
  words.note.setAttribute("role", "status");
  const ring = makeRing();
  const bar = makeBar(session);
  const picture = makePicture(session, pictures);
  const edge = node("div", { className: "edge cue" });
  const pulse = node("div", { className: "edge beat" });
  const toggle = node("button", { type: "button", className: "big toggle" });
  const back = node("button", { type: "button", className: "big back" }, label("↶", "Back a step"));
  const stop = node("button", { type: "button", className: "big stop" }, node("span", { className: "label" }, node("i", {}), "Stop: something is wrong"));
  const end = node("button", { type: "button", className: "small end" }, "End here");
  const full = node("button", { type: "button", className: "small" }, "Full screen");
  const panel = node("details", { className: "panel" }, node("summary", { className: "small" }, "Sound"), sounds(settings));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const content = node(
    "div",
    { className: "run" },
    node("div", { className: "head" }, words.block, words.whole, troubles, node("div", { className: "tools" }, panel, full, end)),
    picture.node,
    node(
      "div",
      { className: "now" },
      words.name,
      words.side,
      node("div", { className: "timer" }, ring.node, words.left),
      words.note,
      words.paused,
      words.pass,
      words.force,
      words.shut,
      words.told,
      words.next,
    ),
    bar.node,
    node("div", { className: "big-buttons" }, toggle, back, stop),
    pulse,
    edge,
  );
  if (!document.fullscreenEnabled) full.hidden = true;
  let shown = "";
  let ran = null;

  const step = (phase, index) => {
    const one = session.steps[index];
    write(words.block, one.block);
    words.block.style.setProperty("--family", `var(--mw-${one.family})`);
    write(words.name, phase === "ready" ? "Get ready" : one.name);
    write(words.side, phase === "ready" ? `First: ${one.name}, ${one.side}` : one.side);
    write(words.shut, one.left_out);
    write(words.next, phase === "ready" ? "" : `Next: ${one.next}`);
    content.dataset.long = String(one.name.length > 20);
    picture.turnTo(index);
  };
  /** Say which pass it is and how firm the hands are where they are, before it where to be; return
   *  the seconds of the pass that the picture shows. */
  const within = (one, into) => {
    const now = passAt(one, into);
    const leg = legAt(one.tour, now.into);
    const place = one.lighter[leg.stroke];
    const force = `Force ${leg.force} of 10${place ? `, ${place}` : ""}`;
    write(words.pass, passWords(one, now));
    write(words.force, now.phase === "pass" ? force : one.stand);
    words.force.dataset.light = String(now.phase === "pass" && Boolean(place));
    return still ? leg.at : now.into; // without motion the hands go from stop to stop
  };
  return {
    node: content,
    full,
    focus: () => toggle.focus(),
    note: (text) => write(words.note, text),
    on({ toggle: act, back: goBack, stop: halt, end: finish, fullScreen: fill }) {
      Object.assign(toggle, { onclick: act });
      Object.assign(back, { onclick: goBack });
      Object.assign(stop, { onclick: halt });
      Object.assign(end, { onclick: finish });
      Object.assign(full, { onclick: fill });
    },
    tell(cue) {
      if (cue.say) write(words.told, cue.say);
      words.told.setAttribute("aria-live", settings.voice.on ? "off" : "polite");
      if (!settings.flash.on || still) return;
      edge.animate([{ opacity: cue.say ? 1 : 0.5 }, { opacity: 0 }], { duration: 900, easing: "ease-out" });
    },
    draw(time, running) {
      const { phase, index, into, left, share } = positionAt(session, time);
      if (shown !== `${phase} ${index}`) step(phase, index);
      shown = `${phase} ${index}`;
      if (ran !== running) {
        toggle.replaceChildren(running ? label("❚❚", "Pause") : label("▶", "Go on"));
        content.dataset.state = running ? "running" : "paused";
        end.hidden = running;
        ran = running;
      }
      write(words.left, clockOf(Math.ceil(left - 1e-6)));
      write(words.whole, `${clockOf(Math.max(0, time))} of ${clockOf(session.total)}`);
      const beat = settings.flash.on && running ? beatAt(session.beats, time) : null;
      ring.draw(share, beat, still);
      pulse.style.opacity = beat && !still ? Math.max(0, 0.6 - 2 * beat.since) : 0;
      bar.draw(time);
      const one = session.steps[index];
      picture.draw(within(one, phase === "step" ? into : 0));
    },
  };
}

/** What is to be done before the first pass, which pass it is, or that the hands rest. */
function passWords({ before, passes }, { phase, number }) {
  if (phase === "before") return before;
  if (phase === "rest") return "Rest your hands";
  if (number === passes && passes > 1) return `Pass ${number} of ${passes}, the last`;
  return `Pass ${number} of ${passes}`;
}

/** A ring that fills with the step; in it a mark that lights up with each beat. */
function makeRing() {
  const svg = svgNode("svg", { viewBox: "0 0 100 100", class: "ring", "aria-hidden": "true" });
  const full = svgNode("circle", { cx: 50, cy: 50, r: 42, class: "rest" });
  const done = svgNode("circle", { cx: 50, cy: 50, r: 42, class: "done", pathLength: 1, transform: "rotate(-90 50 50)" });
  const marks = [38, 62].map((cx) => svgNode("circle", { cx, cy: 50, r: 9, class: "beat" }));
  svg.append(full, done, ...marks);
  return {
    node: svg,
    draw(share, beat, still) {
      done.setAttribute("stroke-dasharray", `${share} 1`);
      marks.forEach((mark, i) => {
        const mine = beat && beat.number % 2 === i;
        // Without motion the marks change places at each beat, and nothing fades.
        const light = mine ? (still ? 1 : Math.max(0.2, 1 - beat.since / 0.35)) : 0.2;
        mark.style.opacity = beat ? light : 0;
      });
    },
  };
}

/** The session as its blocks, with what is done. */
function makeBar({ steps, total }) {
  const blocks = [];
  for (const { block, family, seconds } of steps) {
    if (blocks.at(-1)?.block === block) blocks.at(-1).seconds += seconds;
    else blocks.push({ block, family, seconds });
  }
  const parts = blocks.map(({ family, seconds }) => {
    const part = node("i", {});
    part.style.cssText = `flex: ${seconds}; --family: var(--mw-${family})`;
    return part;
  });
  const veil = node("b", {});
  const bar = node("div", { className: "bar" }, ...parts, veil);
  bar.setAttribute("role", "progressbar");
  bar.setAttribute("aria-label", "The session");
  bar.setAttribute("aria-valuemax", Math.round(total));
  let told = null;
  return {
    node: bar,
    draw(time) {
      const at = Math.max(0, Math.min(total, time));
      veil.style.left = `${(100 * at) / total}%`;
      if (told === Math.floor(at)) return;
      told = Math.floor(at);
      bar.setAttribute("aria-valuenow", told);
      bar.setAttribute("aria-valuetext", `${clockOf(at)} of ${clockOf(total)}`);
    },
  };
}

/** The strokes of the present step with the hands on them, the other side veiled. */
function makePicture({ steps, middle }, { maps, hands }) {
  const veil = svgNode("rect", { y: 0, height: "100%", class: "veil" });
  const plates = {
    map: plate(null, { className: "map", looks: MAP, height: "100%" }),
    hand: plate(null, { className: "hand", height: "100%" }),
  };
  let moving = null;
  let shown = {};
  return {
    node: node("div", { className: "picture" }, plates.map.host, plates.hand.host),
    turnTo(index) {
      const step = steps[index];
      if (shown.hand !== step.hand) plates.hand.draw(hands[step.hand]);
      if (shown.map !== step.map) plates.map.draw(maps[step.map]);
      shown = step;
      const svg = plates.map.picture();
      const { width } = svg.viewBox.baseVal;
      veil.setAttribute("x", step.works === "left" ? middle : 0);
      veil.setAttribute("width", step.works === "both" ? 0 : step.works === "left" ? width - middle : middle);
      moving?.remove();
      svg.append(veil);
      moving = makeHands(svg);
      moving.show(step.tour, 0);
    },
    draw: (into) => moving.show(shown.tour, into),
  };
}

const MAP = `
  .veil { fill: #101418; opacity: 0.66 }
`;

// --- something is wrong ----------------------------------------------------------------------------

function stopPage({ signs, number }, goOn, end) {
  const [urgent, others] = [true, false].map((each) => signs.filter(({ emergency }) => emergency === each));
  return node(
    "div",
    { className: "wrong" },
    node("h2", {}, "Hands off. What is it?"),
    node(
      "div",
      { className: "big-buttons" },
      button("It is all right, go on", goOn, "big"),
      button("End here", end, "big main"),
    ),
    node("section", { className: "urgent" }, node("h3", {}, number), signList(urgent)),
    node("section", {}, node("h3", {}, "Otherwise"), signList(others)),
  );
}

function signList(signs) {
  return node("dl", {}, ...signs.map((each) => node("div", {}, node("dt", {}, each.sign), node("dd", {}, each.do))));
}

// --- afterwards ------------------------------------------------------------------------------------

function afterPage({ session, kept }, record, finished, close) {
  const said = node("p", { className: "kept" });
  said.setAttribute("role", "status");
  const tell = () => write(said, kept.stateOf(record));
  kept.onstate = tell;
  const form = feelings(session, (feeling) => {
    kept.over(Object.assign(record, { feeling }), finished);
    tell();
  });
  tell();
  return node(
    "div",
    { className: "after" },
    node("h2", {}, finished ? "Hands rest" : "Ended here"),
    node("p", { className: "lead" }, session.rest),
    node("p", {}, `Practised: ${clockOf(secondsOf(record))} of ${clockOf(session.total)}.`),
    said,
    ...(secondsOf(record) > 0 ? [form] : []), // how it felt is kept with what was practised
    node(
      "details",
      {},
      node("summary", {}, "What to watch for in the next days"),
      signList(session.later),
    ),
    node("div", { className: "buttons" }, button("Done", close)),
  );
}

function feelings({ zones, asks }, keep) {
  const comfort = Array.from({ length: 11 }, (_, i) => {
    const input = node("input", { type: "radio", name: "comfort", value: i });
    return node("label", {}, input, node("span", {}, i));
  });
  const spots = zones.map(({ id, name }) => {
    const input = node("input", { type: "checkbox", name: "spot", value: id });
    return node("label", {}, input, node("span", {}, name));
  });
  const other = node("input", { type: "text", maxLength: 120 });
  const note = node("textarea", { maxLength: 500, rows: 2 });
  const form = node(
    "form",
    {},
    node("fieldset", { className: "comfort" }, node("legend", {}, asks.comfort), ...comfort),
    node(
      "fieldset",
      { className: "spots" },
      node("legend", {}, asks.spots),
      node("details", {}, node("summary", {}, "Mark places"), node("div", { className: "zones" }, ...spots)),
      node("label", { className: "line" }, node("span", {}, asks.other), other),
    ),
    node("label", { className: "line" }, node("span", {}, asks.note), note),
    node("div", { className: "buttons" }, node("button", { type: "submit", className: "main" }, "Keep this too")),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const said = other.value.trim();
    keep({
      comfort: data.has("comfort") ? Number(data.get("comfort")) : null,
      spots: [...data.getAll("spot"), ...(said ? [said] : [])],
      note: note.value.trim(),
    });
  };
  return form;
}

// --- what was practised, until the kernel has it ---------------------------------------------------

const PRACTICE = "massage-workbook.practice.";
const SETTINGS = "massage-workbook.player";
const storage = (() => {
  try {
    localStorage.setItem(`${SETTINGS}.try`, "1");
    localStorage.removeItem(`${SETTINGS}.try`);
    return localStorage;
  } catch {
    return null; // private mode, or storage that is full or shut
  }
})();

function newRecord({ key, title, total }) {
  return {
    id: `practice-${uuid()}`,
    at: new Date().toISOString(),
    key,
    plan: title,
    planned: total,
    position: 0,
    done: {},
    over: false,
    finished: false,
    feeling: null,
    revision: 0,
  };
}

const secondsOf = ({ done }) => Object.values(done).reduce((sum, seconds) => sum + tenths(seconds), 0);
const tenths = (seconds) => Math.round(10 * seconds) / 10;

/** What the kernel is told of a practice. */
function toldOf(record) {
  const { id, at, plan, planned, done, finished, feeling } = record;
  const techniques = Object.fromEntries(Object.entries(done).map(([name, seconds]) => [name, tenths(seconds)]));
  return { id, at, plan, planned, seconds: tenths(secondsOf(record)), techniques, finished, ...feeling };
}

/**
 * Practices go into the browser's storage and stay there until the kernel says that it has them.
 * Others may use the same browser: each learner has a place of their own, and without one nothing is
 * stored. What an earlier edition left there under no name at all is nobody's to be offered.
 */
function keeping(key, channel) {
  const mine = `${PRACTICE}${key}.`;
  const place = key ? storage : null;
  const states = new Map(); // id → what has become of it
  const memory = new Map(); // what no storage holds
  const told = new Map(); // id → what is said of it afterwards
  const self = { stores: Boolean(place), onchange: () => {}, onstate: () => {} };
  const nobodys = namesIn(storage, `${PRACTICE}practice-`);
  nobodys.forEach((name) => storage.removeItem(name));
  if (nobodys.length) told.set("nobody's", NOBODYS);

  const put = (record) => {
    try {
      if (!place) throw new Error("no storage");
      place.setItem(mine + record.id, JSON.stringify(record));
    } catch {
      memory.set(record.id, record);
    }
  };
  const forget = (id) => {
    place?.removeItem(mine + id);
    memory.delete(id);
  };
  const all = () => {
    const stored = namesIn(place, mine).map((name) => parsed(place.getItem(name))).filter(Boolean);
    return [...new Map([...stored.map((record) => [record.id, record]), ...memory]).values()];
  };
  const state = (id, name, words) => {
    states.set(id, { name, words });
    self.onstate();
    self.onchange();
  };
  const send = async (record) => {
    state(record.id, "sent", "");
    const { id, revision } = record;
    const wait = () => {
      if (states.get(id).name === "sent") state(id, "waiting", place ? WAITING : UNKEPT);
    };
    sent(id, await channel.ask({ do: "keep", practice: toldOf(record), revision }, wait));
  };
  const sent = (id, reply) => {
    const found = all().find((each) => each.id === id);
    if (!found) return;
    if (reply.kept !== undefined && reply.kept === found.revision) {
      forget(found.id);
      told.set(found.id, `Kept: “${found.plan}” of ${moment(found.at)}, ${clockOf(secondsOf(found))}.`);
      state(found.id, "kept", "Kept");
    } else if (reply.refused) {
      forget(found.id);
      told.set(found.id, reply.refused);
      state(found.id, "refused", reply.refused);
    } else if (reply.failed ?? reply.error) state(found.id, "failed", reply.failed ?? reply.error);
  };
  return Object.assign(self, {
    put,
    running: () => all().filter((record) => !record.over),
    over(record, finished) {
      if (secondsOf(record) === 0) return forget(record.id); // nothing was done
      Object.assign(record, { over: true, finished, revision: record.revision + 1 });
      put(record);
      send(record);
    },
    stateOf: ({ id }) => states.get(id)?.words || (states.has(id) ? "Keeping …" : "Nothing was practised, so nothing is kept."),
    says: () => [...told.values(), ...[...states.values()].filter(({ name }) => name === "waiting" || name === "failed").map(({ words }) => words)],
    sendAll: () => all().filter(({ over }) => over).forEach(send),
  });
}

const WAITING = "Kept in this browser for now. The lesson keeps it for good as soon as it is awake again.";
const UNKEPT = "Not kept yet: the lesson does not answer. Leave this page open and wake the lesson.";
const NOBODYS =
  "An earlier edition of the workbook had left a practice in this browser without saying whose it was. It has been removed, so that nobody else is shown it.";

function namesIn(place, beginning) {
  return place ? Object.keys(place).filter((name) => name.startsWith(beginning)) : [];
}

/** A practice as it was stored, or null for what is none. */
function parsed(text) {
  try {
    const record = JSON.parse(text);
    const whole = typeof record.id === "string" && typeof record.done === "object" && Number.isFinite(record.position);
    return whole ? record : null;
  } catch {
    return null;
  }
}

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// --- sound, voice, light ---------------------------------------------------------------------------

const SOUNDS = { voice: "Voice", chime: "Chimes", beat: "Beat" };
const DEFAULTS = {
  voice: { on: true, volume: 80 },
  chime: { on: true, volume: 60 },
  beat: { on: true, volume: 40 },
  flash: { on: true },
};

function remembered() {
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

function sounds(settings, ...more) {
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

/**
 * Beats and chimes by Web Audio; without a sound device all of it does nothing. `look` is called
 * often: it finds out whether the device runs.
 */
function makeSound(settings) {
  const waiting = new Set();
  let context = null;
  let watch = watchSound();
  let runs = true;
  let asked = 0;
  const seconds = () => performance.now() / 1000;
  const open = () => {
    try {
      context = new AudioContext({ latencyHint: "interactive" });
      hum();
    } catch {
      context = null; // no device, or none that may be used
    }
    [watch, runs] = [watchSound(), true];
  };
  /** Too low and too soft to be heard: it keeps a wireless speaker from falling asleep, which would
   *  swallow the next second of what is to be heard. */
  const hum = () => {
    const gain = new GainNode(context, { gain: 0.002 });
    const source = new OscillatorNode(context, { frequency: 40 });
    source.connect(gain).connect(context.destination);
    source.start();
  };
  const play = (at, frequency, seconds, volume) => {
    const source = tone(context, at, frequency, seconds, volume);
    waiting.add(source);
    source.onended = () => waiting.delete(source);
  };
  const heard = () => runs && context?.state === "running";
  const silence = () => {
    for (const source of waiting) source.stop();
    waiting.clear();
  };
  const close = () => {
    context?.close().catch(() => {});
    waiting.clear();
  };
  const resume = () => {
    asked = seconds();
    context?.resume().catch(() => {});
  };
  open();
  return {
    time: () => (heard() ? context.currentTime : null),
    look() {
      if (!context) return;
      const now = seconds();
      const before = runs;
      runs = watch(context.state, context.currentTime, now);
      if (before && !runs) silence(); // or all of it would be heard at once as the device goes on
      // It was interrupted, by a call for example, and may be resumed when that is over.
      if (context.state !== "running" && now - asked > RESUME) resume();
    },
    wake() {
      if (context && runs) return resume();
      this.renew();
    },
    renew() {
      if (context && runs) return;
      close();
      open();
      resume();
    },
    beat(after, speed, strong) {
      if (heard() && settings.beat.on && speed === 1) {
        const at = Math.max(context.currentTime, context.currentTime + after);
        play(at, strong ? 1320 : 980, 0.07, (0.5 * settings.beat.volume) / 100);
      }
    },
    chime(name) {
      if (!heard() || !settings.chime.on) return;
      const volume = (0.4 * settings.chime.volume) / 100;
      if (name === "soft") return play(context.currentTime, 520, 0.25, volume / 2);
      play(context.currentTime, 660, 1.2, volume);
      play(context.currentTime, 990, 0.9, volume / 2);
    },
    silence,
    lacks() {
      if (!context) return LACKS.sound;
      return runs ? null : LACKS.stopped;
    },
    close,
  };
}

/** The English voice there is, the British one first. */
function englishVoice() {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  const speaks = (voice, tongue) => voice.lang.toLowerCase().replace("_", "-").startsWith(tongue);
  return voices.find((voice) => speaks(voice, "en-gb")) ?? voices.find((voice) => speaks(voice, "en"));
}

/** Why nothing can be said, or null; a browser that lists no voices may have one all the same. */
function voiceLacks() {
  const synthesis = window.speechSynthesis;
  if (!synthesis) return LACKS.voice;
  return synthesis.getVoices().length && !englishVoice() ? LACKS.english : null;
}

/** What is said aloud. `look` is called often: it finds out whether the voice still answers. */
function makeVoice(settings) {
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
    words.onstart = ifLast(() => ((mute = false), watch.began(seconds())));
    words.onend = ifLast(() => ((mute = false), watch.ended()));
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
function heartbeat(act) {
  try {
    const address = URL.createObjectURL(new Blob([`setInterval(() => postMessage(0), ${TICK})`]));
    const worker = new Worker(address);
    URL.revokeObjectURL(address);
    worker.onmessage = act;
    let timer = null;
    worker.onerror = () => (timer = setInterval(act, TICK));
    return {
      stop() {
        worker.terminate();
        clearInterval(timer);
      },
    };
  } catch {
    const timer = setInterval(act, TICK);
    return { stop: () => clearInterval(timer) };
  }
}

/** The screen stays on while this is held; it is asked for again after the page was hidden. */
function keepAwake() {
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

async function fullScreen(face, control) {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await face.requestFullscreen();
    control.refused = false;
  } catch {
    control.refused = true;
  }
}

// --- parts -----------------------------------------------------------------------------------------

function clockOf(seconds) {
  const whole = Math.floor(seconds + 1e-6);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function moment(text) {
  return new Date(text).toLocaleString("en-GB", { weekday: "long", hour: "2-digit", minute: "2-digit" });
}

function label(sign, text) {
  const shown = node("span", {}, sign);
  shown.setAttribute("aria-hidden", "true");
  return node("span", { className: "label" }, shown, ` ${text}`);
}

function bulleted(texts) {
  return texts.length ? [list(texts)] : [];
}

export default widget("mw-player", render);
