/**
 * The outbox of this page, started by being loaded: who may keep something, what is caught, sent and shown. Without it the
 * page works online as before, and says that nothing can be kept.
 */

import { readAgain } from "./cards.js";
import { tryAllAgain } from "./entries.js";
import { startFlushing } from "./flushing.js";
import { isPosting, startForms } from "./forms.js";
import { dropOthers, ensureGrant, liveGrant } from "./grants.js";
import { drawPending } from "./pending.js";
import { restorePictures, startPictures } from "./pictures.js";
import { drawStatus, startStatus } from "./status.js";
import { Store } from "./store.js";
import { waitingFor } from "./waiting.js";
import { keepWords } from "./words.js";

const store = new Store();

start();

function start() {
  const { login: session = "", staff = "", release: app = "" } = document.body.dataset;
  let hadPictures = false;
  const redraw = async () => {
    const { entries, receipts, pictures } = await everything();
    const waiting = waitingFor(pictures);
    const cards = session ? drawPending(entries, receipts, waiting, session) : [];
    const left = entries.filter((entry) => !isPosting(entry));
    drawStatus(left, receipts, pictures, { session, staff });
    for (const card of cards) void readAgain(card);
    if (session) await restorePictures(store);
    // It also says that none waits any more.
    hadPictures ||= pictures.length > 0;
    if (hadPictures) await (await import("../media/line.js")).drawLine(store, pictures, send);
  };
  const changed = () => redraw().catch(() => undefined);
  const send = startFlushing(store, app, async () => {
    await changed();
    if (session && !("keeps" in document.body.dataset)) await prepare();
  });
  const prepare = async () => {
    // Whoever may not log anything has nothing to keep.
    if (!("mayLog" in document.body.dataset)) return undefined;
    const grant = token()
      ? await ensureGrant(store, session, { token: token(), now: Date.now() })
      : await liveGrant(store, session);
    document.body.toggleAttribute("data-keeps", Boolean(grant));
    return grant;
  };

  if (session) {
    const live = async () => (await liveGrant(store, session)) ?? (await prepare());
    startForms(store, { session, app, grant: live, changed, send });
    startPictures(store, session);
    document.addEventListener("htmx:after:swap", changed);
  }
  startStatus({
    handOut: async () => (await import("../media/handing_out.js")).handOut(store),
    tryAgain: async () => {
      await tryAllAgain(store);
      await send();
    },
  });
  void begin(session, prepare)
    .then(changed)
    .then(() => (session ? keepWords(store, session) : undefined))
    .then(send)
    .then(standBy)
    .catch(() => document.getElementById("outbox-broken")?.removeAttribute("hidden"));
}

/** Make a shared tablet ready for the next one who takes it without network. */
async function standBy() {
  const { session, staff = "" } = document.body.dataset;
  if (!session || !token() || !("mayLog" in document.body.dataset)) return;
  const { prepareStandby } = await import("../standby/prepare.js");
  await prepareStandby(store, { staff, token: token() }).catch(() => undefined);
}

/** @param {string} session @param {() => Promise<unknown>} prepare */
async function begin(session, prepare) {
  // The lock page is still the tablet of whoever locked it; see lock.js.
  if (session || !document.getElementById("lock")) await dropOthers(store, session);
  if (session) await prepare();
}

async function everything() {
  const [entries, receipts, pictures] = await Promise.all([
    store.all("entries"),
    store.all("receipts"),
    store.all("pictures"),
  ]);
  return { entries, receipts, pictures };
}

/** What lets this page ask for grants; none has a kept page, or one opened without network. */
function token() {
  // There the cookie, if there is one, is somebody else's.
  if ("standby" in document.body.dataset) return "";
  const field = document.querySelector("input[name=csrf_token]");
  return field instanceof HTMLInputElement ? field.value : "";
}
