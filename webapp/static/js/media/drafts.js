/**
 * A note that is being written and the pictures chosen for it, on the disk until it is saved. Knows
 * no form.
 *
 * @typedef {import("../outbox/store.js").Store} Store
 * @typedef {import("../outbox/kept.js").Chosen} Chosen
 * @typedef {import("../outbox/kept.js").Draft} Draft
 * @typedef {import("../outbox/kept.js").Picture} Picture
 * @typedef {import("../outbox/kept.js").Writing} Writing
 * @typedef {Omit<Draft, "chosen">} Note
 */

import { FRESH } from "../outbox/deciding.js";
import { forget } from "../outbox/pictures.js";
import { sealFile } from "./sealing.js";

/**
 * Keep a note as it stands, in one transaction with a picture more or less.
 *
 * @param {Store} store
 * @param {Note} note
 * @param {(writing: Writing, chosen: Chosen[]) => Promise<Chosen[]>} how
 */
export function keepDraft(store, note, how = async (_, chosen) => chosen) {
  return store.write(async (writing) => {
    const drafts = writing.objectStore("drafts");
    const chosen = await how(writing, (await drafts.get(note.place))?.chosen ?? []);
    await drafts.put({ ...note, chosen });
  });
}

/**
 * Seal a picture and keep it with its note: all of its parts, or nothing.
 *
 * @param {Store} store
 * @param {Note} note
 * @param {import("./developing.js").Developed} developed
 */
export async function addPicture(store, note, { picture, thumb, type }) {
  const { parts, key, sha256, size } = await sealFile(new Uint8Array(picture));
  const facts = { sha256, size, type };
  await keepDraft(store, note, async (writing, chosen) => {
    for (const [part, bytes] of parts.entries())
      await writing.objectStore("media").put({ sha256, part, bytes });
    /** @type {Picture} */
    const row = { ...facts, entry: "", staff: "", made: "", isKnown: false, pace: FRESH };
    await writing.objectStore("pictures").put(row);
    return [...chosen, { ...facts, key, thumb }];
  });
  return sha256;
}

/** @param {Store} store @param {Note} note @param {string} sha256 */
export function removePicture(store, note, sha256) {
  return keepDraft(store, note, async (writing, chosen) => {
    await forget(writing, sha256);
    return chosen.filter((each) => each.sha256 !== sha256);
  });
}

/** @param {Store} store @param {string} place @returns {Promise<Chosen[]>} */
export async function chosenFor(store, place) {
  const get = (/** @type {Writing} */ reading) => reading.objectStore("drafts").get(place);
  return (await store.write(get, "readonly"))?.chosen ?? [];
}

/** Let a note be found under another form. @param {Store} store @param {Draft} draft @param {string} place */
export function moveDraft(store, draft, place) {
  return store.write(async (writing) => {
    const drafts = writing.objectStore("drafts");
    await drafts.delete(draft.place);
    await drafts.put({ ...draft, place });
  });
}

/**
 * Say what an entry takes along of its note: what is signed, what is sealed, what its author may see,
 * and what is written in its own transaction.
 *
 * @param {Chosen[]} chosen
 * @param {string} place
 */
export function takeAlong(chosen, place) {
  return {
    media: chosen.map(({ sha256, size, type }) => ({ sha256, size, type })),
    keys: chosen.length ? chosen.map(({ sha256, key }) => ({ sha256, key })) : undefined,
    own: chosen.length ? { thumbs: chosen.map(({ thumb }) => thumb) } : {},
    claim:
      (/** @type {Pick<Picture, "entry" | "staff" | "made">} */ facts) =>
      (/** @type {Writing} */ writing) =>
        claim(writing, chosen, facts, place),
  };
}

/**
 * Give pictures to their entry, and let the draft go: all of it is kept with the entry, or nothing.
 *
 * @param {Writing} writing
 * @param {Chosen[]} chosen
 * @param {Pick<Picture, "entry" | "staff" | "made">} facts
 * @param {string} place
 */
async function claim(writing, chosen, facts, place) {
  const pictures = writing.objectStore("pictures");
  for (const { sha256 } of chosen) {
    const picture = await pictures.get(sha256);
    if (!picture) throw new Error("A picture of this note is gone.");
    await pictures.put({ ...picture, ...facts });
  }
  const drafts = writing.objectStore("drafts");
  /** @type {Draft | undefined} */
  const draft = await drafts.get(place);
  const claimed = new Set(chosen.map(({ sha256 }) => sha256));
  if (draft?.chosen.every(({ sha256 }) => claimed.has(sha256))) await drafts.delete(place);
}
