/**
 * What an answer may change on the screen. Two taps on one card can be answered out of order, and
 * something other than Småtegn can answer: neither may replace what is newer or true.
 */

import { verdictOf } from "./exchanges.js";

/** @typedef {import("htmx.org").HtmxRequestCtx} Ctx */

/** Counts requests and shown cards in the order they happened here. */
let moment = 0;

/** @type {WeakMap<Ctx, number>} */
const begunAt = new WeakMap();

/** @type {WeakMap<HTMLElement, { readAt: string | undefined, shown: number }>} */
const shownCards = new WeakMap();

/**
 * Tell whether a card was read before the one on the screen.
 *
 * What was asked for after the shown card had come is newer whatever the clocks say: else a
 * server clock that is set back would make every tap look dead.
 *
 * @param {{ readAt: string | undefined, begun: number }} incoming  When the server read it, and
 *   when we asked for it.
 * @param {{ readAt: string | undefined, shown: number }} current   When the server read it, and
 *   when it came on the screen.
 */
export function isStale(incoming, current) {
  if (!incoming.readAt || !current.readAt || incoming.begun > current.shown) return false;
  const ahead = Date.parse(incoming.readAt) - Date.parse(current.readAt);
  // Date knows only milliseconds; the server writes microseconds, in one and the same zone.
  return ahead < 0 || (ahead === 0 && incoming.readAt < current.readAt);
}

export function startAnswers() {
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    begunAt.set(ctx, ++moment);
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail;
    const { kind, told } = verdictOf(ctx);
    if (!told && kind !== "stored" && kind !== "refused") event.preventDefault();
    // A late card is left out, but the message that came with it is still true.
    tasks.splice(0, tasks.length, ...tasks.filter((task) => !isLate(ctx, task)));
    if (kind === "trouble") showWords(ctx, tasks);
  });
  document.addEventListener("htmx:after:swap", () => {
    moment += 1;
    /** @type {NodeListOf<HTMLElement>} */
    const cards = document.querySelectorAll("[data-read-at]");
    for (const card of cards) {
      const { readAt } = card.dataset;
      if (shownCards.get(card)?.readAt !== readAt) shownCards.set(card, { readAt, shown: moment });
    }
  });
}

/**
 * @param {Ctx} ctx
 * @param {{ target: Element | null, fragment: DocumentFragment }} task
 */
function isLate(ctx, { target, fragment }) {
  const card = fragment.querySelector("[data-read-at]");
  if (!(target instanceof HTMLElement) || !(card instanceof HTMLElement)) return false;
  return isStale(
    { readAt: card.dataset.readAt, begun: begunAt.get(ctx) ?? moment },
    shownCards.get(target) ?? { readAt: target.dataset.readAt, shown: 0 },
  );
}

/**
 * Let the server's own words for its trouble be read: the pages tell htmx to swap no 5xx, because
 * such an answer is mostly someone else's.
 *
 * @param {Ctx} ctx
 * @param {{ type: string, swapSpec: { style: string } }[]} tasks
 */
function showWords(ctx, tasks) {
  const style = ctx.response?.headers.get("HX-Reswap") ?? "innerHTML";
  for (const task of tasks) if (task.type === "main") task.swapSpec = { style };
}
