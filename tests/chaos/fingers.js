/**
 * Tells the test of every tap on the page's own forms: `noteMade` before it is written, `noteKept` when
 * it lies on the disk. Runs before the page's own scripts.
 */
(() => {
  /** What each form sent last, by its name; see nameOf in exchanges.js. @type {Map<string, string>} */
  const sent = new Map();
  // On the window, so that it comes after everything that stops a tap or fills in what it sends.
  addEventListener("submit", ({ target: form }) => {
    if (form.dataset.outbox !== "observation.create_for_sign") return;
    const id = String(new FormData(form).get("new_id"));
    sent.set(`${form.closest("[id]")?.getAttribute("id")} ${form.getAttribute("action")}`, id);
    void window.noteMade(id, document.body.dataset.staff, true);
  });
  addEventListener("outbox:kept", ({ detail }) => {
    const id = sent.get(detail);
    if (id) void window.noteKept(id);
  });
})();
