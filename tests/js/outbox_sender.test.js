import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { accountOf, MOST_RUNS } from "../../webapp/static/js/outbox/accounts.js";
import { endPost, keep, tryAllAgain } from "../../webapp/static/js/outbox/entries.js";
import { makeKey, seal, sign } from "../../webapp/static/js/outbox/envelope.js";
import { dropOthers, ensureGrant, liveGrant } from "../../webapp/static/js/outbox/grants.js";
import { flush } from "../../webapp/static/js/outbox/sender.js";
import { Store } from "../../webapp/static/js/outbox/store.js";
import { syncServer } from "./sync_server.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let tablets = 0;
/** @type {Store} */
let store;
/** @type {Awaited<ReturnType<typeof syncServer>>} */
let server;

beforeEach(async () => {
  tablets += 1;
  store = new Store(`outbox-${tablets}`);
  server = await syncServer();
});

/** Let somebody open a page: a session, and a grant for it. */
async function opens(staff, session = staff) {
  await dropOthers(store, session);
  const { privateKey, publicKey } = await makeKey();
  const { grant: jwt, seal_to: sealTo } = server.grantFor(staff, publicKey);
  const { jti } = JSON.parse(Buffer.from(jwt.split(".")[1], "base64url").toString());
  const grant = { id: jti, session, staff, jwt, cap: 4e9, exp: 5e9, sealTo, key: privateKey };
  await store.write((writing) =>
    writing.objectStore("grants").add({ ...grant, nextSeq: 1, settled: [], told: "" }),
  );
}

/** Let somebody tap; returns whether it is kept. */
async function taps(session, id, { posted = 0, note = "" } = {}) {
  const grant = await liveGrant(store, session);
  if (!grant) return false;
  const body = { kind: "observation.create_for_sign", target: "brush", fields: [["note", note]] };
  const sealed = await seal(JSON.stringify(body), grant.sealTo, id);
  const made = new Date().toISOString();
  const own = {
    session,
    sent: JSON.stringify(body),
    place: "tap-1",
    kind: body.kind,
    target: "brush",
    what: "",
    said: "Set",
    note,
  };
  return keep(store, id, grant, async (seq) => ({
    jws: await sign({ id, grant: grant.id, seq, schema: 1, captured_at: made, sealed }, grant.key),
    made,
    state: "waiting",
    why: "",
    posted,
    own,
  }));
}

const send = (isUrgent = true) => flush(store, { isUrgent, app: "test", fetch: server.fetch });
/** Send when the pace allows it, without waiting for that. */
const sendWhenDue = async () => {
  const pace = await store.noted("pace");
  if (pace) await store.note("pace", { ...pace, until: 0 });
  await send();
};
/** What a batch holds. */
const idsIn = ({ body }) =>
  JSON.parse(body).entries.map((jws) => JSON.parse(atob(jws.split(".")[1])).id);
const waiting = async () => (await store.all("entries")).map(({ id }) => id);
const authors = () => Object.fromEntries([...server.stored].map(([id, { staff }]) => [id, staff]));

test("c1: what Anna tapped arrives as hers and Bo's as his, though Bo's page carries both", async () => {
  await opens("anna");
  for (const id of ["a1", "a2", "a3"]) assert.ok(await taps("anna", id));
  await opens("bo");
  for (const id of ["b1", "b2"]) assert.ok(await taps("bo", id));

  await send();

  assert.deepEqual(authors(), { a1: "anna", a2: "anna", a3: "anna", b1: "bo", b2: "bo" });
  assert.deepEqual(await waiting(), []);
  assert.equal(server.batches[0].init.credentials, "omit");
});

test("c2, c4: when Bo opens a page Anna's key and words are gone, and her sealed entry is not", async () => {
  await opens("anna");
  await taps("anna", "a1", { note: "Sofie græd." });

  await opens("bo");

  const [entry] = await store.all("entries");
  assert.equal(entry.own, undefined);
  assert.ok(!JSON.stringify(entry).includes("græd"));
  assert.equal(await taps("anna", "a2"), false, "nobody can sign as Anna any more");
  await send();
  assert.deepEqual(server.stored.get("a1").body.fields, [["note", "Sofie græd."]]);
});

