import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { readUpload } from "../../webapp/static/js/media/deciding.js";
import {
  addPicture,
  chosenFor,
  keepDraft,
  removePicture,
  takeAlong,
} from "../../webapp/static/js/media/drafts.js";
import { anyLine, isDear, sendByAnyLine } from "../../webapp/static/js/media/line.js";
import { hasRoom } from "../../webapp/static/js/media/room.js";
import { SEALED_PART, sealFile } from "../../webapp/static/js/media/sealing.js";
import { upload } from "../../webapp/static/js/media/uploading.js";
import { FRESH } from "../../webapp/static/js/outbox/deciding.js";
import { dropOthers } from "../../webapp/static/js/outbox/grants.js";
import { Store } from "../../webapp/static/js/outbox/store.js";
import { answer, tusServer } from "./tus_server.js";

const MB = 1024 * 1024;
const THUMB = new ArrayBuffer(8);
const NOTE = {
  place: "note-1",
  session: "anna",
  kind: "observation.correct",
  target: "t",
  words: "Sofie lo.",
};

let tablets = 0;
/** @type {Store} */
let store;
/** @type {ReturnType<typeof tusServer>} */
let server;

beforeEach(() => {
  tablets += 1;
  store = new Store(`media-${tablets}`);
  server = tusServer();
  connection = undefined;
});

/** Bytes that no two parts have alike. @param {number} size */
const bytes = (size) => Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 12)) & 255);

/** Let somebody choose a picture of so many bytes. */
const chooses = (size = 1000, note = NOTE) =>
  addPicture(store, note, { picture: bytes(size).buffer, thumb: THUMB });

/** Let a note be saved with what was chosen, its entry delivered, and the server know of it. */
async function saves(entry, { isNamed = true } = {}) {
  const chosen = await chosenFor(store, NOTE.place);
  const facts = { entry, staff: "anna", made: "2026-11-21T18:30:00.000Z" };
  await store.write((writing) => takeAlong(chosen, NOTE.place).claim(facts)(writing));
  if (isNamed) for (const { sha256, size } of chosen) server.named.set(sha256, size);
  return chosen;
}

/** What the browser tells of the line; undefined where it does not. @type {object | undefined} */
let connection;

const send = (isUrgent = true) => upload(store, { isUrgent, fetch: server.fetch, connection });
const left = async () => (await store.all("pictures")).map(({ sha256 }) => sha256);
const parts = () => store.write((reading) => reading.objectStore("media").getAllKeys(), "readonly");
const methods = () => server.asked.map(({ method }) => method);

test("a file of three parts is sealed part by part, and its name is the hash of what is sent", async () => {
  const { sha256, size, key, parts: sealed } = await sealFile(bytes(2 * MB + 5));

  assert.deepEqual(
    sealed.map(({ byteLength }) => byteLength),
    [SEALED_PART, SEALED_PART, 21],
  );
  assert.equal(size, 2 * MB + 5 + 3 * 16);
  assert.match(sha256, /^[0-9a-f]{64}$/);
  assert.equal(Buffer.from(key, "base64url").length, 32);
});

test("a10, a11: what was chosen lies on the disk in parts, as bytes and not as files, with its note", async () => {
  const sha256 = await chooses(MB + 1);

  assert.deepEqual(await parts(), [
    [sha256, 0],
    [sha256, 1],
  ]);
  const all = await store.write((reading) => reading.objectStore("media").getAll(), "readonly");
  for (const { bytes: kept } of all) assert.equal(kept.constructor.name, "ArrayBuffer");
  const [draft] = await store.all("drafts");
  assert.equal(draft.words, "Sofie lo.");
  assert.equal(draft.chosen[0].sha256, sha256);
});

test("a1: pictures ask for the disk like everything else", async (t) => {
  const asked = t.mock.method(IDBDatabase.prototype, "transaction");

  await chooses();

  const writes = asked.mock.calls.filter(({ arguments: [, mode] }) => mode === "readwrite");
  assert.ok(writes.length > 0);
  for (const { arguments: given } of writes) assert.equal(given[2]?.durability, "strict");
});

test("a picture that was taken away leaves nothing, and the others stay", async () => {
  const first = await chooses(10);
  const second = await chooses(20);

  await removePicture(store, NOTE, first);

  assert.deepEqual(await left(), [second]);
  assert.deepEqual(await parts(), [[second, 0]]);
  assert.deepEqual(
    (await chosenFor(store, NOTE.place)).map(({ sha256 }) => sha256),
    [second],
  );
});

