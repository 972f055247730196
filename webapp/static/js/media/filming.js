/**
 * Films for a note with the camera in the page: what lies on the tablet as a film is larger than a note
 * may be, and nobody was asked whether it is to be heard.
 *
 * @typedef {import("./developing.js").Developed} Developed
 */

import { say } from "../outbox/pictures.js";
import { film } from "../studio/camera.js";
import { drawSmall } from "./developing.js";

/** Seconds, which then weigh some twenty megabytes. */
const LONGEST = 60;

/** Bytes; a sealed file may have 25 MiB. */
const LARGEST = 24 * 1024 * 1024;

/** @param {HTMLFormElement} form @returns {Promise<Blob | undefined>}  Nothing when somebody left. */
export async function filmFor(form) {
  const made = await film("", false, LONGEST);
  if (!made || made.film.size <= LARGEST) return made?.film;
  say(form, "large");
  return undefined;
}

/**
 * Make of it the clip that is kept, as it is: the server writes it anew.
 *
 * @param {Blob} filmed
 * @returns {Promise<Developed>}
 */
export async function developFilm(filmed) {
  const address = URL.createObjectURL(filmed);
  const video = document.createElement("video");
  video.muted = video.playsInline = true;
  video.preload = "auto";
  video.src = address;
  try {
    await new Promise((done, failed) => {
      // Until something is asked for, a browser may have read no picture at all.
      video.addEventListener("loadedmetadata", () => (video.currentTime = 0.1));
      video.addEventListener("seeked", done);
      video.addEventListener("error", failed);
    });
    const bitmap = await createImageBitmap(video);
    const thumb = await drawSmall(bitmap);
    bitmap.close();
    // What it is, not how it was packed.
    const [type = ""] = filmed.type.split(";");
    return { picture: await filmed.arrayBuffer(), thumb, type };
  } finally {
    video.removeAttribute("src");
    URL.revokeObjectURL(address);
  }
}
