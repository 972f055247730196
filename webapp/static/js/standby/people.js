/**
 * Who can open this tablet without network: the store `standby` of the outbox's database. A person
 * stands there from their first PIN on, and can be let in once the server gave a grant for them.
 *
 * @typedef {import("../outbox/store.js").Store} Store
 * @typedef {import("../outbox/kept.js").Standby} Standby
 */

import { dropOthers } from "../outbox/grants.js";
import { makeKeys, openKeys, openPage } from "./keys.js";
import { afterWrong, mayTry } from "./tries.js";

/**
 * Return what is to be kept of somebody once the server says that their PIN is right: the keys that
 * it opens already, or new ones. Keys that it does not open were put there by somebody else, or under
 * an earlier PIN; and what the server does not know yet is no more trusted than that.
 *
 * @param {Store} store
 * @param {string} staff
 * @param {string} pin
 * @returns {Promise<Standby>}
 */
export async function underPin(store, staff, pin) {
  /** @type {Standby | undefined} */
  const known = (await store.all("standby")).find((each) => each.staff === staff);
  const tries = { failures: 0, until: 0 };
  if (known?.told && (await openKeys(known, pin))) return { ...known, ...tries };
  return { staff, firstName: "", told: false, ...tries, ...(await makeKeys(pin)) };
}

/**
 * Return who can be let in now, by first name; may be empty.
 *
 * @param {Store} store
 * @param {number} now  Milliseconds since 1970.
 * @returns {Promise<Standby[]>}
 */
export async function ready(store, now) {
  /** @type {Standby[]} */
  const all = await store.all("standby");
  return all
    .filter(({ grant }) => grant && grant.cap * 1000 > now)
    .sort((one, other) => one.firstName.localeCompare(other.firstName));
}

/**
 * Try a PIN: "wait" and "shut" tell that it was not even looked at.
 *
 * @param {Store} store
 * @param {string} staff
 * @param {string} pin
 * @param {number} now
 * @returns {Promise<"wait" | "shut" | "wrong" | { session: string, staff: string, firstName: string, page: string }>}
 */
export async function tryPin(store, staff, pin, now) {
  const may = await count(store, staff, now);
  if (typeof may === "string") return may;
  const keys = await openKeys(may, pin);
  const { grant, page = "", firstName } = may;
  if (!keys || !grant) return "wrong";
  const shown = await openPage(page, keys.opens);
  await store.write(async (writing) => {
    const grants = writing.objectStore("grants");
    const before = await grants.get(grant.id);
    const fresh = { ...grant, session: grant.id, nextSeq: 1, settled: [], told: "" };
    await grants.put({ ...fresh, ...before, key: keys.signs });
    const people = writing.objectStore("standby");
    const person = await people.get(staff);
    if (person) await people.put({ ...person, failures: 0, until: 0 });
  });
  return { session: grant.id, staff, firstName, page: shown };
}

/**
 * Count a try before it is made, so that a killed page is no way around; return the person.
 *
 * @param {Store} store
 * @param {string} staff
 * @param {number} now
 * @returns {Promise<Standby | "wait" | "shut" | "wrong">}
 */
function count(store, staff, now) {
  return store.write(async (writing) => {
    const people = writing.objectStore("standby");
    /** @type {Standby | undefined} */
    const person = await people.get(staff);
    if (!person) return "wrong";
    const may = mayTry(person, now);
    if (may !== "yes") return may;
    await people.put({ ...person, ...afterWrong(person, now) });
    return person;
  });
}

/** Forget everybody, and with them every key to sign with. @param {Store} store */
export async function forgetAll(store) {
  await dropOthers(store, "");
  await store.write((writing) => writing.objectStore("standby").clear());
}

/** @param {Store} store @param {Standby} person */
export function put(store, person) {
  return store.write((writing) => writing.objectStore("standby").put(person));
}
