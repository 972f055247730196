/**
 * What an answer of the upload means. Pure: no network, no store, no clock.
 *
 * @typedef {{ kind: "at", offset: number }
 *   | { kind: "ask" | "unknown" | "refused" }
 *   | { kind: "none" | "broken" }
 *   | { kind: "later", retryAfter: number }
 *   | { kind: "busy", retryAfter: number }} Said
 *   At: so much of it the server has. Ask: it has something else than we thought. Unknown: the entry
 *   has not come yet. Later: no room for this one now; those that have begun can still be finished.
 *   None, broken and busy are about the line or the server, not about this picture.
 */

/**
 * Only a success that speaks tus, and names a length that can be, counts as one: an open network's
 * login page has no such words.
 *
 * @param {{ status: number, header: (name: string) => string | null }} got
 * @param {{ method: "POST" | "HEAD" | "PATCH", size: number, offset: number }} asked
 * @returns {Said}
 */
export function readUpload({ status, header }, { method, size, offset }) {
  if (status === 404 || status === 410) return { kind: "unknown" };
  if (status === 409 || status === 460) return { kind: "ask" };
  const retryAfter = Number(header("Retry-After")) || 0;
  const isTus = header("Tus-Resumable") === "1.0.0";
  if (isTus && (status === 429 || status === 507)) return { kind: "later", retryAfter };
  if (status === 429 || status === 503) return { kind: "busy", retryAfter };
  if (status >= 500) return { kind: "broken" };
  if (!isTus) return { kind: "none" };
  if (status >= 400) return { kind: "refused" };
  if (method === "POST") return status === 201 ? { kind: "at", offset: 0 } : { kind: "none" };
  const now = numberIn(header("Upload-Offset"));
  const isTrue =
    method === "HEAD"
      ? numberIn(header("Upload-Length")) === size && now <= size
      : status === 204 && now > offset && now <= size;
  return isTrue ? { kind: "at", offset: now } : { kind: "none" };
}

/** @param {string | null} text @returns {number}  NaN, which equals nothing, when it is none. */
const numberIn = (text) => (/^\d+$/.test(text ?? "") ? Number(text) : Number.NaN);
