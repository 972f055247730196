/** The other side of envelope.js, which only the server has: verifies what is signed, opens what is sealed. */

import { concatKdf, readPart } from "../../webapp/static/js/outbox/envelope.js";

const { subtle } = globalThis.crypto;
const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const ECDH = { name: "ECDH", namedCurve: "P-256" };
const bytes = (part) => new Uint8Array(Buffer.from(part, "base64url"));

/** @param {string} jws @param {import("../../webapp/static/js/outbox/envelope.js").PublicKey} jwk */
export async function verified(jws, { kty, crv, x, y }) {
  const key = await subtle.importKey("jwk", { kty, crv, x, y }, ECDSA, false, ["verify"]);
  const [header, payload, signature] = jws.split(".");
  return subtle.verify(ECDSA, key, bytes(signature), Buffer.from(`${header}.${payload}`));
}

/** @param {string} jwe @param {CryptoKey} key */
export async function openSealed(jwe, key) {
  const [header, , iv, body, tag] = jwe.split(".");
  const { kty, crv, x, y } = readPart(header).epk;
  const theirs = await subtle.importKey("jwk", { kty, crv, x, y }, ECDH, false, []);
  const secret = new Uint8Array(await subtle.deriveBits({ ...ECDH, public: theirs }, key, 256));
  const opening = await subtle.importKey("raw", await concatKdf(secret), "AES-GCM", false, [
    "decrypt",
  ]);
  const sealed = Buffer.concat([bytes(body), bytes(tag)]);
  const how = { name: "AES-GCM", iv: bytes(iv), additionalData: Buffer.from(header) };
  return new TextDecoder().decode(await subtle.decrypt(how, opening, sealed));
}
