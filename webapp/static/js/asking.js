/**
 * Asks the server outside htmx: sends fields, and gives back what a script needs of the answer.
 * Knows no screen.
 *
 * @typedef {object} Answer
 * @property {number} status    The HTTP status; 0 when the server cannot be reached.
 * @property {string} text
 * @property {string} redirect  Where the server sends this page; empty when it may stay.
 * @property {boolean} isOurs   Whether Småtegn answered, and not something else on the line.
 */

/** Milliseconds; a network that hangs is none. */
const PATIENCE = 10_000;

/**
 * @param {string} url
 * @param {Record<string, string>} fields
 * @returns {Promise<Answer>}
 */
export async function ask(url, fields = {}) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams({ csrf_token: token(), ...fields }),
      headers: { "HX-Request": "true" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    const redirect = answer.headers.get("HX-Redirect") ?? "";
    const isOurs = answer.headers.has("Smaategn-Answer");
    return { status: answer.status, text: await answer.text(), redirect, isOurs };
  } catch {
    return { status: 0, text: "", redirect: "", isOurs: false };
  }
}

function token() {
  /** @type {HTMLInputElement | null} */
  const field = document.querySelector("input[name=csrf_token]");
  return field?.value ?? "";
}
