/**
 * Honest words when a tap did not get through. Owns #offline-strip and, beside what the server
 * writes there itself, #messages; the words are in templates on the page. Which form has to be
 * tapped again is shown by taps.js.
 */

import { follow } from "./exchanges.js";

export function startConnection() {
  const strip = document.getElementById("offline-strip");
  const messages = document.getElementById("messages");
  let saidAt = 0;

  /** @param {boolean} isOffline */
  const showStrip = (isOffline) => {
    if (strip) strip.hidden = !isOffline;
  };

  /** @param {string} id */
  const say = (id) => {
    const words = document.getElementById(id);
    if (words instanceof HTMLTemplateElement)
      messages?.replaceChildren(words.content.cloneNode(true));
  };

  // The browser's own word may be wrong both ways, so it only moves the strip; what a request
  // meets is the truth.
  showStrip(!navigator.onLine);
  addEventListener("offline", () => showStrip(true));
  addEventListener("online", () => showStrip(false));

  follow({
    ended({ begunAt }, { kind, told }) {
      if (kind === "dropped") return;
      showStrip(kind === "unreachable");
      if (kind === "unreachable") say("words-no-connection");
      if (kind === "trouble" && !told) say("words-server-trouble");
      if (kind !== "stored") saidAt = performance.now();
      // Only the success of something begun after the words had come: of two taps at once, one
      // that went well must not wipe away what was said of the other.
      else if (begunAt > saidAt) messages?.replaceChildren();
    },
  });
}
