// The stage: a practice in the top layer over everything, until it is closed.

import { clock as inMinutes } from "../shared/clock.js";
import { button, node, status } from "../shared/elements.js";
import { frames } from "../shared/frames.js";
import { afterPage, stopPage } from "./afterwards.js";
import { runPage } from "./scene.js";
import { fullScreen, heartbeat, keepAwake, LEAD, makeSound, makeVoice } from "./sound.js";
import { conduct, lengthened, makeClock, mayLengthen, passAt, positionAt } from "./timing.js";
import { bulleted, LACKS, MENDED } from "./words.js";

const SOON = 0.12; // seconds that beats are given to the sound device ahead of their time
const HIDDEN = 2.5; // the same while the page is hidden, for its timer may be slow then
const SLOWER = 2; // times as far ahead as the page was blocked just now
const AGAIN = 5; // seconds into a step after which "back" leads to its own beginning
const BOUNCE = 300; // milliseconds within which a second tap is the same oily hand
const KEYS = { ArrowLeft: "back", ArrowRight: "skip", "+": "longer", "=": "longer", s: "stop", S: "stop" };

/** Carry out a practice from where its record is; `left` is called when the stage has gone. */
export function stage(player, record, left) {
  const { kept, settings, speed } = player;
  const session = record.longer.reduce((whole, index) => lengthened(whole, index), player.session);
  const devices = { sound: makeSound(settings), voice: makeVoice(settings), awake: keepAwake() };
  const { sound, voice } = devices;
  const isHeard = () => settings.voice.on && !voice.lacks();
  const clock = makeClock({ audio: sound.time, steady: () => performance.now() / 1000, wall: () => Date.now() / 1000 });
  const dialog = openDialog(session.title, () => acts);
  const troubles = makeTroubles(devices, player, () => scene);
  const scene = runPage(player, troubles.node);
  const on = {
    beat: (_beat, at, strong) => sound.beat(at - clock.now(), speed, strong),
    cue: (cue, speaks) => {
      if (cue.sound) sound.chime(cue.sound);
      if (speaks) voice.say(cue.say);
      scene.tell(cue, isHeard());
    },
    away: (minutes) => acts.wasAway(minutes),
    over: () => acts.end(true),
  };
  const from = record.position > 0 ? record.position : -session.ready - LEAD * speed;
  const run = conduct(session, clock, on, { from, speed, done: record.done });
  const store = () => kept.put(Object.assign(record, { position: Math.max(0, run.time()), done: run.done }));
  const acts = makeActs({ player, record, run, scene, devices, isHeard, face: dialog.face, store, finished: () => beat.stop(), close: () => close() });
  const beat = keepGoing({ run, devices, store, troubles });
  const painting = frames(() => acts.isRunning() && scene.draw(run.session, run.time(), run.running));
  const leaving = () => acts.isOver() || store();
  const mayLeave = (event) => acts.isOver() || event.preventDefault();
  const close = () => {
    if (!acts.isOver()) {
      run.pause();
      store();
    }
    hush(devices);
    beat.stop();
    devices.awake.release();
    painting.stop();
    window.removeEventListener("pagehide", leaving);
    window.removeEventListener("beforeunload", mayLeave);
    sound.close();
    dialog.close();
    left();
  };
  window.addEventListener("pagehide", leaving);
  window.addEventListener("beforeunload", mayLeave);
  scene.on({ ...acts, end: () => acts.end(false), full: () => fullScreen(dialog.face, scene.full) });
  acts.begin();
  painting.start();
  return { close };
}

/** What a practice does on its stage; `face` shows one of its pages, which `page()` names. */
function makeMoves({ player, record, run, scene, devices, face, store, finished, close }) {
  let page = "run";
  const moves = {
    page: () => page,
    silence: () => hush(devices),
    show() {
      face.dataset.state = run.running ? "running" : "paused";
      scene.draw(run.session, run.time(), run.running);
    },
    turnTo(name, content) {
      page = name;
      turn(face, name, content);
      if (name === "run") scene.focus();
    },
    pause() {
      run.pause();
      moves.silence();
      store();
      moves.show();
      scene.focus();
    },
    goOn() {
      devices.sound.wake();
      scene.note("");
      run.goOn();
      moves.show();
      scene.focus();
    },
    end(whole) {
      run.pause();
      if (!whole) moves.silence();
      store();
      finished();
      devices.awake.release();
      player.kept.over(record, whole);
      moves.turnTo("after", afterPage({ ...player, session: run.session }, record, whole, close));
    },
  };
  return moves;
}

/** What the learner, or the time, makes of a practice. */
function makeActs(practice) {
  const { player, record, run, scene } = practice;
  const moves = makeMoves(practice);
  const goOnAgain = () => {
    moves.turnTo("run", scene.node);
    moves.goOn();
  };
  return {
    isRunning: () => moves.page() === "run",
    isOver: () => moves.page() === "after",
    end: moves.end,
    ...makeLeaps(practice, moves),
    begin() {
      if (record.position === 0) return goOnAgain();
      moves.turnTo("run", scene.node);
      moves.show();
      scene.note("Tap anywhere when your hands are there again.");
    },
    toggle: once(() => {
      if (moves.page() !== "run") return;
      if (run.running) moves.pause();
      else moves.goOn();
    }),
    stop() {
      moves.pause();
      moves.turnTo("stop", stopPage(player.session, goOnAgain, () => moves.end(false)));
    },
    wasAway(minutes) {
      moves.silence();
      scene.note(`The page stood still for ${minutes} minutes, and the practice waited here.`);
      moves.show();
    },
    escape() {
      if (moves.page() === "run" && run.running) moves.pause();
    },
  };
}

