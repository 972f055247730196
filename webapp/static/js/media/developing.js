/**
 * Makes of a camera's file the picture that is kept: upright, not larger than needed, written anew,
 * so that nothing of where and with what it was taken is left in it.
 *
 * @typedef {{ picture: ArrayBuffer, thumb: ArrayBuffer, type: string }} Developed  The small one is
 *   JPEG; `type` is the other's.
 */

/** Pixels of the longer side. */
const LONGEST = 1600;
const THUMB = 240;

/**
 * @param {ArrayBuffer} file
 * @returns {Promise<Developed>}  Rejects what is no picture that this browser can read.
 */
export async function develop(file) {
  // Turns it the way it was held: the default since pictures say so themselves.
  const bitmap = await createImageBitmap(new Blob([file]));
  try {
    const picture = await draw(bitmap, LONGEST, 0.85);
    return { picture, thumb: await drawSmall(bitmap), type: "image/jpeg" };
  } finally {
    bitmap.close();
  }
}

/** Draw a small JPEG of what will be shown large. @param {ImageBitmap} bitmap */
export const drawSmall = (bitmap) => draw(bitmap, THUMB, 0.7);

/** @param {ImageBitmap} bitmap @param {number} longest @param {number} quality */
async function draw(bitmap, longest, quality) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const paper = canvas.getContext("2d");
  if (!paper) throw new Error("There is no memory for a picture.");
  paper.imageSmoothingQuality = "high";
  // JPEG knows no glass: what one can see through would be black.
  paper.fillStyle = "white";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  /** @type {Blob | null} */
  const written = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  // Tablets with little memory give it back only when asked.
  canvas.width = canvas.height = 0;
  if (!written) throw new Error("The picture could not be written.");
  return written.arrayBuffer();
}
