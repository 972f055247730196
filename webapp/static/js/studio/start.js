/**
 * Lets the forms of an instruction take their pictures and clips with the camera in the page, make a
 * chosen picture ready, and show what was chosen. Saving is the form's own: what is taken lies in its
 * field like any chosen file. Owns what stands in [data-studio] of those forms.
 */

import { film, photograph } from "./camera.js";
import { choose } from "./choosing.js";
import { startChosen } from "./chosen.js";
import { makeReady } from "./desk.js";
import { part } from "./parts.js";
import { startSending } from "./sending.js";
import { hasCamera } from "./sight.js";

export function startStudio() {
  startSending();
  startChosen();
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const form = target.closest("form");
    if (form && target.closest("[data-camera]")) void take(form);
    if (form && target.closest("[data-prepare]")) void prepare(form);
  });
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === "file" && target.form)
      show(target.form, target);
  });
  if (!hasCamera()) return;
  document.addEventListener("step-drawn", offer);
  offer();
}

function offer() {
  /** @type {NodeListOf<HTMLElement>} */
  const buttons = document.querySelectorAll("[data-camera]");
  for (const each of buttons) each.hidden = false;
}

/** @param {HTMLFormElement} form */
async function take(form) {
  if (form.matches("[data-clip-form]")) return takeFilm(form);
  const places = form.matches("[data-burst]")
    ? [...document.querySelectorAll(".instruction li:not([data-has-picture])")]
    : [form];
  /** @type {File[]} */
  const files = [];
  for (const place of places) {
    const { picture, goesOn } = await takeOne(wordsOf(place));
    if (picture) files.push(fileOf(picture));
    if (!goesOn) break;
  }
  // Who leaves without a picture keeps what was chosen before.
  if (files.length) choose(fieldOf(form), files);
}

/** @param {string} words @returns {Promise<{ picture?: Blob, goesOn: boolean }>} */
async function takeOne(words) {
  for (;;) {
    const taken = await photograph(words);
    if (!taken) return { goesOn: false };
    const done = await makeReady(taken, { canBeTaken: true });
    if (done.picture) return { picture: done.picture, goesOn: done.kind === "used" };
    if (done.kind === "left") return { goesOn: false };
  }
}

/** @param {HTMLFormElement} form */
async function takeFilm(form) {
  const [no, yes] = ["no", "yes"].map((each) =>
    part(form, `[name=keeps_sound][value=${each}]`, HTMLInputElement),
  );
  const made = await film(wordsOf(form), Boolean(yes?.checked));
  if (!made || !no || !yes) return;
  (made.withSound ? yes : no).checked = true;
  choose(fieldOf(form), [new File([made.film], "trin", { type: made.film.type })]);
}

/** @param {HTMLFormElement} form */
async function prepare(form) {
  const [file] = fieldOf(form).files ?? [];
  if (!file) return;
  const { picture } = await makeReady(file, { canBeTaken: false });
  if (picture) choose(fieldOf(form), [fileOf(picture)]);
}

/** @param {HTMLFormElement} form */
const fieldOf = (form) => part(form, "input[type=file]", HTMLInputElement);

/** @param {Blob} picture */
const fileOf = (picture) => new File([picture], "trin.jpg", { type: "image/jpeg" });

/** @param {Element} place */
const wordsOf = (place) => place.closest("[data-words]")?.getAttribute("data-words") ?? "";

/** @param {HTMLFormElement} form @param {HTMLInputElement} field */
function show(form, field) {
  const place = form.querySelector("[data-chosen]");
  if (!place) return;
  for (const each of place.querySelectorAll("img, video"))
    URL.revokeObjectURL(each.getAttribute("src") ?? "");
  const again = form.querySelector("[data-prepare]");
  if (again instanceof HTMLElement) again.hidden = true;
  place.replaceChildren(
    ...[...(field.files ?? [])].map((file) => {
      const isFilm = form.matches("[data-clip-form]");
      const drawn = isFilm ? document.createElement("video") : document.createElement("img");
      // What this browser cannot read, the server may.
      drawn.addEventListener("error", () => drawn.remove());
      drawn.addEventListener("load", () => {
        if (again instanceof HTMLElement) again.hidden = false;
      });
      if (drawn instanceof HTMLVideoElement) drawn.controls = drawn.playsInline = true;
      else drawn.alt = place.getAttribute("data-chosen") ?? "";
      drawn.src = URL.createObjectURL(file);
      return drawn;
    }),
  );
}
