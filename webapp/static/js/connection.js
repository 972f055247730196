/**
 * Honest words when a tap did not get through. Owns #offline-strip and, beside what the server
 * writes there itself, #messages; the words are in templates on the page. Of what is kept on the
 * tablet the strip is word enough. Which form has to be tapped again is shown by taps.js.
 */

import { clock } from "./clock.js";
import { follow } from "./exchanges.js";

export function startConnection() {
  const strip = document.getElementById("offline-strip");
  const messages = document.getElementById("messages");
  let saidAt = 0;

  /** @param {boolean} isOffline */
  const showStrip = (isOffline) => {
    if (!strip || strip.hidden !== isOffline) return;
    strip.hidden = !isOffline;
    const since = strip.querySelector("[data-since]");
    if (since) since.textContent = clock(new Date().toISOString());
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
  addEventListener("outbox:reached", (event) => {
    showStrip(!(/** @type {CustomEvent<boolean>} */ (event).detail));
  });

  follow({
    ended({ begunAt }, { kind, told, kept }) {
      if (kind === "dropped") return;
      showStrip(kind === "unreachable");
      // What is kept needs no words, whoever said some; but that somebody is logged out is news.
      if (kept) {
        if (kind !== "locked") messages?.replaceChildren();
        return;
      }
      if (kind === "unreachable") say("words-no-connection");
      if (kind === "trouble" && !told) say("words-server-trouble");
      if (kind !== "stored") saidAt = performance.now();
      // Only the success of something begun after the words had come: of two taps at once, one
      // that went well must not wipe away what was said of the other.
      else if (begunAt > saidAt) messages?.replaceChildren();
    },
  });
}
