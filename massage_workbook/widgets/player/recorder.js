// What was practised, in the browser until the kernel has it.

import { clock } from "../shared/clock.js";
import { storage } from "./settings.js";
import { moment } from "./words.js";

const PRACTICE = "massage-workbook.practice.";

export function newRecord({ key, title, total }) {
  return {
    id: `practice-${uuid()}`,
    at: new Date().toISOString(),
    key,
    plan: title,
    planned: total,
    position: 0,
    done: {},
    longer: [], // the number of a step each time that it was given one more pass
    skipped: [], // the numbers of steps that were not done to their end
    over: false,
    finished: false,
    feeling: null,
    revision: 0,
  };
}

export const secondsOf = ({ done }) => Object.values(done).reduce((sum, seconds) => sum + tenths(seconds), 0);
const tenths = (seconds) => Math.round(10 * seconds) / 10;

/** What the kernel is told of a practice. */
function toldOf(record) {
  const { id, at, plan, planned, done, finished, feeling } = record;
  const techniques = Object.fromEntries(Object.entries(done).map(([name, seconds]) => [name, tenths(seconds)]));
  return { id, at, plan, planned, seconds: tenths(secondsOf(record)), techniques, finished, ...feeling };
}

/**
 * Practices go into the browser's storage and stay there until the kernel says that it has them.
 * Others may use the same browser: each learner has a place of their own, by `key`, and without one
 * nothing is stored.
 */
export function keeping(key, channel) {
  const records = makeRecords(key);
  const states = new Map(); // id → what has become of it
  const told = new Map(); // id → what is said of it afterwards
  let next = null; // the step that Python offers once a practice is kept
  const self = { stores: records.stores, onchange: () => {}, onstate: () => {} };
  if (removeNobodys()) told.set("nobody's", NOBODYS);
  const state = (id, name, words) => {
    states.set(id, { name, words });
    self.onstate();
    self.onchange();
  };
  const send = async (record) => {
    const { id, revision } = record;
    state(id, "sent", "");
    const wait = () => {
      if (states.get(id).name === "sent") state(id, "waiting", records.stores ? WAITING : UNKEPT);
    };
    took(id, await channel.ask({ do: "keep", practice: toldOf(record), revision }, wait));
  };
  const took = (id, { kept, refused, failed, error, next: offered }) => {
    next = offered ?? next;
    const found = records.all().find((each) => each.id === id);
    if (!found) return;
    const done = (name, says, words) => {
      records.forget(id);
      told.set(id, says);
      state(id, name, words);
    };
    if (kept === found.revision) done("kept", keptWords(found), "Kept");
    else if (refused) done("refused", refused, refused);
    else if (failed ?? error) state(id, "failed", failed ?? error);
  };
  const open = () => [...states.values()].filter(({ name }) => name === "waiting" || name === "failed");
  return Object.assign(self, {
    put: records.put,
    running: () => records.all().filter((record) => !record.over),
    over(record, finished) {
      if (secondsOf(record) === 0) return records.forget(record.id); // nothing was done
      finished &&= record.skipped.length === 0;
      Object.assign(record, { over: true, finished, revision: record.revision + 1 });
      records.put(record);
      send(record);
    },
    stateOf: ({ id }) => states.get(id)?.words || (states.has(id) ? "Keeping …" : "Nothing was practised, so nothing is kept."),
    nextStep: () => next,
    says: () => [...told.values(), ...open().map(({ words }) => words)],
    sendAll: () => records.all().filter(({ over }) => over).forEach(send),
  });
}

/** The records of one learner: in the browser's storage, or in memory where that takes none. */
function makeRecords(key) {
  const mine = `${PRACTICE}${key}.`;
  const place = key ? storage : null;
  const memory = new Map();
  return {
    stores: Boolean(place),
    put(record) {
      try {
        if (!place) throw new Error("no storage");
        place.setItem(mine + record.id, JSON.stringify(record));
      } catch {
        memory.set(record.id, record);
      }
    },
    forget(id) {
      place?.removeItem(mine + id);
      memory.delete(id);
    },
    all() {
      const stored = namesIn(place, mine).map((name) => parsed(place?.getItem(name))).filter(Boolean);
      return [...stored.filter(({ id }) => !memory.has(id)), ...memory.values()];
    },
  };
}

/** Remove what an earlier edition stored under no learner's name: it is nobody's to be offered. */
function removeNobodys() {
  const names = namesIn(storage, `${PRACTICE}practice-`);
  for (const name of names) storage?.removeItem(name);
  return names.length > 0;
}

function keptWords(record) {
  return `Kept: “${record.plan}” of ${moment(record.at)}, ${clock(secondsOf(record))}.`;
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
    return whole ? { longer: [], skipped: [], ...record } : null;
  } catch {
    return null;
  }
}

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