test("a7: when the disk is full the picture is refused and no half of it stays; the words do", async (t) => {
  await keepDraft(store, NOTE);
  const put = IDBObjectStore.prototype.put;
  t.mock.method(IDBObjectStore.prototype, "put", function (value, ...rest) {
    if (value.part === 1) throw new DOMException("full", "QuotaExceededError");
    return put.call(this, value, ...rest);
  });

  await assert.rejects(chooses(MB + 1), { name: "QuotaExceededError" });

  assert.deepEqual(await parts(), []);
  assert.deepEqual(await left(), []);
  assert.equal((await store.all("drafts"))[0].words, "Sofie lo.");
});

test("a7: 20 MB are kept free for text", async () => {
  const disk = (quota, usage) => ({ estimate: async () => ({ quota, usage }) });

  assert.equal(await hasRoom(MB, disk(100 * MB, 79 * MB)), true);
  assert.equal(await hasRoom(MB, disk(100 * MB, 79 * MB + 1)), false);
  assert.equal(await hasRoom(MB, undefined), true, "where nobody knows, the disk itself says no");
});

test("c4: a note nobody saved goes with its pictures when somebody else's page opens; a saved one stays sealed", async () => {
  await chooses();
  const [saved] = await saves("e1");
  await chooses(30);

  await dropOthers(store, "bo");

  assert.deepEqual(await store.all("drafts"), []);
  assert.deepEqual(await left(), [saved.sha256]);
  assert.deepEqual(await parts(), [[saved.sha256, 0]]);
  assert.ok(!JSON.stringify(await store.all("pictures")).includes(saved.key), "nobody can open it");
});

test("a picture that is not saved is not sent, nor one whose entry still waits", async () => {
  await chooses();
  await send();
  await saves("e1");
  await store.write((writing) => writing.objectStore("entries").put({ id: "e1" }));

  await send();

  assert.deepEqual(server.asked, []);
});

test("d1, d2: an upload that is cut goes on where the server left off, and nothing is deleted before", async () => {
  const sha256 = await chooses(2 * MB + 5);
  await saves("e1");
  server.between = async ({ method, headers }, pass) => {
    if (method === "PATCH" && headers["Upload-Offset"] !== "0") throw new TypeError("cut");
    return pass();
  };
  const { wait } = await send();
  assert.ok(wait > 0);
  assert.equal((await parts()).length, 3);
  server.between = async (_, pass) => pass();
  server.asked.length = 0;

  const { delivered } = await send();

  assert.equal(delivered, 1);
  assert.deepEqual(methods(), ["HEAD", "PATCH", "PATCH"]);
  assert.equal(server.files.get(sha256).length, 2 * MB + 5 + 48);
  assert.deepEqual([await left(), await parts()], [[], []]);
  assert.ok(
    server.asked.every(({ init }) => init.credentials === "omit" && init.redirect === "manual"),
  );
});

test("a part of which the server has half is sent from there", async () => {
  const sha256 = await chooses(MB + 5);
  await saves("e1");
  server.between = async ({ method }, pass) => (method === "PATCH" ? answer(500) : pass());
  await send();
  const whole = Buffer.concat(
    (await store.write((all) => all.objectStore("media").getAll(), "readonly")).map((part) =>
      Buffer.from(part.bytes),
    ),
  );
  server.files.set(sha256, whole.subarray(0, 700));
  server.between = async (_, pass) => pass();

  await send();

  assert.deepEqual(server.files.get(sha256), whole);
});

test("d3: a server that has more or less than we thought is asked, and obeyed", async () => {
  const sha256 = await chooses(100);
  await saves("e1");
  let isFirst = true;
  server.between = async ({ method }, pass) => {
    const said = pass();
    if (method !== "PATCH" || !isFirst) return said;
    isFirst = false;
    return answer(409);
  };

  await send();

  assert.deepEqual(methods(), ["POST", "PATCH", "HEAD"]);
  assert.equal(server.files.get(sha256).length, 116);
  assert.deepEqual(await left(), []);
});

