/* Workbox's own queue, as its guide has it; "send" is more than it does by itself: at once, not in minutes. */
importScripts(
  "/modules/workbox-core/build/workbox-core.prod.js",
  "/modules/workbox-background-sync/build/workbox-background-sync.prod.js",
);

const queue = new workbox.backgroundSync.Queue("taps", { maxRetentionTime: 24 * 60 });
let sending;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  const [port] = event.ports;
  if (event.data === "count") event.waitUntil(queue.size().then((size) => port.postMessage(size)));
  else {
    sending ??= queue
      .replayRequests()
      .catch(() => undefined)
      .finally(() => {
        sending = undefined;
      });
    event.waitUntil(sending.then(() => port.postMessage(0)));
  }
});
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "POST" || new URL(request.url).pathname !== "/taps") return;
  const send = async () => {
    try {
      return await fetch(request.clone());
    } catch {
      await queue.pushRequest({ request });
      return new Response(null, { status: 202 });
    }
  };
  event.respondWith(send());
});
