/**
 * Catches every form marked `data-outbox="<kind>" data-target="<id>"` and writes what it would send
 * to the outbox, beside the page's own POST: whatever becomes of that, and of this page, the tap is
 * on the disk. A form without `hx-post`, with pictures, or whose own POST is still under way, goes
 * by the outbox alone. Knows no screen but the form.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./kept.js").Grant} Grant
 * @typedef {{ id: string, fields: [string, string][], written: Promise<boolean>,
 *   isPosting: boolean }} Caught
 */

import { follow, keepBy, nameOf } from "../exchanges.js";
import { renewId, uuid7 } from "../ids.js";
import { busy } from "../quiet.js";
import { endPost, keep } from "./entries.js";
import { seal, sign } from "./envelope.js";
import { carriedBy, endSaving, hasPictures } from "./pictures.js";
import { fieldsOf, isStillThere, placeOf, wordsOn } from "./reading.js";

/** What each form sent last, by the form's name. @type {Map<string, Caught>} */
const caught = new Map();

/** Tell whether this page's own POST of an entry is under way. @param {{ id: string }} entry */
export const isPosting = ({ id }) => [...caught.values()].some((each) => each.id === id);

/**
 * @param {Store} store
 * @param {{ session: string, app: string, grant: () => Promise<Grant | undefined>,
 *   changed: () => unknown, send: () => unknown }} outbox
 */
export function startForms(store, { session, app, grant, changed, send }) {
  // Capturing, and started after everything that stops a tap or fills in what it sends.
  document.addEventListener("submit", catchIt, true);
  keepBy(({ form }) => caught.get(form)?.written ?? Promise.resolve(false));
  follow({
    async ended({ form, status }, { kind }) {
      const sent = caught.get(form);
      if (sent) sent.isPosting = false;
      if (!sent || !(await sent.written)) return;
      // Behind a lock nobody reads the refusal; by a batch there would be none.
      const isRead = !document.hidden && !document.getElementById("lock-cover");
      const isRefused =
        isRead && kind === "refused" && [409, 422].includes(status) && isStillThere(form, sent);
      const how = kind === "stored" ? "stored" : isRefused ? "refused" : "unsent";
      await endPost(store, sent.id, how, new Date().toISOString());
      if (caught.get(form) === sent) caught.delete(form);
      changed();
      if (how === "unsent") send();
    },
  });

  /** @param {SubmitEvent} event */
  function catchIt(event) {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || !form.dataset.outbox) return;
    const name = nameOf(form);
    const pictures = hasPictures(form);
    const isAnother = caught.get(name)?.isPosting ?? false;
    const posts = form.hasAttribute("hx-post") && !pictures && !isAnother;
    if (!posts) event.preventDefault();
    // The page must not send it as well.
    if (pictures || isAnother) event.stopPropagation();
    if (pictures) {
      // Pictures take their moment, and a second tap meanwhile is the same one.
      if (form.ariaBusy) return;
      form.ariaBusy = "true";
    }
    const before = caught.get(name);
    let fields = fieldsOf(form, submitter);
    // What was sent before may still reach the disk or the server: other words are another entry.
    const isSame = JSON.stringify(before?.fields) === JSON.stringify(fields);
    if (before && !isSame) {
      renewId(form, before.id);
      fields = fieldsOf(form, submitter);
    }
    const drawn = fields.find(([field]) => field === "new_id")?.[1];
    const id = drawn ?? (isSame && before?.id ? before.id : uuid7());
    // Not of the one before it: only what lies on the disk is said to.
    form.removeAttribute("data-kept");
    const written = write(form, submitter, id, fields, posts ? Date.now() : 0);
    if (!isAnother) caught.set(name, { id, fields, written, isPosting: posts });
    void written.then((isKept) => {
      // At once: what else the page shows of it has to be read first.
      form.toggleAttribute("data-kept", isKept);
      // The page's own POST tells by itself how it went; without one nobody else would.
      const happened = isKept ? "outbox:kept" : posts ? "" : "outbox:lost";
      const detail = { form, button: submitter, id };
      if (happened) dispatchEvent(new CustomEvent(happened, { detail }));
      changed();
      if (pictures) void endSaving(form, isKept);
      if (posts || !isKept) return;
      if (caught.get(name)?.id === id) caught.delete(name);
      renewId(form, id);
      // On a slow disk somebody may have written on meanwhile.
      if (!pictures && isStillThere(name, { fields })) form.reset();
      send();
    });
  }

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLElement | null} button
   * @param {string} id
   * @param {[string, string][]} fields
   * @param {number} posted
   * @returns {Promise<boolean>}  Whether it is on the disk.
   */
  async function write(form, button, id, fields, posted) {
    busy.writing += 1;
    try {
      const made = new Date().toISOString();
      const { outbox: kind = "", target = "", what = "" } = form.dataset;
      const said = wordsOn(button);
      const note = fields.find(([field]) => field === "note")?.[1] ?? "";
      const [mine, server, pictures] = await Promise.all([
        grant(),
        store.noted("server"),
        carriedBy(form),
      ]);
      if (!mine?.key) return false;
      const { key, sealTo, staff } = mine;
      const body = { kind, target, fields, media: pictures?.keys };
      const media = pictures?.media ?? [];
      const sent = JSON.stringify([kind, target, fields, media]);
      const own = { session, place: placeOf(form), kind, target, what, said, note, sent };
      const sealed = await seal(JSON.stringify(body), sealTo, id);
      const payload = { id, grant: mine.id, schema: 1, app, captured_at: made, media, sealed };
      const make = async (/** @type {number} */ seq) => ({
        jws: await sign({ ...payload, seq, clock_offset: server?.offset ?? null }, key),
        made,
        state: /** @type {const} */ ("waiting"),
        why: "",
        posted,
        own: { ...own, ...pictures?.own },
      });
      return await keep(store, id, mine, make, pictures?.claim({ entry: id, staff, made }));
    } catch {
      // A full disk, or one that cannot be opened: the page's own POST is the only way then.
      return false;
    } finally {
      busy.writing -= 1;
    }
  }
}
