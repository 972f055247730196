/**
 * Finds a face among many by what is typed of the name. Hides the others, and owns nothing else.
 */

/**
 * @param {HTMLElement} place          Where the faces stand.
 * @param {EventTarget | null} target  What was typed in.
 */
export function findFaces(place, target) {
  if (!(target instanceof HTMLInputElement) || !target.matches("[data-find-face]")) return;
  const asked = target.value.trim().toLocaleLowerCase();
  const more = place.querySelector("details");
  if (more && asked) more.open = true;
  for (const face of place.querySelectorAll(".faces > li")) {
    if (!(face instanceof HTMLElement)) continue;
    const name = face.querySelector(".face-name")?.textContent ?? "";
    face.hidden = !name.toLocaleLowerCase().includes(asked);
  }
}
