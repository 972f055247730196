/**
 * What stands in an order is put in another by dragging it. The buttons beside each do the same, so
 * nothing is lost where this cannot be loaded.
 */

import { follow, nameOf } from "../exchanges.js";

/** @typedef {typeof import("sortablejs")} Sortable */

/** How to put back what was dragged, by the form that tells the server. @type {Map<string, () => void>} */
const dragged = new Map();

export function startOrdering() {
  arrange();
  for (const drawn of ["htmx:after:swap", "step-drawn"]) document.addEventListener(drawn, arrange);
  follow({
    ended: ({ form }, { kind }) => {
      if (kind !== "stored") dragged.get(form)?.();
      dragged.delete(form);
    },
  });
}

async function arrange() {
  /** @type {NodeListOf<HTMLElement>} */
  const lists = document.querySelectorAll("[data-in-order]");
  if (lists.length === 0) return;
  // Only those who write a plan wait for it.
  const address = new URL("../../vendor/sortable.js", import.meta.url).href;
  /** @type {{ default: Sortable }} */
  const { default: Sortable } = await import(address);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const list of lists) {
    /** @type {NodeListOf<HTMLElement>} */
    const handles = list.querySelectorAll("[data-handle]");
    for (const handle of handles) handle.hidden = handles.length < 2;
    if (Sortable.get(list)) continue;
    Sortable.create(list, {
      draggable: "[data-place]",
      handle: "[data-handle]",
      animation: still ? 0 : 150,
      // A finger, a pen and a mouse drag alike.
      forceFallback: true,
      onEnd: moved,
    });
  }
}

/** @param {import("sortablejs").SortableEvent} event */
function moved({ from, item, oldDraggableIndex = 0, newDraggableIndex = 0 }) {
  const by = newDraggableIndex - oldDraggableIndex;
  const form = item.querySelector("form[data-move]");
  if (by === 0 || !(form instanceof HTMLFormElement)) return;
  dragged.set(nameOf(form), () => {
    const others = [...from.children].filter((each) => each !== item);
    from.insertBefore(item, others[oldDraggableIndex] ?? null);
  });
  const button = document.createElement("button");
  Object.assign(button, { name: "by", value: String(by), hidden: true });
  form.append(button);
  form.requestSubmit(button);
  button.remove();
}
