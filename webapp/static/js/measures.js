/**
 * In the long form only the chosen sign asks what was counted, timed or chosen; the others are
 * switched off, so that nothing is sent for them. Without JavaScript the server asks afterwards.
 */

export function startMeasures() {
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === "sign_id") askOnly(target);
  });
  // Some browsers put back what was chosen before a reload, without telling.
  addEventListener("pageshow", () => {
    const chosen = document.querySelector("input[name=sign_id]:checked");
    if (chosen instanceof HTMLInputElement) askOnly(chosen);
  });
}

/** @param {HTMLInputElement} chosen */
function askOnly({ form, value }) {
  /** @type {NodeListOf<HTMLFieldSetElement>} */
  const asking = form?.querySelectorAll("[data-of-sign]") ?? document.querySelectorAll("not-there");
  for (const fields of asking) {
    const isChosen = fields.dataset.ofSign === value;
    fields.hidden = !isChosen;
    fields.disabled = !isChosen;
  }
}
