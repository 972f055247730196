/**
 * A page, or a picture on one, as the bytes that are sealed: a line of JSON, and what it says. Knows no
 * key and no cache.
 */

import { mark, strip } from "./html.js";

const LINE_FEED = 10;

const OF_THE_LINE = ["content-encoding", "content-length", "content-location", "date", "vary"];

/** @param {Headers} headers */
const isPicture = (headers) => /^(image|audio|video)\//.test(headers.get("Content-Type") ?? "");

/** @param {Uint8Array<ArrayBuffer>} bytes */
const read = (bytes) => new TextDecoder().decode(bytes);

/** @param {string} text */
const written = (text) => new TextEncoder().encode(text);

/**
 * @param {Response} answer  Its headers are kept: the policy and its friends hold for a kept page too.
 * @returns {Promise<{ text: string, packed: Uint8Array<ArrayBuffer> }>}  The page as it came; empty of a
 *   picture.
 */
export async function pack(answer) {
  const whole = new Uint8Array(await answer.arrayBuffer());
  const text = isPicture(answer.headers) ? "" : read(whole);
  const body = text ? written(strip(text)) : whole;
  const headers = [...answer.headers].filter(([name]) => !OF_THE_LINE.includes(name));
  const head = written(`${JSON.stringify({ headers })}\n`);
  const packed = new Uint8Array(head.length + body.length);
  packed.set(head);
  packed.set(body, head.length);
  return { text, packed };
}

/**
 * Return what was packed, to be shown as it was then; a page says from when it is.
 *
 * @param {Uint8Array<ArrayBuffer>} packed
 * @param {number} keptAt  Milliseconds since 1970.
 */
export function unpack(packed, keptAt) {
  const { headers, body } = parts(packed);
  if (isPicture(new Headers(headers))) return new Response(body, { headers });
  return new Response(mark(read(body), "shown-from", new Date(keptAt).toISOString()), { headers });
}

/** Return the text of what was packed. @param {Uint8Array<ArrayBuffer>} packed */
export const textOf = (packed) => read(parts(packed).body);

/**
 * @param {Uint8Array<ArrayBuffer>} packed
 * @returns {{ headers: [string, string][], body: Uint8Array<ArrayBuffer> }}
 */
function parts(packed) {
  const end = packed.indexOf(LINE_FEED);
  const { headers, text } = JSON.parse(read(end < 0 ? packed : packed.subarray(0, end)));
  // The releases before kept nothing but pages, as one line with their text in it.
  return { headers, body: text === undefined ? packed.slice(end + 1) : written(text) };
}

/**
 * Name a page: on the board the query says which citizens, on a citizen's day only what is unfolded, and
 * of a picture only how large it is: without network any size will do.
 *
 * @param {string} address
 */
export function nameOf(address) {
  const { pathname, search } = new URL(address, "https://tablet.invalid");
  return pathname === "/" ? pathname + search : pathname;
}
