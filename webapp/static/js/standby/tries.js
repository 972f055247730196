/**
 * Wrong PINs on a tablet without network, counted as the server does: four are free, then 30 seconds
 * and twice as long each time, and after ten only the network helps. Pure.
 * Source: webapp/domain/pins.py
 *
 * @typedef {{ failures: number, until: number }} Tries  Until: milliseconds since 1970.
 */

const FREE = 4;
const MOST = 10;
const FIRST = 30_000;

/**
 * Tell whether a PIN may be tried now: "yes", "wait" or "shut".
 *
 * @param {Tries} tries
 * @param {number} now
 */
export function mayTry({ failures, until }, now) {
  if (failures >= MOST) return "shut";
  // A clock that is set back must not hold anybody up for longer than the longest pause.
  return now < until && until - now <= pauseAfter(MOST - 1) ? "wait" : "yes";
}

/** @param {Tries} tries @param {number} now @returns {Tries} */
export function afterWrong({ failures }, now) {
  return { failures: failures + 1, until: now + pauseAfter(failures + 1) };
}

/** @param {number} failures */
const pauseAfter = (failures) => (failures > FREE ? FIRST * 2 ** (failures - FREE - 1) : 0);
