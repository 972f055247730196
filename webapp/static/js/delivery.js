/**
 * Lets a page that nobody is signed in on deliver what lies in the outbox too. Where somebody is, the
 * page has the outbox from the beginning, for there is something to keep.
 */

export function startDelivery() {
  if (document.body.dataset.login) return;
  addEventListener("load", async () => {
    // A tablet that never kept anything has nothing to load for.
    const found = (await indexedDB.databases?.().catch(() => [])) ?? [];
    if (found.some(({ name }) => name === "outbox")) await import("./outbox/start.js");
  });
}
