import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { connect, followIdle, oneAtATime, TIMEOUT } from "../../massage_workbook/widgets/shared/channel.js";

/** As much of a page as a channel needs: elements that hold their children. */
class Element extends EventTarget {
  children = [];
  append(...children) {
    this.children.push(...children);
  }
  replaceChildren(...children) {
    this.children = children;
  }
  setAttribute() {}
  get text() {
    return this.children.map((each) => each.text ?? each).join("");
  }
}

/** A host that keeps what it is sent; `reply` answers one of its messages. */
function host() {
  const listeners = new Set();
  const sent = [];
  const reply = async (number, content = {}) => {
    for (const each of listeners) each({ reply: sent[number].id, ...content }, []);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { sent, reply, listeners, send: (message) => sent.push(message), on: (_, each) => listeners.add(each), off: (_, each) => listeners.delete(each) };
}

beforeEach(() => {
  globalThis.document = { createElement: () => new Element() };
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

test("each request gets its own reply, and is no longer waited for once a later one has come", async () => {
  const there = host();
  const channel = connect(there, new Element());
  const all = ["a", "b", "c"].map((what) => channel.request({ do: what }));
  await there.reply(0, { says: "a" });
  assert.ok(!channel.isIdle());
  await there.reply(2, { says: "c" });
  assert.deepEqual((await Promise.all(all)).map(({ says }) => says), ["a", undefined, "c"]);
  assert.ok(channel.isIdle());
});

test("traits are shown at once, then when no request is open", async () => {
  const there = host();
  const channel = connect(there, new Element());
  let shown = 0;
  let change = null;
  const model = { on: (_, listener) => (change = listener), off: () => {} };
  followIdle(model, channel, ["page"], () => (shown += 1));
  assert.equal(shown, 1);
  channel.request({ do: "a" });
  channel.request({ do: "b" });
  change();
  await there.reply(0);
  assert.equal(shown, 1);
  await there.reply(1);
  assert.equal(shown, 2);
  change();
  assert.equal(shown, 3);
});

test("a drag of which only the end is sent can be undone, and one that goes on is one with its beginning", async () => {
  const there = host();
  const line = oneAtATime(connect(there, new Element()), () => {});
  const set = (seconds, dragging) => line.request({ do: "set", block: "kneading", seconds, dragging });
  line.request({ do: "undo" });
  set(1, false);
  set(2, true);
  await there.reply(0);
  set(3, true);
  set(4, true);
  await there.reply(1);
  assert.deepEqual(there.sent.slice(1).map(({ seconds, dragging }) => [seconds, dragging]), [[2, false], [4, true]]);
});

test("a request without a reply is reported until a late reply comes", async () => {
  const there = host();
  const channel = connect(there, new Element(), "Nothing was saved.");
  channel.request({ do: "check" });
  mock.timers.tick(TIMEOUT - 1);
  assert.equal(channel.notice.text, "");
  mock.timers.tick(1);
  assert.match(channel.notice.text, /Nothing was saved\. .*not running.*Kernel, then Restart/);
  await there.reply(0);
  assert.equal(channel.notice.text, "");
});

test("where the kernel can be restarted there is a button for it", () => {
  const el = new Element();
  const restart = () => {};
  el.addEventListener("mw-restart", ({ detail }) => (detail.restart = restart));
  const channel = connect(host(), el);
  channel.request({ do: "check" });
  mock.timers.tick(TIMEOUT);
  const [notice] = channel.notice.children;
  assert.equal(notice.children.at(-1).onclick, restart);
});

test("an error in a reply is shown, and a lost host counts as no reply", async () => {
  const there = host();
  const channel = connect(there, new Element());
  const asked = channel.request({ do: "check" });
  await there.reply(0, { error: "The page sent something else." });
  await asked;
  assert.equal(channel.notice.text, "The page sent something else.");
  there.send = () => {
    throw new Error("closed");
  };
  channel.request({ do: "check" });
  mock.timers.tick(TIMEOUT);
  assert.match(channel.notice.text, /not running/);
});

test("one request of a slider is under way, and of those that wait the last one goes", async () => {
  const there = host();
  const replies = [];
  const line = oneAtATime(connect(there, new Element()), (reply) => replies.push(reply.at));
  for (const seconds of [1, 2, 3]) line.request({ do: "set", block: "kneading", seconds });
  line.request({ do: "lock", block: "kneading", on: true });
  assert.ok(line.isBusy());
  assert.deepEqual(line.pending().map(({ do: what, seconds }) => [what, seconds]), [["set", 1], ["set", 3], ["lock", undefined]]);
  for (const at of [0, 1, 2]) await there.reply(at, { at });
  assert.deepEqual(there.sent.map(({ seconds, on }) => seconds ?? on), [1, 3, true]);
  assert.deepEqual(replies, [0, 1, 2]);
  assert.ok(!line.isBusy());
});

test("a closed channel receives and sends nothing", () => {
  const there = host();
  const channel = connect(there, new Element());
  channel.request({ do: "check" });
  channel.close();
  mock.timers.tick(TIMEOUT);
  assert.equal(there.listeners.size, 0);
  assert.equal(channel.notice.text, "");
});
