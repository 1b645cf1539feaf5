// The host of a lesson's widgets on a page without Jupyter. They show at once what the page brings;
// Python then says what holds for this learner, and from that moment takes answers.

import backMap from "../widgets/back_map.js";
import claims from "../widgets/claims.js";
import classExport from "../widgets/class_export.js";
import disagreements from "../widgets/disagreements.js";
import exam from "../widgets/exam.js";
import glossary from "../widgets/glossary.js";
import lessons from "../widgets/lessons.js";
import picture from "../widgets/picture.js";
import planner from "../widgets/planner.js";
import player from "../widgets/player.js";
import progress from "../widgets/progress.js";
import quiz from "../widgets/quiz.js";
import rules from "../widgets/rules.js";
import screening from "../widgets/screening_form.js";
import { button, node, status } from "../widgets/shared/elements.js";
import { followSystemColours, makeHost } from "../widgets/shared/host.js";
import stopSigns from "../widgets/stop_signs.js";
import technique from "../widgets/technique.js";
import tempo from "../widgets/tempo.js";
import topics from "../widgets/topics.js";
import wholeBack from "../widgets/whole_back.js";
import { answersKept } from "./answers.js";
import { followLessons } from "./lessons.js";
import { makePictures } from "./pictures.js";
import { makePython } from "./python.js";

/** Widgets that need no Python: what they show is the same for everybody. */
const STATIC = {
  "back_map.js": backMap,
  "claims.js": claims,
  "glossary.js": glossary,
  "picture.js": picture,
  "rules.js": rules,
  "stop_signs.js": stopSigns,
};
/** What shows whole before Python comes, which then adds what today's screening leaves out. */
const FOLLOWING = {
  "technique.js": technique,
};
/** What takes nothing before Python has come. */
const LIVING = {
  "class_export.js": classExport,
  "disagreements.js": disagreements,
  "exam.js": exam,
  "lessons.js": lessons,
  "planner.js": planner,
  "player.js": player,
  "progress.js": progress,
  "quiz.js": quiz,
  "screening_form.js": screening,
  "tempo.js": tempo,
  "topics.js": topics,
  "whole_back.js": wholeBack,
};
const WIDGETS = { ...STATIC, ...FOLLOWING, ...LIVING };
const SILENT = { text: "Python in this page is busy or has stopped.", label: "Reload the page", restart: () => location.reload() };
const NEAR = "1200px"; // of what comes into sight, Python is started for

async function start() {
  document.documentElement.dataset.heartbeat = "heartbeat.js";
  followSystemColours();
  const edition = await (await fetch("edition.json")).json();
  const line = status("p", "python");
  document.body.append(line);
  const app = { edition, pictures: makePictures(), python: makePython(edition.drawn, line), hosts: new Map() };
  const answers = answersKept(app.python, refresh);
  let leave = () => {};
  followLessons(edition.pages, async () => {
    leave();
    leave = await show(app, answers);
  });
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  document.addEventListener("mw-restart", (event) => Object.assign(/** @type {CustomEvent} */ (event).detail, SILENT));
}

/** Every widget asks anew what holds by now. */
function refresh() {
  for (const each of document.querySelectorAll("main .mw")) each.dispatchEvent(new Event("mw-refresh"));
}

/** Show the widgets of the lesson that the page holds; returns what ends them. */
async function show(app, answers) {
  document.getElementById("asleep")?.remove();
  const { page, calls } = JSON.parse(document.getElementById("lesson")?.textContent ?? "{}");
  const ends = [];
  const living = [];
  for (const [i, { call, classes, widgets }] of calls.entries()) {
    const place = /** @type {HTMLElement} */ (document.getElementById(`call-${i}`));
    const name = `${page}/${i}`;
    const made = promised(); // once Python has made the widgets
    if (classes.length) place.classList.add("widget-box", ...classes);
    const states = await Promise.all(widgets.map(({ state }) => app.pictures.put(state)));
    for (const [number, { script }] of widgets.entries()) {
      const el = node("div", { className: "widget", inert: script in LIVING });
      place.append(el);
      const host = makeHost(states[number], (message) => carryOut(app, made.promise, `${name}/${number}`, message));
      app.hosts.set(`${name}/${number}`, host);
      ends.push(await WIDGETS[script].render({ model: host, el }));
    }
    if (!widgets.every(({ script }) => script in STATIC)) living.push({ name, call, place, made });
  }
  living.sort((one, other) => asleep(other.place).length - asleep(one.place).length); // those first that wait for Python
  document.querySelector("main")?.append(answers);
  const watch = whenNear(living, () => open(app, living));
  return () => {
    watch.disconnect();
    for (const end of ends) end();
    for (const name of [...app.hosts.keys()]) app.hosts.delete(name);
    app.python.forget(page);
  };
}

function whenNear(living, act) {
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((each) => each.isIntersecting)) return;
    watch.disconnect();
    act();
  }, { rootMargin: NEAR });
  for (const { place } of living) watch.observe(place);
  return watch;
}

const asleep = (place) => place.querySelectorAll(".widget[inert]");

/** Let Python make the widgets of these calls, one after the other, and take what they are sent. */
async function open(app, living) {
  for (const { name, call, place, made } of living) {
    const result = await app.python.ask("open_call", name, JSON.stringify(call));
    if (result) {
      await spread(app, result.changed);
      for (const each of asleep(place)) each.inert = false;
      made.resolve();
    } else place.before(notMade(place));
  }
}

/** What stands at widgets that Python could not make. */
function notMade(place) {
  const says = asleep(place).length ? "This takes no answers, since Python could not make it. " : "What today's screening leaves out is missing here, since Python could not make it. ";
  const notice = node("p", { className: "notice" }, says, button("Reload the page", () => location.reload()));
  notice.setAttribute("role", "alert");
  return node("div", { className: "mw" }, notice);
}

/** A promise, and what resolves it. */
function promised() {
  let resolve = () => {};
  const promise = new Promise((act) => {
    resolve = () => act(undefined);
  });
  return { promise, resolve };
}

async function carryOut(app, made, place, message) {
  if (message.do === "layers") return { reply: await app.pictures.put({ svg: app.edition.layers }) };
  await made;
  const result = await app.python.ask("receive", place, JSON.stringify(message));
  if (!result) return new Promise(() => {}); // no reply ever comes, which the widget says
  await spread(app, result.changed);
  return { reply: result.reply, buffers: result.buffers.map(bytesOf) };
}

/** Give each widget what has changed of it. */
async function spread({ hosts, pictures }, changed) {
  for (const [place, traits] of Object.entries(changed)) {
    const host = hosts.get(place);
    if (!host) continue; // its lesson was left meanwhile
    const now = await pictures.put(traits);
    const differs = ([trait, value]) => JSON.stringify(value) !== JSON.stringify(host.get(trait));
    host.change(Object.fromEntries(Object.entries(now).filter(differs)));
  }
}

function bytesOf(text) {
  return Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
}

start();
