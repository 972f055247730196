/** Loads what only those need who write in a plan: drafts that are kept, and dragging things about. */

export function startWriting() {
  look();
  document.addEventListener("htmx:after:swap", look);
}

function look() {
  if (document.querySelector("form[data-autosave], [data-in-order]"))
    void import("./writing/start.js");
}
