/**
 * A stopwatch's run as it is kept on the tablet: when it began, and when it was stopped but has not
 * been stored yet. Kept by the sign's id and without anything about anyone. No DOM, no clock.
 *
 * @typedef {object} Run
 * @property {number} startedAt   Milliseconds since 1970, UTC: the tablet may sleep or be reloaded.
 * @property {number} [stoppedAt] Missing while it runs.
 * @property {string} [id]        What the stopped run was sent as; the server names it once stored.
 */

/** Milliseconds after which a run was forgotten by everyone, and is dropped. */
export const STALE = 12 * 60 * 60 * 1000;

/** Milliseconds in which a second tap is the same tap of a shaking finger, no stop. */
export const TOO_SOON = 1000;

/**
 * Return the run that was kept; null when there is none, none that can be read, or a stale one.
 *
 * @param {string | null} kept
 * @param {number} now
 * @returns {Run | null}
 */
export function readRun(kept, now) {
  try {
    const { startedAt, stoppedAt, id } = JSON.parse(kept ?? "null") ?? {};
    if (!Number.isFinite(startedAt) || now - startedAt > STALE) return null;
    const run = { startedAt };
    if (!Number.isFinite(stoppedAt)) return run;
    return { ...run, stoppedAt, id: typeof id === "string" ? id : "" };
  } catch {
    return null;
  }
}

/**
 * Return how long a run lasts, in whole seconds; never below 0, also when the clock was set back.
 *
 * @param {Run} run
 * @param {number} now
 */
export function secondsOf({ startedAt, stoppedAt = undefined }, now) {
  return Math.max(0, Math.floor(((stoppedAt ?? now) - startedAt) / 1000));
}

/**
 * Tell whether a tap stops the run, or only trembled on the tap that began it.
 *
 * @param {Run} run
 * @param {number} now
 */
export function mayStop({ startedAt }, now) {
  return Math.abs(now - startedAt) >= TOO_SOON;
}

/**
 * Write seconds as a stopwatch shows them: 00:09, 12:30, 1:02:03.
 *
 * @param {number} seconds
 */
export function clockFace(seconds) {
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours ? `${hours}:` : ""}${two(minutes)}:${two(seconds % 60)}`;
}
