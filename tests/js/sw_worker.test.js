import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "../../webapp/static/js/sw/worker.js";
import { answer, FakeCaches, fakeNetwork } from "./fakes.js";

const ORIGIN = "https://smaategn.example";
const RELEASE = "0123456789ab";
const STYLES = `/static/${RELEASE}/app.css`;
const SETTINGS = { release: RELEASE, shell: ["/offline", STYLES], offline: "/offline" };

/** A worker that has been started in a fake browser with this network. */
function worker(/** @type {Record<string, () => Response>} */ answers) {
  /** @type {Record<string, (event: object) => void>} */
  const handlers = {};
  const done = { claimed: 0, skipped: 0 };
  const caches = new FakeCaches("shell-aaaaaaaaaaaa");
  const network = fakeNetwork(answers);
  globalThis.fetch = /** @type {typeof fetch} */ (/** @type {unknown} */ (network));
  const scope = {
    caches,
    location: new URL(ORIGIN),
    registration: {},
    clients: { claim: async () => (done.claimed += 1) },
    skipWaiting: async () => (done.skipped += 1),
    addEventListener: (
      /** @type {string} */ type,
      /** @type {(event: object) => void} */ handler,
    ) => {
      handlers[type] = handler;
    },
  };
  start(/** @type {any} */ (scope), SETTINGS);

  /** @param {string} type @param {object} event */
  const fire = async (type, event = {}) => {
    /** @type {Promise<unknown>[]} */
    const promises = [];
    const take = (/** @type {Promise<unknown>} */ promise) => void promises.push(promise);
    handlers[type]?.({ ...event, waitUntil: take, respondWith: take });
    return promises.length ? /** @type {Promise<any>} */ (promises[0]) : undefined;
  };
  const ask = (/** @type {string} */ path, /** @type {object} */ facts = {}) =>
    fire("fetch", {
      request: {
        method: "GET",
        mode: "navigate",
        headers: new Headers(),
        url: ORIGIN + path,
        ...facts,
      },
    });
  return { ask, caches, done, fire, network };
}

const ONLINE = { "/offline": () => answer("Uden net"), [STYLES]: () => answer("body{}") };

test("e1: a new worker waits until a page says that the outbox is at rest", async () => {
  const { done, fire } = worker(ONLINE);

  await fire("install");
  await fire("message", { data: "something else" });
  assert.equal(done.skipped, 0);

  await fire("message", { data: "take-over" });
  assert.equal(done.skipped, 1);
});

test("a worker that takes over clears the old shell away", async () => {
  const { caches, done, fire } = worker(ONLINE);

  await fire("install");
  await fire("activate");

  assert.equal(done.claimed, 1);
  assert.deepEqual(caches.contents, { [`shell-${RELEASE}`]: SETTINGS.shell });
});

test("a worker that cannot keep its shell does not take over", async () => {
  const { caches, done, fire } = worker({ "/offline": () => answer("Uden net") });

  await assert.rejects(fire("install"));

  assert.equal(done.skipped, 0);
  assert.deepEqual(caches.contents, { "shell-aaaaaaaaaaaa": [] });
});

test("after a whole day of pages, files and taps only the shell is kept", async () => {
  const { ask, caches, fire } = worker({
    ...ONLINE,
    "/": () => answer("Vagten: Sofie, Karen"),
    "/citizens/1": () => answer("Sofie i dag"),
    "/static/bbbbbbbbbbbb/js/new.js": () => answer("export {}"),
  });
  await fire("install");
  await fire("activate");

  await ask("/");
  await ask("/citizens/1");
  await ask("/citizens/1", { mode: "same-origin" });
  await ask("/signs/1/observations", { method: "POST" });
  await ask("/static/bbbbbbbbbbbb/js/new.js", { mode: "cors" });
  await ask("/offline");

  assert.deepEqual(caches.contents, { [`shell-${RELEASE}`]: SETTINGS.shell });
});

test("without network a page shows the kept one and its styles", async () => {
  const online = worker(ONLINE);
  await online.fire("install");
  const offline = worker({});
  offline.caches.stored = online.caches.stored;

  const page = await offline.ask("/citizens/1");
  const styles = await offline.ask(STYLES, { mode: "no-cors" });

  assert.equal(await page.text(), "Uden net");
  assert.equal(await styles.text(), "body{}");
});

test("a page that the browser asked for while the worker started is not asked for twice", async () => {
  const { fire, network } = worker(ONLINE);
  const preloaded = answer("Vagten");

  const page = await fire("fetch", {
    request: { method: "GET", mode: "navigate", headers: new Headers(), url: `${ORIGIN}/` },
    preloadResponse: Promise.resolve(preloaded),
  });

  assert.equal(page, preloaded);
  assert.deepEqual(network.asked, []);
});

test("taps, fragments and the sync never pass through the worker", async () => {
  const { ask } = worker(ONLINE);

  assert.equal(
    await ask("/signs/1/observations", { method: "POST", mode: "same-origin" }),
    undefined,
  );
  assert.equal(await ask("/login", { method: "POST" }), undefined);
  assert.equal(await ask("/citizens/1", { mode: "same-origin" }), undefined);
  assert.equal(await ask("/sync/batch", { mode: "cors" }), undefined);
});
