/**
 * Choosing pictures and clips for a note: each is copied, made ready, sealed and on the disk before it counts.
 * What is chosen lies there as a draft, with the words, until the note is saved; the form shows it.
 *
 * @typedef {import("../outbox/store.js").Store} Store
 * @typedef {import("../outbox/kept.js").Draft} Draft
 * @typedef {import("./developing.js").Developed} Developed
 * @typedef {ReturnType<typeof startChoosing>} Choosing
 */

import { FILES, hasPictures, say } from "../outbox/pictures.js";
import { busy } from "../quiet.js";
import { develop } from "./developing.js";
import { addPicture, chosenFor, keepDraft, moveDraft, removePicture, takeAlong } from "./drafts.js";
import { hasRoom, USUAL } from "./room.js";
import {
  addPlace,
  countOf,
  fillPlace,
  formOf,
  freeOf,
  placeOf,
  placeToRemove,
  putAway,
  putBack,
  removePlace,
} from "./showing.js";

/** @param {Store} store @param {string} session */
export function startChoosing(store, session) {
  /** One picture is made ready at a time: each takes a lot of memory. @type {Promise<unknown>} */
  let work = Promise.resolve();
  /** Forms that show what is kept of them. @type {WeakSet<Element>} */
  const shown = new WeakSet();

  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.form) return;
    if (target.matches(FILES)) take(target, target.form);
  });
  document.addEventListener("click", ({ target }) => {
    const place = placeToRemove(target);
    const form = place?.closest("form");
    if (form && place) void remove(form, place);
  });
  document.addEventListener("visibilitychange", () => {
    for (const form of document.forms)
      if (document.hidden && hasPictures(form))
        void keepDraft(store, noteOf(form)).catch(() => undefined);
  });

  return { prepare, takeFilm, carriedBy, endSaving, restore };

  /** Keep what was written, and tell whether a picture may be taken. @param {HTMLFormElement} form */
  async function prepare(form) {
    say(form, "");
    await keepDraft(store, noteOf(form));
    if (await hasRoom(USUAL)) return true;
    say(form, "full");
    return false;
  }

  /** Return all that a note shows, once it is on the disk. @param {HTMLFormElement} form */
  async function carriedBy(form) {
    const promised = countOf(form);
    await work;
    const chosen = await chosenFor(store, placeOf(form));
    if (chosen.length < promised) throw new Error("A picture could not be kept.");
    // What the form does not show yet, right after the page was read again, is still to be saved.
    return takeAlong(promised ? chosen : [], placeOf(form));
  }

  /** @param {HTMLFormElement} form @param {boolean} isKept */
  function endSaving(form, isKept) {
    form.ariaBusy = null;
    if (isKept) putAway(form);
    // What was said of a picture says more.
    if (isKept || hasPictures(form)) say(form, isKept ? "" : "unkept");
  }

  /** Show notes that were being written, where their forms are on this page. @param {Draft[]} drafts */
  async function restore(drafts) {
    for (const draft of drafts) {
      const form = draft.session === session && formOf(draft);
      if (!form || shown.has(form) || hasPictures(form)) continue;
      shown.add(form);
      putBack(form, draft);
      await moveDraft(store, draft, placeOf(form));
    }
  }

  /** @param {HTMLFormElement} form */
  function noteOf(form) {
    shown.add(form);
    const { outbox: kind = "", target = "" } = form.dataset;
    const words = form.querySelector("textarea")?.value ?? "";
    return { place: placeOf(form), session, kind, target, words };
  }

  /** @param {HTMLInputElement} input @param {HTMLFormElement} form */
  function take(input, form) {
    const files = [...(input.files ?? [])];
    input.value = "";
    const free = freeOf(form);
    say(form, files.length > free ? "most" : "");
    for (const file of files.slice(0, free))
      enqueue(form, async () => develop(await file.arrayBuffer()));
  }

  /** @param {HTMLFormElement} form */
  async function takeFilm(form) {
    if (!freeOf(form)) return say(form, "most");
    const { developFilm, filmFor } = await import("./filming.js");
    const filmed = await filmFor(form);
    if (filmed) enqueue(form, () => developFilm(filmed));
  }

  /** @param {HTMLFormElement} form @param {() => Promise<Developed>} make */
  function enqueue(form, make) {
    const place = addPlace(form);
    work = work.then(() => add(form, make, place));
  }

  /** @param {HTMLFormElement} form @param {() => Promise<Developed>} make @param {HTMLElement} place */
  async function add(form, make, place) {
    busy.writing += 1;
    let trouble = "unreadable";
    try {
      const developed = await make();
      trouble = "full";
      if (!(await hasRoom(developed.picture.byteLength))) throw new Error("There is no room.");
      trouble = "unkept";
      const sha256 = await addPicture(store, noteOf(form), developed);
      fillPlace(place, sha256, developed.thumb);
    } catch (error) {
      const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
      removePlace(form, place);
      say(form, isFull ? "full" : trouble);
    } finally {
      busy.writing -= 1;
    }
  }

  /** @param {HTMLFormElement} form @param {HTMLElement} place */
  async function remove(form, place) {
    await removePicture(store, noteOf(form), place.dataset.sha256 ?? "");
    removePlace(form, place);
    say(form, "");
  }
}
