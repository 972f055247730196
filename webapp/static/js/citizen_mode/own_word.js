/**
 * The citizen's own word when the instruction is over: one of five faces, and the first that is touched.
 * It goes by the outbox alone, like what staff mark. Owns #own-word.
 */

/** @param {HTMLFormElement} form */
export function startOwnWord(form) {
  const faces = [...form.querySelectorAll("button")];

  /** @param {Element | null} chosen  None to ask again. */
  const choose = (chosen) => {
    form.toggleAttribute("data-said", Boolean(chosen));
    for (const face of faces) face.setAttribute("aria-pressed", String(face === chosen));
  };

  // A finger that rests, or a second one, says nothing more. Before the outbox sees it.
  form.addEventListener(
    "click",
    (event) => form.hasAttribute("data-said") && event.preventDefault(),
  );
  form.addEventListener("submit", ({ submitter }) => choose(submitter));
  // What does not lie on the tablet was not said, and may be touched again.
  addEventListener("outbox:lost", (event) => {
    if (event instanceof CustomEvent && event.detail.form === form) choose(null);
  });
}
