/**
 * Follows the finger, pen or mouse that draws on the desk. Knows no picture. Owns [data-box].
 *
 * @typedef {import("./edits.js").Point} Point
 */

import { part } from "./parts.js";

/** @typedef {(tool: string, from: Point, to: Point) => void} Drawn  Shares of what is shown. */

/**
 * Follow a finger, a pen or a mouse over the picture.
 *
 * @param {HTMLElement} desk
 * @param {HTMLCanvasElement} canvas
 * @param {() => string} toolNow
 * @param {AbortSignal} signal
 * @param {{ drawn: Drawn, drawing: Drawn }} then
 */
export function startHand(desk, canvas, toolNow, signal, { drawn, drawing }) {
  const box = part(desk, "[data-box]");
  // Who begins beside the picture means its edge.
  const sheet = part(desk, "[data-sheet]");
  /** @type {{ from: Point, tool: string, pointer: number } | undefined} */
  let hand;
  const pointOf = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  };
  const follow = (/** @type {string} */ type, /** @type {(event: PointerEvent) => void} */ act) =>
    sheet.addEventListener(type, (event) => act(/** @type {PointerEvent} */ (event)), { signal });

  follow("pointerdown", (event) => {
    // A second finger draws nothing of its own.
    if (hand) return;
    hand = { from: pointOf(event), tool: toolNow(), pointer: event.pointerId };
    sheet.setPointerCapture(event.pointerId);
  });
  follow("pointermove", (event) => {
    if (hand?.pointer !== event.pointerId) return;
    const to = pointOf(event);
    drawing(hand.tool, hand.from, to);
    box.hidden = hand.tool !== "cut";
    place(box, canvas, hand.from, to);
  });
  const end = (/** @type {PointerEvent} */ event) => {
    if (hand?.pointer !== event.pointerId) return;
    const { from, tool } = hand;
    hand = undefined;
    box.hidden = true;
    // What the tablet took over for itself, such as a swipe from the edge, was no drawing.
    drawn(tool, from, event.type === "pointerup" ? pointOf(event) : from);
  };
  follow("pointerup", end);
  follow("pointercancel", end);
}

/** @param {HTMLElement} box @param {Element} canvas @param {Point} from @param {Point} to */
function place(box, canvas, from, to) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const [x, toX] = [from.x, to.x].map((each) => Math.min(1, Math.max(0, each)));
  const [y, toY] = [from.y, to.y].map((each) => Math.min(1, Math.max(0, each)));
  if (x === undefined || y === undefined || toX === undefined || toY === undefined) return;
  box.style.left = `${left + Math.min(x, toX) * width}px`;
  box.style.top = `${top + Math.min(y, toY) * height}px`;
  box.style.width = `${Math.abs(toX - x) * width}px`;
  box.style.height = `${Math.abs(toY - y) * height}px`;
}
