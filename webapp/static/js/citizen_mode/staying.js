/**
 * Keeps Back on this page: a swipe from the edge is one step back, as anybody would expect, and no way
 * out. A browser lets only a page that was touched do so.
 */

/** @param {() => void} onBack */
export function startStaying(onBack) {
  for (const touch of ["pointerdown", "keydown"])
    addEventListener(touch, guard, { once: true, capture: true });
  addEventListener("popstate", stay);

  function stay() {
    onBack();
    guard();
  }

  return {
    /** Leave this page, and nothing of it behind. @param {string} address */
    leave(address) {
      removeEventListener("popstate", stay);
      if (!isGuarded()) return location.replace(address);
      addEventListener("popstate", () => location.replace(address), { once: true });
      history.back();
    },
  };
}

const isGuarded = () => Boolean(history.state?.stays);

function guard() {
  if (!isGuarded()) history.pushState({ stays: true }, "");
}