test("a2: numbers have no holes, also when two pages keep at the same moment", async () => {
  await opens("anna");

  await Promise.all(["a", "b", "c", "d", "e"].map((id) => taps("anna", id)));

  const seqs = (await store.all("entries")).map(({ seq }) => seq).sort();
  assert.deepEqual(seqs, [1, 2, 3, 4, 5]);
  await send();
  assert.equal(server.stored.size, 5, "each was signed with its own number");
});

test("a3: the same id is kept once, also after it was delivered", async () => {
  await opens("anna");
  await taps("anna", "a1");
  assert.ok(await taps("anna", "a1"));
  assert.deepEqual(await waiting(), ["a1"]);
  await send();

  assert.ok(await taps("anna", "a1"));

  assert.deepEqual(await waiting(), []);
});

test("a3: other words under the same id are not taken for kept, neither waiting nor delivered", async () => {
  await opens("anna");
  await taps("anna", "a1", { note: "Sofie græd." });

  assert.equal(await taps("anna", "a1", { note: "Sofie græd ikke." }), false);
  await send();
  assert.equal(await taps("anna", "a1", { note: "Sofie græd ikke." }), false);

  assert.ok(await taps("anna", "a1", { note: "Sofie græd." }));
  assert.deepEqual(server.stored.get("a1").body.fields, [["note", "Sofie græd."]]);
});

test("a page's own POST that is stored leaves a receipt and a settled number, and nothing is sent twice", async () => {
  await opens("anna");
  await taps("anna", "a1", { posted: Date.now() });
  await taps("anna", "a2");
  await endPost(store, "a1", "stored", new Date().toISOString());

  await send();

  assert.deepEqual([...server.stored.keys()], ["a2"]);
  assert.deepEqual(server.accounts.get("grant-1"), {
    grant: "grant-1",
    next_seq: 3,
    settled: [[1, 1]],
  });
  assert.equal((await store.all("receipts")).length, 2);
});

test("what a page that is gone was posting is asked for again when its time is over", async () => {
  await opens("anna");
  await taps("anna", "a1", { posted: Date.now() - 5000 });

  const { wait } = await send();

  assert.deepEqual([...server.stored.keys()], []);
  assert.ok(wait > 8000 && wait <= 10_000, String(wait));
});

test("a POST that failed lets the sender have it; one refused before its author's eyes is gone", async () => {
  await opens("anna");
  for (const id of ["a1", "a2"]) await taps("anna", id, { posted: Date.now() });
  await endPost(store, "a1", "unsent", "");
  await endPost(store, "a2", "refused", "");

  await send();

  assert.deepEqual([...server.stored.keys()], ["a1"]);
  assert.deepEqual(await waiting(), []);
});

test("b3, b5: a portal, a redirect and a 401 deliver nothing, and nothing is lost", async () => {
  await opens("anna");
  await taps("anna", "a1");
  for (const answer of [
    () => new Response("<!doctype html><title>Gæstenet</title>"),
    () => new Response("", { status: 401 }),
    () => {
      throw new TypeError("Failed to fetch");
    },
  ]) {
    server.between = async () => answer();
    assert.equal((await send()).reached, false);
    assert.deepEqual(await waiting(), ["a1"]);
  }

  server.between = async (_, pass) => pass();
  await send();

  assert.deepEqual(authors(), { a1: "anna" });
});

test("b6: when the answer is lost, the second time says already", async () => {
  await opens("anna");
  await taps("anna", "a1");
  server.between = async (_, pass) => {
    await pass();
    throw new TypeError("Failed to fetch");
  };
  await send();
  assert.deepEqual(await waiting(), ["a1"]);
  server.between = async (_, pass) => pass();

  await send();

  assert.equal(server.stored.size, 1);
  assert.deepEqual(await waiting(), []);
});

test("b12, b13: what is refused stays, is shown with its reason, and is tried again by the next release", async () => {
  await opens("anna");
  await taps("anna", "a1");
  await taps("anna", "a2");
  server.says.set("a1", { status: "rejected", reason: "value_unfit" });
  await send();
  const [kept] = await store.all("entries");
  assert.deepEqual([kept.id, kept.state, kept.why], ["a1", "quarantined", "value_unfit"]);
  const before = server.batches.length;
  await send();
  assert.equal(server.batches.length, before, "not by itself");
  server.says.clear();
  server.version = "0.3.0";

  await taps("anna", "a3");
  await send();

  assert.deepEqual([...server.stored.keys()].sort(), ["a1", "a2", "a3"]);
});

