import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { seal } from "../../webapp/static/js/outbox/envelope.js";
import { Store } from "../../webapp/static/js/outbox/store.js";
import { makeKeys, openKeys } from "../../webapp/static/js/standby/keys.js";
import { put, ready, tryPin, underPin } from "../../webapp/static/js/standby/people.js";
import { prepareStandby } from "../../webapp/static/js/standby/prepare.js";
import { afterWrong, mayTry } from "../../webapp/static/js/standby/tries.js";

const PIN = "640298";
const BO = "0b0b0b0b-0000-4000-8000-00000000000b";
const NOW = Date.parse("2026-11-21T18:30:00Z");
let tablets = 0;
/** @type {Store} */
let store;

beforeEach(() => {
  tablets += 1;
  store = new Store(`standby-${tablets}`);
});

/** Let the server have given Bo a grant and his shift. */
async function makeReady(cap = NOW / 1000 + 3600) {
  await put(store, await underPin(store, BO, PIN));
  const [bo] = await store.all("standby");
  const page = await seal("<p>Sofie</p>", bo.open.public, "page");
  const grant = { id: "g1", staff: BO, jwt: "x.y.z", cap, exp: 5e9, sealTo: bo.open.public };
  await put(store, { ...bo, firstName: "Bo", told: true, page, grant });
}

test("the right PIN opens both keys, and nobody can take them out", async () => {
  const kept = await makeKeys(PIN);

  const keys = await openKeys(kept, PIN);

  assert.equal(keys.signs.extractable, false);
  assert.equal(keys.opens.extractable, false);
});

test("another PIN opens nothing", async () => {
  assert.equal(await openKeys(await makeKeys(PIN), "640299"), undefined);
});

test("nothing that lies on the tablet says the PIN or a private key", async () => {
  const kept = await makeKeys(PIN);

  assert.deepEqual(Object.keys(kept.sign).sort(), ["iv", "public", "wrapped"]);
  assert.equal("d" in kept.sign.public, false);
});

test("a record that was taken off the tablet opens nothing, even with the right PIN", async () => {
  const { tablet, ...record } = await makeKeys(PIN);
  const elsewhere = await makeKeys(PIN);

  assert.equal(tablet.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("raw", tablet));
  assert.equal(await openKeys(record, PIN), undefined);
  assert.equal(await openKeys({ ...record, tablet: elsewhere.tablet }, PIN), undefined);
});

test("a record from before the tablet had a key of its own is made anew", async () => {
  await makeReady();
  const [{ tablet: _, ...before }] = await store.all("standby");
  await put(store, before);

  const kept = await underPin(store, BO, PIN);

  assert.equal(kept.told, false);
  assert.ok(await openKeys(kept, PIN));
});

test("c9: whoever is ready gets in with the PIN, and can sign under a grant of their own", async () => {
  await makeReady();

  const opened = await tryPin(store, BO, PIN, NOW);

  assert.equal(opened.page, "<p>Sofie</p>");
  const [grant] = await store.all("grants");
  assert.equal(grant.session, "g1");
  assert.equal(grant.staff, BO);
  assert.ok(grant.key);
});

test("coming back goes on with the numbers of before", async () => {
  await makeReady();
  await tryPin(store, BO, PIN, NOW);
  await store.write(async (writing) => {
    const grants = writing.objectStore("grants");
    const { key: _, ...grant } = await grants.get("g1");
    await grants.put({ ...grant, nextSeq: 6 });
  });

  await tryPin(store, BO, PIN, NOW);

  const [grant] = await store.all("grants");
  assert.equal(grant.nextSeq, 6);
  assert.ok(grant.key);
});

test("a wrong PIN is counted before it is tried, and too many shut", async () => {
  await makeReady();

  for (let tries = 0; tries < 4; tries += 1)
    assert.equal(await tryPin(store, BO, "111222", NOW), "wrong");
  assert.equal(await tryPin(store, BO, "111222", NOW), "wrong");
  assert.equal(await tryPin(store, BO, PIN, NOW), "wait");
  assert.notEqual(await tryPin(store, BO, PIN, NOW + 30_001), "wait");
  assert.deepEqual(await store.all("grants").then((all) => all.length), 1);
});

test("ten wrong ones shut until there is net", () => {
  let tries = { failures: 0, until: 0 };
  let now = NOW;
  for (let wrong = 0; wrong < 10; wrong += 1) {
    assert.equal(mayTry(tries, now), "yes");
    tries = afterWrong(tries, now);
    now = tries.until + 1;
  }

  assert.equal(mayTry(tries, now + 1e12), "shut");
});

test("a clock that is set back holds nobody up", () => {
  const tries = afterWrong({ failures: 4, until: 0 }, NOW);

  assert.equal(mayTry(tries, NOW), "wait");
  assert.equal(mayTry(tries, NOW - 8 * 24 * 3600 * 1000), "yes");
});

test("whose grant is over cannot get in", async () => {
  await makeReady(NOW / 1000 - 1);

  assert.deepEqual(await ready(store, NOW), []);
});

test("whom the server names no more is forgotten, and who was not told yet is not", async () => {
  await makeReady();
  await put(store, await underPin(store, "anna", "483716"));
  const asked = [];
  globalThis.fetch = async (path, { method = "GET" } = {}) => {
    asked.push(`${method} ${path}`);
    if (method === "POST") return new Response(null, { status: 404 });
    return Response.json({ people: [] });
  };

  await prepareStandby(store, { staff: "anna", token: "t" });

  assert.deepEqual(asked, ["POST /sync/standby", "GET /sync/standby"]);
  assert.deepEqual(
    (await store.all("standby")).map(({ staff }) => staff),
    ["anna"],
  );
});

test("keys that somebody put under another PIN are not taken for one's own", async () => {
  const planted = {
    staff: BO,
    firstName: "Bo",
    failures: 0,
    until: 0,
    ...(await makeKeys("000000")),
  };
  for (const told of [false, true]) {
    await put(store, { ...planted, told });

    const kept = await underPin(store, BO, PIN);

    assert.notEqual(kept.sign.public.x, planted.sign.public.x);
    assert.equal(kept.told, false);
    assert.ok(await openKeys(kept, PIN));
  }
});

test("keys that the PIN opens stay, and wrong PINs are forgotten", async () => {
  await makeReady();
  await tryPin(store, BO, "111222", NOW);

  const kept = await underPin(store, BO, PIN);

  assert.equal(kept.grant.id, "g1");
  assert.equal(kept.failures, 0);
});
