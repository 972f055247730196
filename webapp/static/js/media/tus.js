/**
 * The three requests of tus 1.0 that a tablet makes for a picture, without cookies. What is answered
 * is judged in deciding.js.
 *
 * @typedef {{ sha256: string, size: number }} File  Sealed.
 * @typedef {import("./deciding.js").Said} Said
 */

import { patienceFor } from "../outbox/deciding.js";
import { readUpload } from "./deciding.js";
import { checksumOf } from "./sealing.js";

/** @param {File} file @param {typeof globalThis.fetch} fetch */
export const create = (file, fetch) =>
  send(file, fetch, "POST", {
    "Upload-Length": String(file.size),
    "Upload-Metadata": `sha256 ${btoa(file.sha256)}`,
  });

/** Ask how much of it the server has. @param {File} file @param {typeof globalThis.fetch} fetch */
export const head = (file, fetch) => send(file, fetch, "HEAD", {});

/**
 * @param {File} file
 * @param {typeof globalThis.fetch} fetch
 * @param {number} offset
 * @param {Uint8Array<ArrayBuffer>} part
 */
export async function patch(file, fetch, offset, part) {
  const headers = {
    "Content-Type": "application/offset+octet-stream",
    "Upload-Offset": String(offset),
    "Upload-Checksum": await checksumOf(part),
  };
  return send(file, fetch, "PATCH", headers, offset, part);
}

/**
 * @param {File} file
 * @param {typeof globalThis.fetch} fetch
 * @param {"POST" | "HEAD" | "PATCH"} method
 * @param {Record<string, string>} headers
 * @param {number} offset
 * @param {Uint8Array<ArrayBuffer>} [body]
 * @returns {Promise<Said>}
 */
async function send({ sha256, size }, fetch, method, headers, offset = 0, body) {
  try {
    const got = await fetch(method === "POST" ? "/sync/media" : `/sync/media/${sha256}`, {
      method,
      headers: { "Tus-Resumable": "1.0.0", ...headers },
      ...(body && { body }),
      mode: "same-origin",
      credentials: "omit",
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(patienceFor(body?.length ?? 0)),
    });
    const header = (/** @type {string} */ name) => got.headers.get(name);
    return readUpload({ status: got.status, header }, { method, size, offset });
  } catch {
    return { kind: "none" };
  }
}
