/** The parts of a page that its own template promises. */

/**
 * Return the first part that fits. Throws where the template broke its promise.
 *
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} whole
 * @param {string} selector
 * @param {new () => T} [kind]
 * @returns {T}
 */
export function part(whole, selector, kind) {
  const found = whole.querySelector(selector);
  if (!(found instanceof (kind ?? HTMLElement))) throw new Error(`There is no ${selector}.`);
  return /** @type {T} */ (found);
}
