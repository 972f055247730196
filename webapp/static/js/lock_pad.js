/**
 * Faces and PIN pad, on the lock page and on what covers a page: tap a face, six digits, in. Owns
 * the section #lock in its place; without this file the same section is links and a plain form.
 */

import { ask } from "./asking.js";
import { findFaces } from "./lock_faces.js";

/** Under which the tablet keeps which session is locked: a page of it that is read again stays so. */
export const LOCKED = "locked-session";

const DIGITS = 6;

/** Ends what listened for keys on the pad before, when it is drawn again. */
let drawn = new AbortController();

export function startLockPage() {
  const section = document.querySelector("#main > #lock");
  if (!section?.parentElement) return;
  const next = section.querySelector("input[name=next]");
  const goOn = () => {
    localStorage.removeItem(LOCKED);
    location.replace((next instanceof HTMLInputElement && next.value) || "/");
  };
  run(section.parentElement, goOn);
}

/**
 * Show what the server drew, in the place of what stands there.
 *
 * @param {HTMLElement} place
 * @param {string} text          The section as the server drew it.
 * @param {() => void} onOpened  When the person who locked the tablet is back.
 */
export function startPad(place, text, onOpened) {
  const template = document.createElement("template");
  template.innerHTML = text;
  place.replaceChildren(template.content);
  run(place, onOpened);
}

/** @param {HTMLElement} place @param {() => void} onOpened */
function run(place, onOpened) {
  drawn.abort();
  drawn = new AbortController();
  const { signal } = drawn;
  const form = /** @type {HTMLFormElement} */ (place.querySelector("[data-pin-form]"));
  const pad = partOf(form, "[data-pad]");
  const dots = partOf(form, "[data-dots]");
  const status = partOf(form, "[data-typed]");
  const words = partOf(place, ".lock-words");
  let typed = "";
  let isAsking = false;

  partOf(form, "[data-plain]").remove();
  pad.hidden = dots.hidden = false;
  heading(place)?.focus({ preventScroll: true });
  if (!form.hidden) pad.scrollIntoView({ block: "nearest" });

  place.addEventListener("click", onClick, { signal });
  place.addEventListener("input", ({ target }) => findFaces(place, target), { signal });
  document.addEventListener("keydown", onKey, { signal });

  /** @param {MouseEvent} event */
  function onClick(event) {
    const { target } = event;
    if (!(target instanceof Element)) return;
    const face = target.closest("[data-person]");
    const key = target.closest("[data-key]");
    if (face instanceof HTMLElement && !form.hasAttribute("data-shut")) {
      event.preventDefault();
      choose(face);
    } else if (key instanceof HTMLElement) press(String(key.dataset.key));
  }

  /** @param {KeyboardEvent} event */
  function onKey({ key, target, ctrlKey, altKey, metaKey }) {
    if (form.hidden || ctrlKey || altKey || metaKey || target instanceof HTMLInputElement) return;
    if (/^[0-9]$/.test(key)) press(key);
    else if (key === "Backspace") press("back");
    else if (key === "Escape") press("clear");
  }

  /** @param {HTMLElement} face */
  function choose(face) {
    for (const each of place.querySelectorAll("[aria-current]"))
      each.removeAttribute("aria-current");
    face.setAttribute("aria-current", "true");
    fieldOf(form, "person").value = String(face.dataset.person);
    const top = heading(place);
    if (top) top.textContent = face.dataset.hello ?? "";
    words.textContent = "";
    form.hidden = false;
    show("");
    pad.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} key */
  function press(key) {
    if (isAsking) return;
    // What was said stays until the next answer: were it gone, the keys would move under the finger.
    if (key === "clear") show("");
    else if (key === "back") show(typed.slice(0, -1));
    else show(typed + key);
    if (typed.length === DIGITS) void send();
  }

  /** @param {string} now */
  function show(now) {
    typed = now;
    for (const [place, dot] of [...dots.children].entries())
      dot.classList.toggle("full", place < typed.length);
    status.textContent = String(status.dataset.typed).replace("{n}", String(typed.length));
  }

  async function send() {
    isAsking = true;
    form.setAttribute("aria-busy", "true");
    const person = fieldOf(form, "person").value;
    const answer = await ask(form.action, { person, pin: typed });
    if (signal.aborted) return;
    isAsking = false;
    form.removeAttribute("aria-busy");
    show("");
    if (answer.redirect) location.replace(answer.redirect);
    else if (answer.status === 204) {
      // What is typed from now on is no PIN.
      drawn.abort();
      onOpened();
    } else if (answer.text.includes('id="lock"')) startPad(place, answer.text, onOpened);
    else if (answer.status === 400) location.replace("/lock");
    else words.textContent = words.dataset.noNet ?? "";
  }
}

/** @param {HTMLElement} place */
function heading(place) {
  return place.querySelector("h1");
}

/** @param {HTMLElement} place @param {string} selector */
function partOf(place, selector) {
  return /** @type {HTMLElement} */ (place.querySelector(selector));
}

/** @param {HTMLFormElement} form @param {string} name */
function fieldOf(form, name) {
  return /** @type {HTMLInputElement} */ (form.querySelector(`input[name=${name}]`));
}
