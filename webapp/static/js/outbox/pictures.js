/**
 * Pictures of a note, as far as every page has to know them: the button, how many wait, and when
 * they are sent. What a picture needs beyond that is in ../media/, read when the first one is taken
 * or waits.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./kept.js").Picture} Picture
 * @typedef {import("./kept.js").Writing} Writing
 * @typedef {import("../media/choosing.js").Choosing} Choosing
 */

/** Where they are chosen. */
export const FILES = "[data-pictures] [type=file]";

/** What chooses pictures, once it was needed. @type {Promise<Choosing> | undefined} */
let loaded;

/** Reads it. @type {() => Promise<Choosing | undefined>} */
let load = async () => undefined;

/** Fields on their way to the camera. @type {WeakSet<HTMLInputElement>} */
const opening = new WeakSet();

/** @param {Element} form */
export const hasPictures = (form) => Boolean(form.querySelector("[data-picture-list] > *"));

/** Return what a form carries beside its fields, once it lies on the disk. @param {HTMLFormElement} form */
export const carriedBy = async (form) => (await loaded)?.carriedBy(form);

/** Tell a form with pictures what became of it. @param {HTMLFormElement} form @param {boolean} isKept */
export const endSaving = async (form, isKept) => (await loaded)?.endSaving(form, isKept);

/**
 * @param {Store} store
 * @param {string} session
 */
export function startPictures(store, session) {
  load = () => {
    loaded ??= import("../media/choosing.js").then(({ startChoosing }) =>
      startChoosing(store, session),
    );
    return loaded;
  };
  document.body.toggleAttribute("data-films", Boolean(navigator.mediaDevices));
  document.addEventListener("click", (event) => {
    const { target } = event;
    const film = target instanceof Element && target.closest("[data-film]");
    if (film instanceof HTMLButtonElement) void openFilm(film);
    if (!(target instanceof HTMLInputElement) || !target.matches(FILES)) return;
    if (opening.delete(target)) return;
    // The camera may take all memory there is, and this page with it: what was written comes first.
    event.preventDefault();
    void open(target);
  });
}

/** @param {HTMLInputElement} input */
async function open(input) {
  const { form } = input;
  if (!form) return;
  try {
    if (!(await (await load())?.prepare(form))) return;
    opening.add(input);
    input.click();
  } catch {
    loaded = undefined;
    say(form, "unkept");
  }
}

/** @param {HTMLButtonElement} button */
async function openFilm({ form }) {
  if (!form) return;
  try {
    const choosing = await load();
    if (await choosing?.prepare(form)) await choosing?.takeFilm(form);
  } catch {
    loaded = undefined;
    say(form, "unkept");
  }
}

/** Put back the notes with pictures that were being written. @param {Store} store */
export async function restorePictures(store) {
  const drafts = await store.all("drafts");
  if (drafts.length) await (await load())?.restore(drafts);
}

/** Let the parts of a picture go. @param {Writing} writing @param {string} sha256 */
export async function forget(writing, sha256) {
  await writing.objectStore("pictures").delete(sha256);
  // An array sorts behind every number.
  await writing.objectStore("media").delete(IDBKeyRange.bound([sha256], [sha256, []]));
}

/**
 * Say something below a form's pictures; nothing takes the words away.
 *
 * @param {Element} form
 * @param {string} name  Of the words in templates/outbox/_picture_words.html; empty for none.
 */
export function say(form, name) {
  const place = form.querySelector("[data-picture-said]");
  if (place) place.textContent = name && wordsOf(name, 1);
}

/** @param {string} name @param {number} count */
export function wordsOf(name, count) {
  const words = document.getElementById("picture-words");
  if (!(words instanceof HTMLTemplateElement)) return "";
  const said = words.content.querySelector(`[data-words="${name}"]`);
  const many = count > 1 && said?.getAttribute("data-many");
  return (many || said?.textContent || "").replace("{count}", String(count));
}

/** Draw a small picture. @param {ArrayBuffer} thumb */
export function drawn(thumb) {
  const image = document.createElement("img");
  image.src = URL.createObjectURL(new Blob([thumb], { type: "image/jpeg" }));
  image.alt = wordsOf("alt", 1);
  image.addEventListener("load", () => URL.revokeObjectURL(image.src));
  return image;
}

/**
 * Send the pictures whose entries have arrived.
 *
 * @param {Store} store
 * @param {boolean} isUrgent
 * @returns {Promise<{ wait: number, delivered: number }>}
 */
export async function sendPictures(store, isUrgent) {
  /** @type {Picture[]} */
  const pictures = await store.all("pictures");
  if (!pictures.some(({ entry }) => entry)) return { wait: 0, delivered: 0 };
  const { upload } = await import("../media/uploading.js");
  const done = await upload(store, { isUrgent });
  // How much waits is told with the next batch, at once.
  if (done.delivered) await store.note("toldAt", 0);
  return done;
}
