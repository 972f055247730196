/**
 * A page that the service worker shows as it was kept: says from when it is, catches what only the
 * server can do, and gives way to the page itself once there is net again. Taps go by the outbox as
 * on any page. Owns #shown-from; loaded by kept_pages.js.
 */

import { clock } from "../clock.js";

/** Milliseconds between two looks for the server. */
const BEAT = 30_000;

const strip = document.getElementById("shown-from");

start();

function start() {
  const from = new Date(String(document.body.dataset.shownFrom));
  const isToday = from.toDateString() === new Date().toDateString();
  const time = strip?.querySelector("[data-from]");
  if (time) time.textContent = clock(from.toISOString());
  strip?.querySelector("[data-today]")?.toggleAttribute("hidden", !isToday);
  strip?.querySelector("[data-yesterday]")?.toggleAttribute("hidden", isToday);
  strip?.removeAttribute("hidden");
  // What was caught for the outbox is prevented already.
  document.addEventListener("submit", (event) => {
    const isOurs = event.target instanceof Element && event.target.closest("main, header");
    if (isOurs && !event.defaultPrevented) say("words-needs-net");
  });
  addEventListener("online", look);
  addEventListener("outbox:reached", look);
  document.addEventListener("visibilitychange", look);
  setInterval(look, BEAT);
}

/** Read the page anew when the server is there, unless that would cost somebody their words. */
async function look() {
  if (document.hidden || !(await isThere())) return;
  strip?.querySelector("[data-again]")?.removeAttribute("hidden");
  const [entry] = performance.getEntriesByType("navigation");
  // A page that was read anew and is still the kept one has a slow network: then the link is enough.
  const isAgain = entry instanceof PerformanceNavigationTiming && entry.type === "reload";
  if (!isAgain && !isTouched()) location.reload();
}

async function isThere() {
  try {
    const answer = await fetch("/healthz", {
      signal: AbortSignal.timeout(3000),
      redirect: "error",
    });
    return answer.ok;
  } catch {
    return false;
  }
}

function isTouched() {
  if (document.getElementById("lock-cover")) return true;
  /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */
  const fields = document.querySelectorAll("main textarea, main input:not([type=hidden])");
  return [...fields].some((field) =>
    field instanceof HTMLInputElement && field.type === "checkbox"
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue,
  );
}

/** @param {string} id */
function say(id) {
  const words = document.getElementById(id);
  if (words instanceof HTMLTemplateElement)
    document.getElementById("messages")?.replaceChildren(words.content.cloneNode(true));
}
