/** Locks a shared tablet under the citizen's own screen, which stays. */

import { ask } from "../asking.js";
import { tell } from "../kept_pages.js";
import { LOCKED } from "../lock_opening.js";

/** Milliseconds a picture may take, and until the server is asked again. */
const PATIENCE = 5000;

/**
 * Lock the tablet for everybody who works here: our pages at once, the server as soon as it has given
 * the pictures, for afterwards it gives none. This page itself stays.
 *
 * @param {HTMLFormElement} form
 * @param {Promise<unknown>} voices  Resolves when they are here too, as the next.
 * @param {Promise<unknown>} clips
 */
export async function lock(form, voices, clips) {
  const { login, mayLog, shownFrom } = document.body.dataset;
  localStorage.setItem(LOCKED, String(login));
  /** @type {Promise<unknown>[]} */
  const needed = [voices, ...[...document.images].map((each) => each.decode())];
  // What staff mark is signed with a right that only somebody who is let in is given.
  if (mayLog !== undefined) needed.push(mayKeep());
  // What this tablet kept is read at once, and only the worker can give it.
  if (shownFrom !== undefined) needed.push(clips);
  // One that never comes is no reason to leave the tablet open.
  await Promise.race([Promise.allSettled(needed), wait(PATIENCE)]);
  // Of a locked tablet the worker gives no kept picture any more.
  tell("locked");
  await clips;
  while (!(await lockOnServer(form))) await wait(PATIENCE);
  document.body.dataset.locked = "";
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<boolean>}  Whether nobody is signed in any more.
 */
export async function lockOnServer({ action }) {
  const { status, text, redirect, isOurs } = await ask(action, await tokenAnew());
  return isOurs && (Boolean(redirect) || (status === 200 && text.includes('id="lock"')));
}

/**
 * A page that is shown as it was kept has no token to be taken for ours, and asks for one.
 *
 * @returns {Promise<Record<string, string>>}
 */
async function tokenAnew() {
  if (!("shownFrom" in document.body.dataset)) return {};
  try {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE) });
    const [, token = ""] = /name="csrf_token" value="([^"]+)"/.exec(await answer.text()) ?? [];
    return { csrf_token: token };
  } catch {
    return {};
  }
}

/** Wait until the outbox may keep something; see outbox/start.js. */
async function mayKeep() {
  const until = Date.now() + PATIENCE;
  while (!("keeps" in document.body.dataset) && Date.now() < until) await wait(50);
}

/** @param {number} milliseconds */
function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
