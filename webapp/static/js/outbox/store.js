/**
 * The database `outbox`: what lies on this tablet until the server has it, and a while longer. Owns
 * how it is opened and written; entries.js and grants.js own what is in it. A schema is only ever
 * added to, and nobody deletes a store: an older page may still have something in it.
 *
 * @typedef {import("./kept.js").Writing} Writing
 * @typedef {import("./kept.js").Database} Database
 */

import { forgetPages } from "../kept_pages.js";

/** Names with their keys. The second version added pictures, and who opens the tablet without net. */
const STORES = {
  entries: "id",
  receipts: "id",
  grants: "id",
  meta: "key",
  pictures: "sha256",
  media: ["sha256", "part"],
  drafts: "place",
  standby: "staff",
};
const VERSION = 2;

/** @type {string[]} */
const ALL = Object.keys(STORES);

export class Store {
  /** @type {Promise<Database> | undefined} */
  #opened;
  #name;

  /** @param {string} name */
  constructor(name = "outbox") {
    this.#name = name;
  }

  /** @returns {Promise<Database>} */
  #open() {
    this.#opened ??= openDatabase(this.#name, () => {
      this.#opened = undefined;
    });
    // A refusal is not kept: the next try may find the disk mended.
    this.#opened.catch(() => {
      this.#opened = undefined;
    });
    return this.#opened;
  }

  /**
   * Work in one transaction, on the disk when this returns. The work may await nothing but the
   * transaction itself.
   *
   * @template T
   * @param {(transaction: Writing) => Promise<T>} work
   * @param {"readwrite" | "readonly"} mode
   * @returns {Promise<T>}
   */
  async write(work, mode = "readwrite") {
    try {
      return await this.#once(work, mode);
    } catch (error) {
      const name = error instanceof DOMException ? error.name : "";
      // A full disk: pages can be read again, what was tapped cannot.
      if (name === "QuotaExceededError") await forgetPages();
      // iOS closes connections of pages that rest in the background, without telling them.
      else if (name === "InvalidStateError") this.#opened = undefined;
      else throw error;
      return this.#once(work, mode);
    }
  }

  /**
   * @template T
   * @param {(transaction: Writing) => Promise<T>} work
   * @param {"readwrite" | "readonly"} mode
   * @returns {Promise<T>}
   */
  async #once(work, mode) {
    const database = await this.#open();
    const transaction = /** @type {Writing} */ (
      database.transaction(ALL, /** @type {"readwrite"} */ (mode), { durability: "strict" })
    );
    // Waited for below; a failed work aborts it, and then nobody waits.
    transaction.done.catch(() => undefined);
    try {
      const result = await work(transaction);
      await transaction.done;
      return result;
    } catch (error) {
      try {
        transaction.abort();
      } catch {
        // It has ended by itself.
      }
      throw error;
    }
  }

  /**
   * @param {"entries" | "receipts" | "grants" | "pictures" | "drafts" | "standby"} store
   * @returns {Promise<any[]>}
   */
  async all(store) {
    return this.write((reading) => reading.objectStore(store).getAll(), "readonly");
  }

  /**
   * Return a small fact that was noted, such as what the server last said of itself; else undefined.
   *
   * @param {string} key
   */
  async noted(key) {
    return (await this.write((reading) => reading.objectStore("meta").get(key), "readonly"))?.value;
  }

  /** @param {string} key @param {unknown} value */
  async note(key, value) {
    await this.write((writing) => writing.objectStore("meta").put({ key, value }));
  }
}

/** @param {string} name @param {() => void} gone @returns {Promise<Database>} */
async function openDatabase(name, gone) {
  await import(new URL("../../vendor/idb.js", import.meta.url).href);
  /** @type {typeof import("idb")} */
  const { openDB } = /** @type {any} */ (globalThis).idb;
  /** @type {import("idb").OpenDBCallbacks<unknown>} */
  const callbacks = {
    upgrade(database) {
      for (const [store, keyPath] of Object.entries(STORES)) {
        if (!database.objectStoreNames.contains(store))
          database.createObjectStore(store, { keyPath });
      }
    },
    // A newer page wants to add to the schema: let it, and open again when next needed.
    blocking: (_current, _wanted, { target }) => {
      if (target instanceof IDBDatabase) target.close();
      gone();
    },
    terminated: gone,
  };
  return openDB(name, VERSION, callbacks).catch((error) => {
    // A newer page has added to it; what this one knows is still there.
    if (error?.name !== "VersionError") throw error;
    return openDB(name, undefined, callbacks);
  });
}
