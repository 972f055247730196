/**
 * Logging off, which always works: what can be read here is forgotten at once. Without network the
 * server hears of it from the next page that is opened; until then that page shows nothing.
 */

import { ask } from "./asking.js";
import { forgetPages } from "./kept_pages.js";

/** Under which the tablet keeps which session was logged off here and is still open on the server. */
export const LEFT = "logged-off";

/** @returns {boolean}  Whether this page is of a session that was logged off: nothing else may start. */
export function startLeaving() {
  const { dataset } = document.body;
  const { login } = dataset;
  const form = document.querySelector("form[data-log-out]");
  if (!login || !(form instanceof HTMLFormElement)) return false;
  if (localStorage.getItem(LEFT) === login) {
    // So that no other script takes this page for somebody's either.
    delete dataset.login;
    delete dataset.session;
    void leaveNow(form.action);
    return true;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // Noted before anybody is asked: a browser that believes in its network may be wrong.
    localStorage.setItem(LEFT, login);
    void leaveNow(form.action);
  });
  return false;
}

/** @param {string} address */
async function leaveNow(address) {
  document.body.hidden = true;
  await forgetPages().catch(() => undefined);
  const { status, isOurs } = await ask(address);
  // What else answers, such as an open network's login page, has ended no session.
  const isOver = isOurs && (status < 400 || status === 401);
  if (isOver) localStorage.removeItem(LEFT);
  // A page that knows nobody: the way in would lead back here.
  location.replace(isOver ? "/login" : "/offline");
}
