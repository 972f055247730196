/**
 * The citizen's own screen: which step is shown, and that nothing else can be reached from it. On a
 * shared tablet whoever showed it is locked out as soon as the pictures are here, so that no way from
 * this page, Back least of all, leads on without a PIN. Owns everything on its page.
 */

import { ask } from "../asking.js";
import { tell } from "../kept_pages.js";
import { LOCKED } from "../lock_opening.js";
import { startClips } from "./clips.js";
import { startHearing } from "./hearing.js";
import { startHold } from "./hold.js";

/** Under which the tablet keeps how far somebody came, and for how many milliseconds. */
const PLACE = "instruction-place";
const KEPT = 15 * 60_000;

/** Milliseconds a picture may take, and until the server is asked again. */
const PATIENCE = 5000;

const { instruction, leadsTo, login } = document.body.dataset;
/** On a shared tablet only. @type {HTMLFormElement | null} */
const locks = document.querySelector("form[data-locks]");
const steps = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-step]")]);
const back = button("[data-back]");
const done = button("[data-done]");
const hear = button("[data-hear]");

/** The end, too, is a step. */
const END = steps.length - 1;

let place = placeOfReload();
const clips = startClips(steps);

show();
// Wet hands tap twice; the second tap is meant for the step that is gone.
for (const [act, way] of /** @type {const} */ ([
  [back, -1],
  [done, 1],
]))
  act.addEventListener("click", ({ detail }) => detail > 1 || go(place + way));
for (const picture of document.images) {
  picture.addEventListener("error", () => showWordsAlone(picture));
  if (picture.complete && !picture.naturalWidth) showWordsAlone(picture);
}
startHearing(hear, () => steps[place]?.querySelector("[data-say]")?.textContent?.trim() ?? "");
startHold(button("[data-hold]"), async () => {
  sessionStorage.removeItem(PLACE);
  // Else whoever showed it would still be signed in, and be led to another page.
  if (locks) await lockOnServer(locks);
  location.replace(String(leadsTo));
});
// A long press offers nothing to copy, open or share.
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("pageshow", stayAwake);
document.addEventListener("visibilitychange", stayAwake);
if (locks) void lock(locks);

/** @param {number} next */
function go(next) {
  place = Math.max(0, Math.min(next, END));
  show();
  steps[place]?.focus({ preventScroll: true });
}

function show() {
  for (const [number, step] of steps.entries()) step.classList.toggle("now", number === place);
  clips.show(steps[place]);
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

/**
 * Lock the tablet for everybody who works here: our pages at once, the server as soon as it has given
 * the pictures, for afterwards it gives none. This page itself stays.
 *
 * @param {HTMLFormElement} form
 */
async function lock(form) {
  localStorage.setItem(LOCKED, String(login));
  tell("locked");
  const pictures = [...document.images].map((each) => each.decode());
  // One that never comes is no reason to leave the tablet open.
  await Promise.race([Promise.allSettled(pictures), wait(PATIENCE)]);
  await clips.loaded;
  while (!(await lockOnServer(form))) await wait(PATIENCE);
  document.body.dataset.locked = "";
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<boolean>}  Whether nobody is signed in any more.
 */
async function lockOnServer({ action }) {
  const { status, text, redirect, isOurs } = await ask(action);
  return isOurs && (Boolean(redirect) || (status === 200 && text.includes('id="lock"')));
}

/** @param {HTMLImageElement} picture  One that did not come. */
function showWordsAlone(picture) {
  const step = picture.closest("[data-step]");
  step?.querySelector(".step-picture")?.remove();
  step?.querySelector("[data-say]")?.classList.add("alone");
}

/** @param {number} milliseconds */
function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
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
