/** Loads what few pages need when the first of them is there, so that the others do not wait for it. */

/** @type {[needed: string, load: () => Promise<unknown>][]} */
let waiting = [
  ["form[data-autosave]", async () => (await import("./seldom/autosave.js")).startAutosave()],
  ["[data-in-order]", async () => (await import("./seldom/ordering.js")).startOrdering()],
  ["[data-camera]", async () => (await import("./studio/start.js")).startStudio()],
  ["form[data-burst]", async () => (await import("./seldom/burst.js")).startBurst()],
  ["form[data-record]", async () => (await import("./seldom/recording.js")).startRecording()],
  ["[data-copies]", async () => (await import("./seldom/copying.js")).startCopying()],
];

export function startSeldom() {
  look();
  document.addEventListener("htmx:after:swap", look);
}

function look() {
  waiting = waiting.filter(([needed, load]) => {
    if (!document.querySelector(needed)) return true;
    void load();
    return false;
  });
}
