import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "fake-indexeddb/auto";
import "../../webapp/static/vendor/idb.js";
import { IDBFactory } from "fake-indexeddb";
import { start } from "../../webapp/static/js/sw/worker.js";
import { answer, FakeCaches, fakeNetwork } from "./fakes.js";

const ORIGIN = "https://smaategn.example";
const RELEASE = "0123456789ab";
const STYLES = `/static/${RELEASE}/app.css`;
const SETTINGS = { release: RELEASE, shell: ["/offline", STYLES], offline: "/offline", rest: 0 };

/** The release before. */
const OLD_STYLES = "/static/aaaaaaaaaaaa/app.css";
const EARLIER = { ...SETTINGS, release: "aaaaaaaaaaaa", shell: ["/offline", OLD_STYLES] };
const BEFORE = { "/offline": () => answer("Før"), [OLD_STYLES]: () => answer("p{}") };
const SOFIE = "/citizens/00000000-0000-4000-8000-000000000001";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** A page of Anna's that may be kept. */
const hers = (/** @type {string} */ text) => () =>
  answer(text, { headers: { "Smaategn-Keep": "anna-1 3600 own" } });

/** A worker that has been started in a fake browser with this network. */
function worker(/** @type {Record<string, () => Response>} */ answers) {
  const isBefore = OLD_STYLES in answers;
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
  start(/** @type {any} */ (scope), isBefore ? EARLIER : SETTINGS);

  /** @param {string} type @param {object} event */
  const fire = async (type, event = {}) => {
    /** @type {Promise<unknown>[]} */
    const promises = [];
    const take = (/** @type {Promise<unknown>} */ promise) => void promises.push(promise);
    /** @type {Promise<any> | undefined} */
    let given;
    const respondWith = (/** @type {Promise<any>} */ promise) => {
      given = promise;
    };
    handlers[type]?.({ ...event, waitUntil: take, respondWith });
    const result = given ? await given : undefined;
    await Promise.all(promises);
    return result;
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

test("a worker that takes over clears older shells away, but the one before it", async () => {
  const { caches, done, fire } = worker(ONLINE);
  caches.stored = new Map([["shell-999999999999", new Map()], ...caches.stored]);

  await fire("install");
  await fire("activate");

  assert.equal(done.claimed, 1);
  assert.deepEqual(caches.contents, {
    "shell-aaaaaaaaaaaa": [],
    [`shell-${RELEASE}`]: SETTINGS.shell,
  });
});

test("a worker whose shell somebody threw away keeps it again with the next page, once", async () => {
  const { ask, caches, fire, network } = worker({ ...ONLINE, "/": () => answer("Vagten") });
  await fire("install");
  await ask("/");
  assert.deepEqual(network.asked, [...SETTINGS.shell, "/"]);
  caches.stored = new Map();

  await Promise.all([ask("/"), ask("/")]);

  assert.deepEqual(caches.contents, { [`shell-${RELEASE}`]: SETTINGS.shell });
  assert.equal(network.asked.length, 2 * SETTINGS.shell.length + 3);
});

test("a shell that cannot be kept again takes nothing from the page", async () => {
  const { ask, caches } = worker({ "/": () => answer("Vagten") });

  assert.equal(await (await ask("/")).text(), "Vagten");

  assert.deepEqual(caches.contents, { "shell-aaaaaaaaaaaa": [] });
});

test("a worker that cannot keep its shell does not take over", async () => {
  const { caches, done, fire } = worker({ "/offline": () => answer("Uden net") });

  await assert.rejects(fire("install"));

  assert.equal(done.skipped, 0);
  assert.deepEqual(caches.contents, { "shell-aaaaaaaaaaaa": [] });
});

test("e8: after a whole day the shell and the marked pages are kept, and nothing else", async () => {
  const { ask, caches, fire } = worker({
    ...ONLINE,
    "/": hers("<body>Vagten: Sofie, Karen"),
    "/citizens/1": hers("<body>Sofie i dag"),
    "/citizens/1/plan": () => answer("<body>Sofies plan"),
    "/static/bbbbbbbbbbbb/js/new.js": () => answer("export {}"),
  });
  await fire("install");
  await fire("activate");

  await ask("/");
  await ask("/citizens/1");
  await ask("/citizens/1/plan");
  await ask("/citizens/2", { mode: "same-origin" });
  await ask("/signs/1/observations", { method: "POST" });
  await ask("/static/bbbbbbbbbbbb/js/new.js", { mode: "cors" });
  await ask("/offline");

  assert.deepEqual(caches.contents, {
    "shell-aaaaaaaaaaaa": [],
    [`shell-${RELEASE}`]: SETTINGS.shell,
    [`pages-${RELEASE}`]: ["/", "/citizens/1"],
  });
});

test("the days on a board are kept before anybody has opened one, one after the other", async () => {
  const [sofie, karen] = ["1", "2"].map(
    (end) => `/citizens/00000000-0000-4000-8000-00000000000${end}`,
  );
  const { ask, caches, fire, network } = worker({
    ...ONLINE,
    "/": hers(`<body><a href="${sofie}">Sofie</a><a href="${karen}">Karen</a>`),
    [sofie ?? ""]: hers("<body>Sofie i dag"),
    [karen ?? ""]: hers("<body>Karen i dag"),
  });
  await fire("install");

  await ask("/");
  await ask("/");

  assert.deepEqual(caches.contents[`pages-${RELEASE}`], ["/", sofie, karen]);
  assert.deepEqual(network.asked, [...SETTINGS.shell, "/", sofie, karen, "/"]);
});

const TEETH = "/interventions/00000000-0000-4000-8000-000000000007/show";
const BRUSH = "/step-pictures/00000000-0000-4000-8000-000000000008";
const RINSE = "/step-pictures/00000000-0000-4000-8000-000000000009";

/** A picture that may be kept. */
const pictured = () =>
  answer("JPEG", { headers: { "Smaategn-Keep": "anna-1 3600 own", "Content-Type": "image/jpeg" } });

/** A board with one day, one instruction and these pictures. */
const withPictures = (/** @type {string[]} */ ...pictures) => ({
  "/": hers(`<body><a href="${SOFIE}">Sofie</a>`),
  [SOFIE]: hers(`<body><a class="btn" href="${TEETH}">Vis for borgeren</a>`),
  [TEETH]: hers(`<body>${pictures.map((each) => `<img src="${each}">`).join("")}`),
  ...Object.fromEntries(pictures.map((each) => [each, pictured])),
});

test("the instructions of the days are kept with their pictures, each fetched once", async () => {
  const { ask, caches, fire, network } = worker({ ...ONLINE, ...withPictures(BRUSH, RINSE) });
  await fire("install");

  await ask("/");
  await ask("/");

  assert.deepEqual(caches.contents[`pages-${RELEASE}`], ["/", SOFIE, TEETH, BRUSH, RINSE]);
  assert.deepEqual(network.asked, [...SETTINGS.shell, "/", SOFIE, TEETH, BRUSH, RINSE, "/"]);
});

test("without network the instruction and its pictures are there, and a locked tablet gives none", async () => {
  const online = worker({ ...ONLINE, ...withPictures(BRUSH) });
  await online.ask("/");
  const offline = worker({});
  offline.caches.stored = online.caches.stored;

  assert.match(await (await offline.ask(TEETH)).text(), /step-pictures/);
  for (const size of ["", "?size=large"])
    assert.equal(await (await offline.ask(BRUSH + size, { mode: "no-cors" })).text(), "JPEG");
  await offline.fire("message", { data: { pages: "locked", session: "anna-1" } });
  await assert.rejects(offline.ask(BRUSH, { mode: "no-cors" }));
});

test("a picture that comes late opens no tablet that was locked meanwhile", async () => {
  const { ask, fire } = worker({ ...ONLINE, ...withPictures(BRUSH) });
  await ask("/");
  await fire("message", { data: { pages: "locked", session: "anna-1" } });

  await ask(BRUSH, { mode: "no-cors" });

  const offline = worker({});
  await assert.rejects(offline.ask("/"));
});

test("a picture whose consent was taken back is forgotten as soon as the server says so", async () => {
  /** @type {Record<string, () => Response>} */
  const answers = { ...ONLINE, ...withPictures(BRUSH, RINSE) };
  const { ask, caches } = worker(answers);
  await ask("/");

  const large = `${BRUSH}?size=large`;
  answers[large] = () => answer("Findes ikke", { status: 404 });
  await ask(large, { mode: "no-cors" });

  assert.deepEqual(caches.contents[`pages-${RELEASE}`], ["/", SOFIE, TEETH, RINSE]);
});

test("a picture that its instruction no longer has is let go of", async () => {
  /** @type {Record<string, () => Response>} */
  const answers = { ...ONLINE, ...withPictures(BRUSH, RINSE) };
  const { ask, caches } = worker(answers);
  await ask("/");

  Object.assign(answers, withPictures(RINSE));
  await ask(TEETH);
  await ask("/");

  assert.deepEqual(caches.contents[`pages-${RELEASE}`], ["/", SOFIE, TEETH, RINSE]);
});

test("a day that is opened brings its own instructions, whoever is on the board", async () => {
  const { ask, caches } = worker({ ...ONLINE, ...withPictures(BRUSH), "/": hers("<body>Vagten") });

  await ask("/");
  await ask(SOFIE);

  assert.deepEqual(caches.contents[`pages-${RELEASE}`], ["/", SOFIE, TEETH, BRUSH]);
});

test("when somebody has logged off meanwhile, what was under way is not kept", async () => {
  const day = "/citizens/00000000-0000-4000-8000-000000000001";
  const { ask, caches } = worker({
    "/": hers(`<body><a href="${day}">Sofie</a>`),
    [day]: () => {
      globalThis.indexedDB = new IDBFactory();
      return hers("<body>Sofie i dag")();
    },
  });

  await ask("/");

  assert.deepEqual(caches.contents, { "shell-aaaaaaaaaaaa": [] });
});

test("without network the kept page is shown and says from when it is", async () => {
  const online = worker({ "/": hers("<body>Vagten: Sofie") });
  await online.ask("/");
  const offline = worker({});
  offline.caches.stored = online.caches.stored;

  const page = await offline.ask("/");

  assert.match(await page.text(), /^<body data-shown-from="\d{4}-[^"]+Z">Vagten: Sofie$/);
});

test("the page without network says whether the board can be shown, and not when it is locked", async () => {
  const online = worker({
    ...ONLINE,
    "/offline": () => answer("<body>Uden net"),
    "/": hers("<body>"),
  });
  await online.fire("install");
  await online.ask("/");
  const offline = worker({});
  offline.caches.stored = online.caches.stored;

  const open = await offline.ask("/settings");
  await offline.fire("message", { data: { pages: "locked", session: "" } });
  const locked = await offline.ask("/");

  assert.equal(await open.text(), '<body data-pages-open="">Uden net');
  assert.equal(await locked.text(), "<body>Uden net");
});

test("e1: a release that takes over as the network goes leaves a tablet that can be used", async () => {
  const before = worker({
    ...BEFORE,
    "/": hers("<body>Vagten"),
    [SOFIE]: hers("<body>Sofie i dag"),
  });
  await before.fire("install");
  await before.ask("/");
  await before.ask(SOFIE);
  const next = worker(ONLINE);
  next.caches.stored = before.caches.stored;
  await next.fire("install");

  await next.fire("activate");

  const day = await next.ask(SOFIE);
  assert.match(await day.text(), /Sofie i dag/);
  assert.match(await (await next.ask("/")).text(), /Vagten/);
  const styles = await next.ask(OLD_STYLES, { mode: "no-cors" });
  assert.equal(await styles.text(), "p{}", "and as it was drawn");
});

test("e1: a new release lets go of the pages before when it has the board and its days", async () => {
  const board = hers(`<body>Vagten <a href="${SOFIE}">Sofie</a>`);
  const before = worker({ ...BEFORE, "/": board, [SOFIE]: hers("<body>Sofie i dag") });
  await before.fire("install");
  await before.ask("/");
  const old = "pages-aaaaaaaaaaaa";
  assert.deepEqual(before.caches.contents[old], ["/", SOFIE]);
  /** @type {Record<string, () => Response>} */
  const answers = { ...ONLINE, "/": board };
  const next = worker(answers);
  next.caches.stored = before.caches.stored;
  await next.fire("install");

  await next.ask("/");
  assert.deepEqual(next.caches.contents[old], ["/", SOFIE], "the network went after the board");
  answers[SOFIE] = hers("<body>Sofie, tegnet på ny");
  await next.ask(SOFIE);
  assert.ok(next.caches.contents[old], "one day is not all of them");
  await next.ask("/");

  assert.equal(next.caches.contents[old], undefined);
  assert.deepEqual(next.caches.contents[`pages-${RELEASE}`], ["/", SOFIE]);
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
  await fire("install");
  const preloaded = answer("Vagten");

  const page = await fire("fetch", {
    request: { method: "GET", mode: "navigate", headers: new Headers(), url: `${ORIGIN}/` },
    preloadResponse: Promise.resolve(preloaded),
  });

  assert.equal(page, preloaded);
  assert.deepEqual(network.asked, SETTINGS.shell);
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
