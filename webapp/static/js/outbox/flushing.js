/**
 * When to send: after a tap, when a page opens or comes into sight, when there seems to be net, and
 * every 30 seconds in sight. Tells the page "outbox:reached" whenever the server was asked.
 *
 * @typedef {import("./store.js").Store} Store
 */

import { busy } from "../quiet.js";
import { flush } from "./sender.js";

const BEAT = 30_000;
/** Milliseconds a flusher may be heard of last before another takes over, without Web Locks. */
const LEASE = 60_000;

/** Whether somebody wanted this page to send once more, while it did. */
let isWanted = false;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * @param {Store} store
 * @param {string} app              The release of this page.
 * @param {() => unknown} changed   Called when something may have been delivered.
 * @returns {() => Promise<void>}   Sends now.
 */
export function startFlushing(store, app, changed) {
  // The tablet's other pages show the same drawer.
  const others = new BroadcastChannel("outbox");
  others.addEventListener("message", () => void changed());
  /** @param {boolean} isUrgent */
  const run = async (isUrgent) => {
    if (busy.sending) {
      isWanted ||= isUrgent;
      return;
    }
    busy.sending = true;
    clearTimeout(timer);
    try {
      const done = await alone(store, () => flush(store, { isUrgent, app }));
      if (done?.reached !== undefined) {
        dispatchEvent(new CustomEvent("outbox:reached", { detail: done.reached }));
        if (done.reached) others.postMessage("delivered");
      }
      if (done?.wait) timer = setTimeout(() => void run(false), done.wait);
    } catch {
      // A store that cannot be opened has nothing to send; the page says so.
    }
    busy.sending = false;
    await changed();
    if (!isWanted) return;
    isWanted = false;
    await run(true);
  };
  const soon = () => void run(true);
  addEventListener("online", soon);
  document.addEventListener("visibilitychange", () => document.hidden || soon());
  setInterval(() => document.hidden || void run(false), BEAT);
  return () => run(true);
}

/**
 * Work alone on this tablet; undefined when another page does it already.
 *
 * @template T
 * @param {Store} store
 * @param {() => Promise<T>} work
 * @returns {Promise<T | undefined>}
 */
export async function alone(store, work) {
  if (globalThis.navigator?.locks)
    return navigator.locks.request("outbox", { ifAvailable: true }, (lock) =>
      lock ? work() : undefined,
    );
  const now = Date.now();
  const isMine = await store.write(async (writing) => {
    const meta = writing.objectStore("meta");
    const until = (await meta.get("lease"))?.value ?? 0;
    if (until > now && until - now <= LEASE) return false;
    await meta.put({ key: "lease", value: now + LEASE });
    return true;
  });
  if (!isMine) return undefined;
  try {
    return await work();
  } finally {
    await store.note("lease", 0);
  }
}
