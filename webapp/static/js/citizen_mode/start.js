/**
 * The citizen's own screen: which step is shown, and that nothing else can be reached from it. On a
 * shared tablet whoever showed it is locked out as soon as the pictures are here, so that no way from
 * this page, Back least of all, leads on without a PIN. Owns everything on its page.
 */

import { startClips } from "./clips.js";
import { startHearing } from "./hearing.js";
import { startHold } from "./hold.js";
import { lock, lockOnServer } from "./locking.js";
import { startOwnWord } from "./own_word.js";
import { startRail } from "./rail.js";
import { startShowing } from "./showing.js";
import { startStaying } from "./staying.js";
import { startTimer } from "./timer.js";

/** Under which the tablet keeps how far somebody came, and for how many milliseconds. */
const PLACE = "instruction-place";
const KEPT = 15 * 60_000;

const { instruction, leadsTo } = document.body.dataset;
/** On a shared tablet only. @type {HTMLFormElement | null} */
const locks = document.querySelector("form[data-locks]");
const steps = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-step]")]);
const back = button("[data-back]");
const done = button("[data-done]");

/** Milliseconds: wet hands tap twice, and the second tap is meant for the step that is gone. */
const REST = 400;

/** The end, too, is a step. */
const END = steps.length - 1;

const goesOn = isReadAgain();
let place = goesOn ? placeBefore() : 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let resting;
const clips = startClips(steps);
const hearing = startHearing(button("[data-hear]"), steps);

/** Only for staff who may log. */
const aside = document.getElementById("rail");
const rail = aside && startRail(aside, goesOn);
const noteShown = aside && startShowing(goesOn);
const ownWord = document.getElementById("own-word");
if (ownWord instanceof HTMLFormElement) startOwnWord(ownWord, goesOn);

const staying = startStaying(() => go(place - 1));

show();
for (const [act, way] of /** @type {const} */ ([
  [back, -1],
  [done, 1],
]))
  act.addEventListener("click", () => go(place + way));
for (const picture of document.images) {
  picture.addEventListener("error", () => showWordsAlone(picture));
  if (picture.complete && !picture.naturalWidth) showWordsAlone(picture);
}
startHold(button("[data-hold]"), async () => {
  // What was marked would be gone with the page.
  if (rail && !(await rail.leave())) return;
  sessionStorage.removeItem(PLACE);
  // Else whoever showed it would still be signed in, and be led to another page.
  if (locks) await lockOnServer(locks);
  staying.leave(String(leadsTo));
});
// A long press offers nothing to copy, open or share.
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("pageshow", stayAwake);
document.addEventListener("visibilitychange", stayAwake);
if (locks) void lock(locks, hearing.loaded, clips.loaded);

/** @param {number} next */
function go(next) {
  place = Math.max(0, Math.min(next, END));
  show();
  rest(true);
  clearTimeout(resting);
  resting = setTimeout(() => rest(false), REST);
  steps[place]?.focus({ preventScroll: true });
}

/** @param {boolean} isResting  Whether a touch would be meant for the step that is gone. */
function rest(isResting) {
  for (const each of [back, done, ...(ownWord?.querySelectorAll("button") ?? [])])
    each.disabled = isResting;
}

function show() {
  for (const [number, step] of steps.entries()) {
    step.classList.toggle("before", number < place);
    step.classList.toggle("now", number === place);
    step.classList.toggle("next", number === place + 1);
  }
  // A list that is longer than the screen shows where one is.
  if (document.body.matches(".as-checklist")) steps[place]?.scrollIntoView({ block: "center" });
  clips.show(steps[place]);
  hearing.show(steps[place]);
  back.classList.toggle("gone", place === 0);
  done.classList.toggle("gone", place === END);
  rail?.at(place, place === END);
  noteShown?.(place);
  startTimer(steps[place]);
  sessionStorage.setItem(PLACE, JSON.stringify({ instruction, place, at: Date.now() }));
}

/** Tell whether the page is read again, and not opened anew. */
function isReadAgain() {
  const [entry] = performance.getEntriesByType("navigation");
  const isReload = entry instanceof PerformanceNavigationTiming && entry.type === "reload";
  return isReload || new URL(document.referrer || location.href).pathname === "/lock";
}

/** Return where it was left. */
function placeBefore() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
    const isOurs = kept.instruction === instruction && Math.abs(Date.now() - kept.at) < KEPT;
    return isOurs && kept.place in steps ? Number(kept.place) : 0;
  } catch {
    return 0;
  }
}

/** @param {HTMLImageElement} picture  One that did not come. */
function showWordsAlone(picture) {
  const step = picture.closest("[data-step]");
  step?.querySelector(".step-picture")?.remove();
  step?.querySelector("[data-say]")?.classList.add("alone");
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
