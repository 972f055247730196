import assert from "node:assert/strict";
import { test } from "node:test";
import { deleteOldShells, keepShell, kept } from "../../webapp/static/js/sw/caches.js";
import { answer, FakeCaches, fakeNetwork } from "./fakes.js";

const RELEASE = "0123456789ab";
const SHELL = ["/offline", `/static/${RELEASE}/app.css`];

const working = () =>
  fakeNetwork({
    "/offline": () => answer("Uden net"),
    [`/static/${RELEASE}/app.css`]: () => answer("body{}"),
  });

test("exactly what is listed is kept, under the name of its release", async () => {
  const caches = new FakeCaches();

  await keepShell(caches, working(), RELEASE, SHELL);

  assert.deepEqual(caches.contents, { [`shell-${RELEASE}`]: SHELL });
  assert.equal(await (await kept(caches, RELEASE, "/offline"))?.text(), "Uden net");
});

for (const [what, bad] of Object.entries({
  "is missing": () => answer("", { status: 404 }),
  "is only a part": () => answer("", { status: 206 }),
  "fails on the server": () => answer("", { status: 500 }),
  "is redirected, as to the login page": () => answer("Log ind", { redirected: true }),
  "cannot be reached": () => {
    throw new TypeError("Failed to fetch");
  },
})) {
  test(`nothing is kept when one file ${what}`, async () => {
    const caches = new FakeCaches();
    const network = fakeNetwork({ [SHELL[1]]: () => answer("body{}"), "/offline": bad });

    await assert.rejects(keepShell(caches, network, RELEASE, SHELL));

    assert.deepEqual(caches.contents, {});
  });
}

test("nothing is kept when the disk is full half-way", async () => {
  const caches = new FakeCaches();
  const { open } = caches;
  caches.open = async (name) => ({
    ...(await open.call(caches, name)),
    put: async (address) => {
      if (address === SHELL[1]) throw new DOMException("", "QuotaExceededError");
    },
  });

  await assert.rejects(keepShell(caches, working(), RELEASE, SHELL));

  assert.deepEqual(caches.contents, {});
});

test("older shells are deleted, but the one before this and those that kept pages need", async () => {
  const [pages, older, before] = ["aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc"];
  const shells = [pages, older, before, RELEASE].map((release) => `shell-${release}`);
  const caches = new FakeCaches(...shells, "media-of-tomorrow");

  await deleteOldShells(caches, RELEASE, [pages]);

  const left = [pages, before, RELEASE].map((release) => `shell-${release}`);
  assert.deepEqual(await caches.keys(), [...left, "media-of-tomorrow"]);
});

test("a page of an older release finds its own files, and this release's page without network", async () => {
  const caches = new FakeCaches();
  const old = "/static/aaaaaaaaaaaa/app.css";
  const before = fakeNetwork({ "/offline": () => answer("Før"), [old]: () => answer("p{}") });
  await keepShell(caches, before, "aaaaaaaaaaaa", ["/offline", old]);
  await keepShell(caches, working(), RELEASE, SHELL);

  assert.equal(await (await kept(caches, RELEASE, old))?.text(), "p{}");
  assert.equal(await (await kept(caches, RELEASE, "/offline"))?.text(), "Uden net");
  assert.equal(await kept(caches, RELEASE, "/static/bbbbbbbbbbbb/app.css"), undefined);
});

test("an address with another query is not the one that is kept", async () => {
  const caches = new FakeCaches();
  await keepShell(caches, working(), RELEASE, SHELL);

  assert.equal(await kept(caches, RELEASE, "/offline?language=en"), undefined);
});

test("whoever asks while all of it is forgotten does not make it anew", async () => {
  const caches = new FakeCaches();
  await keepShell(caches, working(), RELEASE, SHELL);
  const { match } = caches;
  caches.match = async (address, where) => {
    // The page that begins anew is faster.
    for (const name of await caches.keys()) await caches.delete(name);
    return match.call(caches, address, where);
  };

  assert.equal(await kept(caches, RELEASE, "/offline"), undefined);
  assert.deepEqual(await caches.keys(), []);
});
