/**
 * The page on which a shared tablet is opened without network: faces, PIN, and then the shift as it
 * was when there was net. What is tapped goes to the outbox under the person's own name. Nobody's
 * session or cookie is used; closing it is reading the page anew.
 *
 * @typedef {import("../outbox/kept.js").Standby} Standby
 */

import { forgetPages } from "../kept_pages.js";
import { LEFT } from "../leaving.js";
import { LOCKED } from "../lock_opening.js";
import { runPad } from "../lock_pad.js";
import { dropOthers } from "../outbox/grants.js";
import { Store } from "../outbox/store.js";
import { watchForLocking } from "./locking.js";
import { ready, tryPin } from "./people.js";

const store = new Store();

/** What other pages keep under their own session; see lock.js. */
const STAYS = [LOCKED, LEFT, "session", "active-at"];

void start();

async function start() {
  // Whoever was here before is gone, also where the page was killed.
  await dropOthers(store, "");
  const people = await ready(store, Date.now());
  drawFaces(people);
  const section = /** @type {HTMLElement} */ (document.getElementById("lock"));
  /** @type {Awaited<ReturnType<typeof tryPin>> | undefined} */
  let opened;
  runPad(/** @type {HTMLElement} */ (section.parentElement), {
    async tryPin(person, pin) {
      opened = await tryPin(store, person, pin, Date.now());
      return typeof opened === "string" ? { words: wordsFor(opened) } : { isOpen: true };
    },
    onOpened() {
      if (opened && typeof opened !== "string") void show(opened);
    },
  });
}

/** @param {Standby[]} people */
function drawFaces(people) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("standby-face"));
  const faces = people.map(({ staff, firstName }) => {
    const line = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const face = /** @type {HTMLElement} */ (line.querySelector(".face-button"));
    face.dataset.person = staff;
    face.dataset.hello = wordsFor("hello").replace("{name}", firstName);
    const initial = /** @type {HTMLElement} */ (line.querySelector("[data-fill=initial]"));
    initial.textContent = firstName.slice(0, 2);
    initial.classList.add(`hue-${BigInt(`0x${staff.replaceAll("-", "")}`) % 6n}`);
    /** @type {HTMLElement} */ (line.querySelector("[data-fill=name]")).textContent = firstName;
    return line;
  });
  document.querySelector("[data-faces]")?.replaceChildren(...faces);
  document.querySelector("[data-nobody]")?.toggleAttribute("hidden", people.length > 0);
}

/** @param {{ session: string, staff: string, firstName: string, page: string }} opened */
async function show({ session, staff, firstName, page }) {
  forgetRuns(staff);
  // Whoever had the tablet before may still be signed in on the server: their page stays shut.
  localStorage.setItem(LOCKED, localStorage.getItem("session") ?? "");
  await forgetPages();
  const { body } = document;
  Object.assign(body.dataset, { login: session, staff, mayLog: "", keeps: "" });
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  main.replaceChildren(drawn(page));
  document.querySelector("[data-brand]")?.remove();
  for (const part of document.querySelectorAll("[data-if-open]")) part.removeAttribute("hidden");
  const who = document.querySelector("[data-who]");
  if (who) who.textContent = firstName;
  watchForLocking(() => void lock());
  tellWhenNetIsBack();
  const [taps, measures, stopwatch, connection] = await Promise.all([
    import("../taps.js"),
    import("../measures.js"),
    import("../stopwatch.js"),
    import("../connection.js"),
  ]);
  taps.startTaps();
  measures.startMeasures();
  stopwatch.startStopwatch();
  connection.startConnection();
  await import("../outbox/start.js");
  main.focus();
}

/** The browser's word is enough to offer a way on. */
function tellWhenNetIsBack() {
  const strip = document.getElementById("net-is-back");
  addEventListener("online", () => strip?.removeAttribute("hidden"));
  addEventListener("offline", () => strip?.setAttribute("hidden", ""));
  addEventListener("outbox:reached", (event) => {
    const { detail } = /** @type {CustomEvent<boolean>} */ (event);
    strip?.toggleAttribute("hidden", !detail);
  });
}

/** Return the page as it can be used here: nothing is posted from it, and nothing leads away. */
function drawn(/** @type {string} */ text) {
  const template = document.createElement("template");
  template.innerHTML = text;
  for (const form of template.content.querySelectorAll("form")) form.removeAttribute("hx-post");
  for (const link of template.content.querySelectorAll("a[href]")) link.remove();
  return template.content;
}

/** A stopwatch that runs is its owner's. @param {string} staff */
function forgetRuns(staff) {
  if (localStorage.getItem("standby") === staff) return;
  for (const key of Object.keys(localStorage))
    if (!STAYS.includes(key)) localStorage.removeItem(key);
  localStorage.setItem("standby", staff);
}

async function lock() {
  document.body.hidden = true;
  await dropOthers(store, "").catch(() => undefined);
  location.replace(location.pathname);
}

/** @param {string} which */
function wordsFor(which) {
  const words = /** @type {HTMLTemplateElement} */ (document.getElementById("standby-words"));
  return words.content.querySelector(`[data-${which}]`)?.textContent ?? "";
}
