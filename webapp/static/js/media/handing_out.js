/**
 * What waits as a file, the last way out. It is sealed: only the server can read it.
 *
 * @typedef {import("../outbox/store.js").Store} Store
 * @typedef {import("../outbox/kept.js").Entry} Entry
 * @typedef {import("../outbox/kept.js").Grant} Grant
 * @typedef {import("../outbox/kept.js").Picture} Picture
 */

import { base64urlOf } from "../outbox/envelope.js";

/** @param {Store} store */
export async function handOut(store) {
  /** @type {[Entry[], Grant[], Picture[]]} */
  const [entries, grants, pictures] = await Promise.all([
    store.all("entries"),
    store.all("grants"),
    store.all("pictures"),
  ]);
  const named = new Set(entries.map(({ grant }) => grant));
  const media = [];
  for (const { sha256, entry } of pictures)
    if (entry) media.push({ sha256, parts: await partsOf(store, sha256) });
  const sealed = {
    protocol: 1,
    grants: grants.filter(({ id }) => named.has(id)).map(({ jwt }) => jwt),
    entries: entries.map(({ jws }) => jws),
    media,
  };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(sealed)], { type: "application/json" }));
  link.download = `smaategn-udbakke-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** @param {Store} store @param {string} sha256 @returns {Promise<string[]>} */
async function partsOf(store, sha256) {
  const range = IDBKeyRange.bound([sha256], [sha256, []]);
  /** @type {{ bytes: ArrayBuffer }[]} */
  const parts = await store.write(
    (reading) => reading.objectStore("media").getAll(range),
    "readonly",
  );
  return parts.map(({ bytes }) => base64urlOf(new Uint8Array(bytes)));
}
