import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "fake-indexeddb/auto";
import "../../webapp/static/vendor/idb.js";
import { IDBFactory } from "fake-indexeddb";
import { LONGEST, readHolder } from "../../webapp/static/js/sw/holder.js";
import { Pages } from "../../webapp/static/js/sw/pages.js";
import { seal } from "../../webapp/static/js/sw/sealing.js";
import { answer, FakeCaches } from "./fakes.js";

const RELEASE = "0123456789ab";
const POLICY = "default-src 'none'";
const [ANNA, BO] = ["anna-1 180 shared", "bo-2 180 shared"];
const DAY = "/citizens/1";

/** @type {FakeCaches} */
let caches;
let now = 0;
/** @type {Pages} */
let pages;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  caches = new FakeCaches();
  now = Date.parse("2026-11-21T13:05:00Z");
  pages = new Pages(/** @type {any} */ (caches), RELEASE, () => now);
});

/** @param {string} address @param {string} text @param {string} whose @param {object} more */
const show = (address, text, whose = ANNA, more = {}) => {
  const headers = { "Smaategn-Keep": whose, "Content-Security-Policy": POLICY, ...more };
  return pages.keepShown(address, answer(text, { headers }));
};
const textOf = async (/** @type {string} */ address) => (await pages.find(address))?.text();

/** Everything that lies in the caches, as it lies there. */
async function raw() {
  const all = [...caches.stored.values()].flatMap((kept) => [...kept.values()]);
  const bytes = await Promise.all(all.map((one) => one.clone().arrayBuffer()));
  return bytes.map((one) => new TextDecoder("latin1").decode(one)).join("\n");
}

test("a page is shown as it was, under the same policy, and says from when it is", async () => {
  await show(DAY, "<body>Sofie i dag");

  const page = await pages.find(DAY);

  assert.equal(await page?.text(), '<body data-shown-from="2026-11-21T13:05:00.000Z">Sofie i dag');
  assert.equal(page?.headers.get("Content-Security-Policy"), POLICY);
  assert.equal(page?.status, 200);
});

test("nothing of it can be read where it lies, and the key cannot be taken out", async () => {
  await show(DAY, "<body>Sofie i dag");

  const holder = await readHolder();

  assert.doesNotMatch(await raw(), /Sofie|body/);
  assert.equal(holder?.key.extractable, false);
});

test("a picture is given back byte by byte, and cannot be read where it lies", async () => {
  const bytes = Uint8Array.from([
    0xff,
    0xd8,
    0xff,
    10,
    0,
    10,
    ...new TextEncoder().encode("Sofie"),
  ]);
  const headers = { "Smaategn-Keep": ANNA, "Content-Type": "image/jpeg" };
  await show("/", "<body>Vagten");
  const sent = answer("", { headers });
  sent.arrayBuffer = async () => bytes.buffer;

  await pages.keep("/step-pictures/1", sent);

  const found = await pages.find("/step-pictures/1");
  assert.deepEqual(new Uint8Array(await (found ?? answer("")).arrayBuffer()), bytes);
  assert.equal(found?.headers.get("Content-Type"), "image/jpeg");
  assert.doesNotMatch(await raw(), /Sofie/);
});

test("what the release before kept as one line of text is still shown", async () => {
  await show("/", "<body>Vagten");
  const holder = await readHolder();
  assert.ok(holder);
  const line = JSON.stringify({
    headers: [["content-type", "text/html"]],
    text: "<body>Sofie i dag",
  });
  const old = await seal(new TextEncoder().encode(line), holder.key, DAY, now);
  caches.stored.set("pages-aaaaaaaaaaaa", new Map([[DAY, old]]));

  assert.match(String(await textOf(DAY)), /Sofie i dag/);
});

test("what is not needed is forgotten alone, and where nothing is kept nothing is made", async () => {
  await pages.forget(() => true);
  assert.deepEqual(caches.contents, {});
  const headers = { "Smaategn-Keep": ANNA, "Content-Type": "image/jpeg" };
  await show(DAY, "<body>Sofie i dag");
  for (const address of ["/step-pictures/1", "/step-pictures/2", "/step-pictures/3"])
    await pages.keep(address, answer("x", { headers }));

  await pages.forget((path) => path === "/step-pictures/3");

  const left = [DAY, "/step-pictures/1", "/step-pictures/2"];
  assert.deepEqual(caches.contents[`pages-${RELEASE}`], left);
});

