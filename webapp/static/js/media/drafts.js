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
import { forget } from "../outbox/media.js";
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
 * @param {{ picture: ArrayBuffer, thumb: ArrayBuffer }} developed
 */
export async function addPicture(store, note, { picture, thumb }) {
  const { parts, key, sha256, size } = await sealFile(new Uint8Array(picture));
  const facts = { sha256, size, type: "image/jpeg" };
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
