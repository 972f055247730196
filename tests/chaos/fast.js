/**
 * Keeps many entries the way outbox/forms.js keeps one, and tells the test of each: `noteMade` before
 * it is written, `noteKept` when it lies on the disk. Evaluated in a page of the app.
 */
async ([count, targets]) => {
  const { release: app, login: session, staff } = document.body.dataset;
  const folder = new URL(`/static/${app}/js/`, location.href);
  const [{ Store }, { keep }, { seal, sign }, { liveGrant }, { uuid7 }] = await Promise.all(
    ["outbox/store.js", "outbox/entries.js", "outbox/envelope.js", "outbox/grants.js", "ids.js"].map(
      (name) => import(new URL(name, folder).href),
    ),
  );
  const store = new Store();
  for (let number = 0; number < count; number += 1) {
    const grant = await liveGrant(store, session);
    if (!grant) return number;
    const [id, target] = [uuid7(), targets[number % targets.length]];
    const kind = "observation.create_for_sign";
    const fields = [
      ["new_id", id],
      ["outcome", "seen"],
    ];
    await window.noteMade(id, staff, false);
    const made = new Date().toISOString();
    const sealed = await seal(JSON.stringify({ kind, target, fields }), grant.sealTo, id);
    const server = await store.noted("server");
    const payload = { id, grant: grant.id, schema: 1, app, captured_at: made, media: [], sealed };
    const isKept = await keep(store, id, grant, async (seq) => ({
      jws: await sign({ ...payload, seq, clock_offset: server?.offset ?? null }, grant.key),
      made,
      state: "waiting",
      why: "",
      posted: 0,
      own: { session, place: "", kind, target, what: "", said: "", note: "" },
    }));
    if (isKept) await window.noteKept(id);
  }
  return count;
};
