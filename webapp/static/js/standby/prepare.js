/**
 * Makes a shared tablet ready to be opened without network, while somebody is signed in: tells the
 * server the keys under the PIN just typed, forgets whom it names no more, and fetches for everybody
 * else a grant and the shift's page.
 *
 * @typedef {import("../outbox/store.js").Store} Store
 * @typedef {import("../outbox/kept.js").Standby} Standby
 */

import { readPart } from "../outbox/envelope.js";
import { put } from "./people.js";

/** Milliseconds between two rounds on one tablet. */
const PAUSE = 15 * 60_000;

/** Seconds a grant must still last to be good for the shift; then it is fetched anew. */
const LEFT = 14 * 3600;

const PATIENCE = 15_000;

/**
 * @param {Store} store
 * @param {{ staff: string, token: string }} reader  Who is signed in, and the page's token.
 */
export async function prepareStandby(store, { staff, token }) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  /** @param {string} path @param {RequestInit} more */
  const ask = (path, more = {}) =>
    fetch(`/sync/standby${path}`, {
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
      ...more,
    });
  const isNew = await tellOwn(store, staff, ask);
  const doneAt = (await store.noted("standbyAt")) ?? 0;
  if (!isNew && Math.abs(Date.now() - doneAt) < PAUSE) return;
  const answer = await ask("");
  if (answer.status !== 200) return;
  const { people } = await answer.json();
  await forgetOthers(store, people);
  for (const person of people) {
    // Locked meanwhile: the next one has another session.
    if (document.getElementById("lock-cover")) return;
    if (!(await fetchFor(store, person, ask))) return;
  }
  await store.note("standbyAt", Date.now());
}

/**
 * @param {Store} store
 * @param {string} staff
 * @param {(path: string, more?: RequestInit) => Promise<Response>} ask
 */
async function tellOwn(store, staff, ask) {
  const own = await personOf(store, staff);
  if (!own || own.told) return false;
  const body = JSON.stringify({ sign_key: own.sign.public, open_key: own.open.public });
  const { status } = await ask("", { method: "POST", body });
  if (status === 204) await put(store, { ...own, told: true });
  return status === 204;
}

/** @param {Store} store @param {{ staff: string }[]} people */
function forgetOthers(store, people) {
  const named = new Set(people.map(({ staff }) => staff));
  return store.write(async (writing) => {
    const standby = writing.objectStore("standby");
    for (const { staff, told } of await standby.getAll()) {
      if (told && !named.has(staff)) await standby.delete(staff);
    }
  });
}

/**
 * @param {Store} store
 * @param {{ staff: string, first_name: string }} person
 * @param {(path: string, more?: RequestInit) => Promise<Response>} ask
 * @returns {Promise<boolean>}  Whether to go on.
 */
async function fetchFor(store, { staff, first_name: firstName }, ask) {
  const known = await personOf(store, staff);
  if (!known || (known.grant && known.grant.cap - LEFT > Date.now() / 1000)) return true;
  const answer = await ask(`/${staff}/grants`, { method: "POST" });
  if (answer.status !== 201) return false;
  const { grant: jwt, seal_to: sealTo, page } = await answer.json();
  const { jti, sub, cap, exp, cnf } = readPart(jwt.split(".")[1]);
  if (sub !== staff || cnf.jwk.x !== known.sign.public.x) return false;
  const grant = { id: jti, staff, jwt, cap, exp, sealTo };
  await store.write(async (writing) => {
    const people = writing.objectStore("standby");
    // Read again: wrong PINs may have been counted meanwhile, or the person forgotten.
    const now = await people.get(staff);
    if (now?.sign.public.x === cnf.jwk.x) await people.put({ ...now, firstName, page, grant });
  });
  return true;
}

/** @param {Store} store @param {string} staff @returns {Promise<Standby | undefined>} */
async function personOf(store, staff) {
  return (await store.all("standby")).find((each) => each.staff === staff);
}
