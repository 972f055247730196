/**
 * Fetches ahead what a shift is likely to need: the day of each citizen on the board that somebody
 * looks at, one after the other, so that it costs nobody anything they wait for.
 *
 * @typedef {import("./pages.js").Pages} Pages
 * @typedef {import("./caches.js").Fetch} Fetch
 */

import { daysOn } from "./html.js";
import { HEADER } from "./pages.js";

/** Milliseconds for which a kept page is good enough: each look ahead is a line in the log. */
const FRESH = 30 * 60 * 1000;

/** Milliseconds; a network that hangs is none. */
const PATIENCE = 10_000;

/** More citizens than this are on no board. */
const MOST = 40;

/**
 * @param {Pages} pages
 * @param {Fetch} fetch
 * @param {string} board  The text of a board.
 * @returns {Promise<boolean>}  Whether all of them are kept now.
 */
export async function fetchDays(pages, fetch, board) {
  for (const day of daysOn(board).slice(0, MOST)) {
    if ((await pages.ageOf(day)) < FRESH) continue;
    // Nobody is signed in any more, or the network is gone: the rest would fail as well.
    if (!(await fetchPage(pages, fetch, day))) return false;
  }
  return true;
}

/**
 * Fetch one page and keep it, unless somebody wants to save data.
 *
 * @param {Pages} pages
 * @param {Fetch} fetch
 * @param {string} address
 * @returns {Promise<string | undefined>}  Its text, when it was kept.
 */
export async function fetchPage(pages, fetch, address) {
  const { connection } = /** @type {any} */ (globalThis.navigator ?? {});
  if (connection?.saveData) return undefined;
  try {
    const answer = await fetch(address, {
      headers: { [HEADER]: "1" },
      redirect: "manual",
      priority: "low",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return await pages.keep(address, answer);
  } catch {
    return undefined;
  }
}
