/**
 * Delivers what lies in the outbox, everybody's, without cookies and whoever is signed in. One page
 * of the tablet at a time; when to try is decided in flushing.js, what an answer means in answered.js.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./kept.js").Entry} Entry
 * @typedef {import("./kept.js").Grant} Grant
 * @typedef {import("./kept.js").Picture} Picture
 * @typedef {import("./deciding.js").Pace} Pace
 */

import { isPersisted } from "../tablets.js";
import { signedAccount, stateOf } from "./accounts.js";
import { readAnswer } from "./answered.js";
import { FRESH, mayTry, nextBatch, paceAfter, patienceFor, postedFor } from "./deciding.js";
import { obey, putAside } from "./entries.js";
import { base64url } from "./envelope.js";

/** Grants told of although no entry of theirs is sent. */
const MOST_UNTOLD = 8;
/** Bytes that an entry's grant and its account take beside it, at the most but in rare cases. */
const GRANT = 1300;
/** Milliseconds after which a tablet with nothing to send tells that it is well. */
const SILENCE = 10 * 60_000;

/** What the browser said last of clearing away; nothing waits for it. @type {boolean | undefined} */
let persisted;

/**
 * Send until nothing is left or something is wrong. Returns how many milliseconds to wait before the
 * next try; 0 when nothing waits, and of what a page is posting itself, how long it is left to it.
 *
 * @param {Store} store
 * @param {{ isUrgent: boolean, app: string, fetch?: typeof globalThis.fetch }} how
 * @returns {Promise<{ wait: number, reached: boolean | undefined }>}  Whether the server was reached;
 *   undefined when nobody asked.
 */
export async function flush(store, { isUrgent, app, fetch = globalThis.fetch }) {
  /** @type {boolean | undefined} */
  let reached;
  for (;;) {
    /** @type {Pace} */
    const pace = (await store.noted("pace")) ?? FRESH;
    const now = Date.now();
    const parcel = await pack(store, pace, now, app);
    if (!parcel) return { wait: postedFor(await store.all("entries"), now), reached };
    if (!mayTry(pace, now, isUrgent)) return { wait: pace.until - now, reached };
    const { answer, offset } = await send(parcel.body, parcel.nonce, parcel.ids, fetch);
    const facts = { size: parcel.ids.length, now: Date.now(), random: Math.random() };
    const next = paceAfter(pace, answer, facts);
    await store.note("pace", next.pace);
    const [only] = parcel.ids;
    if (only && (next.aside || parcel.isAside)) await putAside(store, only);
    reached = answer.kind === "ours";
    if (answer.kind === "ours") {
      await obey(store, answer, { ...answer.server, offset });
      await noteTold(store, parcel.told);
    }
    const wait = next.pace.until - Date.now();
    if (wait > 0) return { wait, reached };
  }
}

/**
 * Put together what goes in one batch; undefined when there is nothing to say.
 *
 * @param {Store} store
 * @param {Pace} pace
 * @param {number} now
 * @param {string} app
 */
async function pack(store, pace, now, app) {
  void isPersisted().then((told) => {
    persisted = told;
  });
  /** @type {[Entry[], Grant[], Picture[], any]} */
  const [entries, grants, all, server] = await Promise.all([
    store.all("entries"),
    store.all("grants"),
    store.all("pictures"),
    store.noted("toldAt"),
  ]);
  const pictures = all.filter(({ entry }) => entry);
  const made = [...entries, ...pictures].map((each) => each.made).sort();
  const batch = nextBatch(entries, pace, now, ({ jws }) => jws.length + GRANT);
  const isSilent = Math.abs(now - (server ?? 0)) > SILENCE;
  const named = new Set(batch.map(({ grant }) => grant));
  const untold = grants.filter((grant) => !named.has(grant.id) && grant.told !== stateOf(grant));
  if (batch.length === 0 && !(isSilent && grants.length)) return undefined;
  const told = [...grants.filter(({ id }) => named.has(id)), ...untold.slice(0, MOST_UNTOLD)];
  // Shows the server that a tablet of ours is asking.
  if (told.length === 0) told.push(...grants.slice(-1));
  const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)));
  const body = JSON.stringify({
    protocol: 1,
    nonce,
    app,
    depth: made.length,
    oldest: made[0] ?? null,
    persisted,
    now: new Date(now).toISOString(),
    grants: await Promise.all(
      told.map(async (grant) => ({ grant: grant.jwt, account: await signedAccount(grant) })),
    ),
    entries: batch.map(({ jws }) => jws),
  });
  const isAside = batch[0]?.state === "aside";
  return { body, nonce, ids: batch.map(({ id }) => id), isAside, told };
}

/** @param {string} body @param {string} nonce @param {string[]} ids @param {typeof globalThis.fetch} fetch */
async function send(body, nonce, ids, fetch) {
  const sentAt = Date.now();
  try {
    const got = await fetch("/sync/batch", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
      credentials: "omit",
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(patienceFor(body.length)),
    });
    const text = await got.text();
    const header = (/** @type {string} */ name) => got.headers.get(name);
    const answer = readAnswer({ status: got.status, header, text }, nonce, ids);
    const theirs = answer.kind === "ours" ? Date.parse(answer.server.serverTime) : Date.now();
    return { answer, offset: Math.round(theirs - (sentAt + Date.now()) / 2) };
  } catch {
    return { answer: /** @type {{ kind: "none" }} */ ({ kind: "none" }), offset: 0 };
  }
}

/** @param {Store} store @param {Grant[]} told */
function noteTold(store, told) {
  return store.write(async (writing) => {
    const grants = writing.objectStore("grants");
    for (const { id, nextSeq, settled } of told) {
      const grant = await grants.get(id);
      if (grant) await grants.put({ ...grant, told: stateOf({ ...grant, nextSeq, settled }) });
    }
    await writing.objectStore("meta").put({ key: "toldAt", value: Date.now() });
  });
}
