/**
 * Takes a photograph or a film with the camera in the page. It is in this page alone until it is
 * used.
 *
 * @typedef {import("./sight.js").Camera} Camera
 */

import { part } from "./parts.js";
import { record } from "./recorder.js";
import { openCamera } from "./sight.js";

/**
 * Take one photograph.
 *
 * @param {string} words  What it is of.
 * @returns {Promise<Blob | undefined>}  JPEG; nothing when somebody left.
 */
export async function photograph(words) {
  const camera = openCamera(words, { films: false });
  /** @type {Blob | undefined} */
  let taken;
  camera.onShoot(async (sight) => {
    const frame = await frameOf(sight);
    if (camera.signal.aborted) return;
    taken = frame;
    camera.leave();
  });
  await camera.left;
  return taken;
}

/**
 * Film until somebody is content with it.
 *
 * @param {string} words
 * @param {boolean} withSound  What was answered about the sound so far.
 * @param {number} [most]  Seconds, where that is less than any clip may last.
 * @returns {Promise<{ film: Blob, withSound: boolean } | undefined>}  Nothing when somebody left.
 */
export async function film(words, withSound, most = Infinity) {
  const camera = openCamera(words, { films: true, withSound });
  /** @type {Blob | undefined} */
  let used;
  /** Looked at, and neither used nor filmed anew yet. @type {Blob | undefined} */
  let made;
  camera.onShoot(async (_, stream) => {
    made = await record(camera.dialog, stream, camera.signal, most);
    if (!made) return;
    if (await isContent(camera, made)) {
      used = made;
      camera.leave();
    } else if (!camera.signal.aborted) {
      made = undefined;
      void camera.begin();
    }
  });
  await camera.left;
  // A tablet that was locked meanwhile loses nothing of what somebody filmed.
  if (camera.dialog.returnValue === "covered") used ??= made;
  return used && { film: used, withSound: camera.isWithSound() };
}

/** @param {Camera} camera @param {Blob} made @returns {Promise<boolean>}  Whether it is used. */
async function isContent({ dialog, signal, look }, made) {
  const address = URL.createObjectURL(made);
  look(address);
  const use = part(dialog, "[data-use]");
  use.focus();
  const isUsed = await new Promise((done) => {
    use.addEventListener("click", () => done(true), { signal });
    part(dialog, "[data-retake]").addEventListener("click", () => done(false), { signal });
    dialog.addEventListener("close", () => done(false), { once: true });
  });
  URL.revokeObjectURL(address);
  return isUsed;
}

/** @param {HTMLVideoElement} sight @returns {Promise<Blob>} */
async function frameOf(sight) {
  const canvas = document.createElement("canvas");
  canvas.width = sight.videoWidth;
  canvas.height = sight.videoHeight;
  canvas.getContext("2d")?.drawImage(sight, 0, 0);
  /** @type {Blob | null} */
  const frame = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));
  if (!frame) throw new Error("The photograph could not be written.");
  return frame;
}
