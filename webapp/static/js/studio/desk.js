/**
 * Where somebody makes a picture ready before it is used: turned, cut, with a ring or an arrow, and
 * with faces made unrecognisable, before anything leaves the tablet. Owns #desk.
 *
 * @typedef {import("./edits.js").Edits} Edits
 * @typedef {import("./edits.js").Kind} Kind
 * @typedef {import("./edits.js").Point} Point
 */

import { draw, written } from "./drawing.js";
import { cut, drawnOn, pointAt, turned, UNTOUCHED } from "./edits.js";
import { startHand } from "./hand.js";
import { part } from "./parts.js";

/**
 * Show a picture on the desk until somebody is done with it.
 *
 * @param {Blob} file
 * @param {{ canBeTaken: boolean }} how  Whether there is a camera to take it once more.
 * @returns {Promise<{ kind: "used" | "covered" | "again" | "left", picture?: Blob }>}  Covered: it is
 *   used, and the tablet was locked meanwhile. Rejects what is no picture that this browser can read.
 */
export async function makeReady(file, { canBeTaken }) {
  // Turns it the way it was held: the default since pictures say so themselves.
  const taken = await createImageBitmap(file);
  const desk = part(document, "#desk", HTMLDialogElement);
  const canvas = part(desk, "[data-canvas]", HTMLCanvasElement);
  const undo = part(desk, "[data-undo]", HTMLButtonElement);
  /** What it was before each change. @type {Edits[]} */
  const before = [];
  let edits = UNTOUCHED;
  const change = (/** @type {Edits} */ next) => {
    if (next !== edits) before.push(edits);
    edits = next;
    undo.disabled = before.length === 0;
    draw(taken, edits, canvas);
  };
  const used = new AbortController();
  const { signal } = used;
  const on = (/** @type {string} */ selector, /** @type {() => void} */ act) =>
    part(desk, selector).addEventListener("click", act, { signal });

  part(desk, "[data-retake]").hidden = !canBeTaken;
  on("[data-turn]", () => change(turned(edits)));
  on("[data-undo]", () => {
    const earlier = before.pop() ?? UNTOUCHED;
    edits = earlier;
    change(earlier);
  });
  on("[data-use]", () => desk.close("used"));
  on("[data-retake]", () => desk.close("again"));
  on("[data-leave]", () => desk.close("left"));
  startHand(desk, canvas, () => toolOf(desk), signal, {
    drawn: (tool, from, to) => change(after(edits, tool, from, to)),
    drawing: (tool, from, to) => {
      if (tool !== "cut") draw(taken, after(edits, tool, from, to), canvas);
    },
  });
  showHint(desk);
  desk.addEventListener("change", () => showHint(desk), { signal });

  desk.returnValue = "left";
  change(edits);
  desk.showModal();
  await new Promise((closed) => desk.addEventListener("close", closed, { once: true }));
  used.abort();
  try {
    const kind = /** @type {"used" | "covered" | "again" | "left"} */ (desk.returnValue);
    // A tablet that was locked meanwhile loses nothing of what somebody drew.
    const isUsed = kind === "used" || kind === "covered";
    return isUsed ? { kind, picture: await written(canvas) } : { kind };
  } finally {
    taken.close();
    // Tablets with little memory give it back only when asked.
    canvas.width = canvas.height = 0;
  }
}

/** @param {Edits} edits @param {string} tool @param {Point} from @param {Point} to */
function after(edits, tool, from, to) {
  const [one, other] = [pointAt(edits, from), pointAt(edits, to)];
  return tool === "cut"
    ? cut(edits, one, other)
    : drawnOn(edits, /** @type {Kind} */ (tool), one, other);
}

/** @param {ParentNode} desk */
const toolOf = (desk) => part(desk, "[name=desk-tool]:checked", HTMLInputElement).value;

/** @param {ParentNode} desk */
function showHint(desk) {
  const hint = part(desk, "[data-hint]");
  hint.textContent = hint.dataset[toolOf(desk)] ?? "";
}
