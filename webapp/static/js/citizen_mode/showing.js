/**
 * Notes once that the citizen was shown the instruction: as soon as a step was passed, for a page that
 * is only opened shows nobody anything.
 */

import { postShown } from "./posting.js";

/** Under which the tablet keeps that it was noted, so that a page that is read again notes it no more. */
const SHOWN = "instruction-shown";

const { instruction } = document.body.dataset;

/**
 * @param {boolean} goesOn  Whether the page was read again in the middle of it.
 * @returns {(place: number) => void}  Tells where the citizen is.
 */
export function startShowing(goesOn) {
  let isNoted = goesOn && sessionStorage.getItem(SHOWN) === instruction;
  if (!isNoted) sessionStorage.removeItem(SHOWN);
  return async (place) => {
    // What the outbox cannot take yet, it takes with a later step.
    if (isNoted || place === 0 || !("keeps" in document.body.dataset)) return;
    isNoted = true;
    isNoted = await postShown();
    if (isNoted) sessionStorage.setItem(SHOWN, String(instruction));
  };
}
