/**
 * The service worker: ties the browser's events to the shell and the strategies.
 * Started by /sw.js, which knows the release and what belongs to its shell.
 */

import { deleteOldShells, keepShell, kept } from "./caches.js";
import { keptOrNetwork, pageOrOffline, strategyFor } from "./strategies.js";

/**
 * @param {ServiceWorkerGlobalScope} scope
 * @param {{ release: string, shell: string[], offline: string }} settings  Twelve hex digits; the
 *   addresses to keep; which of them is the page shown without network.
 */
export function start(scope, { release, shell, offline }) {
  const { caches, registration } = scope;

  scope.addEventListener("install", (event) => {
    event.waitUntil(keepShell(caches, fetch, release, shell));
  });

  // The app on a shared tablet is never closed, so a waiting worker would wait for ever. A page says
  // when the outbox is at rest; see updating.js.
  scope.addEventListener("message", ({ data }) => {
    if (data === "take-over") void scope.skipWaiting();
  });

  scope.addEventListener("activate", (event) => {
    event.waitUntil(
      Promise.all([
        deleteOldShells(caches, release),
        // The page is asked for while the worker starts, so that it costs no time online.
        registration.navigationPreload?.enable(),
        scope.clients.claim(),
      ]),
    );
  });

  scope.addEventListener("fetch", (event) => {
    const { request } = event;
    const { pathname, search } = new URL(request.url);
    switch (strategyFor(request, scope.location.origin)) {
      case "page":
        event.respondWith(
          pageOrOffline(
            // The request itself, not its address: then the browser follows redirects as usual.
            async () => (await event.preloadResponse) ?? fetch(request),
            () => kept(caches, release, offline),
          ),
        );
        break;
      case "static":
        event.respondWith(
          keptOrNetwork(
            () => kept(caches, release, pathname + search),
            () => fetch(request),
          ),
        );
        break;
    }
  });
}
