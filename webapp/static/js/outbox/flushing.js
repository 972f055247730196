/**
 * When to send: after a tap, when a page opens or comes into sight, when there seems to be net, and
 * every 30 seconds in sight. Tells the page "outbox:reached" whenever the server was asked.
 *
 * @typedef {import("./store.js").Store} Store
 */

import { busy } from "../quiet.js";
import { sendPictures } from "./pictures.js";
import { flush } from "./sender.js";

const BEAT = 30_000;
/** Milliseconds until a page that found another one sending looks again. */
const SOON = 1000;
/** Milliseconds a flusher may be heard of last before another takes over, without Web Locks. */
const LEASE = 60_000;

/** Whether somebody wanted this page to send once more, while it did. */
let isWanted = false;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Whether this page sends a picture. */
let isCarrying = false;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pictureTimer;

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
      // Another page is at it. One that was left in the middle will not say when it is done.
      if (!done) timer = setTimeout(() => void run(isUrgent), SOON);
    } catch {
      // A store that cannot be opened has nothing to send; the page says so.
    }
    busy.sending = false;
    await changed();
    void pictures(isUrgent);
    if (!isWanted) return;
    isWanted = false;
    await run(true);
  };
  // After the words, at their own pace: no picture holds up what somebody taps meanwhile.
  /** @param {boolean} isUrgent */
  const pictures = async (isUrgent) => {
    if (isCarrying) return;
    isCarrying = true;
    clearTimeout(pictureTimer);
    try {
      const done = await alone(store, () => sendPictures(store, isUrgent), "outbox-media");
      if (done?.wait) pictureTimer = setTimeout(() => void pictures(false), done.wait);
      if (done?.delivered) {
        others.postMessage("delivered");
        await changed();
      }
    } catch {
      // As above: the next beat tries again.
    }
    isCarrying = false;
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
 * @param {string} name  Of the work.
 * @returns {Promise<T | undefined>}
 */
export async function alone(store, work, name = "outbox") {
  if (globalThis.navigator?.locks)
    return navigator.locks.request(name, { ifAvailable: true }, (lock) =>
      lock ? work() : undefined,
    );
  const now = Date.now();
  const isMine = await store.write(async (writing) => {
    const meta = writing.objectStore("meta");
    const until = (await meta.get(`lease ${name}`))?.value ?? 0;
    if (until > now && until - now <= LEASE) return false;
    await meta.put({ key: `lease ${name}`, value: now + LEASE });
    return true;
  });
  if (!isMine) return undefined;
  try {
    return await work();
  } finally {
    await store.note(`lease ${name}`, 0);
  }
}