test("a page that the server did not mark is not kept", async () => {
  await pages.keepShown("/citizens/1/plan", answer("<body>Plan"));
  await pages.keepShown(
    DAY,
    answer("<body>Nej", { status: 404, headers: { "Smaategn-Keep": ANNA } }),
  );

  assert.equal(await pages.find("/citizens/1/plan"), undefined);
  assert.equal(await pages.find(DAY), undefined);
});

test("a board is found under both its names, and a day whatever is unfolded on it", async () => {
  await show("/", "<body>Vagten", ANNA, { "Content-Location": "/?department=7" });
  await show(`${DAY}?opened=3`, "<body>Sofie i dag");

  assert.match(String(await textOf("/")), /Vagten/);
  assert.match(String(await textOf("/?department=7")), /Vagten/);
  assert.equal(await textOf("/?department=8"), undefined);
  assert.match(String(await textOf(DAY)), /Sofie/);
});

test("e6: another session's first page ends what lies here", async () => {
  await show(DAY, "<body>Sofie i dag");
  const before = await readHolder();

  await show("/", "<body>Vagten", BO);

  assert.equal(await pages.find(DAY), undefined);
  assert.deepEqual(caches.contents, { [`pages-${RELEASE}`]: ["/"] });
  assert.notEqual((await readHolder())?.key, before?.key);
});

test("e6: a page of another session that is not kept itself ends it too", async () => {
  await show(DAY, "<body>Sofie i dag");

  await pages.told("admin-3", "open");

  assert.equal(await readHolder(), undefined);
  assert.deepEqual(caches.contents, {});
});

test("what is fetched ahead never begins a session, and never one that has ended", async () => {
  const headers = { "Smaategn-Keep": ANNA };
  assert.equal(await pages.keep(DAY, answer("<body>Sofie", { headers })), undefined);
  await show("/", "<body>Vagten");
  await pages.purge();

  assert.equal(await pages.keep(DAY, answer("<body>Sofie", { headers })), undefined);
  assert.deepEqual(caches.contents, {});
});

test("sealed bytes are unreadable once the key is gone, also to the same session", async () => {
  await show(DAY, "<body>Sofie i dag");
  const stored = new Map(caches.stored);
  await pages.purge();
  await show("/", "<body>Vagten");
  caches.stored = new Map([...stored]);

  await assert.rejects(pages.find(DAY));
});

test("a page cannot be put in the place of another, nor be made newer", async () => {
  await show(DAY, "<body>Sofie i dag");
  await show("/citizens/2", "<body>Karen i dag");
  const kept = caches.stored.get(`pages-${RELEASE}`);
  const sofie = kept?.get(DAY);
  assert.ok(sofie);
  kept?.set("/citizens/2", sofie);
  kept?.set(
    DAY,
    new Response(await sofie.clone().arrayBuffer(), { headers: { "Kept-At": String(now + 1) } }),
  );

  await assert.rejects(pages.find("/citizens/2"));
  await assert.rejects(pages.find(DAY));
});

test("a locked tablet shows nothing until its owner has opened it", async () => {
  await show(DAY, "<body>Sofie i dag");

  await pages.told("anna-1", "locked");
  assert.equal(await pages.find(DAY), undefined);

  await pages.told("anna-1", "open");
  assert.match(String(await textOf(DAY)), /Sofie/);
});

test("the lock page locks, whoever's the tablet was", async () => {
  await show(DAY, "<body>Sofie i dag");

  await pages.told("", "locked");

  assert.equal(await pages.find(DAY), undefined);
  assert.ok(await readHolder());
});

test("the page without network, where nobody is signed in, opens nothing", async () => {
  await show(DAY, "<body>Sofie i dag");
  await pages.told("anna-1", "locked");
  for (const state of /** @type {const} */ (["left", "open"])) {
    await pages.told("", state);
    assert.equal(await pages.find(DAY), undefined, state);
  }

  await pages.told("anna-1", "open");
  now += 179_000;
  await pages.told("", "left");
  await pages.told("", "open");
  assert.ok(await pages.find(DAY), "put away for a moment");
  now += 1000;
  assert.equal(await pages.find(DAY), undefined, "and its minutes go on");

  await pages.told("", "left");
  await pages.told("", "open");
  assert.equal(await pages.find(DAY), undefined);
});

test("a tablet that was put away for longer stays shut when it is looked at again", async () => {
  await show(DAY, "<body>Sofie i dag");
  await pages.told("anna-1", "left");
  now += 10_000;

  for (const state of /** @type {const} */ (["open", "left", "open"])) await pages.told("", state);

  assert.equal(await pages.find(DAY), undefined);
});