test("d5: a picture whose entry has not come yet waits, and holds up no other", async () => {
  const early = await chooses(10);
  await saves("e1", { isNamed: false });
  const other = await chooses(20);
  await saves("e2");

  const { wait } = await send();

  assert.ok(wait > 0);
  assert.deepEqual(await left(), [early]);
  assert.ok(server.files.has(other));
  server.asked.length = 0;
  server.named.set(early, 26);
  await send();
  assert.deepEqual(await left(), []);
});

test("a file that went bad on the way begins again, and is asked for less and less when that does not help", async () => {
  const sha256 = await chooses(10);
  await saves("e1");
  let times = 0;
  server.between = async ({ method }, pass) => {
    if (method !== "PATCH" || times++ > 0) return pass();
    return answer(460);
  };

  await send();

  assert.deepEqual(methods(), ["POST", "PATCH", "HEAD", "PATCH"]);
  assert.deepEqual(await left(), []);

  const never = await chooses(20);
  await saves("e2");
  server.between = async ({ method }, pass) => (method === "PATCH" ? answer(460) : pass());
  server.asked.length = 0;
  const { wait } = await send();
  assert.ok(wait > 0);
  assert.ok(server.asked.length < 10);
  assert.deepEqual(await left(), [never]);
  assert.notEqual(sha256, never);
});

test("b20: a server that was put back and has lost the beginning is told of the file anew", async () => {
  const sha256 = await chooses(2 * MB);
  await saves("e1");
  server.between = async ({ method, headers }, pass) => {
    if (method === "PATCH" && headers["Upload-Offset"] !== "0") throw new TypeError("cut");
    return pass();
  };
  await send();
  server.between = async (_, pass) => pass();
  server.files.clear();
  assert.equal((await send()).delivered, 0);
  server.asked.length = 0;

  await send();

  assert.deepEqual(methods(), ["POST", "PATCH", "PATCH"]);
  assert.equal(server.files.get(sha256).length, 2 * MB + 32);
});

test("b3: no portal, redirect or 401 makes a picture leave the tablet", async () => {
  await chooses(10);
  await saves("e1");
  for (const said of [
    () => new Response("<!doctype html><title>Gæstenet</title>"),
    () => new Response(null, { status: 204 }),
    () => new Response(null, { status: 201, headers: { Location: "/login" } }),
    () => new Response("", { status: 401 }),
    () => Response.error(),
    () => {
      throw new TypeError("Failed to fetch");
    },
  ]) {
    server.between = async () => said();
    assert.equal((await send()).delivered, 0);
    assert.equal((await parts()).length, 1);
  }
});

test("d1: only a length that can be is believed", () => {
  const asked = { method: "PATCH", size: 100, offset: 40 };
  const got = (status, headers) => ({
    status,
    header: (name) => ({ "Tus-Resumable": "1.0.0", ...headers })[name] ?? null,
  });
  const kind = (...given) => readUpload(got(...given), asked).kind;

  assert.equal(kind(204, { "Upload-Offset": "100" }), "at");
  for (const offset of ["40", "39", "101", "1e2", "-1", "", undefined])
    assert.equal(kind(204, { "Upload-Offset": offset }), "none", `${offset}`);
  assert.equal(kind(200, { "Upload-Offset": "100" }), "none", "tus says 204");
  assert.equal(kind(204, { "Upload-Offset": "100", "Tus-Resumable": undefined }), "none");
  const head = (length) =>
    readUpload(got(200, { "Upload-Offset": "100", "Upload-Length": length }), {
      ...asked,
      method: "HEAD",
    }).kind;
  assert.deepEqual([head("100"), head("200"), head(undefined)], ["at", "none", "none"]);
});

test("b4: a busy server is left alone for as long as it asked, also when somebody taps", async () => {
  await chooses(10);
  await saves("e1");
  server.between = async () =>
    new Response(null, { status: 503, headers: { "Retry-After": "30" } });
  const { wait } = await send();
  assert.ok(wait >= 29_000);
  server.asked.length = 0;

  await send();

  assert.deepEqual(server.asked, []);
});

