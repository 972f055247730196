import assert from "node:assert/strict";
import { test } from "node:test";
import { readAnswer } from "../../webapp/static/js/outbox/answered.js";
import {
  FRESH,
  MOST,
  mayTry,
  nextBatch,
  paceAfter,
  patienceFor,
} from "../../webapp/static/js/outbox/deciding.js";

const NOW = Date.parse("2026-11-21T14:05:00Z");
const NONCE = "bm9uY2Ugb2YgdGhlIHRlc3Q";
const DAY = 24 * 3600 * 1000;

const entry = (id, facts = {}) => ({ id, state: "waiting", posted: 0, jws: "x", ...facts });
const small = () => 100;
const ids = (entries) => entries.map(({ id }) => id);

function answer(results, facts = {}) {
  const body = {
    protocol: 1,
    nonce: NONCE,
    epoch: "1",
    version: "0.2.0",
    server_time: "2026-11-21T14:05:01.000Z",
    results,
    ...facts.body,
  };
  const headers = { "Smaategn-Sync": "1", ...facts.headers };
  return {
    status: facts.status ?? 200,
    header: (name) => headers[name] ?? null,
    text: facts.text ?? JSON.stringify(body),
  };
}
const kindOf = (got) => readAnswer(got, NONCE, ["a"]).kind;

test("b3: a captive portal's page, a redirect's target, another nonce are no answers", () => {
  assert.equal(kindOf(answer([], { text: "<!doctype html><title>Gæstenet</title>" })), "none");
  assert.equal(kindOf(answer([], { headers: { "Smaategn-Sync": null } })), "none");
  assert.equal(kindOf(answer([], { body: { nonce: "another" } })), "none");
  assert.equal(kindOf(answer([], { status: 302 })), "none");
  assert.equal(kindOf(answer([], { status: 401 })), "none");
  assert.equal(kindOf(answer([], { status: 403 })), "none");
  assert.equal(kindOf(answer([], { text: "null" })), "none");
  assert.equal(kindOf(answer([])), "ours");
});

test("b4: trouble of the server, or of a proxy before it, delivers nothing", () => {
  for (const status of [500, 502, 504, 400]) assert.equal(kindOf(answer([], { status })), "broken");
  assert.deepEqual(
    readAnswer(answer([], { status: 503, headers: { "Retry-After": "7" } }), NONCE, []),
    {
      kind: "busy",
      retryAfter: 7,
    },
  );
});

test("b25: only what the answer names is delivered, and only what was sent", () => {
  const got = readAnswer(
    answer([
      { id: "a", status: "stored", received_at: "2026-11-21T14:05:01.000Z" },
      { id: "foreign", status: "stored" },
    ]),
    NONCE,
    ["a", "b"],
  );

  assert.deepEqual([...got.delivered.keys()], ["a"]);
});

test("stored, already, held and review are delivered; conflict and rejected are not", () => {
  const results = [
    "stored",
    "already",
    "held",
    "review",
    "conflict",
    "rejected",
    "retry",
    "new word",
  ].map((status) => ({
    id: status,
    status,
    reason: status === "rejected" ? "value_unfit" : undefined,
  }));

  const got = readAnswer(answer(results), NONCE, ids(results));

  assert.deepEqual([...got.delivered.keys()], ["stored", "already", "held", "review"]);
  assert.deepEqual(Object.fromEntries(got.refused), {
    conflict: "conflict",
    rejected: "value_unfit",
  });
});

test("b10: a batch holds 50 entries at the most, and never more bytes than may be sent", () => {
  const many = Array.from({ length: 120 }, (_, at) => entry(String(at)));

  assert.equal(nextBatch(many, FRESH, NOW, small).length, 50);
  assert.equal(nextBatch(many, FRESH, NOW, () => 30_000).length, 8);
  assert.equal(nextBatch(many, FRESH, NOW, () => 1_000_000).length, 1, "a large one goes alone");
});

test("what the page is sending itself waits for its answer, but no clock can hold it up", () => {
  const posted = [entry("a", { posted: NOW - 1000 })];

  assert.equal(nextBatch(posted, FRESH, NOW, small).length, 0);
  assert.equal(nextBatch(posted, FRESH, NOW + 20_000, small).length, 1);
  assert.equal(nextBatch(posted, FRESH, NOW - 8 * DAY, small).length, 1);
  assert.equal(nextBatch(posted, FRESH, NOW + 8 * DAY, small).length, 1);
});

test("b12: what was refused is not sent again by itself, and holds nothing up", () => {
  const entries = [entry("a", { state: "quarantined" }), entry("b")];

  assert.deepEqual(ids(nextBatch(entries, FRESH, NOW, small)), ["b"]);
});

