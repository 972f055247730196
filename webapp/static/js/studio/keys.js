/** How far a key moves over the picture. Pure. */

/** Shares of a side: one press, and one with Shift. */
const FINE = 0.02;
const COARSE = 0.1;

/** @type {Record<string, [number, number]>} */
const WAYS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * @param {{ key: string, shiftKey: boolean }} pressed
 * @returns {import("./edits.js").Point | undefined}  Nothing for a key that moves nothing.
 */
export function stepOf({ key, shiftKey }) {
  const way = WAYS[key];
  const far = shiftKey ? COARSE : FINE;
  return way && { x: way[0] * far, y: way[1] * far };
}