test("b13: what is refused is tried again a day later by the server's time, whatever made it refuse", async (t) => {
  await opens("anna");
  await taps("anna", "a1");
  server.says.set("a1", { status: "rejected", reason: "goal_is_draft" });
  await send();
  server.says.clear();
  // The tablet's own clock jumps; the server's has moved by less than a day.
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() + 8 * DAY });
  server.ahead = -8 * DAY + 23 * HOUR;
  await taps("anna", "a2");
  await send();
  assert.deepEqual(await waiting(), ["a1"], "not by the tablet's own clock");

  server.ahead += 2 * HOUR;
  await store.note("toldAt", 0);
  await send();

  assert.deepEqual([...server.stored.keys()], ["a2", "a1"]);
});

test("b13: what is refused again waits another day", async () => {
  await opens("anna");
  await taps("anna", "a1");
  server.says.set("a1", { status: "rejected", reason: "goal_is_draft" });
  await send();
  const asked = () => server.batches.filter(({ entries }) => entries.length).length;
  for (const [hours, times] of [
    [25, 2],
    [47, 2],
    [51, 3],
  ]) {
    server.ahead = hours * HOUR;
    await store.note("toldAt", 0);
    await send();
    assert.equal(asked(), times, `after ${hours} hours`);
  }

  assert.deepEqual(await waiting(), ["a1"]);
});

test("b11: what an outage put aside arrives, although two entries among it never do", async () => {
  await opens("anna");
  const all = ["a1", "a2", "a3", "a4", "a5"];
  for (const id of all) await taps("anna", id);
  server.between = async () => new Response("", { status: 502 });
  const isAside = ({ state }) => state === "aside";
  for (let tries = 0; tries < 60 && !(await store.all("entries")).every(isAside); tries += 1)
    await send();
  assert.ok((await store.all("entries")).every(isAside), "hours of it");
  // One breaks the server, one is asked for again for ever; both are older than the others.
  server.says.set("a2", { status: "retry", retry_after: 0.001 });
  server.between = async ({ init }, pass) =>
    idsIn(init).includes("a1") ? new Response("", { status: 500 }) : pass();

  for (let tries = 0; tries < 10; tries += 1) await sendWhenDue();

  assert.deepEqual([...server.stored.keys()].sort(), ["a3", "a4", "a5"]);
  assert.deepEqual(await waiting(), ["a1", "a2"]);
  await taps("anna", "a6");
  await sendWhenDue();
  assert.ok(server.stored.has("a6"), "nor do they hold up what is new");
  server.between = async (_, pass) => pass();
  server.says.clear();
  for (let tries = 0; tries < 3; tries += 1) await sendWhenDue();
  assert.deepEqual([...server.stored.keys()].sort(), ["a1", ...["a2", "a3", "a4", "a5", "a6"]]);
});

test("b11: 50 entries that are asked for again for ever do not hold up the one behind them", async () => {
  await opens("anna");
  for (let number = 10; number < 60; number += 1) {
    await taps("anna", `a${number}`);
    server.says.set(`a${number}`, { status: "retry", retry_after: 0.001 });
  }
  await taps("anna", "b1");

  for (let tries = 0; tries < 60 && !server.stored.size; tries += 1) await sendWhenDue();

  assert.deepEqual([...server.stored.keys()], ["b1"]);
});

test("a person may have what was refused tried again", async () => {
  await opens("anna");
  await taps("anna", "a1");
  server.says.set("a1", { status: "conflict" });
  await send();
  server.says.clear();

  await tryAllAgain(store);
  await send();

  assert.equal(server.stored.size, 1);
});

test("b20: a server that was put back gets what it lost again", async () => {
  await opens("anna");
  await taps("anna", "a1");
  await send();
  server.stored.clear();
  server.epoch = "2";

  await taps("anna", "a2");
  await send();

  assert.deepEqual([...server.stored.keys()].sort(), ["a1", "a2"]);
  assert.deepEqual(await waiting(), []);
  assert.equal((await store.all("receipts")).length, 2);
});

test("a12: the clock's error is kept and told, and a receipt is not thrown away by a wrong clock", async (t) => {
  await opens("anna");
  await taps("anna", "a1");
  server.ahead = 24 * 3600 * 1000;
  await send();
  const { offset } = await store.noted("server");
  assert.ok(Math.abs(offset - server.ahead) < 5000);
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() + 30 * 24 * 3600 * 1000 });
  server.ahead -= 30 * 24 * 3600 * 1000;

  await taps("anna", "a2");
  await send();

  assert.equal((await store.all("receipts")).length, 2);
});

