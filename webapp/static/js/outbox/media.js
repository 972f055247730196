/**
 * What happens to pictures in the store: they are given to an entry, or forgotten. Their sealed parts
 * leave only when the server has the whole file (../media/uploading.js), or with a note that was
 * never saved.
 *
 * @typedef {import("./kept.js").Writing} Writing
 * @typedef {import("./kept.js").Chosen} Chosen
 * @typedef {import("./kept.js").Draft} Draft
 * @typedef {import("./kept.js").Picture} Picture
 */

/**
 * Give chosen pictures to the entry that is being written, in its own transaction: both are kept, or
 * neither is.
 *
 * @param {Writing} writing
 * @param {Chosen[]} chosen
 * @param {{ entry: string, staff: string, made: string }} facts
 * @param {Element} form  Where they were chosen; its draft is one no more.
 */
export async function claim(writing, chosen, facts, form) {
  const pictures = writing.objectStore("pictures");
  for (const { sha256 } of chosen) {
    /** @type {Picture | undefined} */
    const picture = await pictures.get(sha256);
    if (!picture) throw new Error("A picture of this note is gone.");
    await pictures.put({ ...picture, ...facts });
  }
  const drafts = writing.objectStore("drafts");
  const place = form.getAttribute("id") ?? "";
  /** @type {Draft | undefined} */
  const draft = await drafts.get(place);
  const claimed = new Set(chosen.map(({ sha256 }) => sha256));
  // What the form did not show yet, right after the page was read again, is still to be saved.
  if (draft?.chosen.every(({ sha256 }) => claimed.has(sha256))) await drafts.delete(place);
}

/** @param {Writing} writing @param {string} sha256 */
export async function forget(writing, sha256) {
  await writing.objectStore("pictures").delete(sha256);
  // An array sorts behind every number.
  await writing.objectStore("media").delete(IDBKeyRange.bound([sha256], [sha256, []]));
}