test("a page fetched ahead does not open a locked tablet", async () => {
  await show("/", "<body>Vagten");
  await pages.told("anna-1", "locked");

  await pages.keep(DAY, answer("<body>Sofie", { headers: { "Smaategn-Keep": ANNA } }));

  assert.equal(await pages.find("/"), undefined);
});

for (const [what, state, seconds, isShown] of /** @type {const} */ ([
  ["untouched for less than its minutes", "open", 179, true],
  ["untouched for its minutes", "open", 180, false],
  ["put away for a moment", "left", 9, true],
  ["put away for longer", "left", 10, false],
  ["whose clock was set back by a day", "open", -86_400, false],
])) {
  test(`a shared tablet ${what} shows ${isShown ? "its pages" : "nothing"}`, async () => {
    await show(DAY, "<body>Sofie i dag");
    await pages.told("anna-1", state);

    now += seconds * 1000;

    assert.equal(Boolean(await pages.find(DAY)), isShown);
  });
}

test("somebody's own device may be put away, for an hour", async () => {
  await show(DAY, "<body>Sofie i dag", "anna-1 3600 own");
  await pages.told("anna-1", "left");

  now += 3599 * 1000;
  assert.ok(await pages.find(DAY));

  now += 1000;
  assert.equal(await pages.find(DAY), undefined);
});

test("16 hours later nothing is shown, however busy the tablet was, and nothing is left", async () => {
  await show(DAY, "<body>Sofie i dag");
  now += LONGEST - 1000;
  await pages.told("anna-1", "open");
  assert.ok(await pages.find(DAY));

  now += 1000;

  assert.equal(await pages.find(DAY), undefined);
  assert.deepEqual(caches.contents, {});
  assert.equal(await readHolder(), undefined);
});

test("e1: the pages of the release before are found until this one has kept its own", async () => {
  await show("/", "<body>Vagten");
  await show(DAY, "<body>Sofie i dag");
  pages = new Pages(/** @type {any} */ (caches), "cccccccccccc", () => now);

  assert.match(String(await textOf(DAY)), /Sofie/);
  assert.equal(await pages.ageOf(DAY), Infinity, "to be fetched as this release draws it");
  await show(DAY, "<body>Sofie, tegnet på ny");
  assert.match(String(await textOf(DAY)), /på ny/);
  assert.match(String(await textOf("/")), /Vagten/);

  await pages.deleteOld();

  assert.deepEqual(caches.contents, { "pages-cccccccccccc": [DAY] });
});

const later = async (/** @type {number} */ milliseconds) => {
  now += milliseconds;
  await pages.find(DAY);
};

for (const [what, end] of /** @type {const} */ ([
  ["log-off", () => pages.purge()],
  ["another session", () => pages.told("bo-2", "open")],
  ["the end of 16 hours", () => later(LONGEST)],
])) {
  test(`e1: ${what} takes the pages of the release before too`, async () => {
    await show(DAY, "<body>Sofie i dag");
    pages = new Pages(/** @type {any} */ (caches), "cccccccccccc", () => now);

    await end();

    assert.equal(await pages.find(DAY), undefined);
    assert.deepEqual(caches.contents, {});
    assert.equal(await readHolder(), undefined);
  });
}

test("e1: a locked tablet does not show the pages of the release before either", async () => {
  await show(DAY, "<body>Sofie i dag");
  await pages.told("anna-1", "locked");
  pages = new Pages(/** @type {any} */ (caches), "cccccccccccc", () => now);

  assert.equal(await pages.find(DAY), undefined);
});

test("e10: a purge touches the pages only", async () => {
  await show(DAY, "<body>Sofie i dag");
  await caches.open(`shell-${RELEASE}`);
  globalThis.indexedDB.open("outbox", 1);

  await pages.purge();

  assert.deepEqual(caches.contents, { [`shell-${RELEASE}`]: [] });
  assert.ok((await globalThis.indexedDB.databases()).some(({ name }) => name === "outbox"));
});

test("e7: whoever deletes the whole database has only forgotten the pages", async () => {
  await show(DAY, "<body>Sofie i dag");
  globalThis.indexedDB = new IDBFactory();

  assert.equal(await pages.find(DAY), undefined);
  await show(DAY, "<body>Sofie i dag");
  assert.ok(await pages.find(DAY));
});

test("whoever looks for a page where none is kept makes no place for one", async () => {
  await show(DAY, "<body>Sofie i dag");
  for (const name of await caches.keys()) await caches.delete(name);

  assert.equal(await pages.find(DAY), undefined);
  assert.equal(await pages.ageOf(DAY), Infinity);
  assert.deepEqual(caches.contents, {});
});
