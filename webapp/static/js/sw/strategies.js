/**
 * What answers a request. Pages come from the network alone; the kept page is shown when there is
 * none. Static files of this release come from the tablet. Everything else is left to the browser.
 *
 * @typedef {Pick<Request, "method" | "mode" | "url" | "headers">} Asked
 */

/** Milliseconds a page may take to begin: a hanging network is none, but a slow one may be slow. */
export const PATIENCE = 10_000;

/**
 * Choose the strategy; "leave" means that the worker does not touch the request at all.
 *
 * @param {Asked} request
 * @param {string} origin
 * @returns {"page" | "static" | "leave"}
 */
export function strategyFor({ method, mode, url, headers }, origin) {
  const address = new URL(url);
  if (method !== "GET" || address.origin !== origin) return "leave";
  // What delivers the outbox has to work however bad a worker was sent out.
  if (address.pathname.startsWith("/sync")) return "leave";
  // Opened only when there is no network; asking for it first would cost what it is there to save.
  if (address.pathname === "/lock/offline") return "static";
  if (mode === "navigate") return "page";
  // A part of a file cannot be answered with the whole.
  return address.pathname.startsWith("/static/") && !headers.has("Range") ? "static" : "leave";
}

/**
 * Answer with the page from the network, or without network with the kept one.
 *
 * @param {() => Promise<Response>} network
 * @param {() => Promise<Response | undefined>} offlinePage
 * @param {number} patience  Milliseconds.
 */
export async function pageOrOffline(network, offlinePage, patience = PATIENCE) {
  const page = network();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const tooLate = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("The network hangs")), patience);
  });
  try {
    return await /** @type {Promise<Response>} */ (Promise.race([page, tooLate]));
  } catch {
    // When the browser has thrown the kept page away, its own words are better than none.
    return (await offlinePage().catch(() => undefined)) ?? page;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Answer with what is kept, else from the network: an open page of an older release asks for files
 * that are no longer kept, and what is not on the shell's list never was.
 *
 * @param {() => Promise<Response | undefined>} kept
 * @param {() => Promise<Response>} network
 */
export async function keptOrNetwork(kept, network) {
  // A browser that cannot open its own cache shall still show the page.
  const answer = await kept().catch(() => undefined);
  return answer ?? network();
}
