/**
 * Logging off, which always works: what can be read here is forgotten at once. Without network the
 * server hears of it from the next page that is opened; until then that page shows nothing.
 */

import { ask } from "./asking.js";
import { forgetPages } from "./kept_pages.js";

/** Under which the tablet keeps which session was logged off here and is still open on the server. */
export const LEFT = "logged-off";

/** Milliseconds for the disk: one that hangs keeps nobody from logging off. */
const PATIENCE = 3000;

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
  // Their other windows here are no less theirs.
  addEventListener("storage", ({ key, newValue }) => {
    if (key === LEFT && newValue === login) void leaveNow(form.action);
  });
  return false;
}

/** @param {string} address */
async function leaveNow(address) {
  document.body.hidden = true;
  // Waited for below: the page that is shown next may be one that drops nothing.
  const forgotten = Promise.race([
    Promise.allSettled([forgetPages(), dropKeys()]),
    new Promise((resolve) => setTimeout(resolve, PATIENCE)),
  ]);
  const { status, isOurs } = await ask(address);
  await forgotten;
  // What else answers, such as an open network's login page, has ended no session. A 400 says that the
  // cookie is no longer of this page's session: another window was answered first.
  const isOver = isOurs && (status < 400 || status === 400 || status === 401);
  if (isOver) localStorage.removeItem(LEFT);
  // A page that knows nobody: the way in would lead back here.
  location.replace(isOver ? "/login" : "/offline");
}

/** Drop the keys to sign with and the notes that can be read. What is sealed stays until it is sent. */
async function dropKeys() {
  const found = await indexedDB.databases?.();
  // A tablet that never kept anything has nothing to load for.
  if (found && !found.some(({ name }) => name === "outbox")) return;
  const [{ dropOthers }, { Store }] = await Promise.all([
    import("./outbox/grants.js"),
    import("./outbox/store.js"),
  ]);
  await dropOthers(new Store(), "");
}
