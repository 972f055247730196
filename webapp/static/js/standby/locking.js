/**
 * Says when a tablet that was opened without network should lock: on Skift, untouched for three
 * minutes, and when it comes back after a while in the background.
 */

/** Milliseconds; the home's own number is not known without network. */
const IDLE = 3 * 60_000;
const AWAY = 10_000;

/** @param {() => void} lock */
export function watchForLocking(lock) {
  let touchedAt = Date.now();
  let leftAt = touchedAt;
  for (const event of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
    const touch = () => {
      touchedAt = Date.now();
    };
    addEventListener(event, touch, { passive: true, capture: true });
  }
  setInterval(() => Date.now() - touchedAt >= IDLE && lock(), 5000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leftAt = Date.now();
    else if (Math.abs(Date.now() - leftAt) >= AWAY) lock();
  });
  addEventListener("pagehide", ({ persisted }) => persisted && lock());
  document.querySelector("[data-lock-now]")?.addEventListener("click", lock);
}
