/**
 * The right to keep something here for later: a key made on this tablet, and the server's word for
 * whose it is. One for each session; the keys, and what can be read, of other sessions are dropped.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./kept.js").Grant} Grant
 */

import { askToPersist } from "../tablets.js";
import { signedAccount } from "./accounts.js";
import { makeKey, readPart } from "./envelope.js";
import { forget } from "./pictures.js";

/** Seconds before the end in which a new one is asked for already. */
const EARLY = 60 * 60;

/** Milliseconds. */
const PATIENCE = 8000;

/**
 * Return the grant to sign with; undefined when nothing can be kept on this tablet.
 *
 * @param {Store} store
 * @param {string} session
 * @returns {Promise<Grant | undefined>}
 */
export async function liveGrant(store, session) {
  /** @type {Grant[]} */
  const grants = await store.all("grants");
  const own = grants.filter((grant) => grant.session === session && grant.key);
  return own.sort((one, other) => other.cap - one.cap)[0];
}

/**
 * Make sure that this session has a grant, and ask for one when it has none or an old one. An old
 * one still serves: what is signed too late is looked at, never lost.
 *
 * @param {Store} store
 * @param {string} session
 * @param {{ token: string, now: number }} asking  The page's token; milliseconds since 1970.
 * @returns {Promise<Grant | undefined>}
 */
export async function ensureGrant(store, session, { token, now }) {
  const live = await liveGrant(store, session);
  if (live && live.cap - EARLY > now / 1000) return live;
  try {
    return (await askForGrant(store, session, token)) ?? live;
  } catch {
    return live;
  }
}

/** @param {Store} store @param {string} session @param {string} token */
async function askForGrant(store, session, token) {
  const { privateKey, publicKey } = await makeKey();
  const sentAt = Date.now();
  const answer = await fetch("/sync/grants", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ key: publicKey }),
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.status !== 201) return undefined;
  const { grant: jwt, seal_to: sealTo, epoch, server_time } = await answer.json();
  const { jti, sub, cap, exp, cnf } = readPart(jwt.split(".")[1]);
  if (cnf.jwk.x !== publicKey.x) return undefined;
  const own = { id: jti, session, staff: sub, jwt, cap, exp, sealTo, key: privateKey };
  /** @type {Grant} */
  const grant = { ...own, nextSeq: 1, settled: [], told: "" };
  const offset = Math.round(Date.parse(server_time) - (sentAt + Date.now()) / 2);
  await store.write(async (writing) => {
    await writing.objectStore("grants").add(grant);
    const meta = writing.objectStore("meta");
    const before = (await meta.get("server"))?.value;
    // The epoch stays the one the receipts know, until a batch has compared them.
    const server = { epoch, version: "", ...before, serverTime: server_time, offset };
    await meta.put({ key: "server", value: server });
    if (!before) await meta.put({ key: "epoch", value: epoch });
  });
  askToPersist();
  return grant;
}

/**
 * Drop the keys of all other sessions and what can be read of theirs. What is sealed stays; a note
 * that nobody saved goes, with its pictures.
 *
 * @param {Store} store
 * @param {string} session  The one that goes on; empty for none.
 */
export async function dropOthers(store, session) {
  const accounts = await lastAccounts(store, session);
  await store.write(async (writing) => {
    const grants = writing.objectStore("grants");
    for (const grant of await grants.getAll()) {
      if (grant.session === session || !grant.key) continue;
      const { key: _, ...rest } = grant;
      await grants.put({ ...rest, account: accounts.get(grant.id) ?? rest.account });
    }
    const meta = writing.objectStore("meta");
    const words = (await meta.get("words"))?.value;
    if (words && words.session !== session) await meta.delete("words");
    for (const name of ["entries", "receipts"]) {
      const kept = writing.objectStore(name);
      for (const each of await kept.getAll()) {
        if (!each.own || each.own.session === session) continue;
        const { own: _, ...rest } = each;
        await kept.put(rest);
      }
    }
    const drafts = writing.objectStore("drafts");
    for (const draft of await drafts.getAll()) {
      if (draft.session === session) continue;
      for (const { sha256 } of draft.chosen) await forget(writing, sha256);
      await drafts.delete(draft.place);
    }
  });
}

/**
 * Let the keys that are about to be dropped sign their last account.
 *
 * @param {Store} store
 * @param {string} session
 * @returns {Promise<Map<string, string>>}  By grant.
 */
async function lastAccounts(store, session) {
  /** @type {Map<string, string>} */
  const accounts = new Map();
  for (const grant of /** @type {Grant[]} */ (await store.all("grants"))) {
    if (grant.session === session || !grant.key) continue;
    // A key that cannot sign is dropped all the same.
    const account = await signedAccount(grant).catch(() => undefined);
    if (account) accounts.set(grant.id, account);
  }
  return accounts;
}
