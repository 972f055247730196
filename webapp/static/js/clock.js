/**
 * Write a time of day as the server does.
 *
 * @param {string} time  ISO.
 */
export function clock(time) {
  const shape = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit" });
  return new Date(time).toLocaleTimeString(document.documentElement.lang, shape);
}
