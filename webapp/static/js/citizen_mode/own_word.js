/**
 * The citizen's own word when the instruction is over: one of five faces, and the first that is touched.
 * It goes by the outbox alone, like what staff mark. Owns #own-word.
 */

/** Under which the tablet keeps what was said, so that a page that is read again asks no second time. */
const WORD = "instruction-word";

const { instruction } = document.body.dataset;

/**
 * @param {HTMLFormElement} form
 * @param {boolean} goesOn  Whether the page was read again in the middle of it.
 */
export function startOwnWord(form, goesOn) {
  const faces = [...form.querySelectorAll("button")];

  /** @param {Element | null | undefined} chosen  None to ask again. */
  const choose = (chosen) => {
    form.toggleAttribute("data-said", Boolean(chosen));
    for (const face of faces) face.setAttribute("aria-pressed", String(face === chosen));
    const value = chosen instanceof HTMLButtonElement ? chosen.value : "";
    sessionStorage.setItem(WORD, JSON.stringify({ instruction, value }));
  };

  const kept = goesOn ? JSON.parse(sessionStorage.getItem(WORD) ?? "{}") : {};
  choose(faces.find(({ value }) => kept.instruction === instruction && kept.value === value));
  // A finger that rests, or a second one, says nothing more. Before the outbox sees it.
  form.addEventListener("click", (event) => {
    if (form.hasAttribute("data-said")) event.preventDefault();
  });
  form.addEventListener("submit", ({ submitter }) => choose(submitter));
  // What does not lie on the tablet was not said, and may be touched again.
  addEventListener("outbox:lost", (event) => {
    if (event instanceof CustomEvent && event.detail.form === form) choose(null);
  });
}
