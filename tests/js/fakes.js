/** A browser's caches and network, as far as the service worker uses them. */

/**
 * An answer of ours, which says so; see webapp/headers.py.
 *
 * @param {string} body
 * @param {{ status?: number, redirected?: boolean, headers?: Record<string, string> }} facts
 */
export function answer(body, { status = 200, redirected = false, headers = {} } = {}) {
  const response = new Response(body, {
    status,
    headers: { "Smaategn-Answer": "1", ...headers },
  });
  return Object.defineProperty(response, "redirected", { value: redirected });
}

/** Caches in memory; `stored` shows everything that was ever put there. */
export class FakeCaches {
  /** @type {Map<string, Map<string, Response>>} */
  stored = new Map();

  /** @param {string[]} names */
  constructor(...names) {
    for (const name of names) this.stored.set(name, new Map());
  }

  /** @param {string} name */
  async open(name) {
    const entries = this.stored.get(name) ?? new Map();
    this.stored.set(name, entries);
    return {
      put: async (/** @type {string} */ address, /** @type {Response} */ response) => {
        entries.set(address, response);
      },
      delete: async (/** @type {string} */ url) => entries.delete(new URL(url).pathname),
      keys: async () => [...entries.keys()].map((address) => ({ url: `https://tablet${address}` })),
    };
  }

  /** As a browser: what is not there is not made. @param {string} address @param {{ cacheName: string }} where */
  async match(address, { cacheName }) {
    return this.stored.get(cacheName)?.get(address)?.clone();
  }

  async keys() {
    return [...this.stored.keys()];
  }

  /** @param {string} name */
  async delete(name) {
    return this.stored.delete(name);
  }

  /** Names of caches with the addresses in each. */
  get contents() {
    return Object.fromEntries([...this.stored].map(([name, kept]) => [name, [...kept.keys()]]));
  }
}

/** A network with these answers and nothing else; `asked` shows what was fetched. */
export function fakeNetwork(/** @type {Record<string, () => Response>} */ answers) {
  /** @type {string[]} */
  const asked = [];
  const fetch = async (/** @type {string | Request} */ request) => {
    const { pathname, search } = new URL(String(Object(request).url ?? request), "https://tablet");
    const address = pathname + search;
    asked.push(address);
    const make = answers[address];
    if (!make) throw new TypeError("Failed to fetch");
    return make();
  };
  return Object.assign(fetch, { asked });
}
