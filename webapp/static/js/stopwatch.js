/**
 * The stopwatch of a sign that lasts: the first tap begins a run, the second stops it and lets the
 * form send its seconds. A run is kept in localStorage under "stopwatch:<sign id>" until it is stored
 * or lies in the outbox, so it survives a reload, a locked screen and a lost answer. Drawn again
 * after every swap, because the server's cards know nothing of it.
 *
 * @typedef {import("./runs.js").Run} Run
 */

import { follow } from "./exchanges.js";
import { clockFace, mayStop, readRun, secondsOf } from "./runs.js";

const PREFIX = "stopwatch:";

/** @type {ReturnType<typeof setInterval> | undefined} */
let ticking;

export function startStopwatch() {
  // Capturing, so that htmx never hears of the tap that begins a run; started after taps.js, so
  // that the second half of a double tap is not heard here.
  document.addEventListener("submit", tap, true);
  document.addEventListener("click", ({ target }) => {
    const watch = target instanceof Element && target.closest("[data-reset]")?.parentElement;
    if (!watch) return;
    localStorage.removeItem(keyOf(watch));
    drawAll();
    watch.querySelector("button")?.focus();
  });
  follow({
    ended({ id }, { kind, kept }) {
      forgetSent(kind === "stored" || kept ? id : "");
    },
  });
  // From then on it is the outbox's; the next tap begins another run.
  addEventListener("outbox:kept", (event) => {
    forgetSent(/** @type {CustomEvent<import("./outbox/kept.js").Kept>} */ (event).detail.id);
  });
  document.addEventListener("htmx:after:swap", drawAll);
  addEventListener("pageshow", drawAll);
  forget((run) => run === null || isNamed(run.id));
  drawAll();
}

/** @param {SubmitEvent} event */
function tap(event) {
  const form = event.target instanceof HTMLFormElement ? event.target : null;
  const watch = form?.querySelector("[data-stopwatch]");
  if (!form || !watch) return;
  const now = Date.now();
  const run = runOf(watch, now);
  if (run && (run.stoppedAt !== undefined || mayStop(run, now))) {
    const stopped = { stoppedAt: now, ...run, id: fieldOf(form, "new_id").value };
    fieldOf(form, "value").value = String(Math.max(1, secondsOf(stopped, now)));
    keep(watch, stopped);
  } else {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!run) keep(watch, { startedAt: now });
  }
  drawAll();
}

/** Show on each stopwatch how its run is doing, and let the time tick while one runs. */
function drawAll() {
  let isRunning = false;
  /** @type {NodeListOf<HTMLElement>} */
  const watches = document.querySelectorAll("[data-stopwatch]");
  for (const watch of watches) {
    const now = Date.now();
    const run = runOf(watch, now);
    const isStopped = run?.stoppedAt !== undefined;
    watch.hidden = false;
    watch.dataset.run = run ? (isStopped ? "stopped" : "running") : "idle";
    const time = watch.querySelector("[data-time]");
    if (time) time.textContent = clockFace(run ? secondsOf(run, now) : 0);
    isRunning ||= run !== null && !isStopped;
  }
  if (!isRunning) {
    clearInterval(ticking);
    ticking = undefined;
  } else {
    ticking ??= setInterval(drawAll, 1000);
  }
}

/** @param {string} id */
function forgetSent(id) {
  if (id) forget((run) => run?.id === id);
  drawAll();
}

/** @param {Element} watch */
function keyOf(watch) {
  return PREFIX + (watch.getAttribute("data-stopwatch") ?? "");
}

/** @param {Element} watch @param {number} now */
function runOf(watch, now) {
  return readRun(localStorage.getItem(keyOf(watch)), now);
}

/** @param {Element} watch @param {Run} run */
function keep(watch, run) {
  localStorage.setItem(keyOf(watch), JSON.stringify(run));
}

/**
 * Forget runs, of signs on other pages too.
 *
 * @param {(run: Run | null) => boolean} isOver  Null is a run that nobody can use any more.
 */
function forget(isOver) {
  for (const key of Object.keys(localStorage)) {
    const isOurs = key.startsWith(PREFIX);
    if (isOurs && isOver(readRun(localStorage.getItem(key), Date.now()))) {
      localStorage.removeItem(key);
    }
  }
}

/**
 * Tell whether the page names what a run was sent as: it was stored, only the answer was lost.
 *
 * @param {string | undefined} id
 */
function isNamed(id) {
  return Boolean(id && document.querySelector(`[action*="${CSS.escape(id)}"]`));
}

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement} */
function fieldOf(form, name) {
  return /** @type {HTMLInputElement} */ (form.querySelector(`input[name=${name}]`));
}
