/**
 * Two private keys that lie on this tablet under somebody's PIN: one signs what they tap, the other
 * opens the page that was sealed for them. Around them lies a key that no script can take out, so that
 * a copy of the record is worth nothing elsewhere. Only WebCrypto; knows no store and no screen. None of
 * it holds up whoever can read the tablet's disk: see docs/decisions/0030.
 *
 * @typedef {import("../outbox/envelope.js").PublicKey} PublicKey
 * @typedef {import("../outbox/envelope.js").Bytes} Bytes
 * @typedef {{ public: PublicKey, iv: ArrayBuffer, wrapped: ArrayBuffer }} Locked  Under the PIN, and
 *   what came of it under the tablet's key.
 * @typedef {{ salt: ArrayBuffer, rounds: number, tablet: CryptoKey, sign: Locked, open: Locked }} UnderPin
 */

import { concatKdf, fromBase64url, readPart } from "../outbox/envelope.js";

const { subtle } = globalThis.crypto;
const ECDSA = { name: "ECDSA", namedCurve: "P-256" };
const ECDH = { name: "ECDH", namedCurve: "P-256" };
const AES = { name: "AES-GCM", length: 256 };

/** Of PBKDF2 with SHA-256. Source: OWASP Password Storage Cheat Sheet. */
const ROUNDS = 600_000;

/**
 * Make both keys and put them under a PIN.
 *
 * @param {string} pin
 * @returns {Promise<UnderPin>}
 */
export async function makeKeys(pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16)).buffer;
  const under = await keyOf(pin, salt, ROUNDS);
  const tablet = await subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
  const [sign, open] = await Promise.all([
    lock(await subtle.generateKey(ECDSA, true, ["sign", "verify"]), under, tablet),
    lock(await subtle.generateKey(ECDH, true, ["deriveBits"]), under, tablet),
  ]);
  return { salt, rounds: ROUNDS, tablet, sign, open };
}

/**
 * Return both private keys, which can be used and not taken out; undefined for a wrong PIN, and
 * where the tablet's own key is missing.
 *
 * @param {UnderPin} kept
 * @param {string} pin
 */
export async function openKeys({ salt, rounds, tablet, sign, open }, pin) {
  const under = await keyOf(pin, salt, rounds);
  try {
    const [signs, opens] = await Promise.all([
      unlock(sign, under, tablet, ECDSA, ["sign"]),
      unlock(open, under, tablet, ECDH, ["deriveBits"]),
    ]);
    return { signs, opens };
  } catch {
    return undefined;
  }
}

/**
 * Open a page that the server sealed to the public half: compact JWE, ECDH-ES and A256GCM.
 *
 * @param {string} jwe
 * @param {CryptoKey} key
 */
export async function openPage(jwe, key) {
  const [header = "", , iv = "", body = "", tag = ""] = jwe.split(".");
  const { kty, crv, x, y } = readPart(header).epk;
  const theirs = await subtle.importKey("jwk", { kty, crv, x, y }, ECDH, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, key, 256);
  const secret = await concatKdf(new Uint8Array(shared));
  const once = await subtle.importKey("raw", secret, "AES-GCM", false, ["decrypt"]);
  const [text, end] = [fromBase64url(body), fromBase64url(tag)];
  const sealed = new Uint8Array(text.length + end.length);
  sealed.set(text);
  sealed.set(end, text.length);
  const opening = {
    name: "AES-GCM",
    iv: fromBase64url(iv),
    additionalData: new TextEncoder().encode(header),
  };
  return new TextDecoder().decode(await subtle.decrypt(opening, once, sealed));
}

/** @param {string} pin @param {ArrayBuffer} salt @param {number} rounds */
async function keyOf(pin, salt, rounds) {
  const typed = await subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, [
    "deriveKey",
  ]);
  const stretching = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return subtle.deriveKey(stretching, typed, AES, false, ["wrapKey", "unwrapKey"]);
}

/**
 * The tablet's key is the outer one: around it, the PIN could be guessed without it.
 *
 * @param {CryptoKeyPair} pair
 * @param {CryptoKey} under
 * @param {CryptoKey} tablet
 * @returns {Promise<Locked>}
 */
async function lock({ publicKey, privateKey }, under, tablet) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const inner = await subtle.wrapKey("pkcs8", privateKey, under, { name: "AES-GCM", iv });
  // Two keys, so the same number once under each.
  const wrapped = await subtle.encrypt({ name: "AES-GCM", iv }, tablet, inner);
  const { x = "", y = "" } = await subtle.exportKey("jwk", publicKey);
  return { public: { kty: "EC", crv: "P-256", x, y }, iv: iv.buffer, wrapped };
}

/**
 * @param {Locked} locked
 * @param {CryptoKey} under
 * @param {CryptoKey} tablet
 * @param {EcKeyImportParams} kind
 * @param {KeyUsage[]} uses
 */
async function unlock({ iv, wrapped }, under, tablet, kind, uses) {
  const inner = await subtle.decrypt({ name: "AES-GCM", iv }, tablet, wrapped);
  return subtle.unwrapKey("pkcs8", inner, under, { name: "AES-GCM", iv }, kind, false, uses);
}
