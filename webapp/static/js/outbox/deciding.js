/**
 * What to send, and how long to wait. Pure: no network, no store, no clock.
 *
 * @typedef {import("./kept.js").Entry} Entry
 *
 * @typedef {object} Pace           How sending goes; kept on the tablet from page to page.
 * @property {number} limit         Entries in one batch.
 * @property {number} broken        How often in a row the server broke on the batch.
 * @property {number} failures      How often in a row nothing was delivered.
 * @property {number} until         Milliseconds since 1970 before which nobody tries by themselves.
 * @property {boolean} told         The server itself asked to wait.
 *
 * @typedef {{ kind: "ours", delivered: Map<string, string>, refused: Map<string, string>,
 *     retryAfter: number,
 *     server: { epoch: string, version: string, serverTime: string } }
 *   | { kind: "none" | "too_large" | "broken" }
 *   | { kind: "busy", retryAfter: number }} Answer
 */

export const MOST = 50;
export const MOST_BYTES = 256 * 1024;
const SLOWEST = 5 * 60_000;
/** Longer than this the page's own POST never takes; see htmx-config. */
const POSTING = 15_000;

/** @type {Pace} */
export const FRESH = { limit: MOST, broken: 0, failures: 0, until: 0, told: false };

/**
 * Choose what goes next: in order of making, what the server broke on last and alone. Of these, what
 * was tried least often, so that none of them holds up another; no clock is asked.
 *
 * @param {Entry[]} entries   In the order of their ids, which is that of their making.
 * @param {Pace} pace
 * @param {number} now        Milliseconds since 1970.
 * @param {(entry: Entry) => number} sizeOf  Bytes it takes.
 * @returns {Entry[]}
 */
export function nextBatch(entries, { limit }, now, sizeOf) {
  const ready = entries.filter(
    ({ state, posted }) => state !== "quarantined" && !isPosted(posted, now),
  );
  const waiting = ready.filter(({ state }) => state === "waiting");
  if (waiting.length === 0)
    return ready.sort((one, other) => (one.tries ?? 0) - (other.tries ?? 0)).slice(0, 1);
  /** @type {Entry[]} */
  const batch = [];
  let left = MOST_BYTES - 8192;
  for (const entry of waiting.slice(0, limit)) {
    left -= sizeOf(entry);
    // One that is too large by itself goes alone: the server says what is to be done with it.
    if (left < 0 && batch.length) break;
    batch.push(entry);
  }
  return batch;
}

/** A clock that was set back must not hold anything up. @param {number} posted @param {number} now */
const isPosted = (posted, now) => Math.abs(now - posted) < POSTING;

/**
 * Return for how many milliseconds what waits is still with its own page, which may be gone; 0 when
 * nothing is.
 *
 * @param {Entry[]} entries
 * @param {number} now
 */
export function postedFor(entries, now) {
  const held = entries.filter(({ posted }) => isPosted(posted, now));
  return held.length && Math.min(...held.map(({ posted }) => POSTING - Math.abs(now - posted)));
}

/**
 * Tell whether one may try now. A person or a sign of life may always, unless the server itself
 * asked to wait; nothing holds longer than five minutes, however the clock jumps.
 *
 * @param {Pace} pace
 * @param {number} now
 * @param {boolean} isUrgent
 */
export function mayTry({ until, told }, now, isUrgent) {
  return now >= until || until - now > SLOWEST || (isUrgent && !told);
}

/**
 * Return how sending goes on after an answer.
 *
 * @param {Pace} pace
 * @param {Answer} answer
 * @param {{ size: number, now: number, random: number }} facts  Entries sent; a number below 1.
 * @returns {{ pace: Pace, aside: boolean }}  Aside: the one entry sent is what the server breaks on.
 */
export function paceAfter(pace, answer, { size, now, random }) {
  if (answer.kind === "ours" && !answer.retryAfter)
    return { pace: { ...FRESH, limit: Math.min(MOST, pace.limit * 2) }, aside: false };
  let { limit, failures } = pace;
  let broken = answer.kind === "broken" ? pace.broken + 1 : 0;
  failures += 1;
  let aside = false;
  // Also when it says of each to come again: those behind them must get their turn.
  if (answer.kind === "too_large" || broken === 3 || isFruitless(answer)) {
    limit = Math.max(1, Math.floor(size / 2));
    aside = size === 1;
    broken = 0;
    // Halving leads somewhere; the one that the server breaks on is asked for less and less.
    if (size > 1) failures = 0;
  } else if (answer.kind === "ours") limit = Math.min(MOST, limit * 2);
  const asked = "retryAfter" in answer ? answer.retryAfter * 1000 : 0;
  const wait = Math.min(SLOWEST, asked + random * Math.min(SLOWEST, 1000 * 2 ** (failures - 1)));
  return { pace: { limit, broken, failures, until: now + wait, told: asked > 0 }, aside };
}

/** Tell whether the server answered, and took nothing off our hands. @param {Answer} answer */
const isFruitless = (answer) =>
  answer.kind === "ours" && answer.delivered.size + answer.refused.size === 0;

/** Milliseconds to wait for an answer: ten seconds, and more for a batch on a slow line. @param {number} bytes */
export const patienceFor = (bytes) => 10_000 + Math.round(bytes / 8);
