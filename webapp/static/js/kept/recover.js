/** The way out: no worker, no kept files, no kept pages. The outbox is another database and stays. */

import { forgetPages } from "../kept_pages.js";

/** Milliseconds a worker may take to begin; what it keeps meanwhile goes too. */
const PATIENCE = 5000;

await forgetPages();
for (const registration of await navigator.serviceWorker.getRegistrations()) {
  const { installing } = registration;
  await registration.unregister();
  if (installing?.state === "installing") await changeOf(installing);
}
for (const name of await caches.keys()) await caches.delete(name);
document.querySelector("[data-done]")?.removeAttribute("hidden");

/** @param {ServiceWorker} worker */
function changeOf(worker) {
  return new Promise((resolve) => {
    worker.addEventListener("statechange", resolve, { once: true });
    setTimeout(resolve, PATIENCE);
  });
}
