/**
 * How a page, or a picture on one, lies on the disk: AES-GCM under its holder's key, bound to where it stands and when it was
 * kept, so that none can be shown as another, or as newer. Knows no cache.
 */

const KEPT_AT = "Kept-At";
const IV = 12;

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CryptoKey} key
 * @param {string} name  Where it will stand.
 * @param {number} now
 */
export async function seal(bytes, key, name, now) {
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const sealed = await crypto.subtle.encrypt(how(iv, name, now), key, bytes);
  return new Response(new Blob([iv, sealed]), { headers: { [KEPT_AT]: String(now) } });
}

/**
 * Return the bytes again, or throw when it is not what was sealed under this key and name.
 *
 * @param {Response} sealed
 * @param {CryptoKey} key
 * @param {string} name
 */
export async function open(sealed, key, name) {
  const bytes = new Uint8Array(await sealed.arrayBuffer());
  const [iv, body] = [bytes.slice(0, IV), bytes.slice(IV)];
  return new Uint8Array(await crypto.subtle.decrypt(how(iv, name, keptAt(sealed)), key, body));
}

/** Return when it was sealed, in milliseconds since 1970. @param {Response} sealed */
export const keptAt = ({ headers }) => Number(headers.get(KEPT_AT));

/** @param {Uint8Array<ArrayBuffer>} iv @param {string} name @param {number} at */
const how = (iv, name, at) => ({
  name: "AES-GCM",
  iv,
  additionalData: new TextEncoder().encode(`${at} ${name}`),
});
