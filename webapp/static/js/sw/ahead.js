/**
 * Fetches ahead what a shift is likely to need: the day of each citizen on the board that somebody
 * looks at, then the instructions those days lead to with their pictures, one after the other, so that
 * it costs nobody anything they wait for.
 *
 * @typedef {import("./pages.js").Pages} Pages
 * @typedef {import("./caches.js").Fetch} Fetch
 */

import { daysOn, instructionsOn, picturesOn } from "./html.js";
import { HEADER } from "./pages.js";

/** Milliseconds for which a kept page is good enough: each look ahead is a line in the log. */
const FRESH = 30 * 60 * 1000;

/** Milliseconds for which a kept instruction is; somebody who opens it online has it anew. */
const FRESH_INSTRUCTION = 4 * 60 * 60 * 1000;

/** Milliseconds for a whole page or picture, and for a whole clip; a network that hangs is none. */
const PATIENCE = 10_000;
const PATIENCE_CLIP = 60_000;

/** One may have been taken away meanwhile; more in a row mean that there is no network. */
const MOST_FAILED = 3;

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

/** One that moves; its poster stands still. */
const CLIP = /^\/step-clips\/[^/]+$/;

/** Of all instructions together; a picture is some 160 KB, a clip a few megabytes, 8 at the most. */
const MOST_PICTURES = 120;
const MOST_CLIPS = 12;

/**
 * @param {Pages} pages
 * @param {Fetch} fetch
 * @param {string[]} days  Addresses of days that are kept.
 * @returns {Promise<Set<string> | undefined>}  The pictures that belong to them; undefined when the
 *   network went before all were known.
 */
export async function fetchInstructions(pages, fetch, days) {
  const instructions = new Set();
  for (const day of days)
    for (const address of instructionsOn(await pages.read(day))) instructions.add(address);
  const pictures = new Set();
  for (const address of instructions) {
    const isFresh = (await pages.ageOf(address)) < FRESH_INSTRUCTION;
    const text = isFresh ? await pages.read(address) : await fetchPage(pages, fetch, address);
    if (text === undefined) return undefined;
    for (const picture of picturesOn(text)) pictures.add(picture);
  }
  // Those that move last: what stands still is worth more where the line is slow.
  const clips = [...pictures].filter((each) => CLIP.test(each));
  const still = [...pictures].filter((each) => !CLIP.test(each));
  let failed = 0;
  for (const picture of [...still.slice(0, MOST_PICTURES), ...clips.slice(0, MOST_CLIPS)]) {
    // The same picture never changes: another one has another address.
    if ((await pages.ageOf(picture)) < Infinity) continue;
    const patience = CLIP.test(picture) ? PATIENCE_CLIP : PATIENCE;
    const isKept = (await fetchPage(pages, fetch, picture, patience)) !== undefined;
    failed = isKept ? 0 : failed + 1;
    if (failed === MOST_FAILED) break;
  }
  return pictures;
}

/**
 * Fetch one page and keep it, unless somebody wants to save data.
 *
 * @param {Pages} pages
 * @param {Fetch} fetch
 * @param {string} address
 * @param {number} patience  Milliseconds for all of it.
 * @returns {Promise<string | undefined>}  Its text, when it was kept.
 */
export async function fetchPage(pages, fetch, address, patience = PATIENCE) {
  const { connection } = /** @type {any} */ (globalThis.navigator ?? {});
  if (connection?.saveData) return undefined;
  try {
    const answer = await fetch(address, {
      headers: { [HEADER]: "1" },
      redirect: "manual",
      priority: "low",
      signal: AbortSignal.timeout(patience),
    });
    return await pages.keep(address, answer);
  } catch {
    return undefined;
  }
}