/** To other steps, and longer in the present one; the record says what was left out, and how often. */
function makeLeaps({ record, run, scene, devices, isHeard, store }, moves) {
  const leap = (time) => {
    moves.silence();
    run.goTo(time);
    moves.goOn();
    const step = run.session.steps.find(({ start }) => start === time);
    const said = run.session.cues.some(({ at, kind, say }) => at === time && kind === "begin" && say);
    if (!step || said) return;
    devices.voice.say(step.said); // it was to be announced with the step before
    scene.tell({ say: step.said }, isHeard());
  };
  return {
    back: once(() => {
      const index = before(run.session, run.time());
      record.skipped = record.skipped.filter((each) => each < index);
      leap(run.session.steps[index].start);
    }),
    skip: once(() => {
      const { steps, total } = run.session;
      const { phase, index, into } = positionAt(run.session, run.time());
      if (phase === "ready") return leap(0);
      if (passAt(steps[index], into).phase !== "rest") record.skipped.push(index);
      leap(steps[index + 1]?.start ?? total);
    }),
    longer: once(() => {
      const { phase, index } = positionAt(run.session, run.time());
      if (phase !== "step" || !mayLengthen(run.session, index)) return;
      const { total } = run.lengthen(index);
      record.longer.push(index);
      store();
      moves.show();
      scene.note(`Once more. The practice now ends at ${inMinutes(total)}.`);
    }),
  };
}

/** Do something once, however often an oily hand bounces. */
function once(act) {
  let doneAt = -BOUNCE;
  return () => {
    if (performance.now() - doneAt < BOUNCE) return;
    doneAt = performance.now();
    act();
  };
}

/** The step to which "back" leads: the present one, at its beginning the one before. */
function before(session, time) {
  const { index, into } = positionAt(session, time);
  return into > AGAIN ? index : Math.max(0, index - 1);
}

/** Show one of the stage's pages. */
function turn(face, name, content) {
  face.dataset.page = name;
  face.replaceChildren(content);
  face.scrollTop = 0;
  const title = name === "run" ? null : content.querySelector("h2");
  if (!title) return;
  title.tabIndex = -1;
  title.focus(); // on no button: a hand that still taps the space bar must not press it
}

function hush({ sound, voice }) {
  sound.silence();
  voice.silence();
}

/** The dialog over everything; keys and taps make of the practice what `acts()` can do with it. */
function openDialog(title, acts) {
  const face = node("div", { className: "stage", tabIndex: -1 });
  const dialog = node("dialog", { className: "mw mw-player-dialog", ariaLabel: title }, face);
  face.onclick = (event) => {
    if (!event.target.closest("button, input, label, fieldset, a, summary")) acts().toggle();
  };
  // Heard before anybody else, wherever the focus is: JupyterLab's shortcuts stay out.
  const hear = (event) => {
    event.stopImmediatePropagation();
    const act = event.ctrlKey || event.metaKey || event.altKey ? null : KEYS[event.key];
    if (event.key === "Escape") {
      event.preventDefault();
      acts().escape();
    } else if (act && acts().isRunning() && !event.repeat && !event.target.closest("input")) {
      acts()[act]();
    } else if (event.key === " " && !event.target.closest("button, input, textarea, summary, a")) {
      event.preventDefault();
      if (!event.repeat) acts().toggle();
    }
  };
  const closed = () => dialog.isConnected && dialog.showModal();
  dialog.oncancel = (event) => event.preventDefault();
  dialog.addEventListener("close", closed);
  window.addEventListener("keydown", hear, true);
  document.body.append(dialog);
  dialog.showModal();
  return {
    face,
    close() {
      window.removeEventListener("keydown", hear, true);
      dialog.removeEventListener("close", closed);
      dialog.remove();
    },
  };
}

/** What the computer lacks just now, and a button that asks anew for all it may have taken away. */
function makeTroubles({ sound, voice, awake }, { kept }, scene) {
  const place = status("div", "troubles");
  let missing = "";
  const mend = () => {
    for (const each of [sound, voice, awake]) each.renew();
    scene().focus();
  };
  return {
    node: place,
    look() {
      const found = [
        ...[voice.lacks(), sound.lacks()].filter(Boolean),
        ...(awake.lacks() ? [LACKS.wake] : []),
        ...(kept.stores ? [] : [LACKS.storage]),
        ...(scene().full.refused ? [LACKS.full] : []),
      ];
      if (found.join() === missing) return;
      missing = found.join();
      const again = found.some((each) => MENDED.includes(each)) ? [button("Try again", mend, "small")] : [];
      place.replaceChildren(...bulleted(found), ...again);
    },
  };
}

/** Look after everything many times a second, also while the page is hidden; returns what stops it. */
function keepGoing({ run, devices: { sound, voice }, store, troubles }) {
  let ticked = performance.now();
  let blocked = 0;
  let stored = 0;
  return heartbeat(() => {
    const now = performance.now();
    blocked = Math.max((now - ticked) / 1000, 0.98 * blocked); // half of it is forgotten within a second
    ticked = now;
    sound.look();
    voice.look();
    run.tick(document.hidden ? HIDDEN : Math.min(HIDDEN, Math.max(SOON, SLOWER * blocked)));
    if (run.running && now - stored > 1000) {
      stored = now;
      store();
    }
    troubles.look();
  });
}
