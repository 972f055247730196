/** Fills numbers into words that stand on the page in the reader's language. */

/**
 * @param {Element} whole
 * @param {string} selector  Of a place with `data-words`, such as "{alone} af {all}".
 * @param {Record<string, number>} numbers  None empty the place.
 */
export function fill(whole, selector, numbers) {
  const place = whole.querySelector(selector);
  if (!(place instanceof HTMLElement)) return;
  let words = Object.keys(numbers).length ? (place.dataset.words ?? "") : "";
  for (const [name, number] of Object.entries(numbers))
    words = words.replace(`{${name}}`, String(number));
  place.textContent = words;
}
