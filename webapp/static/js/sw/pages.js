/**
 * The pages a shift needs and the pictures on them, kept sealed for one session, for each release that
 * drew them. Owns the caches named "pages-…" and the database `cache`; never touches the outbox. What
 * may be kept says the server, with the header Smaategn-Keep; see webapp/keeping.py.
 *
 * @typedef {import("./caches.js").Caches} Caches
 * @typedef {import("./holder.js").State} State
 */

import { lookUp } from "./caches.js";
import { dropHolder, holderFor, isOver, mayBeSeen, noteState, readHolder } from "./holder.js";
import { nameOf, pack, textOf, unpack } from "./packing.js";
import { keptAt, open, seal } from "./sealing.js";

export const HEADER = "Smaategn-Keep";

const PREFIX = "pages-";

export class Pages {
  #caches;
  #name;
  #now;

  /** @param {Caches} caches @param {string} release @param {() => number} now */
  constructor(caches, release, now = () => Date.now()) {
    this.#caches = caches;
    this.#name = PREFIX + release;
    this.#now = now;
  }

  /**
   * Keep what is being shown, if the server allows it, and leave the answer to be read by the page.
   *
   * @param {string} address
   * @param {Response} answer
   * @returns {Promise<string | undefined>}  The page's text, when it was kept.
   */
  async keepShown(address, answer) {
    return answer.headers.has(HEADER) ? this.keep(address, answer.clone(), true) : undefined;
  }

  /**
   * Keep a page if the server allows it.
   *
   * @param {string} address
   * @param {Response} answer
   * @param {boolean} isShown  Whether somebody looks at it. What was only fetched ahead begins
   *   nothing: its session may have ended while it was on its way.
   * @returns {Promise<string | undefined>}  The page's text, or nothing of a picture, when it was kept.
   */
  async keep(address, answer, isShown = false) {
    const [session, seconds, kind] = (answer.headers.get(HEADER) ?? "").split(" ");
    if (answer.status !== 200 || !session) return undefined;
    const now = this.#now();
    const before = await readHolder();
    if (before?.session !== session || isOver(before, now)) await this.purge();
    const whose = { session, idle: Number(seconds) * 1000, shared: kind !== "own" };
    const holder = isShown ? await holderFor(whose, now) : await readHolder();
    if (holder?.session !== session) return undefined;
    const also = answer.headers.get("Content-Location");
    const { text, packed } = await pack(answer);
    const cache = await this.#caches.open(this.#name);
    for (const name of new Set([address, also ?? address].map(nameOf)))
      await cache.put(name, await seal(packed, holder.key, name, now));
    return text;
  }

  /**
   * Return the kept page as it is shown, if it is there and may be seen now; else undefined.
   *
   * @param {string} address
   * @returns {Promise<Response | undefined>}
   */
  async find(address) {
    const holder = await readHolder();
    if (!holder) return undefined;
    if (isOver(holder, this.#now())) return void (await this.purge());
    if (!mayBeSeen(holder, this.#now())) return undefined;
    // Of the release before, until this one has its own.
    const names = [this.#name, ...(await this.#others(this.#name))];
    const all = await Promise.all(names.map((name) => this.#sealed(name, address)));
    const sealed = all.find(Boolean);
    if (!sealed) return undefined;
    return unpack(await open(sealed, holder.key, nameOf(address)), keptAt(sealed));
  }

  /** Read what this release kept, to see what belongs to it; else nothing. @param {string} address */
  async read(address) {
    const holder = await readHolder();
    const sealed = await this.#sealed(this.#name, address);
    return holder && sealed ? textOf(await open(sealed, holder.key, nameOf(address))) : "";
  }

  /** Forget what this release kept and is not needed. @param {(path: string) => boolean} isUnneeded */
  async forget(isUnneeded) {
    // To open a cache that is gone would make it.
    if (!(await this.#caches.keys()).includes(this.#name)) return;
    const cache = await this.#caches.open(this.#name);
    for (const { url } of await cache.keys())
      if (isUnneeded(new URL(url).pathname)) await cache.delete(url);
  }

  /** Tell how many milliseconds ago this release kept a page, if ever. @param {string} address */
  async ageOf(address) {
    const sealed = await this.#sealed(this.#name, address);
    return sealed ? Math.abs(this.#now() - keptAt(sealed)) : Infinity;
  }

  /**
   * Hear from a page how the tablet is doing. A page of another session ends what lies here.
   *
   * @param {string} session  Empty on the lock page, where nobody is signed in.
   * @param {State} state
   */
  async told(session, state) {
    const holder = await readHolder();
    if (holder && session && holder.session !== session) await this.purge();
    else await noteState(session, state, this.#now());
  }

  /** Forget everybody's pages, the key first: what is left without it cannot be read. */
  async purge() {
    await dropHolder();
    await this.deleteOld("");
  }

  /** Forget the pages of other releases, once this one has its own. */
  async deleteOld(but = this.#name) {
    await Promise.all((await this.#others(but)).map((name) => this.#caches.delete(name)));
  }

  /** Return the releases whose pages lie here; may be empty. */
  async releases() {
    return (await this.#others("")).map((name) => name.slice(PREFIX.length));
  }

  /** The newest first. @param {string} name */
  async #others(name) {
    const all = (await this.#caches.keys()).filter((each) => each.startsWith(PREFIX));
    return all.filter((each) => each !== name).reverse();
  }

  /** @param {string} name @param {string} address */
  #sealed = (name, address) => lookUp(this.#caches, name, nameOf(address));
}
