// Practice records, kept in the browser until Python has saved them.

import { clock } from "../shared/clock.js";
import { MISSING } from "./missing.js";
import { formatMoment } from "./parts.js";
import { storage } from "./settings.js";

const PREFIX = "massage-workbook.practice.";

/** A record of a practice that begins now; its fields are what browsers have stored. */
export function newRecord({ key, title, total }) {
  return {
    id: `practice-${uuid()}`,
    at: new Date().toISOString(),
    key, // of the session
    plan: title,
    planned: total,
    position: 0,
    done: {}, // seconds by technique
    longer: [], // the index of a step for each pass that was added
    skipped: [], // the indices of steps that were left before their end
    over: false,
    finished: false,
    feeling: null, // comfort, spots and note
    revision: 0,
  };
}

export const secondsOf = ({ done }) => Object.values(done).reduce((sum, seconds) => sum + tenths(seconds), 0);
const tenths = (seconds) => Math.round(10 * seconds) / 10;

/** A record as Python takes it (`Record` of `store/practices.py`). */
function toPractice(record) {
  const { id, at, plan, planned, done, finished, feeling } = record;
  const techniques = Object.fromEntries(Object.entries(done).map(([name, seconds]) => [name, tenths(seconds)]));
  return { id, at, plan, planned, seconds: tenths(secondsOf(record)), techniques, finished, ...feeling };
}

/**
 * Stores records and sends them to Python. Several learners may use the same browser: `storageKey` is
 * the learner's own, and without one nothing is stored. `onChange` is called when a status changes.
 */
export class Recorder {
  onChange = () => {};
  nextStep = null; // what Python suggests after a practice
  #channel;
  #records;
  #statuses = new Map(); // { text, message } by id

  constructor(storageKey, channel) {
    this.#channel = channel;
    this.#records = makeRecords(storageKey);
    if (removeUnowned()) this.#setStatus("unowned", UNOWNED);
  }

  missing() {
    return this.#records.isStored ? null : MISSING.storage;
  }

  put(record) {
    this.#records.put(record);
  }

  unfinished() {
    return this.#records.all().filter((record) => !record.over);
  }

  /** Send a record to Python, also again with more in it; `isComplete` if its session came to its end. */
  finish(record, isComplete) {
    if (secondsOf(record) === 0) return this.#records.remove(record.id);
    const finished = isComplete && record.skipped.length === 0;
    Object.assign(record, { over: true, finished, revision: record.revision + 1 });
    this.put(record);
    this.#send(record);
  }

  /** Send what an earlier visit could not. */
  sendAll() {
    for (const record of this.#records.all()) if (record.over) this.#send(record);
  }

  statusOf({ id }) {
    return this.#statuses.get(id)?.text ?? "Nothing was practised, so nothing is saved.";
  }

  /** What became of all records. */
  messages() {
    return [...this.#statuses.values()].map(({ message }) => message).filter(Boolean);
  }

  async #send(record) {
    const { id, revision } = record;
    const onTimeout = () => this.#setStatus(id, this.missing() ? UNSAVED : STORED);
    this.#setStatus(id, "Saving …", "");
    this.#receive(id, await this.#channel.ask({ do: "save", practice: toPractice(record), revision }, onTimeout));
  }

  #receive(id, { saved, refused, failed, error, next }) {
    this.nextStep = next ?? this.nextStep;
    const record = this.#records.all().find((each) => each.id === id);
    if (!record) return;
    const isSaved = saved === record.revision;
    if (isSaved || refused) this.#records.remove(id);
    if (isSaved) this.#setStatus(id, "Saved", savedMessage(record));
    else if (refused ?? failed ?? error) this.#setStatus(id, refused ?? failed ?? error);
  }

  #setStatus(id, text, message = text) {
    this.#statuses.set(id, { text, message });
    this.onChange();
  }
}

/** The records of one learner, in the browser's storage, or in memory if that is not available. */
function makeRecords(storageKey) {
  const prefix = `${PREFIX}${storageKey}.`;
  const place = storageKey ? storage : null;
  const memory = new Map();
  return {
    isStored: Boolean(place),
    put(record) {
      try {
        if (!place) throw new Error("no storage");
        place.setItem(prefix + record.id, JSON.stringify(record));
      } catch {
        memory.set(record.id, record);
      }
    },
    remove(id) {
      place?.removeItem(prefix + id);
      memory.delete(id);
    },
    all() {
      const stored = keysWith(prefix, place).map((key) => parsed(place?.getItem(key))).filter(Boolean);
      return [...stored.filter(({ id }) => !memory.has(id)), ...memory.values()];
    },
  };
}

/** Remove what an earlier edition stored without an owner: another learner must not be offered it. */
function removeUnowned() {
  const keys = keysWith(`${PREFIX}practice-`, storage);
  for (const key of keys) storage?.removeItem(key);
  return keys.length > 0;
}

function savedMessage(record) {
  return `Saved: “${record.plan}” of ${formatMoment(record.at)}, ${clock(secondsOf(record))}.`;
}

const STORED = "Stored in this browser for now. It is saved as soon as the lesson runs again.";
const UNSAVED = "Not saved yet: the lesson does not answer. Leave this page open and start the lesson again.";
const UNOWNED =
  "An earlier edition of the workbook stored a practice in this browser without its owner. It has been removed, so that no other learner sees it.";

function keysWith(prefix, place) {
  return place ? Object.keys(place).filter((key) => key.startsWith(prefix)) : [];
}

/** A stored record, or null if it is invalid. */
function parsed(text) {
  try {
    const record = JSON.parse(text);
    const isValid = typeof record.id === "string" && typeof record.done === "object" && Number.isFinite(record.position);
    return isValid ? { longer: [], skipped: [], ...record } : null;
  } catch {
    return null;
  }
}

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
