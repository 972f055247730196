/**
 * One request and its answer, as the rest of the page needs to know them. The only module that
 * reads htmx's request events, so that a new htmx is met in one place.
 *
 * @typedef {import("htmx.org").HtmxRequestCtx} Ctx
 *
 * @typedef {object} Exchange
 * @property {string} form      Name of the form that wrote; empty when something was only read.
 * @property {string} button    Name of the button that was tapped.
 * @property {string} id        The drawn id it sent; empty when it has none.
 * @property {number} begunAt   Milliseconds on the page's own clock.
 * @property {number} status    HTTP status of the answer; 0 until there is one.
 *
 * @typedef {object} Verdict
 * @property {"stored" | "refused" | "locked" | "trouble" | "unreachable" | "dropped"} kind
 *   The server did it; refused it; does not know who asks any more; could not; cannot be reached;
 *   or the page gave up asking.
 * @property {boolean} told     The server's own words for what went wrong are in the answer.
 * @property {boolean} [kept]   It is not stored, but on the tablet's disk, and will be sent.
 */

/** Tells whether what was sent is on the tablet's disk. @type {(exchange: Exchange) => Promise<boolean>} */
let isKept = async () => false;

/** Milliseconds a disk may take to tell. */
const DISK = 5000;

/** Let somebody keep what the server may not get. @param {typeof isKept} keeper */
export function keepBy(keeper) {
  isKept = keeper;
}

/**
 * Say what an answer means. Only what is certain to be ours counts as one: someone else's login
 * page with status 200, as open wireless networks give, has stored nothing. Nor has a whole page of
 * our own in place of a fragment.
 *
 * @param {{ status: number, text: string | undefined, isOurs: boolean, retarget: boolean,
 *   wantsPage: boolean, dropped: boolean }} answer  `text` is undefined when none arrived in full.
 * @returns {Verdict}
 */
export function verdictOn({ status, text, isOurs, retarget, wantsPage, dropped }) {
  if (text === undefined) return { kind: dropped ? "dropped" : "unreachable", told: false };
  const isForeign = !isOurs || (!wantsPage && /^\s*<(!doctype|html)/i.test(text));
  if (status < 400) return { kind: isForeign ? "unreachable" : "stored", told: false };
  const told = retarget && !isForeign;
  // What was sent is not stored, and can be sent again once somebody is let in.
  if (status === 401 && told) return { kind: "locked", told };
  // A form with its errors comes back in its own place; every other refusal says where it goes.
  const refused = status < 500 && (told || ([409, 422].includes(status) && !isForeign));
  return { kind: refused ? "refused" : "trouble", told };
}

/** @param {Ctx} ctx */
export function verdictOf(ctx) {
  const { signal, headers } = ctx.request;
  return verdictOn({
    status: ctx.response?.status ?? 0,
    text: ctx.text,
    isOurs: ctx.response?.headers.has("Smaategn-Answer") ?? false,
    retarget: ctx.response?.headers.has("HX-Retarget") ?? false,
    wantsPage: headers["HX-Request-Type"] === "full",
    dropped: signal.aborted && signal.reason !== "timeout",
  });
}

/**
 * Name a form so that it is found again after it was drawn again, but never mistaken for the form
 * that a later observation puts in its place.
 *
 * @param {HTMLFormElement} form
 */
export function nameOf(form) {
  // Attributes, because a field named "id" hides the form's own property of that name.
  return `${form.closest("[id]")?.getAttribute("id")} ${form.getAttribute("action")}`;
}

/**
 * Name a form's button so that it is the same under the finger after the form was drawn again: what
 * it would send may have changed meanwhile, as with a level that is set and then taken back.
 *
 * @param {HTMLFormElement} form
 * @param {EventTarget | null} button
 */
export function buttonOf(form, button) {
  if (!(button instanceof HTMLButtonElement)) return nameOf(form);
  return button.id || `${nameOf(form)} ${button.name}=${button.value}`;
}

/**
 * Follow every exchange from now on.
 *
 * @param {{ begun?: (exchange: Exchange) => void,
 *   ended: (exchange: Exchange, verdict: Verdict) => void }} follower
 */
export function follow({ begun, ended }) {
  // Looked up by context: htmx changes the source element when a swap has taken it away.
  /** @type {WeakMap<Ctx, Exchange>} */
  const underWay = new WeakMap();

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    const exchange = exchangeOf(ctx);
    underWay.set(ctx, exchange);
    begun?.(exchange);
  });

  // The one event that comes however it went; after the answer has been shown.
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    const exchange = underWay.get(ctx);
    if (!exchange) return;
    exchange.status = ctx.response?.status ?? 0;
    const verdict = verdictOf(ctx);
    if (!exchange.form || ["stored", "refused"].includes(verdict.kind)) ended(exchange, verdict);
    else void keptSoon(exchange).then((kept) => ended(exchange, { ...verdict, kept }));
  });
}

/** @param {Exchange} exchange */
function keptSoon(exchange) {
  const tooLate = new Promise((resolve) => setTimeout(resolve, DISK, false));
  return /** @type {Promise<boolean>} */ (Promise.race([isKept(exchange), tooLate]));
}

/** @param {Ctx} ctx @returns {Exchange} */
function exchangeOf({ request, sourceElement }) {
  const form = request.method === "GET" ? null : sourceElement.closest("form");
  const { body } = request;
  const isFields = body instanceof URLSearchParams || body instanceof FormData;
  const field = form?.querySelector("input[data-draw-id]")?.getAttribute("name");
  return {
    form: form ? nameOf(form) : "",
    button: form ? buttonOf(form, request.submitter) : "",
    id: field && isFields ? String(body.get(field) ?? "") : "",
    begunAt: performance.now(),
    status: 0,
  };
}
