/**
 * Opens a locked tablet with the server's word, on the lock page and on what covers a page; and lets
 * the PIN that was right open it without network later.
 */

import { ask } from "./asking.js";
import { runPad } from "./lock_pad.js";

/** Under which the tablet keeps which session is locked: a page of it that is read again stays so. */
export const LOCKED = "locked-session";

export function startLockPage() {
  const section = document.querySelector("#main > #lock");
  if (!section?.parentElement) return;
  const next = section.querySelector("input[name=next]");
  const goOn = () => {
    localStorage.removeItem(LOCKED);
    location.replace((next instanceof HTMLInputElement && next.value) || "/");
  };
  runPad(section.parentElement, { onOpened: goOn, tryPin: askServer(section.parentElement, goOn) });
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
  runPad(place, { onOpened, tryPin: askServer(place, onOpened) });
}

/**
 * Return what asks the server about a PIN, and follows where it leads.
 *
 * @param {HTMLElement} place
 * @param {() => void} onOpened
 * @returns {(person: string, pin: string) => Promise<import("./lock_pad.js").Tried>}
 */
function askServer(place, onOpened) {
  return async (person, pin) => {
    const form = /** @type {HTMLFormElement} */ (place.querySelector("[data-pin-form]"));
    // Beside the question, because both take a while.
    const keys = form.hasAttribute("data-standby") ? keysFor(person, pin) : undefined;
    const next = /** @type {HTMLInputElement} */ (form.elements.namedItem("next")).value;
    const { status, text, redirect, isOurs } = await ask(form.action, { person, pin, next });
    // Else it leads away because this is no tablet of the home any more.
    const isOpen = isOurs && status === 204 && ["", "/", next].includes(redirect);
    if (isOpen) await keys?.then((keep) => keep());
    if (redirect) location.replace(redirect);
    else if (text.includes('id="lock"')) startPad(place, text, onOpened);
    else if (status === 400) location.replace("/lock");
    else if (!isOpen) {
      const way = place.querySelector("[data-without-net]");
      way?.removeAttribute("hidden");
      const words = /** @type {HTMLElement} */ (place.querySelector(".lock-words"));
      return { words: words.dataset.noNet };
    }
    return { isOpen: isOpen && !redirect };
  };
}

/**
 * Make ready what lets a PIN open this tablet without network too; return what keeps it.
 *
 * @param {string} person
 * @param {string} pin
 */
async function keysFor(person, pin) {
  // A tablet that can keep nothing opens with network only.
  const nothing = async () => undefined;
  try {
    const [{ put, underPin }, { Store }] = await Promise.all([
      import("./standby/people.js"),
      import("./outbox/store.js"),
    ]);
    const store = new Store();
    const kept = await underPin(store, person, pin);
    return () => put(store, kept).catch(nothing);
  } catch {
    return nothing;
  }
}
