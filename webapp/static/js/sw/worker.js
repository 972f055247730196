/**
 * The service worker: ties the browser's events to the shell, the kept pages and the strategies.
 * Started by /sw.js, which knows the release and what belongs to its shell.
 */

import { fetchDays, fetchInstructions, fetchPage } from "./ahead.js";
import { deleteOldShells, keepShell, keepShellAgain, kept } from "./caches.js";
import { daysOn, mark } from "./html.js";
import { nameOf } from "./packing.js";
import { HEADER, Pages } from "./pages.js";
import { keptOrNetwork, pageOrKept, strategyFor } from "./strategies.js";

/** The board as the app opens it. */
const BOARD = "/";

/** Where the pictures and voices of instructions stand. */
const PICTURES = "/step-";

/** A picture has nothing to say in its place. */
const nothing = async () => undefined;

/**
 * @param {ServiceWorkerGlobalScope} scope
 * @param {{ release: string, shell: string[], offline: string, rest?: number }} settings  Twelve hex
 *   digits; the addresses to keep; which of them is the page shown without network; milliseconds that
 *   a board is left in peace before its days are fetched ahead.
 */
export function start(scope, { release, shell, offline, rest = 2000 }) {
  const { caches, registration } = scope;
  const pages = new Pages(caches, release);

  scope.addEventListener("install", (event) => {
    event.waitUntil(keepShell(caches, fetch, release, shell));
  });

  // The app on a shared tablet is never closed, so a waiting worker would wait for ever. A page says
  // when the outbox is at rest; see updating.js. And what kept_pages.js says.
  scope.addEventListener("message", (event) => {
    const { data } = event;
    if (data === "take-over") void scope.skipWaiting();
    else if (data?.pages) event.waitUntil(pages.told(String(data.session), data.pages));
  });

  scope.addEventListener("activate", (event) => {
    event.waitUntil(
      Promise.all([
        // What the release before kept is all there is without network, until there is more.
        pages.releases().then((needed) => deleteOldShells(caches, release, needed)),
        // The page is asked for while the worker starts, so that it costs no time online.
        registration.navigationPreload?.enable(),
        scope.clients.claim(),
      ]),
    );
    // Whoever is at work keeps what they had, as this release draws it. Pages do not wait for it.
    void ahead(BOARD, () => fetchPage(pages, fetch, BOARD));
  });

  scope.addEventListener("fetch", (event) => {
    const { request } = event;
    const { pathname, search } = new URL(request.url);
    const address = pathname + search;
    switch (strategyFor(request, scope.location.origin)) {
      case "page": {
        // The request itself, not its address: then the browser follows redirects as usual.
        const page = Promise.resolve(event.preloadResponse).then(
          (early) => early ?? fetch(request),
        );
        const keep = () => page.then((answer) => pages.keepShown(address, answer));
        event.waitUntil(ahead(pathname, keep));
        event.waitUntil(keepShellAgain(caches, fetch, release, shell, page));
        event.respondWith(pageOrKept(page, () => pages.find(address), withoutNet));
        break;
      }
      case "picture": {
        const picture = fetch(request);
        event.waitUntil(picture.then((answer) => keepPicture(address, answer)).catch(() => {}));
        event.respondWith(pageOrKept(picture, () => pages.find(address), nothing));
        break;
      }
      case "static":
        event.respondWith(
          keptOrNetwork(
            () => kept(caches, release, address),
            () => fetch(request),
          ),
        );
        break;
    }
  });

  /**
   * Keep a page, and if it is a board, what it leads to; then nothing older is needed.
   *
   * @param {string} path
   * @param {() => Promise<string | undefined>} keep
   */
  async function ahead(path, keep) {
    try {
      const text = await keep();
      if (!text || !(path === BOARD || path.startsWith("/citizens/"))) return;
      await new Promise((resolve) => setTimeout(resolve, rest));
      if (path !== BOARD) return void (await fetchInstructions(pages, fetch, [path]));
      const isWhole =
        (await fetchDays(pages, fetch, text)) && (await pages.ageOf(BOARD)) < Infinity;
      if (isWhole) await pages.deleteOld();
      const needed = isWhole && (await fetchInstructions(pages, fetch, daysOn(text)));
      if (needed) await pages.forget((each) => each.startsWith(PICTURES) && !needed.has(each));
    } catch {
      // No network, or no room. What was kept before stays.
    }
  }

  /** @param {string} address @param {Response} answer */
  async function keepPicture(address, answer) {
    const { status, headers } = answer;
    // One that is given no more, because consent was taken back, goes at once.
    if (status === 404 && headers.has("Smaategn-Answer"))
      await pages.forget((each) => each === nameOf(address));
    // What arrives late must not open a tablet that was locked meanwhile, as a page does.
    else if (headers.has(HEADER)) await pages.keep(address, answer.clone());
  }

  async function withoutNet() {
    const page = await kept(caches, release, offline);
    const board = await pages.find(BOARD).catch(() => undefined);
    if (!page || !board) return page;
    return new Response(mark(await page.text(), "pages-open", ""), page);
  }
}
