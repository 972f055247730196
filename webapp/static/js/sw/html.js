/**
 * What a page loses before it is kept, and what it is told when it is shown: plain text in, plain
 * text out. What people wrote is escaped, so none of it looks like our own markup.
 */

const TOKEN = /name="csrf_token" value="([^"]+)"/;
const DRAWN = /(<input[^>]*\bname="new_id"[^>]*\bvalue=")[^"]*/g;
const POST = /(<form\b[^>]*?\s)method="post"/g;
const INSTRUCTION = /\bhref="(\/interventions\/[0-9a-f-]{36}\/show)"/g;
const PICTURE =
  /\b(?:src|data-voice|data-keep)="(\/step-(?:pictures|voices|clips)\/[0-9a-f-]{36}(?:\/poster)?)"/g;
const CITIZEN = /\bhref="(\/citizens\/[0-9a-f-]{36})"/g;

/**
 * Take out what must not be used later: the token, and the drawn ids, which say that a tap is the
 * same one. Its forms send nothing by themselves, however early somebody taps; see kept_pages.js.
 *
 * @param {string} html
 */
export function strip(html) {
  const [, token] = TOKEN.exec(html) ?? [];
  const without = token ? html.replaceAll(token, "") : html;
  return without.replace(DRAWN, "$1").replace(POST, '$1method="dialog"');
}

/**
 * Write a fact on the page's body.
 *
 * @param {string} html
 * @param {string} name   Without "data-".
 * @param {string} value
 */
export const mark = (html, name, value) => html.replace("<body", `<body data-${name}="${value}"`);

/** Return the addresses of the days a board leads to, each once. @param {string} html */
export const daysOn = (html) => found(html, CITIZEN);

/** Return the addresses of the instructions a day leads to, each once. @param {string} html */
export const instructionsOn = (html) => found(html, INSTRUCTION);

/** Return the addresses of the pictures, clips and voices of an instruction, each once. @param {string} html */
export const picturesOn = (html) => found(html, PICTURE);

/** @param {string} html @param {RegExp} pattern @returns {string[]} */
const found = (html, pattern) => [
  ...new Set([...html.matchAll(pattern)].flatMap(([, address]) => address ?? [])),
];
