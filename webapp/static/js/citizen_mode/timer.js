/** Shows the time of a step as a disc that shrinks while the step is shown. Begins anew each time. */

/** What runs on the step that is shown. @type {Animation | undefined} */
let running;

/** @param {HTMLElement | undefined} step */
export function startTimer(step) {
  running?.cancel();
  running = undefined;
  const timer = step?.querySelector("[data-timer]");
  const left = timer?.querySelector(".time-left");
  if (!(timer instanceof HTMLElement) || !left) return;
  timer.classList.remove("over");
  const seconds = Number(timer.dataset.timer);
  // Whom movement disturbs sees it go by the second.
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  running = left.animate([{ strokeDashoffset: 0 }, { strokeDashoffset: 100 }], {
    duration: seconds * 1000,
    easing: isCalm ? `steps(${seconds})` : "linear",
    fill: "forwards",
  });
  running.onfinish = () => timer.classList.add("over");
}
