/**
 * The button that prints the page. Owns nothing but the click: without this file the button stays
 * hidden, and the browser's own print does the same.
 */

export function startPrint() {
  for (const button of document.querySelectorAll("button[data-print]")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
