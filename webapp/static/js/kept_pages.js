/**
 * What a page tells the service worker of the pages it keeps: that the tablet is in use, put away or
 * locked. Where nobody is signed in they are forgotten here and now, with or without a worker.
 * The outbox is another database and is never touched.
 */

/** Milliseconds between two words that the tablet is in use. */
const EVERY = 20_000;

/** Milliseconds out of sight that are no more than a notification; see lock.js. */
const AWAY = 10_000;

let toldAt = 0;

export function startKeptPages() {
  const { login, shownFrom } = document.body.dataset;
  if (login) tell(document.getElementById("lock-cover") ? "locked" : "open");
  // Whoever put the tablet down may come back to their pages; whoever logged off may not.
  else if (document.getElementById("lock")) tell("locked");
  else void forgetPages();
  if (login) followSight();
  if (!shownFrom) return;
  // It has no token to be taken for ours. What is tapped goes by the outbox, at once if there is net.
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    const refuse = () => Promise.reject(new TypeError("Failed to fetch"));
    if (ctx.request.method !== "GET") Object.assign(ctx, { fetch: refuse });
  });
  void import("./kept/page.js");
}

/** @param {"open" | "left" | "locked"} state */
export function tell(state) {
  toldAt = Date.now();
  const session = document.body.dataset.login ?? "";
  void navigator.serviceWorker?.ready.then(({ active }) =>
    active?.postMessage({ pages: state, session }),
  );
}

/** Tell when this page is put away, and when it is back at once. What unloads it is neither. */
export function followSight() {
  let leftAt = 0;
  let isOver = false;
  addEventListener("pagehide", () => {
    isOver = true;
  });
  document.addEventListener("visibilitychange", () => {
    if (isOver || document.getElementById("lock-cover")) return;
    if (document.hidden) leftAt = Date.now();
    if (document.hidden) tell("left");
    else if (Math.abs(Date.now() - leftAt) < AWAY) tell("open");
  });
}

/** Tell now and then that somebody touches the tablet. */
export function tellTouched() {
  if (Math.abs(Date.now() - toldAt) >= EVERY) tell("open");
}

/** The key first, without which nothing can be read. */
export async function forgetPages() {
  indexedDB.deleteDatabase("cache");
  if (!("caches" in globalThis)) return;
  for (const name of await caches.keys()) if (name.startsWith("pages-")) await caches.delete(name);
}