test("b1: waiting doubles from a second to five minutes, with full jitter, and never ends", () => {
  let pace = FRESH;
  const waits = [];
  for (let tries = 0; tries < 40; tries += 1) {
    pace = paceAfter(pace, { kind: "none" }, { size: 1, now: NOW, random: 0.999 }).pace;
    waits.push(Math.round((pace.until - NOW) / 1000));
  }

  assert.deepEqual(waits.slice(0, 5), [1, 2, 4, 8, 16]);
  assert.equal(waits.at(-1), 300);
  assert.equal(paceAfter(pace, { kind: "none" }, { size: 1, now: NOW, random: 0 }).pace.until, NOW);
});

test("b15: Retry-After is obeyed also by a person's tap; a mere failure is not", () => {
  const busy = paceAfter(
    FRESH,
    { kind: "busy", retryAfter: 60 },
    { size: 9, now: NOW, random: 0.5 },
  );

  assert.ok(!mayTry(busy.pace, NOW + 59_000, true));
  assert.ok(mayTry(busy.pace, NOW + 62_000, true));
  const failed = paceAfter(FRESH, { kind: "none" }, { size: 9, now: NOW, random: 0.9 });
  assert.ok(!mayTry(failed.pace, NOW, false));
  assert.ok(mayTry(failed.pace, NOW, true));
});

test("a12: a clock that jumps eight days back stops nothing", () => {
  const { pace } = paceAfter(
    FRESH,
    { kind: "busy", retryAfter: 60 },
    { size: 9, now: NOW, random: 0 },
  );

  assert.ok(mayTry(pace, NOW - 8 * DAY, false));
});

test("b14: a batch that is too large is halved at once", () => {
  const { pace } = paceAfter(FRESH, { kind: "too_large" }, { size: 50, now: NOW, random: 0 });

  assert.equal(pace.limit, 25);
  assert.equal(pace.failures, 0);
});

test("b11: one entry the server breaks on is found by halving, and put aside", () => {
  const entries = Array.from({ length: 50 }, (_, at) => entry(`${at}`.padStart(2, "0")));
  const poison = "37";
  const delivered = [];
  let pace = FRESH;
  let left = entries;
  for (let tries = 0; tries < 100 && left.some(({ state }) => state === "waiting"); tries += 1) {
    const batch = nextBatch(left, pace, NOW, small);
    const broke = ids(batch).includes(poison);
    const got = broke ? { kind: "broken" } : { kind: "ours", retryAfter: 0 };
    const next = paceAfter(pace, got, { size: batch.length, now: NOW, random: 0 });
    pace = next.pace;
    if (next.aside)
      left = left.map((each) => (each.id === batch[0].id ? { ...each, state: "aside" } : each));
    if (broke) continue;
    delivered.push(...ids(batch));
    left = left.filter(({ id }) => !delivered.includes(id));
  }

  assert.equal(delivered.length, 49);
  assert.deepEqual(left, [entry(poison, { state: "aside" })]);
  assert.deepEqual(
    ids(nextBatch(left, pace, NOW, small)),
    [poison],
    "and it is tried again, alone",
  );
});

test("b11: of what is aside goes what was tried least often, whatever the clock says", () => {
  const aside = [
    entry("a", { state: "aside", tries: 3 }),
    entry("b", { state: "aside", tries: 1 }),
    entry("c", { state: "aside", tries: 1 }),
  ];

  assert.deepEqual(ids(nextBatch(aside, FRESH, NOW, small)), ["b"]);
  const older = [...aside, entry("d", { state: "aside" })];
  assert.deepEqual(ids(nextBatch(older, FRESH, NOW, small)), ["d"], "kept by an older release");
  assert.deepEqual(ids(nextBatch([...aside, entry("e")], FRESH, NOW, small)), ["e"]);
});

test("b11: entries that the server asks for again and again make room for those behind them", () => {
  const again = { kind: "ours", retryAfter: 300, delivered: new Map(), refused: new Map() };
  const some = { ...again, delivered: new Map([["b", "2026-11-21T14:05:01.000Z"]]) };
  const after = (answer, limit, size) =>
    paceAfter({ ...FRESH, limit }, answer, { size, now: NOW, random: 0 });

  assert.equal(after(again, 50, 50).pace.limit, 25);
  assert.ok(after(again, 1, 1).aside);
  assert.equal(after(some, 2, 2).pace.limit, 4);
  assert.ok(!after(some, 2, 2).aside);
  assert.equal(after(again, 1, 1).pace.until, NOW + 300_000, "and it is asked for when it said");
});

test("an answer that takes nothing off our hands is not asked for again at once", () => {
  const got = readAnswer(answer([]), NONCE, ["a"]);

  const { pace } = paceAfter(FRESH, got, { size: 1, now: NOW, random: 0 });

  assert.ok(pace.until > NOW);
});

test("b9: patience grows with what is sent", () => {
  assert.equal(patienceFor(0), 10_000);
  assert.ok(patienceFor(256 * 1024) > 40_000);
  assert.equal(MOST, 50);
});
