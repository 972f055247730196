/**
 * The citizen's own screen: which step is shown, and that nothing else can be reached from it. On a
 * shared tablet whoever showed it is locked out as soon as the pictures are here, so that no way from
 * this page, Back least of all, leads on without a PIN. Owns everything on its page.
 */

import { ask } from "../asking.js";
import { tell } from "../kept_pages.js";
import { LOCKED } from "../lock_opening.js";
import { startHearing } from "./hearing.js";
import { startHold } from "./hold.js";

/** Under which the tablet keeps how far somebody came, and for how many milliseconds. */
const PLACE = "instruction-place";
const KEPT = 15 * 60_000;

const { instruction, leadsTo, login } = document.body.dataset;
const steps = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-step]")]);
const back = button("[data-back]");
const done = button("[data-done]");
const hear = button("[data-hear]");

/** The end, too, is a step. */
const END = steps.length - 1;

let place = placeOfReload();

show();
back.addEventListener("click", () => go(place - 1));
done.addEventListener("click", () => go(place + 1));
startHearing(hear, () => steps[place]?.querySelector("[data-say]")?.textContent?.trim() ?? "");
startHold(button("[data-hold]"), () => {
  sessionStorage.removeItem(PLACE);
  location.replace(String(leadsTo));
});
// A long press offers nothing to copy, open or share.
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("pageshow", stayAwake);
document.addEventListener("visibilitychange", stayAwake);
if (document.querySelector("form[data-locks]")) void lock();

/** @param {number} next */
function go(next) {
  place = Math.max(0, Math.min(next, END));
  show();
  steps[place]?.focus({ preventScroll: true });
}

function show() {
  for (const [number, step] of steps.entries()) step.classList.toggle("now", number === place);
  back.classList.toggle("gone", place === 0);
  done.classList.toggle("gone", place === END);
  sessionStorage.setItem(PLACE, JSON.stringify({ instruction, place, at: Date.now() }));
}

/** Return where to begin: at the first step, but where it was left when the page is read again. */
function placeOfReload() {
  const [entry] = performance.getEntriesByType("navigation");
  const isReload = entry instanceof PerformanceNavigationTiming && entry.type === "reload";
  const isBack = new URL(document.referrer || location.href).pathname === "/lock";
  if (!isReload && !isBack) return 0;
  try {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
    const isOurs = kept.instruction === instruction && Math.abs(Date.now() - kept.at) < KEPT;
    return isOurs && kept.place in steps ? Number(kept.place) : 0;
  } catch {
    return 0;
  }
}

/** Lock the tablet for everybody who works here, on the server too; the page itself stays. */
async function lock() {
  const pictures = /** @type {HTMLImageElement[]} */ ([...document.images]);
  // One that never comes is no reason to leave the tablet open.
  await Promise.allSettled(pictures.map((each) => each.decode()));
  localStorage.setItem(LOCKED, String(login));
  tell("locked");
  const address = /** @type {HTMLFormElement} */ (document.querySelector("form[data-locks]"))
    .action;
  const { status, isOurs } = await ask(address);
  // Our pages are covered already. The server hears of it when there is net.
  if (!isOurs || status >= 500) addEventListener("online", lock, { once: true });
}

/** Keep the screen lit as long as the page is looked at, where the browser can. */
function stayAwake() {
  if (document.visibilityState === "visible")
    void navigator.wakeLock?.request("screen").catch(() => undefined);
}

/**
 * @param {string} selector
 * @returns {HTMLButtonElement}
 */
function button(selector) {
  return /** @type {HTMLButtonElement} */ (document.querySelector(selector));
}
