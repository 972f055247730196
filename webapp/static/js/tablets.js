/**
 * A tablet being let in and let go. A scanned code stands after the # of the address, which no
 * server and no log ever sees; it is put in its field and taken out of the address. A tablet that
 * was let go forgets what it keeps to read, and never what it has yet to send.
 */

export function startTablets() {
  const code = document.querySelector("input[data-tablet-code]");
  const scanned = new URLSearchParams(location.hash.slice(1)).get("code");
  if (code instanceof HTMLInputElement && scanned) {
    code.value = scanned;
    history.replaceState(null, "", location.pathname);
  }
  if (document.querySelector("[data-let-go]")) void forget();
}

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
  await forgetPeople().catch(() => undefined);
  // Only caches: the queue of what was not sent lies in a database of its own.
  if (!("caches" in window)) return;
  for (const name of await caches.keys()) await caches.delete(name);
}
