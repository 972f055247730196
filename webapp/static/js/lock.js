/**
 * Locks a shared tablet: when it lies untouched, when it comes back after a while, and on Skift.
 * The page is taken out of sight and reach at once, also without network; the same person's PIN
 * puts it back with all that was typed. Another person never gets this page: they are sent on.
 * Owns #lock-cover, and whether what stands beside it is hidden.
 */

import { ask } from "./asking.js";
import { follow } from "./exchanges.js";
import { tell } from "./kept_pages.js";
import { LOCKED, startPad } from "./lock_opening.js";
import { idleFor, wakeUp } from "./presence.js";

/** Under which the tablet keeps whose session it has, so that all pages here agree. */
const SESSION = "session";

/** Milliseconds in the background after which it may have been in other hands. */
const AWAY = 10_000;

/**
 * @typedef {object} Covered
 * @property {HTMLElement} cover
 * @property {HTMLElement[]} hidden  What was in sight.
 * @property {string} title
 * @property {number} scrolled
 * @property {Element | null} focused
 */

/** @type {Covered | undefined} */
let covered;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

export function startLock() {
  const { session } = document.body.dataset;
  if (!session) return;
  if (localStorage.getItem(SESSION) !== session) {
    // Whatever an earlier session kept here, such as a running stopwatch, was somebody else's.
    localStorage.clear();
    sessionStorage.clear();
    localStorage.setItem(SESSION, session);
  }
  if (localStorage.getItem(LOCKED) === session) cover();
  check();
  let leftAt = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leftAt = Date.now();
    else if (Math.abs(Date.now() - leftAt) >= AWAY) cover();
    else check();
  });
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches("[data-lock-now]")) return;
    event.preventDefault();
    cover();
  });
  follow({
    ended(_, { kind }) {
      if (kind === "locked") cover();
    },
  });
  addEventListener("tablet-locked", cover);
  addEventListener("online", () => covered?.cover.querySelector("[data-no-net]") && void askWho());
  addEventListener("storage", ({ key, newValue }) => {
    if (key === SESSION && newValue !== session) location.replace("/");
    if (key === LOCKED && newValue === session) cover();
    if (key === LOCKED && newValue === null) uncover();
  });
  addEventListener("pagehide", ({ persisted }) => {
    // Should the browser ever show this page from its memory, it shows nothing before it is read.
    if (persisted) document.body.hidden = true;
  });
}

/** Lock when the tablet lay untouched for long enough; else look again when that would be. */
function check() {
  clearTimeout(timer);
  if (covered) return;
  const left = Number(document.body.dataset.lockAfter) * 1000 - idleFor();
  if (left <= 0) cover();
  else timer = setTimeout(check, left);
}

function cover() {
  if (covered) return;
  localStorage.setItem(LOCKED, String(document.body.dataset.session));
  // One that stays open would take every touch, also those meant for the lock.
  for (const each of document.querySelectorAll("dialog")) each.close("covered");
  const place = document.createElement("main");
  place.id = "lock-cover";
  place.append(partOf("words-locked"));
  const beside = /** @type {HTMLElement[]} */ ([...document.body.children]);
  const hidden = beside.filter((each) => !each.hidden && !each.inert);
  covered = {
    cover: place,
    hidden,
    title: document.title,
    scrolled: scrollY,
    focused: document.activeElement,
  };
  for (const each of hidden) each.hidden = each.inert = true;
  document.title = partOf("words-locked-title").textContent ?? "";
  document.body.append(place);
  tell("locked");
  void askWho();
}

/** Lock on the server too, and get the faces. Without network the page stays covered all the same. */
async function askWho() {
  const { status, text, redirect, isOurs } = await ask(String(document.body.dataset.lock));
  if (!covered) return;
  // What else answers, such as an open network's login page, is no network.
  if (!isOurs || status >= 500) {
    covered.cover.replaceChildren(partOf("words-locked"));
    const words = covered.cover.querySelector("[data-no-net]");
    if (words instanceof HTMLElement) words.hidden = false;
    words?.querySelector("[data-ask-again]")?.addEventListener("click", askWho, { once: true });
  } else if (redirect) {
    // In the place of this page, so that the way back does not lead to it.
    location.replace(redirect);
  } else if (status === 200 && text.includes('id="lock"')) {
    startPad(covered.cover, text, uncover);
    if (document.querySelector("form[data-state=unsent]"))
      covered.cover.firstElementChild?.append(partOf("words-still-unsent"));
  } else location.replace("/lock");
}

/** Put the page back as it was left. */
function uncover() {
  if (!covered) return;
  const { cover: place, hidden, title, scrolled, focused } = covered;
  covered = undefined;
  localStorage.removeItem(LOCKED);
  tell("open");
  place.remove();
  for (const each of hidden) each.hidden = each.inert = false;
  document.getElementById("messages")?.replaceChildren();
  document.title = title;
  scrollTo(0, scrolled);
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  wakeUp();
  check();
}

/** @param {string} id */
function partOf(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {DocumentFragment} */ (template.content.cloneNode(true));
}
