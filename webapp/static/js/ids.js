/**
 * Ids made on the tablet, one for each form that logs something, so that a tap that is sent twice
 * is stored once. An id is drawn when its form is drawn; the server's own id in the same field is
 * for a browser without JavaScript. Knows neither htmx nor what was sent.
 */

/** Milliseconds since 1970 and counter of the last id; ids of one page only ever go up. */
const last = { time: 0, count: 0 };

/**
 * Return a new UUID of version 7: ordered by when it was made.
 *
 * Within one millisecond, and when the tablet's clock is set back, a 12-bit counter keeps the
 * order; when it is full, the id borrows the next millisecond.
 * Source: RFC 9562, sections 5.7 and 6.2 (method 1).
 *
 * @param {number} now                              Milliseconds since 1970, UTC.
 * @param {(bytes: Uint8Array<ArrayBuffer>) => unknown} random  Fills the bytes.
 */
export function uuid7(now = Date.now(), random = (bytes) => crypto.getRandomValues(bytes)) {
  const bytes = new Uint8Array(16);
  random(bytes.subarray(6));
  const view = new DataView(bytes.buffer);
  const time = Math.floor(now);
  if (time > last.time) {
    last.time = time;
    last.count = view.getUint16(6) & 0xfff;
  } else if (last.count < 0xfff) {
    last.count += 1;
  } else {
    last.time += 1;
    last.count = 0;
  }
  view.setUint32(0, Math.floor(last.time / 0x10000));
  view.setUint16(4, last.time % 0x10000);
  view.setUint16(6, 0x7000 | last.count);
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * What was drawn here last; any other value in the field came from the server or the browser.
 *
 * @type {WeakMap<HTMLInputElement, string>}
 */
const drawn = new WeakMap();

/**
 * Give every newly drawn form its own id. A form that was not drawn again keeps the one it has.
 *
 * @param {ParentNode} root
 * @param {(form: HTMLFormElement) => string | undefined} waiting  The id a form has sent without
 *   being answered: drawing the form again because of something else must not change it.
 */
export function drawIds(root, waiting = () => undefined) {
  for (const input of fieldsIn(root)) {
    if (drawn.get(input) === input.value) continue;
    put(input, (input.form && waiting(input.form)) ?? uuid7());
  }
}

/**
 * Give a form a fresh id although nobody drew it again, because the old one is stored.
 *
 * @param {HTMLFormElement} form
 * @param {string} spent
 */
export function renewId(form, spent) {
  for (const input of fieldsIn(form)) {
    if (input.value === spent) put(input, uuid7());
  }
}

/** @param {ParentNode} root @returns {NodeListOf<HTMLInputElement>} */
function fieldsIn(root) {
  return root.querySelectorAll("input[data-draw-id]");
}

/** @param {HTMLInputElement} input @param {string} id */
function put(input, id) {
  input.value = id;
  drawn.set(input, id);
}
