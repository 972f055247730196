/**
 * Reads a goal's card again once the server has what was tapped on it, so that it shows the tick, the
 * sum and the row of a sent one. Words somebody is writing in a row of the outbox are left alone.
 */

/** @param {string} card  The id of a card on this page. */
export async function readAgain(card) {
  const htmx = /** @type {{ htmx?: typeof import("htmx.org").default }} */ (globalThis).htmx;
  const target = `#${CSS.escape(card)}`;
  /** @type {NodeListOf<HTMLTextAreaElement>} */
  const notes = document.querySelectorAll(`${target} [data-kept-row] textarea`);
  if ([...notes].some(({ value }) => value)) return;
  // Without an answer the row of the outbox tells that it was sent.
  await htmx
    ?.ajax("GET", location.pathname, { source: target, target, select: target, swap: "outerMorph" })
    .catch(() => undefined);
}
