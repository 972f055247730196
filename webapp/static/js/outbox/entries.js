/**
 * What happens to an entry on the tablet: written, delivered, put aside, refused, sent anew. Each is
 * one strict transaction. An entry leaves only for its receipt, or because the page's own POST was
 * refused while its author has all that was typed in front of them.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./kept.js").Entry} Entry
 * @typedef {import("./kept.js").Grant} Grant
 * @typedef {import("./kept.js").Writing} Writing
 */

/** Milliseconds a receipt keeps its sealed copy, should the server lose what it stored. */
const RECEIPTS_LAST = 14 * 24 * 3600 * 1000;

/** A refusal stands for a day: rights, goals and measures change. @param {Entry} entry @param {number} now */
const isOver = ({ refused = 0 }, now) => Math.abs(now - refused) > 24 * 3600 * 1000;

/**
 * Keep an entry under the next number of its grant, unless it is kept or delivered already.
 *
 * @param {Store} store
 * @param {string} id
 * @param {Grant} grant
 * @param {(seq: number) => Promise<Omit<Entry, "id" | "grant" | "staff" | "seq">>} make  Signs it
 *   with its number: nothing but the database may be waited for while a transaction is open.
 * @param {(writing: Writing) => Promise<void>} also  What is kept with it, or not at all.
 * @returns {Promise<boolean>}  False when this grant can sign nothing any more, or its id is taken.
 */
export async function keep(store, id, grant, make, also = async () => {}) {
  for (let seq = grant.nextSeq, free = 0; seq; seq = free) {
    const entry = { id, grant: grant.id, staff: grant.staff, seq, ...(await make(seq)) };
    free = await store.write((writing) => put(writing, entry, also));
    if (free === seq) return true;
  }
  return false;
}

/**
 * @param {Writing} writing
 * @param {Entry} entry
 * @param {(writing: Writing) => Promise<void>} also
 * @returns {Promise<number>}  The free number; 0 for none.
 */
async function put(writing, entry, also) {
  const grants = writing.objectStore("grants");
  /** @type {Grant | undefined} */
  const grant = await grants.get(entry.grant);
  for (const store of ["entries", "receipts"]) {
    const kept = await writing.objectStore(store).get(entry.id);
    // Other words under the same id are not kept by what was said before.
    if (kept) return kept.own?.sent === entry.own?.sent ? entry.seq : 0;
  }
  if (!grant?.key) return 0;
  if (grant.nextSeq !== entry.seq) return grant.nextSeq;
  await writing.objectStore("entries").add(entry);
  await grants.put({ ...grant, nextSeq: entry.seq + 1 });
  await also(writing);
  return entry.seq;
}

/**
 * Note that the page's own POST is over: stored, refused before its author's eyes, or neither.
 *
 * @param {Store} store
 * @param {string} id
 * @param {"stored" | "refused" | "unsent"} how
 * @param {string} at  ISO time of the answer.
 */
export function endPost(store, id, how, at) {
  return store.write(async (writing) => {
    const entries = writing.objectStore("entries");
    /** @type {Entry | undefined} */
    const entry = await entries.get(id);
    if (!entry) return;
    const grants = writing.objectStore("grants");
    /** @type {Grant | undefined} */
    const grant = await grants.get(entry.grant);
    // Then the sender may have it; also where nobody can sign any more that its number need not come.
    if (how === "unsent" || !grant?.key) return void (await entries.put({ ...entry, posted: 0 }));
    await grants.put({ ...grant, settled: [...grant.settled, entry.seq] });
    if (how === "stored") await toReceipts(writing, entry, at);
    else await entries.delete(id);
  });
}

/** @param {Writing} writing @param {Entry} entry @param {string} delivered */
async function toReceipts(writing, { id, grant, staff, seq, jws, made, own }, delivered) {
  const epoch = (await writing.objectStore("meta").get("epoch"))?.value ?? "";
  const receipts = writing.objectStore("receipts");
  await receipts.put({ id, grant, staff, seq, jws, made, own, delivered, epoch });
  await writing.objectStore("entries").delete(id);
}

/**
 * Do what an answer of the server says of each entry, and keep its epoch, release and clock.
 *
 * @param {Store} store
 * @param {{ delivered: Map<string, string>, refused: Map<string, string> }} said  Ids with the time
 *   of receipt, and with the reason.
 * @param {{ epoch: string, version: string, serverTime: string, offset: number }} server
 */
export function obey(store, { delivered, refused }, server) {
  return store.write(async (writing) => {
    const entries = writing.objectStore("entries");
    const receipts = writing.objectStore("receipts");
    const meta = writing.objectStore("meta");
    const isOther = (await meta.get("server"))?.value.version !== server.version;
    await meta.put({ key: "server", value: server });
    await meta.put({ key: "epoch", value: server.epoch });
    // Never by the tablet's own clock, which may be in 1970.
    const now = Date.parse(server.serverTime);
    for (const entry of await entries.getAll()) {
      const at = delivered.get(entry.id);
      const why = refused.get(entry.id);
      if (at) await toReceipts(writing, entry, at);
      else if (why) await entries.put({ ...entry, state: "quarantined", why, refused: now });
      // It may have been the server's mistake; another release, or another day, may know better.
      else if (entry.state === "quarantined" && (isOther || isOver(entry, now)))
        await entries.put({ ...entry, state: "waiting" });
    }
    for (const receipt of await receipts.getAll()) {
      if (receipt.epoch && receipt.epoch !== server.epoch) {
        // The server was put back to an earlier day, and may have lost this.
        const { delivered: _, epoch: __, since: ___, ...entry } = receipt;
        await entries.put({ ...entry, state: "waiting", why: "", posted: 0 });
        await receipts.delete(receipt.id);
      } else if (!receipt.since) await receipts.put({ ...receipt, since: server.serverTime });
      else if (now - Date.parse(receipt.since) > RECEIPTS_LAST) await receipts.delete(receipt.id);
    }
  });
}

/** Note that an entry was tried, all by itself, and stays. @param {Store} store @param {string} id */
export function putAside(store, id) {
  return store.write(async (writing) => {
    const entries = writing.objectStore("entries");
    const entry = await entries.get(id);
    const tries = (entry?.tries ?? 0) + 1;
    if (entry) await entries.put({ ...entry, state: "aside", why: "server_trouble", tries });
  });
}

/** Let everything be tried at once, also what was refused. @param {Store} store */
export function tryAllAgain(store) {
  return store.write(async (writing) => {
    const entries = writing.objectStore("entries");
    for (const entry of await entries.getAll()) await entries.put({ ...entry, state: "waiting" });
  });
}
