/**
 * Seals a file as docs/sync-protocol.md, section 5, says: in parts of 1 MiB with AES-256-GCM, each
 * under its number. Only WebCrypto.
 *
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 */

import { base64url } from "../outbox/envelope.js";

const { subtle } = globalThis.crypto;

/** Bytes of the file in one part. */
const PART = 1024 * 1024;

/** Bytes of a part once it is sealed: GCM writes its tag behind it. The last one may be shorter. */
export const SEALED_PART = PART + 16;

/**
 * Seal a file under a key of its own.
 *
 * @param {Bytes} file
 * @param {Bytes} raw  The key, 32 bytes.
 * @returns {Promise<{ sha256: string, size: number, key: string, parts: ArrayBuffer[] }>}
 */
export async function sealFile(file, raw = crypto.getRandomValues(new Uint8Array(32))) {
  const key = await subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
  /** @type {ArrayBuffer[]} */
  const parts = [];
  for (let at = 0; at < file.length; at += PART) {
    const iv = new Uint8Array(12);
    // No file has four thousand million parts.
    new DataView(iv.buffer).setUint32(8, parts.length);
    parts.push(await subtle.encrypt({ name: "AES-GCM", iv }, key, file.subarray(at, at + PART)));
  }
  const size = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const whole = new Uint8Array(size);
  for (const [number, part] of parts.entries())
    whole.set(new Uint8Array(part), number * SEALED_PART);
  const digest = new Uint8Array(await subtle.digest("SHA-256", whole));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { sha256, size, key: base64url(raw), parts };
}

/** Write what a part is checked by, as tus wants it. @param {Bytes} bytes */
export async function checksumOf(bytes) {
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return `sha256 ${btoa(String.fromCharCode(...digest))}`;
}
