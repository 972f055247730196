/**
 * What is done to a picture before it is used: turned, cut to a part of itself, drawn on, made
 * unrecognisable in places. Pure: no picture, no page. A point is a share of the picture as it was
 * taken, from 0 to 1 from its upper left corner, so that what was drawn stays where it is when the
 * picture is turned or cut afterwards.
 *
 * @typedef {{ x: number, y: number }} Point
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Part
 * @typedef {"ring" | "arrow" | "blur"} Kind
 * @typedef {{ kind: Kind, from: Point, to: Point }} Drawing  From corner to corner; an arrow to its tip.
 * @typedef {{ turns: number, part: Part, drawings: readonly Drawing[] }} Edits
 *   Turns: quarters to the right, 0 to 3. Part: what is left of the picture.
 * @typedef {{ width: number, height: number }} Size  Pixels.
 */

/** A finger that only touched has drawn nothing: the least share of a side. */
const LEAST = 0.04;

/** What is left is still a picture: the least share of a side. */
const LEAST_PART = 0.1;

/** @type {Edits} */
export const UNTOUCHED = { turns: 0, part: { left: 0, top: 0, right: 1, bottom: 1 }, drawings: [] };

/** @param {Edits} edits @returns {Edits}  A quarter to the right. */
export const turned = (edits) => ({ ...edits, turns: (edits.turns + 1) % 4 });

/**
 * Cut a picture to what lies between two points. Too small a part changes nothing.
 *
 * @param {Edits} edits
 * @param {Point} from
 * @param {Point} to
 * @returns {Edits}
 */
export function cut(edits, from, to) {
  const { part } = edits;
  const left = Math.max(part.left, Math.min(from.x, to.x));
  const right = Math.min(part.right, Math.max(from.x, to.x));
  const top = Math.max(part.top, Math.min(from.y, to.y));
  const bottom = Math.min(part.bottom, Math.max(from.y, to.y));
  if (right - left < LEAST_PART || bottom - top < LEAST_PART) return edits;
  return { ...edits, part: { left, top, right, bottom } };
}

/**
 * Draw on a picture. What is too small to be seen changes nothing.
 *
 * @param {Edits} edits
 * @param {Kind} kind
 * @param {Point} from
 * @param {Point} to
 * @returns {Edits}
 */
export function drawnOn(edits, kind, from, to) {
  const { part } = edits;
  const wide = Math.abs(to.x - from.x) / (part.right - part.left);
  const high = Math.abs(to.y - from.y) / (part.bottom - part.top);
  const isSeen = kind === "arrow" ? Math.hypot(wide, high) >= LEAST : Math.min(wide, high) >= LEAST;
  return isSeen ? { ...edits, drawings: [...edits.drawings, { kind, from, to }] } : edits;
}

/**
 * Return which point of the picture is shown somewhere.
 *
 * @param {Edits} edits
 * @param {Point} shown  A share of the picture as it is shown; what is beside it counts as its edge.
 * @returns {Point}
 */
export function pointAt({ turns, part }, shown) {
  const x = Math.min(1, Math.max(0, shown.x));
  const y = Math.min(1, Math.max(0, shown.y));
  const unturned = [
    { x, y },
    { x: y, y: 1 - x },
    { x: 1 - x, y: 1 - y },
    { x: 1 - y, y: x },
  ][turns] ?? { x, y };
  return {
    x: part.left + unturned.x * (part.right - part.left),
    y: part.top + unturned.y * (part.bottom - part.top),
  };
}

/**
 * Return how large the picture is when it is done.
 *
 * @param {Edits} edits
 * @param {Size} taken
 * @param {number} longest  Pixels of the longer side, at most.
 * @returns {Size & { scale: number }}  Scale: of a pixel as it was taken; never above 1.
 */
export function sizeOf({ turns, part }, taken, longest) {
  const width = (part.right - part.left) * taken.width;
  const height = (part.bottom - part.top) * taken.height;
  const scale = Math.min(1, longest / Math.max(width, height));
  const [wide, high] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  return turns % 2
    ? { width: Number(high), height: Number(wide), scale }
    : { width: Number(wide), height: Number(high), scale };
}

/**
 * Return how a pixel as it was taken comes to its place in the picture when it is done, in the order
 * of a canvas's `setTransform`.
 *
 * @param {Edits} edits
 * @param {Size} taken
 * @param {Size & { scale: number }} done
 * @returns {[a: number, b: number, c: number, d: number, e: number, f: number]}
 */
export function transformOf({ turns, part }, taken, { width, height, scale: s }) {
  const left = part.left * taken.width * s;
  const top = part.top * taken.height * s;
  if (turns === 1) return [0, s, -s, 0, width + top, -left];
  if (turns === 2) return [-s, 0, 0, -s, width + left, height + top];
  if (turns === 3) return [0, -s, s, 0, -top, height + left];
  return [s, 0, 0, s, -left, -top];
}
