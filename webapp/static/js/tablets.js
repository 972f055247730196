/**
 * A tablet being let in and let go. A scanned code stands after the # of the address, which no
 * server and no log ever sees; it is put in its field and taken out of the address. A tablet that
 * was let go forgets what it keeps to read, and never what it has yet to send.
 */

import { forgetPages } from "./kept_pages.js";

export function startTablets() {
  const code = document.querySelector("input[data-tablet-code]");
  const scanned = new URLSearchParams(location.hash.slice(1)).get("code");
  if (code instanceof HTMLInputElement && scanned) {
    code.value = scanned;
    history.replaceState(null, "", location.pathname);
  }
  if (code) askToPersist();
  if (document.querySelector("[data-let-go]")) void forget();
}

/** Ask that the browser never clears away by itself what lies here. Some do as they please. */
export function askToPersist() {
  void globalThis.navigator?.storage?.persist?.().catch(() => undefined);
}

/** Tell whether the browser promised that; undefined where it does not say. */
export const isPersisted = async () =>
  globalThis.navigator?.storage?.persisted?.().catch(() => undefined);

/** Nobody opens it without network any more; what is sealed stays. */
async function forgetPeople() {
  const [{ forgetAll }, { Store }] = await Promise.all([
    import("./standby/people.js"),
    import("./outbox/store.js"),
  ]);
  await forgetAll(new Store());
}

async function forget() {
  localStorage.clear();
  sessionStorage.clear();
  // Only what is there to be read: what was not sent lies in a database of its own.
  await forgetPages();
  await forgetPeople().catch(() => undefined);
  if (!("caches" in window)) return;
  for (const name of await caches.keys()) await caches.delete(name);
}
