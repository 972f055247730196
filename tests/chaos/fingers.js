/**
 * Tells the test of every tap on the page's own forms: `noteMade` before it is written, `noteKept` when
 * it lies on the disk. Runs before the page's own scripts.
 */
(() => {
  const KIND = "observation.create_for_sign";
  // First of all; a tap that is stopped afterwards keeps its id for the next one.
  addEventListener(
    "submit",
    ({ target: form }) => {
      if (form.dataset.outbox !== KIND) return;
      const id = String(new FormData(form).get("new_id"));
      void window.noteMade(id, document.body.dataset.staff, true);
    },
    true,
  );
  addEventListener("outbox:kept", ({ detail: { form, id } }) => {
    if (form.dataset.outbox !== KIND) return;
    // Words that changed meanwhile go by another id than the form had.
    void window.noteMade(id, document.body.dataset.staff, true);
    void window.noteKept(id);
  });
})();
