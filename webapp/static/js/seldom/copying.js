/**
 * Copies what stands in a field when its button is pressed. Shows the button only where the browser
 * can; without this file the field is there to mark and copy by hand.
 */

/** Bring the buttons to life. */
export function startCopying() {
  if (!navigator.clipboard) {
    return;
  }
  for (const button of document.querySelectorAll("button[data-copies]")) {
    if (button instanceof HTMLButtonElement) {
      button.hidden = false;
      button.addEventListener("click", () => copy(button));
    }
  }
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const field = document.getElementById(button.dataset.copies ?? "");
  const told = document.querySelector("[data-copied]");
  if (field instanceof HTMLInputElement && told instanceof HTMLElement) {
    field.select();
    await navigator.clipboard.writeText(field.value);
    told.hidden = false;
  }
}