test("b4: where there is no room the pictures wait, and what has begun is finished all the same", async () => {
  const begun = await chooses(MB + 5);
  await saves("e1");
  server.between = async ({ method, headers }, pass) => {
    if (method === "PATCH" && headers["Upload-Offset"] !== "0") throw new TypeError("cut");
    return pass();
  };
  await send();
  const others = [await chooses(20), await chooses(30)].sort();
  await saves("e2");

  for (const status of [507, 429]) {
    server.between = async ({ method }, pass) =>
      method === "POST" ? answer(status, { "Retry-After": "300" }) : pass();
    await store.note("mediaPace", FRESH);
    const { wait } = await send();

    assert.ok(wait > 0 && wait <= 300_000);
    assert.ok(server.files.get(begun).length > MB + 5, "it is whole");
    assert.deepEqual((await left()).sort(), others);
    assert.equal((await parts()).length, 2);
    server.asked.length = 0;
    await send();
    assert.deepEqual(server.asked, [], "the server said when to come again");
    for (const sha256 of others)
      await store.write(async (writing) => {
        const pictures = writing.objectStore("pictures");
        await pictures.put({ ...(await pictures.get(sha256)), pace: FRESH });
      });
  }

  server.between = async (_, pass) => pass();
  assert.equal((await send()).delivered, 2);
  assert.deepEqual([await left(), await parts()], [[], []]);
});

test("what is too little to go alone goes with the part behind it", async () => {
  const sha256 = await chooses(2 * MB);
  await saves("e1");
  server.between = async ({ method }, pass) => (method === "PATCH" ? answer(500) : pass());
  await send();
  const whole = Buffer.concat(
    (await store.write((all) => all.objectStore("media").getAll(), "readonly")).map((part) =>
      Buffer.from(part.bytes),
    ),
  );
  // Another program sends parts of another length.
  server.files.set(sha256, whole.subarray(0, MB));
  server.between = async (_, pass) => pass();
  server.asked.length = 0;

  await send();

  assert.deepEqual(methods(), ["HEAD", "PATCH"]);
  assert.deepEqual(server.files.get(sha256), whole);
});

test("d9: a line costs when somebody saves data, or it is mobile; where nobody tells, none does", () => {
  const cases = [
    [undefined, false],
    [{}, false],
    [{ type: "wifi", saveData: false }, false],
    [{ type: "none" }, false],
    [{ type: "cellular" }, true],
    [{ type: "wifi", saveData: true }, true],
  ];

  for (const [line, dear] of cases) assert.equal(isDear(line), dear, JSON.stringify(line));
});

test("d9: pictures wait for a line that costs nothing, however urgent, and go by it by themselves", async () => {
  connection = { type: "cellular", saveData: false };
  await chooses();
  await saves("e1");

  assert.deepEqual(await send(), { wait: 0, delivered: 0 });
  assert.deepEqual(server.asked, []);

  connection = { type: "wifi", saveData: false };
  assert.equal((await send(false)).delivered, 1);
});

test("d9: a picture on its way stops the next one when the line begins to cost", async () => {
  await chooses(10);
  await chooses(20);
  await saves("e1");
  connection = { type: "wifi" };
  server.between = async ({ method }, pass) => {
    if (method === "PATCH") connection.type = "cellular";
    return pass();
  };

  assert.equal((await send()).delivered, 1);
  assert.equal((await left()).length, 1);
});

test("d9: somebody may let them go by any line, until the last of them has arrived", async () => {
  connection = { saveData: true };
  await chooses(10);
  await saves("e1");
  await chooses(20);
  await saves("e2");
  await store.write((writing) => writing.objectStore("entries").put({ id: "e2" }));

  await sendByAnyLine(store);

  assert.equal((await send()).delivered, 1);
  assert.ok(await anyLine(store), "one waits for its words");
  await store.write((writing) => writing.objectStore("entries").delete("e2"));
  assert.equal((await send()).delivered, 1);
  await chooses(30);
  await saves("e3");
  assert.equal((await send()).delivered, 0);
  assert.equal((await left()).length, 1);
});

test("d10: only one part is read at a time", async (t) => {
  await chooses(3 * MB);
  await saves("e1");
  const all = t.mock.method(IDBObjectStore.prototype, "getAll");

  await send();

  assert.ok(all.mock.calls.every((call) => call.this.name !== "media"));
  assert.ok(server.asked.every(({ init }) => (init.body?.length ?? 0) <= SEALED_PART));
});

test("d7: the same picture in two notes is two sealed files, each under its own key", async () => {
  const one = await chooses(50);
  const other = await chooses(50);

  assert.notEqual(one, other);
  assert.deepEqual(
    (await store.all("pictures")).map(({ pace }) => pace),
    [FRESH, FRESH],
  );
});
