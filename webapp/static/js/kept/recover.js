/** The way out: no worker, no kept files, no kept pages. The outbox is another database and stays. */

import { forgetPages } from "../kept_pages.js";

await forgetPages();
for (const name of await caches.keys()) await caches.delete(name);
for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
document.querySelector("[data-done]")?.removeAttribute("hidden");
