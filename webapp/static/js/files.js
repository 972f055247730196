/**
 * A file that is too large is told of before it is sent, not after minutes. The server looks too;
 * this only spares the wait. Shows the words that the page already carries, and sends nothing.
 */

export function startFiles() {
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset.largest) tell(target);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    for (const input of form.querySelectorAll("input[data-largest]")) {
      if (input instanceof HTMLInputElement && !tell(input)) event.preventDefault();
    }
  });
}

/**
 * Say on the page whether the chosen file is too large, and return whether it may go.
 *
 * @param {HTMLInputElement} input
 */
function tell(input) {
  const largest = Number(input.dataset.largest);
  const fits = [...(input.files ?? [])].every(({ size }) => size <= largest);
  const words = document.getElementById(`${input.id}-too-large`);
  if (words) words.hidden = fits;
  input.setAttribute("aria-invalid", String(!fits));
  return fits;
}
