/** Files in a field as if somebody had chosen them from the tablet's own list. */

/** @param {HTMLInputElement} field @param {File[]} files */
export function choose(field, files) {
  const chosen = new DataTransfer();
  for (const each of files) chosen.items.add(each);
  field.files = chosen.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
