/** A button that does something only when it is held, by finger or by key. */

/** Milliseconds. */
const LONG = 2000;

/**
 * @param {HTMLButtonElement} button  Wears the class `held` meanwhile.
 * @param {() => unknown} onHeld
 */
export function startHold(button, onHeld) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const begin = () => {
    if (timer) return;
    button.classList.add("held");
    timer = setTimeout(onHeld, LONG);
  };
  const end = () => {
    button.classList.remove("held");
    clearTimeout(timer);
    timer = undefined;
  };
  button.addEventListener("pointerdown", begin);
  for (const over of ["pointerup", "pointerleave", "pointercancel", "blur"])
    button.addEventListener(over, end);
  button.addEventListener("keydown", ({ key }) => {
    if (key === "Enter" || key === " ") begin();
  });
  button.addEventListener("keyup", end);
}
