/**
 * What an answer to a batch means. Pure: no network, no store, no clock.
 *
 * @typedef {import("./deciding.js").Answer} Answer
 */

/**
 * Say what an answer means. Only status 200, our header, JSON and our own nonce is an answer; an
 * entry it does not name is not delivered.
 *
 * @param {{ status: number, header: (name: string) => string | null, text: string }} got
 * @param {string} nonce
 * @param {string[]} ids  What was sent.
 * @returns {Answer}
 */
export function readAnswer({ status, header, text }, nonce, ids) {
  if (status === 413) return { kind: "too_large" };
  if (status === 429 || status === 503)
    return { kind: "busy", retryAfter: Number(header("Retry-After")) || 0 };
  if (status >= 500 || status === 400) return { kind: "broken" };
  const said = status === 200 && header("Smaategn-Sync") === "1" ? parsed(text) : undefined;
  if (said?.nonce !== nonce || !Array.isArray(said.results)) return { kind: "none" };
  const delivered = new Map();
  const refused = new Map();
  let retryAfter = 0;
  for (const { id, status: named, reason, received_at, retry_after } of said.results) {
    if (!ids.includes(id)) continue;
    if (["stored", "already", "held", "review"].includes(named))
      delivered.set(id, received_at ?? said.server_time);
    else if (named === "retry") retryAfter = Math.max(retryAfter, Number(retry_after) || 1);
    else if (["conflict", "rejected"].includes(named)) refused.set(id, reason ?? named);
  }
  // An answer that takes nothing off our hands is no reason to ask again at once.
  if (ids.length && delivered.size + refused.size === 0) retryAfter ||= 1;
  const { epoch, version, server_time: serverTime } = said;
  return { kind: "ours", delivered, refused, retryAfter, server: { epoch, version, serverTime } };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