test("a12: each batch tells what the tablet's clock says, also when it was set without network", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-21T14:05:00.000Z") });
  await opens("anna");
  await taps("anna", "a1");
  await send();
  t.mock.timers.setTime(Date.parse("2026-11-21T17:00:00.000Z"));
  await taps("anna", "a2");

  await send();

  assert.deepEqual(
    server.batches.map(({ now }) => now),
    ["2026-11-21T14:05:00.000Z", "2026-11-21T17:00:00.000Z"],
  );
});

test("a12: what the page itself posted lasts too, on a tablet that believes in 1970", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 24 * 3600 * 1000 });
  server.ahead = Date.parse("2026-11-21T18:30:00Z");
  await opens("anna");
  await store.note("epoch", server.epoch);
  await taps("anna", "a1", { posted: Date.now() });
  await endPost(store, "a1", "stored", new Date().toISOString());
  await taps("anna", "a2");
  await send();
  assert.equal((await store.all("receipts")).length, 2);
  server.epoch = "2";

  await taps("anna", "a3");
  await send();

  assert.deepEqual([...server.stored.keys()].sort(), ["a1", "a2", "a3"]);
});

test("b4: 503 with Retry-After is obeyed", async () => {
  await opens("anna");
  await taps("anna", "a1");
  server.between = async () => new Response("", { status: 503, headers: { "Retry-After": "30" } });
  const { wait } = await send();
  assert.ok(wait >= 29_000);
  server.between = async (_, pass) => pass();

  await send();

  assert.equal(server.stored.size, 0, "not even when tapped");
});

test("a6: a connection the system closed is opened again, and the same tap is kept", async () => {
  await opens("anna");
  const original = IDBDatabase.prototype.transaction;
  let closed = 0;
  IDBDatabase.prototype.transaction = function (...given) {
    if (closed++ === 0)
      throw new DOMException("The database connection is closing.", "InvalidStateError");
    return original.apply(this, given);
  };
  try {
    assert.ok(await taps("anna", "a1"));
  } finally {
    IDBDatabase.prototype.transaction = original;
  }

  assert.deepEqual(await waiting(), ["a1"]);
});

test("a7: a full disk makes room by forgetting kept pages, and the tap is kept", async () => {
  await opens("anna");
  indexedDB.open("cache", 1).onsuccess = ({ target }) => target.result.close();
  const original = IDBDatabase.prototype.transaction;
  let full = 0;
  IDBDatabase.prototype.transaction = function (...given) {
    if (full++ === 0) throw new DOMException("The disk is full.", "QuotaExceededError");
    return original.apply(this, given);
  };
  try {
    assert.ok(await taps("anna", "a1"));
  } finally {
    IDBDatabase.prototype.transaction = original;
  }

  assert.deepEqual(await waiting(), ["a1"]);
  assert.ok(!(await indexedDB.databases()).some(({ name }) => name === "cache"));
});

test("a1: every write asks for the disk", async (t) => {
  const asked = t.mock.method(IDBDatabase.prototype, "transaction");
  await opens("anna");
  await taps("anna", "a1");

  const writes = asked.mock.calls.filter(({ arguments: [, mode] }) => mode === "readwrite");
  assert.ok(writes.length >= 2);
  for (const { arguments: given } of writes) assert.equal(given[2]?.durability, "strict");
});

test("e2: a newer page may change the schema, and this one goes on", async () => {
  await opens("anna");
  await taps("anna", "a1");

  await new Promise((resolve, reject) => {
    const opening = indexedDB.open(`outbox-${tablets}`, 3);
    opening.onupgradeneeded = () => opening.result.createObjectStore("tomorrow");
    opening.onsuccess = () => resolve(opening.result.close());
    opening.onerror = reject;
  });

  assert.deepEqual(await waiting(), ["a1"]);
  assert.ok(await taps("anna", "a2"));
});

test("e1: a tablet with entries of the first version gets room for pictures and loses nothing", async () => {
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open(`outbox-${tablets}`, 1);
    opening.onupgradeneeded = () => {
      for (const name of ["entries", "receipts", "grants"])
        opening.result.createObjectStore(name, { keyPath: "id" });
      opening.result.createObjectStore("meta", { keyPath: "key" });
      opening.transaction?.objectStore("entries").add({ id: "a0", seq: 7, state: "waiting" });
    };
    opening.onsuccess = () => resolve(opening.result.close());
    opening.onerror = reject;
  });

  assert.deepEqual(await waiting(), ["a0"]);
  assert.deepEqual(await store.all("pictures"), []);
});

