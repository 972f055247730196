/**
 * When somebody last touched the tablet, shared by all its pages; and telling the server so, for
 * somebody who writes for long sends nothing meanwhile. Knows nothing of locking.
 */

import { ask } from "./asking.js";
import { tellTouched } from "./kept_pages.js";

const KEY = "active-at";

/** Milliseconds between two words to the server; see SLACK in domain/idling.py. */
const BEAT = 60_000;

const TOUCHES = ["pointerdown", "keydown", "input", "wheel", "touchmove"];

let activeAt = Date.now();
let toldAt = activeAt;

export function startPresence() {
  const { seen } = document.body.dataset;
  if (!seen) return;
  touch();
  for (const event of TOUCHES) addEventListener(event, touch, { passive: true, capture: true });

  function touch() {
    const now = Date.now();
    // Once a second is enough, and moving a finger is many events.
    if (now - activeAt > 1000) localStorage.setItem(KEY, String(now));
    activeAt = now;
    if (document.getElementById("lock-cover")) return;
    tellTouched();
    if (now - toldAt < BEAT) return;
    toldAt = now;
    void ask(String(seen)).then(({ status }) => {
      if (status === 401) dispatchEvent(new Event("tablet-locked"));
    });
  }
}

/** Return for how many milliseconds nobody has touched any page here. */
export function idleFor() {
  const elsewhere = Number(localStorage.getItem(KEY) ?? 0);
  // A clock that was set back leaves times in the future; those say nothing.
  const now = Date.now();
  return now - Math.max(activeAt, elsewhere <= now ? elsewhere : 0);
}

/** Begin anew, as after a PIN. */
export function wakeUp() {
  activeAt = toldAt = Date.now();
  localStorage.setItem(KEY, String(activeAt));
}
