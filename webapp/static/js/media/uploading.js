/**
 * Sends pictures after their entries, by tus 1.0 as docs/sync-protocol.md, section 5, says: without
 * cookies, one part in memory at a time, from wherever the server left off. Everybody's, like
 * sender.js; at its own pace, so that no picture holds up a word.
 *
 * @typedef {import("../outbox/store.js").Store} Store
 * @typedef {import("../outbox/kept.js").Picture} Picture
 * @typedef {import("../outbox/kept.js").Entry} Entry
 * @typedef {import("../outbox/deciding.js").Pace} Pace
 * @typedef {import("./deciding.js").Said} Said
 * @typedef {import("./line.js").Line} Line
 */

import { FRESH, mayTry, paceAfter } from "../outbox/deciding.js";
import { forget } from "../outbox/pictures.js";
import { anyLine, askAgain, isDear, lineNow } from "./line.js";
import { SEALED_PART } from "./sealing.js";
import { create, head, patch } from "./tus.js";

/** How often in a row the server may have something else than we thought. */
const MOST_ASKED = 3;

/** Bytes below which the server takes a part only when it is the file's last. */
const LEAST_PART = 64 * 1024;

/** Nothing came of it, and nobody said for how long. */
const NO_ANSWER = /** @type {const} */ ({ kind: "none" });

/**
 * Send until nothing is left, something is wrong or the line costs.
 *
 * @param {Store} store
 * @param {{ isUrgent: boolean, fetch?: typeof globalThis.fetch, connection?: Line }} how
 * @returns {Promise<{ wait: number, delivered: number }>}  Milliseconds until the next try, 0 when
 *   there is nothing to try; pictures the server has now.
 */
export async function upload(store, how) {
  const { isUrgent, fetch = globalThis.fetch, connection = lineNow() } = how;
  let delivered = 0;
  /** @type {Set<string>} */
  const tried = new Set();
  for (;;) {
    /** @type {[Picture[], Entry[], Pace | undefined]} */
    const [all, entries, noted] = await Promise.all([
      store.all("pictures"),
      store.all("entries"),
      store.noted("mediaPace"),
    ]);
    const pace = noted ?? FRESH;
    const now = Date.now();
    const here = new Set(entries.map(({ id }) => id));
    const waiting = all.filter(({ entry }) => entry && !here.has(entry));
    const picture = waiting.find(
      (each) => !tried.has(each.sha256) && mayTry(each.pace, now, isUrgent),
    );
    if (!all.some(({ entry }) => entry)) await askAgain(store);
    if (!picture) {
      const next = Math.min(...waiting.map(({ pace: { until } }) => until));
      return { wait: waiting.length ? Math.max(1000, next - now) : 0, delivered };
    }
    if (isDear(connection) && !(await anyLine(store))) return { wait: 0, delivered };
    if (!mayTry(pace, now, isUrgent)) return { wait: pace.until - now, delivered };
    tried.add(picture.sha256);
    const { said, moved } = await carry(store, picture, fetch);
    if (said.kind === "at") delivered += 1;
    const facts = { size: 0, now: Date.now(), random: Math.random() };
    if (said.kind === "none" || said.kind === "broken" || said.kind === "busy") {
      const after = paceAfter(moved ? FRESH : pace, said, facts).pace;
      await store.note("mediaPace", after);
      return { wait: after.until - Date.now(), delivered };
    }
    if (pace.failures) await store.note("mediaPace", FRESH);
    if (said.kind !== "at") {
      const asked =
        said.kind === "later" ? { ...said, kind: /** @type {const} */ ("busy") } : NO_ANSWER;
      await change(store, picture.sha256, (each) => ({
        isKnown: each.isKnown && said.kind !== "unknown",
        pace: paceAfter(moved ? FRESH : each.pace, asked, facts).pace,
      }));
    }
  }
}

/**
 * Carry one picture as far as it goes. It leaves the tablet only when the server has said that it
 * has every byte.
 *
 * @param {Store} store
 * @param {Picture} picture
 * @param {typeof globalThis.fetch} fetch
 * @returns {Promise<{ said: Said, moved: boolean }>}  The last answer; whether anything arrived.
 */
async function carry(store, picture, fetch) {
  const { sha256, size } = picture;
  let said = await (picture.isKnown ? head(picture, fetch) : create(picture, fetch));
  if (said.kind === "at" && !picture.isKnown)
    await change(store, sha256, () => ({ isKnown: true }));
  let moved = false;
  for (let asked = 0; ; ) {
    if (said.kind === "ask" && asked < MOST_ASKED) {
      asked += 1;
      said = await head(picture, fetch);
    }
    if (said.kind !== "at") return { said, moved };
    if (said.offset === size) {
      await store.write((writing) => forget(writing, sha256));
      return { said, moved: true };
    }
    const { offset } = said;
    const part = await partFrom(store, sha256, offset);
    if (!part) return { said: { kind: "refused" }, moved };
    said = await patch(picture, fetch, offset, part);
    if (said.kind === "at") {
      moved = true;
      asked = 0;
    }
  }
}

/**
 * Return the bytes from here to the end of their part, with the part behind it where they are too
 * few to go alone; undefined when the tablet has lost them.
 *
 * @param {Store} store
 * @param {string} sha256
 * @param {number} offset
 * @returns {Promise<Uint8Array<ArrayBuffer> | undefined>}
 */
async function partFrom(store, sha256, offset) {
  const keptAs = (/** @type {number} */ part) =>
    store.write((reading) => reading.objectStore("media").get([sha256, part]), "readonly");
  const part = Math.floor(offset / SEALED_PART);
  const kept = await keptAs(part);
  if (!kept) return undefined;
  const rest = new Uint8Array(kept.bytes, offset % SEALED_PART);
  const next = rest.length < LEAST_PART ? await keptAs(part + 1) : undefined;
  if (!next) return rest;
  return new Uint8Array(await new Blob([rest, next.bytes]).arrayBuffer());
}

/** @param {Store} store @param {string} sha256 @param {(picture: Picture) => Partial<Picture>} how */
function change(store, sha256, how) {
  return store.write(async (writing) => {
    const pictures = writing.objectStore("pictures");
    const picture = await pictures.get(sha256);
    if (picture) await pictures.put({ ...picture, ...how(picture) });
  });
}