test("without network there is no grant, and nothing is pretended to be kept", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };

  assert.equal(await ensureGrant(store, "anna", { token: "t", now: Date.now() }), undefined);
  assert.equal(await taps("anna", "a1"), false);
});

test("a grant is asked for once in a session, with the page's token, and serves until it is old", async () => {
  let asked = 0;
  globalThis.fetch = async (address, init) => {
    asked += 1;
    assert.equal(init.headers["X-CSRFToken"], "t");
    return server.fetch(address, init);
  };
  const facts = { token: "t", now: Date.now() };

  const first = await ensureGrant(store, "anna", facts);
  const second = await ensureGrant(store, "anna", facts);

  assert.equal(asked, 1);
  assert.equal(first?.id, second?.id);
  assert.equal(first?.key?.extractable, false);
});

test("a8: the server is told whether the browser may clear away what waits, where the browser says so", async (t) => {
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  t.after(() => {
    if (before) Object.defineProperty(globalThis, "navigator", before);
    else Reflect.deleteProperty(globalThis, "navigator");
  });
  await opens("anna");
  for (const [id, storage] of [
    ["a1", undefined],
    ["a2", { persisted: async () => false }],
    ["a3", { persisted: async () => true }],
    ["a4", { persisted: () => new Promise(() => {}) }],
    ["a5", { persisted: async () => Promise.reject(new TypeError("no")) }],
  ]) {
    Object.defineProperty(globalThis, "navigator", { value: { storage }, configurable: true });
    await taps("anna", id);
    await send();
  }

  assert.deepEqual(
    server.batches.map(({ persisted }) => persisted),
    [undefined, false, true, true, undefined],
  );
});

test("settled numbers are told as runs", () => {
  const grant = { id: "g1", nextSeq: 9, settled: [4, 1, 2, 3, 7] };

  assert.deepEqual(accountOf(grant), {
    grant: "g1",
    next_seq: 9,
    settled: [
      [1, 4],
      [7, 7],
    ],
  });
});

test("an account with more runs than the server takes speaks of the oldest, as if numbers ended there", () => {
  const settled = Array.from({ length: MOST_RUNS + 5 }, (_, each) => 2 * each + 1);

  const cut = accountOf({ id: "g1", nextSeq: 5000, settled });
  const further = accountOf({ id: "g1", nextSeq: 5000, settled: [...settled, 2, 4] });

  assert.equal(cut.settled.length, MOST_RUNS);
  assert.deepEqual(cut.settled[0], [1, 1]);
  assert.equal(cut.next_seq, 2 * MOST_RUNS + 1);
  assert.equal(further.next_seq, cut.next_seq + 4, "it goes on as holes are filled");
});

test("what the key of the day signed of its numbers is told by Bo's page too", async () => {
  await opens("anna");
  await taps("anna", "a1", { posted: Date.now() });
  await taps("anna", "a2");
  await endPost(store, "a1", "stored", new Date().toISOString());
  await opens("bo");
  await taps("bo", "b1");

  await send();

  assert.equal((await liveGrant(store, "anna"))?.key, undefined);
  assert.deepEqual(server.accounts.get("grant-1")?.settled, [[1, 1]]);
  assert.equal(server.accounts.get("grant-1")?.next_seq, 3);
  assert.equal(server.accounts.get("grant-2")?.next_seq, 2);
});

test("a POST that is answered when nobody can sign for it any more comes by a batch too", async () => {
  await opens("anna");
  await taps("anna", "a1", { posted: Date.now() });
  await opens("bo");

  await endPost(store, "a1", "stored", new Date().toISOString());

  await send();
  assert.deepEqual([...server.stored.keys()], ["a1"]);
  assert.deepEqual(server.accounts.get("grant-1")?.settled, []);
});

test("a grant of a release that signed no accounts tells nothing, and its entries arrive", async () => {
  await opens("anna");
  await taps("anna", "a1");
  await store.write(async (writing) => {
    const grants = writing.objectStore("grants");
    const { key: _, ...grant } = await grants.get("grant-1");
    await grants.put(grant);
  });

  await send();

  assert.deepEqual(authors(), { a1: "anna" });
  assert.equal(server.accounts.size, 0);
});
