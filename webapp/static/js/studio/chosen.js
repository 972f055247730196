/**
 * What is chosen for a step and not saved lies on the tablet, with the answers, until it is: a page that
 * is read again, or that the tablet threw away while it was locked, has it again. It goes with the
 * session, like a note that nobody saved; see outbox/grants.js.
 *
 * @typedef {import("../outbox/kept.js").Draft} Draft
 */

import { hasRoom } from "../media/room.js";
import { Store } from "../outbox/store.js";
import { choose } from "./choosing.js";

const FORMS = "[data-place] form:has([data-sending])";

const { login: session = "" } = document.body.dataset;

/** One thing is written at a time, in the order it was done. @type {Promise<unknown>} */
let work = Promise.resolve();

export function startChosen() {
  if (!session) return;
  const store = new Store();
  document.addEventListener("change", ({ target }) => {
    const form = target instanceof HTMLInputElement ? target.form : null;
    if (form?.matches(FORMS)) later(() => keep(store, form));
  });
  document.addEventListener("step-stored", (event) => {
    const { form } = /** @type {CustomEvent} */ (event).detail;
    later(() => drop(store, form));
  });
  later(() => putBack(store));
}

/** @param {() => Promise<unknown>} what  Where no disk takes it, the page alone has it. */
function later(what) {
  work = work.then(what).catch(() => undefined);
}

/** @param {Store} store @param {HTMLFormElement} form */
async function keep(store, form) {
  const [file] = fieldOf(form)?.files ?? [];
  if (!file || !(await hasRoom(file.size))) return drop(store, form);
  const answers = [...form.querySelectorAll("input:checked")].map(
    (each) => /** @type {HTMLInputElement} */ (each),
  );
  /** @type {Draft} */
  const draft = {
    ...{ place: placeOf(form), session, kind: "", target: "", words: "", chosen: [] },
    file: { blob: file, name: file.name },
    answers: answers.map(({ name, value }) => [name, value]),
  };
  await store.write((writing) => writing.objectStore("drafts").put(draft));
}

/** @param {Store} store @param {HTMLFormElement} form */
const drop = (store, form) =>
  store.write((writing) => writing.objectStore("drafts").delete(placeOf(form)));

/** Put back what was chosen, where nobody has chosen anything meanwhile. @param {Store} store */
async function putBack(store) {
  /** @type {Draft[]} */
  const drafts = await store.all("drafts");
  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll(FORMS);
  for (const form of forms) {
    const draft = drafts.find((each) => each.session === session && each.place === placeOf(form));
    const field = fieldOf(form);
    if (!draft?.file || !field || field.files?.length) continue;
    for (const [name, value] of draft.answers ?? []) {
      const answer = form.querySelector(`input[name="${name}"][value="${value}"]`);
      if (answer instanceof HTMLInputElement) answer.checked = true;
    }
    choose(field, [new File([draft.file.blob], draft.file.name, { type: draft.file.blob.type })]);
    form.closest("details")?.setAttribute("open", "");
    const status = form.querySelector("[data-sending]");
    if (status instanceof HTMLElement) status.textContent = status.dataset.putBack ?? "";
  }
}

/** @param {HTMLFormElement} form */
const fieldOf = (form) => {
  const field = form.querySelector("input[type=file]");
  return field instanceof HTMLInputElement ? field : null;
};

/** Attributes, because a field named "action" hides the property. @param {HTMLFormElement} form */
const placeOf = (form) => `step ${form.getAttribute("action")}`;
