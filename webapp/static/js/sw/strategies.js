/**
 * What answers a request. Pages come from the network; without it those that are kept are shown, and
 * else the page that says so. Static files of this release come from the tablet. Everything else is
 * left to the browser.
 *
 * @typedef {Pick<Request, "method" | "mode" | "url" | "headers">} Asked
 */

/** Milliseconds a page may take to begin: a hanging network is none, but a slow one may be slow. */
export const PATIENCE = 10_000;

/** Milliseconds, when the page can be shown as it was. */
export const PATIENCE_KEPT = 3000;

/** What has to work however bad a worker was sent out: delivery, and the way to be rid of it. */
const NEVER = ["/sync", "/recover"];

/** A picture or clip on a page that may be kept, or what is heard there; see packing.js. */
const PICTURE = /^\/step-(pictures|voices|clips)\/[^/]+(\/poster)?$/;

/**
 * Choose the strategy; "leave" means that the worker does not touch the request at all.
 *
 * @param {Asked} request
 * @param {string} origin
 * @returns {"page" | "picture" | "static" | "leave"}
 */
export function strategyFor({ method, mode, url, headers }, origin) {
  const address = new URL(url);
  if (method !== "GET" || address.origin !== origin) return "leave";
  if (NEVER.some((path) => address.pathname.startsWith(path))) return "leave";
  // Opened only when there is no network; asking for it first would cost what it is there to save.
  if (address.pathname === "/lock/offline") return "static";
  if (mode === "navigate") return "page";
  // A part of a file cannot be answered with the whole.
  if (headers.has("Range")) return "leave";
  if (PICTURE.test(address.pathname)) return "picture";
  return address.pathname.startsWith("/static/") ? "static" : "leave";
}

/**
 * Tell whether an answer may take the place of a kept page: it is ours, and not what an open network
 * or a proxy says. Where a redirect leads is for the browser to see.
 *
 * @param {Response} answer
 */
const beatsKept = ({ type, status, headers }) =>
  type === "opaqueredirect" || (status < 500 && headers.has("Smaategn-Answer"));

/**
 * Answer with the page from the network, without network with the kept one, and else with the page
 * that says so.
 *
 * @param {Promise<Response>} page
 * @param {() => Promise<Response | undefined>} kept
 * @param {() => Promise<Response | undefined>} offlinePage
 * @param {{ none: number, kept: number }} patience  Milliseconds without and with a kept page.
 */
export async function pageOrKept(
  page,
  kept,
  offlinePage,
  patience = { none: PATIENCE, kept: PATIENCE_KEPT },
) {
  // A browser that cannot open its own cache shall still show the page.
  const found = kept().catch(() => undefined);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const tooLate = found.then(
    (isKept) =>
      new Promise((_, reject) => {
        const limit = isKept ? patience.kept : patience.none;
        timer = setTimeout(() => reject(new Error("The network hangs")), limit);
      }),
  );
  try {
    const answer = await /** @type {Promise<Response>} */ (Promise.race([page, tooLate]));
    return beatsKept(answer) ? answer : ((await found) ?? answer);
  } catch {
    // When the browser has thrown all of it away, its own words are better than none.
    return (await found) ?? (await offlinePage().catch(() => undefined)) ?? page;
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
