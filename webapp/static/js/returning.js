/**
 * A page that the browser took back from its memory is read again: someone else may have signed
 * in meanwhile, and its cards are as old as the moment it was left.
 */

export function startReturning() {
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
}
