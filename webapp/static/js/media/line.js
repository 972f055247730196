/**
 * Which line pictures go by: none that costs, unless somebody said so. Words go by any. Owns
 * #outbox-line in the drawer *Udbakke*, which says how many wait for wifi.
 *
 * @typedef {import("../outbox/store.js").Store} Store
 * @typedef {import("../outbox/kept.js").Picture} Picture
 * @typedef {{ type?: string, saveData?: boolean }} Line  What a browser tells; many tell nothing.
 */

/** Under which it is noted that pictures go by any line. */
const KEY = "anyLine";

/** @returns {Line | undefined} */
export const lineNow = () => /** @type {any} */ (globalThis.navigator)?.connection;

/** Tell whether the line costs. Where nobody says so, it does not. @param {Line | undefined} line */
export const isDear = (line) => Boolean(line?.saveData) || line?.type === "cellular";

/** @param {Store} store @returns {Promise<boolean>} */
export const anyLine = async (store) => Boolean(await store.noted(KEY));

/** Let what waits now go by any line. @param {Store} store */
export const sendByAnyLine = (store) => store.note(KEY, true);

/** Ask again next time: nothing waits any more. @param {Store} store */
export async function askAgain(store) {
  if (await anyLine(store)) await store.note(KEY, false);
}

/**
 * @param {Store} store
 * @param {Picture[]} pictures
 * @param {() => unknown} send
 */
export async function drawLine(store, pictures, send) {
  const place = document.getElementById("outbox-line");
  const words = place?.querySelector("[data-one]");
  const button = place?.querySelector("button");
  if (!place || !(words instanceof HTMLElement) || !button) return;
  const { length } = pictures.filter(({ entry }) => entry);
  place.hidden = length === 0 || !isDear(lineNow()) || (await anyLine(store));
  const { one = "", many = "" } = words.dataset;
  words.textContent = (length === 1 ? one : many).replace("{count}", String(length));
  button.onclick = async () => {
    await sendByAnyLine(store);
    send();
  };
}
