/**
 * Logging off, which always works: what can be read here is forgotten at once. Without network the
 * server hears of it from the next page that is opened; until then that page shows nothing.
 */

import { ask } from "./asking.js";
import { forgetPages } from "./kept_pages.js";

/** Under which the tablet keeps which session was logged off here and is still open on the server. */
const LEFT = "logged-off";

export function startLeaving() {
  const { login, shownFrom } = document.body.dataset;
  const form = document.querySelector("form[data-log-out]");
  if (!login || !(form instanceof HTMLFormElement)) return;
  if (localStorage.getItem(LEFT) === login) void leaveNow(form.action);
  form.addEventListener("submit", (event) => {
    const forgotten = forgetPages();
    if (navigator.onLine && !shownFrom) return;
    event.preventDefault();
    localStorage.setItem(LEFT, login);
    void forgotten.finally(() => location.replace("/login"));
  });
}

/** @param {string} address */
async function leaveNow(address) {
  document.body.hidden = true;
  await forgetPages();
  const { status } = await ask(address);
  if (status) localStorage.removeItem(LEFT);
  location.replace("/login");
}
