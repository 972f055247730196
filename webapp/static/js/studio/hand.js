/**
 * Follows whoever draws on the desk, from corner to corner: dragged in one go, or the two tapped one after
 * the other, with a finger, a pen, a mouse or the keys. Knows no picture. Owns [data-box] and [data-mark].
 *
 * @typedef {import("./edits.js").Point} Point
 */

import { stepOf } from "./keys.js";
import { part } from "./parts.js";

/** @typedef {(tool: string, from: Point, to: Point) => void} Drawn  Shares of what is shown. */

/** A finger that moved less than this, as a share of a side, tapped. */
const TAP = 0.02;

/**
 * Follow a hand over the picture.
 *
 * @param {HTMLElement} desk
 * @param {HTMLCanvasElement} canvas
 * @param {() => string} toolNow
 * @param {AbortSignal} signal
 * @param {{ drawn: Drawn, drawing: Drawn }} then
 */
export function startHand(desk, canvas, toolNow, signal, { drawn, drawing }) {
  const box = part(desk, "[data-box]");
  const mark = part(desk, "[data-mark]");
  // Who begins beside the picture means its edge.
  const sheet = part(desk, "[data-sheet]");
  /** The corner that is there; the other is still to come. @type {Point | undefined} */
  let corner;
  /** Where a finger went down. @type {{ at: Point, pointer: number, isDrag: boolean } | undefined} */
  let hand;
  /** Where the keys are. @type {Point} */
  let spot = { x: 0.5, y: 0.5 };
  const pointOf = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  };
  const on = (
    /** @type {HTMLElement} */ where,
    /** @type {string} */ type,
    /** @type {(event: any) => void} */ act,
  ) => where.addEventListener(type, act, { signal });

  const reset = () => {
    // What was shown of it goes.
    if (corner) drawn(toolNow(), corner, corner);
    corner = hand = undefined;
    box.hidden = mark.hidden = true;
  };
  /** @param {Point} to */
  const preview = (to) => {
    if (!corner) return;
    drawing(toolNow(), corner, to);
    box.hidden = toolNow() !== "cut";
    place(box, canvas, corner, to);
  };
  /** @param {Point} to */
  const finish = (to) => {
    const from = corner;
    corner = undefined;
    reset();
    if (from) drawn(toolNow(), from, to);
  };
  /** @param {Point} at */
  const markAt = (at) => {
    mark.hidden = false;
    place(mark, canvas, at, at);
  };

  on(sheet, "pointerdown", (/** @type {PointerEvent} */ event) => {
    // A second finger draws nothing of its own.
    if (hand) return;
    hand = { at: pointOf(event), pointer: event.pointerId, isDrag: false };
    sheet.setPointerCapture(event.pointerId);
  });
  on(sheet, "pointermove", (/** @type {PointerEvent} */ event) => {
    if (hand?.pointer !== event.pointerId) return;
    const to = pointOf(event);
    hand.isDrag ||= !isNear(hand.at, to);
    if (!hand.isDrag) return;
    // Whoever drags means both corners, whatever was tapped before.
    mark.hidden = true;
    corner = hand.at;
    preview(to);
  });
  on(sheet, "pointerup", (/** @type {PointerEvent} */ event) => {
    if (hand?.pointer !== event.pointerId) return;
    const { at } = hand;
    hand = undefined;
    if (corner) return finish(pointOf(event));
    corner = at;
    markAt(at);
  });
  // What the tablet took over for itself, such as a swipe from the edge, was no drawing.
  on(sheet, "pointercancel", reset);
  on(sheet, "keydown", (/** @type {KeyboardEvent} */ event) => {
    const step = stepOf(event);
    const isEnter = event.key === "Enter" || event.key === " ";
    const isLeft = event.key === "Escape" && corner;
    if (!step && !isEnter && !isLeft) return;
    // Escape leaves the corner, not the desk.
    event.preventDefault();
    if (isLeft) return reset();
    if (step) spot = within({ x: spot.x + step.x, y: spot.y + step.y });
    if (isEnter && corner) return finish(spot);
    if (isEnter) corner = spot;
    preview(spot);
    markAt(spot);
  });
  on(sheet, "focusout", reset);
  // Not every browser gives a button the focus that is tapped.
  on(desk, "click", ({ target }) => sheet.contains(target) || reset());
}

/** @param {Point} one @param {Point} other */
const isNear = (one, other) => Math.hypot(one.x - other.x, one.y - other.y) < TAP;

/** @param {Point} point @returns {Point} */
function within({ x, y }) {
  return { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
}

/** @param {HTMLElement} shown @param {Element} canvas @param {Point} from @param {Point} to */
function place(shown, canvas, from, to) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const [one, other] = [within(from), within(to)];
  shown.style.left = `${left + Math.min(one.x, other.x) * width}px`;
  shown.style.top = `${top + Math.min(one.y, other.y) * height}px`;
  shown.style.width = `${Math.abs(other.x - one.x) * width}px`;
  shown.style.height = `${Math.abs(other.y - one.y) * height}px`;
}
