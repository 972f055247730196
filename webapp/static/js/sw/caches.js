/**
 * The shell: the few files every page needs and the page shown without network, kept for one
 * release. Owns the caches named "shell-…". Never keeps anything that is not on its list, so
 * nothing personal can end up on the tablet's disk.
 *
 * @typedef {Pick<CacheStorage, "open" | "match" | "delete" | "keys">} Caches
 * @typedef {(address: string, init?: RequestInit) => Promise<Response>} Fetch
 */

const PREFIX = "shell-";

/** @param {string} release */
export const nameOf = (release) => PREFIX + release;

/**
 * Fetch and keep the whole shell, or keep nothing and throw.
 *
 * @param {Caches} caches
 * @param {Fetch} fetch
 * @param {string} release
 * @param {readonly string[]} addresses
 */
export async function keepShell(caches, fetch, release, addresses) {
  const answers = await Promise.all(addresses.map((address) => fetchWhole(fetch, address)));
  const cache = await caches.open(nameOf(release));
  try {
    await Promise.all(answers.map(([address, answer]) => cache.put(address, answer)));
  } catch (error) {
    // A full disk. Half a shell would be taken for a whole one.
    await caches.delete(nameOf(release));
    throw error;
  }
}

/** @type {Promise<void> | undefined} */
let keeping;

/**
 * Keep the shell if it is gone. A tablet that is let go throws it away, and the worker stays: taken in
 * again, it would have pages to show without network and no script to show them with.
 *
 * @param {Caches} caches
 * @param {Fetch} fetch
 * @param {string} release
 * @param {readonly string[]} addresses
 * @param {Promise<unknown>} page  Comes first; without network there is nothing to be done.
 */
export async function keepShellAgain(caches, fetch, release, addresses, page) {
  try {
    await page;
    if (await lookUp(caches, nameOf(release), addresses[0] ?? "")) return;
    keeping ??= keepShell(caches, fetch, release, addresses);
    await keeping;
  } catch {
    // The next page tries again.
  } finally {
    keeping = undefined;
  }
}

/**
 * Return what is kept for exactly this address, or undefined. A page of an older release asks for
 * files of its own, whose addresses name that release.
 *
 * @param {Caches} caches
 * @param {string} release
 * @param {string} address  Path and query.
 */
export async function kept(caches, release, address) {
  for (const name of [nameOf(release), ...(await others(caches, release))]) {
    const answer = await lookUp(caches, name, address);
    if (answer) return answer;
  }
  return undefined;
}

/**
 * Return what lies in one cache; undefined also where there is no such cache. To open it would make
 * it, and somebody may forget all of them at this very moment.
 *
 * @param {Caches} caches
 * @param {string} cacheName
 * @param {string} address
 */
export const lookUp = (caches, cacheName, address) =>
  // `Vary` tells fragments from pages, and neither is kept.
  caches.match(address, { cacheName, ignoreVary: true });

/**
 * Delete the shells of other releases, and no other cache. That of the one before stays, because its
 * pages may still be open, and so do those that kept pages need.
 *
 * @param {Caches} caches
 * @param {string} release
 * @param {readonly string[]} needed  Releases.
 */
export async function deleteOldShells(caches, release, needed) {
  const old = (await others(caches, release)).slice(0, -1);
  const unneeded = old.filter((name) => !needed.map(nameOf).includes(name));
  await Promise.all(unneeded.map((name) => caches.delete(name)));
}

/** Return the names of the shells of other releases, the oldest first. @param {Caches} caches @param {string} release */
const others = async (caches, release) =>
  (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== nameOf(release));

/**
 * @param {Fetch} fetch
 * @param {string} address
 * @returns {Promise<[address: string, answer: Response]>}
 */
async function fetchWhole(fetch, address) {
  // Asks the server whether what the browser already has is still right, and sends it once.
  const answer = await fetch(address, { cache: "no-cache" });
  // Browsers refuse a redirected answer for a page; and it would be another page, such as login.
  if (answer.status !== 200 || answer.redirected || answer.type === "opaque") {
    throw new Error(`The shell needs ${address} and got ${answer.status}`);
  }
  return [address, answer];
}
