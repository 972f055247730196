/**
 * Tells the test of every tap on the page's own forms: `noteMade` before it is written, `noteKept` when
 * it lies on the disk. Runs before the page's own scripts.
 */
(() => {
  /** Ids that were sent. @type {Set<string>} */
  const sent = new Set();
  // On the window, so that it comes after everything that stops a tap or fills in what it sends.
  addEventListener("submit", ({ target: form }) => {
    if (form.dataset.outbox !== "observation.create_for_sign") return;
    const id = String(new FormData(form).get("new_id"));
    sent.add(id);
    void window.noteMade(id, document.body.dataset.staff, true);
  });
  addEventListener("outbox:kept", ({ detail }) => {
    if (sent.has(detail.id)) void window.noteKept(detail.id);
  });
})();
