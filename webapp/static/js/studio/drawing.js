/**
 * Draws a picture as its edits say, and writes it anew as JPEG. Knows no page.
 *
 * @typedef {import("./edits.js").Edits} Edits
 * @typedef {import("./edits.js").Drawing} Drawing
 */

import { sizeOf, transformOf } from "./edits.js";

/** Pixels of the longer side; the server keeps no larger ones. */
const LONGEST = 1600;

/** Seen on a white washbasin and on a dark floor: each is drawn on its own edge. */
const INK = "#ffb000";
const EDGE = "#1d2a2b";

/** How thick, as a share of the longer side of what is left of the picture. */
const THICK = 0.012;

/**
 * How many patches are left of the shorter side of what is made unrecognisable. Nobody finds a face
 * in five by five again, because the rest is not in the file.
 */
const PATCHES = 5;

/** @param {ImageBitmap} taken @param {Edits} edits @param {HTMLCanvasElement} canvas */
export function draw(taken, edits, canvas) {
  const size = sizeOf(edits, taken, LONGEST);
  canvas.width = size.width;
  canvas.height = size.height;
  const paper = paperOf(canvas);
  // JPEG knows no glass: what one can see through would be black.
  paper.fillStyle = "white";
  paper.fillRect(0, 0, size.width, size.height);
  paper.setTransform(...transformOf(edits, taken, size));
  paper.imageSmoothingQuality = "high";
  paper.drawImage(taken, 0, 0);
  // First, so that no ring around somebody becomes a patch of colour.
  for (const each of edits.drawings) if (each.kind === "blur") blur(paper, taken, each);
  const thick = (THICK * Math.max(size.width, size.height)) / size.scale;
  for (const each of edits.drawings) if (each.kind !== "blur") outline(paper, taken, each, thick);
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
export async function written(canvas) {
  /** @type {Blob | null} */
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  if (!blob) throw new Error("The picture could not be written.");
  return blob;
}

/** @param {CanvasRenderingContext2D} paper @param {ImageBitmap} taken @param {Drawing} drawing */
function blur(paper, taken, { from, to }) {
  const left = Math.floor(Math.min(from.x, to.x) * taken.width);
  const top = Math.floor(Math.min(from.y, to.y) * taken.height);
  const wide = Math.max(1, Math.ceil(Math.abs(to.x - from.x) * taken.width));
  const high = Math.max(1, Math.ceil(Math.abs(to.y - from.y) * taken.height));
  const patch = Math.max(1, Math.min(wide, high) / PATCHES);
  const few = document.createElement("canvas");
  few.width = Math.max(1, Math.round(wide / patch));
  few.height = Math.max(1, Math.round(high / patch));
  const small = paperOf(few);
  small.imageSmoothingQuality = "high";
  small.drawImage(taken, left, top, wide, high, 0, 0, few.width, few.height);
  paper.drawImage(few, left, top, wide, high);
}

/** @param {CanvasRenderingContext2D} paper @param {ImageBitmap} taken @param {Drawing} drawing @param {number} thick */
function outline(paper, taken, { kind, from, to }, thick) {
  const [x, y] = [from.x * taken.width, from.y * taken.height];
  const [toX, toY] = [to.x * taken.width, to.y * taken.height];
  const line = new Path2D();
  if (kind === "ring") {
    const [across, down] = [Math.abs(toX - x) / 2, Math.abs(toY - y) / 2];
    line.ellipse((x + toX) / 2, (y + toY) / 2, across, down, 0, 0, 2 * Math.PI);
  } else {
    const way = Math.atan2(toY - y, toX - x);
    const head = Math.min(6 * thick, Math.hypot(toX - x, toY - y) / 2);
    line.moveTo(x, y);
    line.lineTo(toX, toY);
    for (const side of [-1, 1]) {
      const back = way + Math.PI + (side * Math.PI) / 6;
      line.moveTo(toX, toY);
      line.lineTo(toX + head * Math.cos(back), toY + head * Math.sin(back));
    }
  }
  paper.lineCap = paper.lineJoin = "round";
  for (const [style, width] of /** @type {const} */ ([
    [EDGE, 1.8 * thick],
    [INK, thick],
  ])) {
    paper.strokeStyle = style;
    paper.lineWidth = width;
    paper.stroke(line);
  }
}

/** @param {HTMLCanvasElement} canvas */
function paperOf(canvas) {
  const paper = canvas.getContext("2d");
  if (!paper) throw new Error("There is no memory for a picture.");
  return paper;
}
