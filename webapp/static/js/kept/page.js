/**
 * A page that the service worker shows as it was kept: says from when it is, catches what only the
 * server can do, and gives way to the page itself once there is net again. Taps go by the outbox as
 * on any page. Owns #shown-from; loaded by kept_pages.js.
 */

import { clock } from "../clock.js";
import { isQuiet } from "../quiet.js";

/** Milliseconds between two looks for the server. */
const BEAT = 30_000;

/** Milliseconds until the next look for a quiet moment. */
const MOMENT = 1000;

/** Under which the tablet keeps when a page was last read anew by itself, and for how long it is not again. */
const ANEW = "read-anew";
const PAUSE = 60_000;

const strip = document.getElementById("shown-from");

start();

function start() {
  const from = new Date(String(document.body.dataset.shownFrom));
  const isToday = from.toDateString() === new Date().toDateString();
  const said = strip?.querySelector("[data-from]");
  const words = isToday ? strip?.dataset.today : strip?.dataset.earlier;
  if (said) said.textContent = (words ?? "").replace("{time}", clock(from.toISOString()));
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
  // What was tapped just now is not on the disk yet, or is on its way.
  while (!isQuiet()) await new Promise((resolve) => setTimeout(resolve, MOMENT));
  // Still the kept page just after that: the network is slow, and the link is enough.
  const isAgain = Date.now() - Number(sessionStorage.getItem(ANEW) ?? 0) < PAUSE;
  if (isAgain || isTouched()) return;
  sessionStorage.setItem(ANEW, String(Date.now()));
  location.reload();
}

async function isThere() {
  try {
    const answer = await fetch("/healthz", {
      signal: AbortSignal.timeout(3000),
      redirect: "error",
    });
    // An open network's login page is no server of ours.
    return answer.ok && answer.headers.has("Smaategn-Answer");
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
