/**
 * Registers the service worker, and lets a new version of it take over in a quiet moment: never while
 * this page writes to the outbox or sends from it. The page goes on as it is, and says so.
 */

import { isQuiet } from "./quiet.js";

/** Milliseconds until the next look for a quiet moment. */
const MOMENT = 1000;

export function startUpdating() {
  if (!("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  const isOld = Boolean(serviceWorker.controller);
  serviceWorker.addEventListener("controllerchange", () => {
    if (isOld) document.getElementById("new-version")?.removeAttribute("hidden");
  });
  // After the page itself, so that keeping the shell does not delay what someone is waiting for.
  addEventListener("load", () => {
    serviceWorker
      .register("/sw.js", { type: "module", updateViaCache: "none" })
      .then((registration) => {
        letTakeOver(registration);
        registration.addEventListener("updatefound", () => {
          const { installing } = registration;
          installing?.addEventListener("statechange", () => letTakeOver(registration));
        });
      })
      // A browser without module workers only misses the page that is shown without network.
      .catch(() => undefined);
  });
}

/** @param {ServiceWorkerRegistration} registration */
function letTakeOver(registration) {
  const { waiting } = registration;
  if (!waiting) return;
  if (isQuiet()) waiting.postMessage("take-over");
  else setTimeout(() => letTakeOver(registration), MOMENT);
}
