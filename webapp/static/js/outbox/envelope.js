/**
 * Signing and sealing, as docs/sync-protocol.md says: compact JWS with ES256, compact JWE with
 * ECDH-ES and A256GCM. Only WebCrypto; knows nothing of entries, stores or screens.
 *
 * @typedef {{ kty: "EC", crv: "P-256", x: string, y: string, kid?: string }} PublicKey
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 */

const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const ECDH = { name: "ECDH", namedCurve: "P-256" };
const { subtle } = globalThis.crypto;

/** @param {string} text @returns {Bytes} */
const utf8 = (text) => new TextEncoder().encode(text);

/** @param {Bytes} bytes */
export const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replace(
    /[+/=]/g,
    (sign) => ({ "+": "-", "/": "_" })[sign] ?? "",
  );

/** @param {string} text @returns {Bytes} */
export const fromBase64url = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

/** Read a part of a compact token that is JSON. It is not verified. @param {string} part */
export const readPart = (part) => JSON.parse(new TextDecoder().decode(fromBase64url(part)));

/** Write JSON as a part of a compact token. @param {object} value */
const part = (value) => base64urlOf(utf8(JSON.stringify(value)));

/** Long bodies would be too many arguments at once. @param {Bytes} bytes */
export function base64urlOf(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += 0x6000)
    parts.push(base64url(bytes.subarray(at, at + 0x6000)));
  return parts.join("");
}

/**
 * Make a key to sign with. The private half can be used here, and never be taken out.
 *
 * @returns {Promise<{ privateKey: CryptoKey, publicKey: PublicKey }>}
 */
export async function makeKey() {
  const { privateKey, publicKey } = await subtle.generateKey(ECDSA, false, ["sign", "verify"]);
  return { privateKey, publicKey: await publicOf(publicKey) };
}

/**
 * Sign a payload; returns a compact JWS.
 *
 * @param {object} payload
 * @param {CryptoKey} key
 * @param {string} typ
 */
export async function sign(payload, key, typ = "smaategn-entry+jws") {
  const signed = `${part({ alg: "ES256", typ })}.${part(payload)}`;
  // WebCrypto writes r and s behind each other, just as JWS wants them.
  const signature = await subtle.sign(ECDSA, key, utf8(signed));
  return `${signed}.${base64urlOf(new Uint8Array(signature))}`;
}

/**
 * Seal a text so that only the holder of a key can read it; returns a compact JWE.
 *
 * @param {string} text
 * @param {PublicKey} to
 * @param {string} entry  The id the body belongs to; the header binds it.
 */
export async function seal(text, to, entry) {
  const once = await subtle.generateKey(ECDH, false, ["deriveBits"]);
  const header = part({
    alg: "ECDH-ES",
    enc: "A256GCM",
    typ: "smaategn-body+jwe",
    kid: to.kid,
    epk: await publicOf(once.publicKey),
    entry,
  });
  const secret = await agree(once.privateKey, to);
  const key = await subtle.importKey("raw", await concatKdf(secret), "AES-GCM", false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealing = { name: "AES-GCM", iv, additionalData: utf8(header) };
  const sealed = new Uint8Array(await subtle.encrypt(sealing, key, utf8(text)));
  // WebCrypto puts the tag behind the text; JWE writes it on its own.
  const [body, tag] = [sealed.subarray(0, -16), sealed.subarray(-16)];
  return `${header}..${base64url(iv)}.${base64urlOf(body)}.${base64url(tag)}`;
}

/** @param {CryptoKey} mine @param {PublicKey} theirs */
async function agree(mine, { kty, crv, x, y }) {
  const key = await subtle.importKey("jwk", { kty, crv, x, y }, ECDH, false, []);
  return new Uint8Array(await subtle.deriveBits({ name: "ECDH", public: key }, mine, 256));
}

/**
 * Derive the key of A256GCM from what both sides agreed on: one round of SHA-256.
 * Source: RFC 7518, section 4.6.2.
 *
 * @param {Bytes} secret
 */
export async function concatKdf(secret) {
  const algorithm = utf8("A256GCM");
  const empty = number(0);
  const parts = [number(1), secret, number(algorithm.length), algorithm, empty, empty, number(256)];
  const input = new Uint8Array(parts.reduce((size, bytes) => size + bytes.length, 0));
  let at = 0;
  for (const bytes of parts) {
    input.set(bytes, at);
    at += bytes.length;
  }
  return new Uint8Array(await subtle.digest("SHA-256", input));
}

/** Write a number as four bytes, the largest first. @param {number} value @returns {Bytes} */
function number(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** @param {CryptoKey} key @returns {Promise<PublicKey>} */
async function publicOf(key) {
  const { x = "", y = "" } = await subtle.exportKey("jwk", key);
  return { kty: "EC", crv: "P-256", x, y };
}
