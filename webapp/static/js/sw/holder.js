/**
 * Whose pages lie on the tablet, under which key, and whether they may be looked at. One record in
 * the database `cache`, which anybody may delete at any time: the pages are unreadable then.
 *
 * @typedef {"open" | "left" | "locked"} State
 *
 * @typedef {object} Holder
 * @property {string} session
 * @property {CryptoKey} key   Cannot be taken out.
 * @property {number} since    When it was made, milliseconds since 1970.
 * @property {number} idle     Milliseconds the tablet may lie untouched.
 * @property {boolean} shared  Whether others use it too, so that it locks when it is put away.
 * @property {State} state     What a page said last: in use, in the background, locked.
 * @property {number} at       When it said so.
 * @property {number} touched  When a page of the session itself last said that it is in use.
 */

/** Milliseconds after which nothing is shown any more: a long shift. */
export const LONGEST = 16 * 60 * 60 * 1000;

/** Milliseconds in the background after which a shared tablet was in other hands; see lock.js. */
const AWAY = 10_000;

const STORE = "holder";

/** @returns {Promise<Holder | undefined>} */
export const readHolder = () => inStore((store) => store.get(STORE));

export const dropHolder = () => inStore((store) => store.delete(STORE));

/**
 * Note what a page said. Only a page of the session itself opens what is locked or lay untouched: one
 * that nobody is signed in on, such as the page without network, at most comes back at once.
 *
 * @param {string} session  Empty for such a page.
 * @param {State} state
 * @param {number} now
 */
export function noteState(session, state, now) {
  return inStore(async (store) => {
    /** @type {Holder | undefined} */
    const before = await store.get(STORE);
    if (!before || (session && session !== before.session)) return;
    const isOwn = session === before.session;
    if (state === "left" && before.state !== "open") return;
    if (state === "open" && !isOwn && !isBackAtOnce(before, now)) return;
    const touched = isOwn && state === "open" ? now : before.touched;
    await store.put({ ...before, state, at: now, touched }, STORE);
  });
}

/** @param {Holder} holder @param {number} now */
const isBackAtOnce = ({ state, at }, now) => state === "left" && Math.abs(now - at) < AWAY;

/**
 * Return the holder for a session. A new one, with a key of its own, takes the place of another's.
 *
 * @param {{ session: string, idle: number, shared: boolean }} whose
 * @param {number} now
 * @returns {Promise<Holder>}
 */
export async function holderFor(whose, now) {
  const aes = { name: "AES-GCM", length: 256 };
  const key = await crypto.subtle.generateKey(aes, false, ["encrypt", "decrypt"]);
  return inStore(async (store) => {
    const before = await store.get(STORE);
    const isSame = before?.session === whose.session && !isOver(before, now);
    const kept = isSame ? { key: before.key, since: before.since } : { key, since: now };
    const holder = { ...whose, state: "open", at: now, touched: now, ...kept };
    await store.put(holder, STORE);
    return holder;
  });
}

/**
 * Tell whether the time of a holder is up. A clock that was set back tells nothing, so it is.
 *
 * @param {Holder} holder
 * @param {number} now
 */
export const isOver = ({ since }, now) => now < since || now - since >= LONGEST;

/**
 * Tell whether pages may be shown: in use, and not for so long untouched that it would be locked.
 *
 * @param {Holder} holder
 * @param {number} now
 */
export function mayBeSeen({ state, at, touched, idle, shared }, now) {
  if (state === "locked" || Math.abs(now - touched) >= idle) return false;
  return !shared || state === "open" || Math.abs(now - at) < AWAY;
}

/** @param {(store: any) => Promise<any>} work */
async function inStore(work) {
  /** @type {typeof import("idb")} */
  const { openDB } = /** @type {any} */ (globalThis).idb;
  const database = await openDB("cache", 1, {
    upgrade: (made) => void made.createObjectStore(STORE),
  });
  try {
    const transaction = database.transaction(STORE, "readwrite");
    const [result] = await Promise.all([work(transaction.store), transaction.done]);
    return result;
  } finally {
    // Held no longer than needed, so that a page can delete the database at once.
    database.close();
  }
}
